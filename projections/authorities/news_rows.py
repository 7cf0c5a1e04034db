"""Keeps a row for each piece of news, in the step that keeps the version of the entry that tells it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, String, Table, Text, Uuid

from domain.authorities.news import NewsKind, day_of, is_history, is_told_of, learned_late, news_in
from domain.values.authority_keys import LONGEST_KEY
from domain.values.days import london_day
from projections.authorities.incremental import HeldActivity
from projections.engine import tables as t
from projections.engine.log import Command, microseconds
from projections.engine.tables import Seek

news = Table(
    "news",
    t.timeline,
    Column("version", BigInteger, primary_key=True, autoincrement=False, comment="the version that tells it"),
    Column("kind", String(20), primary_key=True),
    Column("was", BigInteger, nullable=False, comment="the version before it (0: none)"),
    Column("position", BigInteger, nullable=False),
    Column("urn", String(LONGEST_KEY), nullable=False),
    Column("entry_id", Uuid, nullable=False),
    Column("day", Date, nullable=False, comment="where it stands: the day it was told, or was public if settled"),
    Column("told_on", Date, nullable=False, comment="the day of London"),
    Column("told_at", BigInteger, nullable=False, comment="microseconds since 1970, UTC"),
    Column("public_on", Date, nullable=False),
    Column("late", Boolean, nullable=False, comment="public for more than two weeks when it was told"),
    Column("settled", Boolean, nullable=False, comment="learned late, and history rather than news"),
    Column("actor", Text, nullable=False),
    comment="What came to be known, each once; what is only confirmed is none.",
)

NEWS_SEEKS = (
    Seek(news, ("day",)),
    Seek(news, ("urn", "day")),
    Seek(news, ("position",)),
)


def news_rows(
    command: Command, was: HeldActivity | None, now: HeldActivity, begun: datetime | None
) -> list[tuple[Any, ...]]:
    """The rows of what a command made of an entry. `begun` is when the authority's history was first told of: what is
    corrected on that day nobody had read."""
    kinds = news_in(None if was is None else was.activity, now.activity)
    return [row for kind in kinds if (row := _row(command, kind, was, now, begun)) is not None]


def joined_rows(
    command: Command, gone: Iterable[HeldActivity], held: Collection[HeldActivity], begun: datetime | None
) -> list[tuple[Any, ...]]:
    """The rows of entries that are none of their own any more, because another turned out to be the same: a row for
    each that now holds what was said of them."""
    rows: dict[int, tuple[Any, ...]] = {}
    for was in gone:
        said = set(was.activity.statements)
        into = next((one for one in held if not said.isdisjoint(one.activity.statements)), None)
        if into is not None and is_told_of(was.activity):
            row = _row(command, NewsKind.JOINED, was, into, begun)
            rows |= {} if row is None else {into.row: row}
    return list(rows.values())


def _row(
    command: Command, kind: NewsKind, was: HeldActivity | None, now: HeldActivity, begun: datetime | None
) -> tuple[Any, ...] | None:
    told_on, actor = london_day(command.recorded_at), command.facts[-1][1].actor
    begun_on = None if begun is None else london_day(begun)
    if kind in (NewsKind.CORRECTION, NewsKind.JOINED) and begun_on in (None, told_on):
        return None
    public_on = told_on if kind.corrects else min(day_of(kind, now.activity), told_on)
    late = learned_late(public_on, told_on)
    settled = late and is_history(public_on, told_on, begun_on, by=actor)
    return (
        now.row,
        kind.value,
        0 if was is None else was.row,
        command.position,
        now.activity.urn,
        now.activity.id.hex,
        (public_on if settled else told_on).isoformat(),
        told_on.isoformat(),
        microseconds(command.recorded_at),
        public_on.isoformat(),
        late,
        settled,
        actor,
    )
