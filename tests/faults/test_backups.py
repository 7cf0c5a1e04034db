"""A backup made while others write holds everything acknowledged before it began, and goes back whole."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from domain.ledger.backups import backup, check, restore
from domain.ledger.store import Ledger, open_ledger
from domain.values.errors import RuleBroken, StoreUnavailable
from tests.faults.writers import processes, received, start, withdrawals, write_until_killed


def keep(ledger: Ledger, count: int) -> tuple[int, int]:
    command = uuid4()
    return ledger.save(*withdrawals(count, command), command=command)


def test_backups_made_under_load_hold_all_that_was_acknowledged_before(
    sqlite_ledger: Ledger, sqlite_path: str, tmp_path: Path
):
    ours, theirs = processes.Pipe(duplex=False)
    writer = start(write_until_killed, sqlite_path, theirs)
    theirs.close()
    acknowledged = [ours.recv()]
    made = []
    for number in range(10):
        while ours.poll():
            acknowledged.append(ours.recv())
        target = tmp_path / f"backup-{number}.db"
        backup(sqlite_path, target)
        made.append((target, list(acknowledged)))
    writer.kill()
    received(ours)
    writer.join()
    for target, before in made:
        with open_ledger(target) as copy:
            assert all(copy.positions_of(command) == (first, last) for command, first, last in before)
            assert check(copy).faults == ()
    print(f"\n10 backups under load, the last with {len(made[-1][1])} saves acknowledged before it: none incomplete")
    assert len(made[-1][1]) > len(made[0][1])


def test_a_backup_is_a_store_only_its_owner_may_read_and_replaces_no_file(
    sqlite_ledger: Ledger, sqlite_path: str, tmp_path: Path
):
    keep(sqlite_ledger, 3)
    target = tmp_path / "backup.db"
    assert backup(sqlite_path, target).facts == 3
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(RuleBroken, match="There is a file at"):
        backup(sqlite_path, target)
    assert not list(tmp_path.glob(".*"))


def test_a_restored_store_reads_the_same_and_goes_on(sqlite_ledger: Ledger, sqlite_path: str, tmp_path: Path):
    keep(sqlite_ledger, 3)
    backup(sqlite_path, tmp_path / "backup.db")
    elsewhere = tmp_path / "elsewhere" / "ledger.db"
    restore(tmp_path / "backup.db", elsewhere)
    with open_ledger(elsewhere) as again:
        assert list(again.read_facts()) == list(sqlite_ledger.read_facts())
        assert keep(again, 1) == (4, 4)


def test_a_longer_log_is_only_overwritten_when_told(sqlite_ledger: Ledger, sqlite_path: str, tmp_path: Path):
    keep(sqlite_ledger, 3)
    backup(sqlite_path, tmp_path / "backup.db")
    keep(sqlite_ledger, 2)
    with pytest.raises(RuleBroken, match=r"holds 5 events, the backup 3, and they part at position 4"):
        restore(tmp_path / "backup.db", sqlite_path)
    assert sqlite_ledger.max_position() == 5
    restore(tmp_path / "backup.db", sqlite_path, force=True)
    assert sqlite_ledger.max_position() == 3
    assert keep(sqlite_ledger, 1) == (4, 4)
    assert check(sqlite_ledger).faults == ()


def test_a_log_that_went_another_way_is_not_overwritten(sqlite_ledger: Ledger, sqlite_path: str, tmp_path: Path):
    keep(sqlite_ledger, 1)
    other = tmp_path / "other.db"
    with open_ledger(other, create=True) as longer:
        keep(longer, 5)
    backup(other, tmp_path / "backup.db")
    with pytest.raises(RuleBroken, match="they part at position 1"):
        restore(tmp_path / "backup.db", sqlite_path)


def test_a_damaged_backup_is_refused(sqlite_ledger: Ledger, sqlite_path: str, tmp_path: Path):
    keep(sqlite_ledger, 3)
    good, gap, torn = tmp_path / "good.db", tmp_path / "gap.db", tmp_path / "torn.db"
    backup(sqlite_path, good)
    shutil.copy(good, gap)
    with closing(sqlite3.connect(gap, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER stored_events_delete")
        connection.execute("DELETE FROM stored_events WHERE rowid = 2")
    torn.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    with pytest.raises(RuleBroken, match="not sound"):
        restore(gap, sqlite_path)
    with pytest.raises((RuleBroken, StoreUnavailable)):
        restore(torn, sqlite_path)
    assert sqlite_ledger.max_position() == 3


def test_a_postgresql_store_is_backed_up_by_its_own_tool(postgres_url: str, tmp_path: Path):
    with pytest.raises(StoreUnavailable, match="pg_dump"):
        backup(postgres_url, tmp_path / "backup.db")
    with pytest.raises(StoreUnavailable, match="pg_restore"):
        restore(tmp_path / "backup.db", postgres_url)
