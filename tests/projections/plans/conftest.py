"""Stores of plans, each of either kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.ledger.store import Ledger
from tests.projections.plans.story import Planned, planned


@pytest.fixture
def here(ledger: Ledger, store_url: str) -> Iterator[Planned]:
    """Once on SQLite, once on PostgreSQL."""
    made = planned(ledger, store_url)
    yield made
    made.store.engine.dispose()
    made.words.close()


@pytest.fixture
def sqlite_here(sqlite_ledger: Ledger, sqlite_path: str) -> Iterator[Planned]:
    made = planned(sqlite_ledger, sqlite_path)
    yield made
    made.store.engine.dispose()
