"""Days as Ofsted's documents print them: one, a range, a list, or two periods of an inspection that was resumed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.values.statements import PeriodOnSite
from domain.values.words import MONTHS

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?\s+(?:the\s+)?)?"
_YEAR = r"(?:19|20)\d\d\b|\d\d(?=[.,;)]|$)"
_DAY = rf"{_WEEKDAY}(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\b|(?=to\b|to\d))"
_NUMERIC = r"(?<![\d/.])(?P<dd>\d{1,2})[/.](?P<mm>\d{1,2})[/.](?P<yy>\d{4}|\d\d)(?![\d/]|\.\d)"
_POINT = rf"(?:{_NUMERIC}|{_DAY}(?:\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?)?)"
_LINK = (
    r"\s*(?P<link>,\s*and\b|,|\band\b|&|(?:\b|(?<=\d))to(?![a-z])|\buntil\b|\btill?\b|[/\u2010-\u2015\u2212-])"
    r"\s*(?:(?:the|then|again|from)\s+)*"
)
_BARE_POINT, _BARE_LINK = (re.sub(r"\?P<\w+>", "?:", part) for part in (_POINT, _LINK))
_RUN = re.compile(
    rf"(?:\b(?P<lead>between|from|on)\s+(?:the\s+)?)?(?P<run>{_BARE_POINT}(?:{_BARE_LINK}{_BARE_POINT})*)",
    re.IGNORECASE,
)
_ONE = re.compile(rf"{_POINT}(?:{_LINK})?", re.IGNORECASE)
_RANGE = re.compile(r"to|until|till?|[\u2010-\u2015\u2212-]", re.IGNORECASE)
FRIDAY = 4


@dataclass(frozen=True)
class DaysSaid:
    """A run of days in a text, from `start` to `end` of it, in its own `words`.

    `periods` are those without a working day between their days. `year_missing` where no year is printed: the one
    taken is then the last in which all was over on the day asked about. `fault` says in a sentence why days that were
    printed cannot be right; there are no periods then."""

    start: int
    end: int
    words: str
    periods: tuple[PeriodOnSite, ...]
    year_missing: bool = False
    fault: str = ""


class _Wrong(Exception):
    """Days that no calendar has, or in no order. The message completes the sentence on the words that say so."""


@dataclass(frozen=True)
class _Point:
    day: int
    month: int | None
    year: int | None
    to_next: str
    end: int
    """In its run, without what links it to the next."""


def days_in(text: str, *, over_by: date | None = None, faulty: bool = False) -> Iterator[DaysSaid]:
    """Every run of days in `text`, in its order; those that cannot be right only where `faulty` ones are asked for.

    A day without a month or year has that of the next one, or of the one before it where none follows. A run that
    prints no year is told only where `over_by` says on which day all of it was past."""
    for match in _RUN.finditer(text):
        points = list(_points(match["run"]))
        while points and points[-1].month is None:
            points.pop()
        if not points:
            continue
        missing = all(point.year is None for point in points)
        if missing and over_by is None:
            continue
        between = (match["lead"] or "").casefold().startswith("between")
        start, end = match.start("run"), match.start("run") + points[-1].end
        words = " ".join(text[start:end].split()).rstrip(". ")
        try:
            yield DaysSaid(start, end, words, _periods(points, between=between, over_by=over_by), missing)
        except _Wrong as wrong:
            if faulty:
                yield DaysSaid(start, end, words, (), missing, f"“{words}” {wrong}.")


def day_in(text: str) -> date | None:
    """The first whole day in `text`: with month and year, and not one of several."""
    for said in days_in(text):
        if len(said.periods) == 1 and said.periods[0].start == said.periods[0].end:
            return said.periods[0].start
    return None


_ISO = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


def day_of_name(path: Path) -> date | None:
    """The day that a file's name gives: `… - 13 may 2025.pdf`, `2016-01-05_….pdf`."""
    name = path.stem.replace("_", " ")
    if found := _ISO.search(name):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return None
    return day_in(re.sub(r"(?<=\d)[.\-](?=\d)", "/", name)) or day_in(name.replace("-", " "))


def _points(run: str) -> Iterator[_Point]:
    for match in _ONE.finditer(run):
        month = match["month"]
        number = (
            next(n for n, name in enumerate(MONTHS, 1) if name[:3].casefold() == month[:3].casefold())
            if month
            else None
        )
        year = int(match["yy"] or match["year"] or 0) or None
        end = match.start("link") if match["link"] else match.end()
        yield _Point(
            int(match["dd"] or match["day"]),
            int(match["mm"]) if match["mm"] else number,
            year + 2000 if year and year < 100 else year,
            match["link"] or "",
            end,
        )


def _periods(points: list[_Point], *, between: bool, over_by: date | None) -> tuple[PeriodOnSite, ...]:
    """The points as days, filled in from the last to the first, and joined. Raises _Wrong."""
    days: list[date] = []
    month: int | None = None
    year = points[-1].year
    if year is None:
        year = _year_before(points) or _last_year(points[-1], over_by)
    for point in reversed(points):
        month = point.month or month
        assert month is not None
        if point.year is not None:
            year = point.year
        elif days and (month, point.day) > (days[-1].month, days[-1].day) and point.month is not None:
            year -= 1
        try:
            days.append(date(year, month, point.day))
        except ValueError:
            raise _Wrong("names a day that does not exist") from None
    days.reverse()
    return _joined(days, [_is_range(point.to_next, between=between) for point in points[:-1]])


def _year_before(points: list[_Point]) -> int | None:
    """The year of the last day, where only a day before it has one."""
    month = points[-1].month or 0
    for point in reversed(points[:-1]):
        if point.year is not None:
            return point.year + (month < (point.month or 0))
    return None


def _last_year(last: _Point, over_by: date | None) -> int:
    assert last.month is not None
    assert over_by is not None
    return over_by.year if (last.month, last.day) <= (over_by.month, over_by.day) else over_by.year - 1


def _is_range(link: str, *, between: bool) -> bool:
    return bool(_RANGE.fullmatch(link)) or (between and link.casefold() == "and")


def _joined(days: list[date], ranges: list[bool]) -> tuple[PeriodOnSite, ...]:
    periods: list[PeriodOnSite] = []
    at = 0
    while at < len(days):
        first = last = days[at]
        while at < len(ranges) and ranges[at]:
            at += 1
            if days[at] < last:
                raise _Wrong("has a last day before the first")
            last = days[at]
        if periods and first < periods[-1].start:
            raise _Wrong("is not in order")
        if periods and no_working_day_between(periods[-1].end, first):
            periods[-1] = PeriodOnSite(periods[-1].start, max(periods[-1].end, last))
        else:
            periods.append(PeriodOnSite(first, last))
        at += 1
    return tuple(periods)


def no_working_day_between(before: date, after: date) -> bool:
    """Whether one is the day after the other, or a Friday and its Monday."""
    days = (after - before).days
    return days in (0, 1) or (days in (2, 3) and before.weekday() >= FRIDAY and after.weekday() == 0)
