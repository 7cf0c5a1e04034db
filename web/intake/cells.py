"""What a cell states: grades, dates and kinds of inspection in the words of the sources. A blank states nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta

from domain.frameworks import Area, Grade
from domain.values.judgements import Judgements
from domain.values.statements import Citation, Kind, Variant, Verbatim
from web.intake.tables import Cell, TableRow, shown
from web.words.written_days import UnreadableDay, WrittenDay, day_written, deadline_written

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

_DAY_NUMBER = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
SPREADSHEET_DAY_0 = date(1899, 12, 30)
FIRST_NUMBER, LAST_NUMBER = 36_526, 73_050
"""Days of this century as a spreadsheet counts them, where a cell lost its format; the end is exclusive."""


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


def unheard(reading: str) -> None:
    """Nobody asks how a day was read."""


def date_of(cell: Cell, column: str, *, latest: date, hear: Callable[[str], None] = unheard) -> date | None:
    """A day, however people write it: day first, and two-digit years of this century.

    `latest` is inclusive. `hear` is told how a day was read that was not written in a common form. Raises RowRejected
    for what is not a day, or lies before 2000 or after `latest`."""
    return _read(cell, column, day_written, latest, hear)


def due_day_of(cell: Cell, column: str, *, latest: date, hear: Callable[[str], None] = unheard) -> date | None:
    """The same of a day by which something is due: a month or a quarter stands for its last day."""
    return _read(cell, column, deadline_written, latest, hear)


def _read(
    cell: Cell, column: str, written: Callable[[str], WrittenDay], latest: date, hear: Callable[[str], None]
) -> date | None:
    if states_nothing(cell):
        return None
    if isinstance(cell, date):
        day = cell
    else:
        found = _written(cell, column, written)
        day = found.day
        if not found.plain:
            hear(f"{shown(cell)[:40]!r} under {column!r} was read as {found.reading}")
    if day > latest:
        raise RowRejected(f"the date {day.isoformat()} under {column!r} lies in the future")
    if day < EARLIEST:
        raise RowRejected(f"the date {day.isoformat()} under {column!r} is before any inspection on record")
    return day


def _written(cell: Cell, column: str, written: Callable[[str], WrittenDay]) -> WrittenDay:
    text = shown(cell)
    numbered = _DAY_NUMBER.fullmatch(text)
    if numbered and FIRST_NUMBER <= int(numbered[1]) < LAST_NUMBER:
        return WrittenDay(SPREADSHEET_DAY_0 + timedelta(days=int(numbered[1])), plain=False)
    try:
        return written(text)
    except UnreadableDay as reason:
        why = f": {reason}" if str(reason) else ""
        raise RowRejected(f"{text[:40]!r} under {column!r} is not a date{why}") from None


_VISITS = (
    (re.compile(r"\bfocus+ed\b|\bassurance\b"), Kind.FOCUSED_VISIT),
    (re.compile(r"\bmonitoring\b"), Kind.MONITORING_VISIT),
    (
        re.compile(r"\bjtais?\b|\bjoint targeted area\b|\bjoint area child protection inspection\b"),
        Kind.JTAI,
    ),
)


def visit_of(*cells: Cell) -> Kind | None:
    """The kind of visit that words say an activity was; None where they say of none of it that it was a visit."""
    words = " | ".join(str(cell) for cell in cells if cell).casefold().replace("_", " ")
    return next((kind for pattern, kind in _VISITS if pattern.search(words)), None)


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


def words_of(text: str) -> str:
    """A text without control characters: those that break a line do, others are left out.

    Spreadsheets write some of them out, as `_x000D_`."""
    said = _WRITTEN_OUT.sub(lambda found: chr(int(found[1], 16)), text)
    said = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", said)
    return "".join(letter for letter in said if letter in "\n\t" or unicodedata.category(letter) != "Cc").strip()


_WRITTEN_OUT = re.compile(r"_x(00[01][0-9A-Fa-f])_")


def number_of(cell: Cell) -> str:
    """A number or code as a register has it, also where a spreadsheet made `80567.0`, `80,567` or `8.0567E+04` of
    it."""
    text = shown(cell)
    if not text or text.isdigit():
        return text
    text = text.lstrip("'").strip()
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.0+)?", text, re.ASCII):
        text = text.replace(",", "")
    if _IN_POWERS.fullmatch(text) and (number := float(text)).is_integer():
        return str(int(number))
    return re.sub(r"^(\d+)\.0+$", r"\1", text, flags=re.ASCII)


_IN_POWERS = re.compile(r"\d\.\d{1,8}E\+?0?[1-9]", re.ASCII | re.IGNORECASE)
"""`2.637548E+06`."""


_REPORTS = re.compile(r"https://(?:files|reports)\.ofsted\.gov\.uk/[!-~]{1,400}")


def report_citation(title: str, cell: Cell) -> tuple[Citation, ...]:
    """The link to the report, if it is an https address of Ofsted's own; else nothing to cite."""
    address = shown(cell)
    return (Citation(title, address),) if _REPORTS.fullmatch(address) else ()


def printable(text: str) -> str:
    """The text with NUL and halves of characters written out, so that it can be shown and kept."""
    return (
        text
        if text.isprintable()
        else text.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")
    )


def verbatim_of(
    row: TableRow, headers: Mapping[str, str], columns: Iterable[str], leave_out: Collection[str]
) -> Verbatim:
    """The cells as given, by column name, blanks and words for nothing included, each cut at 500 characters.

    What cannot be kept as text, in a column that nobody reads, is written out."""
    return Verbatim(
        tuple(
            (headers.get(column, column), printable(shown(row.cells[column])[:LONGEST_VERBATIM]))
            for column in columns
            if column in row.cells and column not in leave_out
        )
    )
