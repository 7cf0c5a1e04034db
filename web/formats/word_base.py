"""A council's own Word template, looked through before anything is written in it.

What it holds stays; nothing in it is run, fetched or kept: it is read for one answer and forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as NotUnpacked

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from domain.values.errors import RuleBroken
from web.formats.word import Paper

LARGEST = 3 * 512 * 1024
"""Bytes of the file: one and a half mebibytes."""

LARGEST_INSIDE = 32 * 1024 * 1024
MOST_PARTS = 400

TYPES = "[Content_Types].xml"
TEMPLATE = b"wordprocessingml.template.main+xml"
DOCUMENT = b"wordprocessingml.document.main+xml"
RUNS = re.compile(r"vba|macro|activex|embeddings/|\.bin$|\.exe$|\.dll$", re.IGNORECASE)
HARMLESS = ("/hyperlink", "/attachedTemplate")
"""Kinds of what may stand elsewhere: a link that a reader follows, and the way back that is taken out."""

HOLDS_ANOTHER = ("/oleObject", "/package", "/control", "/vbaProject", "/aFChunk")
"""Kinds of parts that are files of their own, or run."""

FETCHING_FIELDS = re.compile(
    r"^\s*(INCLUDE\w*|DDE|DDEAUTO|DATABASE|MACROBUTTON|IMPORT|LINK|RD)\b", re.IGNORECASE | re.MULTILINE
)
FAULTS = (KeyError, ValueError, AttributeError, IndexError, TypeError, AssertionError, BadZipFile, SyntaxError)
"""What the library of Word documents raises where a part is not what its name says."""

NOT_WORD = "Choose a Word document or template (.docx or .dotx) that opens in Word: this file could not be read as one."
TOO_LARGE = "Choose a template of at most 1.5 MB; pictures in its head and foot can be made smaller in Word."
RUNS_SOMETHING = "Choose a template without macros or embedded files. Save it as .dotx or .docx in Word and try again."
FETCHES_SOMETHING = "Choose a template whose pictures are inside the file: this one fetches something from elsewhere."


def usable(content: bytes) -> bytes:
    """The template as a document to write in. Raises RuleBroken with what to do where it cannot be taken."""
    if len(content) > LARGEST:
        raise RuleBroken(TOO_LARGE)
    try:
        with ZipFile(BytesIO(content)) as held:
            parts = held.infolist()
            _within_limits(parts)
            read = {part.filename: held.read(part) for part in parts}
    except (BadZipFile, NotUnpacked, NotImplementedError, RuntimeError, EOFError, OSError):
        raise RuleBroken(NOT_WORD) from None
    _harmless(read)
    return _written_in(_as_document(read))


def _within_limits(parts: list[ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise RuleBroken(TOO_LARGE)


def _harmless(read: dict[str, bytes]) -> None:
    types = read.get(TYPES, b"")
    if any(RUNS.search(name) for name in read) or b"macroEnabled" in types or b"vbaProject" in types:
        raise RuleBroken(RUNS_SOMETHING)
    for name, text in read.items():
        if not name.lower().endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in text.replace(b"\0", b""):  # in whatever encoding
            raise RuleBroken(NOT_WORD)
        if name.lower().endswith(".rels"):
            _leads_nowhere(_parsed(text))
        elif name.startswith("word/") and any(map(FETCHING_FIELDS.search, _fields(_parsed(text)))):
            raise RuleBroken(FETCHES_SOMETHING)


def _parsed(text: bytes) -> Any:
    try:
        return parse_xml(text) if text else parse_xml(b"<nothing/>")
    except (SyntaxError, ValueError):
        raise RuleBroken(NOT_WORD) from None


def _leads_nowhere(relations: Any) -> None:
    """Nothing that a part is made of stands elsewhere, and none is a file of its own."""
    for one in relations.iter("{*}Relationship"):
        kind = one.get("Type", "")
        if kind.endswith(HOLDS_ANOTHER):
            raise RuleBroken(RUNS_SOMETHING)
        if one.get("TargetMode", "").lower() == "external" and not kind.endswith(HARMLESS):
            raise RuleBroken(FETCHES_SOMETHING)


def _fields(part: Any) -> Iterator[str]:
    """What each field of a part asks for, put together where it is written in pieces; and what an old drawing shows
    that stands elsewhere, as the field that would do the same."""
    pieces: list[str] = []
    for one in part.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple"), "{urn:schemas-microsoft-com:vml}*"):
        if one.tag == qn("w:instrText"):
            pieces.append(one.text or "")
        elif one.tag == qn("w:fldChar"):
            pieces.append("\n" if one.get(qn("w:fldCharType")) == "begin" else " ")
        elif one.tag == qn("w:fldSimple"):
            yield one.get(qn("w:instr"), "")
        elif one.get("src"):
            yield f"INCLUDEPICTURE {one.get('src')}"
    yield "".join(pieces)


def _as_document(read: dict[str, bytes]) -> bytes:
    """The same parts with the kind of a document, which is what a template lacks."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in read.items():
            made.writestr(name, content.replace(TEMPLATE, DOCUMENT) if name == TYPES else content)
    return out.getvalue()


def _written_in(content: bytes) -> bytes:
    """Without the way back to another template and without protection, so that what is written can be worked on; one
    empty paragraph and no more, as new documents have, is left out."""
    try:
        document = Document(BytesIO(content))
        settings, of_settings = document.settings.element, document.part.part_related_by(RELATIONSHIP.SETTINGS)
        for name in ("w:attachedTemplate", "w:documentProtection", "w:writeProtection"):
            for found in settings.findall(qn(name)):
                settings.remove(found)
        for key in [key for key, relation in of_settings.rels.items() if relation.is_external]:
            del of_settings.rels[key]
        blocks = list(document.iter_inner_content())
        if all(isinstance(one, Paragraph) and _is_empty(one) for one in blocks):
            for one in blocks:
                assert not isinstance(one, Table)
                one._p.getparent().remove(one._p)
        out = BytesIO()
        document.save(out)
        _rehearse(out.getvalue())
    except FAULTS:
        raise RuleBroken(NOT_WORD) from None
    return out.getvalue()


def _rehearse(base: bytes) -> None:
    """Write something of each kind in it: a part that is not what its name says shows itself now."""
    paper = Paper("Title", "Subject", base=base)
    for level in range(1, 5):
        paper.heading("Heading", level)
    paper.quietly("Text")
    paper.bullets(["Text"])
    paper.numbers(["Text"])
    paper.verbatim("Text")
    paper.table("Caption", ["Head"], [["Cell"]])
    paper.data()


def _is_empty(paragraph: Paragraph) -> bool:
    return not paragraph.text.strip() and not list(paragraph._p.iter(qn("w:drawing"), qn("w:pict"), qn("w:sectPr")))
