"""The dated rows that decide pathways, windows and warnings. A change of framework is a new row; old rows stay.

`start` is inclusive and `end` exclusive; None means still in force. Each row names the rule it states (R-0xx);
`domain.rulebook.rules` gives that rule's sentence, sources and confidence. Which day a row's dates are compared with
(the day asked, the first day on site, publication) stands in the row's class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from domain.frameworks import FRAMEWORK_ROWS, Framework
from domain.rulebook.results import GradedType, Pathway
from domain.values.errors import NoRule
from domain.values.words import in_words

ALWAYS = date.min
"""The start of a row for which no beginning is known or needed."""


class Confidence(Enum):
    """How a rule is known."""

    READ = "V"
    MEASURED = "M"
    SECONDARY = "S"
    INFERRED = "I"


@dataclass(frozen=True, kw_only=True)
class Row:
    """What every row carries: its rule, the source in words, how it is known, and when it is in force."""

    rule: str
    source: str
    confidence: Confidence
    start: date = ALWAYS
    end: date | None = None

    def in_force(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


R = TypeVar("R", bound=Row)


def row_on(rows: Sequence[R], day: date) -> R:
    """The row in force on a day. Raises NoRule unless exactly one fits."""
    found = [row for row in rows if row.in_force(day)]
    if len(found) != 1:
        raise NoRule(f"{len(found)} rows are in force on {in_words(day)}; exactly one should be.")
    return found[0]


# --- pathway --------------------------------------------------------------------------------------------------------


class PathwayBasis(Enum):
    """Which grades of the governing report set the pathway."""

    OVERALL = "overall effectiveness"
    FOUR_JUDGEMENTS = "the four judgements"
    JUDGEMENTS = "the judgements together"
    NOT_SAID = "not said yet"

    @property
    def together(self) -> bool:
        """The judgements on leaders and on practice, however many there are: the row of their set names them."""
        return self in (PathwayBasis.FOUR_JUDGEMENTS, PathwayBasis.JUDGEMENTS)


@dataclass(frozen=True, kw_only=True)
class PathwayTest(Row):
    """In force on the first day on site (R-006)."""

    by: PathwayBasis


PATHWAY_TESTS = (
    PathwayTest(
        rule="R-020",
        source="Haringey scrutiny paper 2018; Leeds one minute guide 2024; Leicestershire slides 2018",
        confidence=Confidence.READ,
        end=date(2026, 4, 1),
        by=PathwayBasis.OVERALL,
    ),
    PathwayTest(
        rule="R-023",
        source="Inferred from JT-39's summary of Ofsted's change note, which names it as the test for a focused visit "
        "ahead of the next short inspection; on every five-grade report 2023 to March 2026 it draws the same line",
        confidence=Confidence.INFERRED,
        start=date(2026, 4, 1),
        by=PathwayBasis.FOUR_JUDGEMENTS,
    ),
)

NOT_SAID = PathwayTest(
    rule="R-094",
    source="Inferred: no text of Ofsted's was found yet",
    confidence=Confidence.INFERRED,
    by=PathwayBasis.NOT_SAID,
)
"""What is read where no row is in force: the pathway is unknown."""

GOVERNING_FRAMEWORKS = frozenset(row.framework for row in FRAMEWORK_ROWS if row.governs)
"""R-096: frameworks before the SIF are history only and never govern."""

FORMED_SINCE = date(2018, 1, 1)
"""R-070: an authority formed from this day on starts with no grade; an older one without a report is unknown."""


@dataclass(frozen=True, kw_only=True)
class InheritedMonitoring(Row):
    """An authority that took over its predecessor's monitoring, from the day it was formed. On the day asked."""

    urn: str


INHERITED_MONITORING = (
    InheritedMonitoring(
        rule="R-070",
        source="Ofsted statistics 2022: visits on 28 July and 2 November 2021; Northamptonshire was inadequate in 2019",
        confidence=Confidence.READ,
        start=date(2021, 4, 1),
        urn="2637548",
    ),
    InheritedMonitoring(
        rule="R-070",
        source="As West Northamptonshire: the two councils share one predecessor and one children's trust",
        confidence=Confidence.READ,
        start=date(2021, 4, 1),
        urn="2637539",
    ),
)


# --- the next graded inspection -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NextGraded(Row):
    """What the next graded inspection of a pathway is expected to be. On the day asked."""

    pathway: Pathway
    type: GradedType


NEXT_GRADED = (
    NextGraded(
        rule="R-030",
        source="Leeds one minute guide 2024; Gateshead Cabinet 2019",
        confidence=Confidence.READ,
        pathway=Pathway.GOOD_OR_OUTSTANDING,
        type=GradedType.SHORT,
    ),
    NextGraded(
        rule="R-038",
        source="Haringey scrutiny paper 2018; Leicestershire slides 2018",
        confidence=Confidence.READ,
        pathway=Pathway.REQUIRES_IMPROVEMENT,
        type=GradedType.STANDARD,
    ),
    NextGraded(
        rule="R-041",
        source="Children and Young People Now, 17 September 2018",
        confidence=Confidence.SECONDARY,
        end=date(2018, 9, 17),
        pathway=Pathway.INADEQUATE,
        type=GradedType.POST_MONITORING,
    ),
    NextGraded(
        rule="R-041",
        source="Children and Young People Now, 17 September 2018",
        confidence=Confidence.SECONDARY,
        start=date(2018, 9, 17),
        pathway=Pathway.INADEQUATE,
        type=GradedType.STANDARD,
    ),
    NextGraded(
        rule="R-070",
        source="Ofsted reports on every council formed in 2019, 2021 and 2023",
        confidence=Confidence.READ,
        pathway=Pathway.NOT_YET_JUDGED,
        type=GradedType.STANDARD,
    ),
)


@dataclass(frozen=True, kw_only=True)
class NextMeasured(Row):
    """Of so many next graded inspections after reports of these pathways, how many were standard; the rest were short.

    Measured on all of them at once, so no day decides."""

    pathways: frozenset[Pathway]
    inspections: int
    standard: int

    @property
    def short(self) -> int:
        return self.inspections - self.standard


NEXT_MEASURED = (
    NextMeasured(
        rule="R-032",
        source="Measured on every next ILACS inspection after a good or outstanding report, to August 2026",
        confidence=Confidence.MEASURED,
        pathways=frozenset({Pathway.GOOD_OR_OUTSTANDING}),
        inspections=91,
        standard=11,
    ),
    NextMeasured(
        rule="R-033",
        source="Measured on every next ILACS inspection after requires improvement or inadequate, to August 2026",
        confidence=Confidence.MEASURED,
        pathways=frozenset({Pathway.REQUIRES_IMPROVEMENT, Pathway.INADEQUATE}),
        inspections=77,
        standard=77,
    ),
)


class CountedFrom(Enum):
    """What a window's months are counted from."""

    ANCHOR = "anchor"
    PLAN_DUE = "plan due"


@dataclass(frozen=True, kw_only=True)
class Interval(Row):
    """Months from an anchor to the window's first day, the midpoint shown, and its last day (inclusive).

    By pathway and by the governing report's framework. On the day asked."""

    pathway: Pathway
    frameworks: frozenset[Framework]
    counted_from: CountedFrom
    from_months: int
    middle_months: int
    to_months: int


INTERVALS = (
    Interval(
        rule="R-025",
        source="Leeds one minute guide 2024; Kirklees guide to ILACS; anchor measured on 66 inspections",
        confidence=Confidence.READ,
        pathway=Pathway.GOOD_OR_OUTSTANDING,
        frameworks=GOVERNING_FRAMEWORKS,
        counted_from=CountedFrom.ANCHOR,
        from_months=30,
        middle_months=36,
        to_months=42,
    ),
    Interval(
        rule="R-025",
        source="Leeds one minute guide 2024; Kirklees guide to ILACS; anchor measured on 66 inspections",
        confidence=Confidence.READ,
        pathway=Pathway.REQUIRES_IMPROVEMENT,
        frameworks=GOVERNING_FRAMEWORKS,
        counted_from=CountedFrom.ANCHOR,
        from_months=30,
        middle_months=36,
        to_months=42,
    ),
    Interval(
        rule="R-044",
        source="Measured on the 23 re-inspections since 2018, 28.5 to 54.5 months after publication",
        confidence=Confidence.MEASURED,
        pathway=Pathway.INADEQUATE,
        frameworks=frozenset({Framework.ILACS}),
        counted_from=CountedFrom.ANCHOR,
        from_months=30,
        middle_months=36,
        to_months=42,
    ),
    Interval(
        rule="R-045",
        source="Children and Young People Now, 2016",
        confidence=Confidence.SECONDARY,
        pathway=Pathway.INADEQUATE,
        frameworks=frozenset({Framework.SIF}),
        counted_from=CountedFrom.PLAN_DUE,
        from_months=12,
        middle_months=24,
        to_months=24,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Reinspections(Row):
    """Months from publication to the re-inspection of inadequate authorities: told, and moving no window."""

    inspections: int
    median_months: float
    least_months: float
    most_months: float


REINSPECTIONS = Reinspections(
    rule="R-044",
    source="Measured on the re-inspections of authorities judged inadequate since 2021",
    confidence=Confidence.MEASURED,
    start=date(2021, 1, 1),
    inspections=9,
    median_months=37,
    least_months=33.7,
    most_months=43.6,
)
"""On the day of publication."""


@dataclass(frozen=True, kw_only=True)
class FirstInspection(Row):
    """Months from formation within which a new authority's first inspection is expected. On the day asked.

    Where a focused visit came first, it came `visit_from_months` to `visit_to_months` after formation."""

    from_months: int
    to_months: int
    visit_from_months: int
    visit_to_months: int


FIRST_INSPECTIONS = (
    FirstInspection(
        rule="R-070",
        source="Inferred from six new councils: 13 to 18 months outside the pandemic, 30 and 32 through it",
        confidence=Confidence.INFERRED,
        from_months=12,
        to_months=24,
        visit_from_months=6,
        visit_to_months=7,
    ),
)


@dataclass(frozen=True, kw_only=True)
class AfterPriorityAction(Row):
    """Months from the visit to the standard inspection expected after an area for priority action.

    Of `inspections` measured, all standard, `inside` came in those months, `later` after them and the latest
    `latest_months` after the visit; before `further` of them came another focused visit, `further_from` to
    `further_to` months after the first. On the visit's first day."""

    from_months: int
    to_months: int
    inspections: int
    inside: int
    later: int
    latest_months: int
    further: int
    further_from: int
    further_to: int


AFTER_PRIORITY_ACTION = (
    AfterPriorityAction(
        rule="R-034",
        source="Measured on the 20 inspections after the 22 letters with priority action, 2018 to January 2026",
        confidence=Confidence.MEASURED,
        from_months=5,
        to_months=18,
        inspections=20,
        inside=11,
        later=8,
        latest_months=31,
        further=8,
        further_from=4,
        further_to=19,
    ),
)


@dataclass(frozen=True, kw_only=True)
class PandemicCohort(Row):
    """Reports published in these days have a window that the pandemic may have stretched; on publication."""

    later_by_months: int


PANDEMIC_COHORT = PandemicCohort(
    rule="R-081",
    source="Measured: pausing the clock puts 46% of inspections in the window, keeping it more",
    confidence=Confidence.MEASURED,
    start=date(2017, 7, 1),
    end=date(2020, 3, 17),
    later_by_months=15,
)

FIRST_ILACS_ALL_DONE = date(2022, 12, 9)
"""R-081: by this day every authority existing in 2020 had had its first ILACS inspection."""

PANDEMIC_PAUSE = Row(
    rule="R-011",
    source="FE News COVID briefing, November 2020; Ofsted reports (Sunderland, 28 June 2021)",
    confidence=Confidence.READ,
    start=date(2020, 3, 17),
    end=date(2021, 6, 28),
)
"""No graded inspection was carried out in these days."""

ILACS_IN_FORCE = date(2018, 1, 1)
"""R-002: the first day of the framework's use; it was published on 29 November 2017."""

LAST_SIF_STARTED = date(2018, 6, 11)
"""R-001: the last single inspection found started on this day (Torbay)."""
