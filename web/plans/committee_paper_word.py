"""The committee paper as a Word document."""

from __future__ import annotations

from web.formats.blocks import ExactLines, Grid, Paragraph, Part, Points
from web.formats.word import Paper
from web.plans.committee_paper_content import Pack


def as_word(pack: Pack) -> bytes:
    """The paper with real headings: the same parts, in the same words, as the page."""
    paper = Paper(pack.title, pack.subject, landscape=True)
    paper.running_head(pack.title)
    paper.paragraph(pack.subject)
    for part in pack.parts:
        _write(paper, part, 1)
    return paper.data()


def _write(paper: Paper, part: Part, level: int) -> None:
    paper.heading(part.heading, level)
    for block in part.blocks:
        match block:
            case Paragraph():
                paper.paragraph(block.text)
            case Points():
                paper.bullets(block.texts)
            case ExactLines():
                paper.verbatim(block.text)
            case Grid():
                paper.table(block.caption, block.paper_heads, block.paper_rows)
            case Part():
                _write(paper, block, level + 1)
