"""One action of a plan as told so far, and what it comes to on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from domain.plans.stories import Carried, Evidence, Move, ProgressStep, Stamp, by_day, is_replaced, reading_of
from domain.values.plans import DONE, LEFT_OUT, Figure, Impact, Progress, Reading, Track
from domain.values.sealed import SealedText


@dataclass
class ActionState:
    """One action as told so far. `last` is the fact that changed it last; `steps` begin with its addition;
    `figures` are the measure's, by the day they were true of."""

    number: int
    findings: tuple[UUID, ...]
    what: SealedText
    owner: str
    due_on: date | None
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
    carried_from: Carried | None = None
    carried_to: Carried | None = None
    steps: list[ProgressStep] = field(default_factory=list)
    figures: list[tuple[date, Figure]] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Whether the action is one of those that a plan promises."""
        return self.progress not in LEFT_OUT

    @property
    def open(self) -> bool:
        """Whether more is expected of it."""
        return self.reading(date.min) not in DONE and self.counts

    def reading(self, day: date, replaced_on: date | None = None) -> Reading:
        """What it comes to on a day. After its due date it is overdue, unless the plan's report was replaced by then;
        one reported complete says so all the same."""
        return by_day(self._whatever_the_day, self.due_on, day, replaced_on)

    def days_overdue(self, day: date, replaced_on: date | None = None) -> int:
        """Days since its due date, until its completion is accepted or the plan's report is replaced; 0 where it is
        not overdue."""
        if self.due_on is None or is_replaced(day, replaced_on) or self._whatever_the_day in DONE:
            return 0
        return max(0, (day - self.due_on).days) if self.counts else 0

    def turns(self, until: date, replaced_on: date | None = None) -> list[tuple[date, Reading]]:
        """The days from which it came to something else, the last included, and to what."""
        first = self.steps[0].stamp.true_on
        dues = {due for due in (*(move.was for move in self.moves), self.due_on) if due is not None}
        days = {step.stamp.true_on for step in self.steps} | {move.stamp.true_on for move in self.moves}
        days |= {due + timedelta(days=1) for due in dues} | ({replaced_on} if replaced_on else set())
        found: list[tuple[date, Reading]] = []
        for day in sorted(day for day in days if first <= day <= until):
            step = next(step for step in reversed(self.steps) if step.stamp.true_on <= day)
            due_on = next((move.was for move in self.moves if move.stamp.true_on > day), self.due_on)
            reading = by_day(step.reading, due_on, day, replaced_on)
            if not found or found[-1][1] is not reading:
                found.append((day, reading))
        return found

    @property
    def _whatever_the_day(self) -> Reading:
        return reading_of(self.progress, self.track, self.accepted is not None, bool(self.evidence))

    def days_past_when_moved(self) -> int:
        """Days that its due date had passed when it was last moved, 0 where it had not or was never moved."""
        last = self.moves[-1] if self.moves else None
        return 0 if last is None or last.was is None else max(0, (last.stamp.true_on - last.was).days)

    @property
    def first_due_on(self) -> date | None:
        """The day that was promised first; None while none was."""
        return next((move.was for move in self.moves if move.was is not None), self.due_on)

    @property
    def times_moved(self) -> int:
        """How often a day that was promised was moved; that a day was set at last is no move."""
        return sum(move.was is not None for move in self.moves)

    @property
    def undated(self) -> bool:
        """Whether more is expected of it, and no day was promised."""
        return self.due_on is None and self.open

    def step(self, stamp: Stamp) -> None:
        """Note where it stands after a fact, unless that is where it stood."""
        step = ProgressStep(
            self.progress, self.track, self.impact, self.accepted is not None, bool(self.evidence), stamp
        )
        if not self.steps or _bare(self.steps[-1]) != _bare(step):
            self.steps.append(step)


def _bare(step: ProgressStep) -> tuple[object, ...]:
    return (step.progress, step.track, step.impact, step.accepted, step.evidenced)
