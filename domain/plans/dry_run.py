"""Commands of one plan tried on a copy of it: refused as they would be, and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from domain import facts
from domain.facts import Told
from domain.plans.commands import PlanCommands
from domain.plans.handler import PlanDone
from domain.plans.plan import ActionPlan
from domain.sealing import Sealing
from domain.values.sealed import Sealed, subject_of
from domain.values.statements import Kind


class _Unkept(Sealing):
    """Makes no key."""

    def seal(self, stream: UUID, by: Told, fact: type[facts.Fact], field: str, text: str) -> Sealed:
        return Sealed(subject_of(by.command), "", "")


class Rehearsal(PlanCommands):
    """A plan as it is now, and as each command tried on it would leave it. Words are checked and not kept."""

    def __init__(self, planning: PlanCommands, plan: UUID) -> None:
        super().__init__(planning.ledger, planning.authorities, planning.people, _Unkept(planning.ledger))
        self._copy = planning.plan(plan)

    def plan(self, plan: UUID) -> ActionPlan:
        """The copy."""
        return self._copy

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
        positions = self.ledger.positions_of(by.command)
        if positions is not None:
            return self._done(self._copy, by, positions[1], made, repeated=True)
        decide(self._copy)
        return self._done(self._copy, by, 0, made)
