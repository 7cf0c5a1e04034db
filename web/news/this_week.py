"""What the start page begins with: what was learned or became public in the seven days that end with the day asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.authorities.news import NewsKind
from projections.engine.answers import RegisterAnswer
from projections.news.answers import NewsScope, NewsSpan
from web.news.stream import shown
from web.site.reader import Asked
from web.store.store import current_store
from web.words import words
from web.words.currency import nothing_in_seven_days
from web.words.news import NewsLine

SIX_DAYS = timedelta(days=6)

MOST = 5
"""Pieces of news on the start page; windows, corrections and what is left out take a line each."""

NAMED = 4
"""Authorities named in one line."""


@dataclass(frozen=True)
class WeekLine:
    """Several pieces in one line: what they are, counted, those that are named, and how many are not."""

    words: str
    named: Sequence[NewsLine]
    more: int


@dataclass(frozen=True)
class ThisWeek:
    """`heading` says which week. `lines` are news, newest first, `more` counts those left out; then windows and, apart,
    corrections. `nothing` says that there is none of it, as far as is known."""

    heading: str
    lines: tuple[NewsLine, ...]
    more: int
    windows: tuple[WeekLine, ...]
    corrections: WeekLine | None
    nothing: str


def this_week(asked: Asked, register: RegisterAnswer) -> ThisWeek:
    """The week that ends with the day asked, as known at the moment asked; `register` is of that moment."""
    moment = register.moment
    span = NewsSpan(asked.as_at - SIX_DAYS, asked.as_at)
    found = shown(current_store().reader, NewsScope(), span, most=MOST, known_at=asked.known_at, rows=register.rows)
    windows = [
        _line([line for line in found.windows if line.kind is kind], f"window {verb}", f"windows {verb}")
        for kind, verb in ((NewsKind.WINDOW_OPENED, "opened"), (NewsKind.WINDOW_CLOSED, "closed"))
    ]
    corrections = _line(
        found.corrections, "correction of what was held", "corrections of what was held", more=found.more_corrections
    )
    return ThisWeek(
        heading=f"New in the week to {words.day(asked.as_at)}" if asked.chosen else "New this week",
        lines=found.news,
        more=found.more_news,
        windows=tuple(line for line in windows if line),
        corrections=corrections,
        nothing=""
        if found.news or found.windows
        else nothing_in_seven_days(moment.known_until, moment.data_horizon, span.since),
    )


def _line(lines: Sequence[NewsLine], one: str, many: str, *, more: int = 0) -> WeekLine | None:
    if not lines:
        return None
    named = list({line.authority: line for line in reversed(lines)}.values())[::-1]
    number = len(lines) + more
    return WeekLine(words.count(number, one, many), named[:NAMED], max(0, len(named) - NAMED))
