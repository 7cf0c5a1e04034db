"""The present cycle as a picture: a lane for each of the five elements, drawn for a wide screen and for a narrow one.

Everything is worked out here in whole units of the drawing; the table beside the picture says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.rulebook.elements.picture import ElementNow, FiveElements
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity
from web.words import words
from web.words.elements import ElementsShown
from web.words.summary import when

FOOT = 28
MONTHS_AROUND = 6
"""So many months are shown at the least before the day asked and after it."""


@dataclass(frozen=True)
class Size:
    """How large a drawing is: `above`, each lane's name stands over it rather than beside it."""

    width: int
    left: int
    right: int
    top: int
    lane: int
    mark: int
    years_apart: int
    above: bool


WIDE = Size(width=960, left=260, right=24, top=34, lane=42, mark=9, years_apart=60, above=False)
NARROW = Size(width=288, left=8, right=10, top=28, lane=52, mark=7, years_apart=44, above=True)


@dataclass(frozen=True)
class Mark:
    """Something that was done: the middle of its disc, and its words for a pointer."""

    x: int
    words: str


@dataclass(frozen=True)
class Ahead:
    """What is left: a band from day to day, or (no width) the day by which it is due."""

    x: int
    width: int
    words: str


@dataclass(frozen=True)
class ElementLane:
    """`known` is where the line stops being drawn through: from there on nobody can say that none came."""

    label: str
    y: int
    label_x: int
    label_y: int
    known: int
    marks: tuple[Mark, ...]
    ahead: tuple[Ahead, ...]


@dataclass(frozen=True)
class ElementChart:
    """One drawing. Lanes run from `left` to `right`; `end` is where the day asked lies."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    mark: int
    lanes: tuple[ElementLane, ...]
    years: tuple[tuple[int, int], ...]
    since_x: int | None
    today_x: int
    today: str
    today_anchor: str
    title: str
    description: str


def element_charts(found: FiveElements, shown: ElementsShown) -> tuple[ElementChart, ElementChart]:
    """The picture for wide screens and paper, and for narrow ones."""
    return _drawn(found, shown, WIDE), _drawn(found, shown, NARROW)


def _drawn(found: FiveElements, shown: ElementsShown, size: Size) -> ElementChart:
    first, last = _span(found)

    def across(day: date) -> int:
        share = (min(max(day, first), last) - first) / (last - first)
        return round(size.left + share * (size.width - size.left - size.right))

    lanes = []
    for number, (one, in_words) in enumerate(zip(found.elements, shown.elements, strict=True)):
        y = size.top + size.lane * number + (size.lane - size.mark - 6 if size.above else size.lane // 2)
        lanes.append(
            ElementLane(
                label=in_words.name,
                y=y,
                label_x=0,
                label_y=y - size.mark - 8 if size.above else y + 5,
                known=across(min(one.known_until, found.on)) if one.known_until is not None else size.left,
                marks=tuple(Mark(across(_day(done)), _words(done)) for done in one.done),
                ahead=tuple(_ahead(one, across)),
            )
        )
    bottom = size.top + size.lane * len(lanes)
    today_x = across(found.on)
    return ElementChart(
        width=size.width,
        height=bottom + FOOT,
        left=size.left,
        right=size.width - size.right,
        top=size.top,
        bottom=bottom,
        mark=size.mark,
        lanes=tuple(lanes),
        years=tuple(_years(first, last, across, size.years_apart)),
        since_x=None if found.since is None else across(found.since),
        today_x=today_x,
        today=words.short_day(found.on),
        today_anchor=_anchor(today_x, size),
        title=f"The five elements of the system at {found.authority.name}",
        description=_description(shown),
    )


def _span(found: FiveElements) -> tuple[date, date]:
    """The days shown: the present cycle, and at the least some months around the day asked."""
    starts = [_day(done) for one in found.elements for done in one.done]
    ends = [row.due_to for one in found.elements for row in one.left if row.due_to is not None]
    first = min([*starts, found.since or found.on, add_months(found.on, -MONTHS_AROUND)])
    last = max([*ends, found.until or found.on, add_months(found.on, MONTHS_AROUND)])
    return first, last + timedelta(days=1)


def _day(activity: Activity) -> date:
    return activity.last_day or activity.public_on


def _words(activity: Activity) -> str:
    return f"{words.title(activity)}, {words.happened(activity)}"


def _ahead(one: ElementNow, across: Callable[[date], int]) -> Iterator[Ahead]:
    for row in one.left:
        if row.due_to is not None:
            first = across(row.due_from or row.due_to)
            yield Ahead(first, across(row.due_to) - first, f"{words.expectation(row.activity)}: {when(row)}")


def _years(first: date, last: date, across: Callable[[date], int], apart: int) -> Iterator[tuple[int, int]]:
    """Where years begin, as many as have room."""
    before = None
    for year in range(first.year + 1, last.year + 1):
        x = across(date(year, 1, 1))
        if before is None or x - before >= apart:
            before = x
            yield x, year


def _anchor(x: int, size: Size) -> str:
    if x > size.width - size.right - 50:
        return "end"
    return "start" if x < size.left + 50 else "middle"


def _description(shown: ElementsShown) -> str:
    each = " ".join(f"{one.name}: {one.line}." for one in shown.elements)
    return f"{each} The table below says the same."
