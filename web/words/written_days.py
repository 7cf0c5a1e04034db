"""Days as people write them: one place for every reader, plan sheet, form and command. Day first, always.

What could be another day is not read: it is said in words why not."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from domain.values.days import london_day
from domain.values.words import MONTHS, in_words

CENTURY = 2000
"""Years of two digits are of this century."""

EXAMPLE = "20 September 2026"


class UnreadableDay(ValueError):
    """A text is not a day. The message says why; it is empty where nothing in the text is a day."""


@dataclass(frozen=True)
class WrittenDay:
    """A day, and whether it was written in one of the ways that nobody reads otherwise: `plain`."""

    day: date
    plain: bool = True

    @property
    def reading(self) -> str:
        """`7 September 2026`, as it is shown beside what was written."""
        return in_words(self.day)


_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "’": "'"})
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = r"(?P<month>[a-z]{3,9})"
_YEAR = r"'?(?P<year>\d{4}|\d{2})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_GAP = r"(?:\s*[-/.,]\s*|\s+|)"

_PLAIN = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?)?"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})"),
    re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS).casefold()}) (?P<year>\d{{4}})"),
)
_FREE = (
    re.compile(r"(?P<year>\d{4})(?P<gap>[-/.])(?P<month>\d{1,2})(?P=gap)(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})(?P<gap>\s*[-/.]\s*|\s+)(?P<month>\d{1,2})(?P=gap)(?P<year>\d{4}|\d{2})"),
    re.compile(rf"{_DAY}{_GAP}(?:(?:day )?of\s+)?{_MONTH}\.?{_GAP}{_YEAR}"),
    re.compile(rf"{_MONTH}\.?\s*{_DAY}(?:\s*,\s*|\s+){_YEAR}"),
    re.compile(rf"(?P<year>\d{{4}}){_GAP}{_MONTH}\.?{_GAP}{_DAY}"),
)
_WEEKDAY = re.compile(r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?\s*,?\s*(?=\w)")
_TIME = re.compile(r"(?:\s*,?\s+|t)(?:at )?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:am|pm)?$")
_WITH_A_ZONE = re.compile(r"\d:\d\d.*(?:z|[+-]\d\d:?\d\d)$")
_WITHOUT_A_YEAR = re.compile(
    rf"{_DAY}\s*(?:of )?{_MONTH}\.?|{_MONTH.replace('month', 'other')}\.?\s*\d{{1,2}}(?:st|nd|rd|th)"
)


@lru_cache(maxsize=8_192)
def day_written(text: str) -> WrittenDay:
    """The day that a text is. Raises UnreadableDay with the reason, empty where the text holds no day at all."""
    said = " ".join(text.translate(_DASHES).split()).casefold().rstrip(".,;")
    for pattern in _PLAIN:
        if found := pattern.fullmatch(said):
            return WrittenDay(_made(found))
    if _WITH_A_ZONE.search(said):
        return WrittenDay(_of_an_instant(text.strip()), plain=False)
    weekday = _WEEKDAY.match(said)
    bare = (said[weekday.end() :] if weekday else said).removeprefix("the ")
    if (time := _TIME.search(bare)) and _holds_a_day(bare[: time.start()]):
        bare = bare[: time.start()]
    for pattern in (*_PLAIN, *_FREE):
        if found := pattern.fullmatch(bare):
            day = _made(found)
            name = WEEKDAYS[day.weekday()]
            if weekday and name[:3].casefold() != weekday["weekday"][:3]:
                raise UnreadableDay(f"it says {weekday[0].strip(' ,.').capitalize()}, but {in_words(day)} is a {name}")
            return WrittenDay(day, plain=False)
    if (found := _WITHOUT_A_YEAR.fullmatch(bare)) and _month(found["month"]):
        raise UnreadableDay("it has no year")
    raise UnreadableDay("")


def _holds_a_day(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (*_PLAIN, *_FREE))


def _of_an_instant(text: str) -> date:
    """The day in London of an instant that gives its zone."""
    try:
        return london_day(datetime.fromisoformat(text.upper()))
    except ValueError:
        raise UnreadableDay("") from None


def _made(found: re.Match[str]) -> date:
    year, day = int(found["year"]), int(found["day"])
    year += CENTURY if year < 100 else 0
    month = int(found["month"]) if found["month"].isdigit() else _month(found["month"])
    if not month:
        raise UnreadableDay("")
    if month > 12 >= day and found["month"].isdigit():
        raise UnreadableDay(f"there is no month {month}; write the day first, for example {EXAMPLE}")
    try:
        return date(year, month, day)
    except ValueError:
        if month > 12 or not 1 <= day <= 31:
            raise UnreadableDay("") from None
        raise UnreadableDay(f"{MONTHS[month - 1]} {year} has no day {day}") from None


def _month(text: str) -> int:
    """The month that a word begins, of three letters or more; 0 where it is none."""
    return next((number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(text)), 0)


# --- days by which something is due ---------------------------------------------------------------------------------

_BY = re.compile(r"(?:(?:due )?(?:by|before|until|no later than) )?(?:the )?(?P<end>end (?:of )?)?(?:the )?")
_ASIDE = re.compile(r"\s*[(\[](?P<aside>[^()\[\]]*)[)\]]$")
_MONTH_ALONE = re.compile(rf"{_MONTH}\.?{_GAP}{_YEAR}")
_NUMBERED_MONTH = re.compile(r"(?P<month>\d{1,2})[/-](?P<year>\d{4})")
_QUARTER = re.compile(
    r"(?:q|quarter )(?P<quarter>[1-4])[ ,]*(?:of )?(?P<year>\d{4}|\d{2})\s*[/-]\s*(?P<next>\d{4}|\d{2})"
)


def deadline_written(text: str) -> WrittenDay:
    """The last day of what a text names: a day, a month with its year, a quarter of a financial year.

    "End of March 2027" and "Mar-27" are 31 March 2027, "Q4 2026/27" too: the financial year begins on 1 April. What
    stands in brackets after it is passed over. Raises UnreadableDay."""
    try:
        return day_written(text)
    except UnreadableDay as fault:
        refusal = fault
    said = " ".join(text.translate(_DASHES).split()).casefold().rstrip(".,;")
    said = _ASIDE.sub("", said)
    by = _BY.match(said)
    said = said[by.end() :] if by else said
    if by is None or not by["end"]:
        try:
            return WrittenDay(day_written(said).day, plain=False)
        except UnreadableDay as fault:
            refusal = refusal if str(refusal) else fault
    if found := _MONTH_ALONE.fullmatch(said) or _NUMBERED_MONTH.fullmatch(said):
        month = int(found["month"]) if found["month"].isdigit() else _month(found["month"])
        year = int(found["year"])
        if 1 <= month <= 12:
            return WrittenDay(_end_of(year + (CENTURY if year < 100 else 0), month), plain=False)
    if found := _QUARTER.fullmatch(said):
        began = int(found["year"]) % 100 + CENTURY
        if (began + 1) % 100 == int(found["next"]) % 100:
            quarter = int(found["quarter"])
            month = 3 * quarter + 3
            return WrittenDay(_end_of(began + (month > 12), month - 12 * (month > 12)), plain=False)
    if str(refusal):
        raise refusal
    raise UnreadableDay("")


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
