"""Which entries of the log everybody may read, and which only people with a role (decision 0019)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func as sql
from sqlalchemy import select

from domain import events
from domain.events import Fact
from domain.ledger.registry import fact_class, stored_name
from projections import tables as t
from projections.histories import OF_MEETINGS, OF_PEOPLE, OF_PLANS
from projections.reader import Reader

OF_ENGAGEMENT: frozenset[type[Fact]] = frozenset(
    {events.EngagementTopicsNoted, events.NextEngagementMeetingSet, events.EngagementWordsErased}
)
"""Facts in an authority's stream of what it said to Ofsted between inspections, which nobody publishes."""

NEVER: frozenset[type[Fact]] = OF_PEOPLE | OF_MEETINGS | OF_ENGAGEMENT | {events.PlanConventionsChosen}


def is_public(kind: type[Fact], position: int, published_at: int | None) -> bool:
    """Whether everybody may read an event. `published_at` is the position of its plan's newest publication."""
    if kind in OF_PLANS:
        return published_at is not None and position <= published_at
    return kind not in NEVER


def entry_is_public(reader: Reader, name: str, stream: UUID, position: int) -> bool:
    """The same of an entry by its stored name and stream; a publication that no page knows yet does not count."""
    return is_public(fact_class(name), position, _published_at(reader, stream))


def _published_at(reader: Reader, stream: UUID) -> int | None:
    fact = t.plan_fact.c
    asked = select(sql.max(fact.row)).where(fact.plan == stream, fact.name == stored_name(events.PlanPublished))
    with reader.connect() as connection:
        found = connection.scalar(asked)
    return None if found is None else int(found)
