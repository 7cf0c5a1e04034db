"""The closed list of what may stand in the log: stored name <-> class of fact. A stored name never changes.

A name that is not here is refused; nothing is ever imported because a row says so."""

from __future__ import annotations

from domain.errors import CorruptEvent
from domain.events import FACTS, STREAMS, Fact

__all__ = ["FACTS", "STREAMS", "fact_class", "stored_name"]


def stored_name(cls: type[Fact]) -> str:
    """The name under which facts of a class are stored. Raises LookupError for a class that is not listed."""
    if not cls.stored_as:
        raise LookupError(f"{cls.__name__} has no stored name")
    return cls.stored_as


def fact_class(name: str) -> type[Fact]:
    """The class stored under a name. Raises CorruptEvent for any other name."""
    try:
        return FACTS[name]
    except KeyError:
        raise CorruptEvent(None, f"no fact is called {name[:80]!r}") from None
