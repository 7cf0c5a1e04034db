"""PDF documents of our own making, laid out as Ofsted lays out its letters and reports. All facts are invented."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    for written in text.strip("\n").split("\n"):
        row = written.strip(" ")
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


def pdf(pages: Sequence[Sequence[tuple[Line, int]]], **more: bytes) -> bytes:
    """A PDF of those pages; `more` as `assembled` takes it."""
    return assembled([content_of(page) for page in pages], **more)


def content_of(page: Iterable[tuple[Line, int]]) -> bytes:
    """What draws one page."""
    shown = []
    for line, height in page:
        font = "F2" if line.bold else "F1"
        words = line.text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        shown.append(b"BT /%s %g Tf %d %d Td (%s) Tj ET" % (font.encode(), line.size, line.left, height, words))
    return b"\n".join(shown)


def assembled(
    contents: Sequence[bytes], *, catalogue: bytes = b"", trailer: bytes = b"", extra: Mapping[int, bytes] | None = None
) -> bytes:
    """A whole file: one page for each of `contents`, with more entries for its catalogue, trailer and objects.

    Objects of `extra` bear numbers from 1000 on."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * number) for number in range(len(contents)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    }
    for number, content in enumerate(contents):
        objects[10 + 2 * number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (11 + 2 * number)
        )
        objects[11 + 2 * number] = stream(zlib.compress(content), b"/Filter /FlateDecode")
    return file_of(objects | dict(extra or {}), trailer)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def file_of(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """The bytes of a file with these numbered objects, its table of them and its trailer."""
    whole = b"%PDF-1.7\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(whole)
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(whole)
    whole += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        whole += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    return whole + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, table)
