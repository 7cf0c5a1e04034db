"""What a store refuses: foreign names, broken rows, unsafe settings, newer versions, changes to what was kept."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.authorities.authority import Authority
from domain.ledger.backups import check
from domain.ledger.codec import encode_fact
from domain.ledger.sqlite import SQLiteLedgerDatastore, must_be_in_force
from domain.ledger.store import Ledger, is_postgres, migrate, must_be_safe, open_ledger
from domain.values.errors import CorruptEvent, RuleBroken, StoreMissing, StoreTooNew, StoreUnavailable, UnsafeSetting
from tests import CHECKOUT
from tests.faults.writers import withdrawals


def sql(where: str, statement: str) -> None:
    """What someone with the database's own tools could do."""
    if is_postgres(where):
        import psycopg

        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)
    else:
        with closing(sqlite3.connect(where, isolation_level=None)) as connection:
            connection.execute(statement)


def plant(where: str, stream: UUID, version: int, topic: str, state: bytes) -> None:
    table = "ledger.stored_events" if is_postgres(where) else "stored_events"
    literal = f"'\\x{state.hex()}'" if is_postgres(where) else f"x'{state.hex()}'"
    sql(
        where,
        f"INSERT INTO {table} (originator_id, originator_version, topic, state) "
        f"VALUES ('{stream.hex}', {version}, '{topic}', {literal})",
    )


def keep(ledger: Ledger, count: int, stream: UUID | None = None, after: int = 0) -> tuple[int, int]:
    command = uuid4()
    return ledger.save(*withdrawals(count, command, stream=stream, after=after), command=command)


# --- names and rows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "topic", ["planted_module:Evil", "planted_module", "os:system", "antigravity", "domain.facts.files:FileRead"]
)
def test_a_name_in_a_row_is_never_imported(
    ledger: Ledger, store_url: str, topic: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "planted_module.py").write_text("raise SystemExit('the planted code ran')")
    monkeypatch.syspath_prepend(str(tmp_path))
    stream = uuid4()
    plant(store_url, stream, 1, topic, b"{}")
    with pytest.raises(CorruptEvent, match="no fact is called"):
        list(ledger.read_facts())
    with pytest.raises(CorruptEvent, match="no fact is called"):
        ledger.load(Authority, stream)
    assert "planted_module" not in sys.modules
    assert "antigravity" not in sys.modules


def test_reading_stops_at_a_broken_row_with_its_position_and_gives_what_came_before(ledger: Ledger, store_url: str):
    keep(ledger, 2)
    broken = uuid4()
    plant(store_url, broken, 1, "entry.withdrawn", b'{"actor":')
    _, last = keep(ledger, 1)
    facts = ledger.read_facts()
    assert [position for position, _ in islice(facts, 2)] == [1, 2]
    with pytest.raises(CorruptEvent) as corrupt:
        next(facts)
    assert corrupt.value.position == last - 1
    assert f"version 1 of stream {broken}" in corrupt.value.why
    assert [position for position, _ in ledger.read_facts(last)] == [last]
    assert check(ledger).faults[-1].startswith(f"position {last - 1}: EntryWithdrawn")


def test_an_extra_field_or_a_newer_class_version_is_refused_on_reading(ledger: Ledger, store_url: str):
    (fact,) = withdrawals(1, uuid4())
    state = encode_fact(fact)
    for extra, why in ((b',"colour":"blue"}', "has no field 'colour'"), (b',"v":2}', "class version 2, newer")):
        plant(store_url, uuid4(), 1, "entry.withdrawn", state[:-1] + extra)
        with pytest.raises(CorruptEvent, match=why):
            list(ledger.read_facts(ledger.max_position()))


def test_a_stream_with_a_hole_or_without_its_beginning_is_not_loaded(ledger: Ledger):
    stream = uuid4()
    keep(ledger, 1, stream)
    with pytest.raises(CorruptEvent, match=f"version 1 of stream {stream} is missing"):
        ledger.load(Authority, stream)
    assert ledger.load(Authority, uuid4()) is None


def test_a_gap_in_a_stream_is_found_by_the_check(ledger: Ledger):
    stream = uuid4()
    keep(ledger, 2, stream)
    keep(ledger, 1, stream, after=3)
    assert check(ledger).faults == (f"stream {stream}: 3 facts, the last is version 4",)


def test_what_was_kept_cannot_be_changed_or_deleted_by_a_slip(ledger: Ledger, store_url: str):
    keep(ledger, 3)
    table = "ledger.stored_events" if is_postgres(store_url) else "stored_events"
    for statement in (f"UPDATE {table} SET topic = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="what was kept is never changed"):
            sql(store_url, statement)
    assert len(list(ledger.read_facts())) == 3


def test_the_position_of_a_deleted_fact_is_never_given_again(sqlite_ledger: Ledger, sqlite_path: str):
    keep(sqlite_ledger, 3)
    sql(sqlite_path, "DROP TRIGGER stored_events_delete")
    sql(sqlite_path, "DELETE FROM stored_events WHERE rowid = 3")
    assert any("3 were given out, the last event stands at 2" in fault for fault in check(sqlite_ledger).faults)
    assert keep(sqlite_ledger, 1) == (4, 4)
    faults = check(sqlite_ledger).faults
    assert "positions: 3 events stand between positions 1 and 4" in faults
    assert any(fault.startswith("command") and "positions 1 to 3" in fault for fault in faults)


def test_positions_have_no_gaps_after_refused_saves(sqlite_ledger: Ledger):
    stream = uuid4()
    assert keep(sqlite_ledger, 2, stream) == (1, 2)
    with pytest.raises(RuleBroken):
        keep(sqlite_ledger, 2, stream, after=1)
    assert keep(sqlite_ledger, 2, stream, after=2) == (3, 4)


# --- saves ----------------------------------------------------------------------------------------------------------


def test_a_save_that_is_too_large_is_refused_before_anything_is_kept(ledger: Ledger):
    with pytest.raises(RuleBroken, match="too much to keep at once: 501 events"):
        keep(ledger, 501)
    many_bytes = [fact.__class__(**fact.__dict__ | {"reason": "x" * 16_000}) for fact in withdrawals(10, uuid4())]
    with pytest.raises(RuleBroken, match="where 500 events and 150,000 bytes are the most"):
        ledger.save(*many_bytes, command=many_bytes[0].command)
    with pytest.raises(RuleBroken, match="too much to keep at once"):
        ledger.must_fit(many_bytes)
    assert ledger.max_position() == 0


def test_facts_of_some_names_are_read_page_by_page_from_any_position(ledger: Ledger):
    for _ in range(6):
        keep(ledger, 400)
    positions = [position for position, _ in ledger.read_facts(names=("entry.withdrawn",))]
    assert len(positions) == 2_400
    assert positions == sorted(positions)
    assert [p for p, _ in ledger.read_facts(positions[1_500], 700)] == positions[1_500:2_200]
    assert list(ledger.read_facts(names=("file.read",))) == []


# --- opening --------------------------------------------------------------------------------------------------------


def test_a_store_of_a_newer_program_is_refused_naming_both_versions(store_url: str):
    sql(store_url, f"UPDATE {'ledger.' if is_postgres(store_url) else ''}store_version SET version = 7")
    for use in (open_ledger, migrate):
        with pytest.raises(StoreTooNew, match="version 7, this program knows version 2"):
            use(store_url)


def test_a_store_that_is_not_there_or_not_prepared_is_told_apart_from_a_broken_one(sqlite_path: str, postgres_url: str):
    with pytest.raises(StoreMissing, match="store migrate"):
        open_ledger(sqlite_path)
    assert not Path(sqlite_path).exists()
    Path(sqlite_path).touch()
    for where in (sqlite_path, postgres_url):
        with pytest.raises(StoreMissing, match="not prepared"):
            open_ledger(where)
    Path(sqlite_path).write_text("this is a letter, not a database" * 50)
    with pytest.raises(StoreUnavailable, match="could not be reached or read") as refusal:
        open_ledger(sqlite_path)
    assert "letter" not in str(refusal.value)
    assert refusal.value.__cause__ is not None


def test_only_its_owner_may_read_the_files_of_a_store(sqlite_ledger: Ledger, sqlite_path: str):
    keep(sqlite_ledger, 1)
    for side in ("", "-wal", "-shm"):
        assert stat.S_IMODE(os.stat(sqlite_path + side).st_mode) == 0o600


def test_every_connection_writes_ahead_and_syncs_each_commit(sqlite_ledger: Ledger):
    with sqlite_ledger.recorder.datastore.get_connection(commit=True) as connection:
        cursor = connection.cursor()
        must_be_in_force(cursor)
        for weaker in ("synchronous = NORMAL", "foreign_keys = OFF", "trusted_schema = ON", "cell_size_check = OFF"):
            cursor.execute(f"PRAGMA {weaker}")
            with pytest.raises(UnsafeSetting, match=weaker.split()[0]):
                must_be_in_force(cursor)
            cursor.execute(f"PRAGMA {weaker.split()[0]} = {'FULL' if 'sync' in weaker else int('OFF' in weaker)}")


def test_a_store_in_memory_is_refused(tmp_path: Path):
    store = SQLiteLedgerDatastore("file::memory:")
    with pytest.raises(UnsafeSetting, match="journal_mode = memory"), store.get_connection(commit=True):
        pass
    store.close()


def test_postgresql_that_does_not_sync_is_refused(postgres_url: str):
    migrate(postgres_url)
    name = postgres_url.split("/")[3].split("?")[0]
    sql(postgres_url, f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(UnsafeSetting, match="synchronous_commit = off"):
        open_ledger(postgres_url)


def test_settings_that_put_facts_at_risk_are_refused_at_the_start():
    must_be_safe({"POSTGRES_ENABLE_DB_FUNCTIONS": "no"})
    with pytest.raises(UnsafeSetting, match="Unset POSTGRES_ENABLE_DB_FUNCTIONS"):
        must_be_safe({"POSTGRES_ENABLE_DB_FUNCTIONS": "y"})
    script = "from domain.ledger.store import open_ledger; open_ledger('ledger.db', create=True)"
    ended = subprocess.run(
        [sys.executable, "-O", "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert "UnsafeSetting: Run Python without -O" in ended.stderr
    assert not (CHECKOUT / "ledger.db").exists()


def test_a_server_that_is_gone_is_told_in_plain_words(sqlite_ledger: Ledger, sqlite_path: str):
    sqlite_ledger.close()
    with pytest.raises(StoreUnavailable, match="send it again: nothing is kept twice"):
        keep(sqlite_ledger, 1)
    with pytest.raises(StoreUnavailable):
        list(sqlite_ledger.read_facts())
