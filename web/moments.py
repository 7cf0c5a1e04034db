"""Dates as people type them, in commands and addresses, and the moment an answer is given for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import RuleBroken

LONDON = ZoneInfo("Europe/London")

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


def today() -> date:
    """The day it is in London."""
    return datetime.now(LONDON).date()


def as_day(text: str, called: str) -> date:
    """A day written 2025-03-01, from 2000 to 2099. Raises RuleBroken saying what to enter; `called` names the field."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found < LATEST:
        raise RuleBroken(f"Enter the {called} date as year, month and day, for example 2025-03-01.")
    return found


def as_instant(text: str, called: str = "known by") -> datetime:
    """A date means the end of that day in London; a date-time must carry its zone. Raises RuleBroken."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is not None and instant.tzinfo is not None and EARLIEST.year <= instant.year < LATEST.year:
        return instant
    if instant is not None and len(text) > len("2025-03-01"):
        raise RuleBroken(f"Give the {called} time with its zone, for example 2025-03-01T09:30+00:00, or only the day.")
    next_day = as_day(text, called) + timedelta(days=1)
    return datetime.combine(next_day, time.min, LONDON) - timedelta(microseconds=1)
