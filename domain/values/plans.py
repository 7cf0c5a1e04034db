"""The words of post-Ofsted plans: what a plan answers, how far an action is, how sure, with what effect (R-064)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from uuid import UUID, uuid5

from domain.values.errors import RuleBroken


class Basis(Enum):
    """What obliges an authority to make a plan (R-035, R-060, R-062)."""

    GRADED_REPORT = "graded_report"
    FOCUSED_VISIT_LETTER = "focused_visit_letter"
    JTAI_LETTER = "jtai_letter"


class Stage(Enum):
    """Which paper goes to Ofsted: a draft is owed only after priority action at a focused visit (R-035)."""

    DRAFT = "draft"
    FINAL = "final"


class Progress(Enum):
    """How far an action is. Complete counts only once a second person has accepted the evidence."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    EMBEDDED = "embedded"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    NO_ACTION_REQUIRED = "no_action_required"
    CARRIED_OVER = "carried_over"


REPORTED = (Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.COMPLETE, Progress.EMBEDDED)
"""What an owner may report; the others are decisions of their own, with a reason."""

LEFT_OUT = (Progress.WITHDRAWN, Progress.NO_ACTION_REQUIRED, Progress.CARRIED_OVER)
"""Actions that nobody waits for here and no count includes."""


class Track(Enum):
    """How sure the owner is that the action will be done in time."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


class Impact(Enum):
    """What the action has changed for children, apart from whether it was done (R-064)."""

    NOT_YET = "not_yet"
    SOME = "some"
    SUSTAINED = "sustained"


class QuestionState(Enum):
    """Where a member's question stands on a day; overdue is computed."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class AskedKind(Enum):
    """What a member's question is about, where it is not asked on a plan."""

    AUTHORITY = "authority"
    ENTRY = "entry"
    FINDING = "finding"
    WINDOW = "window"


class Reading(Enum):
    """What an action's facts come to on a day, in one word: the row of the conventions is chosen by it."""

    OVERDUE = "overdue"
    OFF_TRACK = "off_track"
    AT_RISK = "at_risk"
    EVIDENCE_AWAITED = "evidence_awaited"
    ACCEPTANCE_AWAITED = "acceptance_awaited"
    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete_and_evidenced"
    EMBEDDED = "embedded"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    NO_ACTION_REQUIRED = "no_action_required"
    CARRIED_OVER = "carried_over"


EXCEPTIONS = (
    Reading.OVERDUE,
    Reading.OFF_TRACK,
    Reading.AT_RISK,
    Reading.EVIDENCE_AWAITED,
    Reading.ACCEPTANCE_AWAITED,
)
"""What a panel should see first."""

MAY_BE_LATE = (Reading.NOT_STARTED, Reading.IN_PROGRESS, Reading.ON_TRACK, Reading.AT_RISK, Reading.OFF_TRACK)
"""What reads as overdue once its due date has passed."""

DONE = (Reading.COMPLETE, Reading.EMBEDDED, Reading.CLOSED)
"""Complete and evidenced, or what followed it."""


class Colour(Enum):
    """Colours a council may give a label; the label is always shown with it."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True)
class Label:
    """What a council calls a reading, and its colour."""

    reading: Reading
    words: str
    colour: Colour


LABELS: tuple[Label, ...] = (
    Label(Reading.OVERDUE, "Overdue", Colour.RED),
    Label(Reading.OFF_TRACK, "Off track", Colour.RED),
    Label(Reading.AT_RISK, "At risk", Colour.AMBER),
    Label(Reading.EVIDENCE_AWAITED, "Reported complete, evidence awaited", Colour.AMBER),
    Label(Reading.ACCEPTANCE_AWAITED, "Reported complete, evidence awaiting acceptance", Colour.AMBER),
    Label(Reading.NOT_STARTED, "Not started", Colour.GREY),
    Label(Reading.ON_TRACK, "On track", Colour.GREEN),
    Label(Reading.IN_PROGRESS, "In progress", Colour.GREEN),
    Label(Reading.COMPLETE, "Complete and evidenced", Colour.BLUE),
    Label(Reading.EMBEDDED, "Embedded", Colour.BLUE),
    Label(Reading.CLOSED, "Closed", Colour.BLUE),
    Label(Reading.WITHDRAWN, "Withdrawn", Colour.GREY),
    Label(Reading.NO_ACTION_REQUIRED, "No action required", Colour.GREY),
    Label(Reading.CARRIED_OVER, "Carried over to a newer plan", Colour.GREY),
)
"""The labels of a council that chose none: blue done, green on track, amber at risk, red late, grey not begun.

Councils differ in what the colours mean, and no national standard was found."""

ANSWER_DAYS = 10
"""Clear days for an answer, unless a council chose otherwise: the day of asking does not count."""


def labels_with(chosen: Sequence[Label]) -> tuple[Label, ...]:
    """A label for every reading: the chosen ones, and ours for the rest."""
    own = {label.reading: label for label in chosen}
    return tuple(own.get(label.reading, label) for label in LABELS)


_FIGURE = re.compile(r"-?\d{1,9}(\.\d{1,4})?", re.ASCII)


@dataclass(frozen=True)
class Figure:
    """A number of a success measure, as it was written: at most nine digits before the point and four after."""

    text: str

    def __post_init__(self) -> None:
        if not isinstance(self.text, str) or not _FIGURE.fullmatch(self.text):
            raise RuleBroken("Enter a figure in digits, for example 85 or 12.5, without a unit.")

    @property
    def number(self) -> Decimal:
        return Decimal(self.text)


def reached(baseline: Figure | None, target: Figure | None, now: Figure | None) -> int | None:
    """How much of the way from baseline to target has been gone, in whole per cent, rounded down; it may be less than 0
    or more than 100. None where a figure is missing or there is no way to go."""
    if baseline is None or target is None or now is None or baseline.number == target.number:
        return None
    share = (now.number - baseline.number) / (target.number - baseline.number) * 100
    return int(share.to_integral_value(rounding="ROUND_FLOOR"))


@dataclass(frozen=True)
class PlanFinding:
    """A finding that a plan answers, as the report or letter had it when it was taken into the plan.

    `id` follows from the inspection's entry, the kind and the text: the same finding is the same in every store."""

    id: UUID
    activity: UUID
    priority: bool
    text: str


@dataclass(frozen=True)
class AskedAbout:
    """What a member looked at when they asked, as of which moment, and what the page called it.

    `as_at` is the day of the page, `position` the last event that it counted. `entry` is the inspection, visit or
    letter, also of a finding. Of a window: the code of what was expected, and its first and last day, both included;
    None where no window was stated."""

    kind: AskedKind
    as_at: date
    position: int
    called: str | None = None
    entry: UUID | None = None
    finding: PlanFinding | None = None
    expected: str | None = None
    window_from: date | None = None
    window_to: date | None = None


def finding_of(activity: UUID, text: str, *, priority: bool) -> PlanFinding:
    """The reference to a finding of an inspection, visit or joint inspection."""
    kind = "priority action" if priority else "improvement"
    return PlanFinding(uuid5(activity, f"{kind}: {text}"), activity, priority, text)
