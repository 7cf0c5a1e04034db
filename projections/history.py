"""Everything an authority's page tells, as of one moment: where it stands and what happened so far."""

from __future__ import annotations

from datetime import date, datetime

from projections.answers import HistoryAnswer, StandingAnswer, TimelineAnswer
from projections.reader import Reader
from projections.standing import stands
from projections.timeline import entries


def history(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> HistoryAnswer:
    """Standing and timeline from one look at the tables. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        authority = reader.identity(connection, urn).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
        told = entries(connection, versions, as_at)
    return HistoryAnswer(
        standing=StandingAnswer(moment, stands(reader, authority, versions, as_at)),
        timeline=TimelineAnswer(moment, authority, told),
    )
