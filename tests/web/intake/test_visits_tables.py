"""Tables of visits: a row is a focused visit, a monitoring visit or a joint inspection, by whatever names."""

from __future__ import annotations

from datetime import date

import pytest

from domain.values.statements import Channel, Family, Kind, Stated
from tests.web.intake.making import HISTORY, OVERVIEW, csv_file, history_row, overview_row, xlsx

OURS = ("urn", "kind", "visit_start", "visit_end", "published", "focus", "areas_for_priority_action", "link")
LINK = "https://files.ofsted.gov.uk/v1/file/50269999"
LEEDS = ("80481", "focused_visit", "2026-03-03", "2026-03-04", "2026-04-09", "Front door", "yes", LINK)


def visits(tmp_path, *rows, headers=OURS):
    return csv_file(tmp_path / "visits.csv", headers, rows)


def test_a_row_is_one_visit_with_its_letter(read, tmp_path):
    reading = read(visits(tmp_path, LEEDS))
    (found,) = reading.observations
    assert (reading.layout, reading.rows, reading.read_on) == ("visits_table", 1, date(2026, 4, 9))
    assert (found.urn, found.family, found.channel) == ("80481", Family.OTHER, Channel.VISITS_TABLE)
    assert found.said == Stated(
        Kind.FOCUSED_VISIT,
        start=date(2026, 3, 3),
        end=date(2026, 3, 4),
        published=date(2026, 4, 9),
        focus="Front door",
        priority_action=True,
    )
    assert [citation.url for citation in found.citations] == [LINK]


def test_a_name_will_do_and_so_will_a_workbook_with_notes_before_it(read, tmp_path):
    made = xlsx(
        tmp_path / "v.xlsx",
        {
            "Notes": [["Kept by the improvement team"]],
            "Visits": [
                ["Our visits"],
                ["Local authority", "Type of visit", "First day on site", "Last day on site", "Date published"],
                ["Leeds City Council", "Monitoring visit", date(2026, 3, 3), "4 March 2026", "9 Apr 2026"],
            ],
        },
    )
    reading = read(made)
    assert (reading.layout, reading.observations[0].urn) == ("visits_table", "80481")
    assert reading.observations[0].said == Stated(
        Kind.MONITORING_VISIT, start=date(2026, 3, 3), end=date(2026, 3, 4), published=date(2026, 4, 9)
    )


@pytest.mark.parametrize(
    "headers",
    [
        (
            "urn",
            "visit_type",
            "visit_start_date",
            "visit_end_date",
            "publication_date",
            "theme",
            "priority_action",
            "url",
        ),
        ("URN", "Visit type", "Visit date", "End date", "Published on", "Visit theme", "APA", "Letter link"),
        ("Ofsted URN", "Kind", "Start", "End", "Published", "Topic", "Areas for priority action", "Link"),
    ],
)
def test_columns_may_have_names_that_are_near(read, tmp_path, headers):
    assert read(visits(tmp_path, LEEDS, headers=headers)).observations[0].said == (
        read(visits(tmp_path, LEEDS)).observations[0].said
    )


@pytest.mark.parametrize(
    ("word", "kind", "subtype"),
    [
        ("focused_visit", Kind.FOCUSED_VISIT, None),
        ("ILACS Focused Visit", Kind.FOCUSED_VISIT, None),
        ("focussed visit", Kind.FOCUSED_VISIT, None),
        ("Assurance visit", Kind.FOCUSED_VISIT, "covid_assurance"),
        ("LA Monitoring visit", Kind.MONITORING_VISIT, None),
        ("monitoring_visit", Kind.MONITORING_VISIT, None),
        ("JTAI", Kind.JTAI, None),
        ("Joint targeted area inspection", Kind.JTAI, None),
    ],
)
def test_a_kind_is_known_by_its_words(read, tmp_path, word, kind, subtype):
    said = read(visits(tmp_path, ("80481", word, *LEEDS[2:]))).observations[0].said
    assert (said.kind, said.subtype) == (kind, subtype)
    assert (said.focus, said.theme) == ((None, "Front door") if kind is Kind.JTAI else ("Front door", None))


@pytest.mark.parametrize(
    ("word", "priority"),
    [("no", False), ("Y", True), ("2", True), ("0", False), ("none", False), ("", None), ("-", None)],
)
def test_whether_there_was_a_priority_action_is_yes_no_or_not_said(read, tmp_path, word, priority):
    assert read(visits(tmp_path, (*LEEDS[:6], word, ""))).observations[0].said.priority_action is priority


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({1: "ILACS standard inspection"}, "is no kind of visit: known are focused_visit, monitoring_visit and jtai"),
        ({1: ""}, "is no kind of visit"),
        ({0: "99999"}, "No authority is known"),
        ({6: "perhaps"}, "'perhaps' under 'areas_for_priority_action' is neither yes nor no"),
        ({2: "", 3: "", 4: ""}, "it has no date"),
    ],
)
def test_a_row_that_says_no_visit_is_rejected_with_the_reason(read, tmp_path, changed, reason):
    made = [changed.get(place, cell) for place, cell in enumerate(LEEDS)]
    reading = read(visits(tmp_path, LEEDS, made))
    assert len(reading.observations) == 1
    assert reason in reading.rejected[0].reason


@pytest.mark.parametrize(
    ("source", "family"),
    [
        (None, Family.OTHER),
        ("Our own list", Family.OTHER),
        ("Letters in hand", Family.REPORT_IN_HAND),
        ("Ofsted letters, February 2018 to January 2026", Family.OFSTED_DOCUMENT),
        ("Ofsted’s letters", Family.OFSTED_DOCUMENT),
        ("Ofsted statistics, asked for", Family.OFSTED_STATISTICS),
        ("Scrape of Ofsted's site", Family.SCRAPE),
        ("What Ofsted letters said, as told", Family.OTHER),
    ],
)
def test_it_ranks_as_the_source_that_somebody_names(read, tmp_path, source, family):
    reading = read(visits(tmp_path, LEEDS), source=source)
    assert reading.observations[0].family is family
    assert reading.source.title == (source or "Table of visits")


def test_a_table_that_gives_grades_is_no_table_of_visits(read, tmp_path):
    headers = (*OURS, "overall_effectiveness")
    assert read(visits(tmp_path, (*LEEDS, "good"), headers=headers)).refused


# --- visits among reports -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "words", "kind"),
    [
        ("inspection_framework", "focused visit", Kind.FOCUSED_VISIT),
        ("inspection_framework", "LA monitoring visit", Kind.MONITORING_VISIT),
        ("pdf_filename", "children's services focused visit - 5 november 2025.pdf", Kind.FOCUSED_VISIT),
        ("pdf_filename", "joint area child protection inspection - 5 november 2025.pdf", Kind.JTAI),
        ("pdf_filename", "joint area review - 5 november 2008.pdf", Kind.INSPECTION),
        ("pdf_filename", "children's services inspection - 5 november 2025.pdf", Kind.INSPECTION),
    ],
)
def test_a_row_of_reports_that_says_it_is_a_visit_is_one(read, tmp_path, column, words, kind):
    said = read(csv_file(tmp_path / "h.csv", HISTORY, [history_row(**{column: words})])).observations[0].said
    assert said.kind is kind
    assert bool(said.grades.pairs) is (kind is Kind.INSPECTION)


def test_a_visits_grades_are_left_out_and_that_is_told(read, tmp_path):
    made = xlsx(tmp_path / "o.xlsx", {"sheet": [OVERVIEW, overview_row(inspection_framework="focused visit")]})
    reading = read(made)
    assert (reading.observations[0].said.kind, reading.observations[0].said.variant) == (Kind.FOCUSED_VISIT, None)
    assert reading.notes == ("sheet, row 2: its words say that it is a visit, so its grades were not taken",)
