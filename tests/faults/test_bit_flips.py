"""Decay: a bit that flipped in the file of the log, or in what was not yet written into it, never goes unseen."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from domain.ledger.backups import backup
from domain.ledger.store import migrate, open_ledger
from domain.values.errors import StoreUnavailable
from tests.faults.kept import Kept, audit_of, keep, verified


def as_kept(path: Path) -> list[Any]:
    """Every event with its command as the product would read them, by the table and by the index of streams."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        rows = connection.execute(
            "SELECT e.rowid, e.originator_id, e.originator_version, e.topic, e.state, c.command_id, c.recorded "
            "FROM stored_events AS e JOIN command AS c ON e.rowid BETWEEN c.first_position AND c.last_position "
            "ORDER BY e.rowid"
        ).fetchall()
        streams = connection.execute("SELECT DISTINCT originator_id FROM stored_events ORDER BY 1").fetchall()
        return [
            *map(repr, rows),
            *(
                repr(row)
                for stream in streams
                for row in connection.execute("SELECT rowid, state FROM stored_events WHERE originator_id = ?", stream)
            ),
        ]


FLIPS = 400


def test_no_flipped_bit_that_touches_an_event_goes_unseen(sqlite_path: str, tmp_path: Path):
    migrate(sqlite_path)
    kept = Kept(sqlite_path, tmp_path)
    good = tmp_path / "good.db"
    backup(sqlite_path, good)
    whole, raw, chance = as_kept(good), good.read_bytes(), random.Random(FLIPS)
    touched = seen = 0
    unseen = []
    for number in range(FLIPS):
        place, bit = chance.randrange(len(raw)), chance.randrange(8)
        flipped = tmp_path / f"flipped-{number}.db"
        flipped.write_bytes(raw[:place] + bytes([raw[place] ^ (1 << bit)]) + raw[place + 1 :])
        try:
            harmed = as_kept(flipped) != whole
        except (sqlite3.Error, UnicodeDecodeError):
            harmed = True
        try:
            with open_ledger(flipped) as ledger:
                code = verified(audit_of(ledger, tmp_path), receipts=kept.receipts).exit_code
        except StoreUnavailable:
            code = 2
        touched += harmed
        seen += code != 0
        if harmed and code == 0:
            unseen.append((place, bit))
        for side in ("", "-wal", "-shm"):
            Path(f"{flipped}{side}").unlink(missing_ok=True)
    print(f"\n{FLIPS} bit flips: {touched} touched an event, {seen} seen, {len(unseen)} unseen")
    assert touched > FLIPS / 4
    assert unseen == []


def test_a_flipped_bit_in_the_write_ahead_log_that_loses_saves_is_noticed(sqlite_path: str, tmp_path: Path):
    migrate(sqlite_path)
    with open_ledger(sqlite_path) as ledger:
        audit = audit_of(ledger, tmp_path)
        for _ in range(20):
            keep(ledger)
        assert verified(audit, remember=True).exit_code == 0
        shutil.copy(sqlite_path, tmp_path / "main")
        log = Path(f"{sqlite_path}-wal").read_bytes()
    chance, lost, unseen = random.Random(FLIPS), 0, []
    for number in range(FLIPS):
        flipped = tmp_path / f"flipped-{number}.db"
        shutil.copy(tmp_path / "main", flipped)
        place, bit = chance.randrange(len(log)), 1 << chance.randrange(8)
        Path(f"{flipped}-wal").write_bytes(log[:place] + bytes([log[place] ^ bit]) + log[place + 1 :])
        try:
            with open_ledger(flipped) as ledger:
                events = ledger.max_position()
                code = verified(audit_of(ledger, tmp_path)).exit_code
        except StoreUnavailable:
            events, code = 0, 2
        lost += events < 60
        if events < 60 and code == 0:
            unseen.append(place)
    print(f"\n{FLIPS} bit flips in the write-ahead log: {lost} lost saves, {len(unseen)} unseen")
    assert lost > FLIPS / 4
    assert unseen == []
