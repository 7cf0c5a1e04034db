"""Reads one of Ofsted's own documents, whatever its kind, without any store."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from domain.register.register import Register
from web.intake.layouts import content_of
from web.intake.reports.area_send import read_area_send
from web.intake.reports.dates import day_of_name
from web.intake.reports.flow import flow_of
from web.intake.reports.graded import read_graded
from web.intake.reports.jtai_letters import read_jtai_letter
from web.intake.reports.letters import read_letter
from web.intake.reports.notes import DocumentAsked
from web.intake.reports.pages import PdfReader
from web.intake.reports.reading import DocumentReading, refusal
from web.intake.workbook import FileRefused

LOOKED_FOR = (
    "a report with grades, a letter on a focused or monitoring visit or on a joint targeted area inspection, "
    "or a report on area SEND"
)

LISTS_NOT_MARKED = (
    "The file does not mark where a list and its items begin, so the findings were told apart by how they look: "
    "compare them with the document."
)


def read_document(
    path: Path,
    *,
    register: Register,
    today: date,
    published_on: date | None = None,
    content: bytes | None = None,
    pdf: PdfReader | None = None,
) -> DocumentReading:
    """What the document at `path` tells. A file that is none, or none of a kind that is read, is `refused` in words.

    `published_on` is the day of publication where the document does not print it, as a person gave it. `content` is
    read instead of the file where it is at hand; `pdf` reads many documents one after another."""
    held = b""
    reader = pdf or PdfReader()
    try:
        held = content_of(path) if content is None else content
        document = reader.text(held)
    except FileRefused as refused:
        return replace(refusal(str(refused)), sha256=sha256_of(held) if held else "")
    finally:
        if pdf is None:
            reader.close()
    flow = flow_of(document)
    asked = DocumentAsked(register, today, named=day_of_name(path), given=published_on)
    reading = (
        read_letter(flow, asked)
        or read_jtai_letter(flow, asked)
        or read_area_send(flow, asked)
        or read_graded(document, flow, asked)
        or refusal(f"it is none of the documents that are read: {LOOKED_FOR}")
    )
    if reading.refused is None and not document.marks_lists:
        reading = replace(reading, doubts=(*reading.doubts, LISTS_NOT_MARKED))
    return replace(reading, sha256=sha256_of(held), pages=len(document.pages))


def sha256_of(content: bytes) -> str:
    """By which a document is known, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
