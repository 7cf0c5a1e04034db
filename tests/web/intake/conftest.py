"""The reader every test of reading files uses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.register.register import REGISTER
from tests.web.intake.making import TODAY
from web.intake.reading import FileReading, read_file

Read = Callable[..., FileReading]


@pytest.fixture
def read() -> Read:
    """Reads a file with the shipped register, on the tests' fixed day."""

    def reading(path: Path, **options: Any) -> FileReading:
        return read_file(path, register=REGISTER, today=TODAY, **options)

    return reading
