"""Keeps a row for every event of the log: whose it is, by whom, when, and the words by which it can be found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate
from sqlalchemy import Connection, or_, select
from sqlalchemy import func as sql

from domain import facts
from domain.facts import FACTS, Fact, names_of, stored_name
from domain.values.judgements import Judgements
from domain.values.plans import Figure
from domain.values.sealed import Sealed
from domain.values.statements import Period, Source, Stated, Verbatim
from domain.values.words import in_words
from projections.engine import tables as t
from projections.engine.database import insert
from projections.engine.log import Command, ReadableLedger, microseconds
from projections.engine.projector import Projection
from projections.engine.tables import Shelf

MOST_WORDS = 4_000
"""Characters of one event that can be searched."""

CARRIED = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic", "actor", "command"})
"""What every fact carries and nobody looks for."""

KNOWN = frozenset(FACTS.values())

OWN = {
    cls: (
        name.replace(".", " ").replace("_", " "),
        tuple(field.name for field in fields(cls) if field.name not in CARRIED),
    )
    for name, cls in FACTS.items()
}
"""What each kind of fact is called in words, and the fields that are its own."""

PASSED_OVER = frozenset({Sealed, Verbatim, UUID, bool, int})
"""Types of values that are not searched: texts that can be erased, cells, ids and counts."""

Owner = tuple[str | None, UUID | None]
"""The authority's number and the plan that a stream belongs to."""


class AuditTrail:
    """The writer of the `audit` projection."""

    def __init__(self, ledger: ReadableLedger, shelf: Shelf) -> None:
        self._shelf = shelf
        self._seq: int | None = None
        self._owners: dict[UUID, Owner] = {}

    def forget(self) -> None:
        """What it knows of streams and numbers is read anew."""
        self._seq = None
        self._owners = {}

    def keep(self, connection: Connection, commands: Iterable[Command]) -> None:
        """A row for every fact of these commands. Raises TypeError at a fact that the registry does not list."""
        if self._seq is None:
            self._recall(connection)
        rows = [self._row(position, fact) for command in commands for position, fact in command.facts]
        insert(connection, self._shelf[t.audit_event], rows)

    def _recall(self, connection: Connection) -> None:
        event = self._shelf[t.audit_event].c
        self._seq = connection.scalar(select(sql.max(event.seq))) or 0
        owns = or_(event.version == 1, event.name.in_(HANDED_OVER))
        owned = select(event.originator_id, event.urn, event.plan).where(owns, event.urn.is_not(None))
        self._owners = {row.originator_id: (row.urn, row.plan) for row in connection.execute(owned.order_by(event.seq))}

    def _row(self, position: int, fact: Fact) -> tuple[Any, ...]:
        if type(fact) not in KNOWN:
            raise TypeError(f"The audit trail does not know the fact {type(fact).__name__}.")
        assert self._seq is not None
        self._seq += 1
        urn, plan = self._owner(fact)
        day = true_on(fact)
        return (
            position,
            self._seq,
            fact.originator_id.hex,
            fact.originator_version,
            stored_name(type(fact)),
            urn,
            plan and plan.hex,
            fact.actor,
            day and day.isoformat(),
            microseconds(fact.timestamp),
            searched(fact),
        )

    def _owner(self, fact: Fact) -> Owner:
        if isinstance(fact, Aggregate.Created):
            own: Any = fact
            plan = own.originator_id if isinstance(fact, facts.PlanOpened) else getattr(own, "plan", None)
            owner = (getattr(own, "urn", None), plan)
            if owner[0] is not None:
                self._owners[own.originator_id] = owner
            return owner
        owner = self._owners.get(fact.originator_id, (None, None))
        if isinstance(fact, facts.PlanHandedOver | facts.MeetingHandedOver):
            owner = self._owners[fact.originator_id] = (fact.successor, owner[1])
        return owner


def true_on(fact: Any) -> date | None:
    """The day of which a fact speaks: its own `true_on`, else the first day it states; None where it states none."""
    if isinstance(fact, facts.SourceStated):
        return fact.said.start or fact.said.on or fact.said.published
    for name in ("true_on", *OWN[type(fact)][1]):
        value = getattr(fact, name, None)
        if name.endswith("_on") and isinstance(value, date):
            return value
    return None


def searched(fact: Any) -> str:
    """What can be looked for in an event, in small letters: its name, and every word, day and grade it states.

    Texts that can be erased are not among them, nor cells as a source gave them."""
    called, names = OWN[type(fact)]
    told = [called]
    for name in names:
        _gather(getattr(fact, name), told)
    return " ".join(told).casefold()[:MOST_WORDS]


def _gather(value: Any, told: list[str]) -> None:
    """Add what can be searched in a value; most are texts, days, or nothing."""
    kind = type(value)
    if kind is str:
        told.append(value)
    elif value is None or kind in PASSED_OVER:
        return
    elif kind is tuple:
        for part in value:
            _gather(part, told)
    elif isinstance(value, Enum):
        told.append(str(value.value).replace("_", " "))
    elif kind is date:
        told.append(in_words(value))
    elif kind is Stated:
        _gather(value.kind, told)
        for part in value.stated.values():
            _gather(part, told)
    elif kind is Source:
        told.append(value.title)
    elif kind is Judgements:
        told += [f"{area.value} {grade.value}".replace("_", " ") for area, grade in value.pairs]
    elif kind in (Period, Figure):
        told.append(value.text)
    elif is_dataclass(value):
        for field in fields(value):
            _gather(getattr(value, field.name), told)


HANDED_OVER = names_of((facts.PlanHandedOver, facts.MeetingHandedOver))
"""Stored names of what makes a stream another authority's: itself, and whatever comes after it."""

AUDIT = Projection(
    "audit",
    2,
    t.audit,
    t.AUDIT_SEEKS,
    AuditTrail,
    handles=KNOWN,
    ignores=frozenset(),
)
