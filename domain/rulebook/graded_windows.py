"""When the next graded inspection is expected, and of what type (R-025, R-030 to R-045, R-090, R-092)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from domain.frameworks import Framework
from domain.rulebook.calendar_rows import CLOSED_SEASONS, COVID_ROUND
from domain.rulebook.deadline_rows import PLAN_TIMES, PlanTime
from domain.rulebook.pathway import Policy, WindowAnchor
from domain.rulebook.results import Graded, Pathway, PriorityActionOverride, WindowStatus
from domain.rulebook.rows import (
    AFTER_PRIORITY_ACTION,
    ALWAYS,
    FIRST_INSPECTIONS,
    INTERVALS,
    NEXT_GRADED,
    NEXT_MEASURED,
    CountedFrom,
    Interval,
    NextGraded,
    NextMeasured,
    Row,
    row_on,
)
from domain.rulebook.working_days import BankHolidays, add_months, add_months_to_period, add_working_days
from domain.values.activities import Activity, Status
from domain.values.errors import BeyondBankHolidays
from domain.values.statements import Kind, Period

WITHOUT_WINDOW = Graded(type=None, window_from=None, window_to=None, status=WindowStatus.NO_WINDOW)


def status_on(day: date, first: date | None, last: date | None) -> WindowStatus:
    """Where a day lies against a window whose ends are both inclusive (R-026)."""
    if first is None and last is None:
        return WindowStatus.NO_WINDOW
    if last is not None and day > last:
        return WindowStatus.OVERDUE
    if first is None or day < first:
        return WindowStatus.UPCOMING
    return WindowStatus.IN_WINDOW


@lru_cache(maxsize=1024)
def next_graded(pathway: Pathway, on: date) -> NextGraded:
    """The row for the next graded inspection of a pathway. Raises NoRule for an unknown pathway."""
    return row_on([row for row in NEXT_GRADED if row.pathway is pathway], on)


def next_measured(pathway: Pathway) -> NextMeasured:
    """What the next inspections of a pathway turned out to be. Raises NoRule for one that was not measured."""
    return row_on([row for row in NEXT_MEASURED if pathway in row.pathways], date.max)


@lru_cache(maxsize=1024)
def interval(pathway: Pathway, framework: Framework, on: date) -> Interval:
    """The row for the months to the next graded inspection. Raises NoRule where no report governs."""
    return row_on([row for row in INTERVALS if row.pathway is pathway and framework in row.frameworks], on)


@lru_cache(maxsize=1024)
def is_counted(pathway: Pathway, framework: Framework, on: date) -> bool:
    """Whether a row says after how many months the next graded inspection comes; of a new framework none may."""
    return any(row.pathway is pathway and framework in row.frameworks and row.in_force(on) for row in INTERVALS)


def rules_changed_by(day: date) -> tuple[date, ...]:
    """The days up to one (inclusive) on which another row for windows came into force: those read on the day asked."""
    rows: tuple[Row, ...] = (*NEXT_GRADED, *INTERVALS, *FIRST_INSPECTIONS)
    turns = {turn for row in rows for turn in (row.start, row.end) if turn is not None and ALWAYS < turn <= day}
    return tuple(sorted(turns))


@lru_cache(maxsize=4096)
def plan_time(published: date) -> PlanTime:
    """The row for the action plan on a report published on a day (R-060, R-091)."""
    return row_on(PLAN_TIMES, published)


def plan_due(report: Activity, holidays: BankHolidays) -> date:
    """The 70th working day after publication (R-061, R-091).

    Raises BeyondBankHolidays where the known bank holidays end first."""
    return add_working_days(report.public_on, plan_time(report.public_on).working_days, holidays)


def plan_due_shown(report: Activity, holidays: BankHolidays) -> date | None:
    """The action plan's date where the report is of 2018 or later; None beyond the bank holidays known (R-091)."""
    if not plan_time(report.public_on).shown:
        return None
    try:
        return plan_due(report, holidays)
    except BeyondBankHolidays:
        return None


def anchor_of(report: Activity, policy: Policy) -> date:
    """The day the window is counted from; publication where the day the policy names is not known (R-025)."""
    if policy.window_anchor is WindowAnchor.FIRST_DAY_ON_SITE and report.start is not None:
        return report.start
    if policy.window_anchor is WindowAnchor.LAST_DAY_ON_SITE and report.last_day is not None:
        return report.last_day
    return report.public_on


def counted_from(report: Activity, row: Interval, holidays: BankHolidays, policy: Policy) -> date | None:
    """The day from which a window's months run: the anchor, or the plan's due date after an inadequate single
    inspection; None where that lies beyond the known bank holidays (R-025, R-045)."""
    if row.counted_from is CountedFrom.ANCHOR:
        return anchor_of(report, policy)
    try:
        return plan_due(report, holidays)
    except BeyondBankHolidays:
        return None


def graded_after(
    report: Activity, pathway: Pathway, on: date, holidays: BankHolidays, policy: Policy, *, standard: bool
) -> Graded:
    """The next graded inspection after a governing report; `standard` where priority action overrides the type.

    The window is absent where it hangs on a plan date beyond the known bank holidays."""
    if pathway is Pathway.UNKNOWN or report.framework is None or not is_counted(pathway, report.framework, on):
        return WITHOUT_WINDOW
    expected = next_graded(Pathway.REQUIRES_IMPROVEMENT if standard else pathway, on).type
    row = interval(pathway, report.framework, on)
    counted = counted_from(report, row, holidays, policy)
    if counted is None:
        return Graded(type=expected, window_from=None, window_to=None, status=WindowStatus.NO_WINDOW)
    first, last = add_months(counted, row.from_months), add_months(counted, row.to_months)
    return Graded(
        type=expected,
        window_from=first,
        window_to=last,
        status=status_on(on, first, last),
        midpoint=add_months(counted, row.middle_months),
    )


def first_window(formed: date, on: date) -> tuple[date, date]:
    """The first and last day on which a new authority's first inspection is inferred to begin (R-070)."""
    row = row_on(FIRST_INSPECTIONS, on)
    return add_months(formed, row.from_months), add_months(formed, row.to_months)


def first_likely_start(day: date) -> date:
    """The first Monday from `day` on that lies outside the seasons in which no inspection has started (R-050)."""
    monday = day + timedelta(days=-day.weekday() % 7)
    while any(monday in season for season in CLOSED_SEASONS):
        monday += timedelta(days=7)
    return monday


def of_the_covid_round(visit: Activity) -> bool:
    """An assurance visit of the pandemic, which counts towards no interval (R-012, R-030)."""
    return visit.subtype == "covid_assurance" or (visit.start is not None and COVID_ROUND.in_force(visit.start))


def has_priority_action(visit: Activity) -> bool:
    """The visit's letter names at least one area for priority action."""
    return bool(visit.priority_action or visit.priority_action_count or visit.priority_actions)


def priority_action_visit(activities: Sequence[Activity], since: date, on: date) -> Activity | None:
    """The latest focused visit with unresolved priority action that began on or after `since` and is public by `on`.

    Never a JTAI. A visit known by its month or year counts from that period's first day (R-092)."""
    found: Activity | None = None
    for visit in activities:
        if why_no_override(visit, since, on) is None and (found is None or visit.true_on > found.true_on):
            found = visit
    return found


class NoOverride(Enum):
    """Why something that happened does not make the next graded inspection a standard one (R-092)."""

    NOT_FOCUSED = "not a focused visit"
    WITHDRAWN = "withdrawn"
    DOUBTFUL = "doubtful"
    NOT_YET_PUBLIC = "its letter is not yet public"
    NO_PRIORITY_ACTION = "no area for priority action"
    NOT_STATED = "no source says whether"
    BEFORE_REPORT = "before the governing report"
    RESOLVED = "resolved"


def why_no_override(visit: Activity, since: date, on: date) -> NoOverride | None:
    """The first reason that applies, None where the visit overrides; what its letter says counts once it is public."""
    if visit.kind is not Kind.FOCUSED_VISIT:
        return NoOverride.NOT_FOCUSED
    if visit.status is Status.WITHDRAWN:
        return NoOverride.WITHDRAWN
    if visit.doubtful:
        return NoOverride.DOUBTFUL
    if visit.public_on > on:
        return NoOverride.NOT_YET_PUBLIC
    if not has_priority_action(visit):
        stated = visit.priority_action is not None or visit.priority_action_count is not None
        return NoOverride.NO_PRIORITY_ACTION if stated else NoOverride.NOT_STATED
    if visit.true_on < since:
        return NoOverride.BEFORE_REPORT
    if visit.priority_action_resolved is not None and visit.priority_action_resolved <= on:
        return NoOverride.RESOLVED
    return None


def override_after(visit: Activity) -> PriorityActionOverride:
    """The months in which a standard inspection is expected after priority action (R-034).

    Where only the visit's year is known, its last month stands for it: by then it had begun."""
    month = _month_of(visit)
    row = row_on(AFTER_PRIORITY_ACTION, visit.true_on)
    return PriorityActionOverride(
        visit_month=month,
        expected_from_month=add_months_to_period(month, row.from_months),
        expected_to_month=add_months_to_period(month, row.to_months),
    )


def _month_of(visit: Activity) -> Period:
    if visit.start is None and visit.on is None and visit.period is not None:
        last = visit.period.last_day
        return Period(f"{last.year:04}-{last.month:02}")
    began = visit.true_on
    return Period(f"{began.year:04}-{began.month:02}")
