"""What a row of a list of actions states, every fault of it at once, and which action of the plan it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.values.errors import RuleBroken
from domain.values.plans import Figure, PlanFinding, Progress, Track
from projections.plans.answers import ActionRow
from web.formats.cells import DANGEROUS, holdable, safe_cell
from web.intake.action_sheet import ActionSheet, SheetRow, names_something
from web.intake.cells import RowRejected, words_of
from web.intake.tables import Cell, collapsed, shown
from web.plans.spreadsheet.columns import canonical, meaning, numbers_in
from web.plans.spreadsheet.due_words import DueChoices, DueReading, due_reading
from web.plans.spreadsheet.measures import measure_reading
from web.plans.spreadsheet.owners import NO_OFFICE, OwnerReading, owner_reading

PERCENT = "%"
GUESSED = "guessed by its words"


@dataclass(frozen=True)
class Mapped:
    """What an officer said of a file: which column is what, what its status words, findings and owners mean, of which
    day it is true, and why due dates that it moves were moved. `every` is the finding of rows that name none, `nobody`
    the office of rows that name no owner. `carry`: a blank cell of the findings means the one above. `due` are choices
    of words that can be meant in two ways. `guessed` are the texts whose finding is only a guess by shared words."""

    columns: Mapping[str, int]
    meanings: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    guessed: Collection[str] = ()
    every: str = ""
    on: date = date.max
    why: str = ""
    owners: Mapping[str, str] = field(default_factory=dict)
    nobody: str = NO_OFFICE
    carry: bool = False
    due: Mapping[str, str] = field(default_factory=lambda: asdict(DueChoices()))


@dataclass(frozen=True)
class RowNote:
    """A sentence on one cell of a row, by what the cell is: a fault, or how it was read. `settled` is a reading that no
    person has to check: they said so of the whole list, or it can mean nothing else."""

    about: str
    words: str
    settled: bool = False


@dataclass(frozen=True)
class StatedRow:
    """What one row says; None where it says nothing. `readings` say how what was written otherwise was read, `faults`
    what cannot be taken."""

    number: int | None
    what: str | None
    findings: tuple[UUID, ...]
    owner: str | None
    due_on: date | None
    first_due: date | None
    measure: str | None
    unit: str | None
    baseline: Figure | None
    target: Figure | None
    now: Figure | None
    progress: Progress | None
    track: Track | None
    narrative: str | None
    readings: tuple[RowNote, ...] = ()
    faults: tuple[RowNote, ...] = ()


@dataclass(frozen=True)
class ListReading:
    """What rows are read by: the sheet, what was said of it, the plan's findings, offices known by name. `edits` are
    what an officer wrote in the place of cells, by place of the row and what the cell is."""

    sheet: ActionSheet
    mapped: Mapped
    findings: tuple[PlanFinding, ...]
    offices: Collection[str] = ()
    edits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def heading(self, key: str) -> str:
        return self.sheet.headings[self.mapped.columns[key]] if key in self.mapped.columns else ""

    def cell(self, row: SheetRow, key: str) -> Cell:
        return row.cell(self.mapped.columns.get(key))

    def text(self, row: SheetRow, key: str) -> str | None:
        """What stands in a cell, or was written in its place."""
        edit = self.edits.get(row.place, {}).get(key)
        if edit is not None:
            return words_of(str(edit)) or None
        return words_of(_unmarked(shown(self.cell(row, key)), self.sheet)) or None

    def line(self, row: SheetRow, key: str) -> str | None:
        said = self.text(row, key)
        return " ".join(said.split()) if said else None

    def status(self, row: SheetRow, key: str) -> str | None:
        """The word of a status or, where there is none, the colour behind its cell."""
        place = self.mapped.columns.get(key)
        colour = None if place is None else row.colours.get(place)
        return self.text(row, key) or (f"{colour} cell" if colour else None)

    def stated(self, row: SheetRow) -> list[tuple[Progress | None, Track | None]]:
        """Progress and confidence that each cell of a status means, or was chosen in their place."""
        chosen = self.edits.get(row.place, {}).get("progress")
        if chosen is not None:
            return [meaning(str(chosen))]
        said = (self.status(row, key) for key in ("progress", "track"))
        return [meaning(self.mapped.meanings.get(canonical(word), "")) for word in said if word]

    def due(self, row: SheetRow) -> DueReading:
        edit = self.edits.get(row.place, {}).get("due")
        choices = DueChoices.of(dict(self.mapped.due))
        found = due_reading(self.cell(row, "due") if edit is None else str(edit), choices, self.mapped.on)
        if "first_due" not in self.mapped.columns:
            return found
        before = due_reading(self.cell(row, "first_due"), choices, self.mapped.on)
        if found.day is None and not found.said and not found.fault:
            return before
        return replace(found, first=before.day or found.first)

    def owner(self, row: SheetRow) -> OwnerReading:
        text = self.line(row, "owner")
        if text is None:
            return OwnerReading("")
        if row.place in self.edits and "owner" in self.edits[row.place]:
            found = owner_reading(text, self.offices)
            return OwnerReading(text) if not found.held_back else found
        found = owner_reading(self.text(row, "owner") or "", self.offices)
        chosen = self.mapped.owners.get(hidden(text))
        return OwnerReading(chosen, (), found.held_back) if chosen else found

    def measure(self, row: SheetRow) -> tuple[str | None, str | None, Figure | None, Figure | None]:
        """The words of a measure, its unit, target and baseline, also where they stand in one text. Of a column that is
        evidence too, only a text with a figure is a measure."""
        text = self.line(row, "measure")
        found = measure_reading(text) if text and "target" not in self.mapped.columns else None
        written = "measure" in self.edits.get(row.place, {})
        if text and found is None and not written and "evidence" in collapsed(self.heading("measure")):
            return None, None, None, None
        return (text, found.unit, found.target, found.baseline) if found else (text, None, None, None)


def hidden(text: str) -> str:
    """A text by which it is known again and cannot be read: it may hold a person's name."""
    return sha256(collapsed(text).encode()).hexdigest()[:24]


def stated_in(row: SheetRow, reading: ListReading) -> StatedRow:
    """What a row states, with every fault that its cells have."""
    mapped, faults, readings = reading.mapped, list[RowNote](), list[RowNote]()
    if (fault := row.fault(mapped.columns.values())) is not None:
        faults.append(RowNote("what", fault))
    due = reading.due(row)
    if due.fault:
        faults.append(RowNote("due", due.fault))
    elif due.said:
        readings.append(RowNote("due", due.said, settled=due.plain))
    owner = reading.owner(row)
    if owner.held_back and not owner.office:
        held = ", ".join(owner.held_back)[:80]
        faults.append(RowNote("owner", f"“{held}” may be people: write an office in their place"))
    elif owner.held_back:
        if hidden(reading.line(row, "owner") or "") not in mapped.owners:
            readings.append(RowNote("owner", "what may be a person’s name is not loaded"))
    elif owner.others:
        readings.append(RowNote("owner", f"{len(owner.others) + 1} offices in the file; the first owns it"))
    measure, unit, target, baseline = reading.measure(row)
    if target is not None:
        aimed = f"target {target.text}{unit or ''}" + (f", baseline {baseline.text}{unit or ''}" if baseline else "")
        readings.append(RowNote("measure", f"{aimed} read from the text"))
    figures = {key: _figure(reading, row, key, faults) for key in ("baseline", "target", "now")}
    shares = any(shown(reading.cell(row, key)).endswith(PERCENT) for key in figures)
    said = reading.stated(row)
    number = reading.text(row, "number")
    return StatedRow(
        number=int(number) if number and number.isascii() and number.isdigit() and len(number) < 6 else None,
        what=what if (what := reading.line(row, "what")) and names_something(what) else None,
        findings=_findings(reading, row, faults, readings),
        owner=owner.office or None,
        due_on=due.day,
        first_due=due.first if due.day is not None and due.first is not None and due.first != due.day else None,
        measure=measure,
        unit=reading.line(row, "unit") or unit or (PERCENT if shares else None),
        baseline=figures["baseline"] or baseline,
        target=figures["target"] or target,
        now=figures["now"],
        progress=next((progress for progress, _ in said if progress), None),
        track=next((track for _, track in reversed(said) if track), None),
        narrative=reading.text(row, "narrative"),
        readings=tuple(readings),
        faults=tuple(faults),
    )


def _unmarked(text: str, sheet: ActionSheet) -> str:
    """A text of a CSV file without the apostrophe that keeps a spreadsheet from reading a formula."""
    from_csv = not sheet.name
    return _bare(text) if from_csv else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def _figure(reading: ListReading, row: SheetRow, key: str, faults: list[RowNote]) -> Figure | None:
    """A figure as councils write it: `1,200`, `62 %`; what is none is a fault, or nothing where it is only a word."""
    cell = reading.edits.get(row.place, {}).get(key, reading.cell(row, key))
    if isinstance(cell, float) and not cell.is_integer():
        text = f"{cell:.4f}".rstrip("0")
    else:
        bare = _unmarked(shown(cell), reading.sheet)
        text = re.sub(r"\s*(?:%|per ?cent)$", "", bare, flags=re.IGNORECASE).replace(",", "")
    if not text or not any(character.isdigit() for character in text):
        return None
    try:
        return Figure(text)
    except RuleBroken:
        faults.append(RowNote(key, f"“{shown(cell)[:40]}” under “{reading.heading(key)}” is not a figure"))
        return None


def _findings(reading: ListReading, row: SheetRow, faults: list[RowNote], readings: list[RowNote]) -> tuple[UUID, ...]:
    text = reading.text(row, "findings")
    if text is None:
        return ()
    chosen = reading.mapped.findings.get(text, "")
    numbers: Iterable[int] = numbers_in(text, reading.findings) or ((int(chosen),) if chosen else ())
    found = tuple(reading.findings[number - 1].id for number in numbers if number <= len(reading.findings))
    if found and text in reading.mapped.guessed:
        readings.append(RowNote("findings", GUESSED, settled=True))
    if not found and not reading.mapped.every:
        faults.append(RowNote("findings", f"no finding was chosen for “{text[:60]}”"))
    return found


class Actions:
    """The plan's actions by number and by words, as they were before the file was looked at."""

    def __init__(self, rows: Iterable[ActionRow]) -> None:
        self._by_number = {row.number: row for row in rows}
        self._by_words: dict[str, list[ActionRow]] = {}
        for row in self._by_number.values():
            for text in as_exported(row.what.text):
                self._by_words.setdefault(collapsed(text), []).append(row)
        self._taken: dict[str, str] = {}

    def names_one(self, stated: StatedRow) -> bool:
        """Whether a row says what is to be done, or gives the number of an action of the plan."""
        return stated.what is not None or (stated.number is not None and stated.number in self._by_number)

    def about(self, stated: StatedRow, place: str) -> ActionRow | None:
        """The action that a row is about; None where it is a new one: the same words for another finding are another
        action. Raises RowRejected where that cannot be told, or an earlier row was about the same."""
        found = self._found(stated)
        key = (
            f"action {found.number}" if found else f"{collapsed(stated.what or '')} {sorted(map(str, stated.findings))}"
        )
        if key in self._taken:
            raise RowRejected(f"{self._taken[key]} is about the same action")
        self._taken[key] = place
        return found

    def _found(self, stated: StatedRow) -> ActionRow | None:
        by_number = self._by_number.get(stated.number) if stated.number is not None else None
        if stated.what is None:
            if by_number is None:
                raise RowRejected("it names no action")
            return by_number
        same = self._by_words.get(collapsed(stated.what), [])
        if by_number in same:
            return by_number
        if len(same) > 1:
            same = [row for row in same if set(row.findings) == set(stated.findings)] or same
        if len(same) > 1:
            raise RowRejected("several actions have these words: give the number of the one that is meant")
        if same:
            return same[0]
        if by_number is not None:
            raise RowRejected(
                f"action {by_number.number} here has other words, and words of an action are not changed by a file. To "
                "add it as a new action, leave its number empty or choose no column for the number"
            )
        return None


def as_exported(text: str | None) -> tuple[str, ...]:
    """The ways in which a text of ours may stand in a file."""
    if text is None:
        return ()
    held = holdable(text)
    return tuple(dict.fromkeys((text, held, safe_cell(held), _bare(held))))


def says_the_same(said: str | None, held: str | None) -> bool:
    """Whether a cell adds nothing to a text that is held: it is blank, or the same but for spaces."""
    return said is None or " ".join(said.split()) in {" ".join(text.split()) for text in as_exported(held)}


def same_figure(said: Figure | None, held: Figure | None) -> bool:
    """Whether a figure adds nothing: none is said, or the same number."""
    return said is None or (held is not None and said.number == held.number)
