"""What a paper is made of, however it is shown: parts with headings, sentences, lists and tables of typed cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from web.words import words

Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    kind: ClassVar[str] = "said"
    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    kind: ClassVar[str] = "points"
    texts: tuple[str, ...]


@dataclass(frozen=True)
class ExactLines:
    """Lines to be copied or typed exactly as they stand; `called` says what they are."""

    kind: ClassVar[str] = "verbatim"
    called: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table: the first column names the row. `paper` are the heads that stand on paper; a workbook shows them all."""

    kind: ClassVar[str] = "grid"
    key: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    paper: tuple[str, ...] = ()

    @property
    def paper_heads(self) -> tuple[str, ...]:
        return self.paper or self.heads

    @property
    def paper_rows(self) -> list[list[str]]:
        """The rows on paper, in words."""
        places = [self.heads.index(head) for head in self.paper_heads]
        return [[in_words(row[place]) for place in places] for row in self.rows]


@dataclass(frozen=True)
class Part:
    """A heading and what stands below it, parts of its own included."""

    kind: ClassVar[str] = "part"
    key: str
    heading: str
    blocks: tuple[Paragraph | Points | ExactLines | Grid | Part, ...]


def in_words(cell: Cell) -> str:
    """A cell as text: dates as people say them, nothing where there is nothing."""
    if cell is None:
        return ""
    return words.short_day(cell) if isinstance(cell, date) else str(cell)


def part(key: str, heading: str, *blocks: Paragraph | Points | ExactLines | Grid | Part | None) -> Part:
    """A part of the blocks that there are."""
    return Part(key, heading, tuple(block for block in blocks if block is not None))


def points(texts: Sequence[str]) -> Points | None:
    """A list, or nothing where it would be empty."""
    return Points(tuple(texts)) if texts else None
