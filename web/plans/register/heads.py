"""A plan as a row of the list of plans: how far it is, and what of it needs attention."""

from __future__ import annotations

from dataclasses import dataclass

from projections.plans.answers import PlanHead
from web.formats.pills import Pill


@dataclass(frozen=True)
class PlanLineShort:
    """A plan with what is said of it; `pills` are what needs attention, of which there is at least one each."""

    head: PlanHead
    far: str
    pills: tuple[Pill, ...]


def plan_rows(heads: list[PlanHead]) -> tuple[PlanLineShort, ...]:
    """A row for each plan, in the order given."""
    return tuple(PlanLineShort(head, _far(head), _pills(head)) for head in heads)


def _far(head: PlanHead) -> str:
    """`6 of 26 complete`, as far as it is told."""
    if not head.shows_actions:
        return "not published"
    counts = head.counts
    return f"{counts.done} of {counts.actions} complete" if counts.actions else "no action yet"


def _pills(head: PlanHead) -> tuple[Pill, ...]:
    counts = head.counts
    found = (
        (counts.overdue, "overdue", "past its day" if counts.overdue == 1 else "past their day"),
        (counts.off_track, "off-track", "off track"),
        (counts.at_risk, "at-risk", "at risk"),
        (counts.evidence_awaited, "awaited", "evidence awaited"),
        (counts.acceptance_awaited, "awaited", "acceptance awaited"),
        (counts.gaps, "open", _of(counts.gaps, "finding", "without an action")),
        (
            counts.questions_overdue,
            "overdue",
            _of(counts.questions_overdue, "question", "overdue"),
        ),
    )
    return tuple(Pill(tone, f"{number} {what}") for number, tone, what in found if number)


def _of(number: int, one: str, what: str) -> str:
    return f"{one if number == 1 else one + 's'} {what}"
