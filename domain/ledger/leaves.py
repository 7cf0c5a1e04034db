"""What of an event goes into the tree, byte by byte: `docs/ledger-format.md` says the same to an auditor.

The recorded bytes go in as they are stored. They name the actor, the time it was told and the command; the time of
the save and the command's id beside them are the store's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from struct import Struct
from uuid import UUID

from eventsourcing.persistence import StoredEvent

FORMAT = b"timeline-leaf/1"
"""The first field of every leaf: another encoding would be another format."""

_length = Struct(">I").pack


@dataclass(frozen=True)
class LogEntry:
    """An event as it is stored. `stream` and `command` are 32 hexadecimal digits; `recorded_at` is the instant of the
    save, `2026-05-01T09:30:00.000000Z`. `command` and `recorded_at` are empty where the store names no command."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes
    recorded_at: str
    command: str


class Leaves:
    """Hashes the entries of one log. `origin` is its name: the same event in another log is another leaf."""

    def __init__(self, origin: str) -> None:
        self._start = b"\0" + _field(FORMAT) + _field(origin.encode())

    def leaf(
        self, stream: bytes, version: int, topic: bytes, state: bytes, recorded_at: bytes, command: bytes
    ) -> bytes:
        number = b"%d" % version
        fields = (
            *(self._start, _length(len(stream)), stream, _length(len(number)), number),
            *(_length(len(topic)), topic, _length(len(state)), state),
            *(_length(len(recorded_at)), recorded_at, _length(len(command)), command),
        )
        return sha256(b"".join(fields)).digest()

    def of_save(self, events: Sequence[StoredEvent], recorded_at: str, command: UUID) -> list[bytes]:
        """The leaves of the events of one save, in their order."""
        when, who = recorded_at.encode(), command.hex.encode()
        return [
            self.leaf(
                _hexadecimal(event.originator_id),
                event.originator_version,
                event.topic.encode(),
                event.state,
                when,
                who,
            )
            for event in events
        ]

    def of(self, entry: LogEntry) -> bytes:
        return self.leaf(
            entry.stream.encode(),
            entry.version,
            entry.topic.encode(),
            entry.state,
            entry.recorded_at.encode(),
            entry.command.encode(),
        )


def _hexadecimal(identity: UUID | str) -> bytes:
    return (identity.hex if isinstance(identity, UUID) else identity).encode()


def written(instant: datetime) -> str:
    """How instants stand in a leaf: UTC, six decimals, always as long."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _field(value: bytes) -> bytes:
    return _length(len(value)) + value
