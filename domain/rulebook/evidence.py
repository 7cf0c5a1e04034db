"""What an expectation was worked out from: the rows, days and activities used, kept beside the answer.

Whoever works out an expectation hands over its workings in the same breath, so that what is told of them
(`domain.rulebook.explain`) cannot drift from what was answered. Dates are inclusive, as in `Expectation`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.rulebook.calendar_rows import JTAI_REPLACES, CallToSite, VisitsBetween, VisitTime
from domain.rulebook.deadline_rows import (
    AreaSendFollows,
    MonitoringInterval,
    NothingPublished,
    PlanTime,
    PollingDay,
    PriorityPlanTime,
    PublicationRange,
    PublicationTime,
    YearlyCycle,
)
from domain.rulebook.results import Expectation, PriorityActionOverride
from domain.rulebook.rows import AfterPriorityAction, FirstInspection, Interval, NextGraded
from domain.values.activities import Activity


@dataclass(frozen=True)
class AfterReport:
    """The next graded inspection after a governing report; `follows` is the row of the type, also where another
    overrides. `counted` is the day its months run from, None (as the days that follow from it) where that hangs on a
    plan date beyond the known bank holidays. `stretched_to`: what the window's end may be read as for the pandemic."""

    report: Activity
    follows: NextGraded
    interval: Interval
    counted: date | None
    first: date | None
    last: date | None
    likely_start: date | None
    stretched_to: date | None


@dataclass(frozen=True)
class AfterFormation:
    """The first inspection of a new authority."""

    formed_on: date
    follows: NextGraded
    row: FirstInspection
    first: date
    last: date


@dataclass(frozen=True)
class AfterPriority:
    """The standard inspection after an area for priority action."""

    visit: Activity
    row: AfterPriorityAction
    override: PriorityActionOverride


@dataclass(frozen=True)
class ExpectedPublication:
    """When a report or letter should appear: between `first` and `last`, late after `last`; all inclusive.

    `usual` is the usual day; `ordinary` the same, or the first working day after those of `closed`, in which nothing
    is published; `late_after` the last that would not be late then. `first`, and it may be `last`, are later where
    polling day holds it back. `over_christmas`: Christmas Day lies between, and no closure moves the day.

    `ranged` is the row of the range, where one was measured: most come from `first` to `mostly`, half by `half`, nine
    in ten by `nearly`. What moves the first day moves these by as many working days (R-101)."""

    usual: date
    ordinary: date
    late_after: date
    first: date
    last: date
    row: PublicationTime
    held_for: PollingDay | None
    closed: NothingPublished | None
    over_christmas: bool
    ranged: PublicationRange | None = None
    half: date | None = None
    mostly: date | None = None
    nearly: date | None = None


@dataclass(frozen=True)
class Publication:
    """A report or letter on fieldwork that ended on a day; `found` None where no time was measured or counted."""

    fieldwork: Activity
    ended: date
    found: ExpectedPublication | None


@dataclass(frozen=True)
class CalledVisit:
    """A visit or joint inspection that was called: between which days it is expected; `row` where that follows from the
    call. None where nobody told them and no rule does."""

    visit: Activity
    first: date | None
    last: date | None
    row: CallToSite | None


@dataclass(frozen=True)
class CalledWithoutWindow:
    """A graded inspection under way where no window is counted: between which days it is expected, as known then."""

    inspection: Activity
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Plan:
    """The action plan on the governing report; `from_receipt` is the day counted from receipt, where that is known."""

    report: Activity
    row: PlanTime
    due: date
    from_receipt: date | None


@dataclass(frozen=True)
class PriorityPlan:
    """The draft or final plan after priority action: so many working days after the letter."""

    visit: Activity
    letter: date
    row: PriorityPlanTime
    days: int
    due: date


@dataclass(frozen=True)
class JointStatement:
    """The statement that a JTAI letter asks for, on the day it names itself."""

    inspection: Activity
    due: date


@dataclass(frozen=True)
class Monitoring:
    """The next monitoring visit: after the last of `visits`, else after the plan, else after `begins`."""

    begins: date
    row: MonitoringInterval
    visits: tuple[Activity, ...]
    plan_due: date | None
    counted: date
    expected: date
    amber: date
    red: date


@dataclass(frozen=True)
class ActionPlanning:
    """The visit about the plan, until the plan is due."""

    report: Activity
    plan_due: date


@dataclass(frozen=True)
class EarlierVisit:
    """The last time inspectors were there, and until when six months are left by aim (R-050)."""

    latest: Activity
    clear_from: date


@dataclass(frozen=True)
class FocusedVisits:
    """The visits and joint inspections counted since the governing inspection, and how many more are usual.

    Visits of the Covid round are left out. `time` is the row for the next visit, counted from `after` (publication, or
    the last day of the visit before): half of such visits came between `first` and `last`. None where none was
    measured."""

    since: date
    row: VisitsBetween
    visits: tuple[Activity, ...]
    joint: tuple[Activity, ...]
    soon: EarlierVisit | None
    time: VisitTime | None
    after: date | None
    first: date | None
    last: date | None

    @property
    def came(self) -> int:
        """Visits and joint inspections that count; of joint ones at most one does (C-9)."""
        return len(self.visits) + min(len(self.joint), JTAI_REPLACES)

    @property
    def left(self) -> int:
        """How many more are usual before the next graded inspection."""
        return max(0, self.row.usual - self.came)


@dataclass(frozen=True)
class Meeting:
    """The yearly engagement meeting; `last` and the days None where none is recorded."""

    row: YearlyCycle
    last: Activity | None
    due: date | None
    amber: date | None
    red: date | None


@dataclass(frozen=True)
class SelfEvaluationBefore:
    """The self-evaluation that comes before a meeting."""

    row: YearlyCycle
    last: Activity
    meeting_due: date
    due: date


@dataclass(frozen=True)
class EngagementLetter:
    """Ofsted's letter after a meeting."""

    row: YearlyCycle
    last: Activity
    due: date


@dataclass(frozen=True)
class AfterAreaSend:
    """What follows an area SEND inspection, about `due`: so many months after `counted`, its first day on site or,
    where the row says so or that day is not known, its publication."""

    inspection: Activity
    row: AreaSendFollows
    counted: date
    from_publication: bool
    due: date


Workings = (
    AfterReport
    | AfterFormation
    | AfterPriority
    | Publication
    | CalledVisit
    | CalledWithoutWindow
    | Plan
    | PriorityPlan
    | JointStatement
    | Monitoring
    | ActionPlanning
    | FocusedVisits
    | Meeting
    | SelfEvaluationBefore
    | EngagementLetter
    | AfterAreaSend
)


@dataclass(frozen=True)
class Worked:
    """One thing to expect, and what it was worked out from."""

    expectation: Expectation
    workings: Workings
