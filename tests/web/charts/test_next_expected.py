"""When the next inspection may come, as a picture: places, what is left out, and that words and table agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from domain.rulebook.working_days import add_months
from tests.web.examples import STANDING
from web.charts.next_expected import NextExpected, next_expected, next_picture

TODAY = date(2026, 11, 30)
MONTHS = tuple((add_months(date(2026, 12, 1), number), 0.04) for number in range(24))
ASKED = NextExpected(
    name="Tynehaven",
    on=TODAY,
    policy=(date(2027, 1, 12), date(2028, 1, 12)),
    policy_says="30 to 42 months after the report",
    months=MONTHS,
    forecast=(date(2027, 5, 10), date(2028, 2, 21)),
    middle=date(2027, 9, 27),
    waits=(date(2027, 8, 4), date(2029, 9, 16)),
    waits_middle=date(2028, 9, 20),
    waits_number=146,
)


@pytest.mark.parametrize("shown", ["wide", "narrow"])
def test_days_lie_in_their_order_on_one_axis(shown: str):
    drawing = getattr(next_picture(ASKED), shown)
    policy, forecast, waits = drawing.rows
    assert drawing.today_x < policy.x < forecast.x < waits.x < policy.x + policy.width < waits.x + waits.width
    assert forecast.x < forecast.middle_x < forecast.x + forecast.width
    assert all(0 <= row.x <= row.x + row.width <= drawing.width for row in drawing.rows)
    assert all(one.y + one.height <= other.y for one, other in pairwise(drawing.rows)), "no row covers another"


def test_the_description_names_every_day_of_the_table():
    picture = next_picture(ASKED)
    cells = [cell for row in picture.rows for cell in row.cells if cell]
    assert len(cells) == 8
    assert all(cell in picture.description for cell in cells)
    assert "Today is 30 November 2026." in picture.description


def test_months_are_drawn_only_where_they_hold_most_of_the_chance():
    drawn = next_picture(ASKED).wide.rows[1]
    assert len(drawn.bars) == 24
    assert {bar.height for bar in drawn.bars} == {26}
    few = next_picture(replace(ASKED, months=MONTHS[:19])).wide.rows[1]
    assert few.bars == (), "19 months hold 76 in 100"


def test_a_band_that_has_ended_is_pale_and_today_stands_after_it():
    drawing = next_picture(NextExpected("Tynehaven", TODAY, policy=(date(2024, 1, 1), date(2025, 1, 1)))).wide
    (row,) = drawing.rows
    assert row.ended
    assert row.x + row.width < drawing.today_x
    assert drawing.today_anchor == "end", "the day is written where there is room"


def test_nothing_to_expect_is_no_picture():
    assert next_picture(NextExpected("Tynehaven", TODAY)) is None


def test_without_a_forecast_policy_stands_alone_with_its_months():
    found = next_expected(STANDING, None)
    assert found.policy == (STANDING.expected_next.graded.window_from, STANDING.expected_next.graded.window_to)
    assert found.policy_says == "30 to 42 months after the report"
    assert found.forecast is None
    assert found.waits is None


def test_a_window_not_counted_in_whole_months_from_the_report_says_no_months():
    graded = STANDING.expected_next.graded
    shifted = replace(graded, window_from=graded.window_from + timedelta(days=3))
    standing = replace(STANDING, expected_next=replace(STANDING.expected_next, graded=shifted))
    assert next_expected(standing, None).policy_says == ""
