"""Where does one authority stand, and what comes next?"""

from __future__ import annotations

from datetime import date, datetime

from domain.rulebook.expectations import standing
from projections.answers import StandingAnswer
from projections.reader import Reader


def standing_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> StandingAnswer:
    """The pathway and everything to expect. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        identity = reader.identity(connection, urn)
        versions = reader.versions_of(connection, urn, moment)
    stands = standing(
        [version.activity for version in versions],
        authority=identity.on(as_at),
        on=as_at,
        holidays=reader.holidays,
        policy=reader.policy,
    )
    return StandingAnswer(moment, stands)
