"""What a scrutiny meeting's facts come to, folded in order: used to decide, and to answer as at any day.

Nothing here refuses. Texts stay sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import singledispatchmethod
from typing import Any, NamedTuple
from uuid import UUID

from domain.facts import (
    Fact,
    MeetingHandedOver,
    MeetingPlansChosen,
    MeetingWordsErased,
    NextReportSet,
    PanelViewFixed,
    QuestionPutToMeeting,
    ResolutionCarriedOut,
    ResolutionMade,
    ScrutinyMeetingArranged,
    ScrutinyMeetingHeld,
    ScrutinyMeetingMoved,
    ScrutinyMeetingWithdrawn,
)
from domain.plans.stories import Erasure, HandedOver, Move, Stamp, handed_over, kept, stamp_of
from domain.values.sealed import Sealed, SealedText


class MeetingStage(Enum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    WITHDRAWN = "withdrawn"


class ResolutionStage(Enum):
    """Where a resolution stands on a day; overdue is computed."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


class View(NamedTuple):
    """What a panel saw: as at a day, as known at an instant. `why` is the reason where it replaced another."""

    as_at: date
    known_at: datetime
    why: SealedText | None
    said: Stamp


class QuestionPut(NamedTuple):
    """A member's question that was before the meeting, and the plan it is on, or the stream of questions on
    no plan in which it stands."""

    plan: UUID
    question: UUID
    said: Stamp


@dataclass
class Resolution:
    """What a committee resolved, who sees to it by when, and what came of it."""

    number: int
    text: SealedText
    owner: str | None
    due_on: date | None
    made: Stamp
    done: Stamp | None = None
    how: SealedText | None = None

    def stage(self, day: date) -> ResolutionStage:
        """Where it stands on a day: overdue from the day after it was due."""
        if self.done is not None:
            return ResolutionStage.DONE
        late = self.due_on is not None and self.due_on < day
        return ResolutionStage.OVERDUE if late else ResolutionStage.OPEN


class MeetingState:
    """A meeting: when it is or was, what the panel saw, what it asked and resolved."""

    def __init__(self) -> None:
        self.arranged: Stamp | None = None
        self.urn = ""
        self.handed: list[HandedOver] = []
        self.committee = ""
        self.planned_for = date.min
        self.plans: tuple[UUID, ...] = ()
        self.example = False
        self.moves: list[Move] = []
        self.held: Stamp | None = None
        self.views: list[View] = []
        self.questions: dict[UUID, QuestionPut] = {}
        self.resolutions: dict[int, Resolution] = {}
        self.next_report_on: date | None = None
        self.withdrawn: Stamp | None = None
        self.withdrawn_why: SealedText | None = None
        self.subjects: set[UUID] = set()
        self.erased: dict[UUID, Erasure] = {}

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> MeetingState:
        """The state after these facts, in the order of the log."""
        state = cls()
        for fact in facts:
            state.apply(fact)
        return state

    @property
    def day(self) -> date:
        """The day on which it was held or, until then, is to be."""
        return self.held.true_on if self.held is not None else self.planned_for

    @property
    def stage(self) -> MeetingStage:
        if self.withdrawn is not None:
            return MeetingStage.WITHDRAWN
        return MeetingStage.PLANNED if self.held is None else MeetingStage.HELD

    @property
    def view(self) -> View | None:
        """What the panel saw, as told last."""
        return self.views[-1] if self.views else None

    @singledispatchmethod
    def apply(self, fact: Any) -> None:
        """Take in one more fact. Raises TypeError for a fact that is not of a meeting."""
        raise TypeError(f"A scrutiny meeting does not know the fact {type(fact).__name__}.")

    @apply.register
    def _(self, fact: ScrutinyMeetingArranged) -> None:
        self.arranged = stamp_of(fact)
        self.urn, self.committee, self.planned_for = fact.urn, fact.committee, fact.day
        self.plans, self.example = fact.plans, fact.example

    @apply.register
    def _(self, fact: ScrutinyMeetingMoved) -> None:
        self.planned_for = fact.now
        self.moves.append(Move(fact.was, fact.now, self._kept(fact, "why", fact.why), stamp_of(fact)))

    @apply.register
    def _(self, fact: MeetingPlansChosen) -> None:
        self.plans = fact.plans

    @apply.register
    def _(self, fact: ScrutinyMeetingHeld) -> None:
        self.held = stamp_of(fact)

    @apply.register
    def _(self, fact: PanelViewFixed) -> None:
        why = None if fact.why is None else self._kept(fact, "why", fact.why)
        self.views.append(View(fact.as_at, fact.known_at, why, stamp_of(fact)))

    @apply.register
    def _(self, fact: QuestionPutToMeeting) -> None:
        self.questions[fact.challenge] = QuestionPut(fact.plan, fact.challenge, stamp_of(fact))

    @apply.register
    def _(self, fact: ResolutionMade) -> None:
        text = self._kept(fact, "text", fact.text)
        self.resolutions[fact.resolution] = Resolution(fact.resolution, text, fact.owner, fact.due_on, stamp_of(fact))

    @apply.register
    def _(self, fact: ResolutionCarriedOut) -> None:
        resolution = self.resolutions[fact.resolution]
        resolution.done, resolution.how = stamp_of(fact), self._kept(fact, "how", fact.how)

    @apply.register
    def _(self, fact: NextReportSet) -> None:
        self.next_report_on = fact.due_on

    @apply.register
    def _(self, fact: MeetingHandedOver) -> None:
        self.handed.append(handed_over(self.handed, self.urn, fact))
        self.urn = fact.successor

    @apply.register
    def _(self, fact: ScrutinyMeetingWithdrawn) -> None:
        self.withdrawn, self.withdrawn_why = stamp_of(fact), self._kept(fact, "why", fact.why)

    @apply.register
    def _(self, fact: MeetingWordsErased) -> None:
        self.erased.update(dict.fromkeys(fact.subjects, Erasure(stamp_of(fact), fact.reason or "")))

    def _kept(self, fact: Fact, name: str, sealed: Sealed) -> SealedText:
        self.subjects.add(sealed.subject)
        return kept(fact, name, sealed)
