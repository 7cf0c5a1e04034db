"""How the rulebook's sentences name days, months and grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from domain.frameworks import GRADES, Grade
from domain.values.statements import Period, PeriodOnSite

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)

_ORDINALS = ("", "first", "second", "third", "fourth", "fifth")

GRADE_IN_WORDS: Mapping[Grade, str] = {grade: row.words.lower() for grade, row in GRADES.items()}


def in_words(day: date) -> str:
    """`1 July 2019`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def due_in_words(day: date | None) -> str:
    """`due by 1 July 2019`, or that there is no date yet."""
    return "without a due date yet" if day is None else f"due by {in_words(day)}"


def due_date_moved(was: date | None, now: date | None) -> str:
    """That a due date was moved, or set where there was none."""
    if was is None or now is None:
        return f"due date set to {in_words(now)}" if now else "without a due date now"
    return f"due date moved from {in_words(was)} to {in_words(now)}"


def month_in_words(day: date) -> str:
    """`January 2018`, of any day in it."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def span_in_words(first: date | None, last: date | None) -> str:
    """`13 to 24 February 2023`; both ends inclusive, either may be unknown."""
    if first is None or last is None or first == last:
        known = first or last
        return in_words(known) if known else "not known"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {in_words(last)}"
    return f"{in_words(first)} to {in_words(last)}"


def on_site_in_words(
    first: date | None,
    last: date | None,
    periods: Sequence[PeriodOnSite] = (),
    *,
    paused: date | None = None,
    resumed: date | None = None,
) -> str:
    """The days on site: `21 to 25 November 2022 and 6 to 10 February 2023` where there were several periods.

    `paused` is the last day before a break and `resumed` the first after it: they tell while no last day is known."""
    if periods:
        return listed([span_in_words(one.start, one.end) for one in periods])
    if paused is None or last is not None:
        return span_in_words(first, last)
    before = span_in_words(first, paused)
    return before if resumed is None else f"{before} and from {in_words(resumed)}"


def number_in_words(number: int, one: str, many: str | None = None) -> str:
    """`1 visit`, `2 visits`, `1,024 visits`, `no visits`."""
    return f"{format(number, ',') if number else 'no'} {one if number == 1 else many or one + 's'}"


def is_or_are(number: int) -> str:
    """`is` of one, `are` of none or several."""
    return "is" if number == 1 else "are"


def period_in_words(period: Period) -> str:
    """`September 2022`, or `2018` where only the year is known."""
    if period.precision == "year":
        return period.text
    return month_in_words(period.first_day)


def spelt(number: int) -> str:
    """`two`; in figures from thirteen on."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def figure_in_words(number: float) -> str:
    """`18`, `5½`, `4.3`: a number of months, or of anything else that is measured in parts."""
    whole, part = divmod(number, 1)
    return f"{whole:.0f}½" if part == 0.5 else f"{number:g}"


def share_in_words(part: int, whole: int, many: str) -> str:
    """`8 of 91 intervals (about 1 of 10)`; `1 of 54 intervals`, where tenths would say less."""
    tenths = round(10 * part / whole)
    return f"{part} of {whole} {many}{f' (about {tenths} of 10)' if 0 < tenths < 10 else ''}"


UNLIKELIEST, LIKELIEST = 0.01, 0.95
"""Beyond these no chance is told as a figure: of the likeliest forecasts some 95 in 100 came true."""


def percent(share: float) -> str:
    """`12%`; `under 1%` and `over 95%` rather than a certainty that no account of past forecasts bears out."""
    if share < UNLIKELIEST:
        return "under 1%"
    return "over 95%" if share > LIKELIEST else f"{share:.0%}"


def ordinal(number: int) -> str:
    """`second`; in figures from the sixth on."""
    if 0 < number < len(_ORDINALS):
        return _ORDINALS[number]
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def weeks_in_words(days: int) -> str:
    """`six weeks`, of 42 days; days that make no whole weeks stay days."""
    weeks, over = divmod(days, 7)
    one, number = ("day", days) if over else ("week", weeks)
    return f"{spelt(number)} {one if number == 1 else one + 's'}"


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is: `from 1 November 2013` keeps its month."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str], *, last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; with another word before the last one where it is given."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
