"""The stories of a plan's actions and of members' questions: what each comes to, whatever the day and on a day.

Texts stay sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.facts import Fact, stored_name
from domain.values.plans import (
    DONE,
    LEFT_OUT,
    MAY_BE_LATE,
    Figure,
    Impact,
    Progress,
    QuestionState,
    Reading,
    Track,
)
from domain.values.sealed import Place, Sealed, SealedText


class Stamp(NamedTuple):
    """Who told something, of which day, and when we heard. `version` is its place in the plan's stream."""

    by: str
    true_on: date
    at: datetime
    version: int
    command: UUID


class Move(NamedTuple):
    """A due date that was moved."""

    was: date
    now: date
    why: SealedText
    stamp: Stamp


class ProgressStep(NamedTuple):
    """How far an action was, how sure, and with what effect, from a day on."""

    progress: Progress
    track: Track | None
    impact: Impact | None
    accepted: bool
    evidenced: bool
    stamp: Stamp

    @property
    def reading(self) -> Reading:
        """What it came to, whatever the day."""
        return reading_of(self.progress, self.track, self.accepted, self.evidenced)


@dataclass(frozen=True)
class Evidence:
    """A link or a reference, with its title."""

    id: UUID
    title: SealedText
    link: SealedText | None
    reference: SealedText | None
    stamp: Stamp


@dataclass
class ActionState:
    """One action as told so far. `last` is the fact that changed it last; `steps` begin with its addition."""

    number: int
    findings: tuple[UUID, ...]
    what: SealedText
    owner: str
    due_on: date
    measure: SealedText | None
    unit: str | None
    baseline: Figure | None
    target: Figure | None
    example: bool
    added: Stamp
    last: Stamp
    now: Figure | None = None
    progress: Progress = Progress.NOT_STARTED
    track: Track | None = None
    impact: Impact = Impact.NOT_YET
    narrative: SealedText | None = None
    moves: list[Move] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    reported: Stamp | None = None
    reporters: set[str] = field(default_factory=set)
    accepted: Stamp | None = None
    reopened: int = 0
    ended_why: SealedText | None = None
    steps: list[ProgressStep] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Whether the action is one of those that a plan promises."""
        return self.progress not in LEFT_OUT

    @property
    def open(self) -> bool:
        """Whether more is expected of it."""
        return self.reading(date.min) not in DONE and self.counts

    def reading(self, day: date) -> Reading:
        """What it comes to on a day. After its due date it is overdue; one reported complete says so all the same."""
        return _by_day(self._whatever_the_day, self.due_on, day)

    def days_overdue(self, day: date) -> int:
        """Days since its due date, until its completion is accepted; 0 where it is not overdue."""
        late = self.due_on < day and self.counts and self._whatever_the_day not in DONE
        return (day - self.due_on).days if late else 0

    def turns(self, until: date) -> list[tuple[date, Reading]]:
        """The days from which it came to something else, the last included, and to what."""
        first = self.steps[0].stamp.true_on
        dues = {move.was for move in self.moves} | {self.due_on}
        days = {step.stamp.true_on for step in self.steps} | {move.stamp.true_on for move in self.moves}
        days |= {due + timedelta(days=1) for due in dues}
        found: list[tuple[date, Reading]] = []
        for day in sorted(day for day in days if first <= day <= until):
            step = next(step for step in reversed(self.steps) if step.stamp.true_on <= day)
            due_on = next((move.was for move in self.moves if move.stamp.true_on > day), self.due_on)
            reading = _by_day(step.reading, due_on, day)
            if not found or found[-1][1] is not reading:
                found.append((day, reading))
        return found

    @property
    def _whatever_the_day(self) -> Reading:
        return reading_of(self.progress, self.track, self.accepted is not None, bool(self.evidence))

    def days_past_when_moved(self) -> int:
        """Days that its due date had passed when it was last moved, 0 where it had not or was never moved."""
        return max(0, (self.moves[-1].stamp.true_on - self.moves[-1].was).days) if self.moves else 0

    def step(self, stamp: Stamp) -> None:
        """Note where it stands after a fact, unless that is where it stood."""
        step = ProgressStep(
            self.progress, self.track, self.impact, self.accepted is not None, bool(self.evidence), stamp
        )
        if not self.steps or _bare(self.steps[-1]) != _bare(step):
            self.steps.append(step)


def _by_day(reading: Reading, due_on: date, day: date) -> Reading:
    """What it comes to on a day, from what it comes to whatever the day."""
    return Reading.OVERDUE if due_on < day and reading in MAY_BE_LATE else reading


def reading_of(progress: Progress, track: Track | None, accepted: bool, evidenced: bool) -> Reading:
    """What progress, confidence, acceptance and evidence come to, whatever the day."""
    if progress in _ENDED:
        return _ENDED[progress]
    if progress is Progress.COMPLETE:
        if accepted:
            return Reading.COMPLETE
        return Reading.ACCEPTANCE_AWAITED if evidenced else Reading.EVIDENCE_AWAITED
    if track in (Track.OFF_TRACK, Track.AT_RISK):
        return Reading.OFF_TRACK if track is Track.OFF_TRACK else Reading.AT_RISK
    if progress is Progress.NOT_STARTED:
        return Reading.NOT_STARTED
    return Reading.ON_TRACK if track is Track.ON_TRACK else Reading.IN_PROGRESS


_ENDED = {
    Progress.EMBEDDED: Reading.EMBEDDED,
    Progress.CLOSED: Reading.CLOSED,
    Progress.WITHDRAWN: Reading.WITHDRAWN,
    Progress.NO_ACTION_REQUIRED: Reading.NO_ACTION_REQUIRED,
}


def _bare(step: ProgressStep) -> tuple[object, ...]:
    return (step.progress, step.track, step.impact, step.accepted, step.evidenced)


@dataclass
class QuestionStory:
    """A member's question on an action or a finding, with its answer."""

    id: UUID
    action: int | None
    finding: UUID | None
    question: SealedText
    answer_by: date
    asked: Stamp
    answer: SealedText | None = None
    answered: Stamp | None = None
    why: SealedText | None = None
    withdrawn: Stamp | None = None

    def state(self, day: date) -> QuestionState:
        """Where it stands on a day: overdue from the day after the last one for an answer."""
        if self.withdrawn is not None:
            return QuestionState.WITHDRAWN
        if self.answered is not None:
            return QuestionState.ANSWERED
        return QuestionState.OVERDUE if self.answer_by < day else QuestionState.OPEN


@dataclass(frozen=True)
class Erasure:
    """When, by whom and why words were erased."""

    stamp: Stamp
    reason: str


def stamp_of(fact: Fact) -> Stamp:
    """Who told a fact of a plan, and when."""
    true_on: date = fact.true_on  # type: ignore[attr-defined]
    return Stamp(fact.actor, true_on, fact.timestamp, fact.originator_version, fact.command)


def kept(fact: Fact, name: str, sealed: Sealed) -> SealedText:
    """A sealed field of a fact, with the place it opens in."""
    return SealedText(sealed, Place(fact.originator_id, fact.command, stored_name(type(fact)), name))
