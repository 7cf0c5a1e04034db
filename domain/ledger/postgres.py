"""The log in PostgreSQL, in the schema `ledger`: any number of writers, in the order in which they commit.

The library's own `insert_events` works in pipeline mode, which hangs for ever on large saves, and repeats a save
whose answer was lost; here a save is a plain transaction, and the command's id makes repeating it harmless."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any, cast
from uuid import UUID, uuid4

from eventsourcing.persistence import IntegrityError, InterfaceError, Notification, OperationalError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.utils import retry
from psycopg.rows import tuple_row

from domain.ledger.leaves import Leaves, written
from domain.ledger.recorders import STORE_VERSION, LedgerRecorder, must_fit, must_never_have_had_a_tree
from domain.ledger.trail import HEAD_IS_GONE, ORIGIN, Growth, Trail, TreeDamaged, growth, leaves_of_all
from domain.values.errors import UnsafeSetting

SCHEMA = "ledger"

LOCK_SECONDS = 30
"""How long a save waits for another process's save."""

MIGRATION_LOCK = 4_071_853
"""The advisory lock that processes preparing the same database take in turn."""


class PostgresLedgerDatastore(PostgresDatastore):
    """Connections made from a `postgresql://` address, with whatever options of libpq it carries."""

    def __init__(self, url: str) -> None:
        super().__init__(
            dbname="",
            host="",
            port="",
            user="",
            password="",
            schema=SCHEMA,
            max_overflow=9,
            lock_timeout=LOCK_SECONDS,
            idle_in_transaction_session_timeout=LOCK_SECONDS,
        )
        self.pool.conninfo = url
        options = cast("dict[str, Any]", self.pool.kwargs)
        self.pool.kwargs = {"row_factory": options["row_factory"]}


class PostgresLedgerRecorder(PostgresApplicationRecorder, LedgerRecorder):
    """Positions rise in the order of commits; one that was given to a save that failed is never used."""

    def __init__(self, datastore: PostgresLedgerDatastore) -> None:
        if datastore.enable_db_functions:
            raise UnsafeSetting("POSTGRES_ENABLE_DB_FUNCTIONS must be off: with it readers of the log miss events.")
        super().__init__(datastore)
        del self.sql_create_statements[self.create_insert_function_statement_index]

    def migrate(self, origin: str | None = None) -> None:
        with self.datastore.get_connection() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
            try:
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                self.create_table()
                with connection.transaction():
                    for statement in _TABLES:
                        connection.execute(statement)
                    self._begin_tree(connection, origin or ORIGIN + uuid4().hex)
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", (MIGRATION_LOCK,))

    def _begin_tree(self, connection: Any, origin: str) -> None:
        """Once: the head, and the leaves of what was kept before there was a tree."""
        version = connection.execute(f"SELECT version FROM {SCHEMA}.store_version").fetchone()
        if connection.execute(f"SELECT 1 FROM {SCHEMA}.audit_head").fetchone():
            return
        must_never_have_had_a_tree(None if version is None else version["version"])
        connection.execute(_LOCK)
        size, peaks = 0, b""
        for found in leaves_of_all(_trail(connection), origin):
            grown = growth(size, peaks, [leaf for _, leaf in found])
            self._keep_leaves(connection, grown, [position for position, _ in found])
            size, peaks = grown.size, grown.peaks
        connection.execute(
            f"INSERT INTO {SCHEMA}.audit_head VALUES (1, %s, %s, %s, %s, %s)",
            (origin, size, peaks, written(datetime.now(UTC)), size),
        )
        connection.execute(
            f"INSERT INTO {SCHEMA}.store_version VALUES (1, %s) "
            "ON CONFLICT (one) DO UPDATE SET version = excluded.version",
            (STORE_VERSION,),
        )

    @retry((InterfaceError, OperationalError), max_attempts=3, wait=0.2)
    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        command: UUID = kwargs["command"]
        must_fit(stored_events)
        try:
            with self.datastore.transaction(commit=True) as cursor:
                self._insert_stored_events(cursor, stored_events)
                positions = self._fetch_ids_after_insert_events(cursor, stored_events) or ()
                recorded_at = datetime.now(UTC)
                cursor.execute(_COMMAND_AND_HEAD, (command, positions[0], positions[-1], recorded_at))
                self._after_insert(cursor, stored_events, positions, command, written(recorded_at))
                return positions
        except IntegrityError as violation:
            raise self.conflict(command) from violation

    def _lock_table(self, curs: Any) -> None:
        """The library's own lock, waited for and announced in one round trip instead of three."""
        curs.execute(_LOCK)

    def _notify_channel(self, curs: Any) -> None:
        """Done with the lock."""

    def _after_insert(
        self,
        cursor: Any,
        stored_events: Sequence[StoredEvent],
        positions: Sequence[int],
        command: UUID,
        recorded_at: str,
    ) -> None:
        """The leaves, in the events' own transaction: the table's lock is held, and the head was read under it."""
        head = cursor.fetchone()
        if head is None:
            raise TreeDamaged(HEAD_IS_GONE)
        leaves = Leaves(head["origin"]).of_save(stored_events, recorded_at, command)
        grown = growth(head["size"], bytes(head["peaks"]), leaves)
        self._keep_leaves(cursor, grown, positions)

    def _keep_leaves(self, cursor: Any, grown: Growth, positions: Sequence[int]) -> None:
        """Leaves, tiles and the head in one statement, for each costs a way to the server."""
        levels, numbers, tiles = zip(*grown.tiles, strict=True) if grown.tiles else ((), (), ())
        cursor.execute(
            _LEAVES,
            (
                *(grown.first, b"".join(grown.leaves), list(positions)),
                *(list(levels), list(numbers), list(tiles)),
                *(grown.size, grown.peaks),
            ),
        )

    @contextmanager
    def trail(self) -> Iterator[Trail]:
        with self.datastore.get_connection() as connection, connection.transaction(force_rollback=True):
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            with closing(_trail(connection)) as trail:
                yield trail

    def positions_of(self, command: UUID) -> tuple[int, int] | None:
        found = self._rows(f"SELECT first_position, last_position FROM {SCHEMA}.command WHERE command_id = %s", command)
        return (found[0]["first_position"], found[0]["last_position"]) if found else None

    def events_at(self, positions: Sequence[int]) -> list[Notification]:
        found = self._rows(
            f"SELECT * FROM {SCHEMA}.stored_events WHERE notification_id = ANY(%s::bigint[]) ORDER BY notification_id",
            list(positions),
        )
        return [
            Notification(
                id=row["notification_id"],
                originator_id=row["originator_id"],
                originator_version=row["originator_version"],
                topic=row["topic"],
                state=bytes(row["state"]),
            )
            for row in found
        ]

    def store_version(self) -> int | None:
        if self._rows(f"SELECT to_regclass('{SCHEMA}.store_version')::text AS name")[0]["name"] is None:
            return None
        return int(self._rows(f"SELECT version FROM {SCHEMA}.store_version")[0]["version"])

    def must_be_durable(self) -> None:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            if self._rows(f"SELECT current_setting('{setting}') AS value")[0]["value"] == "off":
                raise UnsafeSetting(f"The store cannot be kept safely: PostgreSQL runs with {setting} = off.")

    def faults(self) -> list[str]:
        streams = self._rows(
            f"SELECT originator_id AS stream, COUNT(*) AS facts, MAX(originator_version) AS newest "
            f"FROM {SCHEMA}.stored_events GROUP BY originator_id "
            "HAVING MIN(originator_version) <> 1 OR MAX(originator_version) <> COUNT(*)"
        )
        lost = self._rows(
            f"SELECT command_id, first_position, last_position FROM {SCHEMA}.command AS c "
            f"WHERE last_position - first_position + 1 <> (SELECT COUNT(*) FROM {SCHEMA}.stored_events "
            "WHERE notification_id BETWEEN c.first_position AND c.last_position)"
        )
        return [
            *(f"stream {r['stream']}: {r['facts']:,} facts, the last is version {r['newest']:,}" for r in streams),
            *(
                f"command {r['command_id']}: facts are missing from positions "
                f"{r['first_position']:,} to {r['last_position']:,}"
                for r in lost
            ),
        ]

    def _rows(self, statement: Any, *parameters: object) -> list[Any]:
        with self.datastore.cursor() as cursor:
            return cursor.execute(statement, parameters).fetchall()


def _trail(connection: Any) -> Trail:
    numbers = count(1)

    def select(statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        with connection.cursor(row_factory=tuple_row) as cursor:
            found: list[tuple[Any, ...]] = cursor.execute(_ours(statement), parameters, binary=True).fetchall()
        return found

    def stream(statement: str, *parameters: object) -> Generator[tuple[Any, ...], None, None]:
        # A cursor of the server's own: a long log is sent a part at a time.
        with connection.cursor(name=f"trail_{next(numbers)}", row_factory=tuple_row) as cursor:
            cursor.itersize = 2_000
            yield from cursor.execute(_ours(statement), parameters, binary=True)

    return Trail(select, stream, events_query=_EVENTS, commands_query=_COMMANDS)


def _ours(statement: str) -> str:
    return statement.replace("FROM audit_", f"FROM {SCHEMA}.audit_").replace("?", "%s")


_EVENTS = (
    "SELECT notification_id, convert_to(replace(originator_id::text, '-', ''), 'UTF8'), originator_version, "
    f"convert_to(topic, 'UTF8'), state, true FROM {SCHEMA}.stored_events WHERE notification_id"
)

_COMMANDS = (
    "SELECT first_position, last_position, convert_to(replace(command_id::text, '-', ''), 'UTF8'), "
    "convert_to(to_char(recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), 'UTF8'), true "
    f"FROM {SCHEMA}.command"
)

_COMMAND_AND_HEAD: Any = (
    f"WITH kept AS (INSERT INTO {SCHEMA}.command (command_id, first_position, last_position, recorded) "
    f"VALUES (%s, %s, %s, %s)) SELECT origin, size, peaks FROM {SCHEMA}.audit_head"
)

_LEAVES: Any = (
    f"WITH leaves AS (INSERT INTO {SCHEMA}.audit_leaf "
    "SELECT %s::bigint + n - 1, position, substring(%s::bytea FROM (32 * n - 31)::integer FOR 32) "
    "FROM unnest(%s::bigint[]) WITH ORDINALITY AS saved (position, n)), "
    f"tiles AS (INSERT INTO {SCHEMA}.audit_tile SELECT * FROM unnest(%s::integer[], %s::bigint[], %s::bytea[])) "
    f"UPDATE {SCHEMA}.audit_head SET size = %s, peaks = %s"
)

_LOCK: Any = (
    f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'; LOCK TABLE {SCHEMA}.stored_events IN EXCLUSIVE MODE; "
    "NOTIFY stored_events"
)

_TABLES: tuple[Any, ...] = (
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.command (command_id uuid PRIMARY KEY, first_position bigint NOT NULL, "
    "last_position bigint NOT NULL, recorded timestamptz NOT NULL DEFAULT now())",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.store_version (one integer PRIMARY KEY CHECK (one = 1), "
    "version integer NOT NULL)",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.audit_leaf (seq bigint PRIMARY KEY, position bigint NOT NULL, "
    "hash bytea NOT NULL)",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.audit_tile (level integer NOT NULL, number bigint NOT NULL, "
    "hash bytea NOT NULL, PRIMARY KEY (level, number))",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.audit_head (one integer PRIMARY KEY CHECK (one = 1), origin text NOT NULL, "
    "size bigint NOT NULL, peaks bytea NOT NULL, begun text NOT NULL, made_later bigint NOT NULL)",
    f"CREATE OR REPLACE FUNCTION {SCHEMA}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'what was kept is never changed'; END $$",
    *(
        f"CREATE OR REPLACE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {SCHEMA}.{table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {SCHEMA}.refuse_change()"
        for table in ("stored_events", "command", "audit_leaf", "audit_tile")
    ),
)
