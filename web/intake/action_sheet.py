"""A council's own list of actions: the sheet of a workbook or a CSV file, its headings found wherever they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from web.formats.cells import CLOSING
from web.intake.csv_file import csv_sheet, decoded, in_utf_8
from web.intake.layouts import is_workbook, other_format
from web.intake.tables import LONGEST_CELL, MOST_COLUMNS, SEARCHED_FOR_HEADER, Cell, Sheet, collapsed, shown
from web.intake.workbook import FileRefused, read_workbook

MOST_ROWS = 2_000
WANTED = "A list of actions is a workbook (XLSX or ODS) or a CSV file with a row of column headings."
SAVE_AGAIN = "Open it in your spreadsheet program, save it as a new XLSX file, and send that in."


@dataclass(frozen=True)
class SheetRow:
    """One row below the headings, and where a person finds it."""

    place: str
    cells: tuple[Cell, ...]

    def cell(self, column: int | None) -> Cell:
        return None if column is None or column >= len(self.cells) else self.cells[column]

    def fault(self, columns: Iterable[int]) -> str | None:
        """Why nothing in the row can be trusted, or None; only the columns that are read decide."""
        for cell in map(self.cell, columns):
            if not isinstance(cell, str):
                continue
            if len(cell) > LONGEST_CELL:
                return f"it has a cell longer than {LONGEST_CELL:,} characters"
            if "\x00" in cell:
                return "it has a cell that holds a NUL character"
            if any("\ud800" <= character <= "\udfff" for character in cell):
                return "it has a cell that holds bytes that are not text"
        return None


@dataclass(frozen=True)
class ActionSheet:
    """Headings as the file spells them, a name for each column, and the rows that are not blank.

    `others` are the names of the workbook's other sheets that hold a table; nothing of them is read."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    others: tuple[str, ...] = ()

    def values(self, column: int | None) -> tuple[str, ...]:
        """What stands in a column, each text once, in order."""
        return tuple(dict.fromkeys(filter(None, (shown(row.cell(column)) for row in self.rows))))


def read_sheet(content: bytes, known: Collection[str], called: str = "The file") -> ActionSheet:
    """The sheet and row of headings with most of the headings `known`. Raises FileRefused with a sentence on the file
    as it is `called`."""
    sheets = _workbook(content, called) if is_workbook(content) else (_csv(in_utf_8(content), called),)
    found = max(
        (
            (_score(row, known), -place, -number, sheet)
            for place, sheet in enumerate(sheets)
            for number, row in _top(sheet)
        ),
        key=lambda one: one[:3],
        default=None,
    )
    if found is None or found[0] < 2:
        raise FileRefused(f"{called} has no row with two column headings or more near its top. {WANTED}")
    _, _, number, sheet = found
    others = tuple(one.name for one in sheets if one is not sheet and sum(len(row) > 1 for row in one.rows) > 1)
    return replace(_below(sheet, -number, called), others=others)


def _workbook(content: bytes, called: str) -> tuple[Sheet, ...]:
    try:
        return read_workbook(content, [".*"]).sheets
    except FileRefused as refusal:
        raise FileRefused(f"{called} cannot be read: {refusal}. {SAVE_AGAIN}") from None


def _csv(content: bytes, called: str) -> Sheet:
    if not content.strip():
        raise FileRefused(f"{called} is empty. {WANTED}")
    if (what := other_format(content)) is not None:
        raise FileRefused(f"{called} is {what}. {WANTED}")
    try:
        return csv_sheet(decoded(content).text, most_rows=MOST_ROWS + SEARCHED_FOR_HEADER)
    except ValueError as fault:
        raise FileRefused(f"{called} is not one that can be read: {fault}. {WANTED}") from None


def _top(sheet: Sheet) -> list[tuple[int, tuple[Cell, ...]]]:
    return list(enumerate(sheet.rows[:SEARCHED_FOR_HEADER]))


def _score(cells: tuple[Cell, ...], known: Collection[str]) -> int:
    """How much a row looks like headings: one for each short text of its own, four more for one that is known."""
    texts = {collapsed(cell) for cell in cells if isinstance(cell, str) and 0 < len(cell.strip()) <= 100}
    return len(texts) + 4 * len(texts & set(known))


def _completed(cells: tuple[Cell, ...], above: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Headings with what stands above those that are blank, where headings stand in two rows."""
    if sum(bool(shown(cell)) for cell in above) < 2 or any(isinstance(cell, date) for cell in above):
        return cells
    return tuple(cell if shown(cell) or place >= len(above) else above[place] for place, cell in enumerate(cells))


def _below(sheet: Sheet, heading: int, called: str) -> ActionSheet:
    cells = _completed(sheet.rows[heading], sheet.rows[heading - 1] if heading else ())
    width = max((place for place, cell in enumerate(cells[:MOST_COLUMNS], 1) if shown(cell)), default=0)
    headings = tuple(
        " ".join(shown(cell).split())[:100] or f"Column {place}" for place, cell in enumerate(cells[:width], 1)
    )
    rows = tuple(
        SheetRow(f"row {number}", row[:width])
        for number, row in enumerate(sheet.rows[heading + 1 :], heading + 2)
        if any(shown(cell) for cell in row[:width]) and shown(row[0]) != CLOSING
    )
    if len(rows) > MOST_ROWS:
        raise FileRefused(f"{called} has more than {MOST_ROWS:,} rows. Send in the rows of this plan only.")
    return ActionSheet(sheet.name, headings, rows)
