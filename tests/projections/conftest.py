"""A store of each kind with its read side prepared."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.ledger.store import Ledger, migrate, open_ledger
from tests.databases import database
from tests.projections.story import Store, beside, open_read_side
from tests.projections.verified import (  # noqa: F401 (fixtures)
    on_postgres,
    on_sqlite,
    postgres_told_url,
    told_on_postgres,
    told_on_sqlite,
    verified,
)


@pytest.fixture(scope="session")
def sqlite_prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty store and its read side, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(str(folder / "ledger.db"))
    return folder


@pytest.fixture(scope="session")
def postgres_prepared(postgres_server: str) -> Iterator[str]:
    """The name of a database with the same."""
    with database(postgres_server, "prepared_with_read_side") as where:
        prepare(where)
        yield "prepared_with_read_side"


def prepare(where: str) -> None:
    migrate(where)
    with open_ledger(where) as ledger:
        open_read_side(ledger, where).engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store with its read side, once of each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_store_url"))
    return str(copied(request.getfixturevalue("sqlite_prepared"), tmp_path))


def copied(prepared: Path, folder: Path) -> Path:
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    return folder / "ledger.db"


@pytest.fixture
def store(ledger: Ledger, store_url: str) -> Iterator[Store]:
    """Empty, once on SQLite and once on PostgreSQL."""
    opened = beside(ledger, store_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sqlite_store(sqlite_prepared: Path, tmp_path: Path) -> Iterator[Store]:
    """Empty, on SQLite."""
    where = str(copied(sqlite_prepared, tmp_path))
    with open_ledger(where) as ledger:
        opened = beside(ledger, where)
        yield opened
        opened.engine.dispose()
