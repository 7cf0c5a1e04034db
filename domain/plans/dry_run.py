"""Commands of one plan tried on a copy of it: refused as they would be, and nothing is kept."""

from __future__ import annotations

from uuid import UUID

from domain.facts import Told
from domain.plans.base import PlanCommand
from domain.plans.handler import PlanCommands, PlanDone
from domain.sealing import sealed_words
from domain.values.sealed import Sealed, subject_of


class DryRun:
    """A plan as it is now, and as each command tried on it would leave it. Words are checked and not kept."""

    def __init__(self, plans: PlanCommands, plan: UUID) -> None:
        self._plans = plans
        self.plan = plans.plan(plan)

    def do(self, command: PlanCommand, *, by: Told) -> PlanDone:
        """Try a command."""
        positions = self._plans.ledger.positions_of(by.command)
        if positions is None:
            nothing = Sealed(subject_of(by.command), "", "")
            self._plans.decide(self.plan, command, by, sealed_words(command, lambda field, text: nothing))
        return self._plans.done(self.plan, command, by, positions[1] if positions else 0, repeated=bool(positions))
