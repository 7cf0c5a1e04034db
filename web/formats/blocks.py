"""What a paper is made of, however it is shown: parts with headings, sentences, lists and tables of typed cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from web.charts.stacked_bar import NARROW, WIDE, CountOf, StackedBar, stacked_bar
from web.formats.pills import Pill
from web.words import words

Cell = str | int | Decimal | date | Pill | None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `quiet` ones stand back; one `to_write` is for whoever sends the paper to put in words."""

    kind: ClassVar[str] = "said"
    text: str
    quiet: bool = False
    to_write: bool = False


@dataclass(frozen=True)
class Points:
    """A list, with numbers where people speak of its entries by them."""

    kind: ClassVar[str] = "points"
    texts: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class SharesBar:
    """How many there are of each state, side by side in one bar; the caption says every count."""

    kind: ClassVar[str] = "bar"
    title: str
    caption: str
    shares: tuple[tuple[int, Pill], ...]

    def drawn(self, size: tuple[int, int]) -> StackedBar | None:
        """In a room of so many units; None where there is nothing to count."""
        return stacked_bar(self.title, [CountOf(one.share, one.words, number) for number, one in self.shares], size)

    @property
    def bars(self) -> tuple[StackedBar, ...]:
        """For wide screens and for narrow ones."""
        return tuple(one for size in (WIDE, NARROW) if (one := self.drawn(size)) is not None)


@dataclass(frozen=True)
class ExactLines:
    """Lines to be copied or typed exactly as they stand; `called` says what they are."""

    kind: ClassVar[str] = "verbatim"
    called: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table: the first column names the row. `paper` are the heads that stand on paper, `widths` how wide they are
    there, in centimetres that add up to 17; a workbook shows them all. `headed`: the heading above says what it is."""

    kind: ClassVar[str] = "grid"
    key: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    paper: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    headed: bool = False

    @property
    def paper_heads(self) -> tuple[str, ...]:
        return self.paper or self.heads

    @property
    def paper_cells(self) -> list[list[str | Pill]]:
        """The rows on paper, with states and grades as they are."""
        places = [self.heads.index(head) for head in self.paper_heads]
        return [[_shown(row[place]) for place in places] for row in self.rows]


@dataclass(frozen=True)
class Part:
    """A heading and what stands below it, parts of its own included."""

    kind: ClassVar[str] = "part"
    key: str
    heading: str
    blocks: tuple[Block, ...]


Block = Paragraph | Points | SharesBar | ExactLines | Grid | Part


def in_words(cell: Cell) -> str:
    """A cell as text: dates as people say them, nothing where there is nothing."""
    if cell is None:
        return ""
    return words.short_day(cell) if isinstance(cell, date) else str(cell)


def _shown(cell: Cell) -> str | Pill:
    return cell if isinstance(cell, Pill) else in_words(cell)


def part(key: str, heading: str, *blocks: Block | None) -> Part:
    """A part of the blocks that there are."""
    return Part(key, heading, tuple(block for block in blocks if block is not None))


def points(texts: Sequence[str]) -> Points | None:
    """A list, or nothing where it would be empty."""
    return Points(tuple(texts)) if texts else None
