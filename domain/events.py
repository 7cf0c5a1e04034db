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
from typing import Any, ClassVar, dataclass_transform
from uuid import UUID

from eventsourcing.domain import Aggregate, MetaDomainEvent

from domain.frameworks import Area, Grade
from domain.judgements import Judgements
from domain.plans import Basis, Figure, Impact, Label, PlanFinding, Progress, Stage, Track
from domain.rights import Right
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


def told(by: Told) -> dict[str, Any]:
    """What every fact carries of who tells it."""
    return {"actor": by.actor, "command": by.command, "source": by.source, "reason": by.reason, "timestamp": by.at}


FACTS: dict[str, type[Fact]] = {}
"""The closed list of what may stand in the log, by stored name: the facts declared on this page."""

STREAMS: dict[type[Fact], str] = {}
"""Which aggregate a stream is, by its first fact. No row names it, so the class may move."""


@dataclass_transform(frozen_default=True)
class FactType(MetaDomainEvent):
    """Enrols every fact under its stored name, and lets the type checker see what a fact is made of."""

    def __new__(
        meta,
        cls_name: str,
        bases: Any,
        body: dict[str, Any],
        *,
        name: str = "",
        right: Right = Right.RECORD,
        aggregate: str = "",
    ) -> Any:
        fact: Any = super().__new__(meta, cls_name, bases, body)
        fact.stored_as, fact.right = name, right
        if name:
            assert name not in FACTS, f"two facts are stored as {name}"
            FACTS[name] = fact
        if aggregate:
            STREAMS[fact] = aggregate
        return fact

    def __init__(cls, cls_name: str, bases: Any, body: dict[str, Any], **_: Any) -> None:
        super().__init__(cls_name, bases, body)


class Fact(Aggregate.Event, metaclass=FactType):
    """What every fact carries beside its own words. `stored_as` is its name in the log, which never changes."""

    stored_as: ClassVar[str]
    right: ClassVar[Right]

    actor: str
    command: UUID
    source: Source
    reason: str | None

    def apply(self, aggregate: Any) -> None:
        aggregate.when(self)


class AuthorityFact(Fact):
    """In the stream of an authority."""


class EntryFact(AuthorityFact):
    """Of one inspection, visit, meeting, letter or deadline."""

    activity: UUID


class PeopleFact(Fact):
    """In the stream of the roll."""


class PersonFact(PeopleFact):
    """Of one person on the roll."""

    person: UUID


class PlanFact(Fact):
    """In the stream of a plan. `true_on` is the day of which it speaks; of one action it never goes back."""

    true_on: date


class ActionFact(PlanFact):
    """Of one action, by its number in the plan."""

    action: int


class ChallengeFact(PlanFact):
    """Of one member's question."""

    challenge: UUID


class MeetingFact(Fact):
    """In the stream of a scrutiny meeting. `true_on` never lies before the day of the first."""

    true_on: date


# --- the authority itself -------------------------------------------------------------------------------------------


class AuthorityRegistered(
    AuthorityFact, Aggregate.Created, name="authority.registered", aggregate="domain.authority:Authority"
):
    """We began to keep this authority's history. Source: the register shipped with the product."""

    urn: str
    name: str
    la_number: str
    gss_code: str
    region: str
    ofsted_region: str
    aliases: tuple[str, ...]


class AuthorityRenamed(AuthorityFact, name="authority.renamed"):
    """The authority took another name. Source: its structural changes order, or Ofsted's site."""

    name: str
    effective_on: date


class AuthorityRecoded(AuthorityFact, name="authority.recoded"):
    """A code changed without the authority changing (Barnsley and Sheffield, April 2025)."""

    scheme: str
    was: str
    now: str
    effective_on: date


class AuthorityFormed(AuthorityFact, name="authority.formed"):
    """The authority came into being, wholly or in part from others. Source: its structural changes order."""

    predecessors: tuple[str, ...]
    formed_on: date


class AuthoritySucceeded(AuthorityFact, name="authority.succeeded"):
    """Others took over its services."""

    successors: tuple[str, ...]
    succeeded_on: date


class AuthorityAbolished(AuthorityFact, name="authority.abolished"):
    """The authority ceased to exist; its history stays."""

    abolished_on: date


class TrustStarted(EntryFact, name="trust.started"):
    """A children's trust began to run services. The council stays the one inspected (R-071)."""

    name: str
    started_on: date


# --- graded inspections ---------------------------------------------------------------------------------------------


class InspectionNotified(EntryFact, name="inspection.notified"):
    """Ofsted told the authority that inspectors will come. Source: Ofsted's notification."""

    kind: Variant | None
    notified_on: date


class FieldworkStarted(EntryFact, name="fieldwork.started"):
    """Inspectors were on site for the first day. It decides which judgements exist (R-006)."""

    kind: Variant | None
    started_on: date


class FieldworkEnded(EntryFact, name="fieldwork.ended"):
    """Inspectors were on site for the last day."""

    ended_on: date


class ReportReceived(EntryFact, name="report.received"):
    """The final report reached the authority: day 0 of the action plan's 70 working days (R-061)."""

    received_on: date


class ReportPublished(EntryFact, name="report.published"):
    """Ofsted put the report on its website. Source: the report's own front page."""

    judgements: Judgements
    published_on: date


class JudgementCorrected(EntryFact, name="judgement.corrected"):
    """A grade was wrongly recorded, or Ofsted re-issued the report."""

    area: Area
    was: Grade | None
    now: Grade


class DateKind(Enum):
    """Which date of an activity."""

    START = "start"
    END = "end"
    PUBLISHED = "published"


class DateCorrected(EntryFact, name="date.corrected"):
    """A date was wrongly recorded."""

    which: DateKind
    was: date | None
    now: date


class EntryWithdrawn(EntryFact, name="entry.withdrawn"):
    """The entry should never have been made; it stays visible, struck out, with the reason.

    `statements` are those it consisted of: what is said of the same days later is a new entry."""

    statements: tuple[UUID, ...]


# --- visits and letters ---------------------------------------------------------------------------------------------


class FocusedVisitHeld(EntryFact, name="focused_visit.held"):
    """Two inspectors looked at one topic for two days; no grade (R-036)."""

    started_on: date
    ended_on: date | None
    focus: str | None


class AssuranceVisitHeld(EntryFact, name="assurance_visit.held"):
    """An ungraded focused visit of the COVID round, 2020 to 2021 (R-012)."""

    started_on: date
    ended_on: date | None
    focus: str | None


class MonitoringVisitHeld(EntryFact, name="monitoring_visit.held"):
    """Inspectors checked an inadequate authority's progress (R-043)."""

    started_on: date
    ended_on: date | None
    number: int | None
    focus: str | None


class JointInspectionHeld(EntryFact, name="joint_inspection.held"):
    """A joint targeted area inspection (JTAI) by Ofsted, CQC, police and, sometimes, probation inspectorates."""

    started_on: date
    ended_on: date | None
    theme: str | None


class ActionPlanningVisitHeld(EntryFact, name="action_planning_visit.held"):
    """The ungraded, unpublished meeting that follows an inadequate report (R-040)."""

    held_on: date


class LetterReceived(EntryFact, name="letter.received"):
    """The letter on a visit reached the authority: day 0 of a priority-action plan (R-035)."""

    received_on: date


class Publisher(Enum):
    """Who made a letter public: the first monitoring letter is never published by Ofsted (R-046)."""

    OFSTED = "ofsted"
    COUNCIL = "council"


class LetterPublished(EntryFact, name="letter.published"):
    """The letter on a visit was made public."""

    publisher: Publisher
    published_on: date


class LetterNotPublished(EntryFact, name="letter.not_published"):
    """The letter on a visit is not made public, and nobody waits for it to be (R-046, R-055)."""


# --- findings -------------------------------------------------------------------------------------------------------


class AreaForImprovementFound(EntryFact, name="improvement.found"):
    """The report or letter says what needs to improve."""

    text: str


class AreaForPriorityActionFound(EntryFact, name="priority_action.found"):
    """The letter names a serious weakness that puts children at risk, or systemic failure (R-036)."""

    text: str


class PriorityActionResolved(EntryFact, name="priority_action.resolved"):
    """Ofsted or a later letter says the priority action has been dealt with (R-092)."""

    resolved_on: date


# --- the yearly cycle -----------------------------------------------------------------------------------------------


class SelfEvaluationShared(EntryFact, name="self_evaluation.shared"):
    """The authority sent Ofsted its yearly self-evaluation (R-065)."""

    shared_on: date | None
    period: Period | None


class EngagementMeetingHeld(EntryFact, name="engagement_meeting.held"):
    """Ofsted and the director of children's services met for the yearly conversation (R-066)."""

    held_on: date | None
    period: Period | None


class EngagementLetterReceived(EntryFact, name="engagement_letter.received"):
    """Ofsted's letter on the engagement meeting arrived; it is not published (R-055)."""

    received_on: date


class EngagementTopicsNoted(EntryFact, name="engagement_topics.noted"):
    """What the engagement meeting was about, and whether the self-evaluation was looked at; the latest note counts.

    The meeting is not published (R-055), so its topics are sealed."""

    self_evaluation: bool | None
    topics: Sealed


class NextEngagementMeetingSet(EntryFact, name="engagement_meeting.next_set"):
    """On which day, or in which month, Ofsted and the director meet next (R-066); the latest counts."""

    next_on: date | None
    period: Period | None


class EngagementWordsErased(EntryFact, name="engagement_words.erased", right=Right.ERASE):
    """The keys of words noted of an engagement meeting were destroyed; `reason` says why, without the words."""

    subjects: tuple[UUID, ...]


# --- the action plan's dates; the plan itself has its own stream ----------------------------------------------------


class ActionPlanDueDateSet(EntryFact, name="action_plan.due_date_set"):
    """The council or a letter states when the action plan is due; shown beside the computed date (R-091)."""

    due_on: date


class ActionPlanDueDateCorrected(EntryFact, name="action_plan.due_date_corrected"):
    """The stated due date was wrong, for example because the report was received earlier (R-061)."""

    was: date
    now: date


class ActionPlanSubmitted(EntryFact, name="action_plan.submitted"):
    """The plan went to Ofsted and the Secretary of State."""

    submitted_on: date


class ActionPlanReplyReceived(EntryFact, name="action_plan.reply_received"):
    """Ofsted said whether the plan reflects the findings (R-063)."""

    received_on: date


# --- government intervention, beside Ofsted's pathway (R-048) -------------------------------------------------------


class ImprovementNoticeIssued(EntryFact, name="improvement_notice.issued"):
    """The Department for Education issued an improvement notice."""

    issued_on: date


class StatutoryDirectionIssued(EntryFact, name="statutory_direction.issued"):
    """The Secretary of State gave a statutory direction."""

    issued_on: date


class CommissionerAppointed(EntryFact, name="commissioner.appointed"):
    """A commissioner for children's services was appointed."""

    appointed_on: date


class InterventionLifted(EntryFact, name="intervention.lifted"):
    """A notice, direction or appointment ended."""

    lifted_on: date


# --- what sources say -----------------------------------------------------------------------------------------------


class SourceStated(AuthorityFact, name="source.stated"):
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


class EntriesRecognisedAsOne(AuthorityFact, name="entries.recognised_as_one"):
    """An officer found that two entries are one activity; it comes before any date rule."""

    one: UUID
    other: UUID


class EntriesRecognisedAsDistinct(AuthorityFact, name="entries.recognised_as_distinct"):
    """An officer found that statements taken for one activity speak of two."""

    one: UUID
    other: UUID


class DisagreementSettled(EntryFact, name="disagreement.settled"):
    """An officer settled a disagreement between sources, with the evidence; a statement of the highest rank."""

    said: Said


# --- files ----------------------------------------------------------------------------------------------------------


class FileOpened(Fact, Aggregate.Created, name="file.opened", aggregate="domain.source_file:SourceFile"):
    """An import of a published file began. An import without a `FileRead` was cut short."""

    name: str
    digest: str
    layout: str


class FileRead(Fact, name="file.read"):
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


class RollBegun(PeopleFact, Aggregate.Created, name="roll.begun", aggregate="domain.roll:Roll"):
    """We began to keep who may do what here."""


class PersonRegistered(PersonFact, name="person.registered"):
    """A person was put on the roll, with no role yet."""


class RoleProposed(PersonFact, name="role.proposed"):
    """An administrator wants this person to be one too; another administrator has to confirm it."""

    role: Role


class RoleGranted(PersonFact, name="role.granted"):
    """A person was trusted with a role, for the authorities named or, `national`, for all."""

    role: Role
    authorities: tuple[str, ...]
    national: bool


class RoleWithdrawn(PersonFact, name="role.withdrawn"):
    """A role, or what was proposed of it, was taken back."""

    role: Role


class PersonDisabled(PersonFact, name="person.disabled"):
    """A person was shut out, and every role taken back."""


class PersonReinstated(PersonFact, name="person.reinstated"):
    """A person who was shut out was let in again, without any role."""


# --- the action plan: one stream per plan ---------------------------------------------------------------------------
# `true_on` is the day of which each fact speaks; of one action it never goes back. `action` is its number in the plan.


class PlanOpened(PlanFact, Aggregate.Created, name="plan.opened", aggregate="domain.action_plan:ActionPlan"):
    """The authority began its plan on a graded report, a letter with priority action, or a JTAI letter (R-035, R-060).

    Findings are copied by reference as they read then. `example` marks a plan made up for a demonstration."""

    urn: str
    activity: UUID
    basis: Basis
    published_on: date | None
    received_on: date | None
    stated_due: date | None
    findings: tuple[PlanFinding, ...]
    example: bool


class PlanFindingsAdded(PlanFact, name="plan.findings_added"):
    """The inspection's entry has findings that the plan had not taken in yet."""

    findings: tuple[PlanFinding, ...]


class PlanReceiptSet(PlanFact, name="plan.receipt_set"):
    """The true day on which report or letter arrived: day 0 of the plan's working days (R-061)."""

    was: date | None
    now: date
    why: Sealed


class PlanDueDateStated(PlanFact, name="plan.due_date_stated"):
    """A JTAI letter, or a later one, states when the statement of action is due; it is never computed (R-062)."""

    was: date | None
    now: date
    why: Sealed | None


class PlanSubmitted(PlanFact, name="plan.submitted"):
    """The draft or the final plan went to Ofsted."""

    stage: Stage


class PlanReplyReceived(PlanFact, name="plan.reply_received"):
    """Ofsted replied; `reflects` where the letter says whether the plan reflects the findings (R-063)."""

    reflects: bool | None


class PlanClosed(PlanFact, name="plan.closed"):
    """Nothing more is expected of the plan."""

    why: Sealed


class PlanReopened(PlanFact, name="plan.reopened"):
    """The plan was closed too early."""

    why: Sealed


class PlanPublished(PlanFact, name="plan.published", right=Right.APPROVE):
    """An approver put the plan before the public as it stands: its words, and where its actions and questions are."""


class ActionAdded(ActionFact, name="action.added"):
    """The plan gained an action that answers one or more findings. `owner` is an office, never a person's name."""

    findings: tuple[UUID, ...]
    what: Sealed
    owner: str
    due_on: date
    measure: Sealed | None
    unit: str | None
    baseline: Figure | None
    target: Figure | None
    example: bool


class ActionFindingsChanged(ActionFact, name="action.findings_changed"):
    """The action answers other findings than was said."""

    findings: tuple[UUID, ...]


class ActionOwnerChanged(ActionFact, name="action.owner_changed"):
    """Another office owns the action."""

    was: str
    now: str


class ActionDueDateMoved(ActionFact, name="action.due_date_moved"):
    """The action is due on another day than was promised."""

    was: date
    now: date
    why: Sealed


class ActionMeasureSet(ActionFact, name="action.measure_set"):
    """By what the action's success is measured, from where to where."""

    measure: Sealed
    unit: str | None
    baseline: Figure | None
    target: Figure | None


class ActionProgressReported(ActionFact, name="action.progress_reported"):
    """The owner says how far the action is, how sure, and where the measure stands; blank = not said."""

    progress: Progress
    track: Track | None
    now: Figure | None
    narrative: Sealed | None


class ActionImpactRated(ActionFact, name="action.impact_rated"):
    """What the action has changed for children, apart from whether it was done."""

    impact: Impact
    why: Sealed | None


class ActionEvidenceOffered(ActionFact, name="action.evidence_offered"):
    """A link or a reference shows that the action was done; no document is kept here."""

    evidence: UUID
    title: Sealed
    link: Sealed | None
    reference: Sealed | None


class ActionCompletionAccepted(ActionFact, name="action.completion_accepted", right=Right.APPROVE):
    """A second person looked at the evidence and agrees that the action is complete."""


class ActionCompletionRefused(ActionFact, name="action.completion_refused", right=Right.APPROVE):
    """A second person does not agree; the action is in progress again."""

    why: Sealed


class ActionClosed(ActionFact, name="action.closed"):
    """Nothing more is expected of an action that is complete or embedded."""

    why: Sealed | None


class ActionWithdrawn(ActionFact, name="action.withdrawn"):
    """The action is given up; it stays visible with the reason."""

    why: Sealed


class ActionFoundUnneeded(ActionFact, name="action.found_unneeded"):
    """No action is required after all; it stays visible with the reason."""

    why: Sealed


class ActionReopened(ActionFact, name="action.reopened"):
    """The action is in progress again after it was reported complete, closed, withdrawn or found unneeded."""

    why: Sealed


class ChallengeRaised(ChallengeFact, name="challenge.raised", right=Right.ASK):
    """A member asked about an action or a finding. `answer_by` is the last day for an answer, as promised then."""

    action: int | None
    finding: UUID | None
    answer_by: date
    question: Sealed


class ChallengeAnswered(ChallengeFact, name="challenge.answered"):
    """The owner answered."""

    answer: Sealed


class ChallengeWithdrawn(ChallengeFact, name="challenge.withdrawn", right=Right.TAKE_BACK):
    """The question was taken back; it stays visible with the reason."""

    why: Sealed


class WordsErased(PlanFact, name="words.erased", right=Right.ERASE):
    """The keys of these words were destroyed by an administrator; `reason` says why, without the words."""

    subjects: tuple[UUID, ...]


class PlanConventionsChosen(
    Fact, Aggregate.Created, name="plan_conventions.chosen", aggregate="domain.plan_conventions:PlanConventions"
):
    """An authority chose labels and colours for readings, and how many clear days an answer may take; the latest
    choice counts. Readings without a label keep ours."""

    urn: str
    labels: tuple[Label, ...]
    answer_days: int


# --- meetings of a scrutiny committee: one stream per meeting -------------------------------------------------------
# `true_on` is the day of which each fact speaks; of one meeting it never lies before the day of the first.


class ScrutinyMeetingArranged(
    MeetingFact, Aggregate.Created, name="scrutiny_meeting.arranged", aggregate="domain.scrutiny:ScrutinyMeeting"
):
    """A committee of the council is to look at its plans on a day. `committee` is its name, never a person's.

    `example` marks a meeting made up for a demonstration."""

    urn: str
    committee: str
    day: date
    plans: tuple[UUID, ...]
    example: bool


class ScrutinyMeetingMoved(MeetingFact, name="scrutiny_meeting.moved"):
    """The committee is to meet on another day than was arranged."""

    was: date
    now: date
    why: Sealed


class MeetingPlansChosen(MeetingFact, name="scrutiny_meeting.plans_chosen"):
    """The committee looks at these plans, not those named before."""

    plans: tuple[UUID, ...]


class ScrutinyMeetingHeld(MeetingFact, name="scrutiny_meeting.held"):
    """The committee met."""


class PanelViewFixed(MeetingFact, name="panel_view.fixed"):
    """What the panel saw: everything as at a day, as known at an instant. A later one needs a reason."""

    as_at: date
    known_at: datetime
    why: Sealed | None


class QuestionPutToMeeting(MeetingFact, name="question.put_to_meeting"):
    """A member's question on a plan was before the meeting."""

    plan: UUID
    challenge: UUID


class ResolutionMade(MeetingFact, name="resolution.made"):
    """The committee resolved something. `owner` is the office that has to see to it."""

    resolution: int
    text: Sealed
    owner: str | None
    due_on: date | None


class ResolutionCarriedOut(MeetingFact, name="resolution.carried_out"):
    """What was resolved has been done."""

    resolution: int
    how: Sealed


class NextReportSet(MeetingFact, name="next_report.set"):
    """The committee wants the next report by a day."""

    due_on: date


class ScrutinyMeetingWithdrawn(MeetingFact, name="scrutiny_meeting.withdrawn"):
    """The meeting did not take place, or should not have been recorded; it stays visible with the reason."""

    why: Sealed


class MeetingWordsErased(MeetingFact, name="meeting_words.erased", right=Right.ERASE):
    """The keys of these words were destroyed by an administrator; `reason` says why, without the words."""

    subjects: tuple[UUID, ...]


# --- the log itself -------------------------------------------------------------------------------------------------


class SigningKeyReplaced(
    Fact, Aggregate.Created, name="signing_key.replaced", aggregate="domain.signing_key:SigningKey"
):
    """Another key signs the log's checkpoints from now on. `note` is the statement that both keys signed."""

    was: str
    now: str
    note: str
