"""The replay beside the read side on PostgreSQL: a schema that may be altered, left half made, or not allowed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from domain.audit import CheckStep
from domain.ledger.store import open_ledger
from projections.engine import replay_snapshots
from projections.engine.database import open_store, reading, writing
from tests.projections.story import Store
from tests.projections.verified import AT, LATER, Verified, carried_on_since


def schemas_of(verified: Verified) -> list[str]:
    """Those of replays."""
    with reading(verified.store.engine) as connection:
        names = connection.exec_driver_sql("SELECT nspname FROM pg_namespace ORDER BY 1").scalars()
        return [name for name in names if name.startswith("replay_")]


def do(verified: Verified, *statements: str) -> None:
    with writing(verified.store.engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_on_postgresql_the_replay_is_a_schema_and_no_file(on_postgres: Verified):
    on_postgres.verify()
    assert len(schemas_of(on_postgres)) == 1
    assert sorted(path.name for path in (on_postgres.folder / "replay").iterdir()) == ["lock", "name", "note.json"]
    before = schemas_of(on_postgres)
    on_postgres.verify(anew=True)
    assert schemas_of(on_postgres) == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE {0}.entry SET urn = '80507'",
        "DELETE FROM {0}.entry",
        "INSERT INTO {0}.reading SELECT * FROM {0}.reading LIMIT 1",
        "UPDATE {0}.projection SET position = position - 1",
        "UPDATE {0}.statement SET actor = actor",
        "DROP TABLE {0}.horizon",
        "DROP SCHEMA {0} CASCADE",
    ],
)
def test_a_replay_altered_in_the_database_accuses_nobody_and_is_not_believed(on_postgres: Verified, damage: str):
    on_postgres.verify()
    do(on_postgres, damage.format(*schemas_of(on_postgres)))
    report = on_postgres.verify(at=LATER)
    assert (report.exit_code, carried_on_since(report)) == (0, None)
    assert carried_on_since(on_postgres.verify(at=LATER)) == LATER.isoformat()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {0}.entry SET urn = '80507' WHERE row = (SELECT min(row) FROM {0}.entry WHERE urn <> '80507')",
        "DELETE FROM {0}.reading WHERE ctid = (SELECT min(ctid) FROM {0}.reading)",
    ],
)
def test_a_row_altered_in_the_tables_and_in_the_replay_alike_is_found(on_postgres: Verified, change: str):
    assert on_postgres.verify().exit_code == 0
    do(on_postgres, *(change.format(schema) for schema in ("projections", *schemas_of(on_postgres))))
    report = on_postgres.verify()
    assert [fault.step for fault in report.faults] == [CheckStep.READ_MODELS]


def test_a_schema_left_half_made_is_cleared_away_and_not_believed(on_postgres: Verified):
    on_postgres.verify()
    (kept,) = schemas_of(on_postgres)
    do(on_postgres, f"CREATE SCHEMA {kept}_making", f"CREATE TABLE {kept}_making.entry (half integer)")
    report = on_postgres.verify(at=LATER)
    assert (report.exit_code, carried_on_since(report)) == (0, AT.isoformat())
    assert schemas_of(on_postgres) == [kept]


def test_killed_while_it_is_made_leaves_nothing_that_is_believed(on_postgres: Verified):
    class Killed(BaseException):
        pass

    def killed(done: int, total: int) -> None:
        raise Killed

    ours = on_postgres.replay()
    ours._progress = killed
    with pytest.raises(Killed), ours:
        ours.anew()
    assert schemas_of(on_postgres) == []
    assert carried_on_since(on_postgres.verify()) is None


def test_killed_between_the_replay_and_its_note_the_old_note_is_not_believed(on_postgres: Verified):
    on_postgres.verify()
    note = on_postgres.folder / "replay" / "note.json"
    old = note.read_bytes()
    on_postgres.verify(anew=True)
    note.write_bytes(old)
    report = on_postgres.verify(at=LATER)
    assert (report.exit_code, carried_on_since(report)) == (0, None)


def test_a_note_of_a_file_is_not_believed_of_a_schema(on_postgres: Verified, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(replay_snapshots, "_may_make_schemas", lambda engine: False)
    on_postgres.verify()
    assert carried_on_since(on_postgres.verify(at=LATER)) == AT.isoformat()
    monkeypatch.undo()
    report = on_postgres.verify(at=LATER)
    assert (report.exit_code, carried_on_since(report)) == (0, None)
    assert carried_on_since(on_postgres.verify(at=LATER)) == LATER.isoformat()


def test_installations_that_share_a_database_have_a_replay_each(on_postgres: Verified, tmp_path: Path):
    other = Verified(on_postgres.store, tmp_path / "other")
    for each in (on_postgres, other):
        assert carried_on_since(each.verify()) is None
    for each in (on_postgres, other):
        assert carried_on_since(each.verify(at=LATER)) == AT.isoformat()
    assert len(schemas_of(on_postgres)) == 2


def test_a_copied_folder_does_not_touch_the_replay_that_another_is_using(on_postgres: Verified, tmp_path: Path):
    on_postgres.verify()
    shutil.copytree(on_postgres.folder / "replay", tmp_path / "copy" / "replay")
    copied = Verified(on_postgres.store, tmp_path / "copy")
    with on_postgres.replay() as replay:
        report = copied.verify(at=LATER)
        assert (report.exit_code, carried_on_since(report)) == (0, None)
        assert replay.carried_on() == AT.isoformat()
    assert carried_on_since(copied.verify(at=LATER)) == AT.isoformat()


@pytest.fixture
def limited(on_postgres: Verified, postgres_told_url: str) -> Iterator[Verified]:
    """The same store, opened by a role that may read and write, and make nothing."""
    role = "limited_" + uuid4().hex[:8]
    schemas = ("ledger", "projections")
    do(
        on_postgres,
        f"CREATE ROLE {role} LOGIN",
        *(f"GRANT USAGE ON SCHEMA {schema} TO {role}" for schema in schemas),
        *(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}" for schema in schemas),
    )
    url = make_url(postgres_told_url).set(username=role).render_as_string(hide_password=False)
    with open_ledger(url) as ledger:
        engine = open_store(url)
        yield Verified(Store(ledger, engine), on_postgres.folder)
        engine.dispose()
    do(on_postgres, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_a_role_that_may_not_make_a_schema_keeps_its_replay_in_a_file(limited: Verified):
    first = limited.verify()
    assert (first.exit_code, carried_on_since(first), schemas_of(limited)) == (0, None, [])
    assert (limited.folder / "replay" / "kept" / "replay.db").exists()
    again = limited.verify(at=LATER)
    assert (again.exit_code, carried_on_since(again)) == (0, AT.isoformat())
    do(limited, "UPDATE entry SET urn = '80507'")
    assert limited.verify().exit_code == 1


def test_a_database_that_may_only_be_read_is_verified_with_a_file(limited: Verified, on_postgres: Verified):
    role = limited.store.engine.url.username
    do(
        on_postgres,
        f"ALTER ROLE {role} SET default_transaction_read_only = on",
        f"GRANT CREATE ON DATABASE {on_postgres.store.engine.url.database} TO {role}",
    )
    limited.store.engine.dispose()
    assert limited.verify().exit_code == 0
    assert schemas_of(on_postgres) == []
    assert carried_on_since(limited.verify(at=LATER)) == AT.isoformat()
