"""A table as CSV: UTF-8 with its mark, days as ISO writes them, no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from web.exports.blocks import Cell, Grid
from web.exports.cells import holdable, safe_cell
from web.sealing import Sealing, closing_rows


def as_csv(grid: Grid, sealed: Sealing | None) -> bytes:
    """The heads, a line for each row, and the checkpoint."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(grid.heads)
    writer.writerows([safe_cell(holdable(_text(cell))) for cell in row] for row in grid.rows)
    writer.writerows(closing_rows(sealed))
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
