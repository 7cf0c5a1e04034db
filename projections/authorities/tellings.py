"""Until when sources tell of each kind of activity, gathered from what was read and checked (R-105)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from domain.facts import FileRead, SourcesChecked
from domain.rulebook.known_until import SOURCES_TELL, Until
from domain.values.known_until import KIND_KNOWN, KnownKind, KnownSpan
from domain.values.statements import Channel, Kind, Stated, Statement
from projections.engine import tables as t
from projections.engine.json_codec import reader
from projections.engine.tables import Shelf

Told = tuple[str, KnownKind, date]
"""Of whom sources tell, of what kind, and since when."""

MOST = 0.9
"""A list that names so large a part of all authorities that are known, abolished ones among them, tells of England."""

NEWEST_OF = {Channel.JTAI_OVERVIEW: "jtai", Channel.AREA_SEND_OVERVIEW: "area_send"}
"""The kind of source of each table from which rows vanish: what it tells of is known until the newest day in it."""

_said = reader(Stated)


class Tellings:
    """The rows of `known_until`: where it moved. Nothing is told by a file that was not read to its end."""

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        known, statement = shelf[t.known_until].c, shelf[t.statement].c
        of = (known.urn, known.kind, known.since)
        newest = select(*of, sql.max(known.until).label("until")).where(known.urn != t.OF_ALL).group_by(*of)
        self._told = {(row.urn, KnownKind(row.kind), row.since): row.until for row in connection.execute(newest)}
        of_all = select(known.kind, known.since, known.until).where(known.urn == t.OF_ALL)
        self._of_all = {(KnownKind(row.kind), row.since, row.until) for row in connection.execute(of_all)}
        self._moves: dict[tuple[int, Told], date] = {}
        self._newest: dict[str, date] = {}
        named = [channel.value for channel in NEWEST_OF]
        for channel, body in connection.execute(
            select(statement.channel, statement.body).where(statement.channel.in_(named))
        ):
            self._names(Channel(channel), _said(orjson.loads(body)["said"]).published)

    def state(self, urn: str, statement: Statement, position: int) -> None:
        """A table of visits tells of the kinds and authorities that it names; of joint and area SEND inspections the
        newest letter or report is kept that any table named, as rows vanish from it."""
        if statement.channel in NEWEST_OF:
            self._names(statement.channel, statement.said.published)
        elif statement.channel is Channel.VISITS_TABLE:
            self.restate(urn, statement.said.kind, statement.read_on, position)

    def restate(self, urn: str, kind: Kind, read_on: date, position: int) -> None:
        """A table of visits, read on a day, names this kind of an authority."""
        if kind in KIND_KNOWN:
            self._tells(urn, KnownSpan(KIND_KNOWN[kind], read_on), position)

    def read(self, fact: FileRead, urns: Collection[str], position: int, *, authorities: int) -> None:
        """A file was read to its end: statistics tell of every authority, a list of reports of those that it names, a
        history document of those in it, as far as it says. `urns` are those that the file names, of so many
        `authorities` that are known."""
        if fact.tells is not None:
            for span in (*fact.tells, *_of_most(fact.tells, MOST * authorities)):
                for urn in span.urns:
                    self._tells(urn, span, position)
        elif fact.source.kind == Channel.HISTORY_DOCUMENT.value:
            for urn in urns:
                self._tells(urn, KnownSpan(KnownKind.GRADED_INSPECTION, fact.read_on), position)
        elif (row := SOURCES_TELL.get(fact.source.kind)) is not None:
            days = {Until.READ: fact.read_on, Until.EDITION: fact.edition, Until.NEWEST: self._newest.get(row.source)}
            most = [t.OF_MOST] if len(urns) >= MOST * authorities else []
            of = [*urns, *most] if row.until is Until.READ else [t.OF_ALL]
            if (day := days[row.until]) is not None:
                for urn in of:
                    for span in row.spans(day):
                        self._tells(urn, span, position)

    def check(self, fact: SourcesChecked, position: int, *, authorities: int) -> None:
        """Somebody looked, and there was nothing more, of one authority, of all, or of some of so many `authorities`
        that are known."""
        most = [t.OF_MOST] if len(fact.urns) >= MOST * authorities else []
        for kind in fact.kinds:
            for urn in (*fact.urns, *most) or (fact.urn or t.OF_ALL,):
                self._tells(urn, KnownSpan(kind, fact.checked_on), position)

    def rows(self) -> list[tuple[Any, ...]]:
        """What is to be written since the rows were last taken."""
        moves, self._moves = self._moves, {}
        return [
            (position, urn, kind.value, since.isoformat(), until.isoformat())
            for (position, (urn, kind, since)), until in moves.items()
        ]

    def _tells(self, urn: str, span: KnownSpan, position: int) -> None:
        """Kept where it moved; of what is told of all each day, which may be the last on which one was there."""
        told = (urn, span.kind, span.since or date.min)
        if urn == t.OF_ALL:
            moved = (*told[1:], span.until) not in self._of_all
            self._of_all.add((*told[1:], span.until))
        else:
            moved = span.until > self._told.get(told, date.min)
            self._told[told] = max(span.until, self._told.get(told, date.min))
        if moved:
            self._moves[position, told] = span.until

    def _names(self, channel: Channel, published: date | None) -> None:
        if published is not None:
            source = NEWEST_OF[channel]
            self._newest[source] = max(published, self._newest.get(source, published))


def _of_most(spans: Sequence[KnownSpan], most: float) -> Iterator[KnownSpan]:
    """Until when a document tells of a kind of so many authorities that it is an answer about England: the last day
    until which it tells of at least `most` of them from one day on."""
    by_kind: dict[tuple[KnownKind, date | None], list[KnownSpan]] = defaultdict(list)
    for span in spans:
        by_kind[span.kind, span.since].append(span)
    for of_kind in by_kind.values():
        named: set[str] = set()
        for span in sorted(of_kind, key=lambda span: span.until, reverse=True):
            named |= set(span.urns)
            if len(named) >= most:
                yield replace(span, urns=(t.OF_MOST,))
                break
