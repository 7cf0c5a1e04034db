"""The columns of a list of actions: what each is called here and by councils, and what status words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.values.plans import PlanFinding, Progress, Track
from projections.plans.answers import ActionRow, PlanAnswer
from web.formats.blocks import Cell, Grid
from web.intake.action_sheet import HEADING_ABOVE, heading_parts
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
        *(
            "ofsted rec",
            "ofsted recs",
            "ofsted area",
            "area",
            "theme",
            "ilacs finding",
            "ilacs recommendation",
            "ofsted afi",
        ),
    ),
    _column(
        *("owner", "Owner", "Office that owns it", "lead", "lead officer", "responsible", "responsible officer", "who"),
        *(
            "action owner",
            "accountable officer",
            "by whom",
            "officer",
            "responsibility",
            "leads",
            "lead person",
            "owners",
        ),
        *(
            "accountable",
            "lead responsible",
            "responsible lead",
            "lead officers",
            "action lead",
            "senior responsible officer",
        ),
    ),
    _column(
        *("due", "Due", "Due date", "due date", "deadline", "by when", "target date", "completion date", "timescale"),
        *("date due", "end date", "when", "due by", "revised", "revised date", "revised due date", "revised deadline"),
        *(
            "timescales",
            "timeframe",
            "time frame",
            "completion",
            "by",
            "target completion",
            "milestone date",
            "deadlines",
        ),
    ),
    _column(
        *("first_due", "First due", "Due date promised first", "original", "original date", "original due date"),
        *("original deadline", "baseline date", "original target date", "original timescale"),
    ),
    _column(
        *("measure", "Measure", "Success measure", "success measure", "success measures", "success criteria", "kpi"),
        *("how will we know", "indicator", "outcome measure", "measure of success", "kpis", "measures"),
    ),
    _column("unit", "Unit", "Unit of the measure", "units"),
    _column("baseline", "Baseline", "Baseline", "start", "starting point", "baseline figure"),
    _column("target", "Target", "Target", "target figure", "goal"),
    _column("now", "Now", "Figure now", "current", "actual", "current figure", "latest figure", "performance"),
    _column(
        *("progress", "Progress", "Status", "status", "rag", "brag", "rag status", "rag rating", "brag status"),
        *("action status", "current status", "brag rating", "rag rated", "r/a/g", "delivery status", "state"),
    ),
    _column("track", "Confidence", "Confidence, if it stands apart", "track", "on track", "confidence rating"),
    _column(
        *("narrative", "Latest", "Latest news", "update", "latest update", "progress update", "notes", "comments"),
        *("commentary", "comment", "narrative", "progress notes", "position", "current position", "what happened"),
    ),
)
KEYS: Mapping[str, SheetColumn] = {column.key: column for column in COLUMNS}
EXPORTED = tuple(column.heading for column in COLUMNS if column.key != "first_due")
"""The headings of our own list; what was promised first is in the plan's report."""

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
}


def guessed_columns(headings: Sequence[str]) -> dict[str, int]:
    """Which column of a file each of ours probably is, by its heading whole, in part, or by a word in it; none is taken
    twice. A number is one of ours only in a list that was taken out here: councils number their own."""
    ours = set(map(collapsed, headings)) <= set(map(collapsed, EXPORTED))
    found: dict[str, int] = {}
    for fits in (_is_named, _has_a_part, _has_a_word):
        for column in COLUMNS:
            if column.key in found or (column.key == "number" and not ours):
                continue
            for place, heading in enumerate(headings):
                if place not in found.values() and fits(column, heading):
                    found[column.key] = place
                    break
    if "findings" not in found and HEADING_ABOVE in headings:
        found["findings"] = list(headings).index(HEADING_ABOVE)
    return found


def _is_named(column: SheetColumn, heading: str) -> bool:
    return collapsed(heading) in column.known


def _has_a_part(column: SheetColumn, heading: str) -> bool:
    return bool(column.known & set(heading_parts(heading)))


def _has_a_word(column: SheetColumn, heading: str) -> bool:
    return column.key in _TELLING and _TELLING[column.key].search(collapsed(heading)) is not None


_TELLING: Mapping[str, re.Pattern[str]] = {
    "what": re.compile(r"^(?!.*\b(?:evidence|date|status|ref|number)\b).*\b(?:actions?|tasks?|activit(?:y|ies))\b"),
    "findings": re.compile(r"\b(?:recommendations?|findings?|areas? for improvement)\b"),
    "owner": re.compile(r"\b(?:leads?|owners?|responsible|responsibility|assigned|accountable)\b"),
    "due": re.compile(
        r"^(?!.*\boriginal\b).*\b(?:timescales?|deadline|due|by when|target date|completion date|end date)\b"
    ),
    "first_due": re.compile(r"\boriginal\b"),
    "measure": re.compile(r"\b(?:measures?|kpis?|success criteria)\b"),
    "progress": re.compile(r"\b(?:b?rag|status)\b"),
    "narrative": re.compile(r"^(?!in progress$).*\b(?:update|progress|comment(?:s|ary)?)\b"),
}
"""Words that tell what a longer heading is about."""


_LETTERS: Mapping[str, str] = {"r": "red", "a": "amber", "g": "green", "b": "blue", "y": "amber", "yellow": "amber"}


_MARKS: Mapping[str, str] = {
    **dict.fromkeys("🟢💚", " green "),
    **dict.fromkeys("🟡🟠", " amber "),
    **dict.fromkeys("🔴", " red "),
    **dict.fromkeys("🔵", " blue "),
    **dict.fromkeys("✓✔☑✅", " complete "),
    **dict.fromkeys("✗✘❌☒", " not done "),
}
"""Signs that stand in the place of a word."""


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w/&'%-]+", " ", text).split()).strip("-/ ")


def canonical(word: str) -> str:
    """A status word without arrows, stops and case; a colour's letter, name or cell as the colour's name."""
    said = collapsed(word)
    text = _bare(said) or _bare("".join(_MARKS.get(mark, " ") for mark in said))
    return _LETTERS.get(text.removesuffix(" cell"), text.removesuffix(" cell"))


def guessed_meaning(word: str, legend: Mapping[str, str] | None = None) -> str:
    """What a status word probably means, as a key of `STATED`; the file's own legend of colours counts first."""
    text = canonical(word)
    if legend and (said := legend.get(text)):
        return _by_words(said) or _GUESSES.get(text, "")
    if text in _GUESSES:
        return _GUESSES[text]
    parts = [guessed_meaning(part, legend) for part in re.split(r"\s*(?:/|&|-| to | and )\s*", text) if part != text]
    if len(parts) > 1 and all(parts):
        return max(parts, key=_WORST.index) if set(parts) <= set(_WORST) else ""
    return _by_words(text)


_OFF = "in_progress/off_track"
_WORST = ("complete/", "in_progress/on_track", "not_started/", "in_progress/", "in_progress/at_risk", _OFF)
"""From the best to the worst: of two colours in a cell the worse counts."""

_PHRASES = (
    (
        re.compile(
            r"\b(?:not|in|un)[ -]?(?:yet )?(?:complete|done|achieved|closed|delivered|embedded|signed off|met\b)"
        ),
        "",
    ),
    (re.compile(r"\b(?:nearly|almost|to be) (?:complete|done|achieved|closed|delivered)"), "in_progress/"),
    (re.compile(r"\b(?:not|yet to) (?:yet )?(?:start|begun|begin|commence)|\bto start\b|\bplanned\b"), "not_started/"),
    (
        re.compile(r"\bnot on track|\boff track|\boverdue|\bbehind|\bmissed|\bserious|\bmajor|\bcritical|\bstalled"),
        _OFF,
    ),
    (re.compile(r"\brisk|\bdelay|\bslip|\bconcern|\bissue|\bsome |\bpartial"), "in_progress/at_risk"),
    (re.compile(r"\bcomplete|\bdone\b|\bachieved|\bclosed\b|\bdelivered|\bembedded|\bsigned off"), "complete/"),
    (re.compile(r"\bon track|\bon target|\bon schedule"), "in_progress/on_track"),
    (re.compile(r"\bprogress|\bunder ?way|\bstarted|\bongoing"), "in_progress/"),
)


def _by_words(text: str) -> str:
    if share := re.fullmatch(r"(\d{1,3}) ?%(?: complete[d]?| done)?", text):
        return "not_started/" if int(share[1]) == 0 else "complete/" if int(share[1]) == 100 else "in_progress/"
    return next((option for pattern, option in _PHRASES if pattern.search(text)), "")


def meaning(option: str) -> tuple[Progress | None, Track | None]:
    """Progress and confidence of a key of `STATED`."""
    progress, _, track = option.partition("/")
    return (Progress(progress) if progress else None, Track(track) if track else None)


def option_of(progress: Progress | None, track: Track | None) -> str:
    """The key of `STATED` for progress and confidence; empty where neither is said."""
    if progress is None and track is None:
        return ""
    return f"{progress.value if progress else ''}/{track.value if track else ''}"


_NUMBERS = re.compile(r"(?:findings? )?(\d{1,3}(?:(?:\s*[;,&]\s*|\s+and\s+|\s+)\d{1,3})*)\.?", re.ASCII | re.IGNORECASE)


def numbers_in(text: str, findings: Sequence[PlanFinding]) -> tuple[int, ...]:
    """The findings that a cell names by number, such as `1; 3`; none where it is not a list of numbers of findings."""
    found = _NUMBERS.fullmatch(" ".join(text.split()))
    numbers = tuple(map(int, re.findall(r"\d+", found[1]))) if found else ()
    return numbers if numbers and all(1 <= number <= len(findings) for number in numbers) else ()


def guessed_finding(text: str, findings: Sequence[PlanFinding]) -> str:
    """The number of the one finding that a cell quotes, whole or in part, or with which it shares the most words; empty
    where none or several fit."""
    quoted = quoted_findings(text, findings)
    return (quoted[0] if len(quoted) == 1 else "") if quoted else _likest_finding(text, findings)


def quoted_findings(text: str, findings: Sequence[PlanFinding]) -> tuple[str, ...]:
    """The numbers of the findings that a cell quotes, whole or, where none is, in part."""
    said = collapsed(text)
    held = {str(number): collapsed(finding.text) for number, finding in enumerate(findings, 1)}
    same = [number for number, words_ in held.items() if words_ == said]
    part = [number for number, words_ in held.items() if len(said) >= 8 and (said in words_ or words_ in said)]
    return tuple(same if len(same) == 1 else part if len(part) == 1 else same or part)


def _likest_finding(text: str, findings: Sequence[PlanFinding]) -> str:
    said = collapsed(text)
    shared = {
        str(number): len(_stems(said) & _stems(collapsed(finding.text))) for number, finding in enumerate(findings, 1)
    }
    most = max(shared.values(), default=0)
    best = [number for number, count in shared.items() if count == most]
    return best[0] if len(best) == 1 and most and 2 * most >= len(_stems(said)) else ""


def _stems(text: str) -> frozenset[str]:
    """The words of a text that carry it, without their endings."""
    return frozenset(word[:6] for word in re.findall(r"[a-z]{4,}", text) if word not in _EMPTY)


_EMPTY = frozenset(("that", "this", "with", "from", "their", "they", "have", "into", "when", "which", "quality"))


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
    return Grid("actions", caption, EXPORTED, tuple(map(cells, ordered)))
