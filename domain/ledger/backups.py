"""Copies of a store that are whole, and the way back. Never copy the file itself: saves still in its log are lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from eventsourcing.persistence import Notification

from domain.ledger.store import (
    PAGE,
    Ledger,
    beside,
    in_plain_words,
    is_postgres,
    make_private_file,
    migrate,
    open_ledger,
    remove_store,
)
from domain.ledger.verifying import CheckStep, verify
from domain.values.errors import CorruptEvent, RuleBroken, StoreMissing, StoreUnavailable


@dataclass(frozen=True)
class Check:
    """What a look at every fact of a store found: how many there are, the newest position, and what is wrong."""

    facts: int
    position: int
    faults: tuple[str, ...]


def check(ledger: Ledger) -> Check:
    """Read every fact, and everything the database can tell of itself; nothing is changed."""
    with in_plain_words():
        faults = ledger.recorder.faults()
    with ledger.trail() as trail:
        faults += [str(fault) for fault in verify(trail).faults if fault.step in (CheckStep.EVENTS, CheckStep.TREE)]
    facts = position = 0
    for notification in _notifications(ledger):
        facts, position = facts + 1, notification.id
        try:
            ledger.mapper.to_domain_event(notification)
        except CorruptEvent as corrupt:
            faults.append(f"position {corrupt.position}: {corrupt.why}")
    return Check(facts, position, tuple(faults))


def backup(where: str | Path, target: Path) -> Check:
    """Write a whole copy of a store in use, as of one moment, and check it. `target` must not exist yet.

    Raises RuleBroken where it does, or where the copy is not sound; StoreUnavailable for PostgreSQL."""
    source = _file(where, "Back it up with pg_dump, for example: pg_dump --schema=ledger --format=custom --file=FILE")
    open_ledger(source).close()
    if target.exists():
        raise RuleBroken(f"There is a file at {target} already. Give the backup another name.")
    part = beside(target, "part")
    try:
        with in_plain_words():
            make_private_file(part)
            with closing(sqlite3.connect(source)) as connection:
                connection.execute("VACUUM INTO ?", (str(part),))
            found = _checked(part)
            _to_disk(part)
            part.rename(target)
            _to_disk(target.parent)
    finally:
        remove_store(part)
    return found


def restore(file: Path, where: str | Path, *, force: bool = False) -> Check:
    """Put a backup in the place of the store at `where`, which may be missing or in use.

    Raises RuleBroken where the backup is not sound or, unless `force`, where the store holds facts that the backup
    does not; StoreUnavailable for PostgreSQL. What was derived from the facts has to be rebuilt afterwards."""
    target = _file(where, "Restore it with pg_restore, for example: pg_restore --clean --if-exists --dbname=URL FILE")
    if not file.is_file():
        raise RuleBroken(f"There is no backup at {file}.")
    copy = beside(target, "restoring")
    try:
        with in_plain_words():
            make_private_file(copy)
            copy.write_bytes(file.read_bytes())
        _bring_up_to_date(copy, target)
        found = _checked(copy)
        if target.exists() and not force:
            _must_hold_all_of(target, copy)
        with in_plain_words():
            make_private_file(target)
            with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(target, timeout=30)) as place:
                place.execute("PRAGMA journal_mode = wal")
                source.backup(place)
    finally:
        remove_store(copy)
    return found


def _checked(path: Path) -> Check:
    try:
        with open_ledger(path) as ledger:
            found = check(ledger)
    except (StoreMissing, StoreUnavailable) as fault:
        raise RuleBroken("That file is not a backup of this product's store.") from fault
    if found.faults:
        raise RuleBroken("The backup is not sound: " + "; ".join(found.faults[:5]))
    return found


def _bring_up_to_date(copy: Path, target: Path) -> None:
    """A backup of before there was a tree gets its leaves, under the name of the log in whose place it is put."""
    origin = None
    with suppress(StoreUnavailable), open_ledger(target) as held, held.trail() as trail:
        origin = trail.head().origin
    try:
        migrate(copy, origin=origin)
    except StoreUnavailable as fault:
        raise RuleBroken("That file is not a backup of this product's store.") from fault


def _must_hold_all_of(store: Path, copy: Path) -> None:
    with open_ledger(store) as held, open_ledger(copy) as offered:
        for ours, theirs in zip_longest(_notifications(held), _notifications(offered)):
            if ours is None:
                return
            if ours != theirs:
                raise RuleBroken(
                    f"The store holds {held.max_position():,} events, the backup {offered.max_position():,}, and they "
                    f"part at position {ours.id:,}. Restoring would lose what follows; use --force to do so."
                )


def _notifications(ledger: Ledger) -> Iterator[Notification]:
    start = 1
    while True:
        with in_plain_words():
            page = ledger.recorder.select_notifications(start, PAGE)
        yield from page
        if len(page) < PAGE:
            return
        start = page[-1].id + 1


def _file(where: str | Path, instead: str) -> Path:
    if is_postgres(where):
        raise StoreUnavailable(f"This store is in PostgreSQL. {instead}")
    return Path(where)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
