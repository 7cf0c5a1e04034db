"""The steps that every command of a plan shares: load, seal its words, hold it to the right, decide, save once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from domain import facts
from domain.authorities.handler import AuthorityHandler
from domain.facts import Told
from domain.handler import carry_out
from domain.ledger.store import Ledger
from domain.people.commands import PeopleCommands
from domain.people.rights import must_be_allowed
from domain.plans.plan import ActionPlan
from domain.sealing import Sealing
from domain.values.activities import Status
from domain.values.errors import NotFound
from domain.values.plans import ANSWER_DAYS
from domain.values.sealed import LONGEST_LINE, Sealed, as_line
from domain.values.statements import Kind

CONVENTIONS_CHOSEN = "plan_conventions.chosen"
"""Stored name of an authority's choice of labels."""


@dataclass(frozen=True)
class PlanDone:
    """A command about a plan was carried out, now or when it was first sent. `made` is the number of the action, or the
    id of the question or evidence, that it made."""

    plan: UUID
    position: int
    repeated: bool = False
    made: int | UUID | None = None


class PlanHandler:
    """Plans as of now, and how what is decided of them is kept.

    Whoever is on the roll may tell what `domain.people.rights` lets them; who is not is the machine's own."""

    def __init__(self, ledger: Ledger, authorities: AuthorityHandler, people: PeopleCommands, sealing: Sealing) -> None:
        self.ledger = ledger
        self.authorities = authorities
        self.people = people
        self.sealing = sealing

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

    # --- steps that every command shares ----------------------------------------------------------------------------

    def _in_plan(
        self,
        plan: UUID,
        by: Told,
        decide: Callable[[ActionPlan], None],
        *,
        made: UUID | None = None,
        tell: Kind | None = None,
        day: date | None = None,
    ) -> PlanDone:
        """Carry a command out once; where the plan is no example, `tell` the authority's history of it on a day."""

        decided: list[ActionPlan] = []

        def attempt() -> list[Any]:
            if decided:
                self._let_go()
            known = self.plan(plan)
            decide(known)
            decided[:] = [known]
            asked_by = {name: one.asked.by for name, one in known.state.challenges.items()}
            must_be_allowed(self.people.teller(by), known.urn, known.pending_events, asked_by=asked_by)
            return [known, *([] if tell is None or known.state.example else self._told_of(known.urn, tell, day, by))]

        outcome = carry_out(self.ledger, by.command, attempt, what="the same plan")
        if outcome.repeated:
            self._let_go()
            decided[:] = [self.plan(plan)]
        return self._done(decided[0], by, outcome.position, made, repeated=outcome.repeated)

    def _let_go(self) -> None:
        """Others wrote in between: whoever keeps a plan in hand loads it anew."""

    def _told_of(self, urn: str, kind: Kind, day: date | None, by: Told) -> list[Any]:
        """The authority with the plan's news pending, unless its history has that day already."""
        authority = self.authorities.authority(urn)
        live = (one for one in authority.activities if one.status is not Status.WITHDRAWN)
        if day is None or any(one.kind is kind and one.on == day for one in live):
            return []
        entry = uuid5(by.command, "activity")
        if kind is Kind.ACTION_PLAN_SUBMITTED:
            authority.submit_plan(entry, submitted_on=day, by=by)
        else:
            authority.receive_plan_reply(entry, received_on=day, by=by)
        return [authority]

    def _done(
        self, known: ActionPlan, by: Told, position: int, made: UUID | None, *, repeated: bool = False
    ) -> PlanDone:
        """What a command did, from the plan as it left it."""
        number: int | UUID | None = made
        if made is None:
            newest_first = reversed(known.state.actions.values())
            number = next((action.number for action in newest_first if action.added.command == by.command), None)
        return PlanDone(known.id, position, repeated, number)

    def _plan_told_by(self, by: Told, otherwise: UUID) -> UUID:
        first, _ = self.ledger.positions_of(by.command) or (0, 0)
        found = [fact.originator_id for _, fact in self.ledger.read_facts(first, limit=1)]
        return found[0] if found else otherwise

    def _measure(self, plan: UUID, by: Told, fact: type[facts.Fact], text: str | None) -> Sealed | None:
        if text is None:
            return None
        return self.sealing.seal(plan, by, fact, "measure", as_line(text, "what is measured", most=LONGEST_LINE))
