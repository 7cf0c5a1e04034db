"""A council's own list of actions: the sheets of a workbook or a CSV file, headings found wherever they stand.

Merged cells are filled down; rows that are no action, such as notes and totals, are told apart later, when it is known
which column says what is to be done."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from web.formats.cells import CLOSING
from web.intake.csv_file import csv_sheet, decoded, in_utf_8
from web.intake.layouts import is_workbook, other_format
from web.intake.sheet_colours import colour_named
from web.intake.tables import LONGEST_CELL, MOST_COLUMNS, SEARCHED_FOR_HEADER, Cell, Sheet, collapsed, shown
from web.intake.workbook import FileRefused, Marks, read_workbook

MOST_ROWS = 2_000
WANTED = "A list of actions is a workbook (XLSX or ODS) or a CSV file with a row of column headings."
SAVE_AGAIN = "Open it in your spreadsheet program, save it as a new XLSX file, and send that in."

HEADING_ABOVE = "Heading above the rows"
"""The name of a column of our own: what stands alone in a row above others, such as a priority."""

_BESIDE = ("closed", "complete", "archive", "old", "list", "lookup", "cover", "note", "version", "template", "guidance")
"""Words in the name of a sheet that is not the list of the day; it is offered, and not chosen."""

_NOTES = ("nb", "note", "total", "prepared", "updated", "source", "key", "*", "version", "author", "page", "sub-total")
"""How a row begins that is a note and no heading of what follows."""


@dataclass(frozen=True)
class SheetRow:
    """One row below the headings, and where a person finds it.

    `filled` are the columns whose cell was filled from the merged one above; `colours` is by column what is behind a
    cell, in words."""

    place: str
    cells: tuple[Cell, ...]
    filled: frozenset[int] = frozenset()
    colours: Mapping[int, str] = field(default_factory=dict)

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
class SheetOffer:
    """A sheet of the workbook: how many rows it has below headings like ours, 0 for one without, and whether it is
    read."""

    name: str
    rows: int
    chosen: bool


@dataclass(frozen=True)
class ActionSheet:
    """Headings as the file spells them, a name for each column, and the rows that are not blank, of every sheet chosen.

    `name` is that of the sheet with the most headings known here; `heading_row` is its row of headings, from 1.
    `above` are the texts above the headings, where a legend may stand."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    offers: tuple[SheetOffer, ...] = ()
    heading_row: int = 1
    above: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """The sheets that hold a table and are not read."""
        return tuple(one.name for one in self.offers if one.rows and not one.chosen)

    def values(self, column: int | None) -> tuple[str, ...]:
        """What stands in a column, each text once, in order."""
        return tuple(dict.fromkeys(filter(None, (shown(row.cell(column)) for row in self.rows))))


def read_sheet(
    content: bytes, known: Collection[str], called: str = "The file", *, chosen: Collection[str] | None = None
) -> ActionSheet:
    """The rows below the headings of the sheets `chosen` or, before anybody chose, of the one with most of the headings
    `known` and those with the same. Raises FileRefused with a sentence on the file as it is `called`."""
    sheets, marks = _workbook(content, called) if is_workbook(content) else ((_csv(in_utf_8(content), called),), {})
    found = {sheet.name: _headed(sheet, known) for sheet in sheets}
    best = max(sheets, key=lambda sheet: found[sheet.name][0], default=None)
    if best is None or found[best.name][0] < 2:
        raise FileRefused(f"{called} has no row with two column headings or more near its top. {WANTED}")
    tables = {
        sheet.name: _below(sheet, found[sheet.name][1], marks.get(sheet.name, Marks()), called)
        for sheet in sheets
        if found[sheet.name][0] >= 2
    }
    first = tables[best.name]
    usual = [name for name, one in tables.items() if one is first or _is_alike(one, first, known)]
    wanted = [name for name in tables if name in (usual if chosen is None else chosen)] or [best.name]
    offers = tuple(
        SheetOffer(sheet.name, len(tables[sheet.name].rows) if sheet.name in tables else 0, sheet.name in wanted)
        for sheet in sheets
        if sheet.name
    )
    if len({collapsed(one) for name in wanted for one in tables[name].headings}) > MOST_COLUMNS:
        raise FileRefused(
            f"{called} has more than {MOST_COLUMNS} columns over its sheets. Send in one sheet by itself."
        )
    whole = _together([tables[name] for name in wanted])
    if len(whole.rows) > MOST_ROWS:
        raise FileRefused(f"{called} has more than {MOST_ROWS:,} rows. Send in the rows of this plan only.")
    return replace(whole, offers=offers)


def _workbook(content: bytes, called: str) -> tuple[tuple[Sheet, ...], Mapping[str, Marks]]:
    try:
        read = read_workbook(content, [".*"], marked=True)
    except FileRefused as refusal:
        raise FileRefused(f"{called} cannot be read: {refusal}. {SAVE_AGAIN}") from None
    return read.sheets, read.marks


def _csv(content: bytes, called: str) -> Sheet:
    if not content.strip():
        raise FileRefused(f"{called} is empty. {WANTED}")
    if (what := other_format(content)) is not None:
        raise FileRefused(f"{called} is {what}. {WANTED}")
    try:
        return csv_sheet(decoded(content).text, most_rows=MOST_ROWS + SEARCHED_FOR_HEADER)
    except ValueError as fault:
        raise FileRefused(f"{called} is not one that can be read: {fault}. {WANTED}") from None


# --- headings -------------------------------------------------------------------------------------------------------


def _headed(sheet: Sheet, known: Collection[str]) -> tuple[int, int]:
    """How much the likeliest row of headings looks like one, and which it is; the first of several."""
    top = enumerate(sheet.rows[:SEARCHED_FOR_HEADER])
    return max(((_score(row, known), -number) for number, row in top), default=(0, 0), key=lambda one: one)


def _score(cells: tuple[Cell, ...], known: Collection[str]) -> int:
    """How much a row looks like headings: one for each short text of its own, four more for one that is known."""
    texts = {collapsed(cell) for cell in cells if isinstance(cell, str) and 0 < len(cell.strip()) <= 100}
    return len(texts) + 4 * sum(is_known(text, known) for text in texts)


def is_known(heading: str, known: Collection[str]) -> bool:
    """Whether a heading, or a part of one such as `Area / Ofsted rec.`, is known."""
    return any(part in known for part in heading_parts(heading))


def heading_parts(heading: str) -> list[str]:
    """A heading as it is compared, whole and in its parts, without brackets and stops."""
    text = collapsed(heading)
    bare = text.partition("(")[0]
    parts = [text, *(part for one in bare.split("/") for part in (one, *one.split(" & ")))]
    return list(dict.fromkeys(part.strip(" .:*?-") for part in (*parts, bare) if part.strip(" .:*?-")))


def _completed(cells: tuple[Cell, ...], above: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Headings with what stands above those that are blank, where headings stand in two rows."""
    if sum(bool(shown(cell)) for cell in above) < 2 or any(isinstance(cell, date) for cell in above):
        return cells
    return tuple(cell if shown(cell) or place >= len(above) else above[place] for place, cell in enumerate(cells))


def _is_alike(one: ActionSheet, first: ActionSheet, known: Collection[str]) -> bool:
    """Whether a sheet is one more of the same list: it has most of the headings known here, and is not named like one
    that is done with."""
    ours = {collapsed(heading) for heading in first.headings if is_known(heading, known)}
    theirs = {collapsed(heading) for heading in one.headings}
    named = collapsed(one.name).replace("-", " ").split()
    return (
        bool(ours)
        and 3 * len(ours & theirs) >= 2 * len(ours)
        and not any(word.startswith(beside) for word in named for beside in _BESIDE)
    )


_TOTAL = re.compile(r"(?:grand |overall )?(?:sub[- ]?)?totals?(?: (?:number of )?actions?)?(?:\s*[:=-]?\s*\d.*)?")


def names_something(text: str) -> bool:
    """Whether a cell says something to be done: more than a dash, `n/a` or the word of a total."""
    said = collapsed(text).strip(" .:*-–—\"'”“")
    return any(map(str.isalpha, said)) and said not in ("n/a", "na", "nil", "none") and not _TOTAL.fullmatch(said)


# --- rows -----------------------------------------------------------------------------------------------------------


def _below(sheet: Sheet, heading: int, marks: Marks, called: str) -> ActionSheet:
    heading = -heading
    cells = _completed(sheet.rows[heading], sheet.rows[heading - 1] if heading else ())
    width = max((place for place, cell in enumerate(cells[:MOST_COLUMNS], 1) if shown(cell)), default=0)
    headings = tuple(
        " ".join(shown(cell).split())[:100] or f"Column {place}" for place, cell in enumerate(cells[:width], 1)
    )
    fills = _filled_down(sheet, marks)
    rows: list[SheetRow] = []
    section, sections = "", False
    for number, row in enumerate(sheet.rows[heading + 1 :], heading + 1):
        filled = [place for place, cell in enumerate(row[:width]) if shown(cell)]
        if not filled or shown(row[0]) == CLOSING or _is_heading_again(row, cells, width):
            continue
        if len(filled) == 1 and width > 2 and _is_section(text := shown(row[filled[0]])):
            section, sections = text, True
        whole = [*row[:width], *[None] * (width - len(row))]
        below = {place: cell for place in range(width) if (cell := fills.get((number, place))) is not None}
        for place, cell in below.items():
            whole[place] = cell
        colours = {
            place: named for place in range(width) if (named := colour_named(marks.colours.get((number, place), "")))
        }
        rows.append(SheetRow(f"row {number + 1}", (*whole, section or None), frozenset(below), colours))
    if not sections:
        rows = [replace(row, cells=row.cells[:-1]) for row in rows]
    above = tuple(text for row in sheet.rows[:heading] for cell in row if (text := shown(cell)))
    return ActionSheet(
        sheet.name, (*headings, HEADING_ABOVE) if sections else headings, tuple(rows), (), heading + 1, above
    )


def _filled_down(sheet: Sheet, marks: Marks) -> dict[tuple[int, int], Cell]:
    """What the cells below the first of a merged block hold, by row and column; of blocks that lie over each other, as
    no spreadsheet program makes them, each cell is filled once."""
    found: dict[tuple[int, int], Cell] = {}
    for top, bottom, left, _ in marks.merged:
        if bottom > top and top < len(sheet.rows) and left < len(sheet.rows[top]) and shown(sheet.rows[top][left]):
            for row in range(top + 1, min(bottom, len(sheet.rows) - 1) + 1):
                if (row, left) in found:
                    break
                found[row, left] = sheet.rows[top][left]
    return found


def _is_heading_again(row: Sequence[Cell], cells: Sequence[Cell], width: int) -> bool:
    """Whether a row says the headings once more, as at the top of a printed page."""
    said = [collapsed(shown(cell)) for cell in row[:width]]
    return sum(map(bool, said)) > 1 and said == [collapsed(shown(cell)) for cell in cells[:width]][: len(said)]


def _is_section(text: str) -> bool:
    said = collapsed(text)
    return (3 < len(said) <= 200 and not said.startswith(_NOTES) and not said[:1].isdecimal()) or _is_numbered(said)


def _is_numbered(said: str) -> bool:
    """Such as `2. Front door`."""
    number, _, rest = said.partition(" ")
    return number.rstrip(".):").isdecimal() and len(rest) > 3 and len(said) <= 200


def _together(sheets: Sequence[ActionSheet]) -> ActionSheet:
    """The rows of several sheets under the headings of the first, and those that others have beside them."""
    first, *more = sheets
    if not more:
        return first
    headings = list(first.headings)
    rows: list[SheetRow] = []
    for sheet in sheets:
        places: list[int] = []
        taken: set[int] = set()
        for heading in sheet.headings:
            same = (
                place
                for place, one in enumerate(headings)
                if place not in taken and collapsed(one) == collapsed(heading)
            )
            place = next(same, None)
            if place is None:
                place = len(headings)
                headings.append(heading)
            taken.add(place)
            places.append(place)
        for row in sheet.rows:
            moved = dict(zip(places, row.cells, strict=False))
            rows.append(
                SheetRow(
                    f"{sheet.name}, {row.place}",
                    tuple(moved.get(place) for place in range(len(headings))),
                    frozenset(places[place] for place in row.filled),
                    {places[place]: named for place, named in row.colours.items()},
                )
            )
    return replace(first, headings=tuple(headings), rows=tuple(rows))
