"""What questions about news are answered with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.authorities.comparing import Change
from domain.authorities.news import NewsKind
from domain.frameworks import Grade
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import KnownUntil


@dataclass(frozen=True)
class NewsScope:
    """Of whom and what news is asked for: empty is of all. `plans` are named beside the authorities; facts told by
    `except_by` are left out."""

    urns: frozenset[str] = frozenset()
    kinds: frozenset[NewsKind] = frozenset()
    plans: frozenset[UUID] = frozenset()
    except_by: frozenset[str] = frozenset()

    def wants(self, kind: NewsKind) -> bool:
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True)
class NewsSpan:
    """From which day (inclusive) to which news is asked for. With `after` and `upto`, positions of the log, what was
    told counts from after the one to the other (inclusive), whatever the day; windows and the ends of plans, which no
    fact tells, count by their days."""

    since: date
    until: date
    after: int | None = None
    upto: int | None = None


@dataclass(frozen=True)
class ActivityNews:
    """News of an entry as it was held when that was told.

    `day` is where it stands in the stream: the day on which it was told here; of what was public long before and came
    with the first that was told of its authority (`settled`), the day on which it was public. `known_at` (UTC) asks
    for what was known then. `late`: it had been public for more than two weeks. `earlier` is the overall grade of the
    graded report before it and the day that was public."""

    id: str
    kind: NewsKind
    authority: AuthorityFacts
    day: date
    told_on: date
    told_at: datetime
    position: int
    known_at: datetime
    public_on: date
    late: bool
    settled: bool
    activity: Activity
    changes: tuple[Change, ...] = ()
    earlier: tuple[Grade, date] | None = None


@dataclass(frozen=True)
class WindowNews:
    """The window of an authority's next graded inspection opened, or closed without one known here, on a `day` (of a
    close, the day after its last). `known` is whether sources tell of graded inspections until it closed; if not,
    nobody can say that none came. `known_until` is of that authority."""

    id: str
    kind: NewsKind
    authority: AuthorityFacts
    day: date
    opens: date
    closes: date
    known: bool
    known_until: date | None


@dataclass(frozen=True)
class PlanNews:
    """A plan was published here, or a newer report took the place of what it answers (`replaced`). `times` counts its
    publications by then; `moved` the facts of its actions that were not public before. `example`: made up."""

    id: str
    authority: AuthorityFacts
    plan: UUID
    day: date
    told_at: datetime | None
    known_at: datetime | None
    times: int
    actions: int
    moved: int
    example: bool
    replaced: bool = False
    kind: NewsKind = NewsKind.PLAN


@dataclass(frozen=True)
class NewsAnswer:
    """The newest first. `more` is how many of each were not shown, `position` the last event counted."""

    position: int
    known_until: KnownUntil
    told: tuple[ActivityNews, ...] = ()
    corrections: tuple[ActivityNews, ...] = ()
    windows: tuple[WindowNews, ...] = ()
    plans: tuple[PlanNews, ...] = ()
    more: dict[str, int] = field(default_factory=dict)
