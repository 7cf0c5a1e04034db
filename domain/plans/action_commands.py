"""The commands about one action of a plan: what each asks, when it is refused, and the fact it tells.

What depends on the state alone is a policy, asked by `decide` and by `allowed` alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple
from uuid import UUID, uuid5

from domain import facts
from domain.command import Act, Link, Measure, Narrative, Reason, Reference, Title, refuse
from domain.facts import PlanFact
from domain.plans.checks import MOST_EVIDENCE, as_office, measured, of_this_plan, within_reach
from domain.plans.state import ActionState, PlanState
from domain.values.errors import ChangedMeanwhile, NotFound, RuleBroken
from domain.values.plans import DONE, REPORTED, Figure, Impact, Progress, Track
from domain.values.words import in_words

# --- policies -------------------------------------------------------------------------------------------------------


class Case(NamedTuple):
    """An action of a plan, and who would act."""

    plan: PlanState
    action: ActionState
    actor: str = ""


Draft = Callable[..., PlanFact]
"""A fact that lacks who tells it and its place in a stream."""

Policy = Callable[[Case], str | None]
"""Why it cannot be done as things stand, in words safe to show; None where it can."""

_ENDED = {
    Progress.CLOSED: "The action was closed",
    Progress.WITHDRAWN: "The action was withdrawn",
    Progress.NO_ACTION_REQUIRED: "The action was found not to be required",
}


def the_plan_is_open(case: Case) -> str | None:
    return _open(case.plan)


def _open(plan: PlanState) -> str | None:
    closed = plan.closed
    return closed and f"The plan was closed on {in_words(closed.true_on)}. Reopen it first, with the reason."


def it_has_not_ended(case: Case) -> str | None:
    ended = _ENDED.get(case.action.progress)
    return ended and f"{ended} on {in_words(case.action.last.true_on)}. Reopen it, with the reason."


def it_is_not_done(case: Case) -> str | None:
    return None if case.action.open else "The action is done. Reopen it first if it is due again."


def it_is_done(case: Case) -> str | None:
    done = case.action.steps[-1].reading in DONE
    return None if done else "Only an action that is complete and evidenced, or embedded, can be closed."


def it_is_reported_complete(case: Case) -> str | None:
    told = case.action.progress is Progress.COMPLETE and case.action.reported is not None
    return None if told else "The action is not reported complete."


def it_is_not_accepted_yet(case: Case) -> str | None:
    accepted = case.action.accepted
    return accepted and f"Its completion was already accepted, on {in_words(accepted.true_on)}."


def another_person_reported_it(case: Case) -> str | None:
    own = case.actor in case.action.reporters
    return "You reported this action complete. A second person must look at the evidence." if own else None


def there_is_evidence(case: Case) -> str | None:
    if case.action.evidence:
        return None
    return "There is no evidence yet. A link or a reference must be offered before it can be accepted."


def there_is_room_for_evidence(case: Case) -> str | None:
    room = len(case.action.evidence) < MOST_EVIDENCE
    return None if room else f"An action holds at most {MOST_EVIDENCE} pieces of evidence."


def it_may_be_unneeded(case: Case) -> str | None:
    needed = "The action is complete and evidenced; it was needed. Close it instead."
    return needed if case.action.accepted else None


def it_is_not_open(case: Case) -> str | None:
    return "The action is open." if case.action.progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS) else None


def there_is_a_choice(case: Case) -> str | None:
    """Not a refusal: nobody is offered to change the only finding there is."""
    return None if len(case.plan.findings) > 1 else "The plan has one finding only."


# --- what they share ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActionCommand:
    """`on` is the day of which it speaks; `seen` the version of the action that the person looked at.

    `code` never changes: ids of commands that a file or the demonstration sends again are made of it."""

    code: ClassVar[str]
    tells: ClassVar[Any]
    before: ClassVar[Sequence[Policy]] = (the_plan_is_open, it_has_not_ended)
    policies: ClassVar[Sequence[Policy]] = ()
    offered: ClassVar[Sequence[Policy]] = ()

    plan: UUID
    action: int
    _: KW_ONLY
    on: date
    seen: int | None = None

    def decide(self, plan: PlanState, act: Act) -> Draft:
        """The fact that follows. Raises RuleBroken, NotFound, ChangedMeanwhile."""
        known = plan.actions.get(self.action)
        if self.seen is not None:
            known = _known(known, self.action)
            if known.last.version != self.seen:
                raise ChangedMeanwhile(self.action, self.seen, known.last.version)
        assert plan.opened is not None
        refuse([_open(plan)])
        act.must_lie(self.on, plan.opened.true_on, "The plan was opened")
        known = _known(known, self.action)
        act.must_lie(self.on, known.last.true_on, "The action last changed")
        refuse(policy(Case(plan, known, act.by.actor)) for policy in (*self.before, *self.policies))
        return self.tell(plan, known, act)

    def tell(self, plan: PlanState, known: ActionState, act: Act) -> Draft:
        """The fact, once no policy refuses: the command's own words, unless a command says more."""
        return partial(self.tells, true_on=self.on, action=self.action, **act.sealed)

    def made(self, command: UUID) -> UUID | None:
        """The id of what it makes, if it makes anything."""
        return None


def _known(action: ActionState | None, number: int) -> ActionState:
    if action is None:
        raise NotFound(f"The plan has no action number {number}.")
    return action


def allowed(plan: PlanState, action: ActionState, actor: str = "") -> frozenset[str]:
    """The codes of the commands that would not be refused as things stand, and are of use."""
    case = Case(plan, action, actor)
    return frozenset(
        one.code for one in ACTION_COMMANDS if not any(why(case) for why in (*one.before, *one.policies, *one.offered))
    )


# --- the commands ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ChangeFindings(ActionCommand):
    """The action answers other findings than was said."""

    code = "change_action_findings"
    tells = facts.ActionFindingsChanged
    offered = (there_is_a_choice,)
    findings: Sequence[UUID]

    def tell(self, plan: PlanState, known: ActionState, act: Act) -> Draft:
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

    def tell(self, plan: PlanState, known: ActionState, act: Act) -> Draft:
        now = as_office(self.owner)
        if now == known.owner:
            raise RuleBroken(f"The action is owned by {now} already.")
        return partial(facts.ActionOwnerChanged, true_on=self.on, action=self.action, was=known.owner, now=now)


@dataclass(frozen=True, kw_only=True)
class MoveDueDate(ActionCommand):
    """The action is due on another day; the old day and the reason stay, and moves are counted."""

    code = "move_action_due_date"
    tells = facts.ActionDueDateMoved
    policies = (it_is_not_done,)
    due_on: date
    why: Reason

    def tell(self, plan: PlanState, known: ActionState, act: Act) -> Draft:
        if self.due_on == known.due_on:
            raise RuleBroken(f"The action is due on {in_words(self.due_on)} already.")
        within_reach(self.due_on, self.on)
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

    def tell(self, plan: PlanState, known: ActionState, act: Act) -> Draft:
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
    embedded comes only after it."""

    code = "report_progress"
    tells = facts.ActionProgressReported
    progress: Progress
    track: Track | None = None
    now: Figure | None = None
    narrative: Narrative | None = None

    def tell(self, plan: PlanState, known: ActionState, act: Act) -> Draft:
        if self.progress not in REPORTED:
            raise RuleBroken("Close, withdraw, or say that no action is required, each with a reason of its own.")
        if self.now is not None and known.measure is None:
            raise RuleBroken("The action has no success measure. Set one first, then report its figure.")
        if self.progress not in reportable(known):
            raise RuleBroken(_not_reportable(known, self.progress))
        told = (self.progress, self.track or known.track, self.now or known.now)
        narrative = act.words_if_any("narrative")
        if told == (known.progress, known.track, known.now) and narrative is None:
            raise RuleBroken("Nothing changed. Say what is new, or leave the action as it is.")
        return partial(
            facts.ActionProgressReported,
            true_on=self.on,
            action=self.action,
            progress=self.progress,
            track=self.track,
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

    def tell(self, plan: PlanState, known: ActionState, act: Act) -> Draft:
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

    def tell(self, plan: PlanState, known: ActionState, act: Act) -> Draft:
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
    before = (the_plan_is_open,)
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


def reportable(action: ActionState) -> tuple[Progress, ...]:
    """How far an action can be said to be, as it stands."""
    if action.accepted is not None:
        return (Progress.EMBEDDED,)
    if action.progress is Progress.COMPLETE:
        return (Progress.COMPLETE,)
    return tuple(one for one in REPORTED if one is not Progress.EMBEDDED)


def _not_reportable(action: ActionState, progress: Progress) -> str:
    if progress is Progress.EMBEDDED:
        return "Only an action whose completion was accepted can be embedded."
    if action.accepted is not None:
        return "The action's completion was accepted. Reopen it, with the reason, if it is not complete."
    return "The action was reported complete. Reopen it, with the reason, if it is not."
