"""What the page of the columns shows of a file: each column with its first values and what was noticed, and the
questions that its words leave open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.values.plans import PlanFinding
from web.intake.action_sheet import ActionSheet
from web.intake.tables import shown
from web.plans.spreadsheet.columns import canonical, numbers_in
from web.plans.spreadsheet.due_words import asked_of
from web.plans.spreadsheet.mapping import action_rows
from web.plans.spreadsheet.owners import owner_reading
from web.plans.spreadsheet.rows import GUESSED, ListReading, Mapped, hidden
from web.words import words

NOT_NEEDED = "or no action required?"
_NOT_NEEDED = ("n/a", "na", "not applicable", "not required", "no longer required", "not needed", "no action required")

SHOWN = 3
"""First values shown of a column."""


@dataclass(frozen=True)
class ColumnShown:
    """A column of the file: its place, heading and first values, what it is taken for, and what was noticed of it."""

    place: int
    heading: str
    values: str
    key: str
    noticed: str


@dataclass(frozen=True)
class WordAsked:
    """Words of the file that mean one thing: the name of their box, how they are written, in how many rows, what is
    chosen, and what has to be said of that."""

    name: str
    said: str
    rows: int
    chosen: str
    note: str = ""


@dataclass(frozen=True)
class Questions:
    """Everything that the page asks. `choices` are the names of what words for days rest on."""

    rows: int
    left_out: int
    columns: tuple[ColumnShown, ...]
    statuses: tuple[WordAsked, ...]
    findings: tuple[WordAsked, ...]
    owners: tuple[WordAsked, ...]
    offices: tuple[str, ...]
    unowned: int
    unfound: int
    choices: frozenset[str]

    @property
    def same(self) -> tuple[str, ...]:
        """Texts that were given one finding, of which one at least is a guess."""
        guessed = {one.chosen for one in self.findings if one.note}
        alike = Counter(one.chosen for one in self.findings)
        return tuple(one.said for one in self.findings if one.chosen in guessed and alike[one.chosen] > 1)

    @property
    def open(self) -> int:
        """How many of them only a person can answer, or must see the guess of."""
        asked = sum(1 for one in (*self.findings, *self.owners) if not one.chosen or one.note)
        return asked + (1 if self.unfound else 0)


def questions_of(sheet: ActionSheet, mapped: Mapped, findings: Sequence[PlanFinding]) -> Questions:
    """What is asked of a file as it is read now."""
    reading = ListReading(sheet, mapped, tuple(findings))
    rows = action_rows(sheet, mapped)
    words_said: dict[str, Counter[str]] = {}
    offices: Counter[str] = Counter()
    asked: dict[str, tuple[str, int]] = {}
    texts: Counter[str] = Counter()
    unowned = unfound = 0
    for row in sheet.rows:
        for key in ("progress", "track"):
            if word := reading.status(row, key):
                words_said.setdefault(canonical(word), Counter())[word] += 1
    for row in rows:
        text = reading.line(row, "owner")
        owner = owner_reading(reading.text(row, "owner") or "")
        if not text or (not owner.office and not owner.held_back):
            unowned += 1
        elif owner.office:
            offices[owner.office] += 1
        else:
            asked[hidden(text)] = (text, asked.get(hidden(text), (text, 0))[1] + 1)
        said = reading.text(row, "findings")
        if said is None:
            unfound += 1
        elif not numbers_in(said, findings):
            texts[said] += 1
    return Questions(
        rows=len(rows),
        left_out=len(sheet.rows) - len(rows),
        columns=tuple(_column(place, reading) for place in range(len(sheet.headings))),
        statuses=tuple(
            WordAsked(
                f"word-{hidden(name)}",
                ", ".join(said),
                sum(said.values()),
                mapped.meanings.get(name, ""),
                NOT_NEEDED if name in _NOT_NEEDED else "",
            )
            for name, said in words_said.items()
            if name in mapped.meanings
        ),
        findings=tuple(
            WordAsked(
                f"finding-{hidden(text)}",
                text,
                count,
                mapped.findings.get(text, ""),
                GUESSED if text in mapped.guessed else "",
            )
            for text, count in texts.items()
        ),
        owners=tuple(
            WordAsked(f"owner-{name}", text, count, mapped.owners.get(name, ""))
            for name, (text, count) in asked.items()
        ),
        offices=tuple(sorted(offices, key=str.casefold)),
        unowned=unowned,
        unfound=0 if mapped.every else unfound,
        choices=frozenset(asked_of(map(reading.due, rows))),
    )


def _column(place: int, reading: ListReading) -> ColumnShown:
    sheet, mapped = reading.sheet, reading.mapped
    rows = action_rows(sheet, mapped) or list(sheet.rows)
    key = next((key for key, at in mapped.columns.items() if at == place), "")
    values: dict[str, None] = {}
    for row in rows:
        text = " ".join(shown(row.cell(place)).split())
        if not text and place in row.colours and key in ("progress", "track"):
            text = f"({row.colours[place]} cell)"
        if text:
            values.setdefault(text[:34] + ("…" if len(text) > 34 else ""))
        if len(values) == SHOWN:
            break
    return ColumnShown(
        place, sheet.headings[place], " · ".join(values) or "(empty)", key, _noticed(place, key, rows, reading)
    )


def _noticed(place: int, key: str, rows: Sequence[object], reading: ListReading) -> str:
    said: list[str] = []
    listed = action_rows(reading.sheet, reading.mapped)
    if filled := sum(place in row.filled for row in listed):
        said.append(f"merged or blank cells are read as filled down: {words.count(filled, 'row')}")
    if key == "owner":
        held = sum(bool(reading.owner(row).held_back) for row in listed)
        if held:
            said.append(f"{words.count(held, 'value')} may be people’s names: no name is loaded")
    if key == "due":
        found = [reading.due(row) for row in listed]
        if read := sum(bool(one.said) and one.day is not None for one in found):
            said.append(f"{words.count(read, 'value')} read from words")
        if none := sum(one.day is None and not one.fault for one in found):
            said.append(f"{none} without a date yet")
        if wrong := sum(bool(one.fault) for one in found):
            said.append(f"{wrong} to mend")
    if key in ("progress", "track") and any(place in row.colours for row in listed):
        said.append("read from the word, else from the colour of the cell")
    if key == "measure":
        measures = [reading.measure(row) for row in listed]
        if targets := sum(one[2] is not None for one in measures):
            said.append(f"{words.count(targets, 'value')} with a target in the text")
        if left := sum(
            one[0] is None and bool(reading.line(row, key)) for one, row in zip(measures, listed, strict=True)
        ):
            said.append(f"{left} without a figure left out")
    return words.sentence("; ".join(said)) if said else ""
