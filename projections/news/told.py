"""What was told of activities: rows of news, with the entries as they were held then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy import func as sql

from domain.authorities.news import NewsKind, corrected
from domain.frameworks import Grade
from domain.values.activities import Activity
from domain.values.statements import Kind
from projections.authorities.news_rows import news
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.log import instant
from projections.engine.reader import Reader
from projections.news.answers import ActivityNews, NewsScope, NewsSpan

ROWS_AT_ONCE = 500


def told(
    reader: Reader,
    connection: Connection,
    scope: NewsScope,
    span: NewsSpan,
    moment: Moment,
    *,
    corrects: bool,
    most: int,
) -> tuple[tuple[ActivityNews, ...], int]:
    """News, or corrections, of a scope in a span, the newest first, at most so many; and how many more there are.

    What had long been public and came with an authority's whole history is asked for by its own days alone: where a
    span has positions it is left out."""
    wanted = _wanted(scope, span, moment, corrects=corrects)
    if wanted is None:
        return (), 0
    order = (news.c.day.desc(), news.c.late, news.c.public_on.desc(), news.c.position.desc(), news.c.version.desc())
    rows = connection.execute(wanted.order_by(*order).limit(most + 1)).all()
    more = 0
    if len(rows) > most:
        rows = rows[:most]
        more = (connection.scalar(select(sql.count()).select_from(wanted.subquery())) or 0) - most
    return tuple(_items(reader, connection, rows, moment)), more


def _wanted(scope: NewsScope, span: NewsSpan, moment: Moment, *, corrects: bool) -> Select[Any] | None:
    column = news.c
    kinds = [kind.value for kind in NewsKind if kind.corrects is corrects and scope.wants(kind)]
    if not kinds or (scope.plans and not scope.urns):
        return None
    asked = select(news).where(column.kind.in_(kinds))
    if span.after is None:
        asked = asked.where(column.day >= span.since, column.day <= span.until, column.position <= moment.position)
    else:
        upto = moment.position if span.upto is None else span.upto
        asked = asked.where(column.position > span.after, column.position <= upto, column.settled.is_(False))
    if scope.urns:
        asked = asked.where(column.urn.in_(sorted(scope.urns)))
    if scope.except_by:
        asked = asked.where(column.actor.not_in(sorted(scope.except_by)))
    return asked


def _items(reader: Reader, connection: Connection, rows: Sequence[Any], moment: Moment) -> Iterable[ActivityNews]:
    versions = reader.versions_in(connection, {name for row in rows for name in (row.version, row.was) if name})
    identities = {one.urn: one for one in reader.identities(connection, moment.position)} if rows else {}
    known_at = _known_at(connection, {row.position for row in rows})
    reported = {row.urn for row in rows if row.kind == NewsKind.REPORT.value}
    held = _reports(reader, connection, reported, moment)
    for row in rows:
        now, kind = versions[row.version].activity, NewsKind(row.kind)
        was = versions[row.was].activity if row.was else None
        yield ActivityNews(
            id=f"{row.entry_id} {row.kind} {row.position}",
            kind=kind,
            authority=identities[row.urn].on(moment.as_at),
            day=row.day,
            told_on=row.told_on,
            told_at=instant(row.told_at),
            position=row.position,
            known_at=known_at[row.position],
            public_on=row.public_on,
            late=row.late,
            settled=row.settled,
            activity=now,
            changes=corrected(was, now) if was is not None and kind is NewsKind.CORRECTION else (),
            earlier=_earlier(held.get(row.urn, ()), now) if kind is NewsKind.REPORT else None,
        )


def _reports(
    reader: Reader, connection: Connection, urns: Collection[str], moment: Moment
) -> Mapping[str, list[Activity]]:
    """Graded reports that count, by URN."""
    if not urns:
        return {}
    found = reader.versions_of_several(connection, urns, moment)
    return {
        urn: [
            version.activity
            for version in versions
            if version.activity.kind is Kind.INSPECTION and version.activity.counts and version.activity.published
        ]
        for urn, versions in found.items()
    }


def _earlier(reports: Iterable[Activity], now: Activity) -> tuple[Grade, date] | None:
    """The overall grade of the report before this one; None where there was none or it gave no such grade."""
    before = [one for one in reports if one.id != now.id and one.public_on < now.public_on]
    last = max(before, key=lambda one: one.public_on, default=None)
    return None if last is None or last.overall is None else (last.overall, last.public_on)


def _known_at(connection: Connection, positions: Collection[int]) -> dict[int, datetime]:
    """By position of the log, the instant that counts everything up to it."""
    found: dict[int, datetime] = {}
    names = sorted(positions)
    for first in range(0, len(names), ROWS_AT_ONCE):
        some = names[first : first + ROWS_AT_ONCE]
        asked = select(t.moment.c.position, t.moment.c.known_by).where(t.moment.c.position.in_(some))
        found.update((row.position, instant(row.known_by)) for row in connection.execute(asked))
    return found
