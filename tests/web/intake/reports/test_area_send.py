"""Reports on area SEND inspections, in the shape of the real ones. People and findings are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from domain.register.register import REGISTER
from domain.values.documents import DocumentKind
from tests.web.intake.reports.paper import letter
from tests.web.intake.reports.pdf import Shown, pdf
from web.intake.reports.area_send import read_area_send
from web.intake.reports.flow import flow_of
from web.intake.reports.notes import DocumentAsked
from web.intake.reports.pages import PdfReader
from web.intake.reports.reading import DocumentReading

FORM = """Local area partnership report

# {title}

Inspection dates: {days}

Dates of previous inspection: 31 January 2022 to 3 February 2022

# Inspection outcome

The local area partnership’s arrangements {outcome}.

The next full area SEND inspection will be within approximately {next} years.

# What is it like to be a child or young person with SEND in this area?

Children wait.

# What does the area partnership need to do better?
* Health leaders have a plan.

# Areas for improvement

# Areas for improvement

Leaders should reduce waits. This includes:
* assessments; and
* wheelchairs.

Leaders should improve plans.

# Local area partnership details

Dudley Metropolitan Borough Council

# Inspection team

{team}"""
TEAM = "Sam Sample, Ofsted HMI, lead inspector Jo Jones, CQC lead inspector"
INCONSISTENT = "lead to inconsistent experiences and outcomes for children and young people with SEND"
USUAL = {
    "title": "Area SEND inspection of Dudley Local Area Partnership",
    "days": "20 to 24 January 2025",
    "outcome": INCONSISTENT,
    "next": "three",
    "team": TEAM,
}

Reading = Callable[..., DocumentReading]


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as reader:
        yield reader


@pytest.fixture
def read(reader: PdfReader) -> Reading:
    def reading(named: date | None = date(2025, 3, 11), **changed: str) -> DocumentReading:
        flow = flow_of(reader.text(letter(FORM.format_map(USUAL | changed))))
        told = read_area_send(flow, DocumentAsked(REGISTER, date(2026, 11, 30), named=named))
        assert told is not None
        return told

    return reading


def test_a_report_tells_its_days_its_outcome_and_what_to_improve(read: Reading):
    told = read()
    assert told.kind is DocumentKind.AREA_SEND_REPORT
    assert (told.urn, told.start, told.end) == ("80464", date(2025, 1, 20), date(2025, 1, 24))
    assert (told.published, told.published_from) == (date(2025, 3, 11), "file_name")
    assert (told.outcome, told.priority_action) == (2, False)
    assert [item.text for item in told.improvements] == [
        "Leaders should reduce waits. This includes: assessments; and wheelchairs.",
        "Leaders should improve plans.",
    ]
    assert told.lead_inspector == "Sam Sample"
    assert [section.heading[:12] for section in told.sections][-1] == "What does th"
    assert told.doubts == ()


@pytest.mark.parametrize(
    ("outcome", "following", "number"),
    [
        ("typically lead to positive experiences and outcomes", "five", 1),
        (INCONSISTENT, "three", 2),
        ("show widespread and/or systemic failings leading to significant concerns", "three", 3),
    ],
)
def test_each_outcome_is_known_by_its_sentence(read: Reading, outcome: str, following: str, number: int):
    told = read(outcome=outcome, next=following)
    assert told.outcome == number
    if number == 3:
        assert told.priority_action is None
        assert "priority_action" in told.uncertain


def test_an_outcome_that_does_not_fit_what_comes_next_is_doubted(read: Reading):
    told = read(next="five")
    assert told.outcome == 2
    assert "outcome" in told.uncertain


def test_without_a_day_in_the_file_s_name_the_day_of_publication_is_asked_for(read: Reading):
    told = read(named=None)
    assert (told.published, told.published_from) == (None, None)
    assert any("give the day" in doubt for doubt in told.doubts)


def test_areas_for_priority_action_are_the_second_column_over_pages(reader: PdfReader):
    front = [
        Shown("Area SEND inspection of Dudley Local Area Partnership", baseline=780, bold=True, tag="P.1"),
        Shown("Inspection dates: 20 to 24 January 2025", baseline=760, tag="P.2"),
        Shown("Inspection outcome", baseline=740, bold=True, tag="P.3"),
        Shown("There are widespread and/or systemic failings leading to concerns.", baseline=720, tag="P.4"),
        Shown("Responsible body", left=63, baseline=500, bold=True, tag="P.5"),
        Shown("Areas for priority action", left=224, baseline=500, bold=True, tag="P.5"),
        Shown("Dudley Council", left=63, baseline=470, tag="P.6"),
        Shown("and others", left=63, baseline=455, tag="P.6"),
        Shown("Leaders should cooperate to assess and provide for all", left=224, baseline=470, tag="P.7"),
    ]
    more = [
        Shown("in the area", left=63, baseline=700, tag="P.1"),
        Shown("and the NHS", left=63, baseline=685, tag="P.1"),
        Shown("children with SEND.", left=224, baseline=700, tag="P.2"),
        Shown("Dudley Council", left=63, baseline=660, tag="P.3"),
        Shown("and the NHS", left=63, baseline=645, tag="P.3"),
        Shown("Leaders should act with urgency on data.", left=224, baseline=660, tag="P.4"),
        Shown("The NHS", left=63, baseline=625, tag="TD.5"),
        Shown("Leaders should pay.", left=224, baseline=625, tag="TD.6"),
        Shown("Areas for improvement", baseline=600, bold=True, tag="P.7"),
        Shown("Leaders should improve plans.", left=63, baseline=570, tag="P.8"),
    ]
    document = pdf(front, more)
    told = read_area_send(flow_of(reader.text(document)), DocumentAsked(REGISTER, date(2026, 11, 30)))
    assert told is not None
    assert (told.outcome, told.priority_action) == (3, True)
    assert [item.text for item in told.priority_actions] == [
        "Leaders should cooperate to assess and provide for all children with SEND.",
        "Leaders should act with urgency on data.",
        "Leaders should pay.",
    ]
    assert [item.text for item in told.improvements] == ["Leaders should improve plans."]


def test_a_monitoring_inspection_is_refused_by_its_name(read: Reading):
    told = read(title="Area SEND monitoring inspection of Dudley Local Area Partnership")
    assert told.refused is not None
    assert "monitoring inspection of area SEND" in told.refused


def test_another_report_is_none_of_these(reader: PdfReader):
    other = flow_of(
        reader.text(
            letter("Inspection of Dudley local authority children’s services\n\nInspection dates: 4 to 8 March 2024")
        )
    )
    assert read_area_send(other, DocumentAsked(REGISTER, date(2026, 11, 30))) is None


@pytest.mark.parametrize("heads", ["Ofsted Care Quality Commission ", "Care Quality Commission "])
def test_the_heads_of_columns_are_no_part_of_the_lead_inspectors_name(read: Reading, heads: str):
    assert read(team=heads + TEAM).lead_inspector == "Sam Sample"
