"""A bar of counts side by side: how many actions of a plan are in each state.

Each count stands in its own piece, so that none is narrower than its number; what the pieces are called stands in the
key beside it. Worked out in whole units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.values.words import listed

GAP = 2
LEAST = 18
"""Units that a piece has at least: a number of two digits fits."""

WIDE, NARROW = (1052, 30), (288, 26)


@dataclass(frozen=True)
class CountOf:
    """How many there are of one kind: the class of its colour, what it is called to follow a number, and the number."""

    tone: str
    words: str
    number: int


@dataclass(frozen=True)
class BarPiece:
    """One kind in the bar; `middle` is where its number is written."""

    tone: str
    number: int
    left: int
    width: int
    middle: int


@dataclass(frozen=True)
class StackedBar:
    """The drawing; `description` says every count."""

    width: int
    height: int
    title: str
    description: str
    pieces: tuple[BarPiece, ...]


def stacked_bar(title: str, counts: Sequence[CountOf], size: tuple[int, int] = WIDE) -> StackedBar | None:
    """The bar of these counts in their order, none of them zero; None where there is nothing to count."""
    shown = [one for one in counts if one.number]
    if not shown:
        return None
    width, height = size
    pieces, left = [], 0
    for one, wide in zip(shown, _widths([one.number for one in shown], width - GAP * (len(shown) - 1)), strict=True):
        pieces.append(BarPiece(one.tone, one.number, left, wide, left + wide // 2))
        left += wide + GAP
    return StackedBar(width, height, title, said(shown), tuple(pieces))


def said(counts: Sequence[CountOf]) -> str:
    """`6 complete, 2 evidence awaited and 10 on track`, without what there is none of."""
    return listed([f"{one.number} {one.words}" for one in counts if one.number])


def _widths(numbers: Sequence[int], room: int) -> list[int]:
    """Shares of the room by number, none below the least; together exactly the room."""
    narrow = {place for place, number in enumerate(numbers) if number * room < LEAST * sum(numbers)}
    rest = sum(number for place, number in enumerate(numbers) if place not in narrow)
    left = room - LEAST * len(narrow)
    widths = [LEAST if place in narrow else number * left // rest for place, number in enumerate(numbers)]
    widths[max(range(len(numbers)), key=numbers.__getitem__)] += room - sum(widths)
    return widths
