"""What would be answered if something happened that has not? Nothing supposed is kept."""

from __future__ import annotations

from datetime import date, datetime

from domain.activities import Activity
from domain.rulebook.supposing import supposing
from domain.statements import Kind
from projections.answers import SupposedAnswer
from projections.reader import Reader


def suppose(
    reader: Reader, urn: str, supposed: Activity, *, on: date, as_at: date, known_at: datetime | None = None
) -> SupposedAnswer:
    """What the rulebook says on a day without and with the supposition, from what was public by `as_at` (inclusive).

    Raises NotFound where no authority has that number, and RuleBroken where the supposition cannot be."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        authority = reader.identity(connection, urn).on(on)
        versions = reader.versions_of(connection, urn, moment)
    held = [version.activity for version in versions]
    if on > as_at:
        held = [
            seen
            for activity in held
            if (seen := activity if activity.kind is Kind.NOT_YET_INSPECTED else activity.as_seen_on(as_at)) is not None
        ]
    answer = supposing(held, supposed, authority=authority, on=on, holidays=reader.holidays, policy=reader.policy)
    return SupposedAnswer(moment, authority, on, answer)
