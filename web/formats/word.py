"""Word documents that everybody can read: real headings, real lists, tables whose heads repeat, in British English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

LANGUAGE = "en-GB"
TEXT = "Arial"
FIXED_WIDTH = "Courier New"
VERBATIM = "Verbatim"
"""The style of lines to be copied exactly."""

INK = RGBColor(0x0B, 0x0C, 0x0C)
SPACE_AFTER = Pt(6)
WIDEST, NARROWEST = 60, 9
"""Letters by which the columns of a table share its width."""


class Paper:
    """A document of headings, paragraphs, lists and tables, in the order in which they are added.

    Text is only ever text: no field, link or formula can be made of it."""

    def __init__(self, title: str, subject: str, *, landscape: bool = False) -> None:
        self._document = Document()
        self._plain_styles()
        self._page(landscape)
        about = self._document.core_properties
        about.title, about.subject, about.language = title, subject, LANGUAGE
        about.author, about.comments, about.keywords = "", "", ""
        about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
        self._document.add_paragraph(plain(title), style="Title")

    def heading(self, text: str, level: int) -> None:
        """A heading of level 1 (a part of the paper) to 4."""
        self._document.add_heading(plain(text), level)

    def paragraph(self, text: str) -> None:
        """One paragraph."""
        self._document.add_paragraph(plain(text))

    def bullets(self, texts: Iterable[str]) -> None:
        """A list, a paragraph to each entry."""
        for text in texts:
            self._document.add_paragraph(plain(text), style="List Bullet")

    def verbatim(self, text: str) -> None:
        """Lines of a fixed width in one paragraph, each as it is and on a line of its own, to be copied."""
        lines = text.removesuffix("\n").split("\n")
        self._document.add_paragraph("\n".join(plain(line) for line in lines), style=VERBATIM)

    def table(self, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A caption, one row of heads that repeats on every page, and the rows. No cells are merged; no row is broken
        over two pages. Nothing at all where there are no rows."""
        cells = [tuple(plain(cell) for cell in row) for row in rows]
        if not cells:
            return
        self._document.add_paragraph(plain(caption), style="Caption")
        table = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        _describe(table, plain(caption))
        widths = self._widths([tuple(map(plain, heads)), *cells])
        _fill(table.rows[0], heads, widths)
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
        _row_says(table.rows[0], "w:tblHeader")
        for texts in cells:
            row = table.add_row()
            _row_says(row, "w:cantSplit")
            _fill(row, texts, widths)

    def running_head(self, text: str) -> None:
        """What stands at the head of every page."""
        self._document.sections[0].header.paragraphs[0].text = plain(text)

    def data(self) -> bytes:
        """The document's bytes."""
        out = BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _widths(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """How wide each column is, so that the page is filled and long texts get most of it."""
        section: Any = self._document.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        wanted = [min(WIDEST, max(NARROWEST, *(len(text) for text in column))) for column in zip(*rows, strict=True)]
        return [int(room * letters / sum(wanted)) for letters in wanted]

    def _plain_styles(self) -> None:
        styles = self._document.styles
        for name in ("Normal", "Title", "Caption", *(f"Heading {level}" for level in range(1, 5))):
            style: Any = styles[name]
            style.font.name, style.font.color.rgb = TEXT, INK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
        normal: Any = styles["Normal"]
        normal.font.size, normal.paragraph_format.space_after = Pt(11), SPACE_AFTER
        caption: Any = styles["Caption"]
        caption.font.size, caption.font.bold, caption.paragraph_format.keep_with_next = Pt(11), True, True
        verbatim: Any = styles.add_style(VERBATIM, WD_STYLE_TYPE.PARAGRAPH)
        verbatim.base_style, verbatim.font.name, verbatim.font.size = normal, FIXED_WIDTH, Pt(9)
        verbatim.element.get_or_add_rPr().append(OxmlElement("w:noProof"))
        for element in styles.element.iter(qn("w:lang")):
            element.set(qn("w:val"), LANGUAGE)

    def _page(self, landscape: bool) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = Cm(2)


def plain(text: str) -> str:
    """The text without characters that a document cannot hold; line ends are spaces."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def _fill(row: Any, texts: Sequence[str], widths: Sequence[int]) -> None:
    """The texts of a row, past the library's own cells: they are slow in long tables."""
    for cell, text, width in zip(row._tr.tc_lst, texts, widths, strict=True):
        cell.width = width
        cell.p_lst[0].add_r().text = plain(text)


def _row_says(row: Any, what: str) -> None:
    element = OxmlElement(what)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _describe(table: Table, caption: str) -> None:
    """What a screen reader says of a table before it reads the cells."""
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    table._tbl.tblPr.append(told)
