"""How the address narrows and orders a plan's register: by finding, office, day due and state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from textwrap import shorten

from werkzeug.datastructures import MultiDict

from domain.values.plans import DONE, Reading
from projections.plans.answers import ActionRow, PlanAnswer
from web.site.list_filters import Narrowing

MONTH, QUARTER = 30, 91
"""Days ahead, the last included."""

DUES: Mapping[str, str] = {
    "late": "Past its day",
    "month": f"Within {MONTH} days",
    "quarter": f"Within {QUARTER} days",
    "later": "Later",
    "none": "No date yet",
}

AWAITED = (Reading.EVIDENCE_AWAITED, Reading.ACCEPTANCE_AWAITED)
BEGUN = (Reading.ON_TRACK, Reading.IN_PROGRESS)

STATES: Mapping[str, tuple[str, tuple[Reading, ...]]] = {
    "overdue": ("Overdue", (Reading.OVERDUE,)),
    "off-track": ("Off track", (Reading.OFF_TRACK,)),
    "at-risk": ("At risk", (Reading.AT_RISK,)),
    "awaited": ("Evidence or acceptance awaited", AWAITED),
    "on-track": ("On track or in progress", BEGUN),
    "not-started": ("Not started", (Reading.NOT_STARTED,)),
    "complete": ("Complete", DONE),
    "ended": (
        "Withdrawn, not required or carried over",
        (Reading.WITHDRAWN, Reading.NO_ACTION_REQUIRED, Reading.CARRIED_OVER),
    ),
}
"""In the order of the register."""

PLACES: Mapping[Reading, int] = {
    reading: place for place, (_, readings) in enumerate(STATES.values()) for reading in readings
}

SORTS: Mapping[str, str] = {
    "number": "Number",
    "due": "Day due",
    "office": "Office",
    "moved": "Times moved",
}
"""Besides what needs attention first."""

FILTERS = ("finding", "office", "due", "state")


def wanted(args: MultiDict[str, str], answer: PlanAnswer) -> Narrowing:
    """What an address asks of a plan's register."""
    known = {
        "finding": [str(number) for number, _ in enumerate(answer.findings, 1)],
        "office": offices(answer),
        "due": DUES,
        "state": STATES,
        "sort": SORTS,
    }
    return Narrowing.of(args, known)


def is_narrowed(asked: Narrowing) -> bool:
    """Whether it leaves anything out."""
    return any(asked[name] for name in FILTERS)


def offices(answer: PlanAnswer) -> list[str]:
    """The offices that own an action, by name."""
    return sorted({row.owner for row in answer.actions if row.owner})


def choices(answer: PlanAnswer) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What a form offers for each filter and for the order: its name, its label, and values with their words."""
    texts = enumerate((shorten(row.finding.text, 70, placeholder=" …") for row in answer.findings), 1)
    return [
        ("finding", "Finding", [(str(number), f"{number}. {text}") for number, text in texts]),
        ("office", "Office", [(office, office) for office in offices(answer)]),
        ("due", "Due", list(DUES.items())),
        ("state", "State", [(name, said) for name, (said, _) in STATES.items()]),
        ("sort", "In order of", list(SORTS.items())),
    ]


def left(answer: PlanAnswer, asked: Narrowing) -> list[ActionRow]:
    """The actions that an address asks for, in the order it asks for."""
    rows = [row for row in answer.actions if all(leaves(row) for leaves in _tests(answer, asked))]
    return ordered(rows, asked["sort"])


def narrowed(answer: PlanAnswer, args: MultiDict[str, str]) -> PlanAnswer:
    """A plan with only the actions that an address asks for; as it is where it asks nothing."""
    asked = wanted(args, answer)
    return replace(answer, actions=tuple(left(answer, asked))) if asked.chosen else answer


def ordered(rows: Iterable[ActionRow], sort: str = "") -> list[ActionRow]:
    """Actions in one of the orders; without one overdue first, then off track, at risk, evidence awaited, on track and
    not started, each by the day due."""

    def key(row: ActionRow) -> tuple[object, ...]:
        due = (row.due_on is None, row.due_on.toordinal() if row.due_on else 0)
        match sort:
            case "number":
                return (row.number,)
            case "due":
                return (*due, row.number)
            case "office":
                return (row.owner.casefold(), *due, row.number)
            case "moved":
                return (-row.moves, *due, row.number)
        return (PLACES[row.reading], -row.days_overdue, *due, row.number)

    return sorted(rows, key=key)


def _tests(answer: PlanAnswer, asked: Narrowing) -> Iterable[Callable[[ActionRow], bool]]:
    if number := asked["finding"]:
        finding = answer.findings[int(number) - 1].finding.id
        yield lambda row: finding in row.findings
    if office := asked["office"]:
        yield lambda row: row.owner == office
    if due := asked["due"]:
        yield lambda row: due in _dues(row, answer)
    if state := asked["state"]:
        yield lambda row: row.reading in STATES[state][1]


def _dues(row: ActionRow, answer: PlanAnswer) -> set[str]:
    """The choices of `DUES` that an action fits: none once it is done, both near ones where it is due in a month."""
    if not row.is_open:
        return set()
    if row.due_on is None:
        return {"none"}
    if row.days_overdue:
        return {"late"}
    until = {"month": MONTH, "quarter": QUARTER}
    near = {name for name, days in until.items() if row.due_on <= answer.moment.as_at + timedelta(days=days)}
    return near or {"later"}
