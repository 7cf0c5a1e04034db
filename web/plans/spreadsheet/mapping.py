"""What an officer says of a list of actions: which column is what, and what its words mean. Kept with the upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from domain.values.errors import RuleBroken
from domain.values.plans import PlanFinding
from web.intake.action_sheet import ActionSheet
from web.intake.tables import collapsed
from web.plans.spreadsheet.columns import COLUMNS, STATED, guessed_columns, guessed_finding, guessed_meaning, numbers_in
from web.plans.spreadsheet.rows import Mapped
from web.words import dates

MOST_WORDS = 60
MOST_FINDINGS = 200
LONGEST_WHY = 300
WHY = "As in the list of actions that was loaded."


@dataclass(frozen=True)
class MappingChoice:
    """One thing to choose: the name of its box, what it is about, and what is chosen."""

    name: str
    label: str
    chosen: str


def first_guess(sheet: ActionSheet, findings: tuple[PlanFinding, ...]) -> Mapped:
    """What a file's own headings and words suggest."""
    guessed = Mapped(guessed_columns(sheet.headings), every="", on=dates.today(), why=WHY)
    return _completed(guessed, sheet, findings)


def columns(mapped: Mapped) -> list[MappingChoice]:
    """A choice of a column of the file for each of ours."""
    return [MappingChoice(f"column-{one.key}", one.label, str(mapped.columns.get(one.key, ""))) for one in COLUMNS]


def status_words(mapped: Mapped, sheet: ActionSheet) -> list[MappingChoice]:
    """A choice of a meaning for each status word of the columns chosen."""
    return [
        MappingChoice(f"word-{place}-{number}", word, mapped.meanings.get(collapsed(word), ""))
        for place in _status_columns(mapped)
        for number, word in enumerate(sheet.values(place)[:MOST_WORDS])
    ]


def finding_texts(mapped: Mapped, sheet: ActionSheet, findings: tuple[PlanFinding, ...]) -> list[MappingChoice]:
    """A choice of a finding for each text of the column chosen that does not name findings by number."""
    place = mapped.columns.get("findings")
    return [
        MappingChoice(f"finding-{place}-{number}", text, mapped.findings.get(text, ""))
        for number, text in enumerate(sheet.values(place)[:MOST_FINDINGS])
        if not numbers_in(text, findings)
    ]


def chosen_in(form: Mapping[str, str], sheet: ActionSheet, findings: tuple[PlanFinding, ...]) -> tuple[Mapped, bool]:
    """What a form says, and whether it says all that its columns ask for. What it does not say is guessed.

    Raises RuleBroken where it cannot be so."""
    chosen = {
        one.key: int(text)
        for one in COLUMNS
        if (text := form.get(f"column-{one.key}", "")).isascii() and text.isdigit() and int(text) < len(sheet.headings)
    }
    _must_be_possible(chosen, sheet)
    every = form.get("every", "")
    mapped = Mapped(
        chosen,
        every=every if any(str(finding.id) == every for finding in findings) else "",
        on=dates.as_past_day(form.get("on", "").strip(), "“true on”"),
        why=" ".join(form.get("why", "").split())[:LONGEST_WHY] or WHY,
    )
    whole = _completed(mapped, sheet, findings)
    words, texts = status_words(whole, sheet), finding_texts(whole, sheet, findings)
    said = replace(
        whole,
        meanings={**whole.meanings}
        | {collapsed(one.label): form[one.name] for one in words if form.get(one.name) in STATED},
        findings={**whole.findings}
        | {one.label: form[one.name] for one in texts if form.get(one.name, "?") in ("", *_numbers(findings))},
    )
    return said, all(one.name in form for one in (*words, *texts))


def as_document(mapped: Mapped) -> dict[str, Any]:
    """As it is kept."""
    return asdict(mapped) | {"on": mapped.on.isoformat()}


def from_document(document: Mapping[str, Any]) -> Mapped:
    """As it was kept."""
    return Mapped(**{**document, "on": date.fromisoformat(document["on"])})


def _numbers(findings: tuple[PlanFinding, ...]) -> list[str]:
    return [str(number) for number in range(1, len(findings) + 1)]


def _status_columns(mapped: Mapped) -> list[int]:
    return [mapped.columns[key] for key in ("progress", "track") if key in mapped.columns]


def _completed(mapped: Mapped, sheet: ActionSheet, findings: tuple[PlanFinding, ...]) -> Mapped:
    """With a guess for each word and text of the columns chosen."""
    words = [word for place in _status_columns(mapped) for word in sheet.values(place)[:MOST_WORDS]]
    texts = sheet.values(mapped.columns.get("findings"))[:MOST_FINDINGS]
    return replace(
        mapped,
        meanings={collapsed(word): guessed_meaning(word) for word in words},
        findings={text: guessed_finding(text, findings) for text in texts if not numbers_in(text, findings)},
    )


def _must_be_possible(chosen: Mapping[str, int], sheet: ActionSheet) -> None:
    if "what" not in chosen:
        raise RuleBroken("Choose the column that says what is to be done.")
    if len(set(chosen.values())) < len(chosen):
        raise RuleBroken("Choose each column of the file once.")
    for key, most in (("progress", MOST_WORDS), ("track", MOST_WORDS), ("findings", MOST_FINDINGS)):
        found = len(sheet.values(chosen.get(key)))
        if found > most:
            raise RuleBroken(
                f"The column “{sheet.headings[chosen[key]]}” holds {found} different texts, too many to choose a "
                "meaning for each. Choose another column, or none."
            )
