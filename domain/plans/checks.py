"""What is asked of anything entered about a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from domain.plans.state import PlanState
from domain.values.errors import RuleBroken
from domain.values.plans import Figure
from domain.values.sealed import Sealed, as_line
from domain.values.words import in_words

LONGEST_OFFICE = 100
LONGEST_UNIT = 30
MOST_EVIDENCE = 100
MOST_ACTIONS = 500

FARTHEST_DUE = timedelta(days=3_653)
"""A due date lies at most ten years from the day on which it is set."""


def as_office(owner: object) -> str:
    """The office that owns an action. Raises RuleBroken."""
    return as_line(owner, "the office that owns the action", most=LONGEST_OFFICE)


def within_reach(due_on: date, after: date) -> None:
    """Raises RuleBroken for a due date before `after` or more than ten years after it."""
    if not after <= due_on <= after + FARTHEST_DUE:
        raise RuleBroken(f"Enter a due date from {in_words(after)}, and at most ten years after it.")


def within_ten_years(due_on: date | None, of: date) -> None:
    """Raises RuleBroken for a due date more than ten years from a day, before or after it: a list that is taken over
    holds actions that were due long ago."""
    if due_on is not None and abs(due_on - of) > FARTHEST_DUE:
        raise RuleBroken(f"Enter a due date at most ten years before or after {in_words(of)}.")


def of_this_plan(plan: PlanState, findings: Sequence[UUID], on: date) -> tuple[UUID, ...]:
    """Findings that the plan had by a day, each once. Raises RuleBroken."""
    wanted = tuple(dict.fromkeys(findings))
    if not wanted:
        raise RuleBroken("Choose the finding that the action answers.")
    if not plan.findings.keys() >= set(wanted):
        raise RuleBroken("That finding is not one of this plan's.")
    taken = max(plan.taken_on[name] for name in wanted)
    if on < taken:
        raise RuleBroken(
            f"A finding was taken into the plan on {in_words(taken)}; enter that day or a later one, or choose "
            "only findings that the plan had by then."
        )
    return wanted


def measured(measure: Sealed | None, unit: str | None, baseline: Figure | None, target: Figure | None) -> str | None:
    """The unit of a measure. Raises RuleBroken where there is a unit or figure, and nothing is measured."""
    if measure is None and (unit is not None or baseline is not None or target is not None):
        raise RuleBroken("Say what is measured, or leave its unit, baseline and target out.")
    return None if unit is None else as_line(unit, "the unit of the measure", most=LONGEST_UNIT)
