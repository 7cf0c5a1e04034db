"""Graded reports of every framework, in the shapes of the real ones. People and findings are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest

from domain.frameworks import Area, Framework, Grade
from domain.register.register import REGISTER
from domain.values.documents import DocumentKind, PlaceRead
from domain.values.statements import PeriodOnSite, Variant
from tests.web.intake.reports.pdf import Shown, page_of, pdf
from web.intake.reports.flow import flow_of
from web.intake.reports.graded import read_graded
from web.intake.reports.notes import DocumentAsked
from web.intake.reports.pages import PdfReader
from web.intake.reports.reading import DocumentReading

Read = Callable[..., DocumentReading]

ILACS = ["Inspection of Devon local authority", "children’s services"]
SIF = [
    "London Borough of Barking and",
    "Dagenham",
    "Inspection of services for children in need of help and",
    "protection, children looked after and care leavers",
    "and",
    "Review of the effectiveness of the Local Safeguarding Children",
    "Board1",
]
DAYS = "Inspection dates: 11 to 22 July 2022"
LEAD = "Lead inspector: Sam Sample, His Majesty’s Inspector"
LEADERS = ["The impact of leaders on social work", "practice with children and families"]
HELP = ["The experiences and progress of", "children who need help and protection"]
CARE = ["The experiences and progress of", "children in care and care leavers"]
BEFORE_2023 = {
    Area.OVERALL_EFFECTIVENESS: Grade.GOOD,
    Area.IMPACT_OF_LEADERS: Grade.OUTSTANDING,
    Area.HELP_AND_PROTECTION: Grade.REQUIRES_IMPROVEMENT,
    Area.IN_CARE_AND_CARE_LEAVERS: Grade.INADEQUATE,
}


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    with PdfReader() as pdfs:

        def told(*pages: Sequence[Shown], named: date | None = date(2022, 9, 5), given: date | None = None):
            document = pdfs.text(pdf(*pages))
            asked = DocumentAsked(REGISTER, date(2026, 11, 30), named=named, given=given)
            reading = read_graded(document, flow_of(document), asked)
            assert reading is not None
            return reading

        yield told


def head(lines: Sequence[str]) -> list[Shown]:
    return page_of(lines, top=800)


def table(*rows: tuple[Sequence[str], Sequence[str]], top: float = 600) -> list[Shown]:
    """A label in the first column and a grade in the second; the grade's lines stand in the middle of the row."""
    shown = [Shown("Judgement", 77, top + 30, bold=True), Shown("Grade", 303, top + 30, bold=True)]
    for label, grade in rows:
        shown += [Shown(line, 77, top - 14 * at) for at, line in enumerate(label)]
        middle = top - 7 * (len(label) - 1) + 7 * (len(grade) - 1)
        shown += [Shown(line, 303, middle - 14 * at) for at, line in enumerate(grade)]
        top -= 14 * len(label) + 14
    return shown


ROWS = [
    (LEADERS, ["Outstanding"]),
    (HELP, ["Requires improvement", "to be good"]),
    (CARE, ["Inadequate"]),
    (["Overall effectiveness"], ["Good"]),
]


def test_a_report_of_children_s_services_tells_all_that_its_front_page_says(read: Read):
    told = read(head([*ILACS, DAYS, LEAD]) + table(*ROWS))
    assert (told.kind, told.urn, told.name) == (DocumentKind.GRADED_REPORT, "80461", "Devon")
    assert (told.framework, told.variant) == (Framework.ILACS, Variant.STANDARD)
    assert told.periods == (PeriodOnSite(date(2022, 7, 11), date(2022, 7, 22)),)
    assert (told.published, told.published_from) == (date(2022, 9, 5), "file_name")
    assert told.lead_inspector == "Sam Sample"
    assert dict(told.grades) == BEFORE_2023
    assert told.places["periods.0"] == PlaceRead(1, "11 to 22 July 2022")
    assert "Overall effectiveness Good" in told.places["grades.overall_effectiveness"].words
    assert told.places["urn"].words == "Inspection of Devon local authority children’s services"


def in_one_line(rows: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[Shown]:
    """Rows as running text: the grade after the last words of its label."""
    lines = [line for label, grade in rows for line in (*label[:-1], f"{label[-1]} {' '.join(grade)}")]
    return page_of(["Judgement Grade", *lines], top=600)


def by_columns(rows: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[Shown]:
    """The first column whole before the second, as some programs write a table."""
    return sorted(table(*rows), key=lambda shown: shown.left)


@pytest.mark.parametrize("drawn", [lambda rows: table(*rows), in_one_line, by_columns])
def test_grades_are_read_however_the_table_is_written(read: Read, drawn):
    assert dict(read(head([*ILACS, DAYS, LEAD]) + drawn(ROWS)).grades) == BEFORE_2023


def test_of_a_table_in_no_order_no_grade_is_read_wrongly(read: Read):
    told = read(head([*ILACS, DAYS, LEAD]) + table(*ROWS)[::-1])
    assert BEFORE_2023.items() >= dict(told.grades).items()
    for area in BEFORE_2023.keys() - dict(told.grades).keys():
        assert f"grades.{area.value}" in told.uncertain


def test_care_leavers_have_a_row_of_their_own_since_2023(read: Read):
    rows = [
        (LEADERS, ["Good"]),
        (HELP, ["Good"]),
        (["The experiences and progress of", "children in care"], ["Outstanding"]),
        (["The experiences and progress of", "children care leavers"], ["Requires Improvement to be good"]),
        (["Overall effectiveness"], ["Good"]),
    ]
    told = read(head([*ILACS, "Inspection dates: 15 to 19 May 2023", LEAD]) + table(*rows), named=date(2023, 7, 3))
    assert told.variant is Variant.SHORT
    assert told.grades.get(Area.IN_CARE) is Grade.OUTSTANDING
    assert told.grades.get(Area.CARE_LEAVERS) is Grade.REQUIRES_IMPROVEMENT
    assert told.grades.get(Area.IN_CARE_AND_CARE_LEAVERS) is None
    assert not [doubt for doubt in told.doubts if "grade" in doubt]


@pytest.mark.parametrize(
    "leaders",
    [LEADERS, ["The impact of leaders on practice with", "children and families"]],
)
def test_since_april_2026_no_overall_grade_is_missed(read: Read, leaders: list[str]):
    rows = [
        (leaders, ["Outstanding"]),
        (HELP, ["Good"]),
        (["The experiences and progress of", "children in care"], ["Good"]),
        (["The experiences and progress of care", "leavers"], ["Good"]),
    ]
    told = read(head([*ILACS, "Inspection dates: 11 to 22 May 2026", LEAD]) + table(*rows), named=date(2026, 7, 7))
    assert told.grades.get(Area.IMPACT_OF_LEADERS) is Grade.OUTSTANDING
    assert told.grades.get(Area.OVERALL_EFFECTIVENESS) is None
    assert not [doubt for doubt in told.doubts if "grade" in doubt]


def test_a_table_may_go_on_at_the_head_of_the_next_page(read: Read):
    told = read(head([*ILACS, DAYS, LEAD]) + table(*ROWS[:2]), table(*ROWS[2:], top=780))
    assert dict(told.grades) == BEFORE_2023
    assert told.places["grades.overall_effectiveness"].page == 2


def test_a_grade_that_is_not_there_is_doubted_and_not_guessed(read: Read):
    told = read(head([*ILACS, DAYS, LEAD]) + table(*ROWS[:3]))
    assert told.grades.get(Area.OVERALL_EFFECTIVENESS) is None
    assert "The grade for overall effectiveness could not be read." in told.doubts
    assert "grades.overall_effectiveness" in told.uncertain


def test_a_heading_that_contradicts_the_front_page_is_told(read: Read):
    heading = "The experiences and progress of children in care and care leavers are good"
    told = read(head([*ILACS, DAYS, LEAD]) + table(*ROWS), [Shown(heading, bold=True, size=11)])
    assert told.grades.get(Area.IN_CARE_AND_CARE_LEAVERS) is Grade.INADEQUATE
    assert any("a heading on page 2 says" in doubt for doubt in told.doubts)
    assert "grades.in_care_and_care_leavers" in told.uncertain


@pytest.mark.parametrize(
    "days",
    [
        ["Inspection dates: 30 September to 4 October 2024 and 13", "to 24 January 2025"],
        ["Inspection dates: 30 September 2024 to 4 October 2024;", "13 January 2025 to 24 January 2025"],
        ["Inspection dates: 30 September to 4 October 2024", "13 to 24 January 2025"],
        ["Inspection dates: 30 September to 4 October 2024 and", "13 to 17 January 2025; 20 to 24 January 2025"],
    ],
)
def test_an_inspection_that_was_broken_off_has_two_periods_and_the_first_tells_its_form(read: Read, days: list[str]):
    told = read(head([*ILACS, *days, LEAD]), named=date(2025, 5, 13))
    assert told.periods == (
        PeriodOnSite(date(2024, 9, 30), date(2024, 10, 4)),
        PeriodOnSite(date(2025, 1, 13), date(2025, 1, 24)),
    )
    assert told.variant is Variant.SHORT


def test_days_at_the_foot_of_the_pages_are_passed_over_with_a_doubt(read: Read):
    foot = Shown("11 to 22 July 2021 2", baseline=30, size=8)
    told = read(
        [*(one._replace(tag="P") for one in head([*ILACS, DAYS, LEAD])), foot],
        [Shown("Leaders know their services.", tag="P"), foot],
    )
    assert told.periods[0].start == date(2022, 7, 11)
    assert any("The foot of the pages gives other days on site, 11 to 22 July 2021" in one for one in told.doubts)


def test_days_that_cannot_be_are_doubted(read: Read):
    told = read(head([*ILACS, "Inspection dates: 22 to 11 July 2022", LEAD]))
    assert told.periods == ()
    assert told.variant is None
    assert "periods" in told.uncertain
    assert any("has a last day before the first" in doubt for doubt in told.doubts)


# --- single inspections ---------------------------------------------------------------------------------------------

SIF_ROWS = [
    (["1. Children who need help and protection"], ["Requires", "improvement"]),
    (["2. Children looked after and achieving", "permanence"], ["Good"]),
    (["2.1 Adoption performance"], ["Outstanding"]),
    (["2.2 Experiences and progress of care leavers"], ["requires improvement"]),
    (["3. Leadership, management and governance"], ["Inadequate"]),
]
SIF_DAYS = ["Inspection date: 29 April – 22 May 2014", "Report published: 7 July 2014"]


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        (["The overall judgement is requires improvement"], Grade.REQUIRES_IMPROVEMENT),
        (["The overall judgement is that children’s services are", "inadequate."], Grade.INADEQUATE),
        (["The overall judgement is that children’s services require", "improvement.2"], Grade.REQUIRES_IMPROVEMENT),
        (["Children’s services in Barking and Dagenham are good"], Grade.GOOD),
        (
            ["Children’s services in the Borough of Barking area", "require improvement to be Good"],
            Grade.REQUIRES_IMPROVEMENT,
        ),
        (["Children’s services in Dagenham requires improvement to be", "good"], Grade.REQUIRES_IMPROVEMENT),
    ],
)
def test_a_single_inspection_says_its_overall_grade_in_a_sentence(read: Read, sentence: list[str], grade: Grade):
    board = "The Local Safeguarding Children Board (LSCB) requires improvement"
    told = read(
        head([*SIF, *SIF_DAYS, *sentence]) + table(*SIF_ROWS, top=560),
        [Shown(board, bold=True), Shown("Lead inspector: Sam Sample", baseline=600)],
        named=None,
    )
    assert dict(told.grades) == {
        Area.OVERALL_EFFECTIVENESS: grade,
        Area.HELP_AND_PROTECTION: Grade.REQUIRES_IMPROVEMENT,
        Area.LOOKED_AFTER_AND_PERMANENCE: Grade.GOOD,
        Area.ADOPTION: Grade.OUTSTANDING,
        Area.CARE_LEAVERS: Grade.REQUIRES_IMPROVEMENT,
        Area.LEADERSHIP_MANAGEMENT_GOVERNANCE: Grade.INADEQUATE,
        Area.LSCB: Grade.REQUIRES_IMPROVEMENT,
    }
    assert (told.framework, told.variant) == (Framework.SIF, Variant.SINGLE_INSPECTION)
    assert (told.name, told.lead_inspector) == ("Barking and Dagenham", "Sam Sample")
    assert (told.published, told.published_from) == (date(2014, 7, 7), "text")


def test_an_area_that_was_not_judged_is_neither_graded_nor_doubted(read: Read):
    rows = [*SIF_ROWS[:2], (["2.1 Adoption performance"], ["Not Judged"]), *SIF_ROWS[3:]]
    sentence = "Children’s services in Barking and Dagenham are good"
    told = read(head([*SIF[:4], *SIF_DAYS, sentence]) + table(*rows, top=560))
    assert told.grades.get(Area.ADOPTION) is None
    assert not [doubt for doubt in told.doubts if "grade" in doubt]


def test_two_grades_of_the_board_are_no_answer(read: Read):
    both = ["The Local Safeguarding Children Board is good", "The LSCB is inadequate"]
    told = read(head([*SIF, *SIF_DAYS]), page_of(both))
    assert told.grades.get(Area.LSCB) is None
    assert any("is told in two ways" in doubt for doubt in told.doubts)


@pytest.mark.parametrize("title", ["Re-inspection", "Reinspection"])
def test_a_reinspection_says_so_in_its_title(read: Read, title: str):
    told = read(head(["Somerset County Council", f"{title} of {SIF[2][14:]}", SIF[3], *SIF_DAYS]))
    assert (told.framework, told.variant) == (Framework.SIF, Variant.REINSPECTION)
    assert "The grade for the Local Safeguarding Children Board could not be read." not in told.doubts


@pytest.mark.parametrize(
    ("title", "framework"),
    [
        ("Inspection of looked after children services", Framework.TLAC),
        ("Inspection of safeguarding and looked after children services", Framework.SLAC),
        ("Inspection of local authority arrangements for the protection of children", Framework.CPI),
        ("Re-inspection of local authority arrangements for the protection of children", Framework.CPRI),
    ],
)
def test_inspections_before_the_single_framework_give_an_overall_grade(read: Read, title: str, framework: Framework):
    labels = ["Inspection dates: 15-19 July 2013", "Reporting inspector Sam Sample HMI", "Age group: All"]
    told = read(
        head([title, "Medway Council", *labels, "Published: 23 August 2013"]),
        page_of(["8. The judgement for overall effectiveness is adequate.", "Overall effectiveness Adequate Grade 3"]),
        named=None,
    )
    assert told.framework is framework
    assert (told.name, told.lead_inspector, told.published) == ("Medway", "Sam Sample", date(2013, 8, 23))
    assert dict(told.grades) == {Area.OVERALL_EFFECTIVENESS: Grade.REQUIRES_IMPROVEMENT}


@pytest.mark.parametrize(
    "title",
    [
        "Area SEND inspection of Devon Local Area Partnership",
        "Joint targeted area inspection of Devon",
        "Focused visit to Devon children’s services",
        "A plan for children’s services in Devon",
    ],
)
def test_other_documents_are_none(title: str):
    with PdfReader() as pdfs:
        document = pdfs.text(pdf(head([title, "Inspection dates: 11 to 22 July 2022"])))
    assert read_graded(document, flow_of(document), DocumentAsked(REGISTER, date(2026, 11, 30))) is None
