"""Words of plans that were erased are gone from every answer, table and backup."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from domain.ledger.backups import backup
from domain.plans.action_commands import (
    MoveDueDate,
    ReportProgress,
)
from domain.plans.commands import EraseWords
from domain.values.plans import Progress
from domain.values.sealed import subject_of
from projections.engine.database import reading
from projections.plans.action import action_of
from projections.plans.due import actions_due
from projections.plans.plan import burn_up, plan_of
from tests.plan_history import AT, DAY, SECRET, added, opened, told
from tests.projections.plans.story import Planned, tell_a_plan


def test_a_date_that_passed_before_it_was_moved_had_fallen_due(sqlite_here: Planned):
    plan = opened(sqlite_here.timeline)
    added(sqlite_here.timeline, plan, due_on=date(2026, 4, 1))
    sqlite_here.timeline.do(
        MoveDueDate(plan, 1, due_on=date(2026, 12, 1), why="Later.", on=date(2026, 5, 1)), by=told("move")
    )
    points = [(p.day, p.due) for p in burn_up(sqlite_here.reader, plan, as_at=DAY).points]
    assert points == [
        (date(2026, 3, 10), 0),
        (date(2026, 3, 20), 0),
        (date(2026, 4, 1), 1),
        (date(2026, 5, 1), 0),
        (DAY, 0),
    ]


def test_erased_words_are_gone_from_every_answer_at_every_moment(here: Planned):
    plan = tell_a_plan(here.timeline)
    by = told("secret")
    here.timeline.do(ReportProgress(plan, 2, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    before = action_of(here.reader, plan, 2, as_at=DAY)
    assert before.action.narrative is not None
    assert before.action.narrative.shown == SECRET
    erase = replace(told("erase", "admin", "It named a child."), at=AT + timedelta(days=9))
    here.timeline.do(EraseWords(plan, [subject_of(by.command)], on=date(2026, 9, 10)), by=erase)
    for known_at in (None, AT + timedelta(days=1)):
        answer = action_of(here.reader, plan, 2, as_at=DAY, known_at=known_at)
        assert answer.action.narrative is not None
        assert answer.action.narrative.shown == "Erased on 10 September 2026: It named a child."
        assert SECRET not in repr(answer)
        assert SECRET not in repr(plan_of(here.reader, plan, as_at=DAY, known_at=known_at, since=DAY))
        assert SECRET not in repr(actions_due(here.reader, on=DAY, known_at=known_at))
    assert dict(before.story[0].words)["what"].shown == "Action 2", "nothing else was erased"


def test_erased_words_stay_gone_though_their_key_is_put_back(sqlite_here: Planned, tmp_path: Path):
    plan = tell_a_plan(sqlite_here.timeline)
    by = told("secret")
    sqlite_here.timeline.do(ReportProgress(plan, 2, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    keys = (tmp_path / "keys.db").read_bytes()
    erase = told("erase", "admin", "It named a child.")
    sqlite_here.timeline.do(EraseWords(plan, [subject_of(by.command)], on=DAY), by=erase)
    (tmp_path / "keys.db").write_bytes(keys)
    found = action_of(sqlite_here.reader, plan, 2, as_at=DAY).action.narrative
    assert found is not None
    assert (found.text, found.erased is None) == (None, False)


def test_words_whose_key_is_missing_say_so(sqlite_here: Planned, tmp_path: Path):
    plan = tell_a_plan(sqlite_here.timeline)
    (tmp_path / "keys.db").unlink()
    sqlite_here.words.migrate()
    row = plan_of(sqlite_here.reader, plan, as_at=DAY).actions[0]
    assert row.what.shown == "These words cannot be read here: their key is missing."


def rows_of(engine: Engine) -> str:
    """Every value of every table of every schema, as text and as bytes."""
    found: list[str] = []
    with reading(engine) as connection:
        look = inspect(connection)
        schemas: list[str | None] = [None]
        if connection.dialect.name == "postgresql":
            schemas = [name for name in look.get_schema_names() if name != "information_schema"]
            assert {"projections", "ledger", "keys"} <= set(schemas)
        for schema in schemas:
            for name in look.get_table_names(schema=schema):
                where = f'"{schema}"."{name}"' if schema else f'"{name}"'
                for row in connection.execute(text(f"SELECT * FROM {where}")):
                    found += [bytes(v).decode("latin-1") if isinstance(v, (bytes, memoryview)) else str(v) for v in row]
    assert len(found) > 1_000
    return "\n".join(found)


def test_no_table_and_no_backup_holds_an_erased_word(here: Planned, tmp_path: Path, store_url: str):
    plan = tell_a_plan(here.timeline)
    by = told("secret")
    here.timeline.do(ReportProgress(plan, 2, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    assert "Supervision." in rows_of(here.reader.engine), "the walk finds what is there"
    assert SECRET not in rows_of(here.reader.engine), "nor was it ever there"
    key = here.words.keys_of([subject_of(by.command)])[subject_of(by.command)]
    erase = told("erase", "admin", "It named a child.")
    here.timeline.do(EraseWords(plan, [subject_of(by.command)], on=DAY), by=erase)
    here.store.projector.rebuild()
    found = rows_of(here.reader.engine)
    assert "It named a child." in found
    for word in ("Zebediah", key.decode("latin-1")):
        assert word not in found
    if not store_url.startswith("postgres"):
        backup(store_url, tmp_path / "backup.db")
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) >= 4
        for path in files:
            assert b"Zebediah" not in path.read_bytes(), path.name
            assert key not in path.read_bytes(), path.name
