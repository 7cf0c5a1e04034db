"""Shares of authorities at each grade, a bar for each year, with the count in every part that has room for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.scale import NumberScale

HEIGHT = 220
FOOT = 34


@dataclass(frozen=True)
class GradeShare:
    """How many authorities of a bar are at a grade: its words, its letter and the class of its colour."""

    words: str
    letter: str
    tone: str
    number: int


@dataclass(frozen=True)
class YearBar:
    """A day with its shares, the best first; `label` stands below."""

    label: str
    shares: tuple[GradeShare, ...]


@dataclass(frozen=True)
class ColumnPart:
    y: int
    height: int
    tone: str
    text: str
    text_y: int


@dataclass(frozen=True)
class YearColumn:
    x: int
    width: int
    middle: int
    label: str
    parts: tuple[ColumnPart, ...]


@dataclass(frozen=True)
class GradesPicture:
    title: str
    desc: str
    width: int
    height: int
    bars: tuple[YearColumn, ...]
    label_y: int


def grades_picture(years: Sequence[YearBar], *, title: str, desc: str, narrow: bool = False) -> GradesPicture:
    """Bars of one height, so that shares can be compared though the number of authorities changes."""
    width = 288 if narrow else 720
    shown = years[-7:] if narrow else years
    gap = 6 if narrow else 8
    step = width // max(1, len(shown))
    bars = []
    for place, year in enumerate(shown):
        x, wide = place * step, step - gap
        bars.append(YearColumn(x, wide, x + wide // 2, year.label, _parts(year)))
    return GradesPicture(title, desc, width, HEIGHT + FOOT, tuple(bars), HEIGHT + 20)


def _parts(year: YearBar) -> tuple[ColumnPart, ...]:
    total = sum(share.number for share in year.shares)
    scale = NumberScale(0, max(1, total), 0, HEIGHT)
    parts, done = [], 0
    for share in year.shares:
        if share.number:
            top, end = scale.at(done), scale.at(done + share.number)
            height = max(1, end - top - 1)
            parts.append(
                ColumnPart(top, height, share.tone, str(share.number) if height >= 13 else "", top + height // 2 + 4)
            )
            done += share.number
    return tuple(parts)
