"""Small PDFs of the tests' own making: lines of text at their places, with tags where a document has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Shown(NamedTuple):
    """A stretch of text on a page: from the left and from the foot, in points. `tag` marks the element it stands in."""

    text: str
    left: float = 72
    baseline: float = 700
    size: float = 12
    bold: bool = False
    tag: str = ""


def pdf(*pages: Iterable[Shown]) -> bytes:
    """A PDF of those pages. Elements come in the order of the text; pieces of one tag in a row are one element."""
    made = [list(page) for page in pages]
    objects: list[bytes] = [b"", b"", _font(b"Helvetica"), _font(b"Helvetica-Bold")]
    tagged = any(shown.tag for page in made for shown in page)
    root = len(objects) + 1
    if tagged:
        objects.append(b"")
    kids: list[int] = []
    parents: list[list[int]] = []
    numbers = []
    for at, page in enumerate(made):
        content, marks = _content(page)
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/StructParents %d/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % (at, len(objects))
        )
        numbers.append(len(objects))
        elements: list[int] = []
        for mark, tag in marks:
            objects.append(
                b"<</Type/StructElem/S/%s/P %d 0 R/Pg %d 0 R/K %d>>" % (tag.encode(), root, numbers[-1], mark)
            )
            elements.append(len(objects))
        kids += elements
        parents.append(elements)
    objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % (
        b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R" % root if tagged else b""
    )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(numbers), _references(numbers))
    if tagged:
        tree = b"".join(b"%d[%s]" % (at, _references(elements)) for at, elements in enumerate(parents))
        objects[root - 1] = b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[%s]>>>>" % (_references(kids), tree)
    return _file(objects)


def page_of(lines: Sequence[str], *, top: float = 780, size: float = 12) -> list[Shown]:
    """Lines one under the other."""
    return [Shown(line, baseline=top - 1.2 * size * at, size=size) for at, line in enumerate(lines)]


def _font(name: bytes) -> bytes:
    return b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name


def _content(page: Sequence[Shown]) -> tuple[bytes, list[tuple[int, str]]]:
    pieces: list[bytes] = []
    marks: list[tuple[int, str]] = []
    for shown in page:
        text = shown.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn = b"BT /F%d %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (
            2 if shown.bold else 1,
            shown.size,
            shown.left,
            shown.baseline,
            text,
        )
        if shown.tag:
            if not marks or marks[-1][1] != shown.tag:
                marks.append((len(marks), shown.tag))
            drawn = b"/%s <</MCID %d>> BDC %s EMC" % (shown.tag.partition(".")[0].encode(), marks[-1][0], drawn)
        pieces.append(drawn)
    return b"\n".join(pieces), [(mark, tag.partition(".")[0]) for mark, tag in marks]


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _file(objects: Sequence[bytes]) -> bytes:
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)
