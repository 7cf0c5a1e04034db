"""On which days inspectors are expected after a call, and on which day a call comes (R-100, R-049)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.rulebook.calendar_rows import CALLS, NOTICE_WORKING_DAYS, CallToSite
from domain.rulebook.results import GradedType
from domain.rulebook.working_days import BankHolidays, add_working_days, is_working_day, working_days_between
from domain.values.errors import BeyondBankHolidays
from domain.values.statements import Kind

FURTHEST = timedelta(days=92)
"""Inspectors come within so many days of a call: one that names later days is a slip (R-049, R-100)."""

CALLED = (Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI, Kind.AREA_SEND)
"""What is called, or of monitoring visits told in advance."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
WORKING_DAYS_A_WEEK = 5


@dataclass(frozen=True)
class DaysExpected:
    """The first and the last day on which inspectors may be on site, both inclusive, and the row that says so."""

    first: date
    last: date
    row: CallToSite


def call_row(kind: Kind, type_: GradedType | None, called: date) -> CallToSite | None:
    """The row for a call on a day; of a graded inspection whose type nobody told, the longer one. None where the dates
    are told in advance, or not measured."""
    rows = [row for row in CALLS if row.kind is kind and row.in_force(called)]
    of_type = [row for row in rows if row.type is type_] if kind is Kind.INSPECTION else rows
    return max(of_type or rows, key=lambda row: row.last_days, default=None)


def days_after_call(kind: Kind, type_: GradedType | None, called: date, holidays: BankHolidays) -> DaysExpected | None:
    """When inspectors are expected after a call on a day: a graded inspection begins on the Monday after, or, after a
    call on another day, on the first at least five working days later.

    A bank holiday at either end gives way to the working day next to it. None where no row says so, or beyond the known
    bank holidays."""
    row = call_row(kind, type_, called)
    if row is None:
        return None
    try:
        monday = called - timedelta(days=called.weekday())
        if kind is Kind.INSPECTION and monday != called:
            monday = _next_monday(add_working_days(called, NOTICE_WORKING_DAYS, holidays)) - _WEEK
        first = _working(monday + timedelta(days=row.first_days), _DAY, holidays)
        return DaysExpected(first, _working(monday + timedelta(days=row.last_days), -_DAY, holidays), row)
    except BeyondBankHolidays:
        return None


def last_day_after(first: date, type_: GradedType | None, holidays: BankHolidays) -> date | None:
    """The last day of a graded inspection of a type that began on a day; None beyond the known bank holidays."""
    row = call_row(Kind.INSPECTION, type_, first)
    if row is None:
        return None
    try:
        monday = first - timedelta(days=first.weekday())
        return _working(monday + timedelta(days=row.last_days - row.first_days), -_DAY, holidays)
    except BeyondBankHolidays:
        return None


def last_day_after_break(
    first: date, paused: date, resumed: date, type_: GradedType | None, holidays: BankHolidays
) -> date | None:
    """The last day of a graded inspection that was broken off: the working day that makes its length whole, ten of a
    standard one and five of a short one; those before the break, the last of which is `paused`, count (R-100). At the
    least the day on which it was resumed; None beyond the known bank holidays."""
    row = call_row(Kind.INSPECTION, type_, first)
    if row is None:
        return None
    try:
        weeks, days = divmod(row.last_days - row.first_days, _WEEK.days)
        whole = weeks * WORKING_DAYS_A_WEEK + days + 1
        to_come = max(whole - working_days_between(first - _DAY, paused, holidays), 1)
        return add_working_days(resumed - _DAY, to_come, holidays)
    except BeyondBankHolidays:
        return None


def usual_call(kind: Kind, first: date) -> date | None:
    """When the call for what began on a day comes as a rule: on a Monday, so many weeks before. None of what is told in
    advance."""
    row = call_row(kind, None, first)
    return None if row is None else first - timedelta(days=first.weekday() + row.first_days // 7 * 7)


def both_lengths(called: date, holidays: BankHolidays) -> Sequence[DaysExpected]:
    """The days of a short and of a standard inspection after a call, the shorter first."""
    found = (
        days_after_call(Kind.INSPECTION, type_, called, holidays) for type_ in (GradedType.SHORT, GradedType.STANDARD)
    )
    return [days for days in found if days is not None]


def _next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _working(day: date, step: timedelta, holidays: BankHolidays) -> date:
    while not is_working_day(day, holidays):
        day += step
    return day
