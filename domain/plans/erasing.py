"""Erasing the words of an action with every copy of them: what was carried over says the same in another plan, under a
key of its own. One command, facts on all the plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from domain.plans.base import PlanAct
from domain.plans.commands import EraseWords
from domain.plans.plan import ActionPlan
from domain.plans.state import PlanState
from domain.plans.stories import Carried

StateOf = Callable[[UUID], PlanState]


def said_again(plan: UUID, subject: UUID, state_of: StateOf) -> dict[tuple[UUID, UUID], Carried]:
    """Where else the words under a key of a plan stand: plan and key, with the action that has them there.

    What was copied is found first, back to the plan in which it was said; then every copy of that."""
    found: dict[tuple[UUID, UUID], Carried] = {}
    first = [(plan, subject)]
    for own, key in first:
        for name, there, action in _copied_from(own, key, state_of):
            found[name, there] = action
            first.append((name, there))
    queue = list(dict.fromkeys(first))
    for own, key in queue:
        for action in state_of(own).copies.get(key, ()):
            there = state_of(action.plan).actions[action.action].what.sealed.subject
            if (action.plan, there) not in found:
                found[action.plan, there] = action
                queue.append((action.plan, there))
    found.pop((plan, subject), None)
    return found


def erase_everywhere(
    known: ActionPlan, command: EraseWords, act: PlanAct, load: Callable[[UUID], ActionPlan]
) -> list[ActionPlan]:
    """Tell the plan, and every other one, given by `load`, that says the same; gives those told. Raises RuleBroken."""
    plans = {known.id: known}

    def plan(name: UUID) -> ActionPlan:
        if name not in plans:
            plans[name] = load(name)
        return plans[name]

    wanted: dict[UUID, list[UUID]] = {known.id: list(command.subjects)}
    for name, subject in copies_of(known.id, command.subjects, lambda name: plan(name).state):
        if subject not in plan(name).state.erased and subject not in wanted.setdefault(name, []):
            wanted[name].append(subject)
    told = [plan(name) for name, subjects in wanted.items() if subjects or name == known.id]
    for one in told:
        erasing = replace(command, plan=one.id, subjects=wanted[one.id])
        one.tell(erasing.decide(one.state, act), act.by)
    return told


def copies_of(plan: UUID, subjects: Iterable[UUID], state_of: StateOf) -> dict[tuple[UUID, UUID], Carried]:
    """The same for several keys of a plan."""
    held = state_of(plan).subjects
    return {
        where: action
        for subject in subjects
        if subject in held
        for where, action in said_again(plan, subject, state_of).items()
    }


def _copied_from(plan: UUID, subject: UUID, state_of: StateOf) -> list[tuple[UUID, UUID, Carried]]:
    """What of an earlier plan the words under a key are a copy of: plan, key and action."""
    found = []
    for action in state_of(plan).actions.values():
        was = action.carried_from
        if was is None or action.what.sealed.subject != subject:
            continue
        copies = state_of(was.plan).copies
        found += [(was.plan, key, was) for key, all_ in copies.items() if Carried(plan, action.number) in all_]
    return found
