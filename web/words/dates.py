"""Dates as people type them, in commands and addresses, and the moment an answer is given for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from domain.values.days import LONDON, end_of_day
from domain.values.errors import RuleBroken
from domain.values.words import in_words


class AtFields(RuleBroken):
    """What an address asks cannot be read: by the name of the field, what is wrong with it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_PLUS_LOST = re.compile(r"(T[\d:.]+) (\d{2}:?\d{2})$", re.ASCII)
"""In an address, a plus sign that was not escaped arrives as a space."""

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


def today() -> date:
    """The day it is in London."""
    return datetime.now(LONDON).date()


def as_day(text: str, called: str) -> date:
    """A day written 2025-03-01, from 2000 to 2099. Raises RuleBroken saying what to enter; `called` names the field."""
    try:
        found = date.fromisoformat(text) if WRITTEN.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise RuleBroken(f"Enter the {called} date as year, month and day, for example 2025-03-01.")
    if not EARLIEST <= found < LATEST:
        raise RuleBroken(
            f"Enter the {called} date as a day from {EARLIEST.year} to {LATEST.year - 1}, for example 2025-03-01."
        )
    return found


def as_past_day(text: str, called: str) -> date:
    """A day not after today. Raises RuleBroken."""
    found = as_day(text, called)
    if found > today():
        raise RuleBroken(f"The {called} date {found.isoformat()} lies in the future.")
    return found


def as_instant(text: str, called: str = "known by") -> datetime:
    """A date means the end of that day in London; a date-time must carry its zone. Raises RuleBroken."""
    try:
        instant = datetime.fromisoformat(_PLUS_LOST.sub(r"\1+\2", text))
    except ValueError:
        instant = None
    if instant is not None and instant.tzinfo is not None and EARLIEST.year <= instant.year < LATEST.year:
        return instant
    if instant is not None and len(text) > len("2025-03-01"):
        raise RuleBroken(f"Give the {called} time with its zone, for example 2025-03-01T09:30+00:00, or only the day.")
    return end_of_day(as_day(text, called))


def must_run_forwards(first: date, last: date) -> None:
    """Raises RuleBroken where a range ends before it begins."""
    if first > last:
        raise RuleBroken(
            f"The range ends before it begins: {in_words(last)} is before {in_words(first)}. Enter a later end."
        )
