"""Which windows open, close and run out, month by month, across England?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from domain.rulebook.other_inspections.close_together import Dated, HowTold, as_held, close_together
from domain.rulebook.results import Pathway, WindowStatus
from domain.rulebook.working_days import add_months
from domain.values.statements import Kind
from projections.authorities.regions import must_be_regions, regions
from projections.engine.answers import (
    CalledInspection,
    NearInTime,
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
    near: list[NearInTime] = []
    near_not_known = 0
    without: Counter[WithoutWindow] = Counter()
    for row in rows:
        found = window_of(row)
        if isinstance(found, CalledInspection):
            called.append(found)
        elif isinstance(found, PlannedWindow):
            windows.append(found)
        else:
            without[found] += 1
        if row.authority.abolished_on is None:
            coming = tuple(_coming(row, found, on))
            near += _near(row, coming)
            near_not_known += None in coming
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
        near=tuple(sorted(near, key=lambda one: (one.found.one.first, one.authority.name))),
        near_not_known=near_not_known,
        to_open=tuple(window for window in windows if window.status is WindowStatus.UPCOMING),
    )


def _near(row: RegisterRow, coming: Iterable[Dated | None]) -> Iterator[NearInTime]:
    """What is less than six months apart of what is to come and what was held lately."""
    held = [as_held(one) for one in row.lately_held]
    for found in close_together([one for one in coming if one is not None], held):
        yield NearInTime(row.authority, found)


def _coming(
    row: RegisterRow, graded: CalledInspection | PlannedWindow | WithoutWindow, on: date
) -> Iterator[Dated | None]:
    """What is to come of an authority or is there, the graded inspection first; None where that is not known."""
    if isinstance(graded, CalledInspection):
        told = graded.announced
        name = told.type.value if told.type else _ANY_GRADED
        yield _called(Kind.INSPECTION, name, told.on_site_from, told.on_site_to, told.status)
    elif isinstance(graded, PlannedWindow):
        yield _window(graded, on)
    for one in row.called:
        yield _called(Kind(one.activity), one.activity, one.due_from, one.due_to, one.status)
    ends = row.authority.ends_on
    for one in row.others_expected:
        if one.status is WindowStatus.NOT_KNOWN:
            yield None
        elif one.due_to is not None and (ends is None or one.due_to < ends):
            yield Dated(Kind.AREA_SEND, one.activity, HowTold.EXPECTED, one.due_to, one.due_to, one.status)


def _window(window: PlannedWindow, on: date) -> Dated | None:
    """Its days that are left: of one that is overdue the day asked, as the inspection may come on any day."""
    if window.status is WindowStatus.NOT_KNOWN:
        return None
    name = window.type.value if window.type else _ANY_GRADED
    first, last = max(window.opens, on), max(window.closes, on)
    return Dated(Kind.INSPECTION, name, HowTold.WINDOW, first, last, window.status)


def _called(kind: Kind, name: str, first: date | None, last: date | None, status: WindowStatus) -> Dated | None:
    return None if first is None else Dated(kind, name, HowTold.CALLED, first, last or first, status)


_ANY_GRADED = "graded_inspection"
"""Where nobody knows of which type it will be."""


def months_from(on: date, months: int = MONTHS_AHEAD) -> tuple[date, ...]:
    """The first days of so many months, from the month that a day is in."""
    return tuple(add_months(on.replace(day=1), number) for number in range(months))


def _when_called(one: CalledInspection) -> tuple[date, str]:
    told = one.announced
    return told.on_site_from or told.notified_on or date.max, one.authority.name


def window_of(row: RegisterRow) -> CalledInspection | PlannedWindow | WithoutWindow:
    """What one authority waits for: the inspection that has come, the window of the next, or why it has none."""
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
