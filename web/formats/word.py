"""Word documents that everybody can read and send: real headings, real lists, tables whose heads repeat, page numbers.

Widths are in centimetres of a text 17 wide; in a template of other margins they keep their shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table

from web.formats.blocks import in_words
from web.formats.latest_checkpoint import NOTE, LatestCheckpoint
from web.formats.pills import HEAD, LINE, QUIET, WHITE, Pill
from web.formats.word_styles import VERBATIM, dress, fill_in, paged

LANGUAGE = "en-GB"
WIDEST, NARROWEST = 60, 9
"""Letters by which the columns of a table share its width where no widths are given."""

SMALL = Pt(9.5)
"""The text of tables."""

Said = str | Pill


class Paper:
    """A document of headings, paragraphs, lists, pictures and tables, in the order in which they are added.

    Text is only ever text: no field, link or formula can be made of it. `foot` stands at the foot of every page with
    the page's number. On a `base`, a document of the council's own, styles, margins, head and foot are the base's, and
    everything is added after what it holds."""

    def __init__(self, title: str, subject: str, *, foot: str = "", base: bytes | None = None) -> None:
        self._document = Document(BytesIO(base)) if base is not None else Document()
        self._unsigned: frozenset[str] = frozenset()
        if base is None:
            dress(self._document, LANGUAGE)
        else:
            self._unsigned = fill_in(self._document)
        paged(self._document, plain(foot or title))
        about = self._document.core_properties
        about.title, about.subject, about.language = plain(title), plain(subject), LANGUAGE
        about.author, about.comments, about.keywords = "", "", ""
        about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
        self._below_a_table = False
        self._add(title, "Title")

    def heading(self, text: str, level: int) -> None:
        """A heading of level 1 (a part of the paper) to 4."""
        self._add(text, f"Heading {level}")

    def paragraph(self, text: str) -> None:
        """One paragraph."""
        self._add(text)

    def quietly(self, text: str) -> None:
        """One paragraph that stands back: of whom and when, where a fact is from."""
        run = self._add(text).runs[0]
        run.font.size, run.font.color.rgb = Pt(10), RGBColor.from_string(QUIET)

    def to_write(self, text: str) -> None:
        """One paragraph that somebody has still to write, marked so that nobody sends it unseen."""
        run = self._add(text).runs[0]
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def bullets(self, texts: Iterable[str]) -> None:
        """A list, a paragraph to each entry."""
        sign = "• " if "List Bullet" in self._unsigned else ""
        for text in texts:
            self._add(f"{sign}{text}", "List Bullet")

    def numbers(self, texts: Iterable[str]) -> None:
        """A list with numbers; a paper has one at most, for its numbers run on."""
        for number, text in enumerate(texts, 1):
            self._add(f"{number}. {text}" if "List Number" in self._unsigned else text, "List Number")

    def verbatim(self, text: str) -> None:
        """Lines of a fixed width in one paragraph, each as it is and on a line of its own, to be copied."""
        self._below_a_table = False
        lines = text.removesuffix("\n").split("\n")
        self._document.add_paragraph("\n".join(plain(line) for line in lines), style=VERBATIM)

    def sealed(self, sealed: LatestCheckpoint | None) -> None:
        """The signed checkpoint as it was signed, below a heading of its own; nothing where none was signed."""
        if sealed is not None:
            self.heading(NOTE, 1)
            self.verbatim(sealed.note)

    def picture(self, png: bytes, told: str, caption: str) -> None:
        """A picture as wide as the text; `told` is what it says, for whoever cannot see it."""
        held = self._add("")
        held.paragraph_format.keep_with_next = True
        drawn = held.add_run().add_picture(BytesIO(png), width=self._room)
        drawn._inline.docPr.set("descr", plain(told))
        self._add(caption, "Caption").paragraph_format.keep_with_next = False

    def page_break(self) -> None:
        """What follows begins a page."""
        self._add("").add_run().add_break(WD_BREAK.PAGE)

    def table(
        self,
        caption: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[Said]],
        widths: Sequence[float] = (),
        *,
        told: str = "",
    ) -> None:
        """A caption, one row of heads that repeats on every page, and the rows. No cells are merged; no row is broken
        over two pages. `caption` is empty where the heading above names the table; a screen reader then says what is
        `told`. Nothing at all without rows."""
        cells = [tuple(rows_cells) for rows_cells in rows]
        if not cells:
            return
        if caption:
            self._add(caption, "Caption")
        table = self._document.add_table(rows=1, cols=len(heads))
        _describe(table, plain(caption or told or ", ".join(heads)))
        wide = self._widths(widths or _shares([tuple(heads), *cells]))
        _lay_out(table, wide)
        _fill(table.rows[0], heads, wide)
        for cell in table.rows[0].cells:
            _paint(cell._tc, HEAD)
            for run in cell.paragraphs[0].runs:
                run.bold, run.font.color.rgb = True, RGBColor.from_string(WHITE)
        _row_says(table.rows[0], "w:cantSplit")
        _row_says(table.rows[0], "w:tblHeader")
        for texts in cells:
            row = table.add_row()
            _row_says(row, "w:cantSplit")
            _fill(row, texts, wide)
        self._below_a_table = True

    def data(self) -> bytes:
        """The document's bytes."""
        out = BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _add(self, text: str, style: str | None = None) -> Any:
        """A paragraph; below a table, which has no space of its own, with some above it."""
        paragraph = self._document.add_paragraph(plain(text), style=style)
        if self._below_a_table and not str(style).startswith("Heading"):
            paragraph.paragraph_format.space_before = Pt(8)
        self._below_a_table = False
        return paragraph

    @property
    def _room(self) -> Any:
        section: Any = self._document.sections[-1]
        edges = (section.page_width, section.left_margin, section.right_margin)
        if None in edges:  # a template that leaves the page to Word
            return Cm(17)
        return edges[0] - edges[1] - edges[2]

    def _widths(self, shares: Sequence[float]) -> list[int]:
        """How wide each column is, so that the page is filled."""
        return [int(self._room * share / sum(shares)) for share in shares]


def plain(text: str) -> str:
    """The text without characters that a document cannot hold; line ends are spaces."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def _shares(rows: Sequence[Sequence[Said]]) -> list[float]:
    """Long texts get most of the width."""
    return [min(WIDEST, max(NARROWEST, *(len(str(cell)) for cell in column))) for column in zip(*rows, strict=True)]


def _fill(row: Any, cells: Sequence[Said], widths: Sequence[int]) -> None:
    """The cells of a row, past the library's own cells: they are slow in long tables."""
    for cell, said, width in zip(row._tr.tc_lst, cells, widths, strict=True):
        cell.width = width
        paragraph = cell.p_lst[0]
        spacing = paragraph.get_or_add_pPr()
        spacing.spacing_before, spacing.spacing_after = Pt(2), Pt(2)
        run = paragraph.add_r()
        run.text = plain(in_words(said))
        style = run.get_or_add_rPr()
        style.sz_val = SMALL
        if isinstance(said, Pill):
            _paint(cell, said.paint.ground)
            style.get_or_add_b()
            style.get_or_add_color().val = RGBColor.from_string(said.paint.ink)


def _paint(cell: Any, ground: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", ground)):
        shade.set(qn(f"w:{name}"), value)
    cell.get_or_add_tcPr().append(shade)


def _lay_out(table: Table, widths: Sequence[int]) -> None:
    """Widths that stay as they are, lines between rows and none between columns, a first row that is heads."""
    about = table._tbl.tblPr
    table.autofit = False
    whole = OxmlElement("w:tblW")
    for found in about.findall(qn("w:tblW")):
        about.remove(found)
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(sum(widths) // 635))
    lines = OxmlElement("w:tblBorders")
    for name in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{name}")
        shown = name in ("top", "bottom", "insideH")
        for key, value in (("val", "single" if shown else "nil"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{key}"), value)
        lines.append(line)
    layout = about.find(qn("w:tblLayout"))
    layout.addprevious(whole)
    layout.addprevious(lines)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Emu(width)


def _row_says(row: Any, what: str) -> None:
    element = OxmlElement(what)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _describe(table: Table, caption: str) -> None:
    """What a screen reader says of a table before it reads the cells."""
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    table._tbl.tblPr.append(told)
