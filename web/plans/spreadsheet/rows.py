"""What a row of a list of actions states, and which action of the plan it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.values.errors import RuleBroken
from domain.values.plans import Figure, PlanFinding, Progress, Track
from projections.plans.answers import ActionRow
from web.formats.cells import DANGEROUS, holdable, safe_cell
from web.intake.action_sheet import ActionSheet, SheetRow
from web.intake.cells import RowRejected, due_day_of, words_of
from web.intake.tables import Cell, collapsed, shown
from web.plans.spreadsheet.columns import meaning, numbers_in

LATEST = date(2099, 12, 31)
PERCENT = "%"


@dataclass(frozen=True)
class Mapped:
    """What an officer said of a file: which column is what, what its status words and findings mean, of which day it
    is true, and why due dates that it moves were moved. `every` is the finding of rows that name none."""

    columns: Mapping[str, int]
    meanings: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    every: str = ""
    on: date = date.max
    why: str = ""


@dataclass(frozen=True)
class StatedRow:
    """What one row says; None where it says nothing. `readings` say how what was written otherwise was read."""

    number: int | None
    what: str | None
    findings: tuple[UUID, ...]
    owner: str | None
    due_on: date | None
    measure: str | None
    unit: str | None
    baseline: Figure | None
    target: Figure | None
    now: Figure | None
    progress: Progress | None
    track: Track | None
    narrative: str | None
    readings: tuple[str, ...] = ()


def stated_in(row: SheetRow, sheet: ActionSheet, mapped: Mapped, findings: tuple[PlanFinding, ...]) -> StatedRow:
    """What a row states. Raises RowRejected or RuleBroken with words that name the cell."""
    if (fault := row.fault(mapped.columns.values())) is not None:
        raise RowRejected(fault)
    heading = {key: sheet.headings[place] for key, place in mapped.columns.items()}

    def cell(key: str) -> Cell:
        return row.cell(mapped.columns.get(key))

    def text(key: str) -> str | None:
        return words_of(_unmarked(shown(cell(key)), sheet)) or None

    def line(key: str) -> str | None:
        said = text(key)
        return " ".join(said.split()) if said else None

    readings: list[str] = []
    due = due_day_of(cell("due"), heading["due"], latest=LATEST, hear=readings.append) if "due" in heading else None
    figures = [cell(key) for key in ("baseline", "target", "now")]
    said = [meaning(mapped.meanings.get(collapsed(word), "")) for key in ("progress", "track") if (word := text(key))]
    number = text("number")
    return StatedRow(
        number=int(number) if number and number.isascii() and number.isdigit() and len(number) < 6 else None,
        what=line("what"),
        findings=_findings(text("findings"), mapped, findings),
        owner=line("owner"),
        due_on=due,
        measure=line("measure"),
        unit=line("unit") or (PERCENT if any(shown(figure).endswith(PERCENT) for figure in figures) else None),
        baseline=_figure(cell("baseline"), heading.get("baseline", ""), sheet),
        target=_figure(cell("target"), heading.get("target", ""), sheet),
        now=_figure(cell("now"), heading.get("now", ""), sheet),
        progress=next((progress for progress, _ in said if progress), None),
        track=next((track for _, track in reversed(said) if track), None),
        narrative=text("narrative"),
        readings=tuple(readings),
    )


def _unmarked(text: str, sheet: ActionSheet) -> str:
    """A text of a CSV file without the apostrophe that keeps a spreadsheet from reading a formula."""
    from_csv = not sheet.name
    return _bare(text) if from_csv else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def _figure(cell: Cell, heading: str, sheet: ActionSheet) -> Figure | None:
    """A figure as councils write it: `1,200`, `62 %`. Raises RowRejected for what is none."""
    if isinstance(cell, float) and not cell.is_integer():
        text = f"{cell:.4f}".rstrip("0")
    else:
        text = re.sub(r"\s*(?:%|per ?cent)$", "", _unmarked(shown(cell), sheet), flags=re.IGNORECASE).replace(",", "")
    if not text:
        return None
    try:
        return Figure(text)
    except RuleBroken:
        raise RowRejected(f"{shown(cell)[:40]!r} under {heading!r} is not a figure") from None


def _findings(text: str | None, mapped: Mapped, findings: tuple[PlanFinding, ...]) -> tuple[UUID, ...]:
    if text is None:
        numbers: Iterable[int] = ()
    else:
        chosen = mapped.findings.get(text, "")
        numbers = numbers_in(text, findings) or ((int(chosen),) if chosen else ())
        if not numbers:
            raise RowRejected(f"no finding was chosen for {text[:60]!r}")
    return tuple(findings[number - 1].id for number in numbers if number <= len(findings))


class Actions:
    """The plan's actions by number and by words, as they were before the file was looked at."""

    def __init__(self, rows: Iterable[ActionRow]) -> None:
        self._by_number = {row.number: row for row in rows}
        self._by_words: dict[str, list[ActionRow]] = {}
        for row in self._by_number.values():
            for text in as_exported(row.what.text):
                self._by_words.setdefault(collapsed(text), []).append(row)
        self._taken: dict[str, str] = {}

    def about(self, stated: StatedRow, place: str) -> ActionRow | None:
        """The action that a row is about; None where it is a new one. Raises RowRejected where that cannot be told, or
        an earlier row was about the same."""
        found = self._found(stated)
        key = f"action {found.number}" if found else collapsed(stated.what or "")
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
