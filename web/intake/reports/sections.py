"""The body of a graded report: its paragraphs under their headings, each with the judgement it gives reasons for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.frameworks import Area, Framework
from domain.values.documents import ParagraphRead, SectionRead
from web.intake.reports.flow import BlockRole, TextBlock
from web.intake.reports.grades import labels_of

_INSIDE = re.compile(r"summary|inspection findings|.*\bthe graded judgement\b.*", re.IGNORECASE)
"""Headings inside the part of a judgement: it goes on."""


def sections_of(blocks: Sequence[TextBlock], framework: Framework | None) -> tuple[SectionRead, ...]:
    """Headings with their paragraphs, in order; a heading without any is left out."""
    sections: list[SectionRead] = []
    heading, judgement = "", None
    paragraphs: list[ParagraphRead] = []
    for block in [*blocks, None]:
        if block is not None and block.role is not BlockRole.HEADING:
            paragraphs.append(ParagraphRead(block.text, block.page, block.number))
            continue
        if paragraphs:
            sections.append(SectionRead(heading, judgement, tuple(paragraphs)))
        paragraphs = []
        if block is not None:
            heading = block.text
            judgement = _judgement(heading, judgement, framework)
    return tuple(sections)


def _judgement(heading: str, before: Area | None, framework: Framework | None) -> Area | None:
    for area, label in labels_of(framework).items():
        if re.search(label, heading, re.IGNORECASE):
            return area
    if framework is Framework.SIF and re.search(r"LSCB|local safeguarding children", heading, re.IGNORECASE):
        return Area.LSCB
    return before if _INSIDE.fullmatch(heading) else None
