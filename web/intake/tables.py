"""Tables inside sheets: found by their header row wherever it stands, read by header name, never by position."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None

LONGEST_CELL = 10_000
"""Characters in one cell; the longest in any file read so far has 2,000."""

MOST_COLUMNS = 256

SEARCHED_FOR_HEADER = 30
"""A header row stands this near the top, or the sheet has no table."""


@dataclass(frozen=True)
class Sheet:
    """A grid as published; row and column 1 are the first of each. A CSV file is one sheet without a name."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


NO_SHEET = Sheet("", ())


@dataclass(frozen=True)
class TableRow:
    """One row of a table: its cells by header key, and where a person finds it.

    `surplus` is true of a row of a CSV file with more cells than its header: a comma out of place."""

    place: str
    cells: Mapping[str, Cell]
    surplus: bool = False

    def get(self, *keys: str) -> Cell:
        """The cell under the first of these headers that the table has; None where it has none of them."""
        if len(keys) == 1:
            return self.cells.get(keys[0])
        return next((self.cells[key] for key in keys if key in self.cells), None)

    def text(self, *keys: str) -> str:
        return shown(self.get(*keys))

    def fault(self, columns: Iterable[str]) -> str | None:
        """Why nothing in the row can be trusted, or None; only the columns that are read decide."""
        if self.surplus:
            return "it has more cells than the header has columns"
        for key in columns:
            cell = self.cells.get(key)
            if not isinstance(cell, str):
                continue
            if len(cell) > LONGEST_CELL:
                return f"the cell under {key!r} is longer than {LONGEST_CELL:,} characters"
            if "\x00" in cell:
                return f"the cell under {key!r} holds a NUL character"
            if not cell.isascii() and any("\ud800" <= character <= "\udfff" for character in cell):
                return f"the cell under {key!r} holds bytes that are not text in UTF-8"
        return None


@dataclass(frozen=True)
class Table:
    """A header row and what stands below it. `headers` gives each key as the file spells it.

    `later` is true of the second table in a sheet, which Ofsted keeps for authorities that no longer exist."""

    sheet: str
    headers: Mapping[str, str]
    rows: tuple[TableRow, ...]
    later: bool = False


def collapsed(text: object) -> str:
    """Header text as it is compared: line breaks and runs of spaces as one space, no case."""
    return " ".join(str(text).replace("’", "'").split()).casefold()


def shown(cell: Cell) -> str:
    """A cell as text: dates as ISO, whole numbers without a fraction, spaces trimmed."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def underscored(text: object) -> str:
    """The same of headers that are names of columns: `Publication Date` is `publication_date`."""
    return collapsed(text).replace(" ", "_")


def tables_in(
    sheet: Sheet, is_header: Callable[[Sequence[str]], bool], key: Callable[[object], str] = collapsed
) -> list[Table]:
    """Every table of a sheet: it begins at a row that `is_header` accepts and ends at the next such row.

    `key` is how headers are compared. Blank rows, and titles that stand alone in their row, are passed over."""
    found: list[Table] = []
    headers: dict[int, str] = {}
    spelled: dict[str, str] = {}
    rows: list[TableRow] = []
    for number, cells in enumerate(sheet.rows, start=1):
        keys = [key(cell) if isinstance(cell, str) else "" for cell in cells]
        if is_header(keys):
            if headers:
                found.append(Table(sheet.name, spelled, tuple(rows), later=bool(found)))
            headers = _numbered(keys)
            spelled = {name: _spelled(cells[index], name, keys[index]) for index, name in headers.items()}
            rows = []
        elif headers:
            filled = [index for index, cell in enumerate(cells) if shown(cell)]
            if not filled or (filled == [0] and len(headers) > 1):
                continue
            place = f"{sheet.name}, row {number}" if sheet.name else f"row {number}"
            by_key = {name: cells[index] if index < len(cells) else None for index, name in headers.items()}
            rows.append(TableRow(place, by_key, surplus=not sheet.name and filled[-1] > max(headers)))
        elif number > SEARCHED_FOR_HEADER:
            break
    if headers:
        found.append(Table(sheet.name, spelled, tuple(rows), later=bool(found)))
    return found


def _numbered(keys: Sequence[str]) -> dict[int, str]:
    """Keys by column; a header given twice is told apart as `name (2)`."""
    named: dict[int, str] = {}
    for index, key in enumerate(keys):
        if key:
            again = sum(1 for taken in named.values() if taken == key or taken.startswith(f"{key} ("))
            named[index] = f"{key} ({again + 1})" if again else key
    return named


def _spelled(cell: Cell, key: str, plain: str) -> str:
    """The header as the file spells it, with the number that tells a repeated one apart."""
    return " ".join(str(cell).split()) + key.removeprefix(plain)
