"""The rows that answers about plans share: the plan in short, an action on a day, a question on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from uuid import UUID

from domain.plans.action_state import ActionState
from domain.plans.clock import deadlines
from domain.plans.state import PlanState
from domain.plans.stories import QuestionStory
from domain.values.activities import AuthorityFacts
from domain.values.plans import DONE, EXCEPTIONS, LEFT_OUT, PlanFinding, QuestionState, Reading, reached
from domain.values.words import in_words
from projections.engine.reader import Reader
from projections.plans.answers import ActionRow, PlanCounts, PlanHead, QuestionRow
from projections.plans.projection import Conventions, PlanThen
from projections.plans.words import OpenedWords

NOTHING_TOLD = PlanCounts(*(0,) * len(fields(PlanCounts)))
NOT_PUBLISHED = "The plan has not been published here yet"
"""What the public reads of a plan whose actions were never published."""


def head_of(reader: Reader, then: PlanThen, authority: AuthorityFacts, on: date) -> PlanHead:
    """The plan in short, as of a day."""
    state = then.state
    assert state.opened is not None
    counts = counts_of(state, on, then.replaced_on) if then.shows_actions else NOTHING_TOLD
    headline = counts.headline if then.shows_actions else NOT_PUBLISHED
    replaced = then.replaced
    return PlanHead(
        id=then.id,
        version=then.told[-1].fact.originator_version,
        authority=authority,
        activity=state.activity,
        basis=state.basis,
        opened_on=state.opened.true_on,
        closed_on=state.closed.true_on if state.closed else None,
        example=state.example,
        published_on=state.published_on,
        received_on=state.received_on,
        deadlines=deadlines(state, on=on, holidays=reader.holidays, replaced_on=then.replaced_on),
        reply_on=state.reply.true_on if state.reply else None,
        reflects=state.reflects,
        counts=counts,
        headline=f"{headline}; its report was replaced on {in_words(replaced.on)}" if replaced else headline,
        made_public_on=then.made_public_on,
        whole=then.whole,
        news=then.whole and state.news,
        replaced=replaced,
        handed=tuple(state.handed),
    )


def counts_of(state: PlanState, on: date, replaced_on: date | None = None) -> PlanCounts:
    """Actions by what they come to on a day, gaps and questions."""
    actions = state.actions.values()
    found = [action.reading(on, replaced_on) for action in actions if action.counts]
    late = [days for action in actions if (days := action.days_overdue(on, replaced_on))]
    asked = [challenge.state(on, replaced_on) for challenge in state.challenges.values()]
    return PlanCounts(
        actions=len(found),
        done=sum(reading in DONE for reading in found),
        overdue=len(late),
        longest_overdue=max(late, default=0),
        off_track=found.count(Reading.OFF_TRACK),
        at_risk=found.count(Reading.AT_RISK),
        evidence_awaited=found.count(Reading.EVIDENCE_AWAITED),
        acceptance_awaited=found.count(Reading.ACCEPTANCE_AWAITED),
        not_started=found.count(Reading.NOT_STARTED),
        left_out=len(state.actions) - len(found),
        gaps=len(state.gaps),
        questions_open=asked.count(QuestionState.OPEN) + asked.count(QuestionState.OVERDUE),
        questions_overdue=asked.count(QuestionState.OVERDUE),
        moves=sum(len(action.moves) for action in actions),
    )


def action_row(
    action: ActionState, then: PlanThen, on: date, words: OpenedWords, conventions: Conventions
) -> ActionRow:
    """One action of a plan on a day."""
    reading = action.reading(on, then.replaced_on)
    turns = action.turns(on, then.replaced_on)
    previous = turns[-2][1] if len(turns) > 1 else None
    labels = {label.reading: label for label in conventions.labels}
    return ActionRow(
        number=action.number,
        version=action.last.version,
        example=action.example,
        findings=action.findings,
        what=words(action.what),
        owner=action.owner,
        due_on=action.due_on,
        first_due_on=action.first_due_on,
        moves=action.times_moved,
        days_past_when_moved=action.days_past_when_moved(),
        days_overdue=action.days_overdue(on, then.replaced_on),
        progress=action.progress,
        track=action.track,
        impact=action.impact,
        reading=reading,
        label=labels[reading],
        previous=previous,
        previous_label=labels[previous] if previous else None,
        since=turns[-1][0],
        measure=words.maybe(action.measure),
        unit=action.unit,
        baseline=action.baseline,
        target=action.target,
        now=action.now,
        reached=reached(action.baseline, action.target, action.now),
        evidence=len(action.evidence),
        reopened=action.reopened,
        narrative=words.maybe(action.narrative),
        changed_on=action.last.true_on,
        changed_by=action.last.by,
        carried_from=action.carried_from,
        carried_to=action.carried_to,
        figures=tuple(action.figures),
    )


def exceptions_first(rows: Iterable[ActionRow]) -> list[ActionRow]:
    """Overdue longest, then off track, at risk, evidence awaited, without a due date; then what is open by due date;
    then the rest."""
    order = {reading: place for place, reading in enumerate(EXCEPTIONS)}

    def key(row: ActionRow) -> tuple[int, int, date, int]:
        over = row.reading in DONE or row.progress in LEFT_OUT
        place = order.get(row.reading, len(order) + (0 if row.undated else 1 + over))
        return (place, -row.days_overdue, row.due_on or date.max, row.number)

    return sorted(rows, key=key)


def question_row(
    challenge: QuestionStory, then: PlanThen, authority: AuthorityFacts, on: date, words: OpenedWords
) -> QuestionRow:
    """One question on a plan, on a day."""
    finding = then.state.findings.get(challenge.finding) if challenge.finding else None
    return asked_row(
        challenge,
        authority,
        on,
        words,
        plan=then.id,
        finding=finding,
        example=then.state.example,
        replaced_on=then.replaced_on,
    )


def asked_row(
    challenge: QuestionStory,
    authority: AuthorityFacts,
    on: date,
    words: OpenedWords,
    *,
    plan: UUID | None,
    finding: PlanFinding | None,
    example: bool = False,
    asked_of: AuthorityFacts | None = None,
    replaced_on: date | None = None,
) -> QuestionRow:
    """One question on a day, on a plan or on none. `authority` answers it; `replaced_on` is when the plan's report was
    replaced."""
    state = challenge.state(on, replaced_on)
    ended = challenge.answered or challenge.withdrawn
    return QuestionRow(
        id=challenge.id,
        plan=plan,
        authority=authority,
        example=example,
        action=challenge.action,
        finding=finding,
        state=state,
        question=words(challenge.question),
        asked_on=challenge.asked.true_on,
        asked_by=challenge.asked.by,
        answer_by=challenge.answer_by,
        days_overdue=(on - challenge.answer_by).days if state is QuestionState.OVERDUE else 0,
        answer=words.maybe(challenge.answer),
        answered_on=challenge.answered.true_on if challenge.answered else None,
        answered_by=challenge.answered.by if challenge.answered else None,
        why=words.maybe(challenge.why),
        withdrawn_on=challenge.withdrawn.true_on if challenge.withdrawn else None,
        days=((ended.true_on if ended else on) - challenge.asked.true_on).days,
        asked_about=challenge.asked_about,
        asked_of=asked_of,
    )


def waiting_first(rows: Iterable[QuestionRow]) -> tuple[QuestionRow, ...]:
    """Longest overdue first, then open ones by last day, then the rest, newest first."""

    def key(row: QuestionRow) -> tuple[int, int, str]:
        if row.state in (QuestionState.OVERDUE, QuestionState.OPEN):
            return (0, row.answer_by.toordinal(), str(row.id))
        return (1, -row.asked_on.toordinal(), str(row.id))

    return tuple(sorted(rows, key=key))
