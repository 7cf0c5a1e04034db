"""Who came from whom, and who serves an area on a day: every authority's beginning and end (R-070 to R-074)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.rulebook.succession.successions import Succession, known_on
from domain.values.activities import AuthorityFacts


@dataclass(frozen=True)
class RecordedSpan:
    """What is recorded of an authority's beginning and end, by the keys of the others."""

    formed_on: date | None = None
    abolished_on: date | None = None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beginning:
    """When an authority comes into being; `formed_on` is None where it was there all the time.

    `never` where it was only to come of successions that were taken back, the last of them on `taken_back_on`."""

    formed_on: date | None
    never: bool = False
    taken_back_on: date | None = None


@dataclass(frozen=True)
class Passing:
    """That an authority's services pass, or passed: from whom, to whom, and on which day."""

    predecessor: str
    successors: tuple[str, ...]
    on: date


class Lineage:
    """Made once of everything that is held; whatever is asked for a day is answered as known on that day.

    `recorded` is by key, `announced` every succession of each authority, `find` gives the key of a successor as a
    source names it. Who is announced to end, and never begins, passes nothing on."""

    def __init__(
        self,
        recorded: Mapping[str, RecordedSpan],
        announced: Mapping[str, Sequence[Succession]],
        *,
        find: Callable[[str], str] = str,
        name: Callable[[str], str] = str,
    ) -> None:
        self._recorded = recorded
        self._announced = {urn: tuple(found) for urn, found in announced.items() if found}
        self._find = find
        self._name = name
        self._naming: dict[str, list[Succession]] = defaultdict(list)
        for found in self._announced.values():
            for one in found:
                for successor in one.successors:
                    self._naming[find(successor)].append(one)
        self._before: dict[str, set[str]] = defaultdict(set)
        for urn, span in recorded.items():
            for successor in span.successors:
                self._before[successor].add(urn)
        self._carried_out = {
            successor for span in recorded.values() if span.abolished_on is not None for successor in span.successors
        }
        moved = {urn for urn, span in recorded.items() if span != RecordedSpan()}
        self._told_of = moved | self._announced.keys() | self._naming.keys() | self._before.keys()

    def tells_of(self, urn: str) -> bool:
        """Whether anything is known of a beginning or an end of an authority."""
        return urn in self._told_of

    def marks(self, urn: str) -> tuple[Succession, ...]:
        """All successions from which the days of an authority follow: its own and those that name it."""
        return (*self._announced.get(urn, ()), *self._naming.get(urn, ()))

    def begins(self, urn: str, on: date) -> Beginning:
        """When an authority begins, as known on a day.

        What was carried out stands. Otherwise the day of the succession that is known counts, or that stands; one that
        was there already and merely grows has no day of its own and gets none."""
        return self._begins(urn, on, frozenset())

    def _begins(self, urn: str, on: date, below: frozenset[str]) -> Beginning:
        recorded = self._recorded.get(urn, RecordedSpan()).formed_on
        naming = self._naming.get(urn, ())
        if recorded is None or not naming or urn in self._carried_out or urn in below:
            return Beginning(recorded)
        below |= {urn}
        from_these = [one for one in naming if not self._begins(one.urn, on, below).never]
        known = [one for one in from_these if one.known_on(on)]
        to_come = [one for one in from_these if one.known_from > on]
        if found := known or [one for one in to_come if one.stands] or to_come:
            return Beginning(min(one.ends_on for one in found))
        gone = [one.known_to for one in naming if one.known_to is not None]
        return Beginning(None, never=True, taken_back_on=max(gone, default=None))

    def ends(self, urn: str, on: date) -> Passing | None:
        """When an authority ends, and who comes after it, as known on a day; None where nothing is known of an end."""
        recorded = self._recorded.get(urn, RecordedSpan())
        if recorded.abolished_on is not None and recorded.abolished_on <= on:
            return Passing(urn, recorded.successors, recorded.abolished_on)
        known = known_on(self._announced.get(urn, ()), on)
        if known is None or self.begins(urn, on).never:
            return None
        return Passing(urn, tuple(map(self._find, known.successors)), known.ends_on)

    def exists_on(self, urn: str, on: date) -> bool:
        """Whether it had begun by a day, inclusive, and not ended."""
        if urn not in self._told_of:
            return True
        begins, ends = self.begins(urn, on), self.ends(urn, on)
        begun = not begins.never and (begins.formed_on is None or begins.formed_on <= on)
        return begun and (ends is None or on < ends.on)

    def came_from(self, urn: str, on: date) -> tuple[Passing, ...]:
        """From whom an authority took over, or will, as known on a day, by day and key."""
        sources = {one.urn for one in self._naming.get(urn, ())} | self._before.get(urn, set())
        found = [
            passing for key in sources if (passing := self.ends(key, on)) is not None and urn in passing.successors
        ]
        return tuple(sorted(found, key=lambda one: (one.on, one.predecessor)))

    def serving(self, urn: str, on: date, below: frozenset[str] = frozenset()) -> frozenset[str]:
        """Who serves the area of an authority on a day: itself, or whoever has come after it."""
        ends = self.ends(urn, on)
        if ends is None or on < ends.on or urn in below:
            return frozenset({urn})
        later: frozenset[str] = frozenset()
        return later.union(*(self.serving(successor, on, below | {urn}) for successor in ends.successors))

    def after(self, urn: str, on: date) -> frozenset[str]:
        """Everybody to whom an authority's services come in the end, as known on a day."""
        found: set[str] = set()
        waiting = [urn]
        while waiting:
            ends = self.ends(waiting.pop(), on)
            fresh = [key for key in ends.successors if key not in found] if ends is not None else []
            found.update(fresh)
            waiting += fresh
        return frozenset(found)

    def facts_on(self, facts: AuthorityFacts, on: date) -> AuthorityFacts:
        """An authority's facts, with its beginning and its end as known on a day: of one that was not announced yet
        nothing is told. `facts.urn` is its key."""
        if facts.urn not in self._told_of:
            return facts
        begins, ends = self.begins(facts.urn, on), self.ends(facts.urn, on)
        came_from = tuple(one.predecessor for one in self.came_from(facts.urn, on))
        if begins.formed_on is not None and begins.formed_on > on and not came_from:
            return replace(facts, formed_on=None, predecessors=(), abolished_on=None, successors=())
        return replace(
            facts,
            formed_on=begins.formed_on,
            abolished_on=ends.on if ends is not None and ends.on <= on else None,
            ends_on=ends.on if ends is not None else None,
            predecessors=tuple(dict.fromkeys((*facts.predecessors, *came_from))),
            successors=ends.successors if ends is not None else facts.successors,
            successor_names=tuple(map(self._name, ends.successors)) if ends is not None else (),
        )


NO_LINEAGE = Lineage({}, {})
