"""Carrying out commands about plans: load, seal the words, decide, hold it to the right, save once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from domain import facts
from domain.authorities.handler import AuthorityHandler
from domain.command import give_no_reason_beside
from domain.facts import Told, stored_name
from domain.handler import carry_out
from domain.ledger.store import Ledger
from domain.people.commands import PeopleCommands
from domain.people.rights import must_be_allowed
from domain.plans.base import PlanAct, PlanCommand
from domain.plans.carrying_over import CarryOver, carry_over, told_by
from domain.plans.commands import ChooseLabels, EraseWords, OpenPlan
from domain.plans.erasing import copies_of, erase_everywhere
from domain.plans.plan import ActionPlan
from domain.plans.replaced import Replaced, replaced_by
from domain.sealing import Sealing
from domain.values.activities import Activity, Status
from domain.values.errors import CommandAlreadyDone, ConcurrentChange, NotFound, Overtaken, RuleBroken
from domain.values.plans import ANSWER_DAYS
from domain.values.sealed import Place, Sealed, SealedText, subject_of
from domain.values.statements import Kind

CONVENTIONS_CHOSEN = stored_name(facts.PlanConventionsChosen)
"""Stored name of an authority's choice of labels."""


@dataclass(frozen=True)
class PlanDone:
    """A command about a plan was carried out, now or when it was first sent. `made` is the number of the action, or the
    id of the question or evidence, that it made."""

    plan: UUID
    position: int
    repeated: bool = False
    made: int | UUID | None = None


class PlanCommands:
    """Plans as of now, and their commands.

    Whoever is on the roll may tell what `domain.people.rights` lets them; who is not is the machine's own."""

    def __init__(self, ledger: Ledger, authorities: AuthorityHandler, people: PeopleCommands, sealing: Sealing) -> None:
        self.ledger = ledger
        self._authorities = authorities
        self._people = people
        self._sealing = sealing

    # --- what is known ----------------------------------------------------------------------------------------------

    def plan(self, plan: UUID) -> ActionPlan:
        """A plan as of now. Raises NotFound."""
        known = self.ledger.load(ActionPlan, plan)
        if known is None:
            raise NotFound("No such action plan is recorded.")
        return known

    def answer_days(self, urn: str) -> int:
        """How many clear days an answer may take in this authority."""
        chosen = self._latest_choice(urn)
        return chosen[1].answer_days if chosen else ANSWER_DAYS

    def _latest_choice(self, urn: str) -> tuple[int, facts.PlanConventionsChosen] | None:
        """An authority's choice of labels as of now, with its position; None where it never made one."""
        found = None
        for position, fact in self.ledger.read_facts(names=(CONVENTIONS_CHOSEN,)):
            if isinstance(fact, facts.PlanConventionsChosen) and fact.urn == urn:
                found = position, fact
        return found

    # --- commands ---------------------------------------------------------------------------------------------------

    def do(self, command: OpenPlan | ChooseLabels | PlanCommand, *, by: Told) -> PlanDone:
        """Carry a command out once. Raises RuleBroken, NotFound, ChangedMeanwhile, Overtaken."""
        if isinstance(command, OpenPlan):
            return self._open(command, by)
        if isinstance(command, ChooseLabels):
            return self._choose(command, by)
        if isinstance(command, CarryOver):
            return self._carry_over(command, by)
        return self.carry_out(command, by, partial(self.plan, command.plan))

    def carry_out(self, command: PlanCommand, by: Told, load: Callable[[], ActionPlan]) -> PlanDone:
        """Carry a command out once, on the plan that `load` gives; where the plan is no example, its authority's
        history is told of it too."""
        if isinstance(command, EraseWords):
            return self._erase(command, by)
        decided: list[ActionPlan] = []

        def attempt() -> list[Any]:
            known = load()
            decided[:] = [known]
            self.decide(known, command, by, self._sealing.words_of(command, command.plan, by))
            asked_by = {name: one.asked.by for name, one in known.state.challenges.items()}
            must_be_allowed(self._people.teller(by), known.urn, known.pending_events, asked_by=asked_by)
            return [known, *self._history_told(known, command, by)]

        outcome = carry_out(self.ledger, by.command, attempt, what="the same plan")
        known = self.plan(command.plan) if outcome.repeated else decided[0]
        return self.done(known, command, by, outcome.position, repeated=outcome.repeated)

    def decide(self, known: ActionPlan, command: PlanCommand, by: Told, sealed: Mapping[str, Sealed | None]) -> None:
        """Tell the plan what follows from a command; nothing is saved."""

        known.tell(command.decide(known.state, self._act(known, by, sealed)), by)

    def _act(self, known: ActionPlan, by: Told, sealed: Mapping[str, Sealed | None]) -> PlanAct:
        def activity() -> Activity:
            return self._authorities.authority(known.state.made_for).activity(known.state.activity)

        def replaced(on: date) -> Replaced | None:
            urns = dict.fromkeys((known.state.made_for, known.urn))
            held = [one for urn in urns for one in self._authorities.authority(urn).activities]
            return replaced_by(known.state, held, on=on)

        return PlanAct(by, sealed, activity, partial(self.answer_days, known.urn), replaced)

    def _carry_over(self, command: CarryOver, by: Told) -> PlanDone:
        """Carry actions of one plan over into another, in one save of both."""
        give_no_reason_beside(by, "in a plan")
        added: list[int | None] = []

        def attempt() -> list[ActionPlan]:
            old, new = self.plan(command.plan), self.plan(command.into)
            carry_over(old, new, command, self._act(old, by, {}), partial(self._sealed_anew, new.id, by))
            for plan in (old, new):
                must_be_allowed(self._people.teller(by), plan.urn, plan.pending_events)
            added[:] = [told_by(new, by)]
            return [old, new]

        outcome = carry_out(self.ledger, by.command, attempt, what="the same plans")
        made = told_by(self.plan(command.into), by) if outcome.repeated else added[0]
        return PlanDone(command.into, outcome.position, outcome.repeated, made)

    def _sealed_anew(self, plan: UUID, by: Told, kept: SealedText, number: int, field: str) -> Sealed:
        """Words of one plan sealed for an action of another, under a key of that action's own."""
        text = self._sealing.keys.read([kept])[kept]
        if text is None:
            raise RuleBroken("The words of one of these actions were erased. Add it to the newer plan anew.")
        place = Place(plan, by.command, stored_name(facts.ActionAdded), field)
        return self._sealing.keys.seal(text, place, subject_of(uuid5(by.command, f"action {number}")))

    def _erase(self, command: EraseWords, by: Told) -> PlanDone:
        """Erase words with every copy of them in other plans, in one save."""
        keys = self._sealing.keys

        def attempt() -> list[ActionPlan]:
            known = self.plan(command.plan)
            changed = erase_everywhere(known, command, self._act(known, by, {}), self.plan)
            for plan in changed:
                must_be_allowed(self._people.teller(by), plan.urn, plan.pending_events)
            return changed

        outcome = carry_out(self.ledger, by.command, attempt, what="the same plan")
        copies = copies_of(command.plan, command.subjects, lambda name: self.plan(name).state)
        for plan in {command.plan, *(name for name, _ in copies)}:
            keys.destroy(self.plan(plan).state.erased)
        return PlanDone(command.plan, outcome.position, outcome.repeated)

    def done(
        self, known: ActionPlan, command: PlanCommand, by: Told, position: int, *, repeated: bool = False
    ) -> PlanDone:
        """What a command did, from the plan as it left it."""
        made: int | UUID | None = command.made(by.command)
        if made is None:
            newest_first = reversed(known.state.actions.values())
            made = next((action.number for action in newest_first if action.added.command == by.command), None)
        return PlanDone(known.id, position, repeated, made)

    def _history_told(self, known: ActionPlan, command: PlanCommand, by: Told) -> list[Any]:
        """The authority whose report the plan answers with the plan's news pending, unless its history has that day
        already."""
        kind = command.in_history()
        if kind is None or known.state.example:
            return []
        authority = self._authorities.authority(known.state.made_for)
        live = (one for one in authority.activities if one.status is not Status.WITHDRAWN)
        if any(one.kind is kind and one.on == command.on for one in live):
            return []
        entry = uuid5(by.command, "activity")
        if kind is Kind.ACTION_PLAN_SUBMITTED:
            authority.submit_plan(entry, submitted_on=command.on, by=by)
        else:
            authority.receive_plan_reply(entry, received_on=command.on, by=by)
        return [authority]

    # --- what begins a stream of its own ----------------------------------------------------------------------------

    def _open(self, command: OpenPlan, by: Told) -> PlanDone:
        urn = command.urn

        def attempt() -> list[ActionPlan]:
            known = self._authorities.authority(urn).activity(command.activity)
            for name in {known.id, *known.statements}:
                if self.ledger.load(ActionPlan, ActionPlan.create_id(urn, name)) is not None:
                    raise RuleBroken("There is a plan on that report or letter already.")
            opened = command.begin(known, by)
            must_be_allowed(self._people.teller(by), urn, opened.pending_events)
            return [opened]

        outcome = carry_out(self.ledger, by.command, attempt, what="the same plan")
        plan = ActionPlan.create_id(urn, self._authorities.authority(urn).activity(command.activity).id)
        return PlanDone(self._plan_told_by(by, plan) if outcome.repeated else plan, *outcome)

    def _plan_told_by(self, by: Told, otherwise: UUID) -> UUID:
        first, _ = self.ledger.positions_of(by.command) or (0, 0)
        found = [fact.originator_id for _, fact in self.ledger.read_facts(first, limit=1)]
        return found[0] if found else otherwise

    def _choose(self, command: ChooseLabels, by: Told) -> PlanDone:
        urn, seen = command.urn, command.seen
        self._authorities.authority(urn)
        chosen = command.begin(by)
        if seen is not None and self.ledger.positions_of(by.command) is None and self._choice_now(urn) != seen:
            raise Overtaken("these labels", seen, self._choice_now(urn))
        must_be_allowed(self._people.teller(by), urn, chosen.pending_events)
        try:
            return PlanDone(chosen.id, self.ledger.save(chosen, command=by.command)[1])
        except CommandAlreadyDone as already:
            return PlanDone(chosen.id, already.last, repeated=True)
        except ConcurrentChange:
            raise Overtaken("these labels", seen or 0, self._choice_now(urn)) from None

    def _choice_now(self, urn: str) -> int:
        chosen = self._latest_choice(urn)
        return chosen[0] if chosen else 0
