"""The post-Ofsted action plan as the library's aggregate: one stream per plan. Commands decide, facts are applied."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import facts
from domain.facts import Told, told
from domain.plans.base import Draft
from domain.plans.state import PlanState

PLANS = UUID("4b7a5c1e-8f0d-5c66-9a51-2d7c1b3e6f80")


class ActionPlan(Aggregate):
    """A plan on one report or letter; an authority has one for each."""

    @staticmethod
    def create_id(urn: str, activity: UUID) -> UUID:
        return uuid5(PLANS, f"{urn} {activity.hex}")

    def __init__(self, urn: str) -> None:
        self.urn = urn
        self.state = PlanState()

    @classmethod
    def begin(cls, plan: UUID, opened: Draft, by: Told) -> ActionPlan:
        """A plan of which one fact is told: that it was opened."""
        # A partial fact stands in for its class: the stream adds who it belongs to and its version.
        fact: Any = opened
        return cls._create(fact, id=plan, **told(by))

    def tell(self, draft: Draft, by: Told) -> None:
        """Take up what a command decided."""
        fact: Any = draft
        self.trigger_event(fact, **told(by))

    def apply(self, fact: facts.Fact) -> None:
        self.state.apply(fact)
        self.urn = self.state.urn
