"""A store of each kind with its read side prepared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.ledger.store import Ledger
from tests.projections.story import Store, open_read_side


@pytest.fixture
def store(ledger: Ledger, store_url: str) -> Iterator[Store]:
    """Empty, once on SQLite and once on PostgreSQL."""
    opened = open_read_side(ledger, store_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sqlite_store(sqlite_ledger: Ledger, sqlite_path: str) -> Iterator[Store]:
    """Empty, on SQLite."""
    opened = open_read_side(sqlite_ledger, sqlite_path)
    yield opened
    opened.engine.dispose()
