"""The lanes of a history: what is drawn where, and that the words of the picture are those of its marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.values.judgements import Judgements
from tests.web.examples import ILACS_2024, STANDING, TIMELINE_ANSWER
from web.charts.lanes import lanes_picture

ACTIVITIES = [entry.activity for entry in TIMELINE_ANSWER.entries]
TODAY = date(2026, 11, 22)


def test_there_is_a_lane_for_each_kind_the_window_and_today():
    drawn = lanes_picture("Tynehaven", ACTIVITIES, STANDING.expected_next.graded, TODAY).wide
    assert [lane.label for lane in drawn.lanes] == [
        "Graded inspections",
        "Focused visits",
        "Joint inspections",
        "Plans and meetings",
    ]
    assert drawn.band.x > drawn.today_x
    assert "11 December 2026 to 11 December 2027" in drawn.description
    assert sum(len(lane.marks) for lane in drawn.lanes) == 7, "the withdrawn visit is not drawn"


def test_a_narrow_screen_shows_the_last_ten_years_and_counts_no_more():
    drawn = lanes_picture("Tynehaven", ACTIVITIES, None, TODAY).narrow
    marks = [mark for lane in drawn.lanes for mark in lane.marks]
    assert drawn.description.startswith("From 2016. graded inspections: 2,")
    assert len(marks) == sum(one.true_on.year >= 2016 and one.counts for one in ACTIVITIES)
    assert all(drawn.left <= mark.x <= drawn.right for mark in marks)


def test_nothing_to_draw_is_no_picture():
    assert lanes_picture("Tynehaven", [], STANDING.expected_next.graded, TODAY) is None


def test_a_square_without_a_grade_is_in_the_key_where_there_is_one():
    assert not lanes_picture("Tynehaven", ACTIVITIES, None, TODAY).ungraded
    assert lanes_picture("Tynehaven", [replace(ILACS_2024, grades=Judgements())], None, TODAY).ungraded


def test_an_inspection_without_an_overall_grade_is_drawn_as_its_four():
    four = Judgements.of((area, grade) for area, grade in ILACS_2024.grades if area is not ILACS_2024.judged.overall)
    (lane, *_) = lanes_picture("Tynehaven", [replace(ILACS_2024, grades=four)], None, TODAY).wide.lanes
    assert lane.marks[0].letter == ""
    assert len(lane.marks[0].quarters) == 4
