"""One store of facts: opened, prepared, written and read. SQLite by a path, PostgreSQL by a `postgresql://` address."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Repository
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import ConnectionPoolClosedError, EventStore, PersistenceError

from domain.facts import Fact
from domain.ledger.mapper import LedgerMapper
from domain.ledger.recorders import STORE_VERSION, LedgerRecorder, must_fit
from domain.ledger.trail import Trail
from domain.values.errors import (
    CommandAlreadyDone,
    ConcurrentChange,
    CorruptEvent,
    StoreMissing,
    StoreTooNew,
    StoreUnavailable,
    UnsafeSetting,
)

__all__ = [
    "CommandAlreadyDone",
    "ConcurrentChange",
    "Ledger",
    "Saved",
    "is_postgres",
    "migrate",
    "must_be_safe",
    "open_ledger",
    "saves",
]

PAGE = 1_000
"""Events read from the log at a time."""

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True)
class Saved:
    """What one save kept: the command, and the first and last position of its facts, both inclusive."""

    command: UUID
    first: int
    last: int


_NOTED: ContextVar[list[Saved] | None] = ContextVar("_NOTED", default=None)
"""Of this thread alone: others save at the same time, and what they save is no business of ours."""


@contextmanager
def saves() -> Iterator[list[Saved]]:
    """Every save that is made meanwhile in this thread, in order. A command that was kept before saves nothing."""
    kept: list[Saved] = []
    before = _NOTED.set(kept)
    try:
        yield kept
    finally:
        _NOTED.reset(before)


class Ledger:
    """The facts, and the streams they make up. Open one per process, after it was forked, and keep it.

    Everything that goes wrong with the database comes out as StoreUnavailable, with the driver's error as its cause."""

    def __init__(self, recorder: LedgerRecorder) -> None:
        self.recorder = recorder
        self.mapper = LedgerMapper()
        self.events: EventStore[UUID] = EventStore(self.mapper, recorder)
        self.repository: Repository[UUID] = Repository(self.events)

    def save(self, *sources: Aggregate | Fact, command: UUID) -> tuple[int, int]:
        """Keep the pending facts of aggregates, or facts as they come, in one transaction: all or none.

        Gives the first and last position, both inclusive. Raises CommandAlreadyDone where the command was kept
        before, ConcurrentChange where a stream moved on since it was loaded, RuleBroken where a fact cannot be
        stored or the save is too large."""
        facts: list[Any] = []
        for source in sources:
            facts += source.collect_events() if isinstance(source, Aggregate) else [source]
        if not facts:
            raise ValueError("there is nothing to save")
        if any(fact.command != command for fact in facts):
            raise ValueError("every fact of a save belongs to the save's command")
        with in_plain_words():
            recordings = self.events.put(facts, command=command)
        saved = Saved(command, recordings[0].notification.id, recordings[-1].notification.id)
        if (noted := _NOTED.get()) is not None:
            noted.append(saved)
        return saved.first, saved.last

    def must_fit(self, facts: Sequence[Any]) -> None:
        """Raises RuleBroken where these facts could not be stored, or not in one save."""
        must_fit([self.mapper.to_stored_event(fact) for fact in facts])

    def load(self, cls: type[A], identity: UUID) -> A | None:
        """The aggregate as its stream left it; None where no stream has that id. Raises CorruptEvent."""
        with in_plain_words():
            try:
                found: Any = self.repository.get(identity, projector_func=_replayed)
            except AggregateNotFoundError:
                return None
        if not isinstance(found, cls):
            raise CorruptEvent(None, f"stream {identity} is of a {type(found).__name__}, not of a {cls.__name__}")
        return found

    def read_facts(
        self, start: int = 1, limit: int | None = None, names: Sequence[str] = ()
    ) -> Iterator[tuple[int, Fact]]:
        """Facts from position `start` on, inclusive, in the order of the log, at most `limit` of them.

        `names` leaves only facts of those stored names. Raises CorruptEvent with the position of one that cannot
        be read; those before it have been given by then."""
        while limit is None or limit > 0:
            size = PAGE if limit is None else min(limit, PAGE)
            with in_plain_words():
                page = self.recorder.select_notifications(start, size, topics=names)
            for notification in page:
                yield notification.id, self.mapper.to_domain_event(notification)
            if len(page) < size:
                return
            start = page[-1].id + 1
            limit = None if limit is None else limit - len(page)

    def facts_at(self, positions: Sequence[int]) -> dict[int, Fact]:
        """The facts at these positions, wherever in the log they stand, read together. Raises CorruptEvent."""
        with in_plain_words():
            found = self.recorder.events_at(positions)
        return {notification.id: self.mapper.to_domain_event(notification) for notification in found}

    def max_position(self) -> int:
        """The position of the newest fact; 0 in an empty store."""
        with in_plain_words():
            return self.recorder.max_notification_id() or 0

    def positions_of(self, command: UUID) -> tuple[int, int] | None:
        """First and last position, both inclusive, of what a command did; None if it was never kept."""
        with in_plain_words():
            return self.recorder.positions_of(command)

    @contextmanager
    def trail(self) -> Iterator[Trail]:
        """The tree over the facts, as of one moment, however long it is read."""
        with in_plain_words(), self.recorder.trail() as trail:
            yield trail

    def close(self) -> None:
        self.recorder.datastore.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_ledger(where: str | Path, *, create: bool = False) -> Ledger:
    """The store at a path or `postgresql://` address; `create` prepares it first.

    Raises StoreMissing, StoreTooNew, UnsafeSetting or StoreUnavailable."""
    must_be_safe()
    if create:
        migrate(where)
    if not is_postgres(where) and not Path(where).is_file():
        raise StoreMissing(f"There is no store at {where}. Prepare one with: flask --app wsgi store migrate")
    with in_plain_words():
        recorder = _recorder(where)
        version = recorder.store_version()
        _must_know(version)
        if version is None or version < STORE_VERSION:
            raise StoreMissing("The store is not prepared for this program. Run: flask --app wsgi store migrate")
        recorder.must_be_durable()
    return Ledger(recorder)


def migrate(where: str | Path, *, origin: str | None = None) -> None:
    """Prepare the store: make the file (readable by its owner only), the tables that are missing, and the leaves of
    events kept before there was a tree. `origin` names the log where its tree begins now.

    Any number of processes may do so at once. Raises StoreTooNew where a newer program prepared it."""
    must_be_safe()
    with in_plain_words():
        if is_postgres(where) or Path(where).exists():
            _prepare(where, origin)
            return
        # SQLite does not wait its turn while a file changes to write-ahead logging: a new one appears when it is whole.
        path = Path(where)
        fresh = beside(path, "new")
        try:
            make_private_file(fresh)
            _prepare(fresh, origin)
            with suppress(FileExistsError):
                os.link(fresh, path)
        finally:
            remove_store(fresh)


def must_be_safe(environ: Mapping[str, str] | None = None) -> None:
    """Raises UnsafeSetting where the interpreter, or the environment given, would put facts at risk."""
    if sys.flags.optimize:
        raise UnsafeSetting("Run Python without -O and PYTHONOPTIMIZE: they switch off checks that guard the history.")
    setting = (environ or {}).get("POSTGRES_ENABLE_DB_FUNCTIONS", "")
    if setting.strip().lower() not in ("", "0", "n", "no", "f", "false", "off"):
        raise UnsafeSetting("Unset POSTGRES_ENABLE_DB_FUNCTIONS: with it readers of the log miss events.")


def is_postgres(where: str | Path) -> bool:
    """Whether an address names a PostgreSQL database; anything else is the path of a SQLite file."""
    return isinstance(where, str) and where.startswith(("postgresql://", "postgres://"))


def make_private_file(path: Path) -> None:
    """An empty file that only its owner may read, unless there is one; SQLite gives its side files the same rights."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def beside(path: Path, word: str) -> Path:
    """A name next to a store's file for what only this process works on."""
    return path.with_name(f".{path.name}.{os.getpid()}.{word}")


def remove_store(path: Path) -> None:
    """Delete a SQLite file with its side files, as far as they exist."""
    for side in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{path}{side}").unlink()


@contextmanager
def in_plain_words() -> Iterator[None]:
    """The one place where errors of the drivers and the library become StoreUnavailable."""
    try:
        yield
    except (PersistenceError, ConnectionPoolClosedError, sqlite3.Error, OSError, UnicodeDecodeError) as error:
        # The last is what SQLite's driver raises where damage reaches the text of its own error message.
        raise StoreUnavailable(
            "The store could not be reached or read. If you were saving, send it again: nothing is kept twice."
        ) from error


def _recorder(where: str | Path) -> LedgerRecorder:
    if is_postgres(where):
        # Imported here because the driver takes half a second to load.
        from domain.ledger import postgres

        return postgres.PostgresLedgerRecorder(postgres.PostgresLedgerDatastore(str(where)))
    from domain.ledger import sqlite

    return sqlite.SQLiteLedgerRecorder(sqlite.SQLiteLedgerDatastore(str(Path(where).absolute())))


def _prepare(where: str | Path, origin: str | None) -> None:
    recorder = _recorder(where)
    try:
        _must_know(recorder.store_version())
        recorder.migrate(origin)
    finally:
        recorder.datastore.close()


def _must_know(version: int | None) -> None:
    if version is not None and version > STORE_VERSION:
        raise StoreTooNew(
            f"The store is of version {version}, this program knows version {STORE_VERSION}. Use the newer program."
        )


def _replayed(aggregate: Any, facts: Iterable[Any]) -> Any:
    for fact in facts:
        expected = 1 if aggregate is None else aggregate.version + 1
        if fact.originator_version != expected or isinstance(fact, Aggregate.Created) != (aggregate is None):
            raise CorruptEvent(None, f"version {expected} of stream {fact.originator_id} is missing or out of place")
        aggregate = fact.mutate(aggregate)
    return aggregate
