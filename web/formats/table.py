"""A table as CSV: UTF-8 with its mark, days as ISO writes them, no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from itertools import chain

from web.formats.blocks import Grid
from web.formats.cells import holdable, safe_cell
from web.formats.latest_checkpoint import LatestCheckpoint, closing_rows

AT_ONCE = 500
"""Rows given together."""


def in_pieces(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The mark, the heads, then a line for each row, as they come; None is an empty cell."""
    page = StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    page.write("\ufeff")
    writer.writerow(heads)
    for number, row in enumerate(rows, start=1):
        writer.writerow([safe_cell(holdable(_text(cell))) for cell in row])
        if number % AT_ONCE == 0:
            yield page.getvalue()
            page.seek(0)
            page.truncate()
    yield page.getvalue()


def whole(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The same in one."""
    return "".join(in_pieces(heads, rows)).encode()


def as_csv(grid: Grid, sealed: LatestCheckpoint | None) -> bytes:
    """The heads, a line for each row, and the checkpoint."""
    return whole(grid.heads, chain(grid.rows, closing_rows(sealed)))


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
