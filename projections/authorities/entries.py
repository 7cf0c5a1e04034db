"""What do we hold of one inspection or visit, and who says so?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, select, union_all

from domain.values.errors import NotFound
from domain.values.statements import Channel, Citation, Family, Source, Stated, Verbatim
from projections.authorities.timeline import recorded
from projections.engine import tables as t
from projections.engine.answers import EntryAnswer, SourceReading
from projections.engine.json_codec import reader as reader_of
from projections.engine.log import instant
from projections.engine.reader import Reader

_said, _source = reader_of(Stated), reader_of(Source)
_citations, _verbatim = reader_of(tuple[Citation, ...]), reader_of(Verbatim)


def entry(reader: Reader, name: UUID, *, as_at: date, known_at: datetime | None = None) -> EntryAnswer:
    """One entry, by its own id or that of any statement in it, with everything said about it in the order of weight.

    What was said is not shown before the report or letter was public. Statements stay where entries may part or join
    as more is heard, so an old address finds what it spoke of. Raises NotFound where nothing of that name was known
    and visible."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        for urn in _authorities(connection, name, moment.position):
            for version in reader.versions_of(connection, urn, moment):
                held = version.activity
                activity = version.seen_on(as_at)
                if activity is not None and (held.id == name or name in held.statements):
                    (shown,) = recorded(connection, [(version, activity)])
                    identity = reader.identity(connection, urn, moment.position)
                    readings = readings_of(connection, held.statements, moment.position)
                    public = held.public_on <= as_at
                    known = reader.known_until(connection, moment.position, [identity])[urn]
                    moment = replace(moment, known_until=known)
                    return EntryAnswer(moment, identity.on(as_at), shown, readings if public else ())
    raise NotFound("No inspection or visit is known by that number.")


def _authorities(connection: Connection, name: UUID, position: int) -> Sequence[str]:
    entries = select(t.entry.c.urn).where(t.entry.c.entry_id == name, t.entry.c.known_from <= position)
    statements = select(t.statement.c.urn).where(t.statement.c.id == name, t.statement.c.position <= position)
    return list(dict.fromkeys(connection.scalars(union_all(entries, statements))))


def readings_of(connection: Connection, statements: Sequence[UUID], position: int) -> tuple[SourceReading, ...]:
    """What these statements say, in the order asked for, as far as they were recorded by a position."""
    again = select(t.reading.c.statement, t.reading.c.read_on).where(
        t.reading.c.statement.in_(statements), t.reading.c.position <= position
    )
    newest: dict[UUID, date] = {}
    for row in connection.execute(again):
        newest[row.statement] = max(row.read_on, newest.get(row.statement, row.read_on))
    asked = select(t.statement).where(t.statement.c.id.in_(statements), t.statement.c.position <= position)
    found = {row.id: _reading(row, newest.get(row.id, row.read_on)) for row in connection.execute(asked)}
    return tuple(found[name] for name in statements if name in found)


def _reading(row: Row[Any], newest: date) -> SourceReading:
    body = orjson.loads(row.body)
    source = _source(body["source"])
    return SourceReading(
        statement=row.id,
        family=Family(row.family),
        channel=Channel(row.channel),
        said=_said(body["said"]),
        verbatim=_verbatim(body["verbatim"]),
        citations=_citations(body["citations"]),
        source_title=source.title,
        source_reference=source.reference,
        read_on=max(newest, row.read_on),
        recorded_at=instant(row.recorded_at),
        actor=row.actor,
        reason=body["reason"],
        position=row.position,
    )
