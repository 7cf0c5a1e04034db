"""Where days and numbers are drawn."""

from __future__ import annotations

from datetime import date

from web.charts.scale import DayScale, NumberScale


def test_numbers_are_put_in_proportion_and_those_outside_at_the_nearer_end():
    across = NumberScale(0, 48, 100, 196)
    assert [across.at(number) for number in (-1, 0, 12, 48, 60)] == [100, 100, 124, 196, 196]
    upright = NumberScale(0, 10, 200, 0)
    assert [upright.at(number) for number in (0, 5, 10)] == [200, 100, 0]
    assert NumberScale(3, 3, 7, 90).at(3) == 7


def test_days_are_put_in_proportion_and_years_where_they_begin():
    scale = DayScale(date(2026, 1, 1), date(2030, 1, 1), 0, 1461)
    assert [scale.at(day) for day in (date(2026, 1, 1), date(2026, 1, 31), date(2031, 1, 1))] == [0, 30, 1461]
    assert list(scale.years()) == [(2026, 0), (2027, 365), (2028, 730), (2029, 1096), (2030, 1461)]
    assert [year for year, _ in DayScale(date(2026, 1, 2), date(2027, 6, 1), 0, 9).years()] == [2027]
    assert scale.shows(date(2025, 1, 1), date(2026, 1, 1))
    assert not scale.shows(date(2025, 1, 1), date(2025, 12, 31))
