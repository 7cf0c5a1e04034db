"""Brings the read side up to the log: pulls by position, writes rows and position in one transaction.

Any number of projectors may race. Each claims a step by moving the position from where it found it; whoever finds it
moved already writes nothing and looks again. A fact that cannot be read or kept stops its projection, and only that,
at its position."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Protocol

from eventsourcing.persistence import PersistenceError
from sqlalchemy import Connection, Engine, MetaData, inspect, select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from domain.facts import Fact
from domain.values.errors import CorruptEvent, StoreUnavailable
from projections.engine import tables as t
from projections.engine.database import reading, writing
from projections.engine.log import PAGE, Command, ReadableLedger, page_after
from projections.engine.tables import Seek, Shelf

OUTAGES = (OperationalError, InterfaceError, PersistenceError, StoreUnavailable, OSError)
"""Errors of the databases, which say nothing about the fact at hand; the step is taken when they are back."""


class ProjectionWriter(Protocol):
    """Writes the rows of one projection. It may remember what it wrote until it is told to forget."""

    def keep(self, connection: Connection, commands: Iterable[Command]) -> None: ...

    def forget(self) -> None: ...


@dataclass(frozen=True)
class Projection:
    """A set of tables kept from the log. A higher `version` means other rows: `migrate` then starts it afresh.

    Every fact is named in `handles` or in `ignores`. `only` are the stored names of all that it handles, where they are
    few: made anew, it then reads no others."""

    name: str
    version: int
    tables: MetaData
    seeks: Sequence[Seek]
    writer: Callable[[ReadableLedger, Shelf], ProjectionWriter]
    handles: frozenset[type[Fact]]
    ignores: frozenset[type[Fact]]
    only: tuple[str, ...] = ()

    def shelf(self, generation: int, *, shadow: bool = False) -> Shelf:
        return Shelf(self.tables, self.seeks, generation, shadow=shadow)


@dataclass(frozen=True)
class ProjectionMark:
    """How far a projection has come. `stopped_at` is the position of the event it could not take."""

    name: str
    generation: int
    position: int
    stopped_at: int | None
    error: str | None


class PositionMoved(Exception):
    """Somebody else moved the position, or began another rebuild, in between."""


class Stopped(Exception):
    """A rebuild met an event that cannot be read or kept; the tables in use are as they were."""

    def __init__(self, projection: str, position: int | None, why: str) -> None:
        super().__init__(f"the rebuild of {projection} stopped at position {position}: {why}")
        self.projection = projection
        self.position = position


class Projector:
    """Make one per process, after it was forked. May be used from several threads. `page` is how many facts are read
    and written at once."""

    def __init__(
        self, engine: Engine, ledger: ReadableLedger, projections: Sequence[Projection], *, page: int = PAGE
    ) -> None:
        self._page = page
        self._engine = engine
        self._ledger = ledger
        self._projections = {projection.name: projection for projection in projections}
        self._writers: dict[str, tuple[int, int, ProjectionWriter]] = {}
        self._lock = RLock()

    # --- catching up -------------------------------------------------------------------------------------------------

    def catch_up(self, *, retry: bool = False) -> Mapping[str, ProjectionMark]:
        """Bring every projection to the end of the log; one that stopped before stays stopped unless `retry`.

        Answers where each stands. Raises the database's own error where it cannot be reached or written."""
        with self._lock:
            while True:
                marks = self.marks()
                running = [mark for mark in marks.values() if retry or mark.stopped_at is None]
                if not running:
                    return marks
                page = page_after(self._ledger, min(mark.position for mark in running), self._page)
                for mark in running:
                    self._take(mark, page.commands, page.broken)
                if not page.commands:
                    return self.marks() if page.broken is not None else marks
                retry = False

    def marks(self) -> Mapping[str, ProjectionMark]:
        """How far each projection has come, by name."""
        with reading(self._engine) as connection:
            return {
                row.name: ProjectionMark(row.name, row.generation, row.position, row.stopped_at, row.error)
                for row in connection.execute(select(t.projection))
                if row.name in self._projections
            }

    def _take(self, mark: ProjectionMark, commands: Sequence[Command], broken: CorruptEvent | None) -> None:
        ahead = [command for command in commands if command.position > mark.position]
        try:
            if ahead:
                self._step(mark, ahead)
        except PositionMoved:
            return
        except self._outages:
            raise
        except Exception as fault:
            if len(ahead) > 1:
                self._one_by_one(mark, ahead)
            else:
                self._stop(mark, ahead[0].position, f"{type(fault).__name__}: {fault}")
            return
        if broken is not None and (broken.position is None or broken.position > mark.position):
            self._stop(moved(mark, ahead), broken.position, str(broken))

    def _one_by_one(self, mark: ProjectionMark, commands: Sequence[Command]) -> None:
        """Take all before the one that cannot be kept, and stop there."""
        for command in commands:
            try:
                self._step(mark, [command])
            except PositionMoved:
                return
            except self._outages:
                raise
            except Exception as fault:
                self._stop(mark, command.position, f"{type(fault).__name__}: {fault}")
                return
            mark = moved(mark, [command])

    def _step(self, mark: ProjectionMark, commands: Sequence[Command]) -> None:
        writer = self._writer(mark)
        end = commands[-1].position
        try:
            with writing(self._engine) as connection:
                self.claim(connection, mark, end)
                writer.keep(connection, commands)
        except PositionMoved:
            raise
        except BaseException:
            writer.forget()
            raise
        self._writers[mark.name] = (mark.generation, end, writer)

    def claim(self, connection: Connection, mark: ProjectionMark, end: int) -> None:
        """Move the position from where it was found to where this step ends; raises Overtaken if it is elsewhere.

        The first statement of the transaction: it takes the lock under which the rows are written."""
        p = t.projection
        claimed = connection.execute(
            update(p)
            .where(p.c.name == mark.name, p.c.generation == mark.generation, p.c.position == mark.position)
            .values(position=end, stopped_at=None, error=None)
        )
        if claimed.rowcount != 1:
            raise PositionMoved(mark.name)

    def _writer(self, mark: ProjectionMark) -> ProjectionWriter:
        """The one that wrote up to this position, if it was ours; else one that trusts nothing it remembers."""
        generation, position, writer = self._writers.get(mark.name, (None, None, None))
        if writer is None or generation != mark.generation:
            projection = self._projections[mark.name]
            return projection.writer(self._ledger, projection.shelf(mark.generation))
        if position != mark.position:
            writer.forget()
        return writer

    def _stop(self, mark: ProjectionMark, position: int | None, why: str) -> None:
        p = t.projection
        with writing(self._engine) as connection:
            connection.execute(
                update(p)
                .where(p.c.name == mark.name, p.c.generation == mark.generation, p.c.position == mark.position)
                .values(stopped_at=mark.position + 1 if position is None else position, error=why)
            )

    @property
    def _outages(self) -> tuple[type[BaseException], ...]:
        """Errors that say nothing about the fact at hand: the database is away, locked, full or read-only."""
        driver = self._engine.dialect.loaded_dbapi
        return (*OUTAGES, driver.OperationalError, driver.InterfaceError)

    # --- rebuilding --------------------------------------------------------------------------------------------------

    def rebuild(
        self, names: Iterable[str] | None = None, progress: Callable[[int, int], None] = lambda done, total: None
    ) -> Mapping[str, ProjectionMark]:
        """Make the tables anew beside those in use and put them in their place in one transaction.

        Raises Stopped at an event that cannot be read or kept, Overtaken if another rebuild began meanwhile; the
        tables in use serve on in either case."""
        with _without_collecting():
            for name in list(self._projections) if names is None else list(names):
                _Rebuild(self._engine, self._ledger, self._projections[name], self._page, progress).run()
        with self._lock:
            self._writers.clear()
        return self.marks()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A rebuild makes nothing that refers to itself; looking for such things took a fifth of its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Rebuild:
    """One projection made anew, in a generation of its own."""

    def __init__(
        self,
        engine: Engine,
        ledger: ReadableLedger,
        projection: Projection,
        page: int,
        progress: Callable[[int, int], None],
    ) -> None:
        self._page = page
        self._engine = engine
        self._ledger = ledger
        self._projection = projection
        self._progress = progress
        self._position = 0

    def run(self) -> None:
        self._shelf = self._begin()
        self._writer = self._projection.writer(self._ledger, self._shelf)
        self._follow()
        for seek in self._shelf.missing():
            with writing(self._engine) as connection:
                self._still_ours(connection)
                self._shelf.make(connection, seek)
        while not self._swap():
            self._follow()

    def _begin(self) -> Shelf:
        p = t.projection
        with writing(self._engine) as connection:
            named = p.c.name == self._projection.name
            connection.execute(update(p).where(named).values(rebuilt_to=0))
            row = connection.execute(select(p).where(named)).one()
            generation = max(row.generation, row.claimed or 0) + 1
            connection.execute(update(p).where(named).values(claimed=generation))
            if row.claimed is not None:
                self._projection.shelf(row.claimed, shadow=True).metadata.drop_all(connection)
            shelf = self._projection.shelf(generation, shadow=True)
            shelf.metadata.create_all(connection)
        return shelf

    def _follow(self) -> None:
        """Take the log from where we are to its end."""
        total = self._ledger.max_position()
        while True:
            page = page_after(self._ledger, self._position, self._page, self._projection.only)
            if page.commands:
                end = page.commands[-1].position
                try:
                    with writing(self._engine) as connection:
                        self._still_ours(connection, end)
                        self._writer.keep(connection, page.commands)
                except (PositionMoved, *OUTAGES):
                    raise
                except Exception as fault:
                    raise Stopped(self._projection.name, end, f"{type(fault).__name__}: {fault}") from fault
                self._position = end
                self._progress(end, max(total, end))
            if page.broken is not None:
                raise Stopped(self._projection.name, page.broken.position, str(page.broken)) from page.broken
            if not page.commands:
                self._position = max(self._position, total)
                return

    def _still_ours(self, connection: Connection, position: int | None = None) -> None:
        p = t.projection
        ours = connection.execute(
            update(p)
            .where(p.c.name == self._projection.name, p.c.claimed == self._shelf.generation)
            .values(rebuilt_to=self._position if position is None else position)
        )
        if ours.rowcount != 1:
            raise PositionMoved(self._projection.name)

    def _swap(self) -> bool:
        """Put the new tables in the place of the old; False where those are further by now.

        Tables further than the log itself were made from a longer log, in whose place a backup was put."""
        p = t.projection
        with writing(self._engine) as connection:
            self._still_ours(connection)
            live = connection.scalar(select(p.c.position).where(p.c.name == self._projection.name))
            if live is not None and self._position < live <= self._ledger.max_position():
                return False
            quote = connection.dialect.identifier_preparer.quote
            for name, shadow in self._shelf.tables.items():
                connection.exec_driver_sql(f"DROP TABLE {quote(name)}")
                connection.exec_driver_sql(f"ALTER TABLE {quote(shadow.name)} RENAME TO {quote(name)}")
            connection.execute(
                update(p)
                .where(p.c.name == self._projection.name)
                .values(
                    generation=self._shelf.generation,
                    version=self._projection.version,
                    position=self._position,
                    stopped_at=None,
                    error=None,
                    claimed=None,
                    rebuilt_to=None,
                )
            )
        return True


def moved(mark: ProjectionMark, commands: Sequence[Command]) -> ProjectionMark:
    """The mark after these commands."""
    if not commands:
        return mark
    return ProjectionMark(mark.name, mark.generation, commands[-1].position, None, None)


def migrate(engine: Engine, projections: Sequence[Projection]) -> None:
    """Make the tables that are missing, and start afresh, from position 0, those made by an earlier version."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4071854)")
            connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS projections")
        t.metadata.create_all(connection)
        known = {row.name: row for row in connection.execute(select(t.projection))}
        for projection in projections:
            row = known.get(projection.name)
            if row is not None and row.version == projection.version:
                continue
            generation = 1 if row is None else max(row.generation, row.claimed or 0) + 1
            if row is not None and row.claimed is not None:
                projection.shelf(row.claimed, shadow=True).metadata.drop_all(connection)
            projection.shelf(generation).metadata.drop_all(connection)
            _create(connection, projection, generation)
            fresh = {
                "version": projection.version,
                "generation": generation,
                "position": 0,
                "stopped_at": None,
                "error": None,
                "claimed": None,
                "rebuilt_to": None,
            }
            if row is None:
                connection.execute(t.projection.insert().values(name=projection.name, **fresh))
            else:
                connection.execute(update(t.projection).where(t.projection.c.name == projection.name).values(**fresh))


def prepared(engine: Engine, projections: Sequence[Projection]) -> bool:
    """Whether `migrate` has been run for these projections in these versions."""
    if not inspect(engine).has_table(t.projection.name):
        return False
    with reading(engine) as connection:
        found = {row.name: row.version for row in connection.execute(select(t.projection))}
    return all(found.get(projection.name) == projection.version for projection in projections)


def _create(connection: Connection, projection: Projection, generation: int) -> None:
    shelf = projection.shelf(generation)
    for seek in shelf.seeks:
        shelf.index(seek)
    shelf.metadata.create_all(connection)
