"""Where a replay is kept from one verification to the next: a file in the site's folder or, where the read side is on
PostgreSQL, a schema beside it, so that the database itself can compare the two.

A replay is made apart from the one that is kept and takes its place in one step."""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp
from typing import Protocol

from sqlalchemy import Engine, inspect

from projections.engine.database import open_store, reading, writing


class SnapshotPlace(Protocol):
    """One installation's; only who has taken it may use it. `name` tells it from every other place."""

    name: str

    def take(self, until: ExitStack) -> bool:
        """Take it until then, and clear away what was left half made; False where somebody else has it."""

    def kept(self) -> Engine | None:
        """The replay that is kept, to be disposed of; None where there is none."""

    def making(self) -> Engine:
        """An empty database for another; unless it replaces the one that is kept it is gone with `until`."""

    def replace(self) -> None:
        """What was made takes the place of what was kept."""

    def seal(self, replay: Engine) -> str:
        """Changes with whatever is written to a replay; blank where whoever may write there may write the note too."""


def place_for(engine: Engine, folder: Path) -> SnapshotPlace:
    """Beside the read side in `engine` where this role may make a schema there, else in the folder."""
    if engine.dialect.name != "postgresql" or not _may_make_schemas(engine):
        return SnapshotFile(folder)
    return SnapshotSchema(engine, f"replay_{_own_name(folder)}")


class SnapshotFile:
    """An SQLite file in a folder that is locked."""

    name = "file"

    def __init__(self, folder: Path) -> None:
        self._kept = folder / "kept"
        self._folder = folder
        self._made: Path | None = None

    def take(self, until: ExitStack) -> bool:
        self._clear()
        until.callback(self._clear)
        return True

    def kept(self) -> Engine | None:
        file = self._kept / "replay.db"
        return open_store(file) if file.exists() else None

    def making(self) -> Engine:
        self._made = Path(mkdtemp(prefix="making-", dir=self._folder))
        return open_store(self._made / "replay.db")

    def replace(self) -> None:
        assert self._made is not None
        shutil.rmtree(self._kept, ignore_errors=True)
        self._made.rename(self._kept)

    def seal(self, replay: Engine) -> str:
        return ""

    def _clear(self) -> None:
        for left in self._folder.glob("making-*"):
            shutil.rmtree(left, ignore_errors=True)


class SnapshotSchema:
    """A schema of the database that holds the read side; one more while a replay is made."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.name, self._engine = name, engine
        self._being_made = f"{name}_making"

    def take(self, until: ExitStack) -> bool:
        # The lock is the session's: a process that is killed lets go of it.
        session = until.enter_context(reading(self._engine))
        if not session.exec_driver_sql("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (self.name,)).scalar():
            return False
        until.callback(session.exec_driver_sql, "SELECT pg_advisory_unlock(hashtextextended(%s, 0))", (self.name,))
        self._clear()
        until.callback(self._clear)
        return True

    def kept(self) -> Engine | None:
        with reading(self._engine) as connection:
            there = connection.exec_driver_sql("SELECT to_regnamespace(%s)", (self.name,)).scalar() is not None
        return self._opened(self.name) if there else None

    def making(self) -> Engine:
        with writing(self._engine) as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {self._being_made}")
        return self._opened(self._being_made)

    def replace(self) -> None:
        with writing(self._engine) as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {self.name} CASCADE")
            connection.exec_driver_sql(f"ALTER SCHEMA {self._being_made} RENAME TO {self.name}")

    def seal(self, replay: Engine) -> str:
        """Over how many rows of each table which transaction wrote: no other can write in the name of one of ours.

        Whoever may write to the read side may write here too, but not to the folder where the note has this."""
        names = sorted(inspect(replay).get_table_names())
        digest = sha256()
        with reading(replay) as connection:
            quote = connection.dialect.identifier_preparer.quote
            for name in names:
                found = connection.exec_driver_sql(f"SELECT xmin::text, count(*) FROM {quote(name)} GROUP BY xmin")
                digest.update(f"{name} {sorted(map(tuple, found))}\n".encode())
        return digest.hexdigest()

    def _opened(self, schema: str) -> Engine:
        return open_store(self._engine.url.render_as_string(hide_password=False), schema=schema)

    def _clear(self) -> None:
        with writing(self._engine) as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {self._being_made} CASCADE")


def _may_make_schemas(engine: Engine) -> bool:
    right = "has_database_privilege(current_database(), 'CREATE')"
    may_write = "NOT current_setting('transaction_read_only')::boolean"
    with reading(engine) as connection:
        return bool(connection.exec_driver_sql(f"SELECT {right} AND {may_write}").scalar())


def _own_name(folder: Path) -> str:
    """Drawn once for each folder: installations on several machines share a database, and none another's replay."""
    file = folder / "name"
    drawn = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    if not re.fullmatch(r"[0-9a-f]{16}", drawn):
        drawn = token_hex(8)
        file.write_text(drawn, encoding="utf-8")
    return drawn
