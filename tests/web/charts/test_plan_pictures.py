"""The pictures of a plan: every count has room, lines end where their counts do, and words say the same numbers."""

from __future__ import annotations

from datetime import date

import pytest

from domain.values.plans import Figure
from web.charts.burn_up import DayCount, burn_up, by_month, marked
from web.charts.measure_line import measure_line
from web.charts.spark import spark
from web.charts.stacked_bar import GAP, LEAST, NARROW, WIDE, CountOf, stacked_bar

COUNTS = [
    CountOf("complete", "complete", 6),
    CountOf("awaited", "evidence awaited", 0),
    CountOf("on-track", "on track", 118),
    CountOf("late", "overdue", 1),
]
TOLD = (
    DayCount(date(2025, 2, 10), 0, 0, 0),
    DayCount(date(2025, 3, 1), 4, 0, 0),
    DayCount(date(2026, 1, 15), 4, 1, 0),
    DayCount(date(2026, 1, 20), 4, 1, 1),
    DayCount(date(2026, 11, 30), 4, 2, 1),
)
TO_COME = (date(2027, 1, 29), date(2027, 3, 31))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_bar_fills_its_width_and_each_count_has_room_for_its_number(size: tuple[int, int]):
    bar = stacked_bar("Actions by state", COUNTS, size)
    assert bar is not None
    assert [piece.number for piece in bar.pieces] == [6, 118, 1], "nothing is said of what there is none of"
    assert min(piece.width for piece in bar.pieces) >= LEAST
    assert sum(piece.width for piece in bar.pieces) + GAP * 2 == size[0]
    assert bar.pieces[-1].left + bar.pieces[-1].width == size[0]
    assert bar.description == "6 complete, 118 on track and 1 overdue"


def test_there_is_no_bar_of_nothing():
    assert stacked_bar("Actions by state", [CountOf("complete", "complete", 0)]) is None


@pytest.mark.parametrize("wide", [True, False])
def test_promised_and_done_end_where_the_counts_do_and_say_them(wide: bool):
    drawn = burn_up(TOLD, TO_COME, wide=wide)
    assert drawn is not None
    heights = dict(drawn.levels)
    assert drawn.due.endswith(f"V{heights[4]}"), "all four are due at the end"
    assert drawn.done.endswith(f"H{drawn.today}"), "what is done is known until the day asked for"
    assert drawn.today < drawn.right
    assert drawn.description == "By 30 November 2026 2 of 4 actions were due, 1 complete."
    assert (drawn.done_label is not None) is wide
    assert burn_up((DayCount(date(2025, 2, 10), 0, 0, 0),), (), wide=wide) is None


def test_its_table_goes_on_to_the_last_day_due_and_says_nothing_of_what_will_be_done():
    assert [(row.day, row.due, row.done) for row in by_month(TOLD, TO_COME)][-3:] == [
        (date(2026, 11, 30), 2, 1),
        (date(2027, 1, 29), 3, None),
        (date(2027, 3, 31), 4, None),
    ]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2025, 2, 10), date(2027, 3, 31), ["Jan 2026", "Jan 2027"]),
        (date(2026, 1, 1), date(2026, 12, 1), ["Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"]),
        (date(2026, 1, 2), date(2026, 3, 1), ["Feb 2026", "Mar 2026"]),
        (date(2010, 5, 1), date(2026, 5, 1), ["Jan 2015", "Jan 2020", "Jan 2025"]),
    ],
)
def test_at_most_four_days_are_marked(first: date, last: date, labels: list[str]):
    assert [label for _, label in marked(first, last)] == labels


def test_a_small_line_ends_in_its_last_figure_and_keeps_the_target_in_sight():
    figures = [(date(2026, 1, 1), 40.0), (date(2026, 7, 1), 60.0)]
    drawn = spark(figures, 80.0, date(2026, 12, 31))
    assert drawn is not None
    assert drawn.points.split()[-1] == "{},{}".format(*drawn.last)
    assert drawn.last[0] < drawn.width - 10, "nothing was told since"
    assert drawn.target is not None
    assert drawn.target < drawn.last[1], "the target lies higher"
    assert spark([], 80.0, date(2026, 12, 31)) is None


def test_a_measure_is_drawn_with_each_figure_and_says_all_of_them():
    figures = ((date(2026, 1, 1), Figure("40")), (date(2026, 7, 1), Figure("60.5")))
    last = date(2026, 11, 30)
    drawn = measure_line(figures, None, Figure("80"), "%", last, wide=True)
    assert drawn is not None
    assert len(drawn.dots) == 2
    assert drawn.dots[0][0] == drawn.left
    assert [label for _, label in drawn.days] == ["Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"]
    assert min(later - sooner for (sooner, _), (later, _) in zip(drawn.days, drawn.days[1:], strict=False)) > 56
    assert drawn.description == "1 January 2026: 40%; 1 July 2026: 60.5%."
    assert [label for _, _, label in drawn.marks] == ["target 80%"]
    assert measure_line((), None, None, None, last, wide=True) is None
