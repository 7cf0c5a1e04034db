"""What every command about a plan is: a frozen record that gives the fact that follows, or says why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from domain.command import Act, give_no_reason_beside
from domain.facts import PlanFact
from domain.plans.replaced import Replaced
from domain.plans.state import PlanState
from domain.values.activities import Activity
from domain.values.statements import Kind

Draft = Callable[..., PlanFact]
"""A fact that lacks who tells it and its place in a stream."""

AllowedCodes = frozenset[str]
"""Codes of commands that would not be refused as things stand, and are of use."""


@dataclass(frozen=True)
class PlanAct(Act):
    """A command in hand, with what a decision may ask about the world around the plan."""

    activity: Callable[[], Activity]
    """The report's or letter's entry."""
    answer_days: Callable[[], int]
    """How many clear days an answer may take in this authority."""
    replaced: Callable[[date], Replaced | None]
    """The newer graded report that had taken the place of the plan's by a day."""


@dataclass(frozen=True)
class PlanCommand:
    """`on` is the day of which it speaks.

    `code` never changes: ids of commands that a file or the demonstration sends again are made of it. Words are sealed
    for the fact that it `tells`."""

    code: ClassVar[str]
    tells: ClassVar[Any]

    plan: UUID
    _: KW_ONLY
    on: date

    def decide(self, plan: PlanState, act: PlanAct) -> Draft:
        """The fact that follows. Raises RuleBroken, NotFound, ChangedMeanwhile."""
        give_no_reason_beside(act.by, "in a plan")
        return self.follow(plan, act)

    def follow(self, plan: PlanState, act: PlanAct) -> Draft:
        raise NotImplementedError

    def made(self, command: UUID) -> UUID | None:
        """The id of what it makes, if it makes anything but an action."""
        return None

    def in_history(self) -> Kind | None:
        """What the authority's history is told too, where the plan is no example."""
        return None


def allowed(commands: Iterable[Any], case: Any) -> AllowedCodes:
    """Which of these commands would not be refused in a case, and are of use."""
    return frozenset(
        one.code for one in commands if not any(why(case) for why in (*one.before, *one.policies, *one.offered))
    )
