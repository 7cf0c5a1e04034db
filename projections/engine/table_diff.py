"""In which rows do two databases of the read side differ? Asked within the database where both are files of SQLite, or
schemas of one PostgreSQL; else row by row, as are tables that are not alike.

Tables without a key are compared as heaps: as many rows of each kind on either side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import Any

from sqlalchemy import Column, Connection, Engine, String, Table, inspect, select

from projections.engine.database import reading
from projections.engine.projector import Projection

AT_ONCE = 2_000

MOST_NAMED = 200
"""Rows of one table that are named; of the others it is said that there are more."""

MEMORY, TABLES_AT_ONCE = "64MB", 2
"""What PostgreSQL may use to compare one table before it turns to the disk, and how many it compares at a time."""

Row = tuple[Any, ...]


def rows_differing(projections: Sequence[Projection], engine: Engine, beside: Engine) -> Iterator[str]:
    """In words, every row of the projections' tables in `engine` that is not as `beside` has it; nothing where all are.

    The two must stand at one position. Of a table with very many, the first are named."""
    there = set(inspect(engine).get_table_names())
    tables = [table for projection in projections for table in projection.tables.sorted_tables]
    yield from (f"the table {table.name} is missing" for table in tables if table.name not in there)
    for table in _suspected([table for table in tables if table.name in there], engine, beside):
        named = _named(table, engine, beside)
        yield from islice(named, MOST_NAMED)
        if next(named, None) is not None:
            yield f"more rows of the table {table.name} differ than the {MOST_NAMED} named here"


# --- within the database --------------------------------------------------------------------------------------------


def _suspected(tables: Sequence[Table], engine: Engine, beside: Engine) -> Sequence[Table]:
    """All that differ, and perhaps some that do not."""
    if {engine.dialect.name, beside.dialect.name} == {"sqlite"}:
        return _unlike_in_sqlite(tables, engine, beside)
    if engine.dialect.name == "postgresql" and engine.url == beside.url:
        return _unlike_in_postgresql(tables, engine, beside)
    return tables


def _unlike_in_sqlite(tables: Sequence[Table], engine: Engine, beside: Engine) -> list[Table]:
    """Rows of the same place are compared: of rows in another order it is not seen that they are the same."""
    with reading(engine) as connection:
        connection.exec_driver_sql("ATTACH DATABASE ? AS beside", (beside.url.database,))

        def alike(table: Table) -> bool:
            name, ours = _written(connection, table, "a")
            _, theirs = _written(connection, table, "b")
            joined = f"main.{name} AS a JOIN beside.{name} AS b ON a.rowid = b.rowid"
            counted = (f"{joined} WHERE ({ours}) IS ({theirs})", f"main.{name}", f"beside.{name}")
            same, *sizes = (connection.exec_driver_sql(f"SELECT count(*) FROM {rows}").scalar_one() for rows in counted)
            return sizes == [same, same]

        try:
            return [table for table in tables if not alike(table)]
        finally:
            connection.exec_driver_sql("DETACH DATABASE beside")


def _unlike_in_postgresql(tables: Sequence[Table], engine: Engine, beside: Engine) -> list[Table]:
    """As many rows of each kind must be on either side, in whatever order; nothing is fetched."""
    schema = inspect(beside).default_schema_name

    def alike(table: Table) -> bool:
        with engine.begin() as connection:
            for setting in (f"work_mem = '{MEMORY}'", "jit = off"):
                connection.exec_driver_sql(f"SET LOCAL {setting}")
            name, columns = _written(connection, table, "one")
            ours, theirs = f"FROM {name} AS one", f"FROM {schema}.{name} AS one"
            asked = (
                f"SELECT (SELECT count(*) {ours}) = (SELECT count(*) {theirs}) "
                f"AND NOT EXISTS (SELECT {columns} {ours} EXCEPT ALL SELECT {columns} {theirs})"
            )
            return bool(connection.exec_driver_sql(asked).scalar_one())

    with ThreadPoolExecutor(max_workers=TABLES_AT_ONCE) as asking:
        return [table for table, same in zip(tables, asking.map(alike, tables), strict=True) if not same]


def _written(connection: Connection, table: Table, alias: str) -> tuple[str, str]:
    """The table's name and its columns in SQL."""
    quote = connection.dialect.identifier_preparer.quote
    return quote(table.name), ", ".join(f"{alias}.{quote(column.name)}" for column in table.columns)


# --- row by row -----------------------------------------------------------------------------------------------------


def _named(table: Table, engine: Engine, beside: Engine) -> Iterator[str]:
    """Both sides are walked side by side in one order; batches that are alike are passed over whole."""
    keys = list(table.primary_key.columns) or list(table.columns)
    places = [list(table.columns).index(key) for key in keys]
    with engine.connect() as one, beside.connect() as other:  # in a transaction each: long tables come in parts
        ours, theirs = _walked(one, table, keys), _walked(other, table, keys)
        batch = list(islice(ours, AT_ONCE))
        against = list(islice(theirs, AT_ONCE))
        while batch and batch == against:
            batch, against = list(islice(ours, AT_ONCE)), list(islice(theirs, AT_ONCE))
        for row, what in _merged(chain(batch, ours), chain(against, theirs), places):
            yield f"row {', '.join(str(row[place]) for place in places)} of the table {table.name} {what}"


def _walked(connection: Connection, table: Table, keys: list[Column[Any]]) -> Iterator[Row]:
    order = [
        (key.collate("C") if connection.dialect.name == "postgresql" and isinstance(key.type, String) else key)
        .asc()
        .nulls_first()
        for key in keys
    ]
    asked = select(table).order_by(*order)
    with connection.execution_options(yield_per=AT_ONCE).execute(asked) as found:
        yield from map(tuple, found)


def _merged(ours: Iterator[Row], theirs: Iterator[Row], places: list[int]) -> Iterator[tuple[Row, str]]:
    def key(row: Row) -> list[tuple[bool, Any]]:
        return [(row[place] is not None, row[place]) for place in places]

    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        if other is None or (one is not None and key(one) < key(other)):
            assert one is not None
            yield one, "is not in the log"
            one = next(ours, None)
        elif one is None or key(other) < key(one):
            yield other, "is missing"
            other = next(theirs, None)
        else:
            if one != other:
                yield one, "differs"
            one, other = next(ours, None), next(theirs, None)
