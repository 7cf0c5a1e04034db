"""What must improve, and where do others have to improve the same?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from domain.values.activities import Status
from projections.authorities.finding_words import last_beginning_with, words_of
from projections.engine import tables as t
from projections.engine.answers import FindingRow
from projections.engine.reader import Reader


def findings(
    reader: Reader,
    urn: str | None = None,
    *,
    containing: str = "",
    as_at: date,
    known_at: datetime | None = None,
) -> tuple[FindingRow, ...]:
    """Areas for improvement and for priority action, the newest first.

    `containing` leaves those in which each of its words begins a word, without regard to case or accents; where it
    holds something, but no word, nothing is found.

    Findings of withdrawn entries are left out. Raises NotFound where no authority has that number."""
    entry, finding = t.entry.c, t.finding.c
    sought = words_of(containing)
    if containing.strip() and not sought:
        return ()
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        identities = reader.identities(connection) if urn is None else [reader.identity(connection, urn)]
        asked = (
            select(
                entry.urn, entry.entry_id, entry.kind, entry.public_on, finding.number, finding.text, finding.priority
            )
            .join_from(t.entry, t.finding, finding.version == entry.findings)
            .where(entry.known_to > moment.position, entry.known_from <= moment.position)
            .where(entry.public_on <= as_at, entry.status != Status.WITHDRAWN.value)
        )
        if urn is not None:
            asked = asked.where(entry.urn == urn)
        for number, word in enumerate(sought):
            found_in = _places_of(word).subquery(f"found_{number}")
            asked = asked.join(
                found_in,
                (found_in.c.version == finding.version)
                & (found_in.c.priority == finding.priority)
                & (found_in.c.number == finding.number),
            )
        rows = connection.execute(asked).all()
    authorities = {identity.urn: identity.on(as_at) for identity in identities}
    found = [
        FindingRow(
            authority=authorities[row.urn],
            activity=row.entry_id,
            kind=row.kind,
            number=row.number,
            text=row.text,
            priority=row.priority,
            found_on=row.public_on,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=_newest_first))


def _places_of(word: str) -> Select[Any]:
    """The findings that hold a word beginning so, each once."""
    index = t.finding_word.c
    places = select(index.version, index.priority, index.number).distinct()
    return places.where(index.word >= word, index.word <= last_beginning_with(word))


def _newest_first(row: FindingRow) -> tuple[int, str, UUID, bool, int]:
    return (-row.found_on.toordinal(), row.authority.name, row.activity, not row.priority, row.number)
