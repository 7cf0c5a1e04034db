"""What a plan's facts come to, folded in order: used to decide, and to answer as at any day.

Nothing here refuses: facts true by a day, in the order of the log, are always a whole story of their own, because the
days of one action or question never go back. Texts stay sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import singledispatchmethod
from typing import Any
from uuid import UUID

from domain import facts
from domain.facts import Fact
from domain.plans.action_state import ActionState
from domain.plans.stories import (
    Carried,
    Erasure,
    Evidence,
    HandedOver,
    Move,
    QuestionStory,
    Stamp,
    carried,
    handed_over,
    kept,
    stamp_of,
    track_beside,
)
from domain.values.plans import Basis, PlanFinding, Progress, Stage
from domain.values.sealed import Sealed, SealedText


class PlanState:
    """A plan, its actions and its questions.

    `first_told` is the earliest day of which anything but its opening speaks.

    `version` is that of the last fact; `taken_on` is the day from which a finding is one of the plan's.
    `news`: something was told since the plan was last published, erasures apart. `tellers` are those who told it;
    whoever only accepted or refused somebody else's completion is none of them. `urn` is whose plan it is, `made_for`
    the authority whose report it answers: another one once the plan was handed over. `copies` are the actions of newer
    plans that say again what is under a key."""

    def __init__(self) -> None:
        self.version = 0
        self.opened: Stamp | None = None
        self.first_told: date | None = None
        self.urn = ""
        self.made_for = ""
        self.handed: list[HandedOver] = []
        self.activity = UUID(int=0)
        self.basis = Basis.GRADED_REPORT
        self.published_on: date | None = None
        self.received_on: date | None = None
        self.receipt_why: SealedText | None = None
        self.stated_due: date | None = None
        self.findings: dict[UUID, PlanFinding] = {}
        self.taken_on: dict[UUID, date] = {}
        self.example = False
        self.submitted: dict[Stage, Stamp] = {}
        self.reply: Stamp | None = None
        self.reflects: bool | None = None
        self.closed: Stamp | None = None
        self.closed_why: SealedText | None = None
        self.actions: dict[int, ActionState] = {}
        self.challenges: dict[UUID, QuestionStory] = {}
        self.published: Stamp | None = None
        self.news = False
        self.tellers: set[str] = set()
        self.subjects: set[UUID] = set()
        self.copies: dict[UUID, list[Carried]] = {}
        self.erased: dict[UUID, Erasure] = {}

    @classmethod
    def of(cls, told: Iterable[Fact]) -> PlanState:
        """The state after these facts, in the order of the log."""
        state = cls()
        for fact in told:
            state.apply(fact)
        return state

    @property
    def first_day(self) -> date:
        """The day on which the plan was opened."""
        assert self.opened is not None
        return self.opened.true_on

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

    def apply(self, fact: Fact) -> None:
        """Apply one more fact. Raises TypeError for a fact that is not of a plan."""
        kind = type(fact)
        apply = _APPLIED.get(kind)
        if apply is None:
            # What singledispatchmethod would do, without its work for every fact of a long plan.
            apply = _APPLIED[kind] = PlanState.__dict__["_apply"].dispatcher.dispatch(kind)
        apply(self, fact)
        self.version = fact.originator_version
        if kind not in _OF_THE_OPENING:
            self.first_told = min(fact.true_on, self.first_told or fact.true_on)  # type: ignore[attr-defined]
        if kind not in _NO_NEWS:
            self.news = True
            if kind not in _SECOND_LOOKS:
                self.tellers.add(fact.actor)

    # --- the plan ---------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def _apply(self, fact: Any) -> None:
        raise TypeError(f"A plan does not know the fact {type(fact).__name__}.")

    @_apply.register
    def _(self, fact: facts.PlanOpened) -> None:
        self.opened = stamp_of(fact)
        self.urn = self.made_for = fact.urn
        self.activity, self.basis = fact.activity, fact.basis
        self.published_on, self.received_on, self.stated_due = fact.published_on, fact.received_on, fact.stated_due
        self.findings = {finding.id: finding for finding in fact.findings}
        self.taken_on = dict.fromkeys(self.findings, fact.true_on)
        self.example = fact.example

    @_apply.register
    def _(self, fact: facts.PlanOpeningCorrected) -> None:
        assert self.opened is not None
        self.opened = self.opened._replace(true_on=fact.now)
        for name in (name for name, day in self.taken_on.items() if day == fact.was):
            self.taken_on[name] = fact.now
        self._kept(fact, "why", fact.why)

    @_apply.register
    def _(self, fact: facts.PlanFindingsAdded) -> None:
        for finding in fact.findings:
            self.findings[finding.id] = finding
            self.taken_on.setdefault(finding.id, fact.true_on)

    @_apply.register
    def _(self, fact: facts.PlanReceiptSet) -> None:
        self.received_on = fact.now
        self.receipt_why = self._kept(fact, "why", fact.why)

    @_apply.register
    def _(self, fact: facts.PlanDueDateStated) -> None:
        self.stated_due = fact.now
        self._maybe(fact, "why", fact.why)

    @_apply.register
    def _(self, fact: facts.PlanSubmitted) -> None:
        self.submitted[fact.stage] = stamp_of(fact)

    @_apply.register
    def _(self, fact: facts.PlanReplyReceived) -> None:
        self.reply, self.reflects = stamp_of(fact), fact.reflects

    @_apply.register
    def _(self, fact: facts.PlanClosed) -> None:
        self.closed, self.closed_why = stamp_of(fact), self._kept(fact, "why", fact.why)

    @_apply.register
    def _(self, fact: facts.PlanReopened) -> None:
        self.closed = self.closed_why = None
        self._kept(fact, "why", fact.why)

    @_apply.register
    def _(self, fact: facts.PlanHandedOver) -> None:
        self.handed.append(handed_over(self.handed, self.urn, fact))
        self.urn = fact.successor

    @_apply.register
    def _(self, fact: facts.PlanPublished) -> None:
        self.published = stamp_of(fact)
        self.news, self.tellers = False, set()

    # --- actions ----------------------------------------------------------------------------------------------------

    @_apply.register
    def _(self, fact: facts.ActionAdded) -> None:
        added = stamp_of(fact)
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
            carried_from=carried(fact.carried_from_plan, fact.carried_from_action),
        )
        action.step(added)
        self.actions[fact.action] = action

    @_apply.register
    def _(self, fact: facts.ActionFindingsChanged) -> None:
        self._action(fact).findings = fact.findings

    @_apply.register
    def _(self, fact: facts.ActionOwnerChanged) -> None:
        self._action(fact).owner = fact.now

    @_apply.register
    def _(self, fact: facts.ActionDueDateMoved) -> None:
        action = self._action(fact)
        action.due_on = fact.now
        action.moves.append(Move(fact.was, fact.now, self._kept(fact, "why", fact.why), action.last))

    @_apply.register
    def _(self, fact: facts.ActionMeasureSet) -> None:
        action = self._action(fact)
        action.measure = self._kept(fact, "measure", fact.measure)
        action.unit, action.baseline, action.target = fact.unit, fact.baseline, fact.target

    @_apply.register
    def _(self, fact: facts.ActionProgressReported) -> None:
        action = self._action(fact)
        if fact.progress is not Progress.EMBEDDED:
            action.accepted = None
            if fact.progress is Progress.COMPLETE:
                action.reported = action.last
                action.reporters.add(fact.actor)
        action.progress = fact.progress
        action.track = track_beside(fact.progress, fact.track or action.track)
        if fact.now is not None:
            action.now = fact.now
            action.figures.append((fact.true_on, fact.now))
        action.narrative = self._maybe(fact, "narrative", fact.narrative) or action.narrative
        action.step(action.last)

    @_apply.register
    def _(self, fact: facts.ActionImpactRated) -> None:
        action = self._action(fact)
        action.impact = fact.impact
        self._maybe(fact, "why", fact.why)
        action.step(action.last)

    @_apply.register
    def _(self, fact: facts.ActionEvidenceOffered) -> None:
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

    @_apply.register
    def _(self, fact: facts.ActionCompletionAccepted) -> None:
        action = self._action(fact)
        action.accepted = action.last
        action.step(action.last)

    @_apply.register
    def _(self, fact: facts.ActionCompletionRefused) -> None:
        self._back_in_progress(fact, fact.why)

    @_apply.register
    def _(self, fact: facts.ActionClosed) -> None:
        self._ended(fact, Progress.CLOSED, fact.why)

    @_apply.register
    def _(self, fact: facts.ActionWithdrawn) -> None:
        self._ended(fact, Progress.WITHDRAWN, fact.why)

    @_apply.register
    def _(self, fact: facts.ActionFoundUnneeded) -> None:
        self._ended(fact, Progress.NO_ACTION_REQUIRED, fact.why)

    @_apply.register
    def _(self, fact: facts.ActionCarriedOver) -> None:
        action = self._action(fact)
        action.progress, action.carried_to = Progress.CARRIED_OVER, Carried(fact.plan, fact.carried_action)
        for subject in {text.sealed.subject for text in (action.what, action.measure) if text is not None}:
            self.copies.setdefault(subject, []).append(action.carried_to)
        action.step(action.last)

    @_apply.register
    def _(self, fact: facts.ActionReopened) -> None:
        self._back_in_progress(fact, fact.why).reopened += 1

    # --- questions, and words erased --------------------------------------------------------------------------------

    @_apply.register
    def _(self, fact: facts.ChallengeRaised) -> None:
        self.challenges[fact.challenge] = QuestionStory(
            fact.challenge,
            fact.action,
            fact.finding,
            self._kept(fact, "question", fact.question),
            fact.answer_by,
            stamp_of(fact),
        )

    @_apply.register
    def _(self, fact: facts.ChallengeAnswered) -> None:
        challenge = self.challenges[fact.challenge]
        challenge.answered, challenge.answer = stamp_of(fact), self._kept(fact, "answer", fact.answer)

    @_apply.register
    def _(self, fact: facts.ChallengeWithdrawn) -> None:
        challenge = self.challenges[fact.challenge]
        challenge.withdrawn, challenge.why = stamp_of(fact), self._kept(fact, "why", fact.why)

    @_apply.register
    def _(self, fact: facts.WordsErased) -> None:
        self.erased.update(dict.fromkeys(fact.subjects, Erasure(stamp_of(fact), fact.reason or "")))

    # --- what they share --------------------------------------------------------------------------------------------

    def _action(self, fact: Any) -> ActionState:
        action = self.actions[fact.action]
        action.last = stamp_of(fact)
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


_OF_THE_OPENING = frozenset({facts.PlanOpened, facts.PlanOpeningCorrected})

_NO_NEWS = frozenset({facts.PlanPublished, facts.WordsErased})
"""Facts that leave nothing to publish: erased words are gone from every view at once."""

_SECOND_LOOKS = frozenset({facts.ActionCompletionAccepted, facts.ActionCompletionRefused})
"""Facts that judge what somebody else told."""

_APPLIED: dict[type[Fact], Callable[[PlanState, Any], None]] = {}
