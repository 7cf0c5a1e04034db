"""Due dates as councils write them: a day, words that stand for one, or words that say there is none yet.

What can be meant in two ways is read by `DueChoices`, which an officer confirms once. Every reading of what is not
written as a day is told in words, so that it stands beside what was written."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from domain.rulebook.bank_holidays import easter
from domain.values.words import MONTHS, in_words
from web.intake.cells import FIRST_NUMBER, LAST_NUMBER, SPREADSHEET_DAY_0, states_nothing
from web.intake.tables import Cell, shown
from web.words.written_days import UnreadableDay, day_written, deadline_written

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class DueChoices:
    """What words that can be meant in two ways stand for: quarters of the `financial` or the `calendar` year, and the
    days on which a school's terms end. `order` is what comes first in 04/05/2027, the `day` or the `month`."""

    quarters: str = "financial"
    autumn: str = "20 December"
    spring: str = "31 March"
    summer: str = "22 July"
    order: str = "day"

    def ends(self, term: str, year: int) -> date:
        """The last day of a term."""
        return day_written(f"{getattr(self, term)} {year}").day

    @classmethod
    def of(cls, said: dict[str, Any]) -> DueChoices:
        """As it was kept; what is not sound is as it is at first."""
        held = asdict(cls()) | {name: text for name, text in said.items() if name in asdict(cls())}
        made = cls(**held)
        try:
            for term in ("autumn", "spring", "summer"):
                made.ends(term, 2027)
        except UnreadableDay:
            return cls(quarters=held["quarters"], order=held["order"])
        return made


@dataclass(frozen=True)
class DueReading:
    """What a cell says of when something is due. `said` tells how it was read, empty where nothing has to be said;
    `fault` why it cannot be. `first` is the day that was promised before, `asks` the choice that it rests on; `plain`
    is the last day of a month that is written with its year."""

    day: date | None = None
    said: str = ""
    fault: str = ""
    first: date | None = None
    asks: str = ""
    plain: bool = False


_NO_DATE = re.compile(
    r"(?:no date(?: yet)?|on-?going|continuous(?:ly)?|rolling|tbc|tba|tbd|to be (?:confirmed|agreed|determined|set)"
    r"|asap"
    r"|urgent"
    r"|as soon as possible|immediate(?:ly)?|now|daily|(?:bi-?)?weekly|fortnightly|(?:bi-?)?monthly|quarterly|termly"
    r"|(?:half )?yearly|annual(?:ly)?|(?:bi-)?annual(?:ly)?|complete[d]?|done|closed|achieved|in place|bau"
    r"|business as usual|as required|as needed|various|unknown|not set|not yet (?:set|agreed|known)|pending"
    r"|regular(?:ly)?"
    r"|every (?:week|month|quarter|term|year))"
)
_ALONE = re.compile(rf"{_NO_DATE.pattern}(?:\s*(?:[,;/&(-]|and|then)?\s*{_NO_DATE.pattern}\)?)*")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "’": "'"})
_ASIDE = re.compile(
    r"\(?\s*\b(?:was|previously|formerly|orig(?:inal(?:ly)?)?\.?|moved from|revised from|extended from)\b[: ]*"
    r"(?P<first>[^()\n;]+?)\)?\s*$"
)
_MOVED = re.compile(r"\b(?:revised|moved|extended|now|new)\b")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_BEFORE = re.compile(
    r"(?:(?:due|by|before|until|no later than|from|starting|start|target|revised|review(?:ed)?(?: (?:by|in|date))?"
    r"|deadline"
    r"|completed?(?: by| in| on)?|during|in|the|end|of|date|first|and)\b[ :-]*)+"
)
_YEARS = r"(?:fy ?)?'?(?P<year>20\d\d|\d\d)(?:\s*[/-]\s*'?(?P<next>20\d\d|\d\d))?"
_QUARTER = re.compile(rf"(?:q(?:uarter|tr)? ?|quarter )(?P<quarter>[1-4])(?:\s*,?\s*(?:of )?{_YEARS})?")
_TERM = re.compile(
    r"(?P<term>autumn|spring|summer|winter)(?P<half> half[- ]term)?(?: term)?(?: ?[12]\b)?"
    rf"(?:\s*,?\s*(?:of )?{_YEARS})?"
)
_FEAST = re.compile(
    rf"(?P<feast>easter|christmas|xmas|new year|year[- ]end|financial year|academic year|calendar year|year)"
    rf"(?:\s*,?\s*{_YEARS})?"
)
_YEAR_ALONE = re.compile(_YEARS)
_WITHIN = re.compile(
    r"(?:within |in |next |(?:over )?the next )?(?:the )?"
    r"(?P<count>\d{1,3}|a|one|two|three|four|six|nine|twelve|eighteen)[ -]*"
    r"(?P<unit>day|week|month|year)s?(?: time)?"
)
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}
_WEEK = re.compile(r"(?:w/?c|wk/?c|w\.c\.|week (?:commencing|beginning|of|starting)|wb|w/b)[ :.]*(?P<day>.+)")
_WEEK_END = re.compile(r"(?:w/?e|week ending)[ :.]*(?P<day>.+)")
_PART = re.compile(r"(?P<part>early|start of|beginning of|mid|middle of|late|end)[ -]+(?P<month>.+)")
_MONTH_NAME = (
    r"jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?"
)
_MONTH_ALONE = re.compile(rf"(?P<month>{_MONTH_NAME})\.?")
_DAY_ALONE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of )?(?P<month>{_MONTH_NAME})"
    rf"|(?P<first>{_MONTH_NAME})\.?\s*(?P<nth>\d{{1,2}})(?:st|nd|rd|th))\.?"
)
_RANGE = re.compile(
    r"\s+(?:to|and|until|-)\s+|(?<=[a-z])\s*[/&-]\s*(?=[a-z])|(?<=\d)\s*-\s*(?=\d{1,2}(?:st|nd|rd|th)? ?[a-z/.])"
)
_FIGURES = re.compile(r"(?P<first>\d{1,2})(?P<gap>[/.-])(?P<second>\d{1,2})(?P=gap)(?P<year>20\d\d|\d\d)", re.ASCII)
_IN_TEXT = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?\b(?:{_MONTH_NAME})\b"
    rf"[ ,.'-]*(?:20\d\d|\d\d\b)"
)


def due_reading(cell: Cell, choices: DueChoices, on: date) -> DueReading:
    """How a cell is read; `on` is the day of which the list speaks, from which a year that is not said is found."""
    if isinstance(cell, date):
        return _within_reach(DueReading(cell), shown(cell))
    text = shown(cell)
    if states_nothing(cell):
        return DueReading()
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and FIRST_NUMBER <= int(float(text)) < LAST_NUMBER:
        day = SPREADSHEET_DAY_0 + timedelta(days=int(float(text)))
        return DueReading(day, f"“{text}” is a day as spreadsheets count them")
    written = " ".join(text.split())[:60]
    if found := _month_first(text, written, choices):
        return _within_reach(found, text)
    try:
        plain = day_written(text)
        return _within_reach(DueReading(plain.day), text)
    except UnreadableDay as reason:
        why = str(reason)
        if why.startswith("it says"):
            return DueReading(fault=f"“{written}”: {why}")
    said = " ".join(text.translate(_DASHES).split()).casefold().rstrip(".,;:?!")
    if _ALONE.fullmatch(said):
        return DueReading(said=f"“{written}” is no date: without one yet")
    return _within_reach(_said(said, written, text, why, choices, on), text)


def _month_first(text: str, written: str, choices: DueChoices) -> DueReading | None:
    """A day of which the month is written first, where that was said of the list or nothing else is possible."""
    found = _FIGURES.fullmatch(text.strip())
    if found is None or int(found["first"]) > 12 or (choices.order != "month" and int(found["second"]) <= 12):
        return None
    if choices.order != "month":
        why = f"there is no month {found['second']}; write the day first, or say of the list that its months come first"
        return DueReading(fault=f"“{written}”: {why}", asks="order")
    try:
        day = date(_year(found["year"]) or 0, int(found["first"]), int(found["second"]))
    except ValueError:
        return None
    return DueReading(day, f"“{written}” read as {in_words(day)}, the month first", asks="order")


def _within_reach(found: DueReading, text: str) -> DueReading:
    if found.day is not None and not EARLIEST <= found.day <= LATEST:
        return DueReading(fault=f"“{text[:40]}” is far from today: write the day again, for example 31 March 2027")
    return found


def _said(said: str, written: str, text: str, why: str, choices: DueChoices, on: date) -> DueReading:
    first: date | None = None
    if (aside := _ASIDE.search(said)) and aside.start():
        first = _read(aside["first"], choices, on)[0]
        said = said[: aside.start()].strip(" ,;(-")
    for part in dict.fromkeys((said, _BRACKETS.sub("", said))):
        day, asks = _read(part, choices, on)
        if day is not None:
            moved = f", moved from {in_words(first)}" if first is not None and first != day else ""
            words = f"“{written}” read as {in_words(day)}{moved}"
            return DueReading(day, words, first=first, asks=asks, plain=not moved and _is_month(part, day))
    inside = sorted({day for found in _IN_TEXT.findall(said) if (day := _read(found, choices, on)[0]) is not None})
    if inside:
        if len(inside) == 1:
            return DueReading(inside[0], f"“{written}” read as {in_words(inside[0])}")
        days = ", ".join(map(in_words, inside[:-1]))
        return DueReading(
            inside[-1],
            f"the last of the days in “{written}”; before it {days}",
            first=inside[0] if _MOVED.search(said) else None,
        )
    if why:
        return DueReading(fault=f"“{written}”: {why}")
    try:
        deadline_written(text)
    except UnreadableDay as reason:
        if str(reason):
            return DueReading(fault=f"“{written}”: {reason}")
    if re.search(r"\d{1,2}[/.]\d{1,2}", said):
        return DueReading(fault=f"“{written}” is not a day there is: write one, for example 31 March 2027")
    return DueReading(said=f"“{written}” is no date: without one yet")


def _is_month(said: str, day: date) -> bool:
    """Whether a text is a month with its year, of which the day is the last."""
    try:
        return deadline_written(_BEFORE.sub("", said, count=1).strip(" ,;:-")).day == day
    except UnreadableDay:
        return False


def _read(said: str, choices: DueChoices, on: date) -> tuple[date | None, str]:
    """The day that words stand for, and the choice that it rests on."""
    bare = said.strip(" ,;:.-")
    for text in dict.fromkeys((bare, _BEFORE.sub("", bare, count=1).strip(" ,;:-") or bare)):
        try:
            return deadline_written(text).day, ""
        except UnreadableDay:
            pass
        for reader in _READERS:
            try:
                found = reader(text, choices, on)
            except (ValueError, OverflowError):
                continue
            if found is not None:
                return found
    return None, ""


Found = tuple[date, str] | None


def _quarter(text: str, choices: DueChoices, on: date) -> Found:
    found = _QUARTER.fullmatch(text)
    if found is None:
        return None
    quarter, year = int(found["quarter"]), _year(found["year"])
    if found["next"] is None and choices.quarters == "calendar":
        return _end(year or on.year, 3 * quarter), "quarters"
    began = year or (on.year if on.month > 3 else on.year - 1)
    month = 3 * quarter + 3
    return _end(began + (month > 12), month - 12 * (month > 12)), "" if found["next"] else "quarters"


def _term(text: str, choices: DueChoices, on: date) -> Found:
    found = _TERM.fullmatch(text)
    if found is None:
        return None
    name = found["term"]
    term = "autumn" if name == "autumn" else "summer" if name == "summer" else "spring"
    year = _year(found["next"] if found["next"] and term != "autumn" else found["year"])
    if name == "winter":
        return _coming(lambda of: date(of, 2, 28), year + 1 if year and not found["next"] else year, on), ""
    if found["half"]:
        half = {"autumn": (10, 31), "spring": (2, 28), "summer": (5, 31)}[term]
        return _coming(lambda of: date(of, *half), year, on), "terms"
    return _coming(lambda of: choices.ends(term, of), year, on), "terms"


def _feast(text: str, choices: DueChoices, on: date) -> Found:
    found = _FEAST.fullmatch(text)
    if found is None:
        return None
    year, after = _year(found["year"]), _year(found["next"])
    match found["feast"]:
        case "easter":
            return _coming(easter, after or year, on), ""
        case "christmas" | "xmas":
            return _coming(lambda of: date(of, 12, 24), year, on), ""
        case "new year":
            return _coming(lambda of: date(of, 1, 1), year, on), ""
        case "academic year":
            return _coming(lambda of: choices.ends("summer", of), after or year, on), "terms"
        case "calendar year" | "year":
            return _coming(lambda of: date(of, 12, 31), year, on), ""
    return _coming(lambda of: date(of, 3, 31), after or (year + 1 if year else None), on), ""


def _year_alone(text: str, choices: DueChoices, on: date) -> Found:
    found = _YEAR_ALONE.fullmatch(text)
    year = _year(found["year"]) if found else None
    if found is None or year is None or (found["next"] is None and len(found["year"]) == 2 and "fy" not in text):
        return None
    if found["next"] is None and "fy" not in text:
        return date(year, 12, 31), ""
    following = _year(found["next"]) or year + 1
    return (date(following, 3, 31), "") if following == year + 1 else None


def _within(text: str, choices: DueChoices, on: date) -> Found:
    found = _WITHIN.fullmatch(text)
    if found is None:
        return None
    count = _COUNTS.get(found["count"]) or int(found["count"])
    if found["unit"] in ("day", "week"):
        return on + timedelta(days=count * (7 if found["unit"] == "week" else 1)), ""
    months = count * (12 if found["unit"] == "year" else 1) + on.month - 1
    year, month = on.year + months // 12, months % 12 + 1
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1])), ""


def _week(text: str, choices: DueChoices, on: date) -> Found:
    if found := _WEEK.fullmatch(text):
        day, asks = _read(found["day"], choices, on)
        return None if day is None else (day + timedelta(days=4), asks)
    if found := _WEEK_END.fullmatch(text):
        day, asks = _read(found["day"], choices, on)
        return None if day is None else (day, asks)
    return None


def _part(text: str, choices: DueChoices, on: date) -> Found:
    found = _PART.fullmatch(text)
    if found is None:
        return None
    end, asks = _read(found["month"], choices, on)
    if end is None:
        return None
    part = found["part"]
    if _YEAR_ALONE.fullmatch(found["month"]):
        return (date(end.year, 3, 31) if part == "early" else date(end.year, 6, 30) if "mid" in part else end), asks
    if part in ("mid", "middle of"):
        return end.replace(day=15), asks
    return (end, asks) if part in ("late", "end") else (end.replace(day=10 if part == "early" else 1), asks)


def _without_a_year(text: str, choices: DueChoices, on: date) -> Found:
    if found := _MONTH_ALONE.fullmatch(text):
        month = _month(found["month"])
        return _coming(lambda of: _end(of, month), None, on), ""
    if found := _DAY_ALONE.fullmatch(text):
        month, day = _month(found["month"] or found["first"]), int(found["day"] or found["nth"])
        return _coming(lambda of: date(of, month, day), None, on), ""
    return None


def _range(text: str, choices: DueChoices, on: date) -> Found:
    parts = [part for part in _RANGE.split(text) if part.strip()]
    if len(parts) < 2:
        return None
    day, asks = _read(parts[-1], choices, on)
    return None if day is None else (day, asks)


_READERS: tuple[Callable[[str, DueChoices, date], Found], ...] = (
    _quarter,
    _term,
    _feast,
    _year_alone,
    _within,
    _week,
    _part,
    _without_a_year,
    _range,
)


def asked_of(readings: Iterator[DueReading]) -> set[str]:
    """The choices on which any of these readings rests."""
    return {reading.asks for reading in readings if reading.asks}


def _coming(day_in: Callable[[int], date], year: int | None, on: date) -> date:
    """The day in a year or, where none is said, the first that has not passed."""
    if year is not None:
        return day_in(year)
    this = day_in(on.year)
    return this if this >= on else day_in(on.year + 1)


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) + (2000 if len(text) == 2 else 0)


def _month(text: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.casefold()[:3] == text[:3])


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
