"""Days are London's: Ofsted publishes there, and a working day ends there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(instant: datetime) -> date:
    """The day it is in London at an instant, which carries its zone."""
    return instant.astimezone(LONDON).date()


def end_of_day(day: date) -> datetime:
    """The last microsecond of a day in London."""
    return datetime.combine(day + timedelta(days=1), time.min, LONDON) - timedelta(microseconds=1)
