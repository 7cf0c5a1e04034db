"""What was done, what is left and what is not known of the five elements of the system, for one authority?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from domain.rulebook.elements.picture import FiveElements, five_elements
from domain.rulebook.expectations import situation, worked
from domain.values.activities import AuthorityFacts
from projections.engine.answers import ElementsAnswer, Moment
from projections.engine.reader import Reader, Version


def elements_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> ElementsAnswer:
    """The five elements in the cycle that a day lies in. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
    return ElementsAnswer(moment, picture(reader, authority, versions, moment))


def picture(reader: Reader, authority: AuthorityFacts, versions: Iterable[Version], moment: Moment) -> FiveElements:
    """What the rulebook says of the versions held; `moment` is of that authority."""
    now = situation(
        [version.activity for version in versions],
        authority=authority,
        on=moment.as_at,
        holidays=reader.holidays,
        policy=reader.policy,
        known_until=moment.known_until,
    )
    return five_elements(now, [one.expectation for one in worked(now)])
