"""Are the tables what the log comes to? They are made again elsewhere, and compared row by row."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, Table, select

from domain.errors import StoreUnavailable
from projections.catalogue import PROJECTIONS
from projections.log import Ledger
from projections.projector import Mark, Projection, Projector, Stopped, migrate
from projections.store import open_store

TRIES = 10
"""How often tables are compared anew because somebody wrote in between."""


def differences(
    projector: Projector,
    engine: Engine,
    ledger: Ledger,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[str]:
    """In words, every row of the tables in use that is not as a replay of the log makes it; empty if there is none.

    The tables are brought up to the log first. Raises StoreUnavailable where the log cannot be replayed to its end, or
    others write so fast that the two never stand at the same position."""
    with TemporaryDirectory(prefix="timeline-replay-") as folder:
        beside = open_store(Path(folder) / "replay.db")
        try:
            migrate(beside, PROJECTIONS)
            replayed = Projector(beside, ledger, PROJECTIONS)
            try:
                replayed.rebuild(progress=progress)
            except Stopped as stopped:
                raise StoreUnavailable(f"A replay of the log is not possible: {stopped}.") from stopped
            return _compared(projector, engine, replayed, beside)
        finally:
            beside.dispose()


def _compared(projector: Projector, engine: Engine, replayed: Projector, beside: Engine) -> list[str]:
    for _ in range(TRIES):
        before = _positions(projector.catch_up())
        if before == _positions(replayed.catch_up()):
            found = [what for projection in PROJECTIONS for what in _rows_differing(projection, engine, beside)]
            if before == _positions(projector.marks()):
                return found
        elif stopped := [mark for mark in projector.marks().values() if mark.stopped_at is not None]:
            return [f"{mark.name} stopped at position {mark.stopped_at}: {mark.error}" for mark in stopped]
    raise StoreUnavailable("Others keep writing: the read side never stood still to be compared. Try again later.")


def _positions(marks: Any) -> dict[str, int]:
    held: dict[str, Mark] = dict(marks)
    return {name: mark.position for name, mark in held.items()}


def _rows_differing(projection: Projection, engine: Engine, beside: Engine) -> list[str]:
    found = []
    for table in projection.tables.sorted_tables:
        ours, theirs = _digests(engine, table), _digests(beside, table)
        for key in sorted(ours.keys() | theirs.keys(), key=repr):
            if ours.get(key) != theirs.get(key):
                named = ", ".join(map(str, key))
                what = "is missing" if key not in ours else "is not in the log" if key not in theirs else "differs"
                found.append(f"row {named} of the table {table.name} {what}")
    return found


def _digests(engine: Engine, table: Table) -> dict[tuple[Any, ...], bytes]:
    """Every row by its key, as a hash: few bytes for many rows."""
    keys = [column.name for column in table.primary_key.columns]
    with engine.connect() as connection:  # in a transaction: a long table is sent a part at a time
        return {
            tuple(getattr(row, key) for key in keys): sha256(repr(tuple(row)).encode()).digest()[:16]
            for row in connection.execution_options(yield_per=1_000).execute(select(table))
        }
