"""Before, during and after the pandemic's stop of inspections: groups in which waits and windows are compared."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.rulebook.rows import PANDEMIC_PAUSE


class Cohort(Enum):
    """When the report was published (or the new authority formed) from which a wait counts.

    `during` is from 17 March 2020 to 27 June 2021, both inclusive (R-011)."""

    BEFORE = "before_pandemic"
    DURING = "during_pandemic"
    AFTER = "after_pandemic"


def cohort_of(since: date) -> Cohort:
    """Where the day from which a wait counts lies against the pause."""
    if since < PANDEMIC_PAUSE.start:
        return Cohort.BEFORE
    return Cohort.DURING if PANDEMIC_PAUSE.in_force(since) else Cohort.AFTER
