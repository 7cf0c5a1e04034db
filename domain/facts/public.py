"""Which events of the log everybody may read."""

from __future__ import annotations

from domain.facts.authority_groups import OF_ENGAGEMENT
from domain.facts.base import Fact
from domain.facts.meetings import OF_MEETINGS
from domain.facts.people import OF_PEOPLE
from domain.facts.plans import OF_PLANS, PlanConventionsChosen
from domain.facts.questions import OF_QUESTIONS
from domain.facts.successions import DutiesHandedOver, DutiesTakenOver

NEVER_PUBLIC: frozenset[type[Fact]] = (
    OF_PEOPLE | OF_MEETINGS | OF_ENGAGEMENT | OF_QUESTIONS | {PlanConventionsChosen, DutiesHandedOver, DutiesTakenOver}
)


def is_public(kind: type[Fact], position: int, published_at: int | None) -> bool:
    """Whether everybody may read an event (decision 0019). `published_at` is the position of its plan's newest
    publication."""
    if kind in OF_PLANS:
        return published_at is not None and position <= published_at
    return kind not in NEVER_PUBLIC
