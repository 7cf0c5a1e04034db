"""What happened to one authority so far, in order of when it was true?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy import func as sql

from domain.values.activities import Activity
from domain.values.statements import Kind
from projections.engine import tables as t
from projections.engine.answers import TimelineAnswer, TimelineEntry
from projections.engine.log import instant
from projections.engine.reader import Reader, Version

_FIRST_KNOWN = (
    select(t.entry.c.entry_id, sql.min(t.entry.c.known_from).label("first"))
    .where(t.entry.c.entry_id.in_(bindparam("entries", expanding=True)))
    .group_by(t.entry.c.entry_id)
)
_RECORDED = select(t.moment.c.position, t.moment.c.recorded_at).where(
    t.moment.c.position.in_(bindparam("positions", expanding=True))
)


def timeline(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> TimelineAnswer:
    """Entries with only what was public by the day; withdrawn ones stay, marked. That a release calls an authority not
    yet inspected is no entry. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        identity = reader.identity(connection, urn, moment.position)
        versions = reader.versions_of(connection, urn, moment)
        return TimelineAnswer(moment, identity.on(as_at), entries(connection, versions, as_at))


def entries(connection: Connection, versions: Iterable[Version], as_at: date) -> tuple[TimelineEntry, ...]:
    """What of the versions held was visible on a day, as an authority's timeline shows it."""
    seen = [
        (version, activity)
        for version in versions
        if version.activity.kind is not Kind.NOT_YET_INSPECTED and (activity := version.seen_on(as_at)) is not None
    ]
    return recorded(connection, seen)


def recorded(connection: Connection, seen: Iterable[tuple[Version, Activity]]) -> tuple[TimelineEntry, ...]:
    """Activities with when their present state was recorded, and when we first heard of them."""
    seen = list(seen)
    firsts = connection.execute(_FIRST_KNOWN, {"entries": [activity.id for _, activity in seen]})
    first_known = {row.entry_id: row.first for row in firsts}
    positions = {version.known_from for version, _ in seen} | set(first_known.values())
    moments = connection.execute(_RECORDED, {"positions": list(positions)})
    recorded_at = {row.position: instant(row.recorded_at) for row in moments}
    return tuple(
        TimelineEntry(
            activity=activity,
            recorded_at=recorded_at[version.known_from],
            first_recorded_at=recorded_at[first_known[activity.id]],
            position=version.known_from,
        )
        for version, activity in seen
    )
