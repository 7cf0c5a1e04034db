"""Rules that nearly applied, and why they did not: what a reader who knows the rulebook would ask next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.rulebook.cycle_near_misses import between
from domain.rulebook.deadlines_near_misses import elections, plans
from domain.rulebook.evidence import Worked
from domain.rulebook.graded_near_misses import other_windows, priority_action
from domain.rulebook.near_miss_rows import other_rows
from domain.rulebook.pathway_near_misses import new_authority, other_judgements, other_reports, without_report
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Step, Unapplied


def unapplied(now: Situation, workings: Sequence[Worked], steps: Iterable[Step]) -> tuple[Unapplied, ...]:
    """In order of the question they answer: pathway, type, window, deadlines, what comes between, and other rows."""
    return (
        *other_reports(now),
        *other_judgements(now),
        *new_authority(now),
        *without_report(now),
        *priority_action(now),
        *other_windows(now),
        *plans(now),
        *between(now),
        *elections(workings),
        *other_rows(steps),
    )
