"""The stream of news as pages, feeds and digests show it: what a stranger may read, in words and with its addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app

from projections.engine.answers import RegisterRow
from projections.engine.reader import Reader
from projections.news.answers import NewsAnswer, NewsScope, NewsSpan
from projections.news.stream import first_recorded, news_of
from web.site.demonstration import PEOPLE
from web.words import news
from web.words.news import NewsLine

INVENTED = frozenset(map(str, PEOPLE.values()))
"""People of the demonstration: what they tell is made up, and no news of anybody."""


@dataclass(frozen=True)
class NewsShown:
    """News, windows and corrections in words, each the newest first; how many of the first and the last were left out
    for want of room; and the answer that they are from."""

    news: tuple[NewsLine, ...]
    windows: tuple[NewsLine, ...]
    corrections: tuple[NewsLine, ...]
    more_news: int
    more_corrections: int
    answer: NewsAnswer

    @property
    def is_empty(self) -> bool:
        return not (self.news or self.windows or self.corrections)


def shown(
    reader: Reader,
    scope: NewsScope,
    span: NewsSpan,
    *,
    most: int,
    known_at: datetime | None = None,
    rows: Sequence[RegisterRow] | None = None,
    external: bool = False,
) -> NewsShown:
    """News of a scope in a span for everybody: nothing that is not public, and nothing made up but a plan that is asked
    for by name. `most` bounds what was told, and corrections for themselves. Addresses are whole where `external`."""
    asked = replace(scope, except_by=INVENTED)
    answer = news_of(reader, asked, span, most=most, known_at=known_at, rows=rows)
    told = [news.of_activity(one, external=external) for one in answer.told]
    plans = [news.of_plan(one, external=external) for one in answer.plans]
    since = first_recorded(reader) if answer.windows else None
    lines = news.in_order([*told, *plans])
    return NewsShown(
        news=lines[:most],
        windows=tuple(news.of_window(one, since=since, external=external) for one in answer.windows),
        corrections=tuple(news.of_activity(one, external=external) for one in answer.corrections),
        more_news=answer.more["news"] + max(0, len(lines) - most),
        more_corrections=answer.more["corrections"],
        answer=answer,
    )


@contextmanager
def reached_at(address: str) -> Iterator[None]:
    """Whole addresses begin with this one: for commands and mails, which no request asks for.

    It is the administrator's word, so that it need not be a host that requests are taken for."""
    parts = urlsplit(address)
    made = current_app.test_request_context(base_url=address)
    made.url_adapter = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
    with made:
        yield
