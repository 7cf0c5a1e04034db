"""Everything an authority's page tells, as of one moment: where it stands, what happened, and what was expected."""

from __future__ import annotations

from datetime import date, datetime

from domain.rulebook.elements.picture import five_elements
from domain.rulebook.expectations import standing_in, worked
from projections.authorities.timeline import entries
from projections.engine.answers import HistoryAnswer, PastWindowsAnswer, StandingAnswer, TimelineAnswer
from projections.engine.reader import Reader
from projections.outlook.past_windows import held_to_account
from projections.outlook.standing import situated


def history(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> HistoryAnswer:
    """Standing, timeline, earlier windows and the five elements from one look at the tables.

    Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
        told = entries(connection, versions, as_at)
    now = situated(reader, authority, versions, moment)
    workings = tuple(worked(now))
    return HistoryAnswer(
        standing=StandingAnswer(moment, standing_in(now, workings)),
        timeline=TimelineAnswer(moment, authority, told),
        past_windows=PastWindowsAnswer(moment, authority, held_to_account(reader, authority, versions, moment)),
        elements=five_elements(now, [one.expectation for one in workings]),
    )
