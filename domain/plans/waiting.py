"""What of an action waits, and for whom: a second person's look at the evidence, or word from the office that owns
it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from domain.plans.action_state import ActionState
from domain.values.plans import Reading

SILENT_AFTER = timedelta(days=31)
"""An office says at least monthly how far its actions are."""


class ActionWait(Enum):
    """For what an action waits; all but the first is for its own office to say."""

    ACCEPTANCE = "acceptance"
    LATE = "late"
    EVIDENCE = "evidence"
    NO_DATE = "no_date"
    SILENT = "silent"


def wait_of(action: ActionState, on: date) -> ActionWait | None:
    """For what an action waits on a day, the most pressing first; nothing of one that is done, given up, or was told of
    within the last 31 days."""
    if not action.open:
        return None
    reading = action.reading(on)
    if reading is Reading.ACCEPTANCE_AWAITED:
        return ActionWait.ACCEPTANCE
    if reading is Reading.EVIDENCE_AWAITED:
        return ActionWait.EVIDENCE
    if action.days_overdue(on):
        return ActionWait.LATE
    if action.due_on is None:
        return ActionWait.NO_DATE
    return ActionWait.SILENT if on - action.last.true_on > SILENT_AFTER else None
