"""Word documents: what a screen reader, a printer and a suspicious reader need of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from web.charts.stacked_bar import CountOf, stacked_bar
from web.formats.drawing import HEIGHT, SCALE, WIDTH, bar
from web.formats.word import Paper

DRAWN = stacked_bar("So far", [CountOf("complete", "complete", 3), CountOf("late", "overdue", 1)], (WIDTH, HEIGHT))


@pytest.fixture
def read() -> Any:
    paper = Paper("Report on a plan", "Post-Ofsted action plan")
    paper.heading("Purpose", 1)
    paper.paragraph('=HYPERLINK("http://example.invalid")\x00 stays text,\nwith one line.')
    paper.bullets(["One", "Two"])
    paper.picture(bar(DRAWN), "3 complete, 1 overdue", "So far")
    paper.table("Actions", ["Number", "Action"], [("1", "Do this"), ("2", "")])
    paper.table("Nothing to list", ["Number"], [])
    return docx.Document(BytesIO(paper.data()))


def test_a_document_has_a_title_a_language_and_real_headings(read: Any) -> None:
    about = read.core_properties
    assert (about.title, about.subject, about.language) == ("Report on a plan", "Post-Ofsted action plan", "en-GB")
    assert [(p.style.name, p.text) for p in read.paragraphs if p.style.name in ("Title", "Heading 1")] == [
        ("Title", "Report on a plan"),
        ("Heading 1", "Purpose"),
    ]
    assert {element.get(qn("w:val")) for element in read.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_lists_are_lists_and_no_empty_paragraph_makes_space(read: Any) -> None:
    assert [p.text for p in read.paragraphs if p.style.name == "List Bullet"] == ["One", "Two"]
    assert all(p.text or list(p._p.iter(qn("w:drawing"))) for p in read.paragraphs)


def test_a_picture_fills_the_text_and_says_what_it_shows(read: Any) -> None:
    (picture,) = read.inline_shapes
    assert (picture._inline.docPr.get("descr"), round(picture.width.cm, 1)) == ("3 complete, 1 overdue", 17.0)
    drawn = read.part.related_parts[picture._inline.graphic.graphicData.pic.blipFill.blip.embed].image
    assert (drawn.content_type, drawn.px_width) == ("image/png", WIDTH * SCALE)


def test_the_heads_of_a_table_repeat_and_no_cells_are_merged(read: Any) -> None:
    (table,) = read.tables
    rows = table._tbl.tr_lst
    assert [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Number", "Action"],
        ["1", "Do this"],
        ["2", ""],
    ]


def test_text_is_only_ever_text(read: Any) -> None:
    assert any(p.text == '=HYPERLINK("http://example.invalid")  stays text, with one line.' for p in read.paragraphs)
    assert not list(read.element.iter(qn("w:fldSimple"), qn("w:instrText"), qn("w:hyperlink")))
