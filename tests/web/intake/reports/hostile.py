"""Documents that mean harm, or are merely broken: each by a name that says what is wrong with it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence

from tests.web.intake.reports.paper import letter


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
    pieces = [b"%PDF-1.7\n"]
    table = []
    at = len(pieces[0])
    for number, body in sorted(objects.items()):
        pieces.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        table.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        at += len(pieces[-1])
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, at)
    return b"".join([*pieces, b"xref\n0 1\n0000000000 65535 f \n", *table, end])


HONEST = letter("1 May 2024\n\nDear Ms Example\n\n# Focused visit to an invented council")
_OUTLINE = b"<< /Type /Catalog /Pages 2 0 R >>"
_ONE_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


def _page_with(content: bytes) -> bytes:
    return assembled([content])


def _bomb(*, layers: int = 3, size: int = 250_000_000) -> bytes:
    """A page whose drawing unfolds to `size` bytes, deflated again and again."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    piece = b"BT /F1 12 Tf (a) Tj ET\n" * 50_000
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + block * (size // len(piece))
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    filters = b"/Filter [" + b" /FlateDecode" * layers + b" ]"
    page = _ONE_PAGE.replace(b">>", b"/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return file_of({1: _OUTLINE, 2: pages, 3: page, 4: stream(packed, filters), 5: font})


def _table_that_goes_round() -> bytes:
    """The table of objects names itself as the one before it."""
    whole = file_of({1: _OUTLINE, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: _ONE_PAGE})
    table = whole.rindex(b"xref\n0 1")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % table)


def _form_that_draws_itself() -> bytes:
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>"
    )
    page = _ONE_PAGE.replace(b">>", b"/Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>")
    return file_of(
        {1: _OUTLINE, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: page, 4: form, 5: stream(b"/X Do")}
    )


def _forms_in_forms(deep: int = 24, wide: int = 8) -> bytes:
    """Each form draws the next eight times: eight to the power of `deep` drawings."""
    objects = {1: _OUTLINE, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"}
    objects[3] = _ONE_PAGE.replace(b">>", b"/Contents 4 0 R /Resources << /XObject << /X 10 0 R >> >> >>")
    objects[4] = stream(b"/X Do")
    head = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> /XObject << /X %d 0 R >> >>"
    )
    objects[5] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for number in range(10, 10 + deep):
        objects[number] = stream(b"BT /F1 9 Tf (a) Tj ET " + b"/X Do " * wide, head % (number + 1))
    objects[10 + deep] = stream(b"BT /F1 9 Tf (a) Tj ET", head % (10 + deep))
    return file_of(objects)


def _pages_that_are_one() -> bytes:
    """A tree of pages that holds the same page a hundred million times."""
    objects = {1: _OUTLINE, 3: _ONE_PAGE.replace(b"2 0 R", b"19 0 R")}
    for number in range(10, 20):
        below = 3 if number == 19 else number + 1
        count = 10 ** (20 - number)
        objects[number] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"%d 0 R " % below * 10, count)
    objects[2] = b"<< /Type /Pages /Kids [10 0 R] /Count 10000000000 >>"
    return file_of(objects)


def _locked() -> bytes:
    """Encrypted with a password that nobody has."""
    rules = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
    return assembled([b""], trailer=b"/Encrypt 1000 0 R /ID [<00> <00>]", extra={1000: rules})


def _nested() -> bytes:
    deep = b"[" * 200_000 + b"]" * 200_000
    return assembled([b""], catalogue=b"/Deep " + deep)


def active(drawn: bytes = b"") -> bytes:
    """Opens with a script, runs a program when it is closed, and holds a file."""
    action = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /WC << /S /Launch /F (/bin/sh) >> >> "
    held = b"/Names << /EmbeddedFiles << /Names [(a.sh) 1000 0 R] >> >>"
    files = {
        1000: b"<< /Type /Filespec /F (a.sh) /EF << /F 1001 0 R >> >>",
        1001: stream(b"touch /tmp/ran", b"/Type /EmbeddedFile"),
    }
    return assembled([drawn], catalogue=action + held, extra=files)


def _tags(kids: Mapping[int, bytes]) -> bytes:
    """A page with a tree of tags whose elements, from 1001 on, are `kids`."""
    element = b"<< /Type /StructElem /S /P /P 1000 0 R /Pg 10 0 R /K %s >>"
    tree = {1000: b"<< /Type /StructTreeRoot /K 1001 0 R /ParentTree 1002 0 R >>"}
    tree[1002] = b"<< /Nums [0 [1001 0 R]] >>"
    return assembled(
        [b"/P << /MCID 0 >> BDC BT /F1 12 Tf 72 700 Td (a) Tj ET EMC"],
        catalogue=b"/StructTreeRoot 1000 0 R /MarkInfo << /Marked true >>",
        extra=tree | {number: element % kid for number, kid in kids.items()},
    ).replace(b"/MediaBox", b"/StructParents 0 /MediaBox")


def _letters_without_end() -> bytes:
    """A font whose table of letters holds every code a hundred times."""
    rows = b"".join(b"<%04x> <ffff> <0041>\n" % (code % 65536) for code in range(100_000))
    table = stream(
        zlib.compress(b"begincmap\n100000 beginbfrange\n" + rows + b"endbfrange\nendcmap"), b"/Filter /FlateDecode"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 1000 0 R >>"
    return assembled([b"BT /F1 12 Tf 72 700 Td (abc) Tj ET"], extra={3: font, 1000: table})


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "nothing at all": lambda: b"",
    "the first half": lambda: HONEST[: len(HONEST) // 2],
    "without its end": lambda: HONEST[:-200],
    "only its name": lambda: b"%PDF-1.7\n",
    "zeros": lambda: bytes(50 * 1024 * 1024),
    "zeros after the name": lambda: b"%PDF-1.7\n" + bytes(20 * 1024 * 1024),
    "a web page": lambda: b"<!DOCTYPE html><html><head><title>404</title></head><body>Page not found</body></html>",
    "a workbook": lambda: b"PK\x03\x04" + bytes(2000),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "noise": lambda: b"%PDF-1.7\n" + bytes(n * n * 31 % 251 for n in range(300_000)),
    "locked": _locked,
    "nested deeply": _nested,
    "a million words on a page": lambda: _page_with(b"BT /F1 12 Tf 1 0 0 1 5 5 Tm (a) Tj ET\n" * 1_000_000),
    "deflated three times over": _bomb,
    "a table that goes round": _table_that_goes_round,
    "a form that draws itself": _form_that_draws_itself,
    "forms in forms": _forms_in_forms,
    "a page ten thousand million times": _pages_that_are_one,
    "five thousand pages": lambda: assembled([b""] * 5_000),
    "scripts and files inside": active,
    "tags that go round": lambda: _tags({1001: b"1003 0 R", 1003: b"[1001 0 R 1003 0 R 0]"}),
    "tags nested deeply": lambda: _tags({n: b"[0 %d 0 R]" % (n + 1) for n in (1001, *range(1003, 21_000))}),
    "letters without end": _letters_without_end,
    "no page": lambda: assembled([]),
}
"""What each is, and how to make it."""
