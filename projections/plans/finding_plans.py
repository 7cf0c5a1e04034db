"""Which plans answer a finding, and with which actions?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.values.plans import finding_of
from projections.engine.answers import FindingRow
from projections.engine.reader import Reader
from projections.plans.projection import plans_then


@dataclass(frozen=True)
class AnsweredBy:
    """A plan that took a finding up, and the numbers of its actions on it: none is a gap, None where nothing of them
    was published. Actions withdrawn or found not to be required are left out."""

    plan: UUID
    example: bool
    actions: tuple[int, ...] | None


def answers_to(
    reader: Reader,
    findings: Iterable[FindingRow],
    *,
    as_at: date,
    known_at: datetime | None = None,
    public: bool = False,
) -> Mapping[UUID, AnsweredBy]:
    """The plan of each finding that has one, by the finding's id as plans name it (`named`). The
    `public` is told what was published here (decision 0019)."""
    wanted = {named(row) for row in findings}
    found: dict[UUID, AnsweredBy] = {}
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        for then in plans_then(reader, connection, moment, public=public):
            for name in then.state.findings.keys() & wanted:
                actions = (
                    action for action in then.state.actions.values() if action.counts and name in action.findings
                )
                numbers = tuple(action.number for action in actions) if then.shows_actions else None
                found[name] = AnsweredBy(then.id, then.state.example, numbers)
    return found


def named(row: FindingRow) -> UUID:
    """The id by which a plan refers to a finding."""
    return finding_of(row.activity, row.text, priority=row.priority).id
