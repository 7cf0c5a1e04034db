"""What both recorders promise: a save is one durable transaction, bounded, and its command acts once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent

from domain.ledger.trail import Trail
from domain.values.errors import CommandAlreadyDone, ConcurrentChange, RuleBroken, StoreUnavailable

MAX_EVENTS = 500
"""Events in one save."""

MAX_BYTES = 150_000
"""Bytes of payload in one save."""

STORE_VERSION = 2
"""The shape of the tables. A store of a higher number is refused. 1: without the tree; 2: a leaf for every event."""

WITH_A_TREE = 2


class LedgerRecorder(ApplicationRecorder, ABC):
    """The library's recorder, with the command's id and the leaves of the tree in the events' own transaction.

    `insert_events(stored_events, command=…)` gives the positions; it raises CommandAlreadyDone where the command was
    kept before, ConcurrentChange where a stream moved on, RuleBroken where a save is too large."""

    datastore: Any

    @abstractmethod
    def positions_of(self, command: UUID) -> tuple[int, int] | None:
        """First and last position, both inclusive, of the facts kept for a command; None if it is not known."""

    @abstractmethod
    def events_at(self, positions: Sequence[int]) -> list[Notification]:
        """The events at these positions, in the order of the log, read together; none for a position without one."""

    @abstractmethod
    def store_version(self) -> int | None:
        """The version of the tables; None where there are none."""

    @abstractmethod
    def migrate(self, origin: str | None = None) -> None:
        """Make what tables are missing, and the leaves of events kept before there was a tree; `origin` names the log
        of a tree that begins now, drawn at random otherwise. Any number of processes may do so at once."""

    @abstractmethod
    def trail(self) -> AbstractContextManager[Trail]:
        """The tree and the events under it, as of one moment, however long it is read."""

    @abstractmethod
    def faults(self) -> list[str]:
        """What the database itself, the positions and the versions of streams show to be wrong; empty if nothing."""

    def damage(self) -> list[str]:
        """What the database itself finds wrong with its files; empty where it cannot be asked."""
        return []

    @abstractmethod
    def must_be_durable(self) -> None:
        """Raises UnsafeSetting where the database would not keep a committed save through a crash."""

    def conflict(self, command: UUID) -> CommandAlreadyDone | ConcurrentChange:
        """What a violated uniqueness means: the command's id is looked up before anyone is told of a conflict."""
        positions = self.positions_of(command)
        return ConcurrentChange() if positions is None else CommandAlreadyDone(*positions)


def must_never_have_had_a_tree(version: int | None) -> None:
    """Raises StoreUnavailable where a store of that version had one: a tree that is gone is not quietly made anew."""
    if version is not None and version >= WITH_A_TREE:
        raise StoreUnavailable(
            "The store had a tree over its events, and it is gone. Nothing was changed. Restore a backup, or find out "
            "what happened."
        )


def must_fit(stored_events: Sequence[StoredEvent]) -> None:
    """Raises RuleBroken where one save would hold more than 500 events or 150,000 bytes of payload."""
    size = sum(len(event.state) for event in stored_events)
    if len(stored_events) > MAX_EVENTS or size > MAX_BYTES:
        raise RuleBroken(
            f"This is too much to keep at once: {len(stored_events):,} events of {size:,} bytes, where "
            f"{MAX_EVENTS:,} events and {MAX_BYTES:,} bytes are the most. Split it."
        )
