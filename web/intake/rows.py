"""What rows of every published table have in common: whether they are sound, whom they mean, and the days they give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from web.intake.cells import RowRejected, date_of, number_of
from web.intake.gathering import Bounds, Gathered
from web.intake.tables import TableRow

CODES = ("la_code", "ltla23cd", "la_code_new")

DAYS = ("inspection_start_date", "inspection_end_date", "publication_date")

IDENTITY = ("urn", "local_authority", *CODES)


def must_be_sound(row: TableRow, columns: Iterable[str]) -> None:
    """Raises RowRejected where a cell of the columns that are read cannot be trusted."""
    fault = row.fault(columns)
    if fault is not None:
        raise RowRejected(fault)


def days_of(
    row: TableRow, bounds: Bounds, gathered: Gathered, columns: tuple[str, str, str] = DAYS
) -> tuple[date | None, date | None, date | None]:
    """The first and last day on site and the day of publication, in whatever order they are said: what cannot be right
    is kept and asked about. Raises RowRejected where there is none."""
    hear = gathered.hears(row.place)
    start, end, published = (
        date_of(row.cells.get(column), column, latest=bounds.latest, hear=hear) for column in columns
    )
    if not (start or end or published):
        raise RowRejected("it has no date of inspection or publication")
    return start, end, published


def authority_of(
    row: TableRow,
    bounds: Bounds,
    *,
    on: date | None,
    urn: str = "urn",
    name: str = "local_authority",
    codes: Iterable[str] = CODES,
) -> str:
    """The URN of the authority that a row means, by its columns. Raises RuleBroken."""
    return bounds.register.identify(
        urn=number_of(row.get(urn)),
        name=row.text(name),
        codes=[number_of(row.cells[column]) for column in codes if column in row.cells],
        on=on,
    )
