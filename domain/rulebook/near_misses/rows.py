"""The rows of a table that were not in force: those just before and just after the one that was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from domain.rulebook.calendar_rows import INSPECTIONS_AFTER_VISIT, VISIT_TIMES, VISITS_BETWEEN
from domain.rulebook.deadline_rows import (
    MONITORING_INTERVALS,
    PLAN_TIMES,
    PRIORITY_PLAN_TIMES,
    PUBLICATION_TIMES,
    YEARLY_CYCLES,
)
from domain.rulebook.row_words import in_force
from domain.rulebook.rows import (
    AFTER_PRIORITY_ACTION,
    FIRST_INSPECTIONS,
    INTERVALS,
    NEXT_GRADED,
    NEXT_MEASURED,
    PATHWAY_TESTS,
    Row,
)
from domain.rulebook.steps import Input, RowUsed, Step, Unapplied, numbers_of
from domain.values.words import in_words

TABLES: Sequence[Sequence[Row]] = (
    PATHWAY_TESTS,
    NEXT_GRADED,
    NEXT_MEASURED,
    INTERVALS,
    FIRST_INSPECTIONS,
    AFTER_PRIORITY_ACTION,
    PUBLICATION_TIMES,
    PLAN_TIMES,
    PRIORITY_PLAN_TIMES,
    MONITORING_INTERVALS,
    YEARLY_CYCLES,
    VISITS_BETWEEN,
    VISIT_TIMES,
    INSPECTIONS_AFTER_VISIT,
)
"""Every table of rows of which one is in force at a time."""

WHOM = frozenset({"pathway", "pathways", "frameworks", "kinds", "visit"})
"""The fields of a row that say whom it speaks of: rows alike in these follow one another in time."""


def other_rows(steps: Iterable[Step]) -> Iterator[Unapplied]:
    """For each dated row used, the row that was in force before it and the one after it."""
    told: set[int] = set()
    for step in steps:
        used = step.row
        if used is None:
            continue
        for other in neighbours(used.row):
            if id(other) in told:
                continue
            told.add(id(other))
            numbers = "; ".join(f"{_small(one.name)}: {one.value}" for one in numbers_of(other) if _differs(one, used))
            yield Unapplied(
                rule=other.rule,
                why=f"The row in force {in_force(other)} says otherwise ({numbers}). It was not read, because "
                f"{used.compared} {f'is {in_words(used.on)}' if used.on else 'does not lead to it'}."
                if numbers
                else f"The row in force {in_force(other)} says the same.",
            )


def _differs(number: Input, used: RowUsed) -> bool:
    return number not in used.numbers


def neighbours(row: Row) -> tuple[Row, ...]:
    """The rows of the same table that speak of the same and end as it begins, or begin as it ends."""
    (table,) = [table for table in TABLES if row in table] or [()]
    whom = [field.name for field in fields(row) if field.name in WHOM]
    return tuple(
        other
        for other in table
        if other is not row
        and all(getattr(other, name) == getattr(row, name) for name in whom)
        and (other.end == row.start or other.start == row.end)
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
