"""What would be answered if something happened that has not? Nothing supposed is kept."""

from __future__ import annotations

from datetime import date, datetime

from domain.rulebook.what_if.suppose import supposing
from domain.values.activities import Activity
from projections.engine.answers import SupposedAnswer
from projections.engine.reader import Reader


def suppose(
    reader: Reader, urn: str, supposed: Activity, *, on: date, as_at: date, known_at: datetime | None = None
) -> SupposedAnswer:
    """What the rulebook says on a day without and with the supposition, from what was public by `as_at` (inclusive).

    Raises NotFound where no authority has that number, and RuleBroken where the supposition cannot be."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(on)
        versions = reader.versions_of(connection, urn, moment)
    answer = supposing(
        [version.activity for version in versions],
        supposed,
        authority=authority,
        on=on,
        holidays=reader.holidays,
        policy=reader.policy,
        known_until=moment.known_until,
        public_by=as_at,
    )
    return SupposedAnswer(moment, authority, on, answer)
