"""A council's own list of actions: its headings are found wherever they stand, and harmful files are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.web.intake.making import xlsx
from web.intake.action_sheet import HEADING_ABOVE, read_sheet
from web.intake.sheet_colours import colour_named, legend_in
from web.intake.workbook import FileRefused
from web.plans.spreadsheet.columns import KNOWN, guessed_columns, guessed_finding, guessed_meaning

FOUND = ["No.", "Action", "Owner", "Due"]


def test_headings_are_found_below_titles_and_on_a_later_sheet(tmp_path: Path):
    made = xlsx(
        tmp_path / "plan.xlsx",
        {"Notes": [["Version", "7"]], "Plan": [["Our plan"], [], FOUND, ["1", "Train managers", "Head", "3/4/2027"]]},
    )
    sheet = read_sheet(made.read_bytes(), KNOWN)
    assert (sheet.name, list(sheet.headings), [row.place for row in sheet.rows]) == ("Plan", FOUND, ["row 4"])
    assert guessed_columns(sheet.headings) == {"number": 0, "what": 1, "owner": 2, "due": 3}


def test_a_csv_file_of_an_older_spreadsheet_keeps_its_letters():
    sheet = read_sheet("Action,Owner\nChildren’s café,Head\n".encode("cp1252"), KNOWN)
    assert sheet.rows[0].cells == ("Children’s café", "Head")


def test_a_gigabyte_in_a_small_archive_is_refused():
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as written,
        written.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(1024):
            part.write(bytes(1024 * 1024))
    with pytest.raises(FileRefused, match="more than 100 times its size"):
        read_sheet(bomb.getvalue(), KNOWN)


@pytest.mark.parametrize(
    "content", [b"\x00" * 1000, b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, b"\xff\xd8\xff", b"a"]
)
def test_what_is_no_table_is_refused(content: bytes):
    with pytest.raises(FileRefused):
        read_sheet(content, KNOWN)


@pytest.mark.parametrize(
    ("word", "means"),
    [("GREEN", "in_progress/on_track"), ("Not  started", "not_started/"), ("Completed", "complete/"), ("Purple", "")],
)
def test_status_words_are_guessed_where_councils_agree(word: str, means: str):
    assert guessed_meaning(word) == means


def test_a_finding_is_guessed_only_where_one_fits():
    from domain.values.plans import finding_of
    from tests.web.planned import NAMES

    findings = [finding_of(NAMES, text, priority=False) for text in ("Supervision of staff", "Plans of staff")]
    assert guessed_finding("supervision of", findings) == "1"
    assert guessed_finding("of staff", findings) == ""


def merged_and_coloured() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write(0, 0, "RAG: Blue complete / Green on track / Amber some concern / Red off track")
        sheet.write_row(1, 0, ["Area", "Action", "Owner", "RAG"])
        sheet.merge_range(2, 0, 3, 0, "Front door")
        sheet.write_row(2, 1, ["Train managers", "Head"])
        sheet.write_row(3, 1, ["Review cases", "Head"])
        sheet.write_row(4, 0, ["Area", "Action", "Owner", "RAG"])
        sheet.write(5, 0, "2. Children in care")
        sheet.write_row(6, 1, ["Meet weekly", "Head"])
        for row, colour in ((2, "#00B050"), (3, "#FFC000"), (6, "#FFFFFF")):
            sheet.write_blank(row, 3, None, book.add_format({"bg_color": colour}))
    return out.getvalue()


def test_merged_cells_are_filled_down_and_colours_told_in_words():
    sheet = read_sheet(merged_and_coloured(), KNOWN)
    assert [row.place for row in sheet.rows] == ["row 3", "row 4", "row 6", "row 7"], "headings said again are no row"
    assert [row.cell(0) for row in sheet.rows[:2]] == ["Front door", "Front door"]
    assert [sorted(row.filled) for row in sheet.rows[:2]] == [[], [0]]
    assert [dict(row.colours) for row in sheet.rows] == [{3: "green"}, {3: "amber"}, {}, {}]
    assert sheet.headings[-1] == HEADING_ABOVE
    assert sheet.rows[-1].cell(4) == "2. Children in care"
    assert legend_in(sheet.above) == {
        "blue": "complete",
        "green": "on track",
        "amber": "some concern",
        "red": "off track",
    }


def test_of_merged_blocks_over_each_other_each_cell_is_filled_once(tmp_path: Path):
    rows = [[None if number else "Front door", f"Do {number}"] for number in range(4)]
    made = xlsx(tmp_path / "plan.xlsx", {"Plan": [["Finding", "Action"], *rows]}).read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as held, zipfile.ZipFile(out, "w") as written:
        for name in held.namelist():
            blocks = b'</sheetData><mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="A2:A5"/></mergeCells>'
            written.writestr(name, held.read(name).replace(b"</sheetData>", blocks))
    sheet = read_sheet(out.getvalue(), KNOWN)
    assert [row.cells[0] for row in sheet.rows] == ["Front door", "Front door", "Front door", ""]


def test_sheets_that_together_have_too_many_columns_are_refused(tmp_path: Path):
    pages = {
        f"Plan {page}": [["Action", "Owner", "Due", *(f"{page} {one}" for one in range(200))], ["Train", "Head"]]
        for page in range(2)
    }
    with pytest.raises(FileRefused, match="more than 256 columns over its sheets"):
        read_sheet(xlsx(tmp_path / "wide.xlsx", pages).read_bytes(), KNOWN, chosen=list(pages))


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ("FFFFFF", ""),
        ("000000", ""),
        ("1F3864", "blue"),
        ("00B0F0", "blue"),
        ("92D050", "green"),
        ("FFFF00", "yellow"),
        ("FFC7CE", "red"),
        ("C6EFCE", "green"),
        ("FFEB9C", "amber"),
        ("D9D9D9", "grey"),
        ("7030A0", "purple"),
        ("x", ""),
    ],
)
def test_a_colour_has_the_name_that_people_give_it(rgb: str, name: str):
    assert colour_named(rgb) == name


def test_a_longer_heading_is_known_by_its_words():
    headings = (
        "Recommendation",
        "Actions to be taken",
        "Responsible officer / lead",
        "Timescale for completion",
        "Success criteria / KPI",
        "Current RAG",
        "Progress to date",
    )
    keys = ("findings", "what", "owner", "due", "measure", "progress", "narrative")
    assert guessed_columns(headings) == {key: place for place, key in enumerate(keys)}
    assert guessed_columns(("No", "Action", "Due Date (original)", "Revised date")) == {
        "what": 1,
        "due": 3,
        "first_due": 2,
    }
