"""What can happen to an authority and its inspection history: one stream per authority.

`activity` names one inspection, visit, meeting, letter or deadline."""

from __future__ import annotations

from datetime import date
from enum import Enum
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.facts.authority_base import AuthorityFact, EntryFact
from domain.frameworks import Area, Grade
from domain.values.judgements import Judgements
from domain.values.rights import Right
from domain.values.sealed import Sealed
from domain.values.statements import Channel, Citation, Family, Period, Stated, Variant, Verbatim

# --- the authority itself -------------------------------------------------------------------------------------------


class AuthorityRegistered(
    AuthorityFact, Aggregate.Created, name="authority.registered", aggregate="domain.authorities.authority:Authority"
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


class TrustEnded(EntryFact, name="trust.ended"):
    """A children's trust ceased to run services, which went back to the council or to another body."""

    ended_on: date


class TrustStarted(EntryFact, name="trust.started"):
    """A children's trust began to run services. The council stays the one inspected (R-071)."""

    name: str
    started_on: date


# --- graded inspections ---------------------------------------------------------------------------------------------


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


class FocusedVisitTopicsChosen(EntryFact, name="focused_visit.topics_chosen"):
    """An officer said what a focused visit looked at, by codes of the list (R-037); the latest counts."""

    topics: tuple[str, ...]


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


class FindingsCompared(EntryFact, name="finding.compared"):
    """An officer said whether a finding of this entry is about the same matter as one of an `earlier` entry.

    Both are named by their words, which stay when the entry is made of other sources later. The latest word counts."""

    text: str
    earlier: UUID
    earlier_text: str
    same: bool


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
    said: Stated
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

    said: Stated
