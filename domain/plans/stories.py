"""What a plan's story is made of, such as stamps, steps and questions, and what an action's steps come to on a day.

Texts stay sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.facts import Fact, stored_name
from domain.values.plans import (
    MAY_BE_LATE,
    AskedAbout,
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
    """A due date that was moved or, where `was` is None, set at last."""

    was: date | None
    now: date
    why: SealedText
    stamp: Stamp


class HandedOver(NamedTuple):
    """From one authority to another, both by Ofsted's number. `of` is the one that had ended: `was`, unless a hand-over
    to the wrong successor, `was`, was put right."""

    was: str
    now: str
    stamp: Stamp
    of: str

    @property
    def puts_right(self) -> bool:
        return self.of != self.was


def handed_over(before: Sequence[HandedOver], was: str, fact: Any) -> HandedOver:
    """What a fact says of a thing that `was` has, after it had passed as `before`."""
    of = before[-1].of if before and fact.instead_of is not None else was
    return HandedOver(was, fact.successor, stamp_of(fact), of)


class Carried(NamedTuple):
    """An action of another plan, from which or as which an action goes on."""

    plan: UUID
    action: int


def carried(plan: UUID | None, action: int | None) -> Carried | None:
    return None if plan is None or action is None else Carried(plan, action)


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


def by_day(reading: Reading, due_on: date | None, day: date, replaced_on: date | None = None) -> Reading:
    """What it comes to on a day, from what it comes to whatever the day; without a due date, and from `replaced_on` on,
    never overdue."""
    late = due_on is not None and due_on < day and not is_replaced(day, replaced_on)
    return Reading.OVERDUE if late and reading in MAY_BE_LATE else reading


def is_replaced(day: date, replaced_on: date | None) -> bool:
    """Whether the plan's report had been replaced by a day, the day of the newer one included."""
    return replaced_on is not None and replaced_on <= day


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


def track_beside(progress: Progress, track: Track | None) -> Track | None:
    """How sure an owner is beside how far an action is: nothing once it is reported complete, whatever was ticked."""
    return None if progress in (Progress.COMPLETE, Progress.EMBEDDED) else track


_ENDED = {
    Progress.EMBEDDED: Reading.EMBEDDED,
    Progress.CLOSED: Reading.CLOSED,
    Progress.CARRIED_OVER: Reading.CARRIED_OVER,
    Progress.WITHDRAWN: Reading.WITHDRAWN,
    Progress.NO_ACTION_REQUIRED: Reading.NO_ACTION_REQUIRED,
}


@dataclass
class QuestionStory:
    """A member's question with its answer. It is on an action or a finding of a plan, or about what `asked_about` says;
    `passed_to` is the URN of the authority that answers it since the one asked has ended."""

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
    asked_about: AskedAbout | None = None
    passed_to: str | None = None
    example: bool = False

    @property
    def waits(self) -> bool:
        """Whether it was neither answered nor withdrawn."""
        return self.answered is None and self.withdrawn is None

    def state(self, day: date, replaced_on: date | None = None) -> QuestionState:
        """Where it stands on a day: overdue from the day after the last one for an answer. What was asked before the
        plan's report was replaced is open from that day on."""
        if self.withdrawn is not None:
            return QuestionState.WITHDRAWN
        if self.answered is not None:
            return QuestionState.ANSWERED
        of_before = is_replaced(day, replaced_on) and not is_replaced(self.asked.true_on, replaced_on)
        return QuestionState.OVERDUE if self.answer_by < day and not of_before else QuestionState.OPEN


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
