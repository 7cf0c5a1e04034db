"""The read side against a replay of the log: what differs is found, and no event is read twice for it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, insert, select

from domain.audit import CheckOutcome, CheckStep
from projections import replay as replaying
from projections.catalogue import PROJECTIONS
from projections.engine import table_diff as differing
from projections.engine import tables as t
from projections.engine.database import writing
from projections.engine.table_diff import MOST_NAMED
from tests.faults.insider import Insider, replaced
from tests.projections.story import STOCKTON, Store, inspection
from tests.projections.verified import AT, LATER, Verified, carried_on_since

# --- once from the first event, then only what is new -----------------------------------------------------------------


def test_the_first_time_every_event_is_replayed_and_then_only_new_ones(verified: Verified):
    told = verified.store.ledger.max_position()
    first = verified.verify()
    assert (first.exit_code, carried_on_since(first)) == (0, None)
    assert verified.read >= told
    again = verified.verify(at=LATER)
    assert (again.exit_code, carried_on_since(again), verified.read) == (0, AT.isoformat(), 0)
    verified.store.state(STOCKTON, inspection(date(2026, 1, 12), date(2026, 3, 2)), read_on=date(2026, 4, 1))
    more = verified.verify(at=LATER)
    assert (more.exit_code, carried_on_since(more)) == (0, AT.isoformat())
    assert verified.read == 1, "one fact, read once for all projections"
    assert verified.verify(at=LATER).exit_code == 0
    assert verified.read == 0


def test_whoever_asks_for_it_has_every_event_replayed(verified: Verified):
    verified.verify()
    report = verified.verify(anew=True, at=LATER)
    assert (report.exit_code, carried_on_since(report)) == (0, None)
    assert verified.read >= verified.store.ledger.max_position()
    assert carried_on_since(verified.verify(at=LATER)) == LATER.isoformat()


# --- whatever differs is found ----------------------------------------------------------------------------------------


def every_table() -> list[Table]:
    return [table for projection in PROJECTIONS for table in projection.tables.sorted_tables]


FILLED = {"entry", "statement", "reading", "finding", "judgement", "stream", "file", "audit_event"}
"""Tables that the history must fill for these tests to mean anything; among them those without a key."""


@pytest.mark.parametrize("how", ["changed", "removed", "added"])
def test_a_row_of_any_table_that_is_not_what_the_log_says_is_found_and_named(verified: Verified, how: str):
    touched = {table.name for table in every_table() if damaged(verified.store, table, how)}
    assert touched >= FILLED - ({"audit_event"} if how == "added" else set())
    whats = verified.whats()
    assert {what.split(" of the table ")[1].split(" ")[0] for what in whats} == touched
    verified.store.projector.rebuild()
    assert verified.whats() == []


@pytest.mark.parametrize("how", ["changed", "removed", "added"])
def test_a_kept_replay_finds_one_changed_row_in_any_table(verified: Verified, how: str):
    assert verified.verify().exit_code == 0
    with verified.replay() as replay:
        for table in every_table():
            before = rows_of(verified.store, table)
            if damaged(verified.store, table, how):
                assert replay.carried_on() is None, table.name
                put_back(verified.store, table, before)
        assert replay.carried_on() == AT.isoformat()


def rows_of(store: Store, table: Table) -> list[dict[str, Any]]:
    with writing(store.engine) as connection:
        return [row._asdict() for row in connection.execute(select(table))]


def put_back(store: Store, table: Table, rows: list[dict[str, Any]]) -> None:
    with writing(store.engine) as connection:
        connection.execute(table.delete())
        connection.execute(insert(table), rows)


def damaged(store: Store, table: Table, how: str) -> bool:
    """Whether the table had a row to do this to."""
    with writing(store.engine) as connection:
        row = connection.execute(select(table)).first()
        if row is None:
            return False
        columns = list(table.columns)
        this = [column == value for column, value in zip(columns, row, strict=True) if value is not None]
        last = next(
            column for column in reversed(columns) if not column.primary_key and row[columns.index(column)] is not None
        )
        if how == "removed":
            connection.execute(table.delete().where(*this))
        elif how == "changed":
            connection.execute(table.update().where(*this).values({last.name: other(row[columns.index(last)])}))
        else:
            keys = {key.name: other(row[columns.index(key)]) for key in table.primary_key.columns}
            unique = {"id": other(row.id)} if table is t.statement else {}
            if table.name in ("plan", "meeting", "audit_event"):
                return False
            connection.execute(insert(table).values({**row._asdict(), **keys, **unique}))
    return True


def other(value: Any) -> Any:
    """Another value of that kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1_000_003
    if isinstance(value, str):
        return f"{value[:-1]}~"
    if isinstance(value, bytes):
        return value[:-1] + b"~"
    if isinstance(value, date):
        return value.replace(year=value.year + 1)
    return type(value)(int=value.int ^ 1)


def test_of_very_many_rows_the_first_are_named_and_that_there_are_more(on_sqlite: Verified):
    store = on_sqlite.store
    with writing(store.engine) as connection:
        row = connection.execute(select(t.reading)).first()
        assert row is not None
        many = [{**row._asdict(), "position": 1_000 + number} for number in range(MOST_NAMED + 5)]
        connection.execute(insert(t.reading), many)
    whats = on_sqlite.whats()
    assert len(whats) == MOST_NAMED + 1
    assert whats[-1].startswith("more rows of the table reading differ")


def test_a_table_that_is_gone_is_said_to_be_missing(verified: Verified):
    with writing(verified.store.engine) as connection:
        connection.exec_driver_sql("DROP TABLE horizon")
    assert verified.whats() == ["the table horizon is missing"]


def test_rows_may_stand_in_another_order(on_sqlite: Verified):
    on_sqlite.verify()
    with writing(on_sqlite.store.engine) as connection:
        rows = connection.execute(select(t.reading)).all()
        connection.execute(t.reading.delete())
        connection.execute(insert(t.reading), [row._asdict() for row in reversed(rows)])
    report = on_sqlite.verify()
    assert (report.exit_code, carried_on_since(report)) == (0, AT.isoformat())


def test_where_nothing_differs_no_row_is_fetched(verified: Verified, monkeypatch: pytest.MonkeyPatch):
    def fetched(table: Table, *_: Any) -> Iterator[str]:
        pytest.fail(f"rows of {table.name} were fetched")

    monkeypatch.setattr(differing, "_named", fetched)
    assert carried_on_since(verified.verify()) is None
    assert carried_on_since(verified.verify()) == AT.isoformat()


# --- a replay that does not serve is not believed ---------------------------------------------------------------------


def test_a_kept_replay_that_was_altered_accuses_nobody(on_sqlite: Verified):
    on_sqlite.verify()
    kept = on_sqlite.folder / "replay" / "kept" / "replay.db"
    alter(kept, "UPDATE entry SET urn = '80507'")
    report = on_sqlite.verify(at=LATER)
    assert (report.exit_code, carried_on_since(report)) == (0, None)
    kept.write_bytes(b"not a database")
    assert on_sqlite.verify(at=LATER).exit_code == 0
    kept.unlink()
    assert on_sqlite.verify(at=LATER).exit_code == 0
    (on_sqlite.folder / "replay" / "note.json").write_text("[]", encoding="utf-8")
    assert on_sqlite.verify(at=LATER).exit_code == 0


def alter(path: Path, statement: str) -> None:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


def test_a_replay_by_another_program_is_made_anew(on_sqlite: Verified, monkeypatch: pytest.MonkeyPatch):
    on_sqlite.verify()
    monkeypatch.setattr(replaying, "_program", lambda: "another release")
    assert carried_on_since(on_sqlite.verify(at=LATER)) is None
    assert carried_on_since(on_sqlite.verify(at=LATER)) == LATER.isoformat()


def test_a_replay_of_another_log_is_made_anew(on_sqlite: Verified, monkeypatch: pytest.MonkeyPatch):
    on_sqlite.verify()
    monkeypatch.setattr(on_sqlite.audit, "until", lambda position: (position, "another root"))
    assert carried_on_since(on_sqlite.verify(at=LATER)) is None


def test_a_replay_cut_short_while_it_was_carried_on_is_made_anew(on_sqlite: Verified):
    on_sqlite.verify()
    on_sqlite.store.state(STOCKTON, inspection(date(2026, 1, 12), date(2026, 3, 2)), read_on=date(2026, 4, 1))
    with on_sqlite.replay() as replay:
        assert replay.carried_on() is not None
    report = on_sqlite.verify(at=LATER)
    assert (report.exit_code, carried_on_since(report)) == (0, None)


def test_nothing_is_kept_of_a_log_that_is_wanting(on_sqlite: Verified):
    on_sqlite.verify()
    insider = Insider(str(on_sqlite.folder / "ledger.db"))
    replaced(insider, 1, b"Stockton-on-Tees", b"Stockton-on-Sea!")
    report = on_sqlite.verify(anew=True, at=LATER)
    assert {fault.step for fault in report.faults} == {CheckStep.EVENTS, CheckStep.READ_MODELS}
    replaced(insider, 1, b"Stockton-on-Sea!", b"Stockton-on-Tees")
    report = on_sqlite.verify(at=LATER)
    assert (report.exit_code, carried_on_since(report)) == (0, AT.isoformat())


# --- others at work ---------------------------------------------------------------------------------------------------


def test_while_another_verifies_a_replay_is_made_for_this_once(on_sqlite: Verified):
    on_sqlite.verify()
    handle = os.open(on_sqlite.folder / "replay" / "lock", os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    report = on_sqlite.verify(at=LATER)
    os.close(handle)
    assert (report.exit_code, carried_on_since(report)) == (0, None)
    assert carried_on_since(on_sqlite.verify(at=LATER)) == AT.isoformat()


def test_a_folder_that_cannot_be_made_costs_speed_and_no_answer(on_sqlite: Verified):
    (on_sqlite.folder / "replay").write_text("in the way", encoding="utf-8")
    report = on_sqlite.verify()
    assert (report.exit_code, report.outcomes[CheckStep.READ_MODELS]) == (0, CheckOutcome.OK)


def test_what_a_killed_verification_left_behind_is_cleared_away(on_sqlite: Verified):
    left = on_sqlite.folder / "replay" / "making-killed"
    left.mkdir(parents=True)
    (left / "replay.db").write_bytes(b"half")
    on_sqlite.verify()
    assert not left.exists()
