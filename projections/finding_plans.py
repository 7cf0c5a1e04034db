"""Which plans answer a finding, and with which actions?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.plans import finding_of
from projections.answers import FindingRow
from projections.plan_facts import plans_then
from projections.reader import Reader


@dataclass(frozen=True)
class AnsweredBy:
    """A plan that took a finding up, and the numbers of its actions on it: none is a gap. Actions withdrawn or found
    not to be required are left out."""

    plan: UUID
    example: bool
    actions: tuple[int, ...]


def answers_to(
    reader: Reader, findings: Iterable[FindingRow], *, as_at: date, known_at: datetime | None = None
) -> Mapping[UUID, AnsweredBy]:
    """The plan of each finding that has one, by the finding's id as plans name it (`named`)."""
    wanted = {named(row) for row in findings}
    found: dict[UUID, AnsweredBy] = {}
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        for then in plans_then(connection, reader.plans, moment):
            for name in then.state.findings.keys() & wanted:
                actions = (
                    action for action in then.state.actions.values() if action.counts and name in action.findings
                )
                found[name] = AnsweredBy(then.id, then.state.example, tuple(action.number for action in actions))
    return found


def named(row: FindingRow) -> UUID:
    """The id by which a plan refers to a finding."""
    return finding_of(row.activity, row.text, priority=row.priority).id
