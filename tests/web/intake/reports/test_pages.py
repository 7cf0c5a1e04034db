"""The text of a PDF, and what is refused: each document has a process of its own."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator

import pytest

from tests.web.intake.reports.pdf import Shown, page_of, pdf
from web.intake.reports import sandbox
from web.intake.reports.pages import PdfReader
from web.intake.workbook import FileRefused

HONEST = pdf(page_of(["Inspection of Norfolk local authority", "children’s services"]))


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as reader:
        yield reader


def test_a_line_has_its_place_its_size_and_its_weight(reader: PdfReader):
    text = reader.text(pdf([Shown("Inspection of Norfolk", left=70, baseline=700, size=26, bold=True)], []))
    (line,) = text.pages[0]
    assert (line.page, line.text, line.size, line.bold, line.tag) == (1, "Inspection of Norfolk", 26, True, None)
    assert abs(line.left - 70) < 3
    assert abs(line.baseline - 700) < 0.5
    assert text.pages[1] == ()


def test_two_columns_of_a_table_are_two_cells(reader: PdfReader):
    row = [Shown("Overall effectiveness", left=72), Shown("Good", left=300)]
    (line,) = reader.text(pdf(row)).pages[0]
    assert [cell.text for cell in line.cells] == ["Overall effectiveness", "Good"]


def test_a_bullet_stays_with_what_it_leads(reader: PdfReader):
    (line,) = reader.text(pdf([Shown("•", left=72), Shown("The timeliness of visits", left=90)])).pages[0]
    assert [cell.text for cell in line.cells] == ["• The timeliness of visits"]


def test_a_tagged_document_says_what_each_line_is(reader: PdfReader):
    page = [
        Shown("What needs to improve?", baseline=700, tag="H2"),
        Shown("The quality of", baseline=680, tag="LI.1"),
        Shown("planning.", baseline=665, tag="LI.1"),
        Shown("Supervision.", baseline=650, tag="LI.2"),
        Shown("23 to 27 February 2026", baseline=30),
    ]
    lines = reader.text(pdf(page)).pages[0]
    assert [line.tag for line in lines] == ["H2", "LI", "LI", "LI", ""]
    assert lines[1].block == lines[2].block != lines[3].block


def test_a_document_says_whether_its_file_marks_lists(reader: PdfReader):
    page = [Shown("What needs to improve?", baseline=700, tag="H2"), Shown("• Supervision.", baseline=680, tag="P")]
    assert not reader.text(pdf(page)).marks_lists
    assert reader.text(pdf([page[0], Shown("Supervision.", baseline=680, tag="LI.1")])).marks_lists
    assert not reader.text(HONEST).marks_lists


def test_pages_that_a_viewer_turns_are_read_as_they_were_set(reader: PdfReader):
    page = page_of(["Inspection dates: 23 February 2026 to", "6 March 2026"])
    turned = pdf(page).replace(b"/MediaBox", b"/Rotate 90/MediaBox")
    assert reader.text(turned).pages[0] == reader.text(pdf(page)).pages[0]


def test_a_document_without_text_is_refused(reader: PdfReader):
    with pytest.raises(FileRefused, match="no text; a scanned document is not read"):
        reader.text(pdf([]))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"\n<!DOCTYPE html>\n<html lang='en'>", "a web page that was saved under the name of a PDF"),
        (b"PK\x03\x04 something else", "it is not a PDF"),
        (HONEST[:300], "it is damaged"),
        (b"%PDF-1.7\n" + b"\x00" * 5000, "it is damaged"),
        (HONEST.replace(b"/Root 1 0 R", b"/Root 9 0 R"), "it is damaged"),
    ],
)
def test_what_is_no_pdf_or_a_damaged_one_is_refused_in_words(reader: PdfReader, content: bytes, why: str):
    with pytest.raises(FileRefused, match=why):
        reader.text(content)


def bomb(drawn: bytes) -> bytes:
    """A page whose content unfolds to what is drawn, and the same again many times over."""
    packed = zlib.compress(drawn)
    made = pdf(page_of(["x"]))
    start = made.index(b"<</Length")
    end = made.index(b"endstream") + len(b"endstream")
    stream = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    return made[:start] + stream + made[end:]


HOSTILE = {
    "much text": bomb(b"BT /F1 1 Tf (" + b"word " * 20_000_000 + b") Tj ET"),
    "many lines": bomb(b"BT /F1 1 Tf " + b"1 0 0 1 0 0 Tm (a b) Tj " * 3_000_000 + b"ET"),
    "many paths": bomb(b"0 0 m 1 1 l S " * 8_000_000),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_document_is_refused_within_its_limits_and_the_next_is_read(reader: PdfReader, kind: str):
    began = time.monotonic()
    with pytest.raises(FileRefused, match=r"too long|more than|damaged"):
        reader.text(HOSTILE[kind])
    assert time.monotonic() - began < sandbox.SECONDS + 1
    assert reader.text(HONEST).pages[0][1].text == "children’s services"


def test_a_reader_whose_process_died_starts_another(reader: PdfReader):
    reader.text(HONEST)
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()
    with pytest.raises(FileRefused, match="damaged"):
        reader.text(HONEST)
    assert len(reader.text(HONEST).pages) == 1
