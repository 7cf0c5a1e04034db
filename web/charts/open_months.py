"""How many windows are open in each month, as bars; the month that a day is in stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from web.words import words

HEIGHT, FOOT, HEAD = 118, 34, 16
WIDE, NARROW = 440, 288


@dataclass(frozen=True)
class OpenMonthBar:
    """A bar; `number` and `label` are told where there is room, `year` where one begins."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    look: str
    number: str
    label: str
    year: str


@dataclass(frozen=True)
class OpenMonths:
    title: str
    desc: str
    width: int
    height: int
    foot: int
    bars: tuple[OpenMonthBar, ...]


def open_months(numbers: Sequence[tuple[date, int]]) -> tuple[OpenMonths, ...]:
    """Wide and narrow, of the first days of months in order; the first is this one. None of nothing."""
    most = max((number for _, number in numbers), default=0)
    if not most:
        return ()
    desc = "; ".join(f"{words.month(month)}: {number}" for month, number in numbers) + "."
    return tuple(
        OpenMonths("Windows open in each month", desc, width, HEIGHT, HEIGHT - FOOT, _bars(numbers, most, width, every))
        for width, every in ((WIDE, 3), (NARROW, 4))
    )


def _bars(numbers: Sequence[tuple[date, int]], most: int, width: int, every: int) -> tuple[OpenMonthBar, ...]:
    step = width // len(numbers)
    bars = []
    for place, (month, number) in enumerate(numbers):
        height = round((HEIGHT - FOOT - HEAD) * number / most)
        told = place % every == 0
        bars.append(
            OpenMonthBar(
                x=place * step,
                y=HEIGHT - FOOT - height,
                width=step - 2,
                height=height,
                middle=place * step + step // 2,
                look="bar-awaited" if place else "bar-complete",
                number=str(number) if told else "",
                label=words.month(month)[:3] if told else "",
                year=str(month.year) if told and (not place or month.month <= every) else "",
            )
        )
    return tuple(bars)
