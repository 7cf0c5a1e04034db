"""Whether what is said of an inspection or visit can be right: the one place that asks (R-056 to R-058).

Nothing is refused here and nothing changed: each doubt is a question for an officer. What weighs neither governs nor
dates anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from domain.frameworks import Framework
from domain.rulebook.bank_holidays import BANK_HOLIDAYS
from domain.rulebook.calendar_rows import CLOSED_SEASONS
from domain.rulebook.plausibility_rows import (
    DAYS,
    FRIDAY,
    GAPS,
    LENGTHS,
    MONDAY,
    SLACK,
    TRUE_EXCEPTIONS,
    About,
    PlausibleDays,
    PlausibleGap,
    TrueException,
)
from domain.rulebook.row_words import closed_seasons
from domain.rulebook.succession.lineage import Lineage
from domain.rulebook.working_days import working_days_between
from domain.values.activities import Activity, Doubt, Status
from domain.values.statements import Kind
from domain.values.words import in_words, listed

A = TypeVar("A", bound=About)

_DAY = timedelta(1)
_SATURDAY = 5
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SUCH = {
    Kind.INSPECTION: "such inspections",
    Kind.FOCUSED_VISIT: "such visits",
    Kind.MONITORING_VISIT: "such visits",
    Kind.JTAI: "joint inspections",
    Kind.AREA_SEND: "area SEND inspections",
    Kind.YOUTH_JUSTICE: "youth justice inspections",
}
_VISIT_AT_MOST = 3
"""R-056: a graded row of so many days or fewer is a visit or a slip."""


@dataclass(frozen=True)
class DaysOnSite:
    """What is said of when inspectors came. `end` is the last day, and `paused` the last of the first of two periods
    where there are two (R-059); all inclusive."""

    urn: str
    kind: Kind
    framework: Framework | None = None
    start: date | None = None
    end: date | None = None
    published: date | None = None
    paused: date | None = None


@lru_cache(maxsize=16_384)
def doubts_about(said: DaysOnSite) -> tuple[Doubt, ...]:
    """What is impossible or unusual about it, the dates first; empty where nothing is or nothing was measured."""
    if not said.kind.on_site:
        return ()
    return tuple(_doubts(said))


def _doubts(said: DaysOnSite) -> Iterator[Doubt]:
    known = _exception(said)
    yield from _first_and_last(said, known)
    yield from _length(said, known)
    yield from _gap(said)


# --- the days on site -----------------------------------------------------------------------------------------------


def _first_and_last(said: DaysOnSite, known: TrueException | None) -> Iterator[Doubt]:
    if known is not None and known.printed:
        return
    row = _row(DAYS, said)
    for field, day, what in (("start", said.start, "first"), ("end", said.paused or said.end, "last")):
        if day is None:
            continue
        if _is_off(day):
            named = "a bank holiday" if day in BANK_HOLIDAYS else f"a {_WEEKDAYS[day.weekday()]}"
            yield Doubt(field, f"Its {what} day on site, {in_words(day)}, is {named}.", ("R-057",))
        elif row is not None and known is None:
            yield from _weekday(field, day, what, row)
    start = said.start if said.framework is Framework.ILACS else None
    if start is not None and any(start in season for season in CLOSED_SEASONS):
        text = f"Its first day on site is {in_words(start)}, and none measured began {closed_seasons()}."
        yield Doubt("start", text, ("R-050",), weighs=False)


def _weekday(field: str, day: date, what: str, row: PlausibleDays) -> Iterator[Doubt]:
    usual = row.first if field == "start" else row.last
    said = f"Its {what} day on site, {in_words(day)}, is a {_WEEKDAYS[day.weekday()]}"
    if not any(moved.weekday() in usual for moved in _as_if_no_holiday(day, back=field == "start")):
        verb = "begin" if field == "start" else "end"
        days = listed([f"a {_WEEKDAYS[one]}" for one in sorted(usual)], last="or")
        yield Doubt(field, f"{said}; {_SUCH[row.kind]} {verb} on {days}.", (row.rule,))
    elif field == "start" and day.weekday() in row.seldom:
        yield Doubt(field, f"{said}, on which none measured began.", (row.rule,), weighs=False)


def _as_if_no_holiday(day: date, *, back: bool) -> Iterator[date]:
    """The day, and each bank holiday of the same week right beside it whose place it may have taken."""
    yield day
    step = -_DAY if back else _DAY
    while (day := day + step) in BANK_HOLIDAYS and MONDAY <= day.weekday() <= FRIDAY:
        yield day


def _length(said: DaysOnSite, known: TrueException | None) -> Iterator[Doubt]:
    start, end = said.start, said.paused or said.end
    if start is None or end is None:
        return
    if end < start:
        yield Doubt("end", f"It would end on {in_words(end)}, before it began on {in_words(start)}.", ("R-056",))
        return
    row = _row(LENGTHS, said)
    spans = row.spans if row is not None else ()
    days = (end - start).days + 1
    if known is not None:
        spans = (known.days, *spans)
    if not spans or any(least <= days <= most for least, most in spans):
        return
    if row is not None and row.whole_weeks and known is None:
        whole = (_stretched(end, _DAY) - _stretched(start, -_DAY)).days + 1
        if any(least <= whole <= most for least, most in spans):
            return
    lasts = listed([str(least) if least == most else f"{least} to {most}" for least, most in spans], last="or")
    if days == 1:
        text = f"One day, {in_words(start)}, stands for its first and its last; {_SUCH[said.kind]} last {lasts} days."
    else:
        text = f"It would last {days:,} days, from {in_words(start)} to {in_words(end)}; "
        text += f"{_SUCH[said.kind]} last {lasts} days."
    if said.kind is Kind.INSPECTION and days <= _VISIT_AT_MOST:
        text += " It may be a visit."
    yield Doubt("end", text, ("R-056",))


def _stretched(day: date, step: timedelta) -> date:
    """The day moved over the bank holidays right beside it in the same week."""
    *_, furthest = _as_if_no_holiday(day, back=step < timedelta(0))
    return furthest


# --- from the visit to the report or letter -------------------------------------------------------------------------


def _gap(said: DaysOnSite) -> Iterator[Doubt]:
    published, last = said.published, said.end or said.start
    if published is None or last is None:
        return
    what = "last" if said.end is not None else "first"
    if published <= last:
        text = f"It would be published on {in_words(published)}, before inspectors had left on {in_words(last)}."
        yield Doubt("published", text, ("R-058",))
        return
    row = _row(GAPS, said)
    if row is None or not BANK_HOLIDAYS.known_from <= last <= published <= BANK_HOLIDAYS.known_to:
        return
    least, most = _bounds(row, from_last=said.end is not None)
    days = working_days_between(last, published, BANK_HOLIDAYS)
    text = f"It was published {days} working day{'' if days == 1 else 's'} after the {what} day on site"
    if days < least:
        aside = "" if what == "last" else " That day may be the last."
        yield Doubt("published", f"{text}; the least measured is {least}.{aside}", (row.rule,), days <= least - SLACK)
    elif days > most:
        yield Doubt("published", f"{text}; the most measured is {most}.", (row.rule,), weighs=False)


def _bounds(row: PlausibleGap, *, from_last: bool) -> tuple[int, int]:
    return (row.least, row.most) if from_last else (row.least_from_first, row.most_from_first)


# --- an authority that was not there --------------------------------------------------------------------------------


def while_it_is_there(held: Activity, lineage: Lineage) -> Activity:
    """What is held, in doubt where it began on or after the day on which its authority ended, or before it began: then
    nobody was there to be inspected (R-073). What a report says later of days before the end is no doubt.

    Without a first day the month counts where it lies wholly outside; a day of publication counts only before the
    authority began. The words tell of no end or beginning that was not known yet on the day in question."""
    if not held.kind.on_site or held.status is Status.WITHDRAWN or not lineage.tells_of(held.urn):
        return held
    first = held.start or (held.period.first_day if held.period else None)
    last = held.start or (held.period.last_day if held.period else None) or held.end or held.published
    if first is not None and (ends := lineage.ends(held.urn, first)) is not None and ends.on <= first:
        text = f"It would be of {_then(held, first)}, but the authority ended on {in_words(ends.on)}."
    elif last is not None and (begins := lineage.begins(held.urn, last)).never:
        text = "The authority never began: it was only to begin by what was taken back."
    elif last is not None and begins.formed_on is not None and last < begins.formed_on:
        known = any(mark.known_from <= last for mark in lineage.marks(held.urn))
        text = f"It would be of {_then(held, last)}, but the authority had not begun by then"
        text += f": it begins on {in_words(begins.formed_on)}." if known else "."
    else:
        return held
    field = "published" if last is not None and last == held.published and held.start is None else "start"
    return replace(held, doubts=(*held.doubts, Doubt(field, text, ("R-073",))))


def _then(held: Activity, day: date) -> str:
    if held.start or held.period is None:
        return in_words(day)
    return f"{day:%B %Y}" if held.period.precision == "month" else f"{day:%Y}"


# --- rows -----------------------------------------------------------------------------------------------------------


def _row(rows: Sequence[A], said: DaysOnSite) -> A | None:
    day = said.start or said.end
    for row in rows:
        if row.kind is said.kind and row.framework in (None, said.framework) and (day is None or row.in_force(day)):
            return row
    return None


def _exception(said: DaysOnSite) -> TrueException | None:
    return next(
        (
            one
            for one in TRUE_EXCEPTIONS
            if (one.urn, one.kind) == (said.urn, said.kind) and one.first in (None, said.start)
        ),
        None,
    )


def _is_off(day: date) -> bool:
    return day.weekday() >= _SATURDAY or day in BANK_HOLIDAYS


def weighing(doubts: Iterable[Doubt]) -> bool:
    """Whether what is said cannot be right."""
    return any(doubt.weighs for doubt in doubts)
