"""Bars drawn as pictures for documents that hold no live chart: a page of our own, drawn by PDFium, kept as PNG."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from web.formats.pills import Paint

WIDTH, HEIGHT, GAP = 482, 27, 2
"""In points: 17 cm, and one line of large figures."""

SCALE = 4
"""Pixels to a point: sharp on paper."""

FIGURE = 12
DIGIT = 0.556
"""How high a figure is, in points, and how wide a digit of the face is, as a part of that."""


_ONE_AT_A_TIME = Lock()
"""PDFium draws for one thread only."""


@dataclass(frozen=True)
class Share:
    """A share of a bar: how many, and its colours."""

    count: int
    paint: Paint


def bar(shares: Sequence[Share]) -> bytes:
    """One bar of all shares side by side, each as wide as its count with the count upon it, as a PNG.

    A share too narrow for its figure has none: the words beside the picture say every count."""
    return _png(_page(_drawn([share for share in shares if share.count])))


def _drawn(shares: Sequence[Share]) -> str:
    total, lines, at = sum(share.count for share in shares), [], 0.0
    room = WIDTH - GAP * (len(shares) - 1)
    for share in shares:
        wide, figure = room * share.count / total, str(share.count)
        lines.append(f"{_colour(share.paint.bar)} rg {at:.2f} 0 {wide:.2f} {HEIGHT} re f")
        letters = DIGIT * FIGURE * len(figure)
        if letters + 2 < wide:
            ink, left, foot = _colour(share.paint.on_bar), at + (wide - letters) / 2, (HEIGHT - 0.72 * FIGURE) / 2
            lines.append(f"BT {ink} rg /F {FIGURE} Tf {left:.2f} {foot:.2f} Td ({figure}) Tj ET")
        at += wide + GAP
    return "\n".join(lines)


def _colour(digits: str) -> str:
    return " ".join(f"{int(digits[place : place + 2], 16) / 255:.4f}" for place in (0, 2, 4))


def _page(drawn: str) -> bytes:
    """A file of one page with the drawing upon it."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"
    bodies = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R "
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
