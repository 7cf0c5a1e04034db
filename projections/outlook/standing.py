"""Where does one authority stand, and what comes next?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from domain.rulebook.expectations import situation, standing_in, worked
from domain.rulebook.results import Standing
from domain.rulebook.situation import Situation
from domain.values.activities import Activity, AuthorityFacts
from domain.values.statements import Kind
from projections.engine.answers import Moment, StandingAnswer
from projections.engine.reader import Reader, Version


def standing_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> StandingAnswer:
    """The pathway and everything to expect. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        identity = reader.identity(connection, urn, moment.position)
        versions = reader.versions_of(connection, urn, moment)
    return StandingAnswer(moment, stands(reader, identity.on(as_at), versions, moment))


def standing_without(reader: Reader, urn: str, entry: UUID, *, as_at: date) -> tuple[Standing, Standing]:
    """Where an authority stands, and where it would if one of its entries were withdrawn.

    Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, None, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
    others = [version for version in versions if version.activity.id != entry]
    return stands(reader, authority, versions, moment), stands(reader, authority, others, moment)


def standing_with(
    reader: Reader, urn: str, activities: Iterable[Activity], *, as_at: date
) -> tuple[Standing, Standing]:
    """Where an authority stands, and where it would if these were all its entries.

    Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, None, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
    supposed = [Version(0, 0, one, date.max) for one in activities if one.kind is not Kind.NOT_YET_INSPECTED]
    return stands(reader, authority, versions, moment), stands(reader, authority, supposed, moment)


def stands(reader: Reader, authority: AuthorityFacts, versions: Iterable[Version], moment: Moment) -> Standing:
    """What the rulebook says of the versions held, by this installation's policy; `moment` is of that authority."""
    now = situated(reader, authority, versions, moment)
    return standing_in(now, tuple(worked(now)))


def situated(reader: Reader, authority: AuthorityFacts, versions: Iterable[Version], moment: Moment) -> Situation:
    """What every expectation is worked out from; `moment` is of that authority."""
    return situation(
        [version.activity for version in versions],
        authority=authority,
        on=moment.as_at,
        holidays=reader.holidays,
        policy=reader.policy,
        known_until=moment.known_until,
    )
