"""What was done, what is left and what is not known of the five elements of the system, for one authority?"""

from __future__ import annotations

from datetime import date, datetime

from domain.rulebook.elements.picture import five_elements
from domain.rulebook.expectations import worked
from projections.engine.answers import ElementsAnswer
from projections.engine.reader import Reader
from projections.outlook.standing import situated


def elements_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> ElementsAnswer:
    """The five elements in the cycle that a day lies in. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
    now = situated(reader, authority, versions, moment)
    return ElementsAnswer(moment, five_elements(now, [one.expectation for one in worked(now)]))
