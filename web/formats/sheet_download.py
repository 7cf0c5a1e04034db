"""A table as a CSV file to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from flask import Response

from web.formats.downloads import CSV, sent
from web.formats.latest_checkpoint import closing_rows, sealing
from web.formats.table import whole


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The table to be saved as `name`, the checkpoint in its last row; None is an empty cell, a date is written
    2026-03-27."""
    return sent(whole(heads, chain(rows, closing_rows(sealing()))), CSV, name)
