"""Copies of the database of people, beside those of the log. A copy that is put back lets nobody in by itself."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import delete

from domain.values.errors import RuleBroken
from projections.engine.database import damage, writing
from web.store import tables as t
from web.store.accounts import holds_people, migrate, open_accounts


def beside(file: Path) -> Path:
    """Where the copy of people lies that belongs to a backup of the log."""
    return file.with_name(f"{file.name}.people")


def backup(where: Path, target: Path) -> None:
    """A whole copy as of one moment, for its owner's eyes only. Raises RuleBroken where `target` exists."""
    if target.exists():
        raise RuleBroken(f"There is a file at {target} already. Give the backup another name.")
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(where)) as source, closing(sqlite3.connect(target)) as place:
        source.backup(place)


def must_be_sound(file: Path) -> None:
    """Raises RuleBroken where a file is not a sound copy of the database of people, as this release or an earlier one
    wrote it."""
    engine = open_accounts(file)
    try:
        if not holds_people(engine) or damage(engine):
            raise RuleBroken(f"{file} is not a sound copy of the database of people.")
    finally:
        engine.dispose()


def restore(file: Path, where: Path) -> None:
    """Put a copy in the place of the database, add what a later release keeps there, and end every session and set-up
    link it held.

    Raises RuleBroken where the copy is not sound."""
    must_be_sound(file)
    engine = open_accounts(where)
    engine.dispose()
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(where, timeout=30)) as place:
        source.backup(place)
    engine = open_accounts(where)
    try:
        migrate(engine)
        with writing(engine) as connection:
            for table in (t.session, t.set_up_link, t.upload, t.uploaded_file):
                connection.execute(delete(table))
    finally:
        engine.dispose()
