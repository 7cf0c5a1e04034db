"""What a reader finds in one of Ofsted's own documents, and where in it: what is kept of a document, not the file."""

from __future__ import annotations

from dataclasses import dataclass
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
