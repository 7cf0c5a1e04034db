"""The words of action plans as people read them: what a plan rests on, progress, impact, papers, readings, texts."""

from __future__ import annotations

from collections.abc import Mapping

from domain.values.plans import (
    LABELS,
    AskedKind,
    Basis,
    Colour,
    Impact,
    Label,
    Progress,
    QuestionState,
    Reading,
    Stage,
    Track,
)
from projections.plans.answers import QuestionRow

BASES: Mapping[Basis, str] = {
    Basis.GRADED_REPORT: "Graded report",
    Basis.FOCUSED_VISIT_LETTER: "Letter on a focused visit, with priority action",
    Basis.JTAI_LETTER: "Letter on a joint targeted area inspection",
}

STAGES: Mapping[Stage, str] = {Stage.DRAFT: "The draft plan", Stage.FINAL: "The final plan"}

IMPACTS: Mapping[Impact, str] = {
    Impact.NOT_YET: "No impact seen yet",
    Impact.SOME: "Some impact seen",
    Impact.SUSTAINED: "Sustained impact",
}

DIFFERENCES: Mapping[Impact, str] = {
    Impact.NOT_YET: "not yet",
    Impact.SOME: "some",
    Impact.SUSTAINED: "yes, sustained",
}
"""Whether a difference was seen for children and families, to stand in a column."""

TRACKS: Mapping[Track, str] = {
    Track.ON_TRACK: "On track",
    Track.AT_RISK: "At risk",
    Track.OFF_TRACK: "Off track",
}

PROGRESS: Mapping[Progress, str] = {
    Progress.NOT_STARTED: "Not started",
    Progress.IN_PROGRESS: "In progress",
    Progress.COMPLETE: "Complete",
    Progress.EMBEDDED: "Embedded",
    Progress.CLOSED: "Closed",
    Progress.WITHDRAWN: "Withdrawn",
    Progress.NO_ACTION_REQUIRED: "No action required",
    Progress.CARRIED_OVER: "Carried over to a newer plan",
}

COLOURS: Mapping[Colour, str] = {colour: colour.value.capitalize() for colour in Colour}

READINGS: Mapping[Reading, str] = {label.reading: label.words for label in LABELS}
"""What a reading is called where a council chose no label of its own."""

STATE_TONES: Mapping[Reading, str] = {
    Reading.OVERDUE: "overdue",
    Reading.OFF_TRACK: "off-track",
    Reading.AT_RISK: "at-risk",
    Reading.EVIDENCE_AWAITED: "awaited",
    Reading.ACCEPTANCE_AWAITED: "awaited",
    Reading.NOT_STARTED: "not-started",
    Reading.ON_TRACK: "on-track",
    Reading.IN_PROGRESS: "on-track",
    Reading.COMPLETE: "complete",
    Reading.EMBEDDED: "complete",
    Reading.CLOSED: "complete",
    Reading.WITHDRAWN: "open",
    Reading.NO_ACTION_REQUIRED: "open",
    Reading.CARRIED_OVER: "open",
}
"""How each reading is coloured and signed where it is shown as a state, whatever a council calls it."""

_OUR_COLOURS: Mapping[Reading, Colour] = {label.reading: label.colour for label in LABELS}


def state_tone(label: Label) -> str:
    """The classes of a pill: the sign of its reading, and the colour of a council that chose another one."""
    tone = STATE_TONES[label.reading]
    return tone if label.colour is _OUR_COLOURS[label.reading] else f"{tone} own-{label.colour.value}"


ASKED: Mapping[QuestionState, tuple[str, Colour]] = {
    QuestionState.OVERDUE: ("Overdue for an answer", Colour.RED),
    QuestionState.OPEN: ("Open", Colour.AMBER),
    QuestionState.ANSWERED: ("Answered", Colour.GREEN),
    QuestionState.WITHDRAWN: ("Withdrawn", Colour.GREY),
}
"""In the order in which they are shown: whoever waits longest comes first."""

ASKED_KINDS: Mapping[AskedKind, str] = {
    AskedKind.AUTHORITY: "the authority",
    AskedKind.ENTRY: "an inspection, visit or letter",
    AskedKind.FINDING: "a finding",
    AskedKind.WINDOW: "the window",
}


def about(row: QuestionRow) -> str:
    """What a question is about, to follow "about": `action 3`, `the authority`, or what the page called it."""
    if row.finding is not None:
        return row.finding.text
    if row.plan is not None:
        return f"action {row.action}" if row.action is not None else "the plan"
    if row.asked_about is None:
        return ASKED_KINDS[AskedKind.AUTHORITY]
    kind, called = row.asked_about.kind, row.asked_about.called
    if kind is AskedKind.AUTHORITY or not called:
        return ASKED_KINDS[kind]
    return f"the window: {called}" if kind is AskedKind.WINDOW else called


TEXTS: Mapping[str, str] = {
    "what": "What is to be done",
    "measure": "Measured by",
    "why": "Reason",
    "narrative": "In the owner’s words",
    "title": "Evidence",
    "link": "Link",
    "reference": "Reference",
    "question": "Question",
    "answer": "Answer",
}
"""What the words of a fact are called, by the name of their field."""


def figure(text: str, unit: str | None) -> str:
    """A figure of a measure with its unit: `85%`, `12 days`."""
    return text if unit is None else f"{text}{unit}" if unit == "%" else f"{text} {unit}"
