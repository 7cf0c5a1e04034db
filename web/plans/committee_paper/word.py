"""The committee paper as a Word document, in our own styles or in the council's."""

from __future__ import annotations

from web.formats import drawing
from web.formats.blocks import ExactLines, Grid, Paragraph, Part, Points, SharesBar
from web.formats.word import Paper
from web.plans.committee_paper.content import Pack


def as_word(pack: Pack, base: bytes | None = None) -> bytes:
    """The paper with real headings: the same parts, in the same words, as the page. `base` is a document of the
    council's own, as `web.formats.word_base` lets it through."""
    paper = Paper(pack.title, pack.subject, foot=pack.foot, base=base)
    paper.quietly(f"{pack.subject}.")
    write(paper, pack.parts)
    return paper.data()


def write(paper: Paper, parts: tuple[Part, ...], level: int = 1) -> None:
    """Parts of a paper, each below its heading."""
    for part in parts:
        paper.heading(part.heading, level)
        for block in part.blocks:
            match block:
                case Paragraph(to_write=True):
                    paper.to_write(block.text)
                case Paragraph(quiet=True):
                    paper.quietly(block.text)
                case Paragraph():
                    paper.paragraph(block.text)
                case Points(numbered=True):
                    paper.numbers(block.texts)
                case Points():
                    paper.bullets(block.texts)
                case SharesBar():
                    if (drawn := block.drawn((drawing.WIDTH, drawing.HEIGHT))) is not None:
                        paper.picture(drawing.bar(drawn), block.caption, block.caption)
                case ExactLines():
                    paper.verbatim(block.text)
                case Grid():
                    caption = "" if block.headed else block.caption
                    paper.table(caption, block.paper_heads, block.paper_cells, block.widths, told=block.caption)
                case Part():
                    write(paper, (block,), level + 1)
