"""A log of each kind of store, with what was kept outside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kept import Kept


@pytest.fixture
def kept(store_url: str, tmp_path: Path) -> Kept:
    return Kept(store_url, tmp_path)
