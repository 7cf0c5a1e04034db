"""What a cell states: grades, dates and kinds of inspection in the words of the sources. A blank states nothing."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from domain.frameworks import Area, Grade
from domain.values.judgements import Judgements
from domain.values.statements import Citation, Variant, Verbatim
from web.intake.tables import Cell, TableRow, shown

EARLIEST = date(2000, 1, 1)
"""No inspection in any source is older; 01/01/1900 stands for "none" in some."""

LONGEST_VERBATIM = 500

NOTHING = frozenset(
    {
        "",
        "-",
        "–",
        "nan",
        "nat",
        "none",
        "null",
        "n/a",
        "data_unreadable",
        "inspection_pre_dates_judgement",
        "not_reported_post_reform",
        "not judged",
        "not yet inspected",
        "no full inspection",
        "not found or not applicable",
    }
)
"""Words that stand where no value is: not readable, not yet born, abolished, unknown."""

NOT_JUDGED = frozenset({"inspection_pre_dates_judgement", "not_reported_post_reform"})
"""Words by which a scrape says that the judgement did not exist: not yet, or no longer."""

NOT_YET = frozenset({"not yet inspected", "no full inspection"})
"""What Ofsted writes in the date column for a new authority."""

_GRADES = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "requires improvement": Grade.REQUIRES_IMPROVEMENT,
    "requires improvement to be good": Grade.REQUIRES_IMPROVEMENT,
    "to requires improvement": Grade.REQUIRES_IMPROVEMENT,
    "requires_improvement": Grade.REQUIRES_IMPROVEMENT,
    "ri": Grade.REQUIRES_IMPROVEMENT,
    "ribg": Grade.REQUIRES_IMPROVEMENT,
    "adequate": Grade.REQUIRES_IMPROVEMENT,
    "satisfactory": Grade.REQUIRES_IMPROVEMENT,
    "inadequate": Grade.INADEQUATE,
    "1": Grade.OUTSTANDING,
    "2": Grade.GOOD,
    "3": Grade.REQUIRES_IMPROVEMENT,
    "4": Grade.INADEQUATE,
}
"""Both vocabularies, the parsing slip of a scrape and Ofsted's own number codes."""

_MONTHS = [month.casefold() for month in calendar.month_name[1:]]
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})")
_SPREADSHEET_DAY_0 = date(1899, 12, 30)


class RowRejected(Exception):
    """A row, or one activity in it, is not taken. The message says why, in words safe to show."""


def plain(cell: Cell) -> str:
    return " ".join(shown(cell).split()).casefold().rstrip(".")


def states_nothing(cell: Cell) -> bool:
    return plain(cell) in NOTHING


def grade_of(cell: Cell, column: str) -> Grade | None:
    """Raises RowRejected for a word that is neither a grade nor one of the words for none."""
    word = plain(cell).removesuffix(".0")
    if word in NOTHING:
        return None
    try:
        return _GRADES[word]
    except KeyError:
        raise RowRejected(f"{shown(cell)[:60]!r} under {column!r} is not a grade that Ofsted gives") from None


def grades_of(row: TableRow, columns: Mapping[str, Area]) -> Judgements:
    """The grades in the columns named; the first column of an area that states one counts."""
    given: dict[Area, Grade] = {}
    for column, area in columns.items():
        grade = grade_of(row.get(column), column)
        if grade is not None:
            given.setdefault(area, grade)
    return Judgements.of(given)


def not_judged_of(row: TableRow, columns: Mapping[str, Area]) -> tuple[Area, ...]:
    """The areas of which the columns say outright that no judgement was made."""
    return tuple(dict.fromkeys(area for column, area in columns.items() if plain(row.get(column)) in NOT_JUDGED))


def date_of(cell: Cell, column: str, *, latest: date) -> date | None:
    """A day, day first where it is written with strokes; two-digit years are of this century.

    `latest` is inclusive. Raises RowRejected for what is not a day, or lies before 2000 or after `latest`."""
    if states_nothing(cell):
        return None
    day = cell if isinstance(cell, date) else _parsed(cell)
    if day is None:
        raise RowRejected(f"{shown(cell)[:40]!r} under {column!r} is not a date")
    if day > latest:
        raise RowRejected(f"the date {day.isoformat()} under {column!r} lies in the future")
    if day < EARLIEST:
        raise RowRejected(f"the date {day.isoformat()} under {column!r} is before any inspection on record")
    return day


def _parsed(cell: Cell) -> date | None:
    if isinstance(cell, int | float):
        whole_day = 36_526 <= cell < 73_050 and float(cell).is_integer()
        return _SPREADSHEET_DAY_0 + timedelta(days=int(cell)) if whole_day else None
    text = shown(cell)
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BRITISH.fullmatch(text):
            year = int(found[3])
            return date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
        if (found := _IN_WORDS.fullmatch(text)) and found[2].casefold() in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2].casefold()) + 1, int(found[1]))
    except ValueError:
        return None
    return None


def in_order(*, start: date | None, end: date | None, published: date | None) -> None:
    """Raises RowRejected where an inspection ends before it starts, or is published before it begins."""
    if start and end and end < start:
        raise RowRejected(f"it ends on {end.isoformat()}, before it starts on {start.isoformat()}")
    if start and published and published < start:
        raise RowRejected(f"it is published on {published.isoformat()}, before it starts on {start.isoformat()}")


def variant_of(cell: Cell) -> Variant | None:
    """Short or standard where the words say so; "longer than standard" states nothing."""
    words = plain(cell)
    if "longer than" in words:
        return None
    if re.search(r"\bshort\b", words):
        return Variant.SHORT
    if re.search(r"\bstandard\b", words):
        return Variant.STANDARD
    return None


_REPORTS = re.compile(r"https://(?:files|reports)\.ofsted\.gov\.uk/[!-~]{1,400}")


def report_citation(title: str, cell: Cell) -> tuple[Citation, ...]:
    """The link to the report, if it is an https address of Ofsted's own; else nothing to cite."""
    address = shown(cell)
    return (Citation(title, address),) if _REPORTS.fullmatch(address) else ()


def verbatim_of(
    row: TableRow, headers: Mapping[str, str], columns: Iterable[str], leave_out: Collection[str]
) -> Verbatim:
    """The cells as given, by column name, blanks and words for nothing included, each cut at 500 characters."""
    return Verbatim(
        tuple(
            (headers.get(column, column), shown(row.cells[column])[:LONGEST_VERBATIM])
            for column in columns
            if column in row.cells and column not in leave_out
        )
    )
