"""Windows on one axis: a small strip for each row of a table, and all of them below one another in one picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.values.words import month_in_words
from web.charts.scale import DayScale

YEARS_BACK = 1
YEARS_AHEAD = 4
HEIGHT = 18
LINE = 5
"""How tall a line of the picture of all windows is."""
HEAD = 20


@dataclass(frozen=True)
class Spans:
    """What is drawn of one authority: the days of Ofsted's policy, and those of the forecast, both ends inclusive."""

    name: str
    policy: tuple[date, date] | None
    forecast: tuple[date, date] | None = None
    past: bool = False


@dataclass(frozen=True)
class Stretch:
    x: int
    width: int


@dataclass(frozen=True)
class Strip:
    """One row: bars on the common axis, with what they say in words."""

    title: str
    desc: str
    width: int
    height: int
    policy: Stretch | None
    forecast: Stretch | None
    past: bool
    today: int
    ticks: tuple[int, ...]


@dataclass(frozen=True)
class StripAxis:
    """The years above strips, each with the place of its middle."""

    width: int
    labels: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class WindowLine:
    y: int
    stretch: Stretch
    look: str


@dataclass(frozen=True)
class WindowsPicture:
    """All windows, a line each, in the order given; `years` are upright lines with their labels."""

    title: str
    desc: str
    width: int
    height: int
    lines: tuple[WindowLine, ...]
    today: int
    years: tuple[tuple[int, int], ...]


def axis_of(rows: Iterable[Spans], on: date, width: int, *, years_ahead: int = YEARS_AHEAD) -> DayScale:
    """Whole years from that in which the first window opens to that in which the last closes, not more than a year
    back and some years ahead."""
    days = [day for row in rows for span in (row.policy, row.forecast) if span for day in span]
    first = max(on.year - YEARS_BACK, min((day.year for day in days), default=on.year))
    last = min(on.year + years_ahead, max((day.year for day in days), default=on.year))
    return DayScale(date(min(first, on.year), 1, 1), date(max(last, on.year) + 1, 1, 1), 0, width)


def heading(scale: DayScale) -> StripAxis:
    """The years of an axis, as they stand in the head of a table."""
    starts = [*scale.years()]
    ends = [place for _, place in starts[1:]]
    middles = zip(starts, ends, strict=False)
    return StripAxis(scale.right, tuple((year, (place + end) // 2) for (year, place), end in middles))


def strip(row: Spans, scale: DayScale, on: date) -> Strip:
    """One row of a table."""
    return Strip(
        title=row.name,
        desc=in_words(row),
        width=scale.right,
        height=HEIGHT,
        policy=_stretch(row.policy, scale),
        forecast=_stretch(row.forecast, scale),
        past=row.past,
        today=scale.at(on),
        ticks=tuple(place for _, place in scale.years()),
    )


def in_words(row: Spans) -> str:
    """`Ofsted’s policy: January 2027 to January 2028. Forecast, 8 chances in 10: May 2027 to February 2028.`"""
    said = []
    if row.policy:
        said.append(f"Ofsted’s policy: {_span(row.policy)}.")
    if row.forecast:
        said.append(f"Forecast, 8 chances in 10: {_span(row.forecast)}.")
    return " ".join(said) or "No window."


def _span(span: tuple[date, date]) -> str:
    return f"{month_in_words(span[0])} to {month_in_words(span[1])}"


def _stretch(span: tuple[date, date] | None, scale: DayScale) -> Stretch | None:
    if span is None or not scale.shows(*span):
        return None
    first, last = map(scale.at, span)
    return Stretch(first, max(2, last - first))


def picture(
    rows: Sequence[tuple[Spans, str]], scale: DayScale, on: date, *, title: str, desc: str, line: int = LINE
) -> WindowsPicture:
    """All of them below one another; with each row the class that colours it."""
    lines = []
    for place, (row, look) in enumerate(rows):
        stretch = _stretch(row.policy, scale)
        if stretch is not None:
            lines.append(WindowLine(HEAD + place * line, stretch, look))
    return WindowsPicture(
        title=title,
        desc=desc,
        width=scale.right,
        height=HEAD + len(rows) * line + 4,
        lines=tuple(lines),
        today=scale.at(on),
        years=tuple(scale.years()),
    )
