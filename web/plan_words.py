"""The words of action plans as people read them: progress, confidence, impact, papers, readings, colours."""

from __future__ import annotations

from collections.abc import Mapping

from domain.plans import LABELS, Colour, Impact, Progress, Reading, Stage, Track

PROGRESS: Mapping[Progress, str] = {
    Progress.NOT_STARTED: "Not started",
    Progress.IN_PROGRESS: "In progress",
    Progress.COMPLETE: "Complete",
    Progress.EMBEDDED: "Embedded",
    Progress.CLOSED: "Closed",
    Progress.WITHDRAWN: "Withdrawn",
    Progress.NO_ACTION_REQUIRED: "No action required",
}

TRACKS: Mapping[Track, str] = {
    Track.ON_TRACK: "On track",
    Track.AT_RISK: "At risk",
    Track.OFF_TRACK: "Off track",
}

IMPACTS: Mapping[Impact, str] = {
    Impact.NOT_YET: "Not yet",
    Impact.SOME: "Some",
    Impact.SUSTAINED: "Sustained",
}

STAGES: Mapping[Stage, str] = {Stage.DRAFT: "The draft plan", Stage.FINAL: "The final plan"}

COLOURS: Mapping[Colour, str] = {colour: colour.value.capitalize() for colour in Colour}

READINGS: Mapping[Reading, str] = {label.reading: label.words for label in LABELS}
"""What a reading is called where a council chose no label of its own."""

SAID: Mapping[str, str] = {
    "why": "Reason",
    "narrative": "What is new",
    "what": "What is to be done",
    "title": "Evidence",
    "link": "Link",
    "reference": "Reference",
    "measure": "Measure",
    "question": "Question",
    "answer": "Answer",
}
"""What kind of words came with a fact, by the name of its field."""
