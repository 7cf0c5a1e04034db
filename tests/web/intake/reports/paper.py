"""PDF documents of our own making, laid out as Ofsted lays out its letters and reports. All facts are invented."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from tests.web.intake.reports.pdf import Shown
from tests.web.intake.reports.pdf import pdf as written

LEFT = 72
TOP = 780
LEADING = 15
WIDE = 84
"""Characters on a line."""

LINES_ON_A_PAGE = 44


@dataclass(frozen=True)
class Line:
    """One line as it stands on paper: points from the left, size in points, and the space above it in points."""

    text: str
    left: int = LEFT
    size: float = 12
    bold: bool = False
    above: int = 0


NEW_PAGE = Line("\f")


def laid_out(text: str) -> list[Line]:
    """Lines from a plain text: an empty line is a gap, `# ` a bold heading, `* ` a bullet, `- ` a second level.

    Other lines that follow one another stay lines of their own where they are short, as in an address; long ones
    are wrapped. A form feed on a line of its own begins a page."""
    lines: list[Line] = []
    gap = 0
    for raw in text.strip("\n").split("\n"):
        row = raw.strip(" ")
        if row == "\f":
            lines.append(NEW_PAGE)
            gap = 0
        elif not row:
            gap = 12
        else:
            lines += _rows(row, gap)
            gap = 0
    return lines


def _rows(row: str, gap: int) -> Iterable[Line]:
    bold = row.startswith("# ")
    bullet = {"* ": "\u2022 ", "- ": "\u2013 "}.get(row[:2], "")
    text = row[2:] if bold or bullet else row
    left = LEFT + (18 if bullet else 0) + (18 if row.startswith("- ") else 0)
    above = 12 if bold else 9 if bullet else gap
    for number, part in enumerate(textwrap.wrap(text, WIDE - (4 if bullet else 0))):
        if number == 0:
            yield Line(bullet + part, left, bold=bold, above=above)
        else:
            yield Line(part, left + (18 if bullet else 0), bold=bold)


def letter(text: str) -> bytes:
    """The PDF of a text as `laid_out` reads it, with page numbers."""
    return pdf(pages_of(laid_out(text)))


def pages_of(lines: Iterable[Line]) -> list[list[tuple[Line, int]]]:
    """Lines with their height on the page, page by page."""
    pages: list[list[tuple[Line, int]]] = [[]]
    height = TOP
    for line in lines:
        height -= LEADING + line.above
        if line == NEW_PAGE or height < TOP - LEADING * LINES_ON_A_PAGE:
            pages.append([])
            height = TOP - LEADING
        if line != NEW_PAGE:
            pages[-1].append((line, height))
    for number, page in enumerate(pages[1:], start=2):
        page.append((Line(str(number), left=510), 60))
    return pages


def pdf(pages: Iterable[Iterable[tuple[Line, int]]]) -> bytes:
    """A PDF of those pages, each line at its height in points from the foot."""
    return written(
        *(
            [Shown(line.text, left=line.left, baseline=height, size=line.size, bold=line.bold) for line, height in page]
            for page in pages
        )
    )
