"""What every fact carries, who tells it, and the closed list of what may stand in the log.

Each fact carries who recorded it (`actor`, an opaque id), the command it belongs to, where it was read (`source`) and,
where it changes an earlier fact, why (`reason`). `timestamp` is when *we* were told; `*_on` fields are when it was
true. Nothing is ever edited: a correction is a further fact. Never a child, a family or a case; a named person only
where the public record names an office holder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, dataclass_transform
from uuid import UUID

from eventsourcing.domain import Aggregate, MetaDomainEvent

from domain.values.errors import CorruptEvent
from domain.values.rights import Right
from domain.values.statements import Source


@dataclass(frozen=True)
class Told:
    """Who tells us, in which command, from which source, when we heard, and why.

    `actor` is an opaque id: a person's on the roll, or a way in (`local`, `import`, `demo`); `at` is UTC."""

    actor: str
    command: UUID
    source: Source
    at: datetime
    reason: str | None = None


def told(by: Told) -> dict[str, Any]:
    """What every fact carries of who tells it."""
    return {"actor": by.actor, "command": by.command, "source": by.source, "reason": by.reason, "timestamp": by.at}


FACTS: dict[str, type[Fact]] = {}
"""The closed list of what may stand in the log, by stored name: the facts declared in the modules of this folder."""

STREAMS: dict[type[Fact], str] = {}
"""Which aggregate a stream is, by its first fact. No row names it, so the class may move."""


@dataclass_transform(frozen_default=True)
class FactType(MetaDomainEvent):
    """Enrols every fact under its stored name, and lets the type checker see what a fact is made of."""

    def __new__(
        meta,
        cls_name: str,
        bases: Any,
        body: dict[str, Any],
        *,
        name: str = "",
        right: Right = Right.RECORD,
        aggregate: str = "",
    ) -> Any:
        fact: Any = super().__new__(meta, cls_name, bases, body)
        fact.stored_as, fact.right = name, right
        if name:
            assert name not in FACTS, f"two facts are stored as {name}"
            FACTS[name] = fact
        if aggregate:
            STREAMS[fact] = aggregate
        return fact

    def __init__(cls, cls_name: str, bases: Any, body: dict[str, Any], **_: Any) -> None:
        super().__init__(cls_name, bases, body)


class Fact(Aggregate.Event, metaclass=FactType):
    """What every fact carries beside its own words. `stored_as` is its name in the log, which never changes;
    `before_it_was_told` gives what a field was taken for while facts of this kind did not tell it yet. `once_needed`
    are fields that facts of this kind may leave out by now."""

    stored_as: ClassVar[str]
    right: ClassVar[Right]
    before_it_was_told: ClassVar[Mapping[str, Any]] = {}
    once_needed: ClassVar[tuple[str, ...]] = ()

    actor: str
    command: UUID
    source: Source
    reason: str | None

    def apply(self, aggregate: Any) -> None:
        aggregate.apply(self)


def stored_name(cls: type[Fact]) -> str:
    """The name under which facts of a class are stored. Raises LookupError for a class that is not listed."""
    if not cls.stored_as:
        raise LookupError(f"{cls.__name__} has no stored name")
    return cls.stored_as


def fact_class(name: str) -> type[Fact]:
    """The class stored under a name: nothing is ever imported because a row says so. Raises CorruptEvent."""
    try:
        return FACTS[name]
    except KeyError:
        raise CorruptEvent(None, f"no fact is called {name[:80]!r}") from None


def facts_of(base: type[Fact]) -> frozenset[type[Fact]]:
    """Every fact declared that is one of these."""
    return frozenset(fact for fact in FACTS.values() if issubclass(fact, base))


def names_of(kinds: Iterable[type[Fact]]) -> tuple[str, ...]:
    """The stored names of these facts, in order of the alphabet."""
    return tuple(sorted(map(stored_name, kinds)))


def facts_that_erase() -> frozenset[type[Fact]]:
    """Every fact declared by which words were erased; each lists them in its `subjects`."""
    return frozenset(fact for fact in FACTS.values() if fact.right is Right.ERASE)
