"""Real published files where they are to be had, and the reader every test uses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.register import REGISTER
from tests.intake.making import TODAY
from web.intake.reading import FileReading, read_file

Read = Callable[..., FileReading]


@pytest.fixture
def read() -> Read:
    """Reads a file with the shipped register, on the tests' fixed day."""

    def reading(path: Path, **options: Any) -> FileReading:
        return read_file(path, register=REGISTER, today=TODAY, **options)

    return reading


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real published files; the test is skipped, and says so, where there is none."""
    shared = os.environ.get("TIMELINE_SHARED")
    folder = (Path(shared) if shared else Path(__file__).parents[2].parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip("NO REAL FILES HERE: set TIMELINE_SHARED to the folder that holds data/ to run this test")
    return folder
