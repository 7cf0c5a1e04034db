"""Rules that nearly applied, and why they did not: what a reader who knows the rulebook would ask next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.rulebook.situation import Situation
from domain.rulebook.steps import Step, Unapplied
from domain.rulebook.unapplied_cycle import between
from domain.rulebook.unapplied_deadlines import elections, plans
from domain.rulebook.unapplied_graded import other_windows, priority_action
from domain.rulebook.unapplied_pathway import new_authority, other_judgements, other_reports, without_report
from domain.rulebook.unapplied_rows import other_rows
from domain.rulebook.workings import Worked


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
