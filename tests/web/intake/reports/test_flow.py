"""Headings, bullets and paragraphs of a document, each on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.web.intake.reports.paper import Line, laid_out, letter, pages_of, pdf
from tests.web.intake.reports.pdf import Shown
from tests.web.intake.reports.pdf import pdf as tagged
from web.intake.reports.flow import BlockRole, TextFlow, flow_of
from web.intake.reports.pages import PdfReader

LONG = (
    "The timeliness and quality of assessments and plans for children who need help and protection, "
    "so that they are safe."
)


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as reader:
        yield reader


def flow(reader: PdfReader, text: str) -> TextFlow:
    return flow_of(reader.text(letter(text)))


def shown(read: TextFlow) -> list[tuple[str, str]]:
    return [(block.role.value, block.text) for block in read.blocks]


def test_a_heading_bullets_and_a_paragraph_are_told_apart_and_joined_over_lines(reader: PdfReader):
    read = flow(reader, f"# What needs to improve?\n* {LONG}\n* Supervision\n- its quality\n\n{LONG}")
    assert shown(read) == [
        ("heading", "What needs to improve?"),
        ("bullet", LONG),
        ("bullet", "Supervision"),
        ("bullet", "its quality"),
        ("text", LONG),
    ]
    assert [block.level for block in read.blocks] == [0, 1, 1, 2, 0]


def test_a_bullet_goes_on_over_the_end_of_a_page_and_over_a_page_number(reader: PdfReader):
    lines = laid_out(f"# What needs to improve?\n* {LONG}")
    pages = pages_of([*lines[:2], Line("\f"), *lines[2:]])
    read = flow_of(reader.text(pdf(pages)))
    assert shown(read) == [("heading", "What needs to improve?"), ("bullet", LONG)]
    assert read.blocks[1].page == 1


def test_a_paragraph_that_ends_with_its_page_does_not_go_on(reader: PdfReader):
    read = flow(reader, "All is well.\n\f\nOfsted will take this into account.")
    assert shown(read) == [("text", "All is well."), ("text", "Ofsted will take this into account.")]
    assert [block.page for block in read.blocks] == [1, 2]


def test_small_print_and_running_heads_are_left_out(reader: PdfReader):
    head = (Line("Area SEND inspection report: Invented", size=10), 810)
    long = "Children are helped and protected in this area when they need it, and in time."
    pages = [
        [head, (Line(long), 700), (Line("1 A footnote.", size=9), 90)],
        [head, (Line("Second."), 700)],
        [head, (Line(long), 700), (Line("Piccadilly Gate", size=9), 60)],
    ]
    read = flow_of(reader.text(pdf(pages)))
    assert [block.text for block in read.blocks] == [long, "Second.", long]


def test_a_find_in_the_text_has_its_page_and_its_words(reader: PdfReader):
    read = flow(reader, "Dear Ms Example\n\f\nThe visit was on 1 May 2024.")
    found = re.search(r"on (?P<days>1 May 2024)", read.text)
    assert found
    assert read.found(found, "days").page == 2
    assert read.found(found, "days").words == "1 May 2024"
    heading = read.under(re.compile("Overview"))
    assert heading is None


def test_what_stands_under_a_heading_ends_at_the_next(reader: PdfReader):
    read = flow(reader, "# Areas for priority action\n* One\n* Two\n\n# Findings\n\nMuch.")
    found = read.under(re.compile("areas? for priority actions?", re.IGNORECASE))
    assert found
    heading, below = found
    assert heading.role is BlockRole.HEADING
    assert [block.text for block in below] == ["One", "Two"]


def numbered(read: TextFlow) -> list[tuple[str | None, str]]:
    return [(block.number, block.text) for block in read.blocks]


def test_numbered_paragraphs_keep_their_numbers_whatever_their_tag(reader: PdfReader):
    page = [
        Shown("1. Ensure that visits are made.", baseline=700, tag="H2.1"),
        Shown("2.Supervision is regular.", baseline=672, tag="LI.1"),
        Shown("3.. Leaders listen.", baseline=644, tag="P.1"),
        Shown("12 January 2026", baseline=616, tag="P.2"),
    ]
    read = flow_of(reader.text(tagged(page)))
    assert numbered(read) == [
        ("1", "Ensure that visits are made."),
        ("2", "Supervision is regular."),
        ("3", "Leaders listen."),
        (None, "12 January 2026"),
    ]


def test_a_figure_at_the_head_of_a_page_begins_no_paragraph_inside_one(reader: PdfReader):
    before = [
        Shown("97. There has been an increase", baseline=100, left=72),
        Shown("in six months (from 41 to", baseline=86, left=100),
    ]
    after = [Shown("58) of the complaints made.", baseline=760, left=100)]
    (block,) = flow_of(reader.text(tagged(before, after))).blocks
    assert (block.number, block.text) == (
        "97",
        "There has been an increase in six months (from 41 to 58) of the complaints made.",
    )
