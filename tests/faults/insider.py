"""Somebody with every right on the database: changes what was kept, carelessly or with the tree made anew."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from domain.ledger.store import is_postgres, migrate


class Insider:
    """SQL written once for both databases: `{s}` stands before the names of tables, `{position}` for the position's."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.postgres = is_postgres(where)
        for table in ("stored_events", "command", "audit_leaf", "audit_tile"):
            if self.postgres:
                self.do(f"ALTER TABLE {{s}}{table} DISABLE TRIGGER ALL")
            else:
                self.do(f"DROP TRIGGER {table}_update", f"DROP TRIGGER {table}_delete")

    def do(self, *statements: str) -> list[Any]:
        """Runs statements; gives the rows of the last."""
        names = {"s": "ledger." if self.postgres else "", "position": "notification_id" if self.postgres else "rowid"}
        with closing(self._connection()) as connection:
            for statement in statements:
                found = connection.execute(statement.format(**names))
            return list(found.fetchall()) if found.description else []

    def rebuild(self) -> None:
        """Make leaves, nodes and head anew from the events as they are now, and hide that it was done."""
        ((origin, begun),) = self.do("SELECT origin, begun FROM {s}audit_head")
        self.do("DELETE FROM {s}audit_leaf", "DELETE FROM {s}audit_tile", "DELETE FROM {s}audit_head")
        self.do("UPDATE {s}store_version SET version = 1")
        migrate(self.where, origin=origin)
        self.do(f"UPDATE {{s}}audit_head SET made_later = 0, begun = '{begun}'")
        Insider(self.where)

    def _connection(self) -> Any:
        if self.postgres:
            import psycopg

            return psycopg.connect(self.where, autocommit=True)
        return sqlite3.connect(self.where, isolation_level=None)


def kept_copy(where: str, folder: Path) -> str:
    """A copy of the whole store as it is now: a file, or a database of the same server. Nobody may have it open."""
    if is_postgres(where):
        _on_the_server(where, f"CREATE DATABASE {_name(where)}_old TEMPLATE {_name(where)}")
        return f"{_name(where)}_old"
    return str(shutil.copy(where, folder / "old.db"))


def put_in_place(copy: str, where: str) -> None:
    """The copy is the store from now on; what was there is gone."""
    if is_postgres(where):
        _on_the_server(where, f"DROP DATABASE {_name(where)}", f"ALTER DATABASE {copy} RENAME TO {_name(where)}")
    else:
        for side in ("-wal", "-shm"):
            Path(f"{where}{side}").unlink(missing_ok=True)
        shutil.copy(copy, where)


def _name(where: str) -> str:
    return urlsplit(where).path.lstrip("/")


def _on_the_server(where: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(where.replace(f"/{_name(where)}?", "/postgres?", 1), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def replaced(insider: Insider, position: int, old: bytes, new: bytes) -> None:
    """Change some of an event's recorded bytes."""
    ((state,),) = insider.do(f"SELECT state FROM {{s}}stored_events WHERE {{position}} = {position}")
    assert old in bytes(state)
    literal = bytes(state).replace(old, new).hex()
    value = f"'\\x{literal}'" if insider.postgres else f"x'{literal}'"
    insider.do(f"UPDATE {{s}}stored_events SET state = {value} WHERE {{position}} = {position}")


def edit(insider: Insider) -> None:
    replaced(insider, 57, b"Entered twice", b"Entered to be rid of it")


def change_topic(insider: Insider) -> None:
    insider.do("UPDATE {s}stored_events SET topic = 'report.received' WHERE {position} = 57")


def move_to_another_stream(insider: Insider) -> None:
    ((stream,),) = insider.do("SELECT originator_id FROM {s}stored_events WHERE {position} = 60")
    insider.do(
        f"UPDATE {{s}}stored_events SET originator_id = '{stream}', originator_version = 4 WHERE {{position}} = 57"
    )


def change_actor(insider: Insider) -> None:
    replaced(insider, 57, b'"actor":"local"', b'"actor":"other"')


def change_time_of_saving(insider: Insider) -> None:
    """Of one command, which wrote positions 55 to 57."""
    insider.do("UPDATE {s}command SET recorded = '2020-01-01T00:00:00.000000Z' WHERE first_position = 55")


def delete(insider: Insider) -> None:
    insider.do(
        "DELETE FROM {s}stored_events WHERE {position} = 57",
        "UPDATE {s}command SET last_position = 56 WHERE first_position = 55",
    )


def swap(insider: Insider) -> None:
    """Exchange what two events say."""
    table = "{s}stored_events"
    insider.do(
        f"CREATE TABLE {{s}}aside AS SELECT {{position}} AS at, state FROM {table} WHERE {{position}} IN (57, 60)",
        f"UPDATE {table} SET state = (SELECT state FROM {{s}}aside WHERE at = 60) WHERE {{position}} = 57",
        f"UPDATE {table} SET state = (SELECT state FROM {{s}}aside WHERE at = 57) WHERE {{position}} = 60",
        "DROP TABLE {s}aside",
    )


def cut_before_the_checkpoint(insider: Insider) -> None:
    insider.do("DELETE FROM {s}stored_events WHERE {position} > 90", "DELETE FROM {s}command WHERE first_position > 90")


def cut_after_the_checkpoint(insider: Insider) -> None:
    insider.do(
        "DELETE FROM {s}stored_events WHERE {position} > 111", "DELETE FROM {s}command WHERE first_position > 111"
    )


def slip_in(insider: Insider) -> None:
    """An event more, in the stream of the last."""
    insider.do(
        "INSERT INTO {s}stored_events (originator_id, originator_version, topic, state) "
        "SELECT originator_id, 4, topic, state FROM {s}stored_events WHERE {position} = 120"
    )


ATTACKS: dict[Callable[[Insider], None], list[int]] = {
    edit: [57],
    change_topic: [57],
    change_actor: [57],
    move_to_another_stream: [57],
    change_time_of_saving: [55, 56, 57],
    delete: [57],
    swap: [57, 60],
    cut_before_the_checkpoint: list(range(91, 121)),
    cut_after_the_checkpoint: list(range(112, 121)),
    slip_in: [121],
}
"""What can be done to a log of 120 events with a checkpoint at 102, and the positions that show it."""
