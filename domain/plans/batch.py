"""Many commands about one plan in a row: it is replayed once, and each is told to the plan that the last one left."""

from __future__ import annotations

from uuid import UUID

from domain.facts import Told
from domain.plans.base import PlanCommand
from domain.plans.handler import PlanCommands, PlanDone
from domain.plans.plan import ActionPlan


class PlanBatch:
    """The door for writing to one plan. Each command is kept by itself, as from any other door.

    Where others wrote to the plan in between, saving finds it out, and the command is decided on the plan as it is
    then. For one thread, and no longer than the commands take."""

    def __init__(self, plans: PlanCommands, plan: UUID) -> None:
        self._plans = plans
        self._plan = plan
        self._held: ActionPlan | None = None

    @property
    def plan(self) -> ActionPlan:
        """The plan as the last command left it. It is shared: do not change it."""
        if self._held is None:
            self._held = self._plans.plan(self._plan)
        return self._held

    def do(self, command: PlanCommand, *, by: Told) -> PlanDone:
        """Carry out a command about the plan. Whatever is not kept of it is not held either."""
        decided: list[ActionPlan] = []

        def take() -> ActionPlan:
            decided[:] = [self.plan]
            self._held = None
            return decided[0]

        done = self._plans.carry_out(command, by, take)
        self._held = decided[0] if decided and not done.repeated else None
        return done
