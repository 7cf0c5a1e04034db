"""Reads a spreadsheet's sheets without trusting it: the parsing happens in a short-lived process with hard limits."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from domain.values.errors import RuleBroken
from web.intake.tables import Cell, Sheet

SECONDS = 20
"""Longest wait for one workbook, in seconds of the clock; its own limit is ten of the processor."""

_SANDBOX = Path(__file__).with_name("sandbox.py")
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


class FileRefused(RuleBroken):
    """A file is not read at all. The message says why, in words safe to show."""


@dataclass(frozen=True)
class SheetsRead:
    """The sheets that were asked for, or the first sheet where it has none of them; `names` lists all."""

    names: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    cover: Sheet
    marks: Mapping[str, Marks] = field(default_factory=dict)


@dataclass(frozen=True)
class Marks:
    """What a sheet shows beside the text of its cells: blocks of merged cells, as first and last row, first and last
    column, both included and from 0; and the colour behind a cell, as six hexadecimal digits, by row and column."""

    merged: tuple[tuple[int, int, int, int], ...] = ()
    colours: Mapping[tuple[int, int], str] = field(default_factory=dict)


def read_workbook(content: bytes, wanted: Sequence[str], *, marked: bool = False) -> SheetsRead:
    """The sheets whose whole name matches one of the patterns `wanted`, with their marks where these are asked for.

    Raises FileRefused."""
    try:
        finished = subprocess.run(
            [sys.executable, "-I", str(_SANDBOX), *(["--marks"] if marked else []), *wanted],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("it takes too long to read") from None
    if finished.returncode in _OUT_OF_TIME:
        raise FileRefused("it takes too long to read")
    if finished.returncode < 0:
        raise FileRefused("it unfolds to more than may be held in memory")
    if finished.returncode:
        raise FileRefused("it is damaged and cannot be read")
    answer = json.loads(finished.stdout)
    if "refused" in answer:
        raise FileRefused(answer["refused"])
    return SheetsRead(
        names=tuple(answer["names"]),
        sheets=tuple(_sheet(name, rows) for name, rows in answer["sheets"].items()),
        cover=_sheet("Cover", answer["cover"]),
        marks={name: _marks(answer, name) for name in answer["sheets"]} if marked else {},
    )


def _marks(answer: Mapping[str, Any], name: str) -> Marks:
    merged = tuple((top, bottom, left, right) for top, bottom, left, right in answer["merged"].get(name, ()))
    return Marks(merged, {(row, column): colour for row, column, colour in answer["colours"].get(name, ())})


def _sheet(name: str, rows: Sequence[Sequence[object]]) -> Sheet:
    return Sheet(name, tuple(tuple(map(_cell, row)) for row in rows))


def _cell(stored: object) -> Cell:
    if isinstance(stored, dict):
        return date.fromisoformat(stored["on"])
    assert stored is None or isinstance(stored, str | int | float)
    return stored
