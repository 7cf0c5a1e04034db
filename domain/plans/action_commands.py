"""The commands about one action of a plan: what each asks, when it is refused, and the fact it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from functools import partial
from typing import ClassVar
from uuid import UUID, uuid5

from domain import facts
from domain.command import Link, Measure, Narrative, Reason, Reference, Title, refuse
from domain.plans.action_state import ActionState
from domain.plans.base import Draft, PlanAct, PlanCommand
from domain.plans.checks import as_office, measured, of_this_plan, within_ten_years
from domain.plans.policies import (
    ActionCase,
    ActionPolicy,
    PlanCase,
    another_person_reported_it,
    it_has_not_ended,
    it_is_done,
    it_is_not_accepted_yet,
    it_is_not_done,
    it_is_not_open,
    it_is_not_worked_on_elsewhere,
    it_is_reported_complete,
    it_may_be_unneeded,
    not_reportable,
    the_plan_is_open,
    there_is_a_choice,
    there_is_evidence,
    there_is_room_for_evidence,
)
from domain.plans.state import PlanState
from domain.plans.stories import track_beside
from domain.values.errors import ChangedMeanwhile, NotFound, RuleBroken
from domain.values.plans import REPORTED, Figure, Impact, Progress, Track
from domain.values.words import in_words


@dataclass(frozen=True)
class ActionCommand(PlanCommand):
    """`seen` is the version of the action that the person looked at."""

    before: ClassVar[Sequence[ActionPolicy]] = (the_plan_is_open, it_has_not_ended)
    policies: ClassVar[Sequence[ActionPolicy]] = ()
    offered: ClassVar[Sequence[ActionPolicy]] = ()

    action: int
    _: KW_ONLY
    seen: int | None = None

    def follow(self, plan: PlanState, act: PlanAct) -> Draft:
        known = plan.actions.get(self.action)
        if self.seen is not None:
            known = _known(known, self.action)
            if known.last.version != self.seen:
                raise ChangedMeanwhile(self.action, self.seen, known.last.version)
        refuse([the_plan_is_open(PlanCase(plan))])
        act.must_lie(self.on, plan.first_day, "The plan was opened")
        known = _known(known, self.action)
        act.must_lie(self.on, known.last.true_on, "The action last changed")
        refuse(policy(ActionCase(plan, known, act.by.actor)) for policy in (*self.before, *self.policies))
        return self.tell(plan, known, act)

    def tell(self, plan: PlanState, known: ActionState, act: PlanAct) -> Draft:
        """The fact, once no policy refuses: the command's own words, unless a command says more."""
        return partial(self.tells, true_on=self.on, action=self.action, **act.sealed)


def _known(action: ActionState | None, number: int) -> ActionState:
    if action is None:
        raise NotFound(f"The plan has no action number {number}.")
    return action


# --- the commands ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ChangeFindings(ActionCommand):
    """The action answers other findings than was said."""

    code = "change_action_findings"
    tells = facts.ActionFindingsChanged
    offered = (there_is_a_choice,)
    findings: Sequence[UUID]

    def tell(self, plan: PlanState, known: ActionState, act: PlanAct) -> Draft:
        now = of_this_plan(plan, self.findings, self.on)
        if set(now) == set(known.findings):
            raise RuleBroken("The action answers those findings already.")
        return partial(facts.ActionFindingsChanged, true_on=self.on, action=self.action, findings=now)


@dataclass(frozen=True, kw_only=True)
class ChangeOwner(ActionCommand):
    """Another office owns the action."""

    code = "change_action_owner"
    tells = facts.ActionOwnerChanged
    owner: str

    def tell(self, plan: PlanState, known: ActionState, act: PlanAct) -> Draft:
        now = as_office(self.owner)
        if now == known.owner:
            raise RuleBroken(f"The action is owned by {now} already.")
        return partial(facts.ActionOwnerChanged, true_on=self.on, action=self.action, was=known.owner, now=now)


@dataclass(frozen=True, kw_only=True)
class MoveDueDate(ActionCommand):
    """The action is due on another day; the old day and the reason stay, and moves are counted. An action without a due
    date gets one."""

    code = "move_action_due_date"
    tells = facts.ActionDueDateMoved
    policies = (it_is_not_done,)
    due_on: date
    why: Reason

    def tell(self, plan: PlanState, known: ActionState, act: PlanAct) -> Draft:
        if self.due_on == known.due_on:
            raise RuleBroken(f"The action is due on {in_words(self.due_on)} already.")
        within_ten_years(self.due_on, self.on)
        return partial(
            facts.ActionDueDateMoved,
            true_on=self.on,
            action=self.action,
            was=known.due_on,
            now=self.due_on,
            why=act.words("why"),
        )


@dataclass(frozen=True, kw_only=True)
class SetMeasure(ActionCommand):
    """By what success is measured, from where to where."""

    code = "set_action_measure"
    tells = facts.ActionMeasureSet
    measure: Measure
    unit: str | None = None
    baseline: Figure | None = None
    target: Figure | None = None

    def tell(self, plan: PlanState, known: ActionState, act: PlanAct) -> Draft:
        sealed = act.words("measure")
        unit = measured(sealed, self.unit, self.baseline, self.target)
        return partial(
            facts.ActionMeasureSet,
            true_on=self.on,
            action=self.action,
            measure=sealed,
            unit=unit,
            baseline=self.baseline,
            target=self.target,
        )


@dataclass(frozen=True, kw_only=True)
class ReportProgress(ActionCommand):
    """The owner says how far the action is. Complete still asks for evidence and a second person's acceptance;
    embedded comes only after it. How sure the owner is counts only until then: beside either it is left out."""

    code = "report_progress"
    tells = facts.ActionProgressReported
    progress: Progress
    track: Track | None = None
    now: Figure | None = None
    narrative: Narrative | None = None

    def tell(self, plan: PlanState, known: ActionState, act: PlanAct) -> Draft:
        if self.progress not in REPORTED:
            raise RuleBroken("Close, withdraw, or say that no action is required, each with a reason of its own.")
        if self.now is not None and known.measure is None:
            raise RuleBroken("The action has no success measure. Set one first, then report its figure.")
        refuse([not_reportable(known, self.progress)])
        track = track_beside(self.progress, self.track)
        told = (self.progress, track or track_beside(self.progress, known.track), self.now or known.now)
        narrative = act.words_if_any("narrative")
        if told == (known.progress, known.track, known.now) and narrative is None:
            raise RuleBroken("Nothing changed. Say what is new, or leave the action as it is.")
        return partial(
            facts.ActionProgressReported,
            true_on=self.on,
            action=self.action,
            progress=self.progress,
            track=track,
            now=self.now,
            narrative=narrative,
        )


@dataclass(frozen=True, kw_only=True)
class RateImpact(ActionCommand):
    """What the action has changed for children, whether or not it is done."""

    code = "rate_impact"
    tells = facts.ActionImpactRated
    impact: Impact
    why: Reason | None = None

    def tell(self, plan: PlanState, known: ActionState, act: PlanAct) -> Draft:
        why = act.words_if_any("why")
        if self.impact is known.impact and why is None:
            raise RuleBroken("That is the impact already held. Say what is new, or leave it.")
        return partial(facts.ActionImpactRated, true_on=self.on, action=self.action, impact=self.impact, why=why)


@dataclass(frozen=True, kw_only=True)
class OfferEvidence(ActionCommand):
    """A link (https) or a reference that shows the action was done."""

    code = "offer_evidence"
    tells = facts.ActionEvidenceOffered
    policies = (there_is_room_for_evidence,)
    title: Title
    link: Link | None = None
    reference: Reference | None = None

    def tell(self, plan: PlanState, known: ActionState, act: PlanAct) -> Draft:
        if self.link is None and self.reference is None:
            raise RuleBroken("Give a link to the evidence, or a reference by which it can be found.")
        return partial(
            facts.ActionEvidenceOffered,
            true_on=self.on,
            action=self.action,
            evidence=self.made(act.by.command),
            title=act.words("title"),
            link=act.words_if_any("link"),
            reference=act.words_if_any("reference"),
        )

    def made(self, command: UUID) -> UUID:
        return uuid5(command, "evidence")


@dataclass(frozen=True, kw_only=True)
class AcceptCompletion(ActionCommand):
    """A second person accepts the evidence that the action is complete."""

    code = "accept_completion"
    tells = facts.ActionCompletionAccepted
    policies = (it_is_reported_complete, it_is_not_accepted_yet, another_person_reported_it, there_is_evidence)


@dataclass(frozen=True, kw_only=True)
class RefuseCompletion(ActionCommand):
    """A second person does not accept; the action is in progress again, and the reason stands."""

    code = "refuse_completion"
    tells = facts.ActionCompletionRefused
    policies = (it_is_reported_complete, it_is_not_accepted_yet, another_person_reported_it)
    why: Reason


@dataclass(frozen=True, kw_only=True)
class CloseAction(ActionCommand):
    """Nothing more is expected of an action that is complete and evidenced, or embedded."""

    code = "close_action"
    tells = facts.ActionClosed
    policies = (it_is_done,)
    why: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawAction(ActionCommand):
    """Give the action up; it stays visible with the reason."""

    code = "withdraw_action"
    tells = facts.ActionWithdrawn
    why: Reason


@dataclass(frozen=True, kw_only=True)
class FindUnneeded(ActionCommand):
    """No action is required after all."""

    code = "find_action_unneeded"
    tells = facts.ActionFoundUnneeded
    policies = (it_may_be_unneeded,)
    why: Reason


@dataclass(frozen=True, kw_only=True)
class ReopenAction(ActionCommand):
    """The action is in progress again."""

    code = "reopen_action"
    tells = facts.ActionReopened
    before = (the_plan_is_open, it_is_not_worked_on_elsewhere)
    policies = (it_is_not_open,)
    why: Reason


ACTION_COMMANDS: tuple[type[ActionCommand], ...] = (
    AcceptCompletion,
    RefuseCompletion,
    ReportProgress,
    OfferEvidence,
    MoveDueDate,
    RateImpact,
    SetMeasure,
    ChangeOwner,
    ChangeFindings,
    CloseAction,
    WithdrawAction,
    FindUnneeded,
    ReopenAction,
)
