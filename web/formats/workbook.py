"""Workbooks that are safe to open: text is only text, days are days, each sheet is one table with its heads frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from web.formats.blocks import Cell, Grid
from web.formats.cells import holdable
from web.formats.latest_checkpoint import LatestCheckpoint, line_by_line

WIDEST = 60
NARROWEST = 10


class Workbook:
    """Sheets in the order in which they are added."""

    def __init__(self, title: str, subject: str) -> None:
        from xlsxwriter import Workbook as Written

        self._bytes = BytesIO()
        self._book = Written(
            self._bytes,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "dd/mm/yyyy",
            },
        )
        self._book.set_properties({"title": holdable(title), "subject": holdable(subject), "author": ""})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._head = self._book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})

    def table(self, name: str, grid: Grid) -> None:
        """A sheet with one table; `name` has at most 31 characters. Heads alone where there are no rows."""
        sheet = self._sheet(name, grid.caption)
        for column, head in enumerate(grid.heads):
            sheet.write_string(0, column, head, self._head)
            sheet.set_column(column, column, _width(head, [row[column] for row in grid.rows]))
        for number, row in enumerate(grid.rows, 1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if grid.rows:
            sheet.add_table(
                *(0, 0, len(grid.rows), len(grid.heads) - 1),
                {"columns": [{"header": head} for head in grid.heads], "style": "Table Style Light 1"},
            )

    def notes(self, name: str, lines: Sequence[tuple[str, str]]) -> None:
        """A sheet of names and what they stand for."""
        sheet = self._sheet(name, name)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 100)
        for number, (called, text) in enumerate(lines):
            sheet.write_string(number, 0, holdable(called), self._head)
            sheet.write_string(number, 1, holdable(text), self._wrapped)

    def sealed(self, sealed: LatestCheckpoint | None) -> None:
        """A sheet with the checkpoint, a line of the note in each cell; none where none was signed."""
        if sealed is not None:
            self.notes("Checkpoint", [*sealed.about, *line_by_line(sealed.note)])

    def data(self) -> bytes:
        """The workbook's bytes; nothing can be added after."""
        self._book.close()
        return self._bytes.getvalue()

    def _sheet(self, name: str, printed: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{printed.replace('&', '&&')[:150]}&RPage &P of &N")
        return sheet

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, column, holdable(cell), self._wrapped)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self._day)
        elif cell is not None:
            sheet.write_number(row, column, cell, self._wrapped)


def _width(head: str, cells: Sequence[Cell]) -> int:
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=NARROWEST)
    return max(NARROWEST, min(WIDEST, max(longest, len(head) + 2)))
