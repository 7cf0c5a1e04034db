"""The theme of a joint inspection out of the sentence that a letter begins with: no place, no days, one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.values.words import MONTHS
from web.words.written_days import UnreadableDay, day_written

_POINT = r"(?:[a-z]+day\s+)?\d[\w ,./']*?"
_HELD = r"(?:(?:which|that|and)\s+)?(?:(?:was|were)\s+)?(?:took\s+place|carried\s+out|conducted|undertaken|held)\s+"
_BETWEEN = re.compile(
    rf"[\s,(]+(?:{_HELD})?(?:between|from|on|during)\s+(?:the\s+)?(?P<first>{_POINT})"
    rf"(?:\s+(?:and|to|until)\s+(?:the\s+)?|\s*[-–—]\s*)(?P<last>{_POINT})[\s.,;)]*$",
    re.IGNORECASE,
)
"""`between 27 february and 3 march 2017`, at the end of the sentence."""
_AMONG = re.compile(
    rf"(?:^|[\s,(]+)(?:{_HELD})?between\s+(?P<first>{_POINT})\s+and\s+(?P<last>{_POINT}\b20\d\d)\b[\s,)]*",
    re.IGNORECASE,
)
"""The same where the sentence goes on behind it."""
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?:\s+[a-z]+)?(?:\s+20\d\d)?"
_BARE = re.compile(rf"[\s,(]+(?P<first>{_DAY})\s*(?:and|to|until|[-–—])\s*(?P<last>{_DAY})[\s.,;)]*$", re.IGNORECASE)
"""Two days at the end with no word before them."""

_NAMES_A_MONTH = re.compile(rf"\b(?:{'|'.join(month[:3] for month in MONTHS)})|\d/\d", re.IGNORECASE)

_PREPOSITION = r"(?:in|across|within|throughout)\s+(?:the\s+)?"
_BEFORE = (
    r"(?:(?:london|royal|metropolitan)\s+borough\s+of\s+|city\s+and\s+county\s+of\s+|(?:city|county|borough|district|"
    r"royal county|local area|area)\s+of\s+(?:the\s+)?)?"
)
_AFTER = (
    r"(?:(?:[\s,-]+(?:city|county|metropolitan|borough|district|council|unitary|authority|corporation|local|area|of))*"
    r"(?:[\s,-]+(?:council|authority|area|borough|city|county)))?"
)
_JOIN = r"(?:[\s,.'’&/-]+(?:and[\s,]+)?|[\s,.'’&/-]*)"

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bchildrens\b"), "children's"),
    (re.compile(r"\bChildrens\b"), "Children's"),
    (re.compile(r"\bchildren’s\b", re.IGNORECASE), "children's"),
    (re.compile(r"\s*\((?:often |sometimes |also )?(?:referred to|known|called)?[^()]*front door[^()]*\)"), ""),
    (re.compile(r"^the\s+(?:multi-agency\s+(?:response|approach)\s+to\s+(?:the\s+)?)?", re.IGNORECASE), ""),
    (re.compile(r"^multi-agency\s+(?:response|approach)\s+to\s+(?:the\s+)?", re.IGNORECASE), ""),
    (
        re.compile(r"^(?:identification\s+of\s+)?initial\s+need\s+and\s+risk\b.*$", re.IGNORECASE),
        "identification of initial need and risk",
    ),
)
"""What letters and those who copy them write in several ways. R-068 has the themes with their dates."""


@dataclass(frozen=True)
class ThemeSentence:
    """What the sentence says: the theme, and the first and last day on site where it gives both."""

    theme: str | None
    start: date | None = None
    end: date | None = None
    doubt: str | None = None


def theme_sentence(words: str, names: Iterable[str], *, published: date | None) -> ThemeSentence:
    """The theme and days of a sentence about the authority that bears these `names`.

    A day without a year is of the last such day before the letter was `published`. Days that cannot be, or lie after
    it, are left out with a `doubt`."""
    said = " ".join(words.split()).rstrip(" .,;")
    start = end = doubt = None
    found = next(
        (one for day in (_AMONG, _BETWEEN, _BARE) if (one := day.search(said)) and _is_a_day(one["last"])), None
    )
    if found:
        said = f"{said[: found.start()]} {said[found.end() :]}".strip(" (")
        try:
            start, end = _days(found["first"], found["last"], published)
        except UnreadableDay as reason:
            doubt = f"the days between {found['first']!r} and {found['last']!r} {reason}"
    said = _without_place(said, names)
    for pattern, spelling in _SPELLINGS:
        said = pattern.sub(spelling, said).strip(" .,;")
    return ThemeSentence(said[:1].upper() + said[1:] or None, start, end, doubt)


def _is_a_day(words: str) -> bool:
    return _NAMES_A_MONTH.search(words) is not None


def _without_place(said: str, names: Iterable[str]) -> str:
    for name in sorted({name for name in names if name.strip()}, key=len, reverse=True):
        words = [word for word in re.split(r"[^\w]+|(?<=\w)['’](?=\w)", name.casefold()) if word not in ("", "and")]
        place = _JOIN.join(map(re.escape, words))
        whole = rf"{_BEFORE}{place}(?:['’]s)?{_AFTER}(?![\w-])"
        pattern = rf"(?:[\s,]+|^){_PREPOSITION}{whole}|^{whole}(?::|\s+[–—-]\s)|(?:[,:]\s*|\s+[–—-]\s+){whole}$"
        left = re.sub(pattern, "", said, flags=re.IGNORECASE)
        if left != said:
            return " ".join(left.split())
    return said


def _days(first: str, last: str, published: date | None) -> tuple[date, date]:
    """Both days of a span; the first takes its month and year from the last where it gives none."""
    end = _day(last, published)
    missing: Sequence[str] = ("", f" {end.year}", f" {MONTHS[end.month - 1]} {end.year}")
    for more in missing:
        try:
            start = day_written(f"{first}{more}").day
        except UnreadableDay:
            continue
        if start > end and more == missing[1]:
            start = _a_year_earlier(start)
        break
    else:
        raise UnreadableDay("are not days")
    if start > end:
        raise UnreadableDay("run backwards")
    if published is not None and end > published:
        raise UnreadableDay("lie after the letter was published")
    return start, end


def _day(text: str, published: date | None) -> date:
    try:
        return day_written(text).day
    except UnreadableDay as reason:
        if published is None:
            raise UnreadableDay("are not days") from reason
    try:
        day = day_written(f"{text} {published.year}").day
        return day if day <= published else _a_year_earlier(day)
    except UnreadableDay:
        raise UnreadableDay("are not days") from None


def _a_year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        raise UnreadableDay("are not days") from None
