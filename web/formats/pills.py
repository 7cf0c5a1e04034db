"""States and grades on paper: sign and word, and the two colours that go with them in Word and in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Paint:
    """The ground of a cell, or of a share of a bar, and the ink upon it, as six hexadecimal digits."""

    ground: str
    ink: str


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
    "complete": Paint("D6E7F5", "0C3556"),
    "awaited": Paint(WHITE, "0C3556"),
    "on-track": Paint("D8EEE2", "0C4A31"),
    "at-risk": Paint("FFE4BC", "66420D"),
    "off-track": Paint("F9DEDB", "7D1D10"),
    "overdue": Paint("A4231A", WHITE),
    "not-started": Paint("E7E9EA", "35393B"),
    "open": Paint("E7E9EA", "35393B"),
    "tone-best": Paint("0B3C6F", WHITE),
    "tone-good": Paint("78B4E0", INK),
    "tone-amber": Paint("F2B544", INK),
    "tone-red": Paint("8C1D18", WHITE),
    "tone-none": Paint(WHITE, INK),
}
"""The light colours of the pages: paper is white."""


BARS: Mapping[str, Paint] = {
    "complete": Paint("12436D", WHITE),
    "awaited": Paint("5B8FBD", INK),
    "on-track": Paint("25795A", WHITE),
    "at-risk": Paint("F2B544", INK),
    "late": Paint("A4231A", WHITE),
    "not-started": Paint("C3C9CE", INK),
}
"""The shares of a bar."""


@dataclass(frozen=True)
class Pill:
    """A cell that is a state or a grade: its tone, and its words."""

    tone: str
    words: str

    def __str__(self) -> str:
        sign = SIGNS.get(self.tone)
        return f"{sign} {self.words}" if sign else self.words

    @property
    def share(self) -> str:
        """The name of its colour in a bar."""
        return "late" if self.tone in ("overdue", "off-track") else self.tone

    @property
    def paint(self) -> Paint:
        return PAINTS[self.tone]
