"""One of Ofsted's own documents as a published file: what it states, what is kept, and when a person looks first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.frameworks import Area, Framework, Grade
from domain.register.register import REGISTER
from domain.values.documents import DocumentKind, ItemRead, ParagraphRead, PlaceRead, SectionRead, ValuePlace
from domain.values.judgements import Judgements
from domain.values.statements import Channel, Citation, Family, Kind, PeriodOnSite, Stated, Variant
from tests.web.intake.making import TODAY
from web.intake import reading
from web.intake.ofsted_documents import told_by
from web.intake.reports.reading import DocumentReading, refusal
from web.words.file_formats import Layout

DEVON = "80461"
FIRST = PeriodOnSite(date(2024, 9, 30), date(2024, 10, 11))
SECOND = PeriodOnSite(date(2025, 1, 13), date(2025, 1, 16))
GRADES = Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.INADEQUATE})
SHA = "5e" * 32
REPORT = DocumentReading(
    kind=DocumentKind.GRADED_REPORT,
    urn=DEVON,
    name="Devon",
    framework=Framework.ILACS,
    variant=Variant.STANDARD,
    periods=(FIRST, SECOND),
    published=date(2025, 5, 13),
    published_from="text",
    lead_inspector="A. N. Inspector",
    grades=GRADES,
    improvements=(ItemRead("Oversight by leaders.", (1, 3), 2), ItemRead("Supervision\x0b of staff.", (), 2)),
    sections=(SectionRead("Leaders", Area.IMPACT_OF_LEADERS, (ParagraphRead("Change is slow.", 3, "1"),)),),
    places={
        "start": PlaceRead(1, "Inspection dates: 30 September to 11 October 2024"),
        "grades.overall_effectiveness": PlaceRead(2, "Overall effectiveness Inadequate"),
        "lead_inspector": PlaceRead(1, "Lead inspector: A. N. Inspector"),
    },
    sha256=SHA,
    pages=12,
)
LETTER = DocumentReading(
    kind=DocumentKind.FOCUSED_VISIT_LETTER,
    urn="80553",
    name="Slough",
    framework=Framework.ILACS,
    periods=(PeriodOnSite(date(2025, 11, 19), date(2025, 11, 20)),),
    published=date(2026, 1, 12),
    focus="children in need",
    priority_action=True,
    priority_actions=(ItemRead("The quality of plans."),),
    sha256=SHA,
    pages=4,
)


def told(read: DocumentReading, **changes: object):
    return told_by(replace(read, **changes), register=REGISTER, today=TODAY)  # type: ignore[arg-type]


def test_a_report_states_its_periods_grades_and_items_with_their_outcomes():
    found = told(REPORT)
    assert found.observation is not None
    assert (found.layout, found.reasons) == (Layout.OFSTED_REPORT, ())
    assert (found.observation.family, found.observation.channel) == (Family.OFSTED_DOCUMENT, Channel.OFSTED_REPORT)
    assert found.observation.said == Stated(
        Kind.INSPECTION,
        start=FIRST.start,
        end=SECOND.end,
        periods=(FIRST, SECOND),
        published=date(2025, 5, 13),
        framework=Framework.ILACS,
        variant=Variant.STANDARD,
        grades=GRADES,
        improvements=("Oversight by leaders.", "Supervision of staff."),
        improvement_outcomes=((1, 3), ()),
    )


def test_each_page_is_cited_with_the_documents_hash_and_the_words_that_were_read():
    found = told(REPORT).observation
    title = "Ofsted report on Devon, published 13 May 2025"
    assert found is not None
    assert found.citations == (Citation(title, page=1, sha256=SHA), Citation(title, page=2, sha256=SHA))
    assert found.verbatim.cells == (
        ("start, page 1", "Inspection dates: 30 September to 11 October 2024"),
        ("grades.overall_effectiveness, page 2", "Overall effectiveness Inadequate"),
    )


def test_what_is_kept_names_nobody():
    kept = told(REPORT).kept
    assert kept is not None
    assert kept.sections == REPORT.sections
    assert kept.places[0] == ValuePlace("start", 1, "Inspection dates: 30 September to 11 October 2024")
    assert "Inspector" not in repr(kept).replace("Inspection", "")


def test_a_letter_states_its_focus_and_priority_action_and_no_framework():
    found = told(LETTER)
    assert found.layout is Layout.OFSTED_LETTER
    assert found.source.title == "Ofsted letter on the focused visit to Slough, published 12 January 2026"
    assert found.observation is not None
    said = found.observation.said
    assert (said.focus, said.priority_action, said.priority_actions) == (
        "children in need",
        True,
        ("The quality of plans.",),
    )
    assert (said.framework, said.periods) == (None, ())


def test_that_there_is_no_priority_action_is_stated_only_where_the_letter_says_so():
    for places, stated in (({}, None), ({"priority_action": PlaceRead(2, "There are none.")}, False)):
        found = told(replace(LETTER, places=places), priority_action=False, priority_actions=()).observation
        assert found is not None
        assert found.said.priority_action is stated


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"urn": None}, "it could not be told which authority it is about"),
        ({"periods": ()}, "it could not be told the days on site"),
        ({"published": None}, "give it with --published-on, or on the authority's page"),
        ({"published": date(2027, 6, 1)}, "is still to come, and what is recorded here is public at once"),
        ({"published": date(2024, 9, 1)}, "it would be published on 1 September 2024, before it began"),
        ({"uncertain": frozenset({"periods"})}, "there is a doubt about the days on site"),
        ({"uncertain": frozenset({"kind"})}, "there is a doubt about what kind of document it is"),
    ],
)
def test_a_doubt_about_authority_days_or_kind_waits_for_a_person(changes, reason):
    found = told(REPORT, **changes, doubts=("The footer gives another day.",))
    assert (found.observation, found.kept) == (None, None)
    assert any(reason in one for one in found.reasons)
    assert "The footer gives another day." in found.reasons


def test_another_doubt_is_told_and_the_document_taken():
    found = told(REPORT, doubts=("A grade could not be read.",), uncertain=frozenset({"grades.in_care"}))
    assert found.observation is not None
    assert found.notes == ("A grade could not be read.",)


def test_a_report_on_an_area_send_inspection_states_its_outcome_and_no_grade():
    found = told(REPORT, kind=DocumentKind.AREA_SEND_REPORT, outcome=2)
    assert found.observation is not None
    said = found.observation.said
    assert (said.kind, said.outcome, said.framework) == (Kind.AREA_SEND, 2, None)
    assert found.observation.channel is Channel.OFSTED_REPORT
    assert found.source.title.startswith("Ofsted report on the area SEND inspection of Devon")


# --- as a file ------------------------------------------------------------------------------------------------------


@pytest.fixture
def pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A file whose bytes are a PDF's, read as is said."""

    def made(read: DocumentReading) -> Path:
        monkeypatch.setattr(reading, "read_document", lambda path, **known: read)
        path = tmp_path / "report 2025-06-01.pdf"
        path.write_bytes(b"%PDF-1.7 made up")
        return path

    return made


def test_a_document_is_a_file_of_one_row_read_on_the_day_it_was_published(read, pdf):
    found = read(pdf(REPORT))
    assert (found.layout, found.rows, found.read_on, found.usable) == ("ofsted_report", 1, date(2025, 5, 13), True)
    assert found.document_kind is DocumentKind.GRADED_REPORT
    assert read(pdf(REPORT), read_on=date(2026, 1, 2)).read_on == date(2026, 1, 2)


def test_a_document_that_waits_for_a_person_is_a_rejected_row(read, pdf):
    found = read(pdf(replace(REPORT, urn=None)))
    assert [row.reason for row in found.rejected] == ["it could not be told which authority it is about"]
    assert not found.usable


def test_a_file_that_is_no_document_is_refused_in_the_readers_words(read, pdf, tmp_path):
    assert read(pdf(refusal("it is not a report"))).refused == "It is not a report."
    table = tmp_path / "table.csv"
    table.write_text("urn,name\n1,2\n")
    assert "one of Ofsted's own documents" in read(table, published_on=date(2025, 1, 1)).refused
