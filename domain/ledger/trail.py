"""The tree as both databases keep it: a leaf for every event, the head, and the nodes over every 256 leaves.

Statements are written once, for SQLite; PostgreSQL gets them with its schema and its marks."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.ledger.leaves import Leaves, LogEntry
from domain.ledger.merkle import TILE, Frontier, Node, perfect_root
from domain.values.errors import NotFound, StoreUnavailable

ORIGIN = "inspection-timeline/"
"""What the names of logs begin with; 32 hexadecimal digits follow, drawn when the store is made."""

LEAVES_AT_ONCE = 1_000

HEAD_IS_GONE = "The head of the tree is gone: nothing can be saved or proved. Run: flask --app wsgi ledger verify"

Select = Callable[..., Iterable[tuple[Any, ...]]]
"""Runs a statement written for SQLite, with its parameters, in the snapshot being read; rows are plain tuples."""


class TreeDamaged(StoreUnavailable):
    """The tree that the store keeps is not a tree; the message is safe to show."""


@dataclass(frozen=True)
class Head:
    """The tree as a whole. `origin` is the log's name, `size` how many leaves it has, `begun` when it was begun, and
    `made_later` how many of its first leaves were made for events that were there before it."""

    origin: str
    size: int
    root: bytes
    begun: str
    made_later: int

    @property
    def root_text(self) -> str:
        """The root as checkpoints write it."""
        return b64encode(self.root).decode()


@dataclass(frozen=True)
class Growth:
    """What a save adds to the tree: its leaves' numbers from `first`, the tiles completed, and the head afterwards."""

    first: int
    leaves: Sequence[bytes]
    tiles: Sequence[tuple[int, int, bytes]]
    size: int
    peaks: bytes


def growth(size: int, peaks: bytes, leaves: Sequence[bytes]) -> Growth:
    """The tree of that head with these leaves added."""
    frontier = Frontier(size, peaks)
    tiles = frontier.extend(leaves)
    return Growth(size + 1, leaves, tiles, frontier.size, frontier.peaks)


class Trail:
    """The stored tree and the events under it, in one snapshot of the database. Entries are numbered from 1.

    `stream` does what `select` does for a great many rows. `events_query` and `commands_query` are the database's own:
    rows as bytes, exactly as stored."""

    def __init__(
        self,
        select: Select,
        stream: Callable[..., Generator[Any, None, None]],
        *,
        events_query: str,
        commands_query: str,
    ) -> None:
        self._select = select
        self._stream = stream
        self._open: list[Generator[Any, None, None]] = []
        self._events_query = events_query
        self._commands_query = commands_query

    def close(self) -> None:
        """Let go of what was not read to its end, while the database can still be told."""
        for rows in self._open:
            rows.close()

    def head(self) -> Head:
        """Raises TreeDamaged where what is kept is not the right edge of a tree."""
        for origin, size, peaks, begun, made_later in self._select(
            "SELECT origin, size, peaks, begun, made_later FROM audit_head"
        ):
            try:
                return Head(origin, size, Frontier(size, bytes(peaks)).root(), begun, made_later)
            except (ValueError, TypeError) as broken:
                raise TreeDamaged(f"The head of the tree is damaged: {broken}.") from broken
        raise TreeDamaged(HEAD_IS_GONE)

    def events(self, after: int = 0) -> Iterator[tuple[int, bytes, int, bytes, bytes, bool]]:
        """Position, stream, version, topic, bytes, and whether each is of the type it was stored as."""
        return self._many(f"{self._events_query} > ? ORDER BY 1", after)

    def commands(self) -> Iterator[tuple[int, int, bytes, bytes, bool]]:
        """First and last position, both inclusive, the command's id, the instant of its save, and whether each is of
        the type it was stored as."""
        return self._many(f"{self._commands_query} ORDER BY first_position")

    def leaves(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, int, bytes]]:
        """Number, position and hash of the leaves from `first` to `last`, both inclusive, or to the end."""
        leaves = "SELECT seq, position, hash FROM audit_leaf WHERE seq"
        if last is None:
            return self._many(f"{leaves} >= ? ORDER BY seq", first)
        return iter(self._select(f"{leaves} BETWEEN ? AND ? ORDER BY seq", first, last))

    def tiles(self) -> Iterator[tuple[int, int, bytes]]:
        """Level, number at that level and hash of every tile."""
        return iter(self._select("SELECT level, number, hash FROM audit_tile ORDER BY level, number"))

    def node(self) -> Node:
        """Perfect nodes of the stored tree, as proofs ask for them. Raises NotFound where leaves are missing."""
        kept: dict[tuple[int, int], bytes] = {}

        def node(height: int, number: int) -> bytes:
            if (height, number) not in kept:
                kept[height, number] = self._node(height, number)
            return kept[height, number]

        return node

    def entry(self, seq: int) -> tuple[LogEntry, bytes]:
        """An entry as stored, and its leaf. Raises NotFound where the tree has no such entry or its event is gone."""
        for _, position, leaf in self.leaves(seq, seq):
            return self._entry(seq, position), bytes(leaf)
        raise NotFound(f"The log has no entry {seq:,}.")

    def numbers_of(self, first: int, last: int) -> list[int]:
        """The entries of the events at positions `first` to `last`, both inclusive.

        Found by halving, for an index over positions would cost every save: entries are in the order of positions."""
        ((size,),) = self._select("SELECT size FROM audit_head")
        low, high = 1, size + 1
        while low < high:
            middle = (low + high) // 2
            if self._position(middle) < first:
                low = middle + 1
            else:
                high = middle
        return [seq for seq, position, _ in self.leaves(low, low + last - first) if first <= position <= last]

    def _many(self, statement: str, *parameters: object) -> Iterator[Any]:
        rows = self._stream(statement, *parameters)
        self._open.append(rows)
        return rows

    def _position(self, seq: int) -> int:
        for _, position, _ in self.leaves(seq, seq):
            return int(position)
        raise NotFound(f"The tree is damaged: entry {seq:,} is missing.")

    def _entry(self, seq: int, position: int) -> LogEntry:
        for _, stream, version, topic, state, _ in self._select(f"{self._events_query} = ?", position):
            command, recorded_at = self._command(bytes(state), position)
            return LogEntry(position, _word(stream), version, _word(topic), bytes(state), recorded_at, command)
        raise NotFound(f"The event of entry {seq:,} is not in the log any more.")

    def _command(self, state: bytes, position: int) -> tuple[str, str]:
        """Id and instant of the command whose row covers a position. The recorded bytes name it, which is quick to look
        up; only where they do not are all rows asked."""
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            named = UUID(json.loads(state)["command"])
            for found in self._select(f"{self._commands_query} WHERE command_id = ?", named):
                if found[0] <= position <= found[1]:
                    return _word(found[2]), _word(found[3])
        covering = f"{self._commands_query} WHERE first_position <= ? ORDER BY first_position DESC LIMIT 1"
        for found in self._select(covering, position):
            if position <= found[1]:
                return _word(found[2]), _word(found[3])
        return "", ""

    def _node(self, height: int, number: int) -> bytes:
        level, above = divmod(height, TILE)
        width = 1 << above
        start = number << above
        if level == 0:
            found = [bytes(leaf) for _, _, leaf in self.leaves(start + 1, start + width)]
        else:
            found = [
                bytes(tile)
                for (tile,) in self._select(
                    "SELECT hash FROM audit_tile WHERE level = ? AND number BETWEEN ? AND ? ORDER BY number",
                    *(level, start, start + width - 1),
                )
            ]
        if len(found) != width:
            raise NotFound(f"The tree is damaged: nodes are missing at height {TILE * level} from {start:,} on.")
        return perfect_root(found)


def _word(raw: bytes) -> str:
    return bytes(raw).decode(errors="replace")


def leaves_of_all(trail: Trail, origin: str) -> Iterator[list[tuple[int, bytes]]]:
    """For events that have none yet: their positions and leaves, a thousand at a time."""
    hashing = Leaves(origin)
    commands = trail.commands()
    command = next(commands, None)
    found = []
    for position, stream, version, topic, state, _ in trail.events():
        while command is not None and command[1] < position:
            command = next(commands, None)
        named = command is not None and command[0] <= position
        recorded_at, who = (bytes(command[3]), bytes(command[2])) if command is not None and named else (b"", b"")
        found.append((position, hashing.leaf(bytes(stream), version, bytes(topic), bytes(state), recorded_at, who)))
        if len(found) == LEAVES_AT_ONCE:
            yield found
            found = []
    if found:
        yield found
