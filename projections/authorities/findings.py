"""What must improve, and where do others have to improve the same?"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from domain.values.activities import Status
from domain.values.national_framework import named_with
from projections.authorities.finding_areas import areas_of
from projections.authorities.finding_words import holds
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

    `containing` leaves those that hold each of its words by its stem or as a beginning, without regard to case or
    accents; where it holds something, but no word, nothing is found.

    Findings of withdrawn entries are left out. Raises NotFound where no authority has that number."""
    entry, finding = t.entry.c, t.finding.c
    sought = holds(finding.words, containing)
    if containing.strip() and sought is None:
        return ()
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        at = moment.position
        identities = reader.identities(connection, at) if urn is None else [reader.identity(connection, urn, at)]
        asked = (
            select(
                entry.urn,
                entry.entry_id,
                entry.kind,
                entry.public_on,
                finding.number,
                finding.text,
                finding.priority,
                finding.outcomes,
            )
            .join_from(t.entry, t.finding, finding.version == entry.findings)
            .where(entry.known_to > moment.position, entry.known_from <= moment.position)
            .where(entry.public_on <= as_at, entry.status != Status.WITHDRAWN.value)
        )
        if urn is not None:
            asked = asked.where(entry.urn == urn)
        if sought is not None:
            asked = asked.where(sought)
        rows = connection.execute(asked).all()
        areas = areas_of(reader, connection, moment, [(row.entry_id, row.text) for row in rows], urn)
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
            references=named_with(row.text, map(int, filter(None, row.outcomes.split(",")))),
            area=areas.get((row.entry_id, row.text)),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=_newest_first))


def _newest_first(row: FindingRow) -> tuple[int, str, UUID, bool, int]:
    return (-row.found_on.toordinal(), row.authority.name, row.activity, not row.priority, row.number)
