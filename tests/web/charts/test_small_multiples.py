"""Grades through time in small panels: the higher the better, and broken where the areas changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.frameworks import Area
from domain.values.judgements import Judgements
from tests.web.examples import ILACS_2024, TIMELINE_ANSWER
from web.charts.small_multiples import small_multiples
from web.words.judgement_table import judgement_table

ACTIVITIES = [entry.activity for entry in TIMELINE_ANSWER.entries]
TODAY = date(2026, 11, 22)
PANELS = {panel.label: panel for panel in small_multiples(ACTIVITIES, TODAY)}
ILACS_2026 = replace(
    ILACS_2024,
    start=date(2026, 6, 8),
    end=date(2026, 6, 19),
    published=date(2026, 8, 3),
    grades=Judgements.of((area, grade) for area, grade in ILACS_2024.grades if area is not Area.OVERALL_EFFECTIVENESS),
)


def test_every_area_of_the_present_framework_has_a_panel_on_the_same_axes():
    assert list(PANELS) == ["Overall", "Leaders", "Help and protection", "Children in care", "Care leavers"]
    assert len({(panel.wide.years, panel.wide.letters, panel.wide.today_x) for panel in PANELS.values()}) == 1


def test_a_better_grade_stands_higher_and_later_ones_further_right():
    marks = PANELS["Overall"].narrow.marks
    assert [mark.x for mark in marks] == sorted(mark.x for mark in marks)
    assert marks[-1].y < marks[0].y, "good above requires improvement"


def test_a_line_joins_grades_of_the_same_area_only():
    assert "V" in PANELS["Overall"].wide.path
    assert "V" not in PANELS["Care leavers"].wide.path
    assert PANELS["Care leavers"].note == "Judged with children in care in 2018"
    assert PANELS["Leaders"].note == "Headings changed by 2018"


def test_an_area_no_longer_graded_ends_where_the_newest_inspection_began():
    panels = {panel.label: panel for panel in small_multiples([*ACTIVITIES, ILACS_2026], TODAY)}
    assert panels["Overall"].note == "Not given since 2026"
    assert not panels["Overall"].wide.path.endswith(f"H{panels['Overall'].wide.today_x}")
    assert panels["Leaders"].wide.path.endswith(f"H{panels['Leaders'].wide.today_x}")


def test_no_line_runs_past_the_end_of_the_authority():
    (panel,) = [panel for panel in small_multiples(ACTIVITIES, TODAY, date(2025, 4, 1)) if panel.label == "Overall"]
    until = int(panel.wide.path.rpartition("H")[2])
    assert panel.wide.marks[-1].x < until < panel.wide.today_x


def test_the_description_says_what_the_table_says():
    table = judgement_table(ACTIVITIES)
    years = [column.year for column in table.columns]
    for label, cells in table.rows:
        panel = PANELS.get("Overall" if label == "Overall effectiveness" else label)
        told = [f"{year}: {cell.grade.lower()}" for year, cell in zip(years, cells, strict=True) if cell.grade]
        assert panel is None or "; ".join(reversed(told)) in panel.description


def test_without_a_graded_report_there_is_no_panel():
    assert small_multiples([], TODAY) == ()
