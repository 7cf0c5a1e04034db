"""States and grades on paper: sign and word, and the two colours that go with them in Word and in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Paint:
    """The ground of a cell and the ink upon it, as six hexadecimal digits; `bar` is the colour of its share of a bar,
    and `on_bar` the ink upon that."""

    ground: str
    ink: str
    bar: str = ""
    on_bar: str = ""


INK, QUIET, WHITE, LINE, HEAD = "0B0C0C", "484F56", "FFFFFF", "B6BCC2", "12436D"
"""Text, text that stands back, paper, lines, and the ground of the heads of tables."""

SIGNS: Mapping[str, str] = {
    "complete": "✓",
    "awaited": "◐",
    "on-track": "●",
    "at-risk": "▲",
    "off-track": "▼",
    "overdue": "!",
    "not-started": "○",
    "open": "–",
}
"""A sign for each state: colour alone tells nothing on grey paper."""

PAINTS: Mapping[str, Paint] = {
    "complete": Paint("D6E7F5", "0C3556", "12436D", WHITE),
    "awaited": Paint(WHITE, "0C3556", "5B8FBD", INK),
    "on-track": Paint("D8EEE2", "0C4A31", "25795A", WHITE),
    "at-risk": Paint("FFE4BC", "66420D", "F2B544", INK),
    "off-track": Paint("F9DEDB", "7D1D10", "A4231A", WHITE),
    "overdue": Paint("A4231A", WHITE, "A4231A", WHITE),
    "not-started": Paint("E7E9EA", "35393B", "C3C9CE", INK),
    "open": Paint("E7E9EA", "35393B", "C3C9CE", INK),
    "tone-best": Paint("0B3C6F", WHITE),
    "tone-good": Paint("78B4E0", INK),
    "tone-amber": Paint("F2B544", INK),
    "tone-red": Paint("8C1D18", WHITE),
    "tone-none": Paint(WHITE, INK),
}
"""The light colours of the pages: paper is white."""


@dataclass(frozen=True)
class Pill:
    """A cell that is a state or a grade: its tone, and its words."""

    tone: str
    words: str

    def __str__(self) -> str:
        sign = SIGNS.get(self.tone)
        return f"{sign} {self.words}" if sign else self.words

    @property
    def paint(self) -> Paint:
        return PAINTS[self.tone]
