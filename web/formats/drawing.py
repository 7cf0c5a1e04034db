"""Bars drawn as pictures for documents that hold no live chart: a page of our own, drawn by PDFium, kept as PNG."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterator
from threading import Lock

from web.charts.stacked_bar import StackedBar
from web.formats.pills import BARS

WIDTH, HEIGHT = 482, 27
"""In points: 17 cm, and one line of large figures."""

SCALE = 4
"""Pixels to a point: sharp on paper."""

FIGURE = 12
DIGIT = 0.556
"""How high a figure is, in points, and how wide a digit of the face is, as a part of that."""

_ONE_AT_A_TIME = Lock()
"""PDFium draws for one thread only."""


def bar(drawn: StackedBar) -> bytes:
    """A bar with its counts upon it, as a PNG."""
    return _png(_page("\n".join(_pieces(drawn)), drawn.width, drawn.height))


def _pieces(drawn: StackedBar) -> Iterator[str]:
    for piece in drawn.pieces:
        paint, figure = BARS[piece.tone], str(piece.number)
        yield f"{_colour(paint.ground)} rg {piece.left} 0 {piece.width} {drawn.height} re f"
        left, foot = piece.middle - DIGIT * FIGURE * len(figure) / 2, (drawn.height - 0.72 * FIGURE) / 2
        yield f"BT {_colour(paint.ink)} rg /F {FIGURE} Tf {left:.2f} {foot:.2f} Td ({figure}) Tj ET"


def _colour(digits: str) -> str:
    return " ".join(f"{int(digits[place : place + 2], 16) / 255:.4f}" for place in (0, 2, 4))


def _page(drawn: str, width: int, height: int) -> bytes:
    """A file of one page with the drawing upon it."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"
    bodies = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R "
        f"/Resources << /Font << /F {font} >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    )
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{rows}"
    return f"{text}{table}trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF".encode()


def _png(page: bytes) -> bytes:
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(page)
        try:
            drawn = document[0].render(scale=SCALE, rev_byteorder=True)
            pixels, stride = ctypes.string_at(drawn.buffer, drawn.stride * drawn.height), drawn.stride
            wide, high, each = drawn.width, drawn.height, drawn.n_channels
        finally:
            document.close()
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + wide * each] for row in range(high))
    kind = {1: 0, 3: 2, 4: 6}[each]
    head = struct.pack(">IIBBBBB", wide, high, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
