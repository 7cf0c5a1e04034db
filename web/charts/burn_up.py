"""Promised and done: how many actions of a plan are due by a day, and how many were complete with evidence accepted.

Worked out in whole units of the drawing; the table beside it says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from web.charts.scale import DayScale, NumberScale
from web.words import words

TITLE = "Actions promised and actions complete over time"
HEIGHT, TOP, FOOT, LEFT = 174, 10, 24, 28
LABELS = 110
"""Units kept to the right of the wide drawing for what is written beside its lines."""

APART = 14
MOST_MARKS = 4
STEPS = (1, 3, 6, 12, 24, 60)
"""Months between the days that are marked."""


@dataclass(frozen=True)
class DayCount:
    """The counts at the end of a day; `done` is None for a day to come."""

    day: date
    promised: int
    due: int
    done: int | None


@dataclass(frozen=True)
class BurnUp:
    """The drawing: steps of what is due and of what is done, today's line, and words beside the lines where there is
    room for them."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    title: str
    description: str
    days: tuple[tuple[int, str], ...]
    levels: tuple[tuple[int, int], ...]
    due: str
    done: str
    today: int
    promised_label: tuple[int, int, str] | None = None
    done_label: tuple[int, int, str] | None = None
    due_label: tuple[int, int, str] | None = None


def burn_up(points: Sequence[DayCount], to_come: Iterable[date], *, wide: bool) -> BurnUp | None:
    """The picture of counts up to a day, and of the days on which more falls due; None where nothing was promised."""
    last = points[-1]
    if not last.promised:
        return None
    due = [(point.day, point.due) for point in points]
    for day, number in sorted(Counter(to_come).items()):
        due.append((day, due[-1][1] + number))
    width = 500 if wide else 288
    right = width - (LABELS if wide else 10)
    bottom = HEIGHT - FOOT
    across = DayScale(points[0].day, due[-1][0], LEFT, right)
    most = max(point.promised for point in points)
    up = NumberScale(0, most, bottom, TOP)
    done = [(point.day, point.done or 0) for point in points]
    today, y_done, y_due = across.at(last.day), up.at(done[-1][1]), up.at(last.due)
    words_fit = wide and today <= right
    return BurnUp(
        width=width,
        height=HEIGHT,
        left=LEFT,
        right=right,
        top=TOP,
        bottom=bottom,
        title=TITLE,
        description=told(last),
        days=tuple((across.at(day), label) for day, label in marked(points[0].day, due[-1][0])),
        levels=tuple((level, up.at(level)) for level in _levels(most)),
        due=_steps(across, up, due),
        done=_steps(across, up, done),
        today=today,
        promised_label=(right + 6, up.at(due[-1][1]) + 4, f"promised: {last.promised}") if wide else None,
        done_label=(today + 6, y_done + 4, f"accepted: {done[-1][1]}") if words_fit else None,
        due_label=(today - 6, min(y_due, y_done - APART) - 2, f"due by then: {last.due}") if words_fit else None,
    )


def told(last: DayCount) -> str:
    """`By 30 November 2026 11 of 26 actions were due, 6 complete.`"""
    were = "was" if last.due == 1 else "were"
    promised = words.count(last.promised, "action")
    return f"By {words.day(last.day)} {last.due or 'none'} of {promised} {were} due, {last.done or 'none'} complete."


def by_month(points: Sequence[DayCount], to_come: Iterable[date]) -> tuple[DayCount, ...]:
    """The counts as each month with a change ended, the last day told, and months to come in which more falls due."""
    last_of = {(point.day.year, point.day.month): point for point in points}
    last, due = points[-1], points[-1].due
    ahead: dict[tuple[int, int], DayCount] = {}
    for day, number in sorted(Counter(to_come).items()):
        due += number
        ahead[day.year, day.month] = DayCount(day, last.promised, due, None)
    return (*last_of.values(), *ahead.values())


def marked(first: date, last: date) -> list[tuple[date, str]]:
    """Firsts of months inside a span, at most four and evenly apart, with their names."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in STEPS if months // step < MOST_MARKS), 120)
    found = []
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if number % step == 0 and first <= day <= last:
            found.append((day, words.month(day)))
    return found


def _levels(most: int) -> list[int]:
    """Round amounts from nothing up, and the most, unless another is too near it."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if most <= step * 4 or step == 1000)
    return [level for level in range(0, most, step) if (most - level) * 2 >= step or not level] + [most]


def _steps(across: DayScale, up: NumberScale, points: Sequence[tuple[date, int]]) -> str:
    """A line that stays level until the day on which the amount changes, as the path that SVG draws."""
    (first, amount), *rest = points
    path = f"M{across.at(first)} {up.at(amount)}"
    for day, now in rest:
        path += f"H{across.at(day)}"
        if now != amount:
            path += f"V{up.at(now)}"
        amount = now
    return path
