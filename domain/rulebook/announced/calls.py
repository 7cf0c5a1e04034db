"""The inspection that was called or has begun and whose report is not public: when, and how far it is (R-097)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.frameworks import Framework
from domain.rulebook.announced.days import DaysExpected, call_row, days_after_call, last_day_after, last_day_after_break
from domain.rulebook.calendar_rows import ON_SITE
from domain.rulebook.pathway import has_grades, is_graded_inspection
from domain.rulebook.plausibility_rows import GAPS
from domain.rulebook.results import Announced, GradedType, WindowStatus
from domain.rulebook.working_days import BankHolidays, add_working_days
from domain.values.activities import Activity
from domain.values.errors import BeyondBankHolidays
from domain.values.statements import Kind, PeriodOnSite, Variant

TYPE_OF = {
    Variant.SHORT: GradedType.SHORT,
    Variant.STANDARD: GradedType.STANDARD,
    Variant.REINSPECTION: GradedType.POST_MONITORING,
}

LONGEST_WAIT = max(row.most for row in GAPS if row.kind is Kind.INSPECTION)
"""Working days: no report measured took longer (R-058)."""


@dataclass(frozen=True)
class FieldworkDays:
    """Days on site, real ones where they are held, else those announced, else those that follow from the call.

    `periods` are first and last days, both inclusive and in order. `begun` and `ended`: the first and the last day are
    real; `broken_off`: another period is to come, and nobody knows when. `by_call`: what the rulebook says of the call,
    where days rest on that."""

    periods: tuple[tuple[date, date], ...]
    begun: bool
    ended: bool
    broken_off: bool = False
    by_call: DaysExpected | None = None

    @property
    def first(self) -> date | None:
        return self.periods[0][0] if self.periods else None

    @property
    def last(self) -> date | None:
        """The last day of the last period; None where that is not known."""
        return self.periods[-1][1] if self.periods and not self.broken_off else None

    @property
    def heard_until(self) -> date | None:
        """The last day on which anybody is known, or was expected, to be on site, whatever was to come after."""
        return self.periods[-1][1] if self.periods else None

    def status(self, day: date) -> WindowStatus:
        """How far it is on a day."""
        first, last = self.first, self.last
        if first is None or day < first:
            return WindowStatus.ANNOUNCED
        if any(start <= day <= end for start, end in self.periods):
            return WindowStatus.ON_SITE
        return WindowStatus.REPORT_AWAITED if last is not None and day > last else WindowStatus.PAUSED


@dataclass(frozen=True)
class UnderWay:
    """A graded inspection between its call and its report on one day.

    `announced` is the answer, and `days` are its days, as now understood; `then` as they were known on the day asked.
    `told`: its type was."""

    activity: Activity
    announced: Announced
    days: FieldworkDays
    then: FieldworkDays
    told: bool

    def awaited(self, on: date) -> bool:
        """Whether inspectors have left for good by a day, the last one included (R-093)."""
        return self.days.last is not None and self.days.last <= on


def called_by(activity: Activity, on: date) -> bool:
    """Whether its call is known by a day, and was not withdrawn by then."""
    withdrawn = activity.call_withdrawn is not None and activity.call_withdrawn <= on
    return activity.notified is not None and activity.notified <= on and not withdrawn


def days_on_site(activity: Activity, type_: GradedType | None, holidays: BankHolidays) -> FieldworkDays:
    """When inspectors are, or are expected, on site. `type_` is what a graded inspection is or would be."""
    by_call = None
    if activity.notified is not None:
        by_call = days_after_call(activity.kind, type_, activity.notified, holidays)
    first = activity.start or activity.expected_start or (by_call.first if by_call else None)
    if activity.periods:
        periods = tuple((one.start, one.end) for one in activity.periods)
        return FieldworkDays(periods, begun=True, ended=activity.end is not None)
    if first is None:
        ended = activity.end
        return FieldworkDays(() if ended is None else ((ended, ended),), begun=False, ended=ended is not None)
    told = activity.start is None and activity.expected_start is None
    found = tuple(_periods(activity, first, by_call.last if by_call and told else None, type_, holidays))
    return FieldworkDays(
        periods=found,
        begun=activity.start is not None,
        ended=activity.end is not None,
        broken_off=activity.paused is not None and activity.resumed is None and activity.end is None,
        by_call=by_call if told else None,
    )


def _periods(
    activity: Activity, first: date, last: date | None, type_: GradedType | None, holidays: BankHolidays
) -> Iterator[tuple[date, date]]:
    end, paused, resumed = activity.end, activity.paused, activity.resumed
    if paused is None or paused < first or (resumed is None and end is not None):
        yield first, end or _expected_end(activity, first, last, type_, holidays)
        return
    yield first, paused
    if resumed is not None and activity.kind is Kind.INSPECTION and activity.framework is Framework.ILACS:
        yield resumed, end or last_day_after_break(first, paused, resumed, type_, holidays) or resumed
    elif resumed is not None:
        yield resumed, end or _expected_end(activity, resumed, None, None, holidays)


def _expected_end(
    activity: Activity, first: date, last: date | None, type_: GradedType | None, holidays: BankHolidays
) -> date:
    """The last day as announced, where that fits the first; else as after the call, else by the length of its kind."""
    announced = activity.expected_end
    if announced is not None and announced >= first:
        return announced
    if last is not None:
        return last
    if activity.kind is not Kind.INSPECTION:
        row = call_row(activity.kind, None, first)
        after_call = 1 if row is None else row.last_days - row.first_days + 1
        return first + timedelta(days=next((row.days for row in ON_SITE if row.kind is activity.kind), after_call) - 1)
    return first if activity.framework is not Framework.ILACS else last_day_after(first, type_, holidays) or first


def under_way(
    inspections: Sequence[Activity],
    on: date,
    governs: Activity | None,
    expected: GradedType | None,
    holidays: BankHolidays,
) -> UnderWay | None:
    """The inspection that is announced, on site, paused or whose report is awaited; of several the one that began last.

    From the day of its call, or from its first day on site, to the day before publication. Where no publication is
    held, a report that governs and was published since ends the wait. `expected` is the type where none was told."""
    found: list[tuple[date, UnderWay]] = []
    for activity in inspections:
        if not _is_open(activity, on) or not is_graded_inspection(activity):
            continue
        type_ = expected
        if activity.variant is not None:
            type_ = TYPE_OF.get(activity.variant, expected)
        days = days_on_site(activity, type_, holidays)
        began = days.first or activity.notified or on
        if activity.published is None and governs is not None and governs.public_on >= (days.last or began):
            continue
        found.append((began, _on_day(activity, days, type_, on, holidays)))
    return max(found, key=lambda one: (one[0], one[1].activity.id.int))[1] if found else None


def _is_open(activity: Activity, on: date) -> bool:
    """Whether it was called or had begun by a day, its call stands, and its report is not public."""
    published = activity.published or activity.published_by_council
    if published is not None and activity.public_on <= on:
        return False
    if activity.call_withdrawn is not None and activity.call_withdrawn <= on:
        return False
    begun = activity.start or activity.end
    if not (called_by(activity, on) or (begun is not None and begun <= on)):
        return False
    return published is not None or not has_grades(activity)


def _on_day(
    activity: Activity, days: FieldworkDays, type_: GradedType | None, on: date, holidays: BankHolidays
) -> UnderWay:
    seen = activity.as_seen_on(on) or activity
    notified = activity.notified if called_by(activity, on) else None
    first = days.first if days.begun or notified is not None else None
    announced = Announced(
        type=type_,
        notified_on=notified,
        on_site_from=first,
        on_site_to=days.last,
        status=days.status(on),
        unheard_of=_is_unheard_of(activity, days.heard_until, on, holidays),
        periods=tuple(PeriodOnSite(*period) for period in days.periods) if first is not None else (),
        about=activity.id,
        only_called=seen.only_called,
    )
    then = days if seen == activity else days_on_site(seen, type_, holidays)
    return UnderWay(
        activity=activity,
        announced=announced,
        days=days,
        then=then,
        told=activity.variant is not None,
    )


def _is_unheard_of(activity: Activity, last: date | None, on: date, holidays: BankHolidays) -> bool:
    if activity.published is not None or activity.published_by_council is not None or last is None or on <= last:
        return False
    return on >= unheard_of_from(last, holidays)


def unheard_of_from(last: date, holidays: BankHolidays) -> date:
    """The day from which a report on an inspection that ended on `last` is later than any measured (R-058); some
    months after it beyond the known bank holidays. No break between periods lasted so long either (R-059)."""
    try:
        return add_working_days(last, LONGEST_WAIT + 1, holidays)
    except BeyondBankHolidays:
        return last + timedelta(weeks=LONGEST_WAIT // 5 + 2)
