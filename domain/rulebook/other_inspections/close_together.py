"""Which inspections and visits of one authority lie less than six months apart, and what is said of that.

Between episodes of Ofsted's the months are an aim (R-050); of an area SEND inspection it is common, and no rule forbids
it (R-079); of a youth justice inspection no rule that was read speaks."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from domain.rulebook.calendar_rows import EPISODE_GAP_MONTHS
from domain.rulebook.results import WindowStatus
from domain.rulebook.situation import Situation
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity
from domain.values.known_until import LISTED, KnownKind
from domain.values.statements import Kind

_EPISODES = frozenset({Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI})
_HELD = (*_EPISODES, Kind.AREA_SEND, Kind.YOUTH_JUSTICE)
HELD_KINDS = (*LISTED, KnownKind.YOUTH_JUSTICE)
"""What may have been held, by the kinds of which something can be known."""

HELD_FOR_MONTHS = 2 * EPISODE_GAP_MONTHS
"""What was held longer ago is near nothing that is still to come, also where that began some months ago."""


class HowTold(Enum):
    """What an inspection or visit is, as told: held already; called or on site; expected about a day; or a window in
    which the next graded inspection is expected."""

    HELD = "held"
    CALLED = "called"
    EXPECTED = "expected"
    WINDOW = "window"


@dataclass(frozen=True)
class Dated:
    """An inspection or visit on its days, both inclusive. `first` is the earliest possible one: of a window that is
    open or closed the day asked. `activity` as in `Expectation`; `status` of what is not held.

    `by_publication`: its days on site are not known, and that of its report stands in for them."""

    kind: Kind
    activity: str
    told: HowTold
    first: date
    last: date
    status: WindowStatus | None = None
    by_publication: bool = False


@dataclass(frozen=True)
class CloseTogether:
    """Two of one authority less than six months apart: `one` beside `other`, which is still to come or on site.

    `days` from the nearer day of `other` to that of `one`: negative before it, 0 where they overlap. `rule` is R-050
    where the months are an aim, R-079 where no rule forbids it, None where no rule that was read speaks of it."""

    one: Dated
    other: Dated
    days: int
    rule: str | None


def close_together(coming: Sequence[Dated], held: Sequence[Dated]) -> Iterator[CloseTogether]:
    """Every two less than six months apart, each pair once. `coming` is what is to come, the graded inspection first;
    two that are both only expected about a day follow from one report, and are left out."""
    for number, other in enumerate(coming):
        for one in (*coming[number + 1 :], *held):
            if one.told is HowTold.EXPECTED and other.told is HowTold.EXPECTED:
                continue
            before, after = (one, other) if one.first <= other.first else (other, one)
            if add_months(before.last, EPISODE_GAP_MONTHS) > after.first:
                days = min(0, (one.last - other.first).days) or max(0, (one.first - other.last).days)
                yield CloseTogether(one, other, days, _rule(before, after))


def _rule(before: Dated, after: Dated) -> str | None:
    kinds = {before.kind, after.kind}
    if Kind.AREA_SEND in kinds:
        return "R-079"
    return "R-050" if kinds <= _EPISODES and after.kind is not Kind.MONITORING_VISIT else None


def lately_held(now: Situation, called: Container[UUID | None] = ()) -> Iterator[Activity]:
    """Inspections and visits of the last year, as they were seen on the day; not the one under way, nor those `called`,
    by id."""
    since = add_months(now.on, -HELD_FOR_MONTHS)
    coming = now.under_way.activity.id if now.under_way is not None else None
    for activity in now.visible(*_HELD):
        if activity.id != coming and activity.id not in called and activity.public_on >= since:
            seen = now.known(activity)
            if since <= (seen.last_day or seen.public_on) <= now.on:
                yield seen


def as_held(seen: Activity) -> Dated:
    """An inspection or visit on the days it was held, as seen on a day."""
    last = seen.last_day
    first = seen.start or seen.on or (seen.period.first_day if seen.period else None) or last
    if first is None or last is None:
        return Dated(seen.kind, seen.kind.value, HowTold.HELD, seen.public_on, seen.public_on, by_publication=True)
    return Dated(seen.kind, seen.kind.value, HowTold.HELD, first, last)
