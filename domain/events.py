"""Every fact that can happen to an authority's inspection history, its action plans, the meetings that look at them,
the files we read and the people who may write.

Declarations only.

Each fact carries who recorded it (`actor`, an opaque id), the command it belongs to, where it was read
(`source`) and, where it changes an earlier fact, why (`reason`). `timestamp` is when *we* were told;
`*_on` fields are when it was true. Nothing here is ever edited: a correction is a further fact.

`activity` names one inspection, visit, meeting, letter or deadline. Stored names are in `domain/ledger/registry.py`.
Never a child, a family or a case; a named person only where the public record names an office holder. Free text in
the facts of plans and meetings is `Sealed`, so that it can be erased; their `reason` is empty, save where words were
erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.judgements import Area, Grade, Judgements
from domain.plans import Basis, Figure, Impact, Label, PlanFinding, Progress, Stage, Track
from domain.roles import Role
from domain.sealed import Sealed
from domain.statements import Channel, Citation, Family, Period, Said, Source, Variant, Verbatim


@dataclass(frozen=True)
class Told:
    """Who tells us, in which command, from which source, when we heard, and why.

    `actor` is an opaque id: a person's on the roll, or a way in (`local`, `import`, `demo`); `at` is UTC."""

    actor: str
    command: UUID
    source: Source
    at: datetime
    reason: str | None = None


class Fact(Aggregate.Event):
    """What every fact carries beside its own words."""

    actor: str
    command: UUID
    source: Source
    reason: str | None

    def apply(self, aggregate: Any) -> None:
        aggregate.when(self)


# --- the authority itself -------------------------------------------------------------------------------------------


class AuthorityRegistered(Fact, Aggregate.Created):
    """We began to keep this authority's history. Source: the register shipped with the product."""

    urn: str
    name: str
    la_number: str
    gss_code: str
    region: str
    ofsted_region: str
    aliases: tuple[str, ...]


class AuthorityRenamed(Fact):
    """The authority took another name. Source: its structural changes order, or Ofsted's site."""

    name: str
    effective_on: date


class AuthorityRecoded(Fact):
    """A code changed without the authority changing (Barnsley and Sheffield, April 2025)."""

    scheme: str
    was: str
    now: str
    effective_on: date


class AuthorityFormed(Fact):
    """The authority came into being, wholly or in part from others. Source: its structural changes order."""

    predecessors: tuple[str, ...]
    formed_on: date


class AuthoritySucceeded(Fact):
    """Others took over its services."""

    successors: tuple[str, ...]
    succeeded_on: date


class AuthorityAbolished(Fact):
    """The authority ceased to exist; its history stays."""

    abolished_on: date


class TrustStarted(Fact):
    """A children's trust began to run services. The council stays the one inspected (R-071)."""

    activity: UUID
    name: str
    started_on: date


# --- graded inspections ---------------------------------------------------------------------------------------------


class InspectionNotified(Fact):
    """Ofsted told the authority that inspectors will come. Source: Ofsted's notification."""

    activity: UUID
    kind: Variant | None
    notified_on: date


class FieldworkStarted(Fact):
    """Inspectors were on site for the first day. It decides which judgements exist (R-006)."""

    activity: UUID
    kind: Variant | None
    started_on: date


class FieldworkEnded(Fact):
    """Inspectors were on site for the last day."""

    activity: UUID
    ended_on: date


class ReportReceived(Fact):
    """The final report reached the authority: day 0 of the action plan's 70 working days (R-061)."""

    activity: UUID
    received_on: date


class ReportPublished(Fact):
    """Ofsted put the report on its website. Source: the report's own front page."""

    activity: UUID
    judgements: Judgements
    published_on: date


class JudgementCorrected(Fact):
    """A grade was wrongly recorded, or Ofsted re-issued the report."""

    activity: UUID
    area: Area
    was: Grade | None
    now: Grade


class DateKind(Enum):
    """Which date of an activity."""

    START = "start"
    END = "end"
    PUBLISHED = "published"


class DateCorrected(Fact):
    """A date was wrongly recorded."""

    activity: UUID
    which: DateKind
    was: date | None
    now: date


class EntryWithdrawn(Fact):
    """The entry should never have been made; it stays visible, struck out, with the reason.

    `statements` are those it consisted of: what is said of the same days later is a new entry."""

    activity: UUID
    statements: tuple[UUID, ...]


# --- visits and letters ---------------------------------------------------------------------------------------------


class FocusedVisitHeld(Fact):
    """Two inspectors looked at one topic for two days; no grade (R-036)."""

    activity: UUID
    started_on: date
    ended_on: date | None
    focus: str | None


class AssuranceVisitHeld(Fact):
    """An ungraded focused visit of the COVID round, 2020 to 2021 (R-012)."""

    activity: UUID
    started_on: date
    ended_on: date | None
    focus: str | None


class MonitoringVisitHeld(Fact):
    """Inspectors checked an inadequate authority's progress (R-043)."""

    activity: UUID
    started_on: date
    ended_on: date | None
    number: int | None
    focus: str | None


class JointInspectionHeld(Fact):
    """A joint targeted area inspection (JTAI) by Ofsted, CQC, police and, sometimes, probation inspectorates."""

    activity: UUID
    started_on: date
    ended_on: date | None
    theme: str | None


class ActionPlanningVisitHeld(Fact):
    """The ungraded, unpublished meeting that follows an inadequate report (R-040)."""

    activity: UUID
    held_on: date


class LetterReceived(Fact):
    """The letter on a visit reached the authority: day 0 of a priority-action plan (R-035)."""

    activity: UUID
    received_on: date


class Publisher(Enum):
    """Who made a letter public: the first monitoring letter is never published by Ofsted (R-046)."""

    OFSTED = "ofsted"
    COUNCIL = "council"


class LetterPublished(Fact):
    """The letter on a visit was made public."""

    activity: UUID
    publisher: Publisher
    published_on: date


class LetterNotPublished(Fact):
    """The letter on a visit is not made public, and nobody waits for it to be (R-046, R-055)."""

    activity: UUID


# --- findings -------------------------------------------------------------------------------------------------------


class AreaForImprovementFound(Fact):
    """The report or letter says what needs to improve."""

    activity: UUID
    text: str


class AreaForPriorityActionFound(Fact):
    """The letter names a serious weakness that puts children at risk, or systemic failure (R-036)."""

    activity: UUID
    text: str


class PriorityActionResolved(Fact):
    """Ofsted or a later letter says the priority action has been dealt with (R-092)."""

    activity: UUID
    resolved_on: date


# --- the yearly cycle -----------------------------------------------------------------------------------------------


class SelfEvaluationShared(Fact):
    """The authority sent Ofsted its yearly self-evaluation (R-065)."""

    activity: UUID
    shared_on: date | None
    period: Period | None


class EngagementMeetingHeld(Fact):
    """Ofsted and the director of children's services met for the yearly conversation (R-066)."""

    activity: UUID
    held_on: date | None
    period: Period | None


class EngagementLetterReceived(Fact):
    """Ofsted's letter on the engagement meeting arrived; it is not published (R-055)."""

    activity: UUID
    received_on: date


class EngagementTopicsNoted(Fact):
    """What the engagement meeting was about, and whether the self-evaluation was looked at; the latest note counts.

    The meeting is not published (R-055), so its topics are sealed."""

    activity: UUID
    self_evaluation: bool | None
    topics: Sealed


class NextEngagementMeetingSet(Fact):
    """On which day, or in which month, Ofsted and the director meet next (R-066); the latest counts."""

    activity: UUID
    next_on: date | None
    period: Period | None


class EngagementWordsErased(Fact):
    """The keys of words noted of an engagement meeting were destroyed; `reason` says why, without the words."""

    activity: UUID
    subjects: tuple[UUID, ...]


# --- the action plan's dates; the plan itself has its own stream ----------------------------------------------------


class ActionPlanDueDateSet(Fact):
    """The council or a letter states when the action plan is due; shown beside the computed date (R-091)."""

    activity: UUID
    due_on: date


class ActionPlanDueDateCorrected(Fact):
    """The stated due date was wrong, for example because the report was received earlier (R-061)."""

    activity: UUID
    was: date
    now: date


class ActionPlanSubmitted(Fact):
    """The plan went to Ofsted and the Secretary of State."""

    activity: UUID
    submitted_on: date


class ActionPlanReplyReceived(Fact):
    """Ofsted said whether the plan reflects the findings (R-063)."""

    activity: UUID
    received_on: date


# --- government intervention, beside Ofsted's pathway (R-048) -------------------------------------------------------


class ImprovementNoticeIssued(Fact):
    """The Department for Education issued an improvement notice."""

    activity: UUID
    issued_on: date


class StatutoryDirectionIssued(Fact):
    """The Secretary of State gave a statutory direction."""

    activity: UUID
    issued_on: date


class CommissionerAppointed(Fact):
    """A commissioner for children's services was appointed."""

    activity: UUID
    appointed_on: date


class InterventionLifted(Fact):
    """A notice, direction or appointment ended."""

    activity: UUID
    lifted_on: date


# --- what sources say -----------------------------------------------------------------------------------------------


class SourceStated(Fact):
    """A source says this of an activity: its values as read, and its cells verbatim.

    `about` names the activity outright where the statement comes from another store's export and a person made it."""

    statement: UUID
    family: Family
    channel: Channel
    edition: date | None
    said: Said
    about: UUID | None
    citations: tuple[Citation, ...]
    verbatim: Verbatim


class EntriesRecognisedAsOne(Fact):
    """An officer found that two entries are one activity; it comes before any date rule."""

    one: UUID
    other: UUID


class EntriesRecognisedAsDistinct(Fact):
    """An officer found that statements taken for one activity speak of two."""

    one: UUID
    other: UUID


class DisagreementSettled(Fact):
    """An officer settled a disagreement between sources, with the evidence; a statement of the highest rank."""

    activity: UUID
    said: Said


# --- files ----------------------------------------------------------------------------------------------------------


class FileOpened(Fact, Aggregate.Created):
    """An import of a published file began. An import without a `FileRead` was cut short."""

    name: str
    digest: str
    layout: str


class FileRead(Fact):
    """A published file was read to its end: what it re-states, as read on which day, and the counts reported.

    `restated` are statements already known; `read_on` and `edition` are theirs from now on, if newer. Long lists take
    several facts, of which the `last` says that the end was reached."""

    read_on: date
    edition: date | None
    rows: int
    rejected: int
    restated: tuple[UUID, ...]
    last: bool


# --- people: opaque ids, whose names are kept outside the log -------------------------------------------------------


class RollBegun(Fact, Aggregate.Created):
    """We began to keep who may do what here."""


class PersonRegistered(Fact):
    """A person was put on the roll, with no role yet."""

    person: UUID


class RoleProposed(Fact):
    """An administrator wants this person to be one too; another administrator has to confirm it."""

    person: UUID
    role: Role


class RoleGranted(Fact):
    """A person was trusted with a role, for the authorities named or, `national`, for all."""

    person: UUID
    role: Role
    authorities: tuple[str, ...]
    national: bool


class RoleWithdrawn(Fact):
    """A role, or what was proposed of it, was taken back."""

    person: UUID
    role: Role


class PersonDisabled(Fact):
    """A person was shut out, and every role taken back."""

    person: UUID


class PersonReinstated(Fact):
    """A person who was shut out was let in again, without any role."""

    person: UUID


# --- the action plan: one stream per plan ---------------------------------------------------------------------------
# `true_on` is the day of which each fact speaks; of one action it never goes back. `action` is its number in the plan.


class PlanOpened(Fact, Aggregate.Created):
    """The authority began its plan on a graded report, a letter with priority action, or a JTAI letter (R-035, R-060).

    Findings are copied by reference as they read then. `example` marks a plan made up for a demonstration."""

    true_on: date
    urn: str
    activity: UUID
    basis: Basis
    published_on: date | None
    received_on: date | None
    stated_due: date | None
    findings: tuple[PlanFinding, ...]
    example: bool


class PlanFindingsAdded(Fact):
    """The inspection's entry has findings that the plan had not taken in yet."""

    true_on: date
    findings: tuple[PlanFinding, ...]


class PlanReceiptSet(Fact):
    """The true day on which report or letter arrived: day 0 of the plan's working days (R-061)."""

    true_on: date
    was: date | None
    now: date
    why: Sealed


class PlanDueDateStated(Fact):
    """A JTAI letter, or a later one, states when the statement of action is due; it is never computed (R-062)."""

    true_on: date
    was: date | None
    now: date
    why: Sealed | None


class PlanSubmitted(Fact):
    """The draft or the final plan went to Ofsted."""

    true_on: date
    stage: Stage


class PlanReplyReceived(Fact):
    """Ofsted replied; `reflects` where the letter says whether the plan reflects the findings (R-063)."""

    true_on: date
    reflects: bool | None


class PlanClosed(Fact):
    """Nothing more is expected of the plan."""

    true_on: date
    why: Sealed


class PlanReopened(Fact):
    """The plan was closed too early."""

    true_on: date
    why: Sealed


class PlanPublished(Fact):
    """An approver put the plan before the public as it stands: its words, and where its actions and questions are."""

    true_on: date


class ActionAdded(Fact):
    """The plan gained an action that answers one or more findings. `owner` is an office, never a person's name."""

    true_on: date
    action: int
    findings: tuple[UUID, ...]
    what: Sealed
    owner: str
    due_on: date
    measure: Sealed | None
    unit: str | None
    baseline: Figure | None
    target: Figure | None
    example: bool


class ActionFindingsChanged(Fact):
    """The action answers other findings than was said."""

    true_on: date
    action: int
    findings: tuple[UUID, ...]


class ActionOwnerChanged(Fact):
    """Another office owns the action."""

    true_on: date
    action: int
    was: str
    now: str


class ActionDueDateMoved(Fact):
    """The action is due on another day than was promised."""

    true_on: date
    action: int
    was: date
    now: date
    why: Sealed


class ActionMeasureSet(Fact):
    """By what the action's success is measured, from where to where."""

    true_on: date
    action: int
    measure: Sealed
    unit: str | None
    baseline: Figure | None
    target: Figure | None


class ActionProgressReported(Fact):
    """The owner says how far the action is, how sure, and where the measure stands; blank = not said."""

    true_on: date
    action: int
    progress: Progress
    track: Track | None
    now: Figure | None
    narrative: Sealed | None


class ActionImpactRated(Fact):
    """What the action has changed for children, apart from whether it was done."""

    true_on: date
    action: int
    impact: Impact
    why: Sealed | None


class ActionEvidenceOffered(Fact):
    """A link or a reference shows that the action was done; no document is kept here."""

    true_on: date
    action: int
    evidence: UUID
    title: Sealed
    link: Sealed | None
    reference: Sealed | None


class ActionCompletionAccepted(Fact):
    """A second person looked at the evidence and agrees that the action is complete."""

    true_on: date
    action: int


class ActionCompletionRefused(Fact):
    """A second person does not agree; the action is in progress again."""

    true_on: date
    action: int
    why: Sealed


class ActionClosed(Fact):
    """Nothing more is expected of an action that is complete or embedded."""

    true_on: date
    action: int
    why: Sealed | None


class ActionWithdrawn(Fact):
    """The action is given up; it stays visible with the reason."""

    true_on: date
    action: int
    why: Sealed


class ActionFoundUnneeded(Fact):
    """No action is required after all; it stays visible with the reason."""

    true_on: date
    action: int
    why: Sealed


class ActionReopened(Fact):
    """The action is in progress again after it was reported complete, closed, withdrawn or found unneeded."""

    true_on: date
    action: int
    why: Sealed


class ChallengeRaised(Fact):
    """A member asked about an action or a finding. `answer_by` is the last day for an answer, as promised then."""

    true_on: date
    challenge: UUID
    action: int | None
    finding: UUID | None
    answer_by: date
    question: Sealed


class ChallengeAnswered(Fact):
    """The owner answered."""

    true_on: date
    challenge: UUID
    answer: Sealed


class ChallengeWithdrawn(Fact):
    """The question was taken back; it stays visible with the reason."""

    true_on: date
    challenge: UUID
    why: Sealed


class WordsErased(Fact):
    """The keys of these words were destroyed by an administrator; `reason` says why, without the words."""

    true_on: date
    subjects: tuple[UUID, ...]


class PlanConventionsChosen(Fact, Aggregate.Created):
    """An authority chose labels and colours for readings, and how many clear days an answer may take; the latest
    choice counts. Readings without a label keep ours."""

    urn: str
    labels: tuple[Label, ...]
    answer_days: int


# --- meetings of a scrutiny committee: one stream per meeting -------------------------------------------------------
# `true_on` is the day of which each fact speaks; of one meeting it never lies before the day of the first.


class ScrutinyMeetingArranged(Fact, Aggregate.Created):
    """A committee of the council is to look at its plans on a day. `committee` is its name, never a person's.

    `example` marks a meeting made up for a demonstration."""

    true_on: date
    urn: str
    committee: str
    day: date
    plans: tuple[UUID, ...]
    example: bool


class ScrutinyMeetingMoved(Fact):
    """The committee is to meet on another day than was arranged."""

    true_on: date
    was: date
    now: date
    why: Sealed


class MeetingPlansChosen(Fact):
    """The committee looks at these plans, not those named before."""

    true_on: date
    plans: tuple[UUID, ...]


class ScrutinyMeetingHeld(Fact):
    """The committee met."""

    true_on: date


class PanelViewFixed(Fact):
    """What the panel saw: everything as at a day, as known at an instant. A later one needs a reason."""

    true_on: date
    as_at: date
    known_at: datetime
    why: Sealed | None


class QuestionPutToMeeting(Fact):
    """A member's question on a plan was before the meeting."""

    true_on: date
    plan: UUID
    challenge: UUID


class ResolutionMade(Fact):
    """The committee resolved something. `owner` is the office that has to see to it."""

    true_on: date
    resolution: int
    text: Sealed
    owner: str | None
    due_on: date | None


class ResolutionCarriedOut(Fact):
    """What was resolved has been done."""

    true_on: date
    resolution: int
    how: Sealed


class NextReportSet(Fact):
    """The committee wants the next report by a day."""

    true_on: date
    due_on: date


class ScrutinyMeetingWithdrawn(Fact):
    """The meeting did not take place, or should not have been recorded; it stays visible with the reason."""

    true_on: date
    why: Sealed


class MeetingWordsErased(Fact):
    """The keys of these words were destroyed by an administrator; `reason` says why, without the words."""

    true_on: date
    subjects: tuple[UUID, ...]


# --- the log itself -------------------------------------------------------------------------------------------------


class SigningKeyReplaced(Fact, Aggregate.Created):
    """Another key signs the log's checkpoints from now on. `note` is the statement that both keys signed."""

    was: str
    now: str
    note: str
