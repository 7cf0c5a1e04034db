"""A store with a varied history and its verification against a replay, to be altered by a test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.audit import Audit, Report
from domain.facts import Fact
from domain.ledger.store import migrate, open_ledger
from projections.replay import Replay
from tests.databases import database
from tests.projections.story import Store, beside, open_read_side, tell_a_varied_history

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 5, 5, 9, 30, tzinfo=UTC)


class Verified:
    """A store with a history, and its verification as the command does it; `read` counts facts read for the replay."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.audit = Audit(store.ledger, folder / "signing", folder / "remembered")
        self.read = 0

    def replay(self, at: datetime = AT) -> Replay:
        counting = Counting(self)
        return Replay(
            self.store.projector, self.store.engine, counting, self.folder / "replay", tree=self.audit.until, at=at
        )

    def verify(self, *, anew: bool = False, at: datetime = AT) -> Report:
        self.read = 0
        with self.replay(at) as replay:
            return self.audit.verify(read_models=replay, anew=anew, at=at)

    def whats(self, **asked: Any) -> list[str]:
        return [fault.what for fault in self.verify(**asked).faults]


class Counting:
    """The ledger, counting what is read of it."""

    def __init__(self, of: Verified) -> None:
        self._of, self._ledger = of, of.store.ledger

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    def read_facts(
        self, start: int = 1, limit: int | None = None, names: Sequence[str] = ()
    ) -> Iterator[tuple[int, Fact]]:
        for found in self._ledger.read_facts(start, limit, names):
            self._of.read += 1
            yield found


def tell(where: str) -> None:
    """Prepare a store, tell the varied history there, let the read side read it, and close both."""
    migrate(where)
    with open_ledger(where) as ledger:
        store = open_read_side(ledger, where)
        tell_a_varied_history(store)
        store.projector.catch_up()
        store.engine.dispose()


@pytest.fixture(scope="session")
def told_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with such a store, to be copied."""
    folder = tmp_path_factory.mktemp("told")
    tell(str(folder / "ledger.db"))
    return folder


@pytest.fixture(scope="session")
def told_on_postgres(postgres_server: str) -> Iterator[str]:
    """The name of a database with such a store, to be copied."""
    with database(postgres_server, "told") as where:
        tell(where)
        yield "told"


@contextmanager
def opened(where: str, folder: Path) -> Iterator[Verified]:
    with open_ledger(where) as ledger:
        store = beside(ledger, where)
        store.told = ledger.max_position()
        yield Verified(store, folder)
        store.engine.dispose()


@pytest.fixture
def on_sqlite(told_on_sqlite: Path, tmp_path: Path) -> Iterator[Verified]:
    shutil.copytree(told_on_sqlite, tmp_path, dirs_exist_ok=True)
    with opened(str(tmp_path / "ledger.db"), tmp_path) as made:
        yield made


@pytest.fixture
def postgres_told_url(postgres_server: str, told_on_postgres: str) -> Iterator[str]:
    with database(postgres_server, f"replayed_{uuid4().hex}", told_on_postgres) as where:
        yield where


@pytest.fixture
def on_postgres(postgres_told_url: str, tmp_path: Path) -> Iterator[Verified]:
    with opened(postgres_told_url, tmp_path) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def verified(request: pytest.FixtureRequest) -> Verified:
    made: Verified = request.getfixturevalue(f"on_{request.param}")
    return made


def carried_on_since(report: Report) -> str | None:
    found = [remark for remark in report.remarks if "carried on since" in remark]
    return found[0].split(" begun at ")[1].split(" and ")[0] if found else None
