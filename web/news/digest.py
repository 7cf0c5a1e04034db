"""The digest: what changed in a span, for one reader's choice, as text, as an e-mail, and as JSON.

What is in it a stranger may read, whoever gets it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import render_template, url_for

from domain.values.known_until import LISTED, KnownKind
from projections.authorities.names import authority
from projections.engine.reader import Reader
from projections.news.answers import NewsScope, NewsSpan
from web.news.stream import NewsShown, reached_at, shown
from web.words import words
from web.words.dates import must_run_forwards
from web.words.news import NewsLine
from web.words.summary import known_until_in_words

MOST = 60
"""Pieces of news in one digest, and as many corrections; the others are counted."""

COLUMNS = 72

NO_ADDRESS = "http://127.0.0.1:8000"
"""Where a store is reached that was told no address: from its own machine."""


@dataclass(frozen=True)
class Digest:
    """What changed from a day to another, both inclusive. `upto` is the last event of the log that was counted: the
    next digest asks from after it. `whose` says of whom it is, `place` where this store is reached."""

    since: date
    until: date
    upto: int
    whose: str
    place: str
    start: str
    feed: str
    known: str
    known_until: dict[str, str | None]
    shown: NewsShown

    @property
    def is_empty(self) -> bool:
        """Nothing changed that this reader asked for."""
        return self.shown.is_empty

    @property
    def title(self) -> str:
        return f"Children’s services inspections: {self.headline}"

    @property
    def headline(self) -> str:
        """What there is, counted: fit for the subject of a mail."""
        counted = (
            (len(self.shown.news) + self.shown.more_news, "piece of news", "pieces of news"),
            (len(self.shown.windows), "window", "windows"),
            (len(self.shown.corrections) + self.shown.more_corrections, "correction", "corrections"),
        )
        parts = [words.count(number, one, many) for number, one, many in counted if number]
        return ", ".join(parts) if parts else "nothing new"

    @property
    def span(self) -> str:
        return f"From {words.day(self.since)} to {words.day(self.until)}, {self.whose}."

    @property
    def nothing(self) -> str:
        """What to say where there is nothing: as far as anybody knows; blank where there is something."""
        if not self.is_empty:
            return ""
        until = self.known_until[KnownKind.GRADED_INSPECTION.value]
        if until is None or date.fromisoformat(until) < self.since:
            return "Whether any report was published in these days is not known here."
        return "Nothing new, as far as the sources read here tell."

    @property
    def groups(self) -> tuple[tuple[str, str, tuple[NewsLine, ...], str], ...]:
        """Heading, what it means, the pieces, and how many more there are in words; those that hold something."""
        found = (
            ("News", "", self.shown.news, _more(self.shown.more_news)),
            ("Windows", "Opened or closed by the day; no inspection is known by it.", self.shown.windows, ""),
            (
                "Corrections",
                "What had been shown here was wrong or was struck out. Nothing new happened.",
                self.shown.corrections,
                _more(self.shown.more_corrections),
            ),
        )
        return tuple(one for one in found if one[2])


def digest(
    reader: Reader,
    since: date,
    until: date,
    choice: NewsScope,
    *,
    address: str | None = None,
    after: int | None = None,
    upto: int | None = None,
    whose: str | None = None,
    most: int = MOST,
) -> Digest:
    """What changed from `since` to `until`, both inclusive. With `after`, a position of the log, what was told counts
    after it and up to `upto` (None: the last), whatever its day: so that digests in a row hold everything once.

    To be asked for within the application's context; `address` is where links lead. Raises RuleBroken where the span
    ends before it begins."""
    must_run_forwards(since, until)
    place = address or NO_ADDRESS
    with reached_at(place):
        span = NewsSpan(since, until, after, upto)
        found = shown(reader, choice, span, most=most, external=True)
        only = next(iter(choice.urns)) if len(choice.urns) == 1 else None
        feed = (
            url_for("news_feeds.everything", _external=True)
            if only is None
            else url_for("news_feeds.of_authority", identifier=only, _external=True)
        )
        start = url_for("start.show", _external=True)
    answer = found.answer
    return Digest(
        since=since,
        until=until,
        upto=answer.position if upto is None else upto,
        whose=whose or _whose(reader, choice, until),
        place=place,
        start=start,
        feed=feed,
        known=known_until_in_words(answer.known_until),
        known_until={kind.value: _iso(answer.known_until.until(kind)) for kind in LISTED},
        shown=found,
    )


# --- as text --------------------------------------------------------------------------------------------------------


def as_text(found: Digest, last_lines: Iterable[str] = ()) -> str:
    """Plain text in lines of at most 72 columns; only an address may be longer, on a line of its own."""
    return "\n".join((*_lines(found), *(part for line in last_lines for part in ("", *_wrapped(line))))).rstrip() + "\n"


def _lines(found: Digest) -> Iterator[str]:
    yield from _wrapped(found.title)
    yield from _wrapped(found.span)
    if found.nothing:
        yield from ("", *_wrapped(found.nothing))
    for heading, meaning, lines, more in found.groups:
        yield from ("", heading.upper(), *(_wrapped(meaning) if meaning else ()))
        for name, of_one in _by_authority(lines):
            yield from ("", name)
            for line in of_one:
                yield from _wrapped(f"- {line.title}. {line.sentence}", "  ")
                yield f"  {line.address}"
        if more:
            yield from ("", *_wrapped(more))
    yield from ("", *_wrapped(found.known or "No source has been read here yet."), "", found.start)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, COLUMNS, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _by_authority(lines: Iterable[NewsLine]) -> Iterator[tuple[str, list[NewsLine]]]:
    """Neighbours of one authority together, in the order in which they stand."""
    for name, of_one in groupby(lines, key=lambda line: line.authority):
        yield name, list(of_one)


# --- as an e-mail ---------------------------------------------------------------------------------------------------


def as_html(found: Digest, last_lines: Iterable[tuple[str, str]] = ()) -> str:
    """The same as the HTML of an e-mail: one column, no pictures, no scripts, nothing fetched. `last_lines` are words
    and an address (blank for none) at the foot."""
    with reached_at(found.place):
        return render_template("news/mail.html", digest=found, last_lines=tuple(last_lines))


# --- as JSON --------------------------------------------------------------------------------------------------------


def as_json(found: Digest) -> dict[str, Any]:
    """The same as one document; days in ISO form, links whole."""
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "position": found.upto,
        "of": found.whose,
        "known_until": found.known_until,
        "news": [_document(line) for line in found.shown.news],
        "windows": [_document(line) for line in found.shown.windows],
        "corrections": [_document(line) for line in found.shown.corrections],
        "more": {"news": found.shown.more_news, "corrections": found.shown.more_corrections},
    }


def _document(line: NewsLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "kind": line.kind.value,
        "urn": line.urn,
        "authority": line.authority,
        "title": line.title,
        "sentence": line.sentence,
        "day": line.day.isoformat(),
        "public_on": _iso(line.public_on),
        "known_since": _iso(line.known_since),
        "learned_late": line.late,
        "made_up": line.made_up,
        "changes": [{"field": one.field, "was": one.was, "now": one.now} for one in line.changes],
        "link": line.address,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _more(number: int) -> str:
    return f"And {number:,} more: see the pages." if number else ""


def _whose(reader: Reader, choice: NewsScope, until: date) -> str:
    if not choice.urns:
        return words.count(len(choice.plans), "action plan") if choice.plans else "all authorities"
    if len(choice.urns) == 1:
        (only,) = choice.urns
        return authority(reader, only, as_at=until).name
    return words.count(len(choice.urns), "authority", "authorities")
