"""Opens the database of the read side and writes rows in bulk: SQLite in a file, or a schema of PostgreSQL.

Reads are one statement each and bounded by a position of the log, so they need no transaction around them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event

SCHEMA = "projections"
BUSY_SECONDS = 60
"""How long a writer waits for another before the database's own error is raised."""


def open_store(where: Path | str, *, schema: str = SCHEMA, precious: bool = False) -> Engine:
    """The engine for a SQLite file (made readable by its owner alone) or a schema at a `postgresql://` address.

    What is `precious` cannot be made again from the log: each commit of it is on the disk before it is acknowledged."""
    text = str(where)
    if text.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return _postgresql(text.partition("://")[2], schema)
    return _sqlite(Path(text), synchronous="FULL" if precious else "NORMAL")


def _sqlite(path: Path, *, synchronous: str) -> Engine:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _open(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "cache_size=-8000",
            "trusted_schema=OFF",
            "cell_size_check=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgresql(rest: str, schema: str) -> Engine:
    return create_engine(
        f"postgresql+psycopg://{rest}",
        connect_args={"options": f"-c search_path={schema}"},
        pool_pre_ping=True,
    )


def damage(engine: Engine) -> list[str]:
    """What a SQLite file says is wrong with itself; PostgreSQL has its own tools for that."""
    if engine.dialect.name != "sqlite":
        return []
    with reading(engine) as connection:
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for questions; each statement sees what was committed when it began."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that has the write lock from its beginning (SQLite); committed unless an error leaves it."""
    with engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


def insert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert tuples in the order of the table's columns by the driver's fastest way."""
    if not rows:
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    if connection.dialect.name == "postgresql":
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(table.columns))
        driver.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)


def end(connection: Connection, table: Table, ends: Iterable[tuple[int, int]]) -> None:
    """Set `known_to` of rows: pairs of row and position."""
    pairs = list(ends)
    if not pairs:
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    if connection.dialect.name == "postgresql":
        driver.execute(
            f'UPDATE "{table.name}" AS held SET known_to = ended.at '
            'FROM unnest(%s::bigint[], %s::bigint[]) AS ended("row", at) WHERE held."row" = ended."row"',
            ([row for row, _ in pairs], [at for _, at in pairs]),
        )
    else:
        driver.executemany(f'UPDATE "{table.name}" SET known_to = ? WHERE "row" = ?', [(at, row) for row, at in pairs])


def upsert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert tuples, or overwrite the row of the same key; the key is the first column."""
    if not rows:
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    key, *others = (f'"{column.name}"' for column in table.columns)
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    changes = ", ".join(f"{name} = excluded.{name}" for name in others)
    statement = (
        f'INSERT INTO "{table.name}" VALUES ({", ".join([mark] * len(table.columns))}) '
        f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
    with closing(driver.cursor()) as cursor:
        cursor.executemany(statement, rows)
