"""Which authorities did the last file of a kind name?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, union

from domain.values.statements import Channel
from projections.engine import tables as t
from projections.engine.reader import Reader


@dataclass(frozen=True)
class Listing:
    """The authorities, by URN, that a channel told of on the day on which it was read."""

    read_on: date
    urns: frozenset[str]


def last_listing(reader: Reader, channel: Channel, *, until: date) -> Listing | None:
    """The newest by a day (inclusive), from every statement of the channel that was made or said again on its day; None
    where none was read by then."""
    said, again = t.statement.c, t.reading.c
    with reader.connect() as connection:
        told = select(said.urn, said.read_on).where(said.channel == channel.value, said.read_on <= until)
        repeated = (
            select(again.urn, again.read_on)
            .join(t.statement, said.id == again.statement)
            .where(said.channel == channel.value, again.read_on <= until)
        )
        found = [(row.urn, row.read_on) for row in connection.execute(union(told, repeated))]
    if not found:
        return None
    newest = max(read_on for _, read_on in found)
    return Listing(newest, frozenset(urn for urn, read_on in found if read_on == newest))
