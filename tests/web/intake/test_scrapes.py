"""What D2I, JT-39 and others read off Ofsted's reports: all their layouts and their known dirt."""

from __future__ import annotations

from datetime import date

import pytest

from domain.frameworks import Area, Grade
from domain.values.statements import Channel, Family, Kind, Variant
from tests.web.intake.making import HISTORY, OVERVIEW, csv_file, history_row, overview_row, xlsx

ITEMS = (
    "urn",
    "local_authority",
    "publication_date",
    "inspection_start_date",
    "inspection_link",
    "item_number",
    "text",
)


def overview(tmp_path, *rows, headers=OVERVIEW, name="2025-02-24_overview.xlsx"):
    return xlsx(tmp_path / name, {"ofsted_cs_inspections_overview": [headers, *rows]})


def test_an_overview_row_is_one_graded_inspection_without_a_framework(read, tmp_path):
    reading = read(overview(tmp_path, overview_row()))
    found = reading.observations[0]
    assert (reading.layout, reading.read_on, reading.rows) == ("d2i_overview", date(2025, 2, 24), 1)
    assert (found.urn, found.family, found.channel) == ("80469", Family.SCRAPE, Channel.D2I_OVERVIEW)
    assert (found.said.start, found.said.end, found.said.published) == (
        date(2024, 12, 2),
        date(2024, 12, 6),
        date(2025, 1, 29),
    )
    assert (found.said.framework, found.said.variant) == (None, Variant.SHORT)
    assert found.said.grades.get(Area.HELP_AND_PROTECTION) is Grade.REQUIRES_IMPROVEMENT
    assert found.citations[0].url == "https://files.ofsted.gov.uk/v1/file/50267802"


def test_grades_follow_the_header_whichever_way_round_the_columns_stand(read, tmp_path):
    swap = {"in_care_grade": "care_leavers_grade", "care_leavers_grade": "in_care_grade"}
    swapped = [swap.get(header, header) for header in OVERVIEW]
    said = read(overview(tmp_path, overview_row(), headers=swapped)).observations[0].said
    assert (said.grades.get(Area.IN_CARE), said.grades.get(Area.CARE_LEAVERS)) == (Grade.OUTSTANDING, Grade.GOOD)


def test_an_overview_with_la_code_new_is_jt39s(read, tmp_path):
    headers = ["la_code_new" if header == "ltla23cd" else header for header in OVERVIEW]
    reading = read(overview(tmp_path, overview_row(), headers=headers))
    assert reading.layout == "jt39_overview"
    assert reading.observations[0].channel is Channel.JT39_OVERVIEW


def test_words_for_nothing_state_nothing_and_are_kept_verbatim(read, tmp_path):
    row = overview_row(
        overall_effectiveness_grade="nan",
        inspection_framework="inspection duration longer than standard framework",
        impact_of_leaders_grade="data_unreadable",
        care_leavers_grade="inspection_pre_dates_judgement",
        in_care_grade="to requires improvement",
        inspection_end_date="",
    )
    found = read(overview(tmp_path, row)).observations[0]
    assert [area for area, _ in found.said.grades] == [Area.HELP_AND_PROTECTION, Area.IN_CARE]
    assert (found.said.variant, found.said.end) == (None, None)
    assert dict(found.verbatim.cells)["overall_effectiveness_grade"] == "nan"
    assert dict(found.verbatim.cells)["care_leavers_grade"] == "inspection_pre_dates_judgement"


def test_neither_a_person_nor_a_mood_is_kept(read, tmp_path):
    kept = dict(read(overview(tmp_path, overview_row())).observations[0].verbatim.cells)
    assert not {"inspector_name", "inspectors_inspections_count", "local_link_to_all_inspections"} & set(kept)


def test_new_councils_are_known_by_urn_and_name_beside_a_predecessors_code(read, tmp_path):
    rows = [
        overview_row(urn="838", la_code="838", ltla23cd="E10000009", local_authority="dorset"),
        overview_row(urn="2733690", la_code="942", ltla23cd="E10000006", local_authority="cumberland"),
    ]
    assert [found.urn for found in read(overview(tmp_path, *rows)).observations] == ["2532283", "2733690"]


def test_the_history_file_mixes_two_ways_of_writing_years_and_says_when_overall_is_gone(read, tmp_path):
    rows = [
        history_row(overall_effectiveness_grade="not_reported_post_reform"),
        history_row(
            inspection_link="https://files.ofsted.gov.uk/v1/file/2764578",
            publication_date="11/03/16",
            inspection_start_date="",
            inspection_end_date="",
            inspection_framework="",
            overall_effectiveness_grade="",
            impact_of_leaders_grade="data_unreadable",
        ),
    ]
    reading = read(csv_file(tmp_path / "history_2026-08-04.csv", HISTORY, rows, mark=True))
    new, old = (observation.said for observation in reading.observations)
    assert (reading.layout, reading.read_on) == ("jt39_history", date(2026, 8, 4))
    assert new.grades.get(Area.OVERALL_EFFECTIVENESS) is None
    assert (old.start, old.published, old.variant) == (None, date(2016, 3, 11), None)


def test_the_same_row_twice_is_one_observation(read, tmp_path):
    reading = read(csv_file(tmp_path / "history.csv", HISTORY, [history_row(), history_row()]))
    assert (reading.rows, len(reading.observations)) == (2, 1)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"local_authority": "atlantis", "urn": "99999"}, "No authority is known by the name 'atlantis'"),
        ({"local_authority": "leeds"}, "The URN 80469 is that of Gateshead"),
        ({"publication_date": "31/02/25"}, "'31/02/25' under 'publication_date' is not a date"),
        ({"publication_date": "29/01/27"}, "lies in the future"),
        ({"in_care_grade": "excellent"}, "'excellent' under 'in_care_grade' is not a grade"),
        ({"publication_date": "", "inspection_start_date": "", "inspection_end_date": ""}, "it has no date"),
        ({"local_authority": "gates\x00head"}, "holds a NUL character"),
        ({"inspection_framework": "x" * 20_000}, "longer than 10,000 characters"),
        ({"local_authority": "", "urn": ""}, "names no authority"),
    ],
)
def test_a_row_that_cannot_be_right_is_rejected_with_the_reason(read, tmp_path, changed, reason):
    reading = read(csv_file(tmp_path / "h.csv", HISTORY, [history_row(), history_row(**changed)]))
    assert len(reading.observations) == 1
    assert reading.rejected[0].row == "row 3"
    assert reason in reading.rejected[0].reason


def test_a_row_with_a_comma_out_of_place_is_rejected(read, tmp_path):
    reading = read(csv_file(tmp_path / "h.csv", HISTORY, [history_row(), [*history_row(), "surplus"]]))
    assert reading.rejected[0].reason == "it has more cells than the header has columns"


def test_bytes_that_are_not_utf8_cost_their_row_only(read, tmp_path):
    path = csv_file(tmp_path / "h.csv", HISTORY, [history_row(), history_row(local_authority="gateSHead")])
    path.write_bytes(path.read_bytes().replace(b"gateSHead", b"gate\xed\xa0\x80shead"))
    reading = read(path)
    assert len(reading.observations) == 1
    assert "not text in UTF-8" in reading.rejected[0].reason


def test_improvement_items_of_one_report_are_one_observation_in_their_order(read, tmp_path):
    link = "https://files.ofsted.gov.uk/v1/file/50083971"
    report = ("80469", "gateshead", "2019-06-11", "2019-04-29", link)
    rows = [
        (*report, "2", "The quality of plans."),
        (*report, "1", "Challenge by managers."),
        ("80481", "leeds", "2022-05-09", "", link, "1", "One thing."),
        (*report, "x", "No number."),
    ]
    reading = read(csv_file(tmp_path / "items.csv", ITEMS, rows))
    gateshead, leeds = reading.observations
    assert (reading.layout, reading.rows, len(reading.rejected)) == ("improvement_items", 4, 1)
    assert (gateshead.channel, gateshead.said.kind) == (Channel.IMPROVEMENT_ITEMS, Kind.INSPECTION)
    assert gateshead.said.improvements == ("Challenge by managers.", "The quality of plans.")
    assert (leeds.said.start, leeds.said.published) == (None, date(2022, 5, 9))


def test_a_look_up_says_nothing_of_inspections_but_where_it_differs_from_the_register(read, tmp_path):
    headers = ("urn", "la_code", "la_code_new", "local_authority_ons_name", "also_known_as", "region_code")
    rows = [
        ("80426", "370", "E08000016", "Barnsley", "", "YH"),
        ("135513", "909", "", "Cumbria", "", "NotKnown"),
        ("80441", "801", "E06000023", "Bristol, City of", "[Bristol]", "SW"),
        ("1", "1", "", "Atlantis", "", ""),
    ]
    reading = read(csv_file(tmp_path / "lookup.csv", headers, rows, mark=True))
    assert (reading.layout, reading.rows, reading.observations) == ("authority_look_up", 4, ())
    assert reading.notes == (
        "row 2: Barnsley has the GSS code E08000038, not E08000016",
        "row 3: Cumbria has the Ofsted URN 80457, not 135513",
    )
    assert [rejected.row for rejected in reading.rejected] == ["row 5"]


def test_a_look_up_that_names_other_neighbours_than_those_that_ship_is_noticed(read, tmp_path):
    headers = ("urn", "la_code", "la_code_new", "local_authority_ons_name", "stat_neighbours")
    same = "372, 384, 357, 371, 332, 894, 840, 390, 807, 394"
    rows = [
        ("80426", "370", "E08000038", "Barnsley", same),
        ("80441", "801", "E06000023", "Bristol, City of", same),
        ("80430", "889", "E06000008", "Blackburn with Darwen", ""),
    ]
    other = "Bristol, City of has other statistical neighbours there; those of 22 August 2026 are shown all the same"
    assert read(csv_file(tmp_path / "lookup.csv", headers, rows)).notes == (f"row 3: {other}",)


def test_a_look_up_of_2024_has_three_digit_urns_and_its_codes_under_another_name(read, tmp_path):
    headers = ("urn", "la_code", "local_authority_ons_name", "also_known_as", "region_code", "ltla23cd")
    rows = [
        ("303", "303", "Bexley", "", "GL", "E09000004"),
        ("80477", "810", "Kingston Upon Hull, City of", "[Kingston Upon Hull, Hull]", "YH", "E06000010"),
        ("838", "838", "Dorset", "", "SW", "E10000009"),
    ]
    reading = read(csv_file(tmp_path / "lookup.csv", headers, rows))
    assert (reading.layout, reading.rejected) == ("authority_look_up", ())
    assert reading.notes == (
        "row 2: Bexley has the Ofsted URN 80488, not 303",
        "row 4: Dorset has the Ofsted URN 2532283, not 838",
        "row 4: Dorset has the GSS code E06000059, not E10000009",
    )


def test_a_council_that_the_register_does_not_have_is_told_of_in_a_sentence(read, tmp_path):
    headers = ("urn", "la_code", "la_code_new", "local_authority_ons_name")
    rows = [("2911111", "999", "E06000099", "Nether Wallop"), ("80567", "936", "E10000030", "Surrey")]
    (rejected,) = read(csv_file(tmp_path / "lookup.csv", headers, rows)).rejected
    assert rejected.row == "row 2"
    assert "known by the name 'Nether Wallop'" in rejected.reason
    assert "The register of authorities here does not have it, so nothing is kept of it." in rejected.reason


def test_headers_may_be_spelled_as_words(read, tmp_path):
    spelled = [header.replace("_", " ").title() for header in HISTORY]
    made, plain = (csv_file(tmp_path / f"{len(row)}.csv", row, [history_row()]) for row in (spelled, [*HISTORY, "x"]))
    assert read(made).observations[0].said == read(plain).observations[0].said


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        (("Web link", "URN", "LAESTAB", "School name", "Ofsted phase"), "inspections of schools"),
        (("URN", "Provision type", "Registration status", "Local authority"), "children’s homes and other"),
    ],
)
def test_what_is_not_kept_is_refused_with_what_it_is(read, tmp_path, headers, what):
    refused = read(csv_file(tmp_path / "other.csv", headers, [["1"] * len(headers)])).refused or ""
    assert refused.startswith(f"It lists {what}")
    assert "which are not kept here yet: nothing of it was read." in refused


# --- when a file was read -------------------------------------------------------------------------------------------


def test_the_day_a_file_was_read_is_the_later_of_its_names_and_the_newest_inside(read, tmp_path):
    late = read(csv_file(tmp_path / "h_2026-03-01.csv", HISTORY, [history_row()]))
    early = read(csv_file(tmp_path / "h_2024-03-01.csv", HISTORY, [history_row()]))
    unnamed = read(csv_file(tmp_path / "h.csv", HISTORY, [history_row()]))
    assert [reading.read_on for reading in (late, early, unnamed)] == [
        date(2026, 3, 1),
        date(2025, 1, 29),
        date(2025, 1, 29),
    ]


def test_a_person_can_say_when_it_was_read_and_what_it_is_called(read, tmp_path):
    path = csv_file(tmp_path / "h_2026-03-01.csv", HISTORY, [history_row()])
    reading = read(path, read_on=date(2025, 6, 1), source="A letter")
    assert (reading.read_on, reading.source.title, reading.source.read_on) == (
        date(2025, 6, 1),
        "A letter",
        date(2025, 6, 1),
    )


def test_a_day_still_to_come_in_the_name_is_passed_over(read, tmp_path):
    assert read(csv_file(tmp_path / "h_2030-03-01.csv", HISTORY, [history_row()])).read_on == date(2025, 1, 29)
