"""Reads the text of PDFs in processes of their own: documents on standard input, lines of text on standard output.

Run by path, never imported by the product. It forks once a document: the child that parses has its own limits, cannot
open a file, and spends its own memory and time, so a hostile document takes neither the next one nor anybody else
down. Each document and each answer is led by its length in bytes, eight bytes big-endian; an answer is JSON.
`docs/security.md` lists the limits."""

from __future__ import annotations

import codecs
import ctypes
import json
import math
import os
import resource
import select
import signal
import struct
import sys
import time
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MEMORY = 150 * 1024 * 1024
"""Of address space, in bytes; 27 MiB of it are the interpreter and the library before any document."""
CPU_SECONDS = 1
SECONDS = 8
"""Longest wait for one document, in seconds of the clock; a busy machine may need more than its processor time."""
MAX_PAGES = 250
MAX_CHARACTERS = 800_000
MAX_CHARACTERS_OF_A_PAGE = 20_000
MAX_ANSWER = 8 * 1024 * 1024
MAX_DEPTH = 40
MAX_ELEMENTS = 20_000
PAGES_WITH_TABLES = 3
"""The first pages, whose lines are split into cells as those of tagged tables are on every page."""
WIDE = 1.5
"""A gap of more than this times the size of the letters parts two cells."""

_WHOLE = b"\n"
"""Ends an answer that is all there."""

_BLOCKS = ("LI", "TD", "TH", "Note", "TOCI", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "P")
"""The elements of a tagged document that hold a piece of running text, and what stands above them wins: a paragraph
in a list item is a list item."""


class _Refused(Exception):
    """Why the document is not read, in words safe to show."""


def main() -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-le"):  # a child cannot open the files of those it meets first
        codecs.lookup(encoding)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(8)) == 8:
        content = source.read(struct.unpack(">Q", head)[0])
        answer = _in_a_child(content)
        sink.write(struct.pack(">Q", len(answer)) + answer)
        sink.flush()


def _in_a_child(content: bytes) -> bytes:
    """The child's answer, or why there is none."""
    inward, outward = os.pipe()
    child = os.fork()
    if not child:
        try:
            _answer(content, outward)
        finally:
            os._exit(0)
    os.close(outward)
    try:
        answer = _received(inward)
    finally:
        os.close(inward)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if answer is not None and answer.endswith(_WHOLE):
        return answer
    if answer is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        why = "it takes too long to read"
    else:
        why = "it is damaged, or it unfolds to more than may be held in memory"
    return json.dumps({"refused": why}).encode()


def _received(inward: int) -> bytes | None:
    """All that the child says until it ends; None where it takes too long, or says too much."""
    until = time.monotonic() + SECONDS
    pieces: list[bytes] = []
    length = 0
    while (left := until - time.monotonic()) > 0 and select.select([inward], [], [], left)[0]:
        piece = os.read(inward, 1 << 16)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        length += len(piece)
        if length > MAX_ANSWER:
            break
    return None


def _answer(content: bytes, outward: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(nothing, (0, 0))
    if sys.platform != "darwin":  # macOS offers the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        answer = _read(content)
    except _Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "it unfolds to more than may be held in memory"}
    except pypdfium2.PdfiumError:
        answer = {"refused": "it is damaged and cannot be read"}
    with open(outward, "wb") as sink:
        sink.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + _WHOLE)


def _read(content: bytes) -> dict[str, Any]:
    _refuse_what_is_no_pdf(content)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        if fault.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise _Refused("it is protected by a password; save it without one") from None
        raise _Refused("it is damaged: it begins as a PDF but cannot be opened") from None
    count = len(document)
    if not count:
        raise _Refused("it has no pages")
    if count > MAX_PAGES:
        raise _Refused(f"it has {count} pages; at most {MAX_PAGES} are read")
    pages: list[dict[str, Any]] = []
    characters = 0
    for number in range(count):
        page = document[number]
        if page.get_rotation():  # what a viewer turns is read as it was set
            page.set_rotation(0)
        lines = list(_lines(page, tables=number < PAGES_WITH_TABLES))
        here = sum(len(cell[2]) for line in lines for cell in line[5])
        if here > MAX_CHARACTERS_OF_A_PAGE:
            raise _Refused(f"its page {number + 1} holds more than {MAX_CHARACTERS_OF_A_PAGE:,} characters")
        characters += here
        if characters > MAX_CHARACTERS:
            raise _Refused(f"it holds more than {MAX_CHARACTERS:,} characters")
        pages.append({"width": round(page.get_width()), "height": round(page.get_height()), "lines": lines})
        page.close()
    if not characters:
        raise _Refused("it holds no text; a scanned document is not read")
    return {"pages": pages}


def _refuse_what_is_no_pdf(content: bytes) -> None:
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        raise _Refused("it is a web page that was saved under the name of a PDF; download the document again")
    if not content:
        raise _Refused("it is empty")
    if b"%PDF-" not in content[:1024]:
        raise _Refused("it is not a PDF")


# --- lines of a page ------------------------------------------------------------------------------------------------


def _lines(page: pypdfium2.PdfPage, *, tables: bool) -> Iterator[list[Any]]:
    """Each line as `[baseline, size, bold, tag, block, [[left, right, text]…]]`, in the order of the document.

    `tag` is the kind of the element it belongs to, `""` of a page's furniture, None where the document has no tags;
    `block` numbers the elements of a page. A hyphen at the end of a line is U+FFFE."""
    shown = page.get_textpage()
    text = _units(shown)
    blocks = _blocks(page)
    place = 0
    while place < len(text):
        end = next((at for at in range(place, len(text)) if text[at] in "\r\n\ufffe"), len(text))
        stop = end + 1 if text[end : end + 1] == "\ufffe" else end
        if text[place:stop].strip():
            yield _line(shown, text, place, stop, blocks, tables=tables)
        place = end + 1
    shown.close()


def _units(shown: pypdfium2.PdfTextPage) -> str:
    """The text of a page, one character for each unit by which the library counts."""
    count = pdfium.FPDFText_CountChars(shown.raw)
    if count <= 0:
        return ""
    if count > MAX_CHARACTERS_OF_A_PAGE * 4:
        raise _Refused("one of its pages holds more characters than any page of a report")
    held = (ctypes.c_ushort * (count * 2 + 2))()
    written = pdfium.FPDFText_GetText(shown.raw, 0, count, held)
    return "".join(map(chr, held[: max(written - 1, 0)]))


def _line(
    shown: pypdfium2.PdfTextPage,
    text: str,
    start: int,
    stop: int,
    blocks: dict[int, tuple[str, int, bool]] | None,
    *,
    tables: bool,
) -> list[Any]:
    while text[start].isspace():
        start += 1
    while text[stop - 1].isspace():
        stop -= 1
    index = _character(shown, _telling(text, start, stop))
    left, baseline = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(shown.raw, index, left, baseline)
    size = pdfium.FPDFText_GetFontSize(shown.raw, index) * _scale(shown, index)
    bold = pdfium.FPDFText_GetFontWeight(shown.raw, index) >= 600 or _says_bold(shown, index)
    tag: str | None = None
    block = -1
    if blocks is not None:
        element = pdfium.FPDFText_GetTextObject(shown.raw, index)
        marked = pdfium.FPDFPageObj_GetMarkedContentID(element) if element else -1
        tag, block, in_table = blocks.get(marked, ("", -1, False))
        tables = tables or in_table
    cells = _cells(shown, text, start, stop, size * WIDE) if tables else [_cell(shown, text, start, stop)]
    return [round(baseline.value, 1), round(size, 1), bold, tag, block, cells]


def _telling(text: str, start: int, stop: int) -> int:
    """The place of a letter, which tells the size and weight of its line; a bullet has a font of its own."""
    return next((at for at in range(start, stop) if text[at].isalpha() and text[at] < "\ue000"), start)


def _scale(shown: pypdfium2.PdfTextPage, index: int) -> float:
    """By how much a font is enlarged where it is used; some documents have fonts of one point."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(shown.raw, index, matrix):
        return 1.0
    return math.hypot(matrix.b, matrix.d) or 1.0


def _says_bold(shown: pypdfium2.PdfTextPage, index: int) -> bool:
    """A font that does not state its weight may have it in its name."""
    held = ctypes.create_string_buffer(64)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(shown.raw, index, held, 64, flags)
    return b"bold" in held.raw.lower()


def _character(shown: pypdfium2.PdfTextPage, at: int) -> int:
    return int(pdfium.FPDFText_GetCharIndexFromTextIndex(shown.raw, at))


def _cell(shown: pypdfium2.PdfTextPage, text: str, start: int, stop: int) -> list[Any]:
    while text[start].isspace():
        start += 1
    while text[stop - 1].isspace():
        stop -= 1
    left, _ = _across(shown, start)
    _, right = _across(shown, stop - 1)
    return [round(left, 1), round(right, 1), _joined(text[start:stop])]


def _joined(units: str) -> str:
    if any("\ud800" <= unit <= "\udfff" for unit in units):
        return units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return units


def _across(shown: pypdfium2.PdfTextPage, at: int) -> tuple[float, float]:
    """The left and right end of one character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(shown.raw, _character(shown, at), left, right, bottom, top)
    return left.value, right.value


def _cells(shown: pypdfium2.PdfTextPage, text: str, start: int, stop: int, wide: float) -> list[list[Any]]:
    """The line split where a gap is wider than any between words; a bullet or a number stays with what it leads."""
    cells: list[list[Any]] = []
    begun = at = start
    while at < stop:
        if not text[at].isspace():
            at += 1
            continue
        after = at
        while text[after].isspace():
            after += 1
        gap = _across(shown, after)[0] - _across(shown, at - 1)[1]
        if gap > wide and any(unit.isalpha() and unit < "\ue000" for unit in text[begun:at]):
            cells.append(_cell(shown, text, begun, at))
            begun = after
        at = after
    return [*cells, _cell(shown, text, begun, stop)]


# --- tags -----------------------------------------------------------------------------------------------------------


def _blocks(page: pypdfium2.PdfPage) -> dict[int, tuple[str, int, bool]] | None:
    """By the number of each marked piece of the page, the kind of the element that holds it, that element's number and
    whether it stands in a table.

    None where the page has no tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return None
    try:
        found: dict[int, tuple[str, int, bool]] = {}
        waiting = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), ("", -1, False), 0)
            for at in range(max(pdfium.FPDF_StructTree_CountChildren(tree), 0))
        ]
        seen = 0
        while waiting:
            element, above, depth = waiting.pop()
            seen += 1
            if not element or depth > MAX_DEPTH or seen > MAX_ELEMENTS:
                continue
            kind = _kind(element)
            table = above[2] or kind in ("TD", "TH")
            here = (kind, seen, table) if kind in _BLOCKS and above[0] in ("", "P", "TD", "TH") else (*above[:2], table)
            for at in range(max(pdfium.FPDF_StructElement_CountChildren(element), 0)):
                marked = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
                if marked >= 0:
                    found[marked] = here if here[0] else ("P", seen, table)
                else:
                    waiting.append((pdfium.FPDF_StructElement_GetChildAtIndex(element, at), here, depth + 1))
        return found or None
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _kind(element: Any) -> str:
    held = ctypes.create_string_buffer(64)
    length = pdfium.FPDF_StructElement_GetType(element, held, 64)
    return held.raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")


if __name__ == "__main__":
    main()
