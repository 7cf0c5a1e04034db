"""What a plan's facts come to, folded in order: used to decide, and to answer as at any day.

Nothing here refuses: facts true by a day, in the order of the log, are always a whole story of their own, because the
days of one action or question never go back. Texts stay sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import singledispatchmethod
from typing import Any, NamedTuple
from uuid import UUID

from domain.facts import (
    ActionAdded,
    ActionClosed,
    ActionCompletionAccepted,
    ActionCompletionRefused,
    ActionDueDateMoved,
    ActionEvidenceOffered,
    ActionFindingsChanged,
    ActionFoundUnneeded,
    ActionImpactRated,
    ActionMeasureSet,
    ActionOwnerChanged,
    ActionProgressReported,
    ActionReopened,
    ActionWithdrawn,
    ChallengeAnswered,
    ChallengeRaised,
    ChallengeWithdrawn,
    Fact,
    PlanClosed,
    PlanDueDateStated,
    PlanFindingsAdded,
    PlanOpened,
    PlanPublished,
    PlanReceiptSet,
    PlanReopened,
    PlanReplyReceived,
    PlanSubmitted,
    WordsErased,
    stored_name,
)
from domain.values.plans import (
    DONE,
    LEFT_OUT,
    MAY_BE_LATE,
    Basis,
    ChallengeState,
    Figure,
    Impact,
    PlanFinding,
    Progress,
    Reading,
    Stage,
    Track,
)
from domain.values.sealed import Place, Sealed, SealedText


class Said(NamedTuple):
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
    said: Said


class Step(NamedTuple):
    """How far an action was, how sure, and with what effect, from a day on."""

    progress: Progress
    track: Track | None
    impact: Impact | None
    accepted: bool
    evidenced: bool
    said: Said

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
    said: Said


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
    added: Said
    last: Said
    now: Figure | None = None
    progress: Progress = Progress.NOT_STARTED
    track: Track | None = None
    impact: Impact = Impact.NOT_YET
    narrative: SealedText | None = None
    moves: list[Move] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    reported: Said | None = None
    reporters: set[str] = field(default_factory=set)
    accepted: Said | None = None
    reopened: int = 0
    ended_why: SealedText | None = None
    steps: list[Step] = field(default_factory=list)

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
        first = self.steps[0].said.true_on
        dues = {move.was for move in self.moves} | {self.due_on}
        days = {step.said.true_on for step in self.steps} | {move.said.true_on for move in self.moves}
        days |= {due + timedelta(days=1) for due in dues}
        found: list[tuple[date, Reading]] = []
        for day in sorted(day for day in days if first <= day <= until):
            step = next(step for step in reversed(self.steps) if step.said.true_on <= day)
            due_on = next((move.was for move in self.moves if move.said.true_on > day), self.due_on)
            reading = _by_day(step.reading, due_on, day)
            if not found or found[-1][1] is not reading:
                found.append((day, reading))
        return found

    @property
    def _whatever_the_day(self) -> Reading:
        return reading_of(self.progress, self.track, self.accepted is not None, bool(self.evidence))

    def days_past_when_moved(self) -> int:
        """Days that its due date had passed when it was last moved, 0 where it had not or was never moved."""
        return max(0, (self.moves[-1].said.true_on - self.moves[-1].was).days) if self.moves else 0

    def step(self, said: Said) -> None:
        """Note where it stands after a fact, unless that is where it stood."""
        step = Step(self.progress, self.track, self.impact, self.accepted is not None, bool(self.evidence), said)
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


def _bare(step: Step) -> tuple[object, ...]:
    return (step.progress, step.track, step.impact, step.accepted, step.evidenced)


@dataclass
class ChallengeStory:
    """A member's question on an action or a finding, with its answer."""

    id: UUID
    action: int | None
    finding: UUID | None
    question: SealedText
    answer_by: date
    asked: Said
    answer: SealedText | None = None
    answered: Said | None = None
    why: SealedText | None = None
    withdrawn: Said | None = None

    def state(self, day: date) -> ChallengeState:
        """Where it stands on a day: overdue from the day after the last one for an answer."""
        if self.withdrawn is not None:
            return ChallengeState.WITHDRAWN
        if self.answered is not None:
            return ChallengeState.ANSWERED
        return ChallengeState.OVERDUE if self.answer_by < day else ChallengeState.OPEN


@dataclass(frozen=True)
class Erasure:
    """When, by whom and why words were erased."""

    said: Said
    reason: str


class PlanState:
    """A plan, its actions and its questions.

    `taken_on` is the day from which a finding is one of the plan's.
    `news`: something was told since the plan was last published, erasures apart. `tellers` are those who told it;
    whoever only accepted or refused somebody else's completion is none of them."""

    def __init__(self) -> None:
        self.opened: Said | None = None
        self.urn = ""
        self.activity = UUID(int=0)
        self.basis = Basis.GRADED_REPORT
        self.published_on: date | None = None
        self.received_on: date | None = None
        self.receipt_why: SealedText | None = None
        self.stated_due: date | None = None
        self.findings: dict[UUID, PlanFinding] = {}
        self.taken_on: dict[UUID, date] = {}
        self.example = False
        self.submitted: dict[Stage, Said] = {}
        self.reply: Said | None = None
        self.reflects: bool | None = None
        self.closed: Said | None = None
        self.closed_why: SealedText | None = None
        self.actions: dict[int, ActionState] = {}
        self.challenges: dict[UUID, ChallengeStory] = {}
        self.published: Said | None = None
        self.news = False
        self.tellers: set[str] = set()
        self.subjects: set[UUID] = set()
        self.erased: dict[UUID, Erasure] = {}

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> PlanState:
        """The state after these facts, in the order of the log."""
        state = cls()
        for fact in facts:
            state.take(fact)
        return state

    @property
    def gaps(self) -> list[PlanFinding]:
        """Findings that no action answers, or only actions that were withdrawn. That none is required is an answer."""
        answered = {
            name
            for action in self.actions.values()
            if action.progress is not Progress.WITHDRAWN
            for name in action.findings
        }
        return [finding for name, finding in self.findings.items() if name not in answered]

    def take(self, fact: Fact) -> None:
        """Take in one more fact. Raises TypeError for a fact that is not of a plan."""
        kind = type(fact)
        apply = _APPLIED.get(kind)
        if apply is None:
            # What singledispatchmethod would do, without its work for every fact of a long plan.
            apply = _APPLIED[kind] = PlanState.__dict__["_take"].dispatcher.dispatch(kind)
        apply(self, fact)
        if kind not in _NO_NEWS:
            self.news = True
            if kind not in _SECOND_LOOKS:
                self.tellers.add(fact.actor)

    # --- the plan ---------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def _take(self, fact: Any) -> None:
        raise TypeError(f"A plan does not know the fact {type(fact).__name__}.")

    @_take.register
    def _(self, fact: PlanOpened) -> None:
        self.opened = said(fact)
        self.urn, self.activity, self.basis = fact.urn, fact.activity, fact.basis
        self.published_on, self.received_on, self.stated_due = fact.published_on, fact.received_on, fact.stated_due
        self.findings = {finding.id: finding for finding in fact.findings}
        self.taken_on = dict.fromkeys(self.findings, fact.true_on)
        self.example = fact.example

    @_take.register
    def _(self, fact: PlanFindingsAdded) -> None:
        for finding in fact.findings:
            self.findings[finding.id] = finding
            self.taken_on.setdefault(finding.id, fact.true_on)

    @_take.register
    def _(self, fact: PlanReceiptSet) -> None:
        self.received_on = fact.now
        self.receipt_why = self._kept(fact, "why", fact.why)

    @_take.register
    def _(self, fact: PlanDueDateStated) -> None:
        self.stated_due = fact.now
        self._maybe(fact, "why", fact.why)

    @_take.register
    def _(self, fact: PlanSubmitted) -> None:
        self.submitted[fact.stage] = said(fact)

    @_take.register
    def _(self, fact: PlanReplyReceived) -> None:
        self.reply, self.reflects = said(fact), fact.reflects

    @_take.register
    def _(self, fact: PlanClosed) -> None:
        self.closed, self.closed_why = said(fact), self._kept(fact, "why", fact.why)

    @_take.register
    def _(self, fact: PlanReopened) -> None:
        self.closed = self.closed_why = None
        self._kept(fact, "why", fact.why)

    @_take.register
    def _(self, fact: PlanPublished) -> None:
        self.published = said(fact)
        self.news, self.tellers = False, set()

    # --- actions ----------------------------------------------------------------------------------------------------

    @_take.register
    def _(self, fact: ActionAdded) -> None:
        added = said(fact)
        action = ActionState(
            number=fact.action,
            findings=fact.findings,
            what=self._kept(fact, "what", fact.what),
            owner=fact.owner,
            due_on=fact.due_on,
            measure=self._maybe(fact, "measure", fact.measure),
            unit=fact.unit,
            baseline=fact.baseline,
            target=fact.target,
            example=fact.example,
            added=added,
            last=added,
        )
        action.step(added)
        self.actions[fact.action] = action

    @_take.register
    def _(self, fact: ActionFindingsChanged) -> None:
        self._action(fact).findings = fact.findings

    @_take.register
    def _(self, fact: ActionOwnerChanged) -> None:
        self._action(fact).owner = fact.now

    @_take.register
    def _(self, fact: ActionDueDateMoved) -> None:
        action = self._action(fact)
        action.due_on = fact.now
        action.moves.append(Move(fact.was, fact.now, self._kept(fact, "why", fact.why), action.last))

    @_take.register
    def _(self, fact: ActionMeasureSet) -> None:
        action = self._action(fact)
        action.measure = self._kept(fact, "measure", fact.measure)
        action.unit, action.baseline, action.target = fact.unit, fact.baseline, fact.target

    @_take.register
    def _(self, fact: ActionProgressReported) -> None:
        action = self._action(fact)
        if fact.progress is not Progress.EMBEDDED:
            action.accepted = None
            if fact.progress is Progress.COMPLETE:
                action.reported = action.last
                action.reporters.add(fact.actor)
        action.progress = fact.progress
        action.track = fact.track or action.track
        action.now = fact.now or action.now
        action.narrative = self._maybe(fact, "narrative", fact.narrative) or action.narrative
        action.step(action.last)

    @_take.register
    def _(self, fact: ActionImpactRated) -> None:
        action = self._action(fact)
        action.impact = fact.impact
        self._maybe(fact, "why", fact.why)
        action.step(action.last)

    @_take.register
    def _(self, fact: ActionEvidenceOffered) -> None:
        action = self._action(fact)
        action.evidence.append(
            Evidence(
                fact.evidence,
                self._kept(fact, "title", fact.title),
                self._maybe(fact, "link", fact.link),
                self._maybe(fact, "reference", fact.reference),
                action.last,
            )
        )
        action.step(action.last)

    @_take.register
    def _(self, fact: ActionCompletionAccepted) -> None:
        action = self._action(fact)
        action.accepted = action.last
        action.step(action.last)

    @_take.register
    def _(self, fact: ActionCompletionRefused) -> None:
        self._back_in_progress(fact, fact.why)

    @_take.register
    def _(self, fact: ActionClosed) -> None:
        self._ended(fact, Progress.CLOSED, fact.why)

    @_take.register
    def _(self, fact: ActionWithdrawn) -> None:
        self._ended(fact, Progress.WITHDRAWN, fact.why)

    @_take.register
    def _(self, fact: ActionFoundUnneeded) -> None:
        self._ended(fact, Progress.NO_ACTION_REQUIRED, fact.why)

    @_take.register
    def _(self, fact: ActionReopened) -> None:
        self._back_in_progress(fact, fact.why).reopened += 1

    # --- questions, and words erased --------------------------------------------------------------------------------

    @_take.register
    def _(self, fact: ChallengeRaised) -> None:
        self.challenges[fact.challenge] = ChallengeStory(
            fact.challenge,
            fact.action,
            fact.finding,
            self._kept(fact, "question", fact.question),
            fact.answer_by,
            said(fact),
        )

    @_take.register
    def _(self, fact: ChallengeAnswered) -> None:
        challenge = self.challenges[fact.challenge]
        challenge.answered, challenge.answer = said(fact), self._kept(fact, "answer", fact.answer)

    @_take.register
    def _(self, fact: ChallengeWithdrawn) -> None:
        challenge = self.challenges[fact.challenge]
        challenge.withdrawn, challenge.why = said(fact), self._kept(fact, "why", fact.why)

    @_take.register
    def _(self, fact: WordsErased) -> None:
        self.erased.update(dict.fromkeys(fact.subjects, Erasure(said(fact), fact.reason or "")))

    # --- what they share --------------------------------------------------------------------------------------------

    def _action(self, fact: Any) -> ActionState:
        action = self.actions[fact.action]
        action.last = said(fact)
        return action

    def _ended(self, fact: Any, progress: Progress, why: Sealed | None) -> None:
        action = self._action(fact)
        action.progress = progress
        action.ended_why = self._maybe(fact, "why", why)
        action.step(action.last)

    def _back_in_progress(self, fact: Any, why: Sealed) -> ActionState:
        action = self._action(fact)
        action.progress = Progress.IN_PROGRESS
        action.accepted = action.reported = action.ended_why = None
        action.reporters = set()
        self._kept(fact, "why", why)
        action.step(action.last)
        return action

    def _kept(self, fact: Fact, name: str, sealed: Sealed) -> SealedText:
        self.subjects.add(sealed.subject)
        return kept(fact, name, sealed)

    def _maybe(self, fact: Fact, name: str, sealed: Sealed | None) -> SealedText | None:
        return None if sealed is None else self._kept(fact, name, sealed)


_NO_NEWS = frozenset({PlanPublished, WordsErased})
"""Facts that leave nothing to publish: erased words are gone from every view at once."""

_SECOND_LOOKS = frozenset({ActionCompletionAccepted, ActionCompletionRefused})
"""Facts that judge what somebody else told."""

_APPLIED: dict[type[Fact], Callable[[PlanState, Any], None]] = {}


def said(fact: Fact) -> Said:
    """Who told a fact of a plan, and when."""
    true_on: date = fact.true_on  # type: ignore[attr-defined]
    return Said(fact.actor, true_on, fact.timestamp, fact.originator_version, fact.command)


def kept(fact: Fact, name: str, sealed: Sealed) -> SealedText:
    """A sealed field of a fact, with the place it opens in."""
    return SealedText(sealed, Place(fact.originator_id, fact.command, stored_name(type(fact)), name))
