"""The body of a graded report: its paragraphs under their headings, each with the judgement it gives reasons for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.frameworks import Area, Framework
from domain.values.documents import ParagraphRead, SectionRead
from web.intake.reports.flow import BlockRole, TextBlock
from web.intake.reports.grades import grade_alone, grades_of_headings, label_alone, labels_of

_INSIDE = re.compile(r"summary|inspection findings|.*\bthe graded judgement\b.*", re.IGNORECASE)
"""Headings inside the part of a judgement: it goes on."""


def sections_of(blocks: Sequence[TextBlock], framework: Framework | None) -> tuple[SectionRead, ...]:
    """Headings with their paragraphs, in order; a heading without any is left out."""
    sections: list[SectionRead] = []
    heading, judgement = "", None
    paragraphs: list[ParagraphRead] = []
    for block in [*blocks, None]:
        if block is not None and not _is_heading(block, framework):
            paragraphs.append(ParagraphRead(block.text, block.page, block.number))
            continue
        if block is not None and grade_alone(block.text):
            continue  # beside its judgement, in the next column
        if paragraphs:
            sections.append(SectionRead(heading, judgement, tuple(paragraphs)))
        paragraphs = []
        if block is not None:
            heading = block.text
            judgement = _judgement(heading, judgement, framework)
    return tuple(sections)


def _is_heading(block: TextBlock, framework: Framework | None) -> bool:
    """A heading, or a judgement with its grade in a table above the paragraphs that give reasons for it."""
    if block.role is not BlockRole.TEXT or block.number:
        return block.role is BlockRole.HEADING
    labels = labels_of(framework)
    with_grade = any(grades_of_headings([(block.page, block.text)], labels))
    return with_grade or grade_alone(block.text) or label_alone(block.text, labels)


def _judgement(heading: str, before: Area | None, framework: Framework | None) -> Area | None:
    for area, label in labels_of(framework).items():
        if re.search(label, heading, re.IGNORECASE):
            return area
    if framework is Framework.SIF and re.search(r"LSCB|local safeguarding children", heading, re.IGNORECASE):
        return Area.LSCB
    return before if _INSIDE.fullmatch(heading) else None
