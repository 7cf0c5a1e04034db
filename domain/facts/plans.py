"""What can happen to an action plan: one stream per plan; and the labels an authority chooses.

`true_on` is the day of which each fact speaks; of one action it never goes back. Free text is `Sealed`, so that it
can be erased."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.facts.base import Fact, facts_of
from domain.values.plans import AskedAbout, Basis, Figure, Impact, Label, PlanFinding, Progress, Stage, Track
from domain.values.rights import Right
from domain.values.sealed import Sealed


class PlanFact(Fact):
    """In the stream of a plan. `true_on` is the day of which it speaks; of one action it never goes back."""

    true_on: date


class ActionFact(PlanFact):
    """Of one action, by its number in the plan."""

    action: int


class ChallengeFact(PlanFact):
    """Of one member's question."""

    challenge: UUID


class PlanOpened(PlanFact, Aggregate.Created, name="plan.opened", aggregate="domain.plans.plan:ActionPlan"):
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


class PlanOpeningCorrected(PlanFact, name="plan.opening_corrected"):
    """The plan was begun on another day than was said, which is `true_on` too: it is known as open from then on."""

    was: date
    now: date
    why: Sealed


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


class PlanHandedOver(PlanFact, name="plan.handed_over"):
    """An officer passed the plan on to an authority that followed its own, by Ofsted's number (R-074). `instead_of` is
    the one that had it by mistake, where that was put right."""

    successor: str
    instead_of: str | None = None


class PlanPublished(PlanFact, name="plan.published", right=Right.APPROVE):
    """An approver put the plan before the public as it stands: its words, and where its actions and questions are."""


class ActionAdded(ActionFact, name="action.added"):
    """The plan gained an action that answers one or more findings. `owner` is an office, never a person's name.

    `due_on` is None where no day was promised yet."""

    once_needed: ClassVar[tuple[str, ...]] = ("due_on",)

    findings: tuple[UUID, ...]
    what: Sealed
    owner: str
    due_on: date | None
    measure: Sealed | None
    unit: str | None
    baseline: Figure | None
    target: Figure | None
    example: bool
    carried_from_plan: UUID | None = None
    carried_from_action: int | None = None


class ActionFindingsChanged(ActionFact, name="action.findings_changed"):
    """The action answers other findings than was said."""

    findings: tuple[UUID, ...]


class ActionOwnerChanged(ActionFact, name="action.owner_changed"):
    """Another office owns the action."""

    was: str
    now: str


class ActionDueDateMoved(ActionFact, name="action.due_date_moved"):
    """The action is due on another day than was promised; `was` is None where no day was."""

    once_needed: ClassVar[tuple[str, ...]] = ("was",)

    was: date | None
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


class ActionCarriedOver(ActionFact, name="action.carried_over"):
    """The plan's report was replaced, and the action goes on as one of the plan of a newer report."""

    plan: UUID
    carried_action: int


class ActionReopened(ActionFact, name="action.reopened"):
    """The action is in progress again after it was reported complete, closed, withdrawn or found unneeded."""

    why: Sealed


class ChallengeRaised(ChallengeFact, name="challenge.raised", right=Right.ASK):
    """A member asked. `answer_by` is the last day for an answer, as promised then.

    On a plan it is about an action or a finding; in an authority's own stream about what `asked_about` says.
    `example` marks one on no plan that was made up for a demonstration."""

    action: int | None
    finding: UUID | None
    answer_by: date
    question: Sealed
    asked_about: AskedAbout | None = None
    example: bool | None = None


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
    Fact, Aggregate.Created, name="plan_conventions.chosen", aggregate="domain.plans.labels:PlanConventions"
):
    """An authority chose labels and colours for readings, and how many clear days an answer may take; the latest
    choice counts. Readings without a label keep ours."""

    urn: str
    labels: tuple[Label, ...]
    answer_days: int


OF_PLANS = facts_of(PlanFact)
