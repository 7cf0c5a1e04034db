"""Which documents were held at a moment, and which entry each of them tells of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select

from domain.values.activities import Activity, Status
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.reader import Reader


@dataclass(frozen=True)
class DocumentHeld:
    """A document as last read by then, by its row, and the entry whose report or letter it is, as it was public."""

    row: int
    activity: Activity


def documents_held(
    reader: Reader, connection: Connection, moment: Moment, urn: str | None = None
) -> Iterator[DocumentHeld]:
    """Documents of entries that were public by the day asked and not withdrawn, one an entry: the last that was read.

    A report that was read from two files is told once."""
    document = t.document.c
    asked = select(document.row, document.statement).where(
        document.known_from <= moment.position, document.known_to > moment.position
    )
    if urn is not None:
        asked = asked.where(document.urn == urn)
    rows = connection.execute(asked.order_by(document.row)).all()
    if not rows:
        return
    entries = _entries(reader, connection, moment, urn)
    newest = {entries[row.statement].id: row for row in rows if row.statement in entries}
    for row in newest.values():
        yield DocumentHeld(row.row, entries[row.statement])


def _entries(reader: Reader, connection: Connection, moment: Moment, urn: str | None) -> dict[UUID, Activity]:
    """By the statements they were weighed from."""
    if urn is None:
        versions = [one for held in reader.versions(connection, moment).values() for one in held]
    else:
        versions = reader.versions_of(connection, urn, moment)
    public = (
        seen
        for version in versions
        if version.activity.public_on <= moment.as_at
        and version.activity.status is not Status.WITHDRAWN
        and (seen := version.seen_on(moment.as_at)) is not None
    )
    return {statement: activity for activity in public for statement in activity.statements}
