"""Where an authority stands and what comes next: the values that the rulebook answers with.

The words are those of the standing document; `domain.rulebook.expectations` computes them (R-090 to R-096)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import NOTHING_KNOWN, KnownUntil
from domain.values.statements import Kind, Period, PeriodOnSite


class Pathway(Enum):
    """R-020: set by the latest published graded inspection."""

    GOOD_OR_OUTSTANDING = "good_or_outstanding"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"
    NOT_YET_JUDGED = "not_yet_judged"
    UNKNOWN = "unknown"


class GradedType(Enum):
    """What the next graded inspection is expected to be."""

    SHORT = "short_inspection"
    STANDARD = "standard_inspection"
    POST_MONITORING = "post_monitoring_single_inspection"


TYPE_IN_WORDS = {
    GradedType.SHORT: "a short inspection",
    GradedType.STANDARD: "a standard inspection",
    GradedType.POST_MONITORING: "a post-monitoring single inspection",
}

PATHWAY_IN_WORDS = {
    Pathway.GOOD_OR_OUTSTANDING: "good or outstanding",
    Pathway.REQUIRES_IMPROVEMENT: "requires improvement",
    Pathway.INADEQUATE: "inadequate",
    Pathway.NOT_YET_JUDGED: "not yet judged",
    Pathway.UNKNOWN: "unknown",
}


class WindowStatus(Enum):
    """R-026: both ends of a window are inclusive. `NOT_KNOWN`, only as far as anything is known (R-099): it ended after
    the day until which sources tell, or is a count that rests on a day too long ago.

    `ANNOUNCED` to `REPORT_AWAITED`: from the call to the report. `NOT_APPLICABLE`: it lies wholly after the end
    of the authority (R-098)."""

    UPCOMING = "upcoming"
    IN_WINDOW = "in_window"
    OVERDUE = "overdue"
    NO_WINDOW = "no_window"
    NOT_KNOWN = "not_known"
    ANNOUNCED = "announced"
    ON_SITE = "on_site"
    PAUSED = "paused"
    REPORT_AWAITED = "report_awaited"
    NOT_APPLICABLE = "not_applicable"


UNDER_WAY = frozenset({WindowStatus.ANNOUNCED, WindowStatus.ON_SITE, WindowStatus.PAUSED, WindowStatus.REPORT_AWAITED})
"""Of an inspection that was called or has begun, until its report (R-097)."""


def status_known(status: WindowStatus, last: date | None, until: date | None) -> WindowStatus:
    """A status as far as anything is known: overdue only where the last day is not after that until which sources
    tell, None where none does (R-099, R-105)."""
    unseen = status is WindowStatus.OVERDUE and (until is None or last is None or last > until)
    return WindowStatus.NOT_KNOWN if unseen else status


class InterimType(Enum):
    """What is expected before the next graded inspection (R-093)."""

    ACTION_PLAN_SUBMISSION = "action_plan_submission"
    MONITORING_VISIT = "monitoring_visit"
    REPORT_PUBLICATION = "report_publication"


@dataclass(frozen=True)
class Graded:
    """The next graded inspection: its type (None where unknown) and its window, both ends inclusive."""

    type: GradedType | None
    window_from: date | None
    window_to: date | None
    status: WindowStatus
    midpoint: date | None = None


@dataclass(frozen=True)
class Interim:
    """`due` only for the plan's submission; `nominal_interval_days` only for monitoring visits."""

    type: InterimType
    due: date | None = None
    nominal_interval_days: int | None = None


@dataclass(frozen=True)
class PriorityActionOverride:
    """R-034, R-092: after an area for priority action the next graded inspection is a standard one.

    `visit_month` and the range are months (`2022-09`): the visit's month plus 5 and plus 18."""

    visit_month: Period
    expected_from_month: Period
    expected_to_month: Period
    type: GradedType = GradedType.STANDARD
    also_possible: str = "further_focused_visit"


@dataclass(frozen=True)
class Announced:
    """The graded inspection that was called, or has begun, and is not reported yet.

    `notified_on` is None where the call is not known; `on_site_to` the last day of the last period on site, None where
    nothing tells it. Both ends are inclusive, and as now understood. `unheard_of`: no publication is held, longer after
    the last day than any report measured took (R-058), so that it may never have come (R-103). `periods` are the
    days on site, told or expected, without the days between; those after a break only where it was resumed (R-059).
    `about` is its entry. `only_called`: nothing known by the day says that inspectors came."""

    type: GradedType | None
    notified_on: date | None
    on_site_from: date | None
    on_site_to: date | None
    status: WindowStatus
    unheard_of: bool = False
    periods: tuple[PeriodOnSite, ...] = ()
    about: UUID | None = None
    only_called: bool = False


@dataclass(frozen=True)
class ExpectedNext:
    """Exactly the keys that the worked examples compare; an optional part that does not apply is None."""

    graded: Graded
    action_plan_due: date | None = None
    priority_action_override: PriorityActionOverride | None = None
    interim: Interim | None = None
    announced: Announced | None = None


@dataclass(frozen=True)
class Expectation:
    """One thing to expect, why, and by which rules.

    `activity` is a graded type, `inspection` (called, of a type that nothing tells), an interim type, `focused_visit`,
    `draft_action_plan`, `action_plan`, `engagement_meeting`, `self_evaluation`, `engagement_letter`,
    `letter_publication` …; `basis` is `pathway`, `priority_action`, `announced` (of a visit that was called, and of a
    graded inspection under way where no window is counted), `deadline`, `publication` or `cycle`. Dates are
    inclusive; a deadline has `due_from` None and its day in `due_to`; a publication is late only after that.
    `inferred` is true where a rule it rests on is inferred rather than read (confidence I): say so wherever shown.
    `about` is the inspection, visit or report that it follows from, None where it follows from the pathway or the
    yearly cycle: of those there is one of each activity and basis at a time. `known_until` is the newest day until
    which a source was read that tells of what it rests on, None where there was none (R-105). `only_called`: of a
    graded inspection under way, nothing known by the day says that inspectors came."""

    activity: str
    basis: str
    due_from: date | None
    due_to: date | None
    status: WindowStatus
    why: str
    rules: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    inferred: bool = False
    about: UUID | None = None
    known_until: date | None = None
    only_called: bool = False

    @property
    def is_called_inspection(self) -> bool:
        """A graded inspection under way of an authority for which no window is counted (R-097)."""
        return self.basis == "announced" and self.activity in _INSPECTIONS

    @property
    def is_owed(self) -> bool:
        """The authority has to deliver it by its last day (R-035, R-060, R-062); everything else is only expected."""
        return self.activity in _OWED and self.due_to is not None


_INSPECTIONS = frozenset({Kind.INSPECTION.value, *(each.value for each in GradedType)})

_OWED = frozenset(
    {
        InterimType.ACTION_PLAN_SUBMISSION.value,
        "action_plan",
        "draft_action_plan",
        "priority_action_plan",
        "joint_statement_of_action",
    }
)


@dataclass(frozen=True)
class Standing:
    """The answer for one authority on one day. `governing` is the report that sets the pathway, None without one.

    `why` is one sentence on the pathway with `rules` behind it; `inferred` as in `Expectation`. `known_until` is what
    sources tell of the authority. The status of `expected_next.graded` is that of the days alone (R-099): where one is
    shown, `window_status` is meant."""

    authority: AuthorityFacts
    on: date
    pathway: Pathway
    governing: Activity | None
    inherited_monitoring: bool
    expected_next: ExpectedNext
    expectations: tuple[Expectation, ...]
    why: str
    rules: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    inferred: bool = False
    known_until: KnownUntil = NOTHING_KNOWN

    @property
    def ended(self) -> bool:
        """The authority had ceased to exist: it is history, and nothing is expected of it (R-074)."""
        return self.authority.ended_by(self.on)

    @property
    def only_called(self) -> bool:
        """A graded inspection was called, and nothing known by the day says that inspectors came."""
        announced = self.expected_next.announced
        return announced is not None and announced.only_called and not announced.unheard_of

    @property
    def window_status(self) -> WindowStatus:
        """How far the inspection under way is; else how the day lies against the window of the next, as far as is
        known: without a report whose grades decide there is no knowing of any window."""
        graded, announced = self.expected_next.graded, self.expected_next.announced
        if announced is not None and not announced.unheard_of:
            return announced.status
        if self.pathway is Pathway.UNKNOWN and graded.window_to is None and not self.ended:
            return WindowStatus.NOT_KNOWN
        return status_known(graded.status, graded.window_to, self.known_until.graded)
