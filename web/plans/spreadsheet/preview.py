"""The page of the rows: which need a person, what is proposed in each cell, and what was written in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.intake.action_sheet import SheetRow
from web.intake.tables import shown
from web.plans.spreadsheet.columns import option_of
from web.plans.spreadsheet.load import File, RowFate, RowOutcome
from web.plans.spreadsheet.rows import RowNote, StatedRow
from web.words import words

VIEWS: Mapping[str, str] = {
    "": "To check or mend",
    "ready": "Ready",
    "all": "All",
    "left": "Left out",
    "same": "Held already",
}
"""The views of the rows by their word in the address."""

MOST_SHOWN = 100
"""Rows with cells to write in on one page."""

ASKED = ("what", "owner", "due")
"""What a person has to check where it was read otherwise than it is written."""

FIGURES = ("baseline", "target", "now")
CELLS = ("what", "findings", "owner", "due", "progress", "measure", *FIGURES)
"""What can be written anew."""

LONGEST_WRITTEN = 1_000


@dataclass(frozen=True)
class CellShown:
    """A cell with what is proposed for it, what the file says where that differs, and what has to be said under it."""

    value: str
    said: str
    faults: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class ListedRow:
    """One row: its number among the rows of the file, where it stands, what becomes of it, and its cells."""

    number: int
    place: str
    bucket: str
    action: int | None
    load: bool
    changes: tuple[str, ...]
    cells: Mapping[str, CellShown]
    text: str

    @property
    def wrong_figures(self) -> tuple[str, ...]:
        """The figures that cannot be taken as they are written, each with a box to mend it in."""
        return tuple(key for key in FIGURES if self.cells[key].faults)

    @property
    def unfolded(self) -> bool:
        """Whether a cell of those that fold needs a person."""
        return any(self.cells[key].faults for key in ("what", "progress", "measure", *FIGURES))


@dataclass(frozen=True)
class RowsShown:
    """The rows of one view, and how many there are of each. `problems` are links to the cells that need a person,
    the first of those with the same fault; `beyond` are rows of the view that do not fit on the page, `folded` those
    that are ready, below what has to be checked."""

    view: str
    rows: tuple[ListedRow, ...]
    counts: Mapping[str, int]
    ready: int
    check: int
    mend: int
    loadable: int
    problems: tuple[tuple[str, str], ...]
    beyond: int
    folded: tuple[ListedRow, ...] = ()

    @property
    def total(self) -> int:
        """Rows that name an action."""
        return self.counts["all"]


def preview_of(outcomes: Sequence[RowOutcome], file: File, view: str) -> RowsShown:
    """What the page shows of the rows as they were tried; without anything to check or mend, all of them."""
    kinds = [_view(one) for one in outcomes]
    counts = {
        "": kinds.count("mend") + kinds.count("check"),
        "ready": kinds.count("ready"),
        "all": len(kinds) - kinds.count("left"),
        "left": kinds.count("left"),
        "same": kinds.count("same"),
    }
    wanted = {"": ("mend", "check"), "all": ("mend", "check", "ready", "same")}.get(view, (view,))
    chosen = [number for number, kind in enumerate(kinds) if kind in wanted]
    ready = [number for number, kind in enumerate(kinds) if kind == "ready" and not view]
    rows, folded = (
        tuple(_row(number, outcomes[number], file.sheet.rows[number], file) for number in numbers[:MOST_SHOWN])
        for numbers in (chosen, ready)
    )
    problems: dict[str, tuple[str, str]] = {}
    for row in rows:
        for about, cell in row.cells.items():
            for fault in cell.faults:
                problems.setdefault(fault, (f"{about}-{row.number}", f"{row.place[0].upper()}{row.place[1:]}: {fault}"))
    loadable = sum(one.would_change and one.place not in file.skipped for one in outcomes)
    return RowsShown(
        view,
        rows,
        counts,
        kinds.count("ready"),
        kinds.count("check"),
        kinds.count("mend"),
        loadable,
        tuple(problems.values()),
        len(chosen) - len(rows),
        folded,
    )


def edited(
    form: Mapping[str, str], file: File, stated: Mapping[int, StatedRow]
) -> tuple[dict[str, dict[str, str]], set[str]]:
    """What was written in the place of cells until now, with what a page says, and the rows that are not ticked. A cell
    left as it was proposed says nothing."""
    edits = {place: dict(cells) for place, cells in file.edits.items()}
    skipped = set(file.skipped)
    for number, row in enumerate(file.sheet.rows):
        if f"row-{number}" not in form:
            continue
        (skipped.discard if f"load-{number}" in form else skipped.add)(row.place)
        proposed = _proposed(stated[number], row, file)
        for key in CELLS:
            said = form.get(f"{key}-{number}")
            if said is not None and " ".join(said.split()) != " ".join(proposed[key].split()):
                edits.setdefault(row.place, {})[key] = said.strip()[:LONGEST_WRITTEN]
    return edits, skipped


def _view(outcome: RowOutcome) -> str:
    if outcome.bucket is RowFate.BAD:
        return "mend"
    if outcome.bucket is RowFate.LEFT:
        return "left"
    if outcome.bucket is RowFate.UNCHANGED:
        return "same"
    return "check" if any(note.about in ASKED and not note.settled for note in outcome.readings) else "ready"


def _proposed(stated: StatedRow, row: SheetRow, file: File) -> dict[str, str]:
    """What stands in each cell to write in."""
    wrong = {fault.about for fault in stated.faults}
    text = file.edits.get(row.place, {}).get("findings") or shown(row.cell(file.mapped.columns.get("findings")))
    number = text if text.isdigit() else file.mapped.findings.get(text, "")
    return {
        "what": stated.what or "",
        "findings": number if stated.findings else "",
        "owner": stated.owner or ("" if "owner" in wrong else file.mapped.nobody),
        "due": words.day(stated.due_on) if stated.due_on else "",
        "progress": option_of(stated.progress, stated.track),
        "measure": stated.measure or "",
        **{key: _written(key, row, file) for key in FIGURES},
    }


def _written(key: str, row: SheetRow, file: File) -> str:
    edit = file.edits.get(row.place, {}).get(key)
    return shown(row.cell(file.mapped.columns.get(key))) if edit is None else str(edit)


def _row(number: int, outcome: RowOutcome, row: SheetRow, file: File) -> ListedRow:
    proposed = _proposed(outcome.stated, row, file)
    faults = {key: [words.sentence(note.words) for note in outcome.faults if note.about == key] for key in CELLS}
    faults["what"] += [words.sentence(note.words) for note in outcome.faults if note.about not in CELLS]
    cells = {
        key: CellShown(
            proposed[key],
            _in_file(key, row, file, proposed[key], (*outcome.faults, *outcome.readings)),
            tuple(faults[key]),
            tuple(note.words for note in outcome.readings if note.about == key),
        )
        for key in CELLS
    }
    return ListedRow(
        number,
        row.place,
        outcome.bucket.value,
        outcome.action,
        row.place not in file.skipped,
        outcome.changes,
        cells,
        " · ".join(dict.fromkeys(text for cell in row.cells if (text := " ".join(shown(cell).split()))))[:160],
    )


def _in_file(key: str, row: SheetRow, file: File, proposed: str, notes: Sequence[RowNote]) -> str:
    """What the file says, where that is not proposed, nor quoted in a note: for the officer who sent it in."""
    said = " ".join(shown(row.cell(file.mapped.columns.get(key))).split())
    quoted = any(f"“{said[:40]}" in note.words for note in notes if note.about == key)
    return "" if said == proposed or quoted or key in ("what", "measure", *FIGURES) else said[:80]
