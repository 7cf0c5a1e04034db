"""The columns of a list of actions: what each is called here and by councils, and what status words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.values.plans import PlanFinding, Progress, Track
from projections.plans.answers import ActionRow, PlanAnswer
from web.formats.blocks import Cell, Grid
from web.intake.tables import collapsed
from web.plans.committee_paper.tables import finding_numbers, in_numbers, number_of
from web.words import words
from web.words.plans import PROGRESS, TRACKS


@dataclass(frozen=True)
class SheetColumn:
    """One column: its key, its heading when exported, what to ask for, and other headings it is known by."""

    key: str
    heading: str
    label: str
    known: frozenset[str]


def _column(key: str, heading: str, label: str, *others: str) -> SheetColumn:
    return SheetColumn(key, heading, label, frozenset({collapsed(heading), *others}))


COLUMNS = (
    _column("number", "No.", "Number of the action here", "no", "number", "action no", "action no.", "action number"),
    _column(
        *("what", "Action", "What is to be done", "actions", "task", "what", "what will be done", "what we will do"),
        *("action required", "description", "action description", "activity"),
    ),
    _column(
        *("findings", "Findings", "Finding that it answers", "finding", "recommendation", "recommendations"),
        *("area for improvement", "areas for improvement", "ofsted finding", "ofsted recommendation", "priority area"),
    ),
    _column(
        *("owner", "Owner", "Office that owns it", "lead", "lead officer", "responsible", "responsible officer", "who"),
        *("action owner", "accountable officer", "by whom", "officer", "responsibility"),
    ),
    _column(
        *("due", "Due", "Due date", "due date", "deadline", "by when", "target date", "completion date", "timescale"),
        *("date due", "end date", "when", "due by", "revised", "revised date", "revised due date", "revised deadline"),
    ),
    _column(
        *("measure", "Measure", "Success measure", "success measure", "success measures", "success criteria", "kpi"),
        *("how will we know", "indicator", "outcome measure", "measure of success"),
    ),
    _column("unit", "Unit", "Unit of the measure", "units"),
    _column("baseline", "Baseline", "Baseline", "start", "starting point", "baseline figure"),
    _column("target", "Target", "Target", "target figure", "goal"),
    _column("now", "Now", "Figure now", "current", "actual", "current figure", "latest figure", "performance"),
    _column(
        *("progress", "Progress", "Status", "status", "rag", "brag", "rag status", "rag rating", "brag status"),
        *("action status", "current status"),
    ),
    _column("track", "Confidence", "Confidence, if it stands apart", "track", "on track", "confidence rating"),
    _column(
        *("narrative", "Latest", "Latest news", "update", "latest update", "progress update", "notes", "comments"),
        *("commentary", "comment", "narrative", "progress notes"),
    ),
)
KNOWN = frozenset(heading for column in COLUMNS for heading in column.known)


def _meanings() -> Iterator[tuple[str, str]]:
    yield "", "Leave as it is"
    for progress, called in PROGRESS.items():
        if progress is Progress.CARRIED_OVER:
            continue  # told of two plans at once, by a form of its own
        yield f"{progress.value}/", "Reported complete" if progress is Progress.COMPLETE else called
        if progress is Progress.IN_PROGRESS:
            for track, label in TRACKS.items():
                yield f"{progress.value}/{track.value}", f"{called}, {label.casefold()}"
    for track, label in TRACKS.items():
        yield f"/{track.value}", label


STATED: Mapping[str, str] = dict(_meanings())
"""What a status word may mean, progress and confidence; the last three leave the progress as it is."""

_GUESSES: Mapping[str, str] = {
    **{label.casefold(): option for option, label in STATED.items() if option},
    **dict.fromkeys(("not begun", "grey", "to do", "yet to start"), "not_started/"),
    **dict.fromkeys(("ongoing", "started", "underway", "under way", "open"), "in_progress/"),
    **dict.fromkeys(("green", "g"), "in_progress/on_track"),
    **dict.fromkeys(("amber", "a", "yellow", "delayed", "slipping"), "in_progress/at_risk"),
    **dict.fromkeys(("red", "r", "overdue", "late", "behind schedule"), "in_progress/off_track"),
    **dict.fromkeys(("complete", "completed", "done", "finished", "blue", "b"), "complete/"),
    **dict.fromkeys(("complete and evidenced",), "complete/"),
    **dict.fromkeys(("not required", "n/a", "not applicable"), "no_action_required/"),
}


def guessed_columns(headings: Sequence[str]) -> dict[str, int]:
    """Which column of a file each of ours probably is, by its heading; none of the file's is taken twice."""
    found: dict[str, int] = {}
    for column in COLUMNS:
        for place, heading in enumerate(headings):
            if place not in found.values() and collapsed(heading) in column.known:
                found[column.key] = place
                break
    return found


def guessed_meaning(word: str) -> str:
    """What a status word probably means, as a key of `STATED`."""
    return _GUESSES.get(collapsed(word), "")


def meaning(option: str) -> tuple[Progress | None, Track | None]:
    """Progress and confidence of a key of `STATED`."""
    progress, _, track = option.partition("/")
    return (Progress(progress) if progress else None, Track(track) if track else None)


_NUMBERS = re.compile(r"(?:findings? )?(\d{1,3}(?:(?:\s*[;,&]\s*|\s+and\s+|\s+)\d{1,3})*)\.?", re.ASCII | re.IGNORECASE)


def numbers_in(text: str, findings: Sequence[PlanFinding]) -> tuple[int, ...]:
    """The findings that a cell names by number, such as `1; 3`; none where it is not a list of numbers of findings."""
    found = _NUMBERS.fullmatch(" ".join(text.split()))
    numbers = tuple(map(int, re.findall(r"\d+", found[1]))) if found else ()
    return numbers if numbers and all(1 <= number <= len(findings) for number in numbers) else ()


def guessed_finding(text: str, findings: Sequence[PlanFinding]) -> str:
    """The number of the one finding that a cell quotes, whole or in part; empty where none or several fit."""
    said = collapsed(text)
    held = {str(number): collapsed(finding.text) for number, finding in enumerate(findings, 1)}
    same = [number for number, words_ in held.items() if words_ == said]
    part = [number for number, words_ in held.items() if len(said) >= 8 and (said in words_ or words_ in said)]
    return next((found[0] for found in (same, part) if len(found) == 1), "")


def list_of_actions(answer: PlanAnswer) -> Grid:
    """Every action in the order of its number, a row each, in the columns that can be loaded again.

    Words that were erased, or cannot be read, leave their cell empty."""
    numbers = finding_numbers(answer)

    def cells(row: ActionRow) -> tuple[Cell, ...]:
        return (
            row.number,
            row.what.text,
            in_numbers(row.findings, numbers),
            row.owner,
            row.due_on,
            row.measure.text if row.measure else None,
            row.unit,
            number_of(row.baseline),
            number_of(row.target),
            number_of(row.now),
            words.plain(row.progress.value),
            words.plain(row.track.value) if row.track else None,
            row.narrative.text if row.narrative else None,
        )

    ordered = sorted(answer.actions, key=lambda row: row.number)
    caption = f"Actions of {answer.head.authority.name}"
    return Grid("actions", caption, tuple(column.heading for column in COLUMNS), tuple(map(cells, ordered)))
