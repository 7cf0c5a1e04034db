"""Where do reports and letters speak of something? Their paragraphs, looked up by the stems of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from domain.frameworks import Area
from projections.authorities.documents_held import documents_held
from projections.authorities.finding_words import holds
from projections.engine import tables as t
from projections.engine.answers import ParagraphRow, ParagraphsAnswer
from projections.engine.reader import Reader

ROWS_AT_ONCE = 500
"""Named in one question: databases take no more than some thousands of values."""


def paragraphs(
    reader: Reader,
    urn: str | None = None,
    *,
    containing: str,
    as_at: date,
    known_at: datetime | None = None,
) -> ParagraphsAnswer:
    """Paragraphs that hold each word of a text, by its stem or as a beginning, the newest documents first.

    Where `containing` holds no word, nothing is found; `held` says of how many paragraphs. Raises NotFound where no
    authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        at = moment.position
        identities = reader.identities(connection, at) if urn is None else [reader.identity(connection, urn, at)]
        held = {one.row: one.activity for one in documents_held(reader, connection, moment, urn)}
        total = _number_of(connection, held)
        sought = holds(t.paragraph.c.words, containing)
        rows = [] if sought is None else [row for row in connection.execute(_asked(sought)) if row.document in held]
    authorities = {identity.urn: identity.on(as_at) for identity in identities}
    found = []
    for row in rows:
        activity, area = held[row.document], Area(row.area) if row.area else None
        found.append(
            ParagraphRow(
                authority=authorities[activity.urn],
                activity=activity.id,
                kind=activity.kind,
                found_on=activity.public_on,
                heading=row.heading,
                area=area,
                grade=activity.grades.get(area) if area else None,
                page=row.page,
                document=row.document,
                number=row.number,
                label=row.label,
            )
        )
    return ParagraphsAnswer(moment, total, tuple(sorted(found, key=_newest_first)))


def texts_of(reader: Reader, rows: Sequence[ParagraphRow]) -> tuple[str, ...]:
    """The words of each of these paragraphs: those of one page, for there may be very many."""
    of = t.paragraph.c
    with reader.connect() as connection:
        found = {
            (row.document, row.number): row.text
            for first in range(0, len(rows), ROWS_AT_ONCE)
            for row in connection.execute(
                select(of.document, of.number, of.text).where(
                    tuple_(of.document, of.number).in_(
                        [(row.document, row.number) for row in rows[first : first + ROWS_AT_ONCE]]
                    )
                )
            )
        }
    return tuple(found[row.document, row.number] for row in rows)


def _asked(sought: Any) -> Any:
    of = t.paragraph.c
    return select(of.document, of.number, of.heading, of.area, of.page, of.label).where(sought)


def _number_of(connection: Connection, documents: Iterable[int]) -> int:
    rows, of = list(documents), t.paragraph.c.document
    parts = (rows[first : first + ROWS_AT_ONCE] for first in range(0, len(rows), ROWS_AT_ONCE))
    counted = (select(func.count()).select_from(t.paragraph).where(of.in_(part)) for part in parts)
    return sum(connection.scalar(one) or 0 for one in counted)


def _newest_first(row: ParagraphRow) -> tuple[int, str, str, int]:
    return (-row.found_on.toordinal(), row.authority.name, str(row.activity), row.number)
