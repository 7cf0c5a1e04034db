"""The log as projections read it: whole commands, in order, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from domain.facts import Fact
from domain.values.errors import CorruptEvent

PAGE = 1_000
"""Facts read at once. A command that fills a page is read again with more room, so that none is ever split."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Streams(Protocol):
    """The facts of one stream, in order, after a version and up to one (inclusive)."""

    def get(self, originator_id: UUID, *, gt: int | None = None, lte: int | None = None) -> Iterator[Any]: ...


class ReadableLedger(Protocol):
    """What a projection asks of the ledger (`domain.ledger.store.Ledger`, opened by the application)."""

    @property
    def events(self) -> Streams: ...

    @property
    def recorder(self) -> Any: ...

    def read_facts(
        self, start: int = 1, limit: int | None = None, names: Sequence[str] = ()
    ) -> Iterator[tuple[int, Fact]]: ...

    def facts_at(self, positions: Sequence[int]) -> Mapping[int, Fact]: ...

    def max_position(self) -> int: ...

    def positions_of(self, command: UUID) -> tuple[int, int] | None: ...


@dataclass(frozen=True)
class Command:
    """What one command told of one stream: one step of everything derived from it. `position` is its last fact's."""

    originator_id: UUID
    position: int
    facts: tuple[tuple[int, Fact], ...]

    @property
    def recorded_at(self) -> datetime:
        return self.facts[-1][1].timestamp


@dataclass(frozen=True)
class Page:
    """Whole commands after a position, and the event that ended the page early, if one cannot be read."""

    commands: tuple[Command, ...]
    broken: CorruptEvent | None


def page_after(ledger: ReadableLedger, position: int, limit: int = PAGE, names: Sequence[str] = ()) -> Page:
    """The next commands after a position; none at the end of the log. `names` leaves only facts of those names."""
    commands: list[Command] = []
    told: list[tuple[int, Fact]] = []
    read = 0
    try:
        for at, fact in ledger.read_facts(position + 1, limit, names):
            read += 1
            if told and not _same(told[-1][1], fact):
                commands.append(_command(told))
                told = []
            told.append((at, fact))
    except CorruptEvent as broken:
        if told and not _may_belong(ledger, broken, told[-1][1]):
            commands.append(_command(told))
        return Page(tuple(commands), broken)
    if told and read == limit and not commands:
        return page_after(ledger, position, 2 * limit, names)
    if told and read < limit:
        commands.append(_command(told))
    return Page(tuple(commands), None)


def _may_belong(ledger: ReadableLedger, broken: CorruptEvent, last: Fact) -> bool:
    """Whether an unreadable event may be of the same command as the fact before it: if it is of the same stream."""
    if broken.position is None:
        return True
    found = ledger.recorder.select_notifications(broken.position, 1)
    return not found or found[0].originator_id == last.originator_id


def _same(one: Fact, other: Fact) -> bool:
    return one.command == other.command and one.originator_id == other.originator_id


def _command(told: list[tuple[int, Fact]]) -> Command:
    return Command(told[-1][1].originator_id, told[-1][0], tuple(told))


def microseconds(at: datetime) -> int:
    """Since 1970, UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


def instant(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)
