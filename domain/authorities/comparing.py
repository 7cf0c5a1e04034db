"""What differs between two answers about the same authority: pure, and whole enough to make one from the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from itertools import chain
from typing import Any
from uuid import UUID

from domain.frameworks import Area
from domain.values.activities import Activity, Status
from domain.values.statements import Kind


class Sort(Enum):
    """What became of an entry. `CONFIRMED`: only more sources say the same. `GONE`: no longer an entry of its own."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    CONFIRMED = "confirmed"


class Why(Enum):
    """Why an entry differs. `NEWS`: it happened, or became public, after the earlier day. `LEARNED`: it was so by then
    and not known here. `CORRECTED`: what had been held was wrong."""

    NEWS = "news"
    LEARNED = "learned"
    CORRECTED = "corrected"


QUIET = frozenset({"id", "status", "reason", "statements", "sources", "corrections"})
"""What differs without anything that is held of the activity being different."""

OF_THE_DAY = frozenset(
    {"start", "end", "on", "notified", "received", "letter_received", "published", "published_by_council"}
    | {"call_withdrawn", "paused", "resumed"}
)
"""Dates that are news on their own day; the rest is news on the day the report or letter was public."""

RULED_ON = frozenset(
    {"start", "end", "on", "notified", "published", "published_by_council", "call_withdrawn", "framework", "variant"}
    | {"outcome", "ratings", "priority_action", "priority_action_resolved", "number", "statement_due"}
)
"""Values of which a reader is told when they had been held otherwise; grades are among them, words are not."""

COMPARED = tuple(field.name for field in fields(Activity) if field.name not in ("urn", "kind", "grades"))


@dataclass(frozen=True)
class Change:
    """One value that differs; None, or nothing in it, where it is not stated. A grade's `field` is `grades.<area>`."""

    field: str
    was: Any
    now: Any
    why: Why

    @property
    def quiet(self) -> bool:
        return self.field in QUIET


@dataclass(frozen=True)
class Difference:
    """One entry that differs. `was` is None where it was added, `now` where it is gone; `into` is the entry that now
    holds what sources said of one that is gone."""

    sort: Sort
    was: Activity | None
    now: Activity | None
    why: Why
    changes: tuple[Change, ...] = ()
    into: Activity | None = None

    @property
    def entry(self) -> Activity:
        """The entry as it is now, or as it last was."""
        found = self.now or self.was
        assert found is not None
        return found

    @property
    def telling(self) -> tuple[Change, ...]:
        """The changes that a reader wants to see."""
        return tuple(change for change in self.changes if not change.quiet)


@dataclass(frozen=True)
class Comparison:
    """Every difference, in order of when the activity was true, and how many entries do not differ at all."""

    differences: tuple[Difference, ...]
    unchanged: int

    @property
    def shown(self) -> tuple[Difference, ...]:
        """All but what was only confirmed."""
        return tuple(one for one in self.differences if one.sort is not Sort.CONFIRMED)

    def count(self, *, sort: Sort | None = None, why: Why | None = None) -> int:
        """How many of those shown are of a sort, or so for a reason."""
        return sum((sort is None or one.sort is sort) and (why is None or one.why is why) for one in self.shown)

    @property
    def confirmed(self) -> int:
        return len(self.differences) - len(self.shown)


def compare(before: Iterable[Activity], after: Iterable[Activity], *, since: date) -> Comparison:
    """What differs between two answers; `since` is the day of the earlier one, after which what happens is news."""
    pairs, gone, added = _paired(list(before), list(after))
    found = [_changed(was, now, since) for was, now in pairs if was is not now and was != now]
    unchanged = len(pairs) - len(found)
    found += [_added(now, since) for now in added]
    holding = {name: now for now in chain((now for _, now in pairs), added) for name in now.statements}
    for was in gone:
        into = next((holding[name] for name in was.statements if name in holding), None)
        found.append(Difference(Sort.GONE, was, None, Why.CORRECTED, into=into))
    found.sort(key=lambda one: (one.entry.true_on, one.entry.kind.value, one.entry.id, one.sort.value))
    return Comparison(tuple(found), unchanged)


Key = tuple[Kind, UUID]


def corrections(was: Activity, now: Activity) -> tuple[Change, ...]:
    """What of an entry's days, grades and outcomes had been held otherwise."""
    told = (
        RULED_ON
        if was.grades != now.grades
        else [name for name in RULED_ON if getattr(was, name) != getattr(now, name)]
    )
    if not told:
        return ()
    changes = _changes(was, now, date.max)
    return tuple(one for one in changes if one.why is Why.CORRECTED and (one.field in RULED_ON or "." in one.field))


def _paired(
    before: Sequence[Activity], after: Sequence[Activity]
) -> tuple[list[tuple[Activity, Activity]], list[Activity], list[Activity]]:
    """Entries that are the same: by name, else because a source's statement is in both. A name may stand twice, for
    what was withdrawn and for what was told of it since: then what is the same all through comes first."""
    named: dict[Key, list[Activity]] = defaultdict(list)
    for now in after:
        named[now.kind, now.id].append(now)
    pairs, rest = [], []
    for was in sorted(before, key=lambda was: was not in named[was.kind, was.id]):
        same = named[was.kind, was.id]
        if same:
            found = next((now for now in same if now == was), None) or next(
                (now for now in same if now.status is was.status), same[0]
            )
            same.remove(found)
            pairs.append((was, found))
        else:
            rest.append(was)
    unpaired = {(now.kind, now.id, number): now for same in named.values() for number, now in enumerate(same)}
    by_statement = {(now.kind, name): key for key, now in unpaired.items() for name in now.statements}
    gone = []
    for was in rest:
        keys = (by_statement.get((was.kind, name)) for name in was.statements)
        key = next((key for key in keys if key in unpaired), None)
        if key is None:
            gone.append(was)
        else:
            pairs.append((was, unpaired.pop(key)))
    return pairs, gone, list(unpaired.values())


def _added(now: Activity, since: date) -> Difference:
    if now.status is Status.WITHDRAWN:
        return Difference(Sort.WITHDRAWN, None, now, Why.NEWS if now.visible_on > since else Why.CORRECTED)
    return Difference(Sort.ADDED, None, now, Why.NEWS if now.visible_on > since else Why.LEARNED)


def _changed(was: Activity, now: Activity, since: date) -> Difference:
    changes = tuple(_changes(was, now, since))
    reasons = {change.why for change in changes if not change.quiet}
    if now.status is Status.WITHDRAWN and was.status is not Status.WITHDRAWN:
        return Difference(Sort.WITHDRAWN, was, now, Why.CORRECTED, changes)
    if not reasons:
        return Difference(Sort.CONFIRMED, was, now, Why.LEARNED, changes)
    why = next(why for why in (Why.CORRECTED, Why.NEWS, Why.LEARNED) if why in reasons)
    return Difference(Sort.CHANGED, was, now, why, changes)


def _changes(was: Activity, now: Activity, since: date) -> Iterable[Change]:
    for area in Area:
        before, after = was.grades.get(area), now.grades.get(area)
        if before is not after:
            field = f"grades.{area.value}"
            yield Change(field, before, after, _why(field, before, after, now, since))
    for field in COMPARED:
        before, after = getattr(was, field), getattr(now, field)
        if before != after:
            yield Change(field, before, after, _why(field, before, after, now, since))


def _why(field: str, before: Any, after: Any, now: Activity, since: date) -> Why:
    day = after if field in OF_THE_DAY and after is not None else now.public_on
    found = Why.NEWS if day > since else Why.LEARNED
    if before in (None, ()) or field in ("disagreements", "doubts"):
        return found
    if field == "period" and now.start is not None:
        return Why.LEARNED
    if isinstance(before, tuple) and isinstance(after, tuple) and set(before) < set(after):
        return found
    return Why.CORRECTED
