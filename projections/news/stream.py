"""What changed? One stream of news, with corrections of what was known apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.authorities.news import NewsKind
from projections.authorities.register import register
from projections.engine.answers import RegisterRow
from projections.engine.reader import Reader
from projections.news.answers import NewsAnswer, NewsScope, NewsSpan, WindowNews
from projections.news.plans import plans_told
from projections.news.told import told
from projections.news.windows import windows_moved

WINDOWS = (NewsKind.WINDOW_OPENED, NewsKind.WINDOW_CLOSED)

EVERYTHING = NewsScope()


def news_of(
    reader: Reader,
    scope: NewsScope,
    span: NewsSpan,
    *,
    most: int,
    known_at: datetime | None = None,
    rows: Sequence[RegisterRow] | None = None,
) -> NewsAnswer:
    """News of a scope in a span, at most so many of what was told and as many corrections; by an instant where one is
    given. `rows` is the register of the span's last day, where whoever asks has it already.

    News and corrections are counted by rows that an index finds; windows by where everybody stands on the last day."""
    with reader.connect() as connection:
        only = next(iter(scope.urns)) if len(scope.urns) == 1 else None
        moment = reader.moment(connection, span.until, known_at, of=only)
        news, more = told(reader, connection, scope, span, moment, corrects=False, most=most)
        corrections, more_corrections = told(reader, connection, scope, span, moment, corrects=True, most=most)
        plans = plans_told(reader, connection, scope, span, moment) if scope.wants(NewsKind.PLAN) else ()
    windows: tuple[WindowNews, ...] = ()
    if any(map(scope.wants, WINDOWS)) and (scope.urns or not scope.plans):
        if rows is None:
            rows = register(reader, as_at=span.until, known_at=known_at).rows
        windows = windows_moved(rows, span.since, span.until, scope)
    return NewsAnswer(
        position=moment.position,
        known_until=moment.known_until,
        told=news,
        corrections=corrections,
        windows=windows,
        plans=plans,
        more={"news": more, "corrections": more_corrections},
    )


def newest_position(reader: Reader) -> tuple[int, int]:
    """The generation of the tables and the last event counted: while both stay, so does what was told."""
    with reader.connect() as connection:
        return reader.generation(connection), reader.position(connection)


def first_recorded(reader: Reader) -> datetime | None:
    """When the first fact of all was kept."""
    with reader.connect() as connection:
        return reader.first_recorded(connection)
