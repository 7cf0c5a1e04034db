"""The log in one SQLite file: write-ahead log, every commit synced, positions never used twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import IntegrityError, Notification, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from domain.ledger.leaves import Leaves, written
from domain.ledger.recorders import STORE_VERSION, LedgerRecorder, must_fit, must_never_have_had_a_tree
from domain.ledger.trail import HEAD_IS_GONE, ORIGIN, Growth, Trail, TreeDamaged, growth, leaves_of_all
from domain.values.errors import UnsafeSetting

BUSY_SECONDS = 30
"""How long a save waits for another process's save."""

ROWS_AT_ONCE = 500
"""Rows fetched together where many are read."""

IN_FORCE: Mapping[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
}
"""What each connection must run under; synchronous 2 is FULL."""


class LedgerPool(SQLiteConnectionPool):
    """Connections that are safe to keep facts with."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        cursor = connection.cursor()
        for pragma, value in IN_FORCE.items():
            cursor.execute(f"PRAGMA {pragma} = {value}")
            cursor.fetchall()
        must_be_in_force(cursor)
        return connection


def must_be_in_force(cursor: SQLiteCursor | sqlite3.Cursor) -> None:
    """Raises UnsafeSetting naming the first pragma that is not as it must be."""
    for pragma, value in IN_FORCE.items():
        cursor.execute(f"PRAGMA {pragma}")
        row = cursor.fetchone()
        if row is None or row[0] != value:
            found = None if row is None else row[0]
            raise UnsafeSetting(f"The store cannot be kept safely: SQLite runs with {pragma} = {found}, not {value}.")


class SQLiteLedgerDatastore(SQLiteDatastore):
    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.pool = LedgerPool(db_name=path, lock_timeout=BUSY_SECONDS, pool_timeout=BUSY_SECONDS)


class SQLiteLedgerRecorder(SQLiteApplicationRecorder, LedgerRecorder):
    """Positions are gapless: a save that fails gives its positions back, a deleted tail leaves a gap that shows."""

    def __init__(self, datastore: SQLiteLedgerDatastore) -> None:
        super().__init__(datastore)
        self.insert_events_statement = (
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)"
        )

    def construct_create_table_statements(self) -> list[str]:
        # The position is called rowid because the library's own statements read it by that name.
        return [
            "CREATE TABLE IF NOT EXISTS stored_events ("
            "rowid INTEGER PRIMARY KEY AUTOINCREMENT, originator_id TEXT NOT NULL, "
            "originator_version INTEGER NOT NULL, topic TEXT NOT NULL, state BLOB NOT NULL, "
            "UNIQUE (originator_id, originator_version))",
            "CREATE TABLE IF NOT EXISTS command ("
            "command_id TEXT PRIMARY KEY, first_position INTEGER NOT NULL, last_position INTEGER NOT NULL, "
            "recorded TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS store_version ("
            "one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS audit_leaf ("
            "seq INTEGER PRIMARY KEY, position INTEGER NOT NULL, hash BLOB NOT NULL)",
            "CREATE TABLE IF NOT EXISTS audit_tile ("
            "level INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, number)) "
            "WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS audit_head ("
            "one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL, size INTEGER NOT NULL, "
            "peaks BLOB NOT NULL, begun TEXT NOT NULL, made_later INTEGER NOT NULL)",
            *(
                f"CREATE TRIGGER IF NOT EXISTS {table}_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'what was kept is never changed'); END"
                for table in ("stored_events", "command", "audit_leaf", "audit_tile")
                for act in ("UPDATE", "DELETE")
            ),
        ]

    def migrate(self, origin: str | None = None) -> None:
        with self.datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                self._create_table(cursor)
                self._begin_tree(cursor.sqlite_cursor, origin or ORIGIN + uuid4().hex)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _begin_tree(self, cursor: sqlite3.Cursor, origin: str) -> None:
        """Once: the head, and the leaves of what was kept before there was a tree."""
        version = cursor.execute("SELECT version FROM store_version").fetchone()
        if cursor.execute("SELECT 1 FROM audit_head").fetchone():
            return
        must_never_have_had_a_tree(None if version is None else version[0])
        size, peaks = 0, b""
        for found in leaves_of_all(_trail(cursor.connection), origin):
            grown = growth(size, peaks, [leaf for _, leaf in found])
            self._keep_leaves(cursor, grown, [position for position, _ in found])
            size, peaks = grown.size, grown.peaks
        cursor.execute(
            "INSERT INTO audit_head VALUES (1, ?, ?, ?, ?, ?)", (origin, size, peaks, written(datetime.now(UTC)), size)
        )
        cursor.execute("INSERT OR REPLACE INTO store_version VALUES (1, ?)", (STORE_VERSION,))

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        command: UUID = kwargs["command"]
        must_fit(stored_events)
        try:
            with self.datastore.transaction(commit=True) as cursor:
                positions = self._insert_events(cursor, stored_events) or ()
                recorded_at = written(datetime.now(UTC))
                cursor.execute(
                    "INSERT INTO command (command_id, first_position, last_position, recorded) VALUES (?, ?, ?, ?)",
                    (command.hex, positions[0], positions[-1], recorded_at),
                )
                self._after_insert(cursor.sqlite_cursor, stored_events, positions, command, recorded_at)
                return positions
        except IntegrityError as violation:
            raise self.conflict(command) from violation

    def _after_insert(
        self,
        cursor: sqlite3.Cursor,
        stored_events: Sequence[StoredEvent],
        positions: Sequence[int],
        command: UUID,
        recorded_at: str,
    ) -> None:
        """The leaves, in the events' own transaction: the write lock is held since the first event went in."""
        head = cursor.execute("SELECT origin, size, peaks FROM audit_head").fetchone()
        if head is None:
            raise TreeDamaged(HEAD_IS_GONE)
        origin, size, peaks = head
        grown = growth(size, peaks, Leaves(origin).of_save(stored_events, recorded_at, command))
        self._keep_leaves(cursor, grown, positions)
        cursor.execute("UPDATE audit_head SET size = ?, peaks = ?", (grown.size, grown.peaks))

    def _keep_leaves(self, cursor: sqlite3.Cursor, grown: Growth, positions: Sequence[int]) -> None:
        cursor.executemany(
            "INSERT INTO audit_leaf VALUES (?, ?, ?)",
            zip(range(grown.first, grown.size + 1), positions, grown.leaves, strict=True),
        )
        if grown.tiles:
            cursor.executemany("INSERT INTO audit_tile VALUES (?, ?, ?)", grown.tiles)

    @contextmanager
    def trail(self) -> Iterator[Trail]:
        with (
            self.datastore.transaction(commit=False) as cursor,
            closing(_trail(cursor.sqlite_cursor.connection)) as trail,
        ):
            yield trail

    def positions_of(self, command: UUID) -> tuple[int, int] | None:
        found = self._rows("SELECT first_position, last_position FROM command WHERE command_id = ?", command.hex)
        return (found[0][0], found[0][1]) if found else None

    def events_at(self, positions: Sequence[int]) -> list[Notification]:
        found = self._rows(
            "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
            "WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid",
            json.dumps(list(positions)),
        )
        return [
            Notification(
                id=row["rowid"],
                originator_id=self.convert_originator_id(row["originator_id"]),
                originator_version=row["originator_version"],
                topic=row["topic"],
                state=row["state"],
            )
            for row in found
        ]

    def store_version(self) -> int | None:
        if not self._rows("SELECT 1 FROM sqlite_schema WHERE name = 'store_version'"):
            return None
        return int(self._rows("SELECT version FROM store_version")[0][0])

    def must_be_durable(self) -> None:
        with self.datastore.get_connection(commit=False) as connection:
            must_be_in_force(connection.cursor())

    def damage(self) -> list[str]:
        return [f"SQLite: {row[0]}" for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]

    def faults(self) -> list[str]:
        found = self.damage()
        (first, last, count) = self._rows("SELECT MIN(rowid), MAX(rowid), COUNT(*) FROM stored_events")[0]
        given = self._rows("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'stored_events'")[0][0]
        if count and (first != 1 or last != count):
            found.append(f"positions: {count:,} events stand between positions {first:,} and {last:,}")
        if given != (last or 0):
            found.append(f"positions: {given:,} were given out, the last event stands at {last or 0:,}")
        streams = self._rows(
            "SELECT originator_id, COUNT(*), MAX(originator_version) FROM stored_events GROUP BY originator_id "
            "HAVING MIN(originator_version) <> 1 OR MAX(originator_version) <> COUNT(*)"
        )
        found += [f"stream {UUID(row[0])}: {row[1]:,} facts, the last is version {row[2]:,}" for row in streams]
        lost = self._rows(
            "SELECT command_id, first_position, last_position FROM command AS c WHERE last_position - "
            "first_position + 1 <> (SELECT COUNT(*) FROM stored_events "
            "WHERE rowid BETWEEN c.first_position AND c.last_position)"
        )
        found += [f"command {UUID(row[0])}: facts are missing from positions {row[1]:,} to {row[2]:,}" for row in lost]
        return found

    def _rows(self, statement: str, *parameters: object) -> list[Any]:
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(statement, parameters)
            return list(cursor.fetchall())


def _trail(connection: sqlite3.Connection) -> Trail:
    def select(statement: str, *parameters: object) -> sqlite3.Cursor:
        cursor = connection.cursor()
        cursor.row_factory = None
        return cursor.execute(statement, [_plain(parameter) for parameter in parameters])

    def stream(statement: str, *parameters: object) -> Generator[tuple[Any, ...], None, None]:
        with closing(select(statement, *parameters)) as cursor:
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield from rows

    return Trail(select, stream, events_query=_EVENTS, commands_query=_COMMANDS)


def _plain(parameter: object) -> object:
    return parameter.hex if isinstance(parameter, UUID) else parameter


_EVENTS = (
    "SELECT rowid, CAST(originator_id AS BLOB), originator_version, CAST(topic AS BLOB), CAST(state AS BLOB), "
    "typeof(originator_id) || typeof(originator_version) || typeof(topic) || typeof(state) = 'textintegertextblob' "
    "FROM stored_events WHERE rowid"
)

# Until there was a tree the instant of a save was written with three decimals.
_COMMANDS = (
    "SELECT first_position, last_position, CAST(command_id AS BLOB), CAST(CASE length(recorded) WHEN 24 THEN "
    "substr(recorded, 1, 23) || '000Z' ELSE recorded END AS BLOB), typeof(first_position) || typeof(last_position) || "
    "typeof(command_id) || typeof(recorded) = 'integerintegertexttext' FROM command"
)
