"""Until when something is known of an authority, by kind of activity: what sources tell of, and until which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from domain.values.statements import Kind

_DAY = timedelta(days=1)


class KnownKind(Enum):
    """A kind of activity of which something can be known until a day (R-105).

    The first monitoring visit is a kind of its own: no public list names it (R-046, R-106). Of the last six there is
    no list of all (R-107; of youth justice inspections only one that is not whole): only an officer can say that all
    of them are held."""

    __hash__ = object.__hash__

    GRADED_INSPECTION = "graded_inspection"
    FOCUSED_VISIT = "focused_visit"
    MONITORING_VISIT = "monitoring_visit"
    JTAI = "jtai"
    AREA_SEND = "area_send"
    FIRST_MONITORING_VISIT = "first_monitoring_visit"
    ENGAGEMENT_MEETING = "engagement_meeting"
    SELF_EVALUATION = "self_evaluation"
    ENGAGEMENT_LETTER = "engagement_letter"
    ACTION_PLANNING_VISIT = "action_planning_visit"
    ACTION_PLAN = "action_plan"
    YOUTH_JUSTICE = "youth_justice"


LISTED = (
    KnownKind.GRADED_INSPECTION,
    KnownKind.FOCUSED_VISIT,
    KnownKind.MONITORING_VISIT,
    KnownKind.JTAI,
    KnownKind.AREA_SEND,
)
"""The kinds that some published source lists: of each of them every answer says until when it is known."""

KIND_KNOWN: Mapping[Kind, KnownKind] = {
    Kind.INSPECTION: KnownKind.GRADED_INSPECTION,
    Kind.FOCUSED_VISIT: KnownKind.FOCUSED_VISIT,
    Kind.MONITORING_VISIT: KnownKind.MONITORING_VISIT,
    Kind.JTAI: KnownKind.JTAI,
    Kind.AREA_SEND: KnownKind.AREA_SEND,
    Kind.YOUTH_JUSTICE: KnownKind.YOUTH_JUSTICE,
}
"""Of the kinds of activity that are kept, those that sources list."""


@dataclass(frozen=True)
class KnownSpan:
    """Sources tell of all activities of a kind from `since` (None: from the beginning) until `until`, both inclusive.

    `urns` are the authorities of which that is said; empty where it is said of all."""

    kind: KnownKind
    until: date
    since: date | None = None
    urns: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownUntil:
    """What sources tell of one authority, or (for a question about many) of every one."""

    spans: tuple[KnownSpan, ...] = ()
    _by_kind: Mapping[KnownKind, tuple[tuple[date, date], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[KnownKind, list[tuple[date, date]]] = defaultdict(list)
        for span in self.spans:
            found[span.kind].append((span.since or date.min, span.until))
        object.__setattr__(self, "_by_kind", {kind: _joined(spans) for kind, spans in found.items()})

    @classmethod
    def of(cls, days: Mapping[KnownKind, date]) -> KnownUntil:
        """Everything of these kinds is known from the beginning until these days (inclusive)."""
        return cls(tuple(KnownSpan(kind, day) for kind, day in days.items()))

    def until(self, kind: KnownKind) -> date | None:
        """The newest day until which a source that tells of a kind was read; None where there was none."""
        spans = self._by_kind.get(kind)
        return spans[-1][1] if spans else None

    def from_then(self, kind: KnownKind, since: date) -> date | None:
        """The day until which nothing of a kind can have been missed since a day; it may lie before that day, where
        nothing was read after it. None where no source tells of any day up to it."""
        begun = [last for first, last in self._by_kind.get(kind, ()) if first <= since]
        return begun[-1] if begun else None

    def joined(self) -> tuple[KnownSpan, ...]:
        """The fewest spans that say the same, by kind and day."""
        return tuple(
            KnownSpan(kind, last, None if first == date.min else first)
            for kind in KnownKind
            for first, last in self._by_kind.get(kind, ())
        )

    @property
    def graded(self) -> date | None:
        """Until when graded inspections are known."""
        return self.until(KnownKind.GRADED_INSPECTION)


def _joined(spans: Iterable[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """Spans in order, those that touch or overlap made one."""
    made: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if made and (made[-1][1] >= first or made[-1][1] + _DAY == first):
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return tuple(made)


NOTHING_KNOWN = KnownUntil()
"""No source tells of anything: what holds until somebody says otherwise."""
