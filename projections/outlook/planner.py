"""Which windows open, close and run out, month by month, across England?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from domain.rulebook.calendar_rows import EPISODE_GAP_MONTHS
from domain.rulebook.results import Pathway, WindowStatus
from domain.rulebook.working_days import add_months
from projections.authorities.regions import must_be_regions, regions
from projections.engine.answers import (
    CalledInspection,
    NearAWindow,
    PlannedWindow,
    PlannerAnswer,
    PlannerMonth,
    RegisterAnswer,
    RegisterRow,
    WithoutWindow,
)

MONTHS_AHEAD = 24


def planner(
    register: RegisterAnswer, *, region: str = "", pathway: Pathway | None = None, months: int = MONTHS_AHEAD
) -> PlannerAnswer:
    """The windows in a register, grouped by what happens to them in each month from that of the day asked.

    A month counts whole, also the one that has begun. `region` and `pathway` leave those that have both. Raises
    NotFound where no authority of the register is in the region."""
    on = register.moment.as_at
    if region:
        must_be_regions([region], regions(row.authority for row in register.rows))
    rows = [
        row
        for row in register.rows
        if (not region or row.authority.region == region) and (pathway is None or row.standing.pathway is pathway)
    ]
    windows, called = [], []
    near: list[NearAWindow] = []
    without: Counter[WithoutWindow] = Counter()
    for row in rows:
        found = _window_of(row)
        if isinstance(found, CalledInspection):
            called.append(found)
        elif isinstance(found, PlannedWindow):
            windows.append(found)
            near += _near(row, found)
        else:
            without[found] += 1
    windows.sort(key=lambda window: (window.opens, window.authority.name))
    by_closing = sorted(windows, key=lambda window: (window.closes, window.authority.name))
    return PlannerAnswer(
        moment=register.moment,
        authorities=len(rows),
        called=tuple(sorted(called, key=_when_called)),
        overdue=tuple(window for window in by_closing if window.status is WindowStatus.OVERDUE),
        not_known=tuple(window for window in by_closing if window.status is WindowStatus.NOT_KNOWN),
        open=tuple(window for window in windows if window.status is WindowStatus.IN_WINDOW),
        months=tuple(_month(first, windows, by_closing) for first in months_from(on, months)),
        later=sum(window.opens >= add_months(on.replace(day=1), months) for window in windows),
        without=tuple((reason, without[reason]) for reason in WithoutWindow if without[reason]),
        near=tuple(sorted(near, key=lambda one: (one.about, one.window.authority.name))),
    )


def _near(row: RegisterRow, window: PlannedWindow) -> Iterator[NearAWindow]:
    """What else is still to come in the window, or within the months of R-050 before or after it."""
    for expected in row.others_expected:
        about = expected.due_to
        if about is None or expected.status is not WindowStatus.UPCOMING:
            continue
        if add_months(window.opens, -EPISODE_GAP_MONTHS) <= about <= add_months(window.closes, EPISODE_GAP_MONTHS):
            days = min(0, (about - window.opens).days) or max(0, (about - window.closes).days)
            yield NearAWindow(window, expected, about, days)


def months_from(on: date, months: int = MONTHS_AHEAD) -> tuple[date, ...]:
    """The first days of so many months, from the month that a day is in."""
    return tuple(add_months(on.replace(day=1), number) for number in range(months))


def _when_called(one: CalledInspection) -> tuple[date, str]:
    told = one.announced
    return told.on_site_from or told.notified_on or date.max, one.authority.name


def _window_of(row: RegisterRow) -> CalledInspection | PlannedWindow | WithoutWindow:
    standing = row.standing
    graded, ends = standing.expected_next.graded, row.authority.ends_on
    if row.authority.abolished_on is not None:
        return WithoutWindow.ABOLISHED
    announced = standing.expected_next.announced
    if announced is not None and not announced.unheard_of:
        return CalledInspection(row.authority, standing.pathway, announced)
    if graded.status is WindowStatus.NOT_APPLICABLE:
        return WithoutWindow.ENDS_BEFORE
    if graded.window_from is None or graded.window_to is None:
        return _WITHOUT.get(standing.pathway, WithoutWindow.NOT_COUNTED)
    return PlannedWindow(
        authority=row.authority,
        pathway=standing.pathway,
        type=graded.type,
        opens=graded.window_from,
        closes=graded.window_to if ends is None else min(graded.window_to, ends - timedelta(days=1)),
        status=standing.window_status,
        known_until=standing.known_until.graded,
        after_priority_action=standing.expected_next.priority_action_override,
    )


_WITHOUT = {
    Pathway.NOT_YET_JUDGED: WithoutWindow.NOT_YET_JUDGED,
    Pathway.UNKNOWN: WithoutWindow.UNKNOWN,
}


def _month(first: date, windows: list[PlannedWindow], by_closing: list[PlannedWindow]) -> PlannerMonth:
    """What happens between the first and the last day of a month; a window is overdue from the day after it closes."""
    last = add_months(first, 1) - timedelta(days=1)
    day = timedelta(days=1)
    return PlannerMonth(
        first_day=first,
        opening=tuple(window for window in windows if first <= window.opens <= last),
        open=tuple(window for window in windows if window.opens <= last and window.closes >= first),
        closing=tuple(window for window in by_closing if first <= window.closes <= last),
        overdue_from=tuple(
            window
            for window in by_closing
            if first <= window.closes + day <= last
            and window.status is not WindowStatus.NOT_KNOWN
            and window.closes + day != window.authority.ends_on
        ),
    )
