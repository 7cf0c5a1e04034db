"""The calendar of inspections as rows: when none starts, how long they take, how often they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.rulebook.rows import Confidence, Row
from domain.values.statements import Kind


@dataclass(frozen=True, kw_only=True)
class ClosedSeason(Row):
    """Days of the year, both inclusive as (month, day), on which no inspection has started."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


ILACS_MEASURED = 321
"""So many ILACS inspections since 2018 were measured (R-022, R-050)."""

CLOSED_SEASONS = (
    ClosedSeason(
        rule="R-050",
        source=f"Measured on {ILACS_MEASURED} ILACS inspections since 2018",
        confidence=Confidence.MEASURED,
        first=(7, 30),
        last=(9, 2),
    ),
    ClosedSeason(
        rule="R-050",
        source=f"Measured on {ILACS_MEASURED} ILACS inspections since 2018",
        confidence=Confidence.MEASURED,
        first=(12, 12),
        last=(1, 11),
    ),
)

BEGAN_ON_MONDAY = 320
"""R-050: so many of the inspections measured began on a Monday."""

EPISODE_GAP_MONTHS = 6
"""R-050: at least so many months between episodes are aimed at; concerns override it."""

FOCUSED_VISITS_A_CYCLE = 2
"""R-030, R-038: up to so many focused visits between graded inspections."""

JTAI_REPLACES = 1
"""R-030, C-9: so many of them may be replaced by a joint inspection in the same interval."""


@dataclass(frozen=True, kw_only=True)
class OnSite(Row):
    """How many days inspectors are on site, first and last included, at most. On the first day on site."""

    kind: Kind
    days: int


ON_SITE = (
    OnSite(rule="R-049c", source="Haringey 2018", confidence=Confidence.READ, kind=Kind.FOCUSED_VISIT, days=2),
    OnSite(
        rule="R-049d",
        source="Education yourself blog",
        confidence=Confidence.SECONDARY,
        kind=Kind.MONITORING_VISIT,
        days=2,
    ),
    OnSite(rule="R-049e", source="JTAI framework page", confidence=Confidence.SECONDARY, kind=Kind.JTAI, days=5),
)

NOTICE_DAYS = 7
"""R-049a, R-049b: the call comes on a Monday and inspectors are on site the next Monday (five working days)."""
