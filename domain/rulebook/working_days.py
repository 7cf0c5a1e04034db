"""Working days and calendar months: how every deadline and window is counted (R-060, R-061, R-080, R-090)."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from domain.values.errors import BeyondBankHolidays
from domain.values.statements import Period
from domain.values.words import in_words

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class BankHolidays:
    """England's bank holidays, substitute days and one-offs included, from `known_from` to `known_to` inclusive.

    Outside that span nothing is known, so nothing is counted there (R-080)."""

    days: frozenset[date]
    known_from: date
    known_to: date

    def __contains__(self, day: date) -> bool:
        return day in self.days

    @cached_property
    def on_weekdays(self) -> tuple[date, ...]:
        """Those that take a working day away, in order."""
        return tuple(sorted(day for day in self.days if day.weekday() < _SATURDAY))

    def must_know(self, day: date) -> None:
        """Raises BeyondBankHolidays where `day` lies outside the years whose bank holidays are known."""
        if day > self.known_to:
            raise BeyondBankHolidays(f"No bank holidays are known after {in_words(self.known_to)}.")
        if day < self.known_from:
            raise BeyondBankHolidays(f"No bank holidays are known before {in_words(self.known_from)}.")


def is_working_day(day: date, holidays: BankHolidays) -> bool:
    """Neither a Saturday or Sunday nor a bank holiday. Raises BeyondBankHolidays outside the known years."""
    holidays.must_know(day)
    return day.weekday() < _SATURDAY and day not in holidays.days


@lru_cache(maxsize=8192)
def add_working_days(start: date, count: int, holidays: BankHolidays) -> date:
    """The `count`th working day after `start`; `start` itself is day 0 and need not be a working day (R-061).

    `count` must not be negative; 0 gives `start`. Raises BeyondBankHolidays when the count leaves the known years."""
    if count < 0:
        raise ValueError("A count of working days cannot be negative.")
    holidays.must_know(start)
    end = _add_weekdays(start, count)
    taken = _holidays_between(start, end, holidays)
    while taken:
        further = _add_weekdays(end, taken)
        taken = _holidays_between(end, further, holidays)
        end = further
    holidays.must_know(end)
    return end


def subtract_working_days(start: date, count: int, holidays: BankHolidays) -> date:
    """The `count`th working day before `start`; `start` itself is day 0. Raises BeyondBankHolidays as above."""
    if count < 0:
        raise ValueError("A count of working days cannot be negative.")
    day = start
    while count:
        day -= _DAY
        if is_working_day(day, holidays):
            count -= 1
    holidays.must_know(day)
    return day


def working_days_between(start: date, end: date, holidays: BankHolidays) -> int:
    """How many working days lie after `start` up to and including `end`; negative where `end` is earlier.

    Raises BeyondBankHolidays where either lies outside the known years."""
    if end < start:
        return -working_days_between(end, start, holidays)
    holidays.must_know(start)
    holidays.must_know(end)
    weekdays = _weekdays_up_to(end) - _weekdays_up_to(start)
    return weekdays - _holidays_between(start, end, holidays)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it has none (R-090)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; negative never."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (1 if later.day < earlier.day else 0))


def add_months_to_period(period: Period, months: int) -> Period:
    """The month so many months after a month; of a year, counted from its January."""
    moved = add_months(period.first_day, months)
    return Period(f"{moved.year:04}-{moved.month:02}")


def _weekdays_up_to(day: date) -> int:
    weeks, rest = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(rest + 1, 5)


def _add_weekdays(start: date, count: int) -> date:
    if count == 0:
        return start
    weeks, rest = divmod(_weekdays_up_to(start) + count - 1, 5)
    return date.fromordinal(weeks * 7 + rest + 1)


def _holidays_between(start: date, end: date, holidays: BankHolidays) -> int:
    ordered = holidays.on_weekdays
    return bisect_right(ordered, end) - bisect_right(ordered, start)
