"""Workbooks that are safe to open: text is only text, days are days, each sheet is one table with its heads frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from web.formats.blocks import Cell, Grid, SharesBar
from web.formats.cells import holdable
from web.formats.latest_checkpoint import LatestCheckpoint, line_by_line
from web.formats.pills import BARS, PAINTS, SIGNS, Pill

WIDEST = 45
NARROWEST = 8
MOST_ON_A_PAGE = 12
"""Columns that fit beside each other on a printed page; wider sheets are printed over several, the first two columns
on each."""


class Workbook:
    """Sheets in the order in which they are added."""

    def __init__(self, title: str, subject: str, *, foot: str = "") -> None:
        from xlsxwriter import Workbook as Written

        self._bytes, self._foot = BytesIO(), foot or title
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
        self._title = self._book.add_format({"bold": True, "font_size": 16})
        self._states = {
            tone: self._book.add_format({"bg_color": f"#{PAINTS[tone].ground}", "font_color": f"#{PAINTS[tone].ink}"})
            for tone in SIGNS
        }
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})

    def table(self, name: str, grid: Grid) -> None:
        """A sheet with one table; `name` has at most 31 characters. Heads alone where there are no rows."""
        sheet = self._sheet(name, grid.caption, columns=len(grid.heads))
        for column, head in enumerate(grid.heads):
            sheet.write_string(0, column, head, self._head)
            sheet.set_column(column, column, _width(head, [row[column] for row in grid.rows]))
        for number, row in enumerate(grid.rows, 1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if len(grid.heads) > MOST_ON_A_PAGE:
            sheet.repeat_columns(0, 1)
        if grid.rows:
            self._colour(sheet, grid)
            sheet.add_table(
                *(0, 0, len(grid.rows), len(grid.heads) - 1),
                {"columns": [{"header": head} for head in grid.heads], "style": "Table Style Light 1"},
            )

    def summary(self, name: str, lines: Sequence[str], bar: SharesBar | None) -> None:
        """A sheet of sentences, the first as its title; and where there is a bar its counts in a small table, with one
        chart of them."""
        sheet = self._sheet(name, name)
        sheet.set_column(0, 0, 2 * WIDEST)
        sheet.set_column(1, 1, 10)
        sheet.write_string(0, 0, holdable(lines[0]), self._title)
        for number, text in enumerate(lines[1:], 1):
            sheet.write_string(number, 0, holdable(text), self._wrapped)
        if bar is None:
            return
        first = len(lines) + 1
        sheet.write_row(first, 0, ("State", "Actions"), self._head)
        chart = self._book.add_chart({"type": "bar", "subtype": "percent_stacked"})
        for row, (number, pill) in enumerate(bar.shares, first + 1):
            sheet.write_string(row, 0, str(pill), self._states[pill.tone])
            sheet.write_number(row, 1, number)
            chart.add_series(
                {
                    "name": [name, row, 0],
                    "values": [name, row, 1, row, 1],
                    "fill": {"color": f"#{BARS[pill.share].ground}"},
                    "gap": 30,
                    "data_labels": {"value": True, "font": {"color": f"#{BARS[pill.share].ink}", "bold": True}},
                }
            )
        chart.set_title({"name": bar.title, "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_size({"width": 760, "height": 200})
        place = first + len(bar.shares) + 2
        sheet.insert_chart(place, 0, chart, {"description": bar.caption, "object_position": 1})

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

    def _sheet(self, name: str, printed: str, *, columns: int = 1) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        if columns <= MOST_ON_A_PAGE:
            sheet.fit_to_pages(1, 0)
        foot, what = (text.replace("&", "&&") for text in (self._foot, printed))
        sheet.set_footer(f"&L{foot[:100]}&C{what[:90]}&RPage &P of &N")
        return sheet

    def _colour(self, sheet: Any, grid: Grid) -> None:
        """Columns of states in the colours of their pills, by the sign that each begins with."""
        for column in range(len(grid.heads)):
            tones = {cell.tone for row in grid.rows if isinstance(cell := row[column], Pill) and cell.tone in SIGNS}
            for tone in sorted(tones):
                rule = {"type": "text", "criteria": "begins with", "value": SIGNS[tone], "format": self._states[tone]}
                sheet.conditional_format(1, column, len(grid.rows), column, rule)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str | Pill):
            sheet.write_string(row, column, holdable(str(cell)), self._wrapped)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self._day)
        elif cell is not None:
            sheet.write_number(row, column, cell, self._wrapped)


def _width(head: str, cells: Sequence[Cell]) -> int:
    longest = max((len(str(cell)) for cell in cells if isinstance(cell, str | Pill)), default=NARROWEST)
    return max(NARROWEST, min(WIDEST, max(longest, len(head) + 2)))
