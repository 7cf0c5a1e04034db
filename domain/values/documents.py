"""What a reader finds in one of Ofsted's own documents, and where in it: what is kept of a document, not the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from domain.frameworks import Area


class DocumentKind(Enum):
    """What sort of document it is; the values are those of `document read`."""

    __hash__ = object.__hash__

    GRADED_REPORT = "graded_report"
    FOCUSED_VISIT_LETTER = "focused_visit_letter"
    MONITORING_VISIT_LETTER = "monitoring_visit_letter"
    JTAI_LETTER = "jtai_letter"
    AREA_SEND_REPORT = "area_send_report"


@dataclass(frozen=True)
class PlaceRead:
    """Where a value stands: the page, counted from 1, and the document's own words it was read from."""

    page: int
    words: str


@dataclass(frozen=True)
class ItemRead:
    """One bullet of a list of findings, on one line; `outcomes` of the national framework that are named with it."""

    text: str
    outcomes: tuple[int, ...] = ()
    page: int | None = None


@dataclass(frozen=True)
class ParagraphRead:
    """A paragraph on one line; `number` where the document numbers it."""

    text: str
    page: int
    number: str | None = None


@dataclass(frozen=True)
class SectionRead:
    """Paragraphs under one heading, with the judgement that they give reasons for, where it is one."""

    heading: str
    judgement: Area | None
    paragraphs: tuple[ParagraphRead, ...]


@dataclass(frozen=True)
class ValuePlace:
    """Where a value was read: `value` as the reader names it (`start`, `grades.in_care`, `improvements.2`)."""

    value: str
    page: int
    words: str


@dataclass(frozen=True)
class KeptDocument:
    """What is kept of a document: which it is, where its values stand, and its numbered words by section.

    Never the file, and never the name of who led the inspection. `looked_through`: an officer saw each value beside the
    document's words."""

    kind: DocumentKind
    urn: str
    published: date | None
    pages: int
    places: tuple[ValuePlace, ...]
    sections: tuple[SectionRead, ...]
    looked_through: bool = False


LONGEST_PART = 90_000
"""Bytes of the sections that one fact tells, with room for its other words."""

LONGEST_PARAGRAPH = 15_000
"""Characters of one paragraph; a longer one is told in pieces."""

_AROUND = 120
"""Bytes that a paragraph takes beside its text."""


def in_parts(sections: tuple[SectionRead, ...]) -> Iterator[tuple[SectionRead, ...]]:
    """The sections in order, in lists short enough for one fact each; at least one list.

    A section that is cut goes on in the next list under the same heading."""
    part: list[SectionRead] = []
    size = 0
    for section in sections:
        for paragraph in section.paragraphs:
            for piece in _pieces(paragraph):
                weight = len(piece.text.encode()) + _AROUND
                if size + weight > LONGEST_PART:
                    yield tuple(part)
                    part, size = [], 0
                size += weight
                if part and (part[-1].heading, part[-1].judgement) == (section.heading, section.judgement):
                    part[-1] = replace(part[-1], paragraphs=(*part[-1].paragraphs, piece))
                else:
                    part.append(replace(section, paragraphs=(piece,)))
    yield tuple(part)


def _pieces(paragraph: ParagraphRead) -> Iterator[ParagraphRead]:
    rest = paragraph.text
    while len(rest) > LONGEST_PARAGRAPH:
        at = rest.rfind(" ", 1, LONGEST_PARAGRAPH)
        at = LONGEST_PARAGRAPH if at < 0 else at
        yield replace(paragraph, text=rest[:at])
        rest = rest[at:].lstrip()
    yield replace(paragraph, text=rest)
