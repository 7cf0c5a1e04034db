"""What happened to one authority so far, in order of when it was true?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from domain.activities import Activity
from domain.statements import Kind
from projections import tables as t
from projections.answers import TimelineAnswer, TimelineEntry
from projections.log import instant
from projections.reader import Reader, Version


def timeline(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> TimelineAnswer:
    """Entries with only what was public by the day; withdrawn ones stay, marked. That a release calls an authority not
    yet inspected is no entry. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        identity = reader.identity(connection, urn)
        seen = [
            (version, activity)
            for version in reader.versions_of(connection, urn, moment)
            if version.activity.kind is not Kind.NOT_YET_INSPECTED and (activity := version.seen_on(as_at)) is not None
        ]
        return TimelineAnswer(moment, identity.on(as_at), recorded(connection, seen))


def recorded(connection: Connection, seen: Iterable[tuple[Version, Activity]]) -> tuple[TimelineEntry, ...]:
    """Activities with when their present state was recorded, and when we first heard of them."""
    seen = list(seen)
    entry, moment = t.entry, t.moment
    firsts = (
        select(entry.c.entry_id, sql.min(entry.c.known_from).label("first"))
        .where(entry.c.entry_id.in_([activity.id for _, activity in seen]))
        .group_by(entry.c.entry_id)
    )
    first_known = {row.entry_id: row.first for row in connection.execute(firsts)}
    positions = {version.known_from for version, _ in seen} | set(first_known.values())
    asked = select(moment.c.position, moment.c.recorded_at).where(moment.c.position.in_(positions))
    recorded_at = {row.position: instant(row.recorded_at) for row in connection.execute(asked)}
    return tuple(
        TimelineEntry(
            activity=activity,
            recorded_at=recorded_at[version.known_from],
            first_recorded_at=recorded_at[first_known[activity.id]],
            position=version.known_from,
        )
        for version, activity in seen
    )
