"""England's bank holidays of any year, worked out: for judging days that somebody says inspectors came on.

Deadlines are counted by the published list (`domain.rulebook.working_days.BankHolidays`), which ends; what is held
must not change when that list grows, so plausibility asks here (R-080)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.rulebook.working_days import BankHolidays

KNOWN_FROM, KNOWN_TO = 2000, 2100
"""Years, both inclusive."""

EASTER_FRIDAY, EASTER_MONDAY = -2, 1
_MONDAY, _SATURDAY = 0, 5

MOVED = {date(2002, 5, 27): date(2002, 6, 4), date(2012, 5, 28): date(2012, 6, 4), date(2020, 5, 4): date(2020, 5, 8)}
MOVED |= {date(2022, 5, 30): date(2022, 6, 2)}
"""Where a proclamation put another day in the place of the ordinary one."""

ONCE = (
    date(2002, 6, 3),
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
)
"""Jubilees, a wedding, a funeral and a coronation."""


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus."""
    golden, century = year % 19, year // 100
    skipped = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + skipped + 15) % 30
    epact -= (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    ahead = epact - weekday
    month = 3 + (ahead + 40) // 44
    return date(year, month, ahead + 28 - 31 * (month // 4))


def _of_year(year: int) -> Iterator[date]:
    sunday = easter(year)
    fixed = [
        sunday + timedelta(EASTER_FRIDAY),
        sunday + timedelta(EASTER_MONDAY),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    ]
    for day in fixed:
        yield MOVED.get(day, day)
    yield _on_a_weekday(date(year, 1, 1), taken=())
    christmas = _on_a_weekday(date(year, 12, 25), taken=())
    boxing = _on_a_weekday(date(year, 12, 26), taken=(date(year, 12, 25), christmas))
    yield from (christmas, boxing)


def _monday_from(day: date) -> date:
    return day + timedelta((_MONDAY - day.weekday()) % 7)


def _on_a_weekday(day: date, *, taken: tuple[date, ...]) -> date:
    """The day itself or, where it falls on a weekend, the next weekday that no other holiday takes."""
    while day.weekday() >= _SATURDAY or day in taken:
        day += timedelta(1)
    return day


BANK_HOLIDAYS = BankHolidays(
    days=frozenset(day for year in range(KNOWN_FROM, KNOWN_TO + 1) for day in _of_year(year)) | frozenset(ONCE),
    known_from=date(KNOWN_FROM, 1, 1),
    known_to=date(KNOWN_TO, 12, 31),
)
