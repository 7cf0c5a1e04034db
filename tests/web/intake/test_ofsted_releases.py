"""Ofsted's yearly statistics: every layout since 2022, as ODS and as XLSX."""

from __future__ import annotations

from datetime import date

import pytest

from domain.frameworks import Area, Framework, Grade
from domain.values.statements import Channel, Citation, Family, Kind, Variant
from tests.web.intake.making import HISTORY_2025, IN_YEAR_2024, LATEST_2024, LINK, RI, by_name, ods, xlsx

WIDE_2023 = (
    "Web link",
    "Local authority name",
    "LA region",
    "LA Authority Type",
    "Safeguarding & Looked After Children (SLAC) Inspection publication date",
    "SLAC Safeguarding Overall effectiveness (OE)",
    "SLAC Looked After Children Overall Effectiveness (OE)",
    "SLAC re-inspection of Safeguarding publication date",
    "SLAC re-inspection Safeguarding OE",
    "SLAC re-inspection of services for Children Looked After publication date",
    "SLAC re-inspection of services Children Looked After OE",
    "Child Protection Inspections (CPI) publication date",
    "CPI Overall Effectiveness (OE)",
    "Child Protection Re-Inspection (CPRI) publication date",
    "CPRI Overall Effectiveness (OE)",
    "Targeted Looked After Children (TLAC) inspection publication date",
    "TLAC Overall Effectiveness (OE)",
    "Single Inspection of LA Children's Services (SIF)  First SIF publication date",
    " First SIF Overall Judgement\n(OE)",
    " First SIF children who need help and protection ",
    " First SIF children looked after and achieving permanence ",
    " First SIF CLA Sub: Adoption Performance",
    " First SIF CLA Sub: Experiences and progress of care leavers",
    " First SIF leadership, management and governance",
    "LSCB Overall Effectiveness ",
    "Single Inspection of LA Children's Services (SIF) SIF Re-inspection publication date",
    " SIF Re-inspection Overall Judgement\n(OE)",
    " SIF Re-inspection children who need help and protection ",
    " SIF Re-inspection children looked after and achieving permanence ",
    " SIF Re-inspection CLA Sub: Adoption Performance",
    " SIF Re-inspection CLA Sub: Experiences and progress of care leavers",
    " SIF Re-inspection leadership, management and governance",
    "First ILACS framework inspection type",
    "First ILACS framework publication date",
    "First ILACS framework overall effectiveness",
    "First ILACS framework impact of leaders",
    "First ILACS framework experiences and progress of children who need help and protection",
    "First ILACS framework experiences and progress of children in care and care leavers",
    "Second ILACS framework inspection type",
    "Second ILACS framework publication date",
    "Second ILACS framework overall effectiveness",
    "Second ILACS framework impact of leaders",
    "Second ILACS framework experiences and progress of children who need help and protection",
    "Second ILACS framework experiences and progress of children in care",
    "Second ILACS framework experiences and progress of care leavers",
)

LEEDS = [LINK, "Leeds", "Yorkshire", date(2022, 2, 21), "Outstanding", "Outstanding", "Good", "Good", ""]
CUMBERLAND = [LINK, "Cumberland", "North West", "Not yet inspected", "", "", "", "", ""]
LATEST = {"Inspections_31_March_2024": [["Judgements"], ["Notes"], LATEST_2024, LEEDS, CUMBERLAND]}
IN_YEAR = {
    "Inspections_in_year_2023-24": [
        ["Activity"],
        IN_YEAR_2024,
        [LINK, "Bury", "NW", date(2023, 2, 28), "LA Monitoring visit", "", "", "", "", "", "Achieving permanence"],
        [LINK, "Dorset", "SW", date(2023, 5, 17), "ILACS Focused Visit", "-", "", "", "", "", "Care leavers"],
        [LINK, "Leeds", "YH", date(2023, 6, 5), "ILACS Short Inspection", RI, "Good", "Good", RI, "Inadequate", ""],
        [LINK, "York", "YH", date(2021, 6, 5), "ILACS Focused Visit", "", "", "", "", "", "Assurance visit"],
    ]
}


def wide(name: str, *cells: tuple[int, object]) -> list[object]:
    row: list[object] = [LINK, name, "", ""] + [""] * (len(WIDE_2023) - 4)
    for column, cell in cells:
        row[column] = cell
    return row


HISTORY_2023 = {
    "LA_inspections_2009-2023": [
        ["Title"],
        ["Notes"],
        ["More notes"],
        [],
        WIDE_2023,
        wide(
            "Leeds",
            (4, date(2009, 8, 7)),
            (5, "Inadequate"),
            (6, RI),
            (7, date(2011, 2, 25)),
            (8, RI),
            (11, date(2012, 6, 1)),
            (12, "Good"),
            (13, date(2013, 6, 1)),
            (14, "Inadequate"),
            (15, date(2013, 9, 1)),
            (16, RI),
            (17, date(2015, 3, 27)),
            (18, "3.0"),
            (19, "Good"),
            (20, "Good"),
            (21, " -"),
            (22, "Good"),
            (23, "Outstanding"),
            (24, RI),
            (25, date(2016, 3, 29)),
            (26, "Good"),
            (32, "ILACS Short Inspection"),
            (33, date(2018, 12, 18)),
            (34, "Outstanding"),
            (35, "Outstanding"),
            (36, "Outstanding"),
            (37, "Good"),
            (38, "ILACS Standard Inspection"),
            (39, date(2023, 4, 1)),
            (40, "Good"),
            (43, "Good"),
            (44, RI),
        ),
        wide("Dorset", (32, "ILACS Standard Inspection"), (33, date(2021, 11, 19)), (34, "Good")),
        [],
        ["Table 2: authorities that existed before"],
        tuple(header.replace("First ILACS", "ILACS") for header in WIDE_2023[:38]),
        wide("Dorset", (17, date(2016, 5, 23)), (18, RI)),
    ]
}


@pytest.fixture(params=["ods", "xlsx"])
def make(request, tmp_path):
    writer = {"ods": ods, "xlsx": xlsx}[request.param]
    return lambda sheets, name="release": writer(tmp_path / f"{name}.{request.param}", sheets)


def test_the_latest_sheet_gives_the_start_and_the_grades_as_its_columns_name_them(read, make):
    reading = read(make(LATEST))
    leeds = reading.observations[0]
    assert (reading.layout, reading.edition, reading.rows) == ("ofsted_outcomes", date(2024, 3, 31), 2)
    assert (leeds.urn, leeds.family, leeds.channel) == ("80481", Family.OFSTED_STATISTICS, Channel.OFSTED_LATEST)
    assert (leeds.said.start, leeds.said.published, leeds.said.framework) == (date(2022, 2, 21), None, None)
    assert leeds.said.grades.get(Area.IN_CARE) is Grade.GOOD
    assert leeds.said.grades.get(Area.CARE_LEAVERS) is None
    assert leeds.row == "Inspections_31_March_2024, row 4"
    assert leeds.citations == (
        Citation(
            "Ofsted statistics as at 31 March 2024, Inspections_31_March_2024",
            "https://reports.ofsted.gov.uk/provider/44/80481",
        ),
    )


def test_not_yet_inspected_in_the_date_column_is_said_as_at_the_release(read, make):
    cumberland = read(make(LATEST)).observations[1]
    assert (cumberland.said.kind, cumberland.said.on) == (Kind.NOT_YET_INSPECTED, date(2024, 3, 31))
    assert ("Inspection date", "Not yet inspected") in cumberland.verbatim.cells


def test_the_in_year_sheet_tells_inspections_from_visits_and_their_themes(read, make):
    bury, dorset, leeds, york = (observation.said for observation in read(make(IN_YEAR)).observations)
    assert (bury.kind, bury.framework, bury.focus) == (Kind.MONITORING_VISIT, None, "Achieving permanence")
    assert (dorset.kind, dorset.focus, len(dorset.grades)) == (Kind.FOCUSED_VISIT, "Care leavers", 0)
    assert (leeds.kind, leeds.framework, leeds.variant) == (Kind.INSPECTION, Framework.ILACS, Variant.SHORT)
    assert leeds.grades.get(Area.CARE_LEAVERS) is Grade.INADEQUATE
    assert (york.kind, york.subtype, york.focus) == (Kind.FOCUSED_VISIT, "covid_assurance", None)


def test_the_wide_history_gives_every_framework_with_its_own_areas(read, make):
    reading = read(make(HISTORY_2023))
    leeds = [observation.said for observation in reading.observations if observation.urn == "80481"]
    assert [(said.framework, said.published) for said in leeds] == [
        (Framework.SLAC, date(2009, 8, 7)),
        (Framework.SLAC, date(2011, 2, 25)),
        (Framework.CPI, date(2012, 6, 1)),
        (Framework.CPRI, date(2013, 6, 1)),
        (Framework.TLAC, date(2013, 9, 1)),
        (Framework.SIF, date(2015, 3, 27)),
        (Framework.SIF, date(2016, 3, 29)),
        (Framework.ILACS, date(2018, 12, 18)),
        (Framework.ILACS, date(2023, 4, 1)),
    ]
    assert dict(leeds[0].grades) == {
        Area.SAFEGUARDING: Grade.INADEQUATE,
        Area.LOOKED_AFTER_CHILDREN: Grade.REQUIRES_IMPROVEMENT,
    }
    assert leeds[1].variant is leeds[6].variant is Variant.REINSPECTION
    assert dict(leeds[5].grades) == {
        Area.OVERALL_EFFECTIVENESS: Grade.REQUIRES_IMPROVEMENT,
        Area.HELP_AND_PROTECTION: Grade.GOOD,
        Area.LOOKED_AFTER_AND_PERMANENCE: Grade.GOOD,
        Area.CARE_LEAVERS: Grade.GOOD,
        Area.LEADERSHIP_MANAGEMENT_GOVERNANCE: Grade.OUTSTANDING,
        Area.LSCB: Grade.REQUIRES_IMPROVEMENT,
    }
    assert leeds[7].grades.get(Area.IN_CARE_AND_CARE_LEAVERS) is Grade.GOOD
    assert leeds[8].grades.get(Area.IN_CARE) is Grade.GOOD
    assert all(said.start is None for said in leeds)


def test_the_second_table_of_a_sheet_is_about_authorities_that_have_ended(read, make):
    dorsets = [(o.urn, o.said.framework) for o in read(make(HISTORY_2023)).observations if o.urn != "80481"]
    assert dorsets == [("2532283", Framework.ILACS), ("80463", Framework.SIF)]


def test_the_2022_layout_has_one_combined_column_and_one_ilacs_block(read, make):
    headers = (*LATEST_2024[:7], "Experiences and progress of children in care and care leavers")
    block = tuple(header.replace("First ILACS", "ILACS") for header in WIDE_2023[:38])
    sheets = {
        "LA_level_at_31_Mar_2022": [["T"], [], headers, [*LEEDS[:7], RI]],
        "LA_inspections_2009-2022": [
            *[["T"]] * 5,
            block,
            wide("Leeds", (32, "ILACS Short Inspection"), (33, date(2018, 12, 17)), (37, "Good"))[:38],
        ],
    }
    reading = read(make(sheets))
    latest, history = (observation.said for observation in reading.observations)
    assert reading.edition == date(2022, 3, 31)
    assert latest.grades.get(Area.IN_CARE_AND_CARE_LEAVERS) is Grade.REQUIRES_IMPROVEMENT
    assert (history.published, history.variant) == (date(2018, 12, 17), Variant.SHORT)


def test_the_2025_layout_is_long_states_both_dates_and_marks_ended_authorities(read, make):
    row = {
        "web_link": LINK,
        "local_authority_status": "Current",
        "inspection_date": date(2024, 12, 2),
        "publication_date": date(2025, 1, 29),
        "inspection_type": "ILACS Short Inspection",
        "overall_effectiveness": "Good",
        "the_impact_of_leaders_on_social_work_practice_with_children_and_families": "Outstanding",
        "the_experiences_and_progress_of_care_leavers": RI,
    }
    ended = {"local_authority_status": "No longer exists", "local_authority_area_code": "E10000009"}
    rows = [
        by_name(HISTORY_2025, local_authority_name="Gateshead", local_authority_area_code="E08000037", **row),
        by_name(HISTORY_2025, local_authority_name="Barnsley", local_authority_area_code="E08000016", **row),
        by_name(HISTORY_2025, local_authority_name="Dorset", **(row | ended)),
    ]
    sheets = {"ILACS_inspection_history": [["As at 31 March 2025"], [], HISTORY_2025, *rows]}
    reading = read(make(sheets, "outcomes"))
    gateshead = reading.observations[0].said
    assert reading.edition == date(2025, 3, 31)
    assert [observation.urn for observation in reading.observations] == ["80469", "80426", "80463"]
    assert (gateshead.start, gateshead.published) == (date(2024, 12, 2), date(2025, 1, 29))
    assert gateshead.grades.get(Area.IMPACT_OF_LEADERS) is Grade.OUTSTANDING
    assert reading.observations[0].channel is Channel.OFSTED_HISTORY


def test_a_release_is_one_source_whatever_its_file_format(read, tmp_path):
    sheets = LATEST | IN_YEAR
    one, other = read(ods(tmp_path / "a.ods", sheets)), read(xlsx(tmp_path / "b.xlsx", sheets))
    assert one.observations == other.observations
    assert one.source == other.source
    assert one.read_on == other.read_on


def test_sheets_are_picked_by_their_whole_name(read, make):
    cache = "x#LA_level_at_31_Mar_2020"
    reading = read(make({cache: [LATEST_2024, LEEDS], **LATEST, "Notes": [LATEST_2024, LEEDS]}))
    assert {observation.row.split(",")[0] for observation in reading.observations} == {"Inspections_31_March_2024"}


def test_columns_are_found_by_name_wherever_they_stand(read, make):
    order = (0, 8, 3, 1, 2, 7, 6, 5, 4)
    shuffled = [[LATEST_2024[i].upper().replace(" ", "\n ") for i in order], [LEEDS[i] for i in order]]
    shuffled[0][0] = "Web link "
    reading = read(make({"LA_level_at_31_Mar_2023": [["T"]] * 4 + shuffled}))
    assert reading.observations[0].said == read(make(LATEST, "plain")).observations[0].said


def test_a_bad_row_is_rejected_with_its_sheet_row_and_reason_and_the_rest_is_read(read, make):
    bad_grade = [*LEEDS[:4], "Splendid", "", "", "", ""]
    bad_date = [LINK, "York", "", "31/02/2022", "Good", "", "", "", ""]
    nobody = [LINK, "Atlantis", "", date(2022, 2, 21), "Good", "", "", "", ""]
    nameless = [LINK, "", "", date(2022, 2, 21), "Good", "", "", "", ""]
    sheets = {"Inspections_31_March_2024": [["T"], [], LATEST_2024, bad_grade, LEEDS, bad_date, nobody, nameless]}
    reading = read(make(sheets))
    assert len(reading.observations) == 1
    assert [(rejected.row, rejected.reason) for rejected in reading.rejected] == [
        (
            "Inspections_31_March_2024, row 4",
            "'Splendid' under 'overall effectiveness' is not a grade that Ofsted gives",
        ),
        (
            "Inspections_31_March_2024, row 6",
            "'31/02/2022' under 'Inspection date' is not a date: February 2022 has no day 31",
        ),
        ("Inspections_31_March_2024, row 7", "No authority is known by the name 'Atlantis'."),
        ("Inspections_31_March_2024, row 8", "it names no local authority"),
    ]
    assert reading.usable


def test_a_release_that_does_not_say_its_year_anywhere_is_refused(read, make):
    reading = read(make({"ILACS_inspection_history": [HISTORY_2025]}))
    assert reading.refused == "Neither its sheets, its cover nor its name says as at which 31 March it was made."
