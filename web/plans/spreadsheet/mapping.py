"""What an officer says of a list of actions: which column is what, and what its words mean. Kept with the upload, and
remembered for the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from domain.plans.checks import LONGEST_OFFICE
from domain.values.errors import RuleBroken
from domain.values.plans import PlanFinding
from web.intake.action_sheet import ActionSheet, SheetRow, names_something
from web.intake.sheet_colours import legend_in
from web.intake.tables import collapsed, shown
from web.plans.spreadsheet.columns import (
    COLUMNS,
    KEYS,
    STATED,
    canonical,
    guessed_columns,
    guessed_finding,
    guessed_meaning,
    numbers_in,
    quoted_findings,
)
from web.plans.spreadsheet.due_words import DueChoices
from web.plans.spreadsheet.owners import NO_OFFICE, owner_reading
from web.plans.spreadsheet.rows import ListReading, Mapped, hidden
from web.words import dates, words

MOST_WORDS = 60
MOST_FINDINGS = 200
LONGEST_WHY = 300
WHY = "As in the list of actions that was loaded."


def first_guess(
    sheet: ActionSheet, findings: tuple[PlanFinding, ...], remembered: Mapping[str, Any] | None = None
) -> Mapped:
    """What a file's own headings and words suggest; what was said of the plan's list before counts first."""
    kept = remembered or {}
    columns = guessed_columns(sheet.headings)
    if held := kept.get("columns"):
        known = {heading: place for place, heading in reversed([*enumerate(map(collapsed, sheet.headings))])}
        found = {key: known[heading] for key, heading in held.items() if key in KEYS and heading in known}
        columns = found if "what" in found else columns
    guessed = Mapped(
        columns,
        on=dates.today(),
        why=WHY,
        every=_number_of(kept.get("every", ""), findings),
        nobody=kept.get("nobody", NO_OFFICE),
        due=asdict(DueChoices.of(dict(kept.get("due", {})))),
    )
    return _completed(replace(guessed, carry=_is_visual(sheet, guessed)), sheet, findings, kept)


def carried(sheet: ActionSheet, mapped: Mapped) -> ActionSheet:
    """The sheet with blank cells of the findings filled from above, where that was said."""
    place = mapped.columns.get("findings")
    if not mapped.carry or place is None:
        return sheet
    rows: list[SheetRow] = []
    above: Any = None
    for row in sheet.rows:
        said = shown(row.cell(place))
        if said:
            above = row.cell(place)
        elif above is not None and names_something(shown(row.cell(mapped.columns.get("what")))):
            cells = tuple(above if at == place else cell for at, cell in enumerate(row.cells))
            row = replace(row, cells=cells, filled=row.filled | {place})
        rows.append(row)
    return replace(sheet, rows=tuple(rows))


def action_rows(sheet: ActionSheet, mapped: Mapped) -> list[SheetRow]:
    """The rows that say what is to be done."""
    return [row for row in sheet.rows if names_something(shown(row.cell(mapped.columns.get("what"))))]


def chosen_in(
    form: Mapping[str, str],
    sheet: ActionSheet,
    findings: tuple[PlanFinding, ...],
    opened_on: date,
    kept: Mapping[str, Any],
) -> Mapped:
    """What a form says; what it does not say is as it was `kept`, or guessed. Raises RuleBroken where it cannot be
    so."""
    chosen: dict[str, int] = {}
    for place in range(len(sheet.headings)):
        key = form.get(f"column-{place}", "")
        if key in KEYS and key in chosen:
            raise RuleBroken(f"Two columns are “{KEYS[key].label}”. Choose one of them, and leave out the other.")
        if key in KEYS:
            chosen[key] = place
    _must_be_possible(chosen, sheet)
    on = dates.as_past_day(form.get("on", "").strip(), "“true on”")
    if on < opened_on:
        raise RuleBroken(
            f"The plan was opened on {words.day(opened_on)}: enter that day or a later one, or correct its day of "
            "opening first."
        )
    every = form.get("every", "")
    mapped = Mapped(
        chosen,
        every=every if any(str(finding.id) == every for finding in findings) else "",
        on=on,
        why=" ".join(form.get("why", "").split())[:LONGEST_WHY] or WHY,
        nobody=" ".join(form.get("nobody", "").split())[:LONGEST_OFFICE] or NO_OFFICE,
        carry="carry" in form,
        due=asdict(
            DueChoices.of({name: form[f"due-{name}"] for name in asdict(DueChoices()) if f"due-{name}" in form})
        ),
    )
    if owner_reading(mapped.nobody).held_back and mapped.nobody != NO_OFFICE:
        raise RuleBroken(f"“{mapped.nobody}” may be a person. Write an office for rows that name no owner.")
    whole = _completed(mapped, sheet, findings, kept)
    numbers = {"", *map(str, range(1, len(findings) + 1))}
    chosen_findings = {
        text: _said(form, f"finding-{hidden(text)}", number, numbers) for text, number in whole.findings.items()
    }
    return replace(
        whole,
        findings=chosen_findings,
        guessed=[text for text in whole.guessed if chosen_findings[text] == whole.findings[text]],
        meanings={word: _said(form, f"word-{hidden(word)}", option, STATED) for word, option in whole.meanings.items()},
        owners={name: _office(form, name, office) for name, office in whole.owners.items()},
    )


def _said(form: Mapping[str, str], name: str, otherwise: str, allowed: Any) -> str:
    said = form.get(name)
    return said if said is not None and said in allowed else otherwise


def _office(form: Mapping[str, str], name: str, otherwise: str) -> str:
    said = form.get(f"owner-{name}")
    if said is None:
        return otherwise
    office = " ".join(said.split())[:LONGEST_OFFICE]
    if office and owner_reading(office).held_back:
        raise RuleBroken(f"“{office}” may be a person. Write an office, for example Head of Safeguarding.")
    return office


def as_document(mapped: Mapped) -> dict[str, Any]:
    """As it is kept."""
    return asdict(mapped) | {"on": mapped.on.isoformat()}


def from_document(document: Mapping[str, Any]) -> Mapped:
    """As it was kept."""
    return Mapped(**{**document, "on": date.fromisoformat(document["on"])})


def to_remember(
    mapped: Mapped, sheet: ActionSheet, findings: Sequence[PlanFinding], before: Mapping[str, Any]
) -> dict[str, Any]:
    """What is worth knowing of the next list: headings and choices, texts by their digest; of words that this list does
    not have, what was known before."""
    return {
        "columns": {key: collapsed(sheet.headings[place]) for key, place in mapped.columns.items()},
        "meanings": {**before.get("meanings", {}), **mapped.meanings},
        "findings": dict(before.get("findings", {}))
        | {hidden(text): str(findings[int(number) - 1].id) for text, number in mapped.findings.items() if number},
        "owners": dict(before.get("owners", {})) | {name: office for name, office in mapped.owners.items() if office},
        "every": mapped.every,
        "nobody": mapped.nobody,
        "due": dict(mapped.due),
        "sheets": [one.name for one in sheet.offers if one.chosen],
    }


def _number_of(identity: str, findings: Sequence[PlanFinding]) -> str:
    return identity if any(str(finding.id) == identity for finding in findings) else ""


def _completed(
    mapped: Mapped, sheet: ActionSheet, findings: tuple[PlanFinding, ...], kept: Mapping[str, Any]
) -> Mapped:
    """With a guess for each word, text and owner of the columns chosen."""
    rows = action_rows(sheet, mapped)
    reading = ListReading(sheet, mapped, findings)
    legend = legend_in((*sheet.above, *(shown(cell) for row in sheet.rows for cell in row.cells if _may_explain(cell))))
    said: dict[str, str] = {}
    for row in sheet.rows:
        for key in ("progress", "track"):
            if word := reading.status(row, key):
                said.setdefault(canonical(word), word)
    held = {name: number for number, finding in enumerate(findings, 1) for name in (str(finding.id),)}
    known = kept.get("findings", {})
    texts = sheet.values(mapped.columns.get("findings"))[:MOST_FINDINGS]
    asked = [text for text in texts if not numbers_in(text, findings)]
    told = {text: str(held.get(known.get(hidden(text), ""), "")) for text in asked}
    owners: dict[str, str] = {}
    for row in rows:
        text = reading.line(row, "owner")
        found = owner_reading(reading.text(row, "owner") or "")
        if text and found.held_back and not found.office:
            owners[hidden(text)] = kept.get("owners", {}).get(hidden(text), "")
    return replace(
        mapped,
        meanings={
            word: _known_meaning(kept, word) or guessed_meaning(first, legend)
            for word, first in list(said.items())[:MOST_WORDS]
        },
        findings={text: number or guessed_finding(text, findings) for text, number in told.items()},
        guessed=[
            text
            for text, number in told.items()
            if not number and guessed_finding(text, findings) and not quoted_findings(text, findings)
        ],
        owners=owners,
    )


def _known_meaning(kept: Mapping[str, Any], word: str) -> str:
    option = kept.get("meanings", {}).get(word, "")
    return option if option in STATED else ""


def _may_explain(cell: Any) -> bool:
    return isinstance(cell, str) and 12 < len(cell) < 400 and "green" in cell.casefold()


def _is_visual(sheet: ActionSheet, mapped: Mapped) -> bool:
    """Whether findings stand once above the rows they are of, without merged cells."""
    place = mapped.columns.get("findings")
    if place is None:
        return False
    cells = [bool(shown(row.cell(place))) for row in action_rows(sheet, mapped)]
    return len(cells) > 2 and cells[0] and 3 * cells.count(False) >= len(cells)


def _must_be_possible(chosen: Mapping[str, int], sheet: ActionSheet) -> None:
    if "what" not in chosen:
        raise RuleBroken("Choose the column that says what is to be done.")
    for key, most in (("progress", MOST_WORDS), ("track", MOST_WORDS), ("findings", MOST_FINDINGS)):
        found = len(sheet.values(chosen.get(key)))
        if found > most:
            raise RuleBroken(
                f"The column “{sheet.headings[chosen[key]]}” holds {found} different texts, too many to choose a "
                "meaning for each. Choose another column, or none."
            )


def columns_in_order() -> list[tuple[str, str]]:
    """What a column may be, to choose from."""
    return [("", "Leave out"), *((one.key, one.label) for one in COLUMNS)]
