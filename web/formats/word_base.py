"""A council's own Word template, looked through before anything is written in it.

What it holds stays; nothing in it is run, fetched or kept: it is read for one answer and forgotten."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from domain.values.errors import RuleBroken

LARGEST = 3 * 512 * 1024
"""Bytes of the file: one and a half mebibytes."""

LARGEST_INSIDE = 32 * 1024 * 1024
MOST_PARTS = 400

TYPES = "[Content_Types].xml"
TEMPLATE = b"wordprocessingml.template.main+xml"
DOCUMENT = b"wordprocessingml.document.main+xml"
RUNS = re.compile(r"vba|macro|activex|embeddings/|\.bin$|\.exe$|\.dll$", re.IGNORECASE)
FETCHES = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
HARMLESS = re.compile(rb"/relationships/(?:hyperlink|attachedTemplate)[\"']")

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
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
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
        if name.endswith(".rels") and any(not HARMLESS.search(one) for one in FETCHES.findall(text)):
            raise RuleBroken(FETCHES_SOMETHING)
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in text:
            raise RuleBroken(NOT_WORD)


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
    except (KeyError, ValueError, AttributeError, IndexError, BadZipFile, SyntaxError):
        raise RuleBroken(NOT_WORD) from None
    return out.getvalue()


def _is_empty(paragraph: Paragraph) -> bool:
    return not paragraph.text.strip() and not list(paragraph._p.iter(qn("w:drawing"), qn("w:pict"), qn("w:sectPr")))
