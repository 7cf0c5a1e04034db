"""Tables of text from programs of every make: their letters, their separators, and what one bad cell costs."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests.web.intake.making import HISTORY, csv_file, history_row
from web.intake.csv_file import IN_WINDOWS_LETTERS, csv_sheet
from web.intake.reading import FileReading


def text_of(rows, separator=","):
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    return written.getvalue()


def said(reading: FileReading):
    return [(found.urn, found.said) for found in reading.observations]


@pytest.fixture
def plain(read, tmp_path):
    return said(read(csv_file(tmp_path / "plain.csv", HISTORY, [history_row()])))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_separator_in_every_encoding_is_the_same_table(read, tmp_path, plain, separator, encoding):
    rows = [
        ["A title, with a comma; and more"],
        [],
        HISTORY,
        history_row(inspection_framework="short; or, perhaps | not"),
    ]
    path = tmp_path / "h.csv"
    path.write_bytes(text_of(rows, separator).encode(encoding))
    assert said(read(path)) == plain


@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n', "sep=;;;;\n"])
def test_a_first_line_that_names_the_separator_is_no_row(read, tmp_path, plain, line):
    path = tmp_path / "h.csv"
    path.write_text(line + text_of([HISTORY, history_row(), history_row(urn="1", local_authority="Atlantis")], ";"))
    assert said(read(path)) == plain
    assert read(path).rejected[0].row == "row 3"


def test_a_curly_apostrophe_of_windows_costs_no_row_and_is_told(read, tmp_path, plain):
    path = tmp_path / "h.csv"
    path.write_bytes(text_of([HISTORY, history_row(pdf_filename="children’s services – 2025.pdf")]).encode("cp1252"))
    assert said(read(path)) == plain
    assert read(path).notes == (IN_WINDOWS_LETTERS,)


@pytest.mark.parametrize("filler", ["x" * 200_000, "a\x00b", "\udced\udca0\udc80"])
def test_a_column_that_nobody_reads_decides_nothing(read, tmp_path, plain, filler):
    path = tmp_path / "h.csv"
    text = text_of([(*HISTORY, "raw_text"), (*history_row(), filler)])
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert said(read(path)) == plain
    kept = dict(read(path).observations[0].verbatim.cells)["raw_text"]
    assert len(kept) <= 500
    assert kept.isprintable()


@pytest.mark.parametrize("urn", ["80469.0", "80,469", "'80469", " 80469 ", "8.0469E+04"])
def test_a_number_is_known_as_spreadsheets_save_it(read, tmp_path, plain, urn):
    assert said(read(csv_file(tmp_path / "h.csv", HISTORY, [history_row(urn=urn, local_authority="")]))) == plain


def test_days_as_people_write_them_are_read_and_the_reading_is_told(read, tmp_path, plain):
    days = {
        "inspection_start_date": "Mon 2 Dec. 2024",
        "inspection_end_date": "6th December 2024",
        "publication_date": "29-Jan-25",
    }
    reading = read(csv_file(tmp_path / "h.csv", HISTORY, [history_row(**days)]))
    assert said(reading) == plain
    assert reading.notes == (
        "row 2: 'Mon 2 Dec. 2024' under 'inspection_start_date' was read as 2 December 2024",
        "row 2: '6th December 2024' under 'inspection_end_date' was read as 6 December 2024",
        "row 2: '29-Jan-25' under 'publication_date' was read as 29 January 2025",
    )


def test_many_readings_are_told_by_their_number(read, tmp_path):
    rows = [history_row(inspection_start_date="2 Dec 2024", pdf_filename=f"{number}") for number in range(30)]
    assert read(csv_file(tmp_path / "h.csv", HISTORY, rows)).notes[-1] == "10 more days were read in the same way"


def test_a_month_that_comes_first_is_no_day_and_is_said_so(read, tmp_path):
    reading = read(csv_file(tmp_path / "h.csv", HISTORY, [history_row(publication_date="01/29/2025")]))
    assert reading.rejected[0].reason == (
        "'01/29/2025' under 'publication_date' is not a date: there is no month 29; write the day first, for example "
        "20 September 2026"
    )


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_row(read, tmp_path):
    path = tmp_path / "h.csv"
    path.write_text(text_of([HISTORY, history_row()]) + '"80469,' + text_of([history_row()[1:]] * 3))
    assert (read(path).refused or "").startswith("Row 3 opens a quotation mark that is never closed.")


def test_broken_text_in_utf16_is_refused_with_what_to_do(read, tmp_path):
    path = tmp_path / "h.csv"
    path.write_bytes(b"\xff\xfe" + text_of([HISTORY, history_row()]).encode("utf-16-le") + b"\x00\xd8a")
    assert (read(path).refused or "").startswith("It is broken text in UTF-16; save it as CSV UTF-8.")


def test_a_semicolon_inside_commas_parts_nothing():
    assert csv_sheet("a,b\n1;2;3,4\n5;6,7\n", most_rows=10).rows == (("a", "b"), ("1;2;3", "4"), ("5;6", "7"))


def test_a_cell_of_several_lines_is_one_cell():
    assert csv_sheet('a;b\n"1\n2";3\n', most_rows=10).rows == (("a", "b"), ("1\n2", "3"))


def test_the_day_of_a_number_that_lost_its_format_is_told(read, tmp_path):
    reading = read(csv_file(tmp_path / "h.csv", HISTORY, [history_row(publication_date="45686")]))
    assert reading.observations[0].said.published == date(2025, 1, 29)
    assert reading.notes == ("row 2: '45686' under 'publication_date' was read as 29 January 2025",)
