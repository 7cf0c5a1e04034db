"""Many commands about one plan in a row: it is replayed once, and each is told to the plan that the last one left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from domain.facts import Told
from domain.plans.commands import PlanCommands
from domain.plans.handler import PlanDone
from domain.plans.plan import ActionPlan
from domain.values.statements import Kind


class PlanInHand(PlanCommands):
    """The door for writing to one plan. Each command is kept by itself, as from any other door.

    Where others wrote to the plan in between, saving finds it out, and the command is decided on the plan as it is
    then. For one thread, and no longer than the commands take."""

    def __init__(self, planning: PlanCommands, plan: UUID) -> None:
        super().__init__(planning.ledger, planning.authorities, planning.people, planning.sealing)
        self._planning = planning
        self._id = plan
        self._held: ActionPlan | None = None

    def plan(self, plan: UUID) -> ActionPlan:
        """The plan in hand; any other as of now. It is shared: do not change it."""
        if plan != self._id:
            return self._planning.plan(plan)
        if self._held is None:
            self._held = self._planning.plan(plan)
        return self._held

    def _let_go(self) -> None:
        self._held = None

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
        try:
            return super()._in_plan(plan, by, decide, made=made, tell=tell, day=day)
        except BaseException:
            # What was decided may stand in the plan in hand, and is not kept.
            self._let_go()
            raise
