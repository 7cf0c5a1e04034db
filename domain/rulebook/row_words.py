"""How sentences say what dated rows hold: a change of framework is a new row, and every sentence follows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.rulebook.calendar_rows import CLOSED_SEASONS, ClosedSeason
from domain.rulebook.rows import Row
from domain.values.words import in_words

_LEAP_YEAR = 2000


def day_of_year(day: tuple[int, int]) -> str:
    """`30 July`, of a month and a day."""
    return in_words(date(_LEAP_YEAR, *day)).removesuffix(f" {_LEAP_YEAR}")


def closed_seasons(rows: Sequence[ClosedSeason] = CLOSED_SEASONS) -> str:
    """`from 30 July to 2 September or from 12 December to 11 January`: when no inspection has started (R-050)."""
    return " or ".join(f"from {day_of_year(row.first)} to {day_of_year(row.last)}" for row in rows)


def starts_on_mondays() -> str:
    """Why an inspection was not likely on other days; the sentence goes on (R-050)."""
    return f"Inspections start on Mondays and never {closed_seasons()}"


def in_force(row: Row) -> str:
    """`from 17 March 2020 to 27 June 2021`, both days included; `until 27 June 2021`; `from 17 March 2020 on`."""
    if row.end is None:
        return f"from {in_words(row.start)} on"
    last = in_words(row.end - timedelta(days=1))
    return f"until {last}" if row.start == date.min else f"from {in_words(row.start)} to {last}"
