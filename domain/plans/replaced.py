"""Which newer graded report takes the place of the report or letter that a plan answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.plans.state import PlanState
from domain.values.activities import Activity
from domain.values.plans import Basis
from domain.values.statements import Kind


@dataclass(frozen=True)
class Replaced:
    """A graded report that is newer than what a plan answers: its entry, and the day on which it was published. From
    that day on (inclusive) nothing that the plan promised before is called overdue."""

    activity: UUID
    on: date


def replaced_by(plan: PlanState, activities: Iterable[Activity], *, on: date) -> Replaced | None:
    """The first graded report published after what the plan answers and by a day, inclusive; None where there is none,
    or the plan was closed before.

    A joint inspection's letter is replaced by no report: its statement of action is the whole area's (R-062)."""
    if plan.basis is Basis.JTAI_LETTER or plan.opened is None:
        return None
    known = tuple(activities)
    answered = next((one for one in known if plan.activity in (one.id, *one.statements)), None)
    since = _published(answered) or plan.published_on or plan.received_on or plan.first_day
    newer = [
        Replaced(one.id, one.published)
        for one in known
        if one.kind is Kind.INSPECTION
        and one.grades
        and one.counts
        and one is not answered
        and one.published is not None
        and since < one.published <= on
    ]
    first = min(newer, key=lambda one: (one.on, one.activity), default=None)
    if first is None or (plan.closed is not None and plan.closed.true_on <= first.on):
        return None
    return first


def answers_newer(replaced: Replaced, basis: Basis, activity: UUID, published_on: date | None) -> bool:
    """Whether a plan is made on the report that took another's place, or on one that came after it."""
    if basis is not Basis.GRADED_REPORT:
        return False
    return activity == replaced.activity or (published_on is not None and replaced.on <= published_on)


def _published(answered: Activity | None) -> date | None:
    return None if answered is None else answered.published or answered.published_by_council
