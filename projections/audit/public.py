"""Which entries of the log everybody may read, and which only people with a role (decision 0019)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func as sql
from sqlalchemy import select

from domain import facts
from domain.facts import fact_class, is_public, stored_name
from projections.engine import tables as t
from projections.engine.reader import Reader


def entry_is_public(reader: Reader, name: str, stream: UUID, position: int) -> bool:
    """Whether everybody may read an entry, by its stored name and stream; a publication that no page knows yet does
    not count."""
    return is_public(fact_class(name), position, _published_at(reader, stream))


def _published_at(reader: Reader, stream: UUID) -> int | None:
    fact = t.plan_fact.c
    asked = select(sql.max(fact.row)).where(fact.plan == stream, fact.name == stored_name(facts.PlanPublished))
    with reader.connect() as connection:
        found = connection.scalar(asked)
    return None if found is None else int(found)
