"""A number that its cell shows as a percentage is one, in workbooks of both kinds."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
import xlsxwriter

from tests.web.intake.making import ods_of, with_part
from web.intake.tables import Cell
from web.intake.workbook import read_workbook

NUMBERS = (0.62, 1, 0.075, 0.715, 1.25, 0.333333, 0.0)
SHOWN = ("62%", "100%", "7.5%", "71.5%", "125%", "33.3333%", "0%")


def rows_of(content: bytes, sheet: str = "Plan") -> tuple[tuple[Cell, ...], ...]:
    return next(one.rows for one in read_workbook(content, [".*"]).sheets if one.name == sheet)


def workbook(code: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Notes").write(0, 0, 0.5, book.add_format({"num_format": "0%"}))
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, ["Unit", "Baseline"])
        sheet.write_row(2, 1, NUMBERS, book.add_format({"num_format": code}))
        sheet.write_row(3, 1, [0.62, 12, "90%"])
        sheet.write_datetime(3, 5, date(2027, 3, 31), book.add_format({"num_format": "dd/mm/yyyy"}))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("code", ["0%", "0.00%", "0.0%", '0.0"%"%', "0%;[Red]-0%", "# ##0 %"])
def test_a_cell_of_a_percentage_format_is_a_percentage(code):
    rows = rows_of(workbook(code))
    assert rows[2][1:] == SHOWN
    assert rows[3] == ("", 0.62, 12.0, "90%", "", date(2027, 3, 31), "", "")


@pytest.mark.parametrize("code", ["0.00", '0.0"%"', "0\\%", "0_%", "[$%]0"])
def test_a_percent_sign_that_is_only_written_multiplies_nothing(code):
    assert rows_of(workbook(code))[2][1:] == NUMBERS


def test_a_cell_that_does_not_say_where_it_stands_follows_the_one_before_it(tmp_path):
    made = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(made) as book:
        percent = book.add_format({"num_format": "0%"})
        sheet = book.add_worksheet("Plan")
        for row, cells in enumerate([[(0.5, None), (0.25, percent)], [(0.75, percent), (3, None)]]):
            for column, (number, form) in enumerate(cells):
                sheet.write_number(row, column, number, form)
    with zipfile.ZipFile(made) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    with_part(made, "xl/worksheets/sheet1.xml", re.sub(rb' r="[A-Z]*\d+"', b"", part))
    assert rows_of(made.read_bytes()) == ((0.5, "25%"), ("75%", 3.0))


def test_an_opendocument_percentage_is_one_also_where_it_is_repeated(tmp_path):
    percent = '<table:table-cell {} office:value-type="percentage" office:value="0.62"/>'
    plain = '<table:table-cell office:value-type="float" office:value="0.62"><text:p>0.62</text:p></table:table-cell>'
    twice = percent.format('table:number-columns-repeated="2"')
    tables = (
        '<table:table table:name="Plan">'
        f"<table:table-row>{plain}{twice}{plain}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{percent.format("")}{plain}</table:table-row>'
        f"<table:table-row>{plain}</table:table-row></table:table>"
    )
    rows = rows_of(ods_of(tmp_path / "plan.ods", tables).read_bytes())
    assert [tuple(cell for cell in row if cell != "") for row in rows] == [
        (0.62, "62%", "62%", 0.62),
        ("62%", 0.62),
        ("62%", 0.62),
        (0.62,),
    ]
