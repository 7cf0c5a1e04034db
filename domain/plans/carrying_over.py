"""Carrying open actions over from a plan whose report was replaced into the plan of a newer report: one command, facts
on both plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from domain import facts
from domain.command import refuse
from domain.facts import Told
from domain.plans.action_state import ActionState
from domain.plans.base import Draft, PlanAct
from domain.plans.checks import MOST_ACTIONS, of_this_plan, within_reach
from domain.plans.commands import WholePlanCommand
from domain.plans.plan import ActionPlan
from domain.plans.policies import PlanCase, an_action_is_open, its_report_was_replaced
from domain.plans.replaced import Replaced, answers_newer
from domain.plans.state import PlanState
from domain.values.errors import NotFound, RuleBroken
from domain.values.plans import Progress
from domain.values.sealed import Sealed, SealedText
from domain.values.words import in_words

Reseal = Callable[[SealedText, int, str], Sealed]
"""The words of an action sealed anew for another plan, under the number that the action has there, in a field. Raises
RuleBroken where they were erased."""


@dataclass(frozen=True, kw_only=True)
class CarryOver(WholePlanCommand):
    """These open actions go on in the plan `into`, where they answer `findings`. `due_on` is when they are due from now
    on; without it each keeps the day that was promised, which must not have passed.

    The old day, evidence and story stay with the old action; the new one begins as far as the old one had come."""

    code = "carry_over_actions"
    tells = facts.ActionCarriedOver
    policies = (its_report_was_replaced, an_action_is_open)
    into: UUID
    actions: Sequence[int]
    findings: Sequence[UUID]
    due_on: date | None = None

    def case(self, plan: PlanState, act: PlanAct) -> PlanCase:
        return PlanCase(plan, act.by.actor, self.on, replaced=act.replaced(self.on))

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        raise NotImplementedError("it is told of two plans: carry_over")


def carry_over(old: ActionPlan, new: ActionPlan, command: CarryOver, act: PlanAct, reseal: Reseal) -> None:
    """Tell both plans. Raises RuleBroken, NotFound."""
    case = command.case(old.state, act)
    refuse(policy(case) for policy in command.before)
    act.must_lie(command.on, *command.since(old.state))
    refuse(policy(case) for policy in command.policies)
    assert case.replaced is not None
    _must_take(new, old, case.replaced)
    act.must_lie(command.on, new.state.first_day, "The newer plan was opened")
    findings = of_this_plan(new.state, command.findings, command.on)
    for number in _chosen(old.state, command):
        known = old.state.actions[number]
        act.must_lie(command.on, known.last.true_on, f"Action {number} last changed")
        there = len(new.state.actions) + 1
        if there > MOST_ACTIONS:
            raise RuleBroken(f"A plan holds at most {MOST_ACTIONS} actions. Carry fewer over.")
        due_on = command.due_on or known.due_on
        if due_on is not None and due_on < command.on:
            raise RuleBroken(f"Action {number} was due on {in_words(due_on)}. Say by when it is due from now on.")
        if due_on is not None:
            within_reach(due_on, command.on)
        new.tell(_added(known, old.id, there, findings, due_on, command.on, reseal), act.by)
        if known.progress is not Progress.NOT_STARTED or known.track is not None or known.now is not None:
            new.tell(_so_far(known, there, command.on), act.by)
        carried: Draft = partial(
            facts.ActionCarriedOver, true_on=command.on, action=number, plan=new.id, carried_action=there
        )
        old.tell(carried, act.by)


def _must_take(new: ActionPlan, old: ActionPlan, replaced: Replaced) -> None:
    state = new.state
    newer = state.closed is None and answers_newer(replaced, state.basis, state.activity, state.published_on)
    if new.urn != old.urn or new.id == old.id or not newer:
        raise RuleBroken("Choose the open plan of the newer report, of the same authority.")
    if new.state.example is not old.state.example:
        raise RuleBroken("One of the plans is an example. Nothing is carried over between an example and a real plan.")


def _chosen(plan: PlanState, command: CarryOver) -> list[int]:
    """The numbers of the actions to carry over, each once."""
    wanted = list(dict.fromkeys(command.actions))
    if not wanted:
        raise RuleBroken("Choose the actions to carry over.")
    for number in wanted:
        if number not in plan.actions:
            raise NotFound(f"The plan has no action number {number}.")
        if not plan.actions[number].open:
            raise RuleBroken(f"Action {number} is not open any more. Leave it out.")
    return wanted


def _added(
    known: ActionState,
    plan: UUID,
    number: int,
    findings: tuple[UUID, ...],
    due_on: date | None,
    on: date,
    reseal: Reseal,
) -> Draft:
    return partial(
        facts.ActionAdded,
        true_on=on,
        action=number,
        findings=findings,
        what=reseal(known.what, number, "what"),
        owner=known.owner,
        due_on=due_on,
        measure=None if known.measure is None else reseal(known.measure, number, "measure"),
        unit=known.unit,
        baseline=known.baseline,
        target=known.target,
        example=known.example,
        carried_from_plan=plan,
        carried_from_action=known.number,
    )


def _so_far(known: ActionState, number: int, on: date) -> Draft:
    """How far the action had come; that it was reported complete is for the new plan to say, with the evidence."""
    begun = known.progress is not Progress.NOT_STARTED
    return partial(
        facts.ActionProgressReported,
        true_on=on,
        action=number,
        progress=Progress.IN_PROGRESS if begun else Progress.NOT_STARTED,
        track=known.track,
        now=known.now,
        narrative=None,
    )


def told_by(new: ActionPlan, by: Told) -> int | None:
    """The number of the first action that a command added to a plan."""
    return next((one.number for one in new.state.actions.values() if one.added.command == by.command), None)
