"""The calendar of inspections as rows: when none starts, how long they take, how often they come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.rulebook.results import GradedType, Pathway
from domain.rulebook.rows import Confidence, Row
from domain.values.statements import Kind


@dataclass(frozen=True, kw_only=True)
class DaysOfYear(Row):
    """Days of every year, both ends inclusive as (month, day); they may lie over the turn of the year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last

    def last_from(self, day: date) -> date:
        """The last of these days, of a day that is one of them."""
        over = self.first > self.last and (day.month, day.day) >= self.first
        return date(day.year + over, *self.last)


@dataclass(frozen=True, kw_only=True)
class ClosedSeason(DaysOfYear):
    """Days of the year on which no inspection, or no focused visit, has started."""


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

FOCUSED_VISITS_MEASURED = 371
"""So many focused visits since 2018 were measured (R-050, R-052)."""

CLOSED_TO_VISITS = (
    ClosedSeason(
        rule="R-050",
        source=f"Measured on {FOCUSED_VISITS_MEASURED} focused visits since 2018",
        confidence=Confidence.MEASURED,
        first=(8, 8),
        last=(9, 2),
    ),
    ClosedSeason(
        rule="R-050",
        source=f"Measured on {FOCUSED_VISITS_MEASURED} focused visits since 2018",
        confidence=Confidence.MEASURED,
        first=(12, 19),
        last=(1, 8),
    ),
)
"""Visits keep looser seasons: 21 of them began in those of graded inspections, outside these."""

BEGAN_ON_MONDAY = 320
"""R-050: so many of the inspections measured began on a Monday."""

EPISODE_GAP_MONTHS = 6
"""R-050: at least so many months between episodes are aimed at; concerns override it."""

EPISODES_MEASURED, EPISODES_APART = 510, 495
"""R-050: of so many pairs of ordinary episodes since 2018 so many were that far apart; none were under three months."""

JTAI_REPLACES = 1
"""R-030, R-068, C-9: so many of an interval's visits may be replaced by a joint inspection in it."""

COVID_ROUND = Row(
    rule="R-012",
    source="Measured on the 41 letters of the round, visits from 29 September 2020 to 26 May 2021",
    confidence=Confidence.MEASURED,
    start=date(2020, 9, 29),
    end=date(2021, 6, 1),
)
"""Visits that began in these days are those of the Covid round: counted towards no interval. On the first day."""


@dataclass(frozen=True, kw_only=True)
class VisitsBetween(Row):
    """How many intervals, from a graded report to the next inspection, had how many visits and joint inspections.

    Visits of the Covid round are not counted. `with_joint` of the intervals had a joint inspection among them. On the
    day asked; of an inadequate authority intervals that are not over are counted too."""

    pathway: Pathway
    with_none: int
    with_one: int
    with_two: int
    with_three: int
    with_joint: int

    @property
    def intervals(self) -> int:
        """How many were measured."""
        return sum(self._counts)

    @property
    def usual(self) -> int:
        """How many visits came in most of them."""
        return self._counts.index(max(self._counts))

    def with_at_least(self, visits: int) -> int:
        """How many of the intervals had so many visits or more."""
        return sum(self._counts[visits:])

    @property
    def _counts(self) -> tuple[int, ...]:
        return (self.with_none, self.with_one, self.with_two, self.with_three)


_INTERVALS = "Measured on every interval between ILACS reports: 371 letters of 2018 to January 2026, 64 JTAI letters"

VISITS_BETWEEN = (
    VisitsBetween(
        rule="R-030",
        source=_INTERVALS,
        confidence=Confidence.MEASURED,
        pathway=Pathway.GOOD_OR_OUTSTANDING,
        with_none=2,
        with_one=81,
        with_two=8,
        with_three=0,
        with_joint=19,
    ),
    VisitsBetween(
        rule="R-038",
        source=_INTERVALS,
        confidence=Confidence.MEASURED,
        pathway=Pathway.REQUIRES_IMPROVEMENT,
        with_none=0,
        with_one=12,
        with_two=41,
        with_three=1,
        with_joint=11,
    ),
    VisitsBetween(
        rule="R-040",
        source=f"{_INTERVALS}; 23 intervals that are over and 12 that are not",
        confidence=Confidence.MEASURED,
        pathway=Pathway.INADEQUATE,
        with_none=35,
        with_one=0,
        with_two=0,
        with_three=0,
        with_joint=0,
    ),
)


@dataclass(frozen=True, kw_only=True)
class VisitTime(Row):
    """Months to the first, second … visit of an interval: from publication to the first, else from the one before.

    Half of those measured came between the quartiles. On the day asked."""

    pathway: Pathway
    visit: int
    visits: int
    median_months: float
    lower_months: float
    upper_months: float


_MEASURED_TIMES = "Measured on intervals between ILACS reports, 371 letters of 2018 to January 2026"

VISIT_TIMES = (
    VisitTime(
        rule="R-030",
        source=_MEASURED_TIMES,
        confidence=Confidence.MEASURED,
        pathway=Pathway.GOOD_OR_OUTSTANDING,
        visit=1,
        visits=26,
        median_months=18,
        lower_months=15,
        upper_months=21,
    ),
    VisitTime(
        rule="R-038",
        source=_MEASURED_TIMES,
        confidence=Confidence.MEASURED,
        pathway=Pathway.REQUIRES_IMPROVEMENT,
        visit=1,
        visits=20,
        median_months=13,
        lower_months=10,
        upper_months=25,
    ),
    VisitTime(
        rule="R-038",
        source=_MEASURED_TIMES,
        confidence=Confidence.MEASURED,
        pathway=Pathway.REQUIRES_IMPROVEMENT,
        visit=2,
        visits=13,
        median_months=14,
        lower_months=5.5,
        upper_months=18,
    ),
)


@dataclass(frozen=True, kw_only=True)
class InspectionAfterVisit(Row):
    """Months from an interval's last visit to the graded inspection that ended it. On the day asked."""

    pathway: Pathway
    median_months: float
    least_months: float
    most_months: float


INSPECTIONS_AFTER_VISIT = (
    InspectionAfterVisit(
        rule="R-044",
        source="Measured on 18 re-inspections: Ofsted's lists of monitoring visits, April 2021 to March 2025",
        confidence=Confidence.MEASURED,
        pathway=Pathway.INADEQUATE,
        median_months=5.7,
        least_months=3.8,
        most_months=11.9,
    ),
    InspectionAfterVisit(
        rule="R-030",
        source=_MEASURED_TIMES,
        confidence=Confidence.MEASURED,
        pathway=Pathway.GOOD_OR_OUTSTANDING,
        median_months=20,
        least_months=5,
        most_months=28,
    ),
    InspectionAfterVisit(
        rule="R-038",
        source=_MEASURED_TIMES,
        confidence=Confidence.MEASURED,
        pathway=Pathway.REQUIRES_IMPROVEMENT,
        median_months=11,
        least_months=4.5,
        most_months=29,
    ),
)


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

NOTICE_WORKING_DAYS = 5
"""R-049, R-100: so many working days at the least lie between a call and the first day on site."""


@dataclass(frozen=True, kw_only=True)
class CallToSite(Row):
    """Calendar days from the Monday of a call to the first and the last on which inspectors may be on site.

    Of a visit, which takes fewer days, they are those between which it lies. `type` for graded inspections only. On
    the call; monitoring visits have no row, as their dates are told in advance (R-049d)."""

    kind: Kind
    type: GradedType | None = None
    first_days: int
    last_days: int


CALLS = (
    CallToSite(
        rule="R-100",
        source="St Helens 2019, Bath and North East Somerset 2025; 127 of 321 ILACS inspections, Monday to Friday",
        confidence=Confidence.READ,
        kind=Kind.INSPECTION,
        type=GradedType.SHORT,
        first_days=7,
        last_days=11,
    ),
    CallToSite(
        rule="R-100",
        source="St Helens 2019, Bath and North East Somerset 2025; 192 of 321 ILACS inspections, to the second Friday",
        confidence=Confidence.READ,
        kind=Kind.INSPECTION,
        type=GradedType.STANDARD,
        first_days=7,
        last_days=18,
    ),
    CallToSite(
        rule="R-100",
        source="Haringey 2018; Tuesday or Wednesday first in 305 of 330 ordinary focused visits",
        confidence=Confidence.READ,
        kind=Kind.FOCUSED_VISIT,
        first_days=8,
        last_days=10,
    ),
    CallToSite(
        rule="R-049e",
        source="JTAI framework page; Wakefield: three weeks, on site in the third, Monday to Friday",
        confidence=Confidence.SECONDARY,
        kind=Kind.JTAI,
        first_days=14,
        last_days=18,
    ),
    CallToSite(
        rule="R-079",
        source="Dorset's guide: three weeks, on site in the third; 53 of 55 reports, Monday to Friday",
        confidence=Confidence.SECONDARY,
        kind=Kind.AREA_SEND,
        first_days=14,
        last_days=18,
    ),
)
