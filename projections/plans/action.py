"""What happened to one action, from its first day on?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain import facts
from domain.facts import stored_name
from domain.values.errors import NotFound
from domain.values.words import due_date_moved, due_in_words, in_words
from projections.engine.reader import Reader
from projections.plans.answers import ActionAnswer, EvidenceRow, MoveRow, StoryRow
from projections.plans.plan import at_the_moment
from projections.plans.projection import LoggedFact, conventions_of
from projections.plans.rows import action_row, head_of, question_row, waiting_first
from projections.plans.words import OpenedWords, texts_in


def action_of(
    reader: Reader, plan: UUID, number: int, *, as_at: date, known_at: datetime | None = None, public: bool = False
) -> ActionAnswer:
    """One action's whole story as of a moment; for the `public`, what of it was published.

    Raises NotFound where there is no such plan or action, or none yet at that moment."""
    with reader.connect() as connection:
        moment, then = at_the_moment(connection, reader, plan, as_at, known_at, public=public)
        action = then.state.actions.get(number)
        if action is None:
            raise NotFound(f"The plan had no action number {number} on {in_words(as_at)}.")
        authority = reader.identity(connection, then.state.urn, moment.position).on(as_at)
        conventions = conventions_of(connection, then.state.urn, moment)
    asked = {one.id: one for one in then.state.challenges.values() if one.action == number}
    told = [one for one in then.told if _concerns(one.fact, number, asked)]
    words = OpenedWords(reader, then.erased, [text for one in told for _, text in texts_in(one.fact)])
    return ActionAnswer(
        moment=moment,
        head=head_of(reader, then, authority, as_at),
        action=action_row(action, then, as_at, words, conventions),
        findings=tuple(then.state.findings[name] for name in action.findings if name in then.state.findings),
        moves=tuple(
            MoveRow(move.was, move.now, words(move.why), move.stamp.true_on, move.stamp.by) for move in action.moves
        ),
        evidence=tuple(
            EvidenceRow(
                one.id,
                words(one.title),
                words.maybe(one.link),
                words.maybe(one.reference),
                one.stamp.true_on,
                one.stamp.by,
            )
            for one in action.evidence
        ),
        figures=tuple(action.figures),
        questions=waiting_first(question_row(one, then, authority, as_at, words) for one in asked.values()),
        story=tuple(story_row(one, words, sentence) for one in told),
    )


def _concerns(fact: Any, number: int, asked: dict[UUID, Any]) -> bool:
    return getattr(fact, "action", None) == number or getattr(fact, "challenge", None) in asked


def story_row(one: LoggedFact, words: OpenedWords, sentence: Callable[[Any], str]) -> StoryRow:
    """One fact of a story; `sentence` says what it tells."""
    fact = one.fact
    return StoryRow(
        version=fact.originator_version,
        position=one.position,
        name=stored_name(type(fact)),
        true_on=fact.true_on,
        recorded_at=fact.timestamp,
        by=fact.actor,
        said=sentence(fact),
        words=tuple((name, words(text)) for name, text in texts_in(fact)),
    )


def sentence(fact: Any) -> str:
    """What a fact about an action says, without the words that came with it; also for a page that shows a conflict.

    Raises TypeError for a fact that is not about an action or a question."""
    match fact:
        case facts.ActionAdded() if fact.carried_from_action is not None:
            before = f"Carried over from action {fact.carried_from_action} of an earlier plan"
            return f"{before}, {due_in_words(fact.due_on)}, owned by {fact.owner}."
        case facts.ActionAdded():
            return f"Added, {due_in_words(fact.due_on)}, owned by {fact.owner}."
        case facts.ActionFindingsChanged():
            return f"Now answers {len(fact.findings)} of the plan's findings, not those said before."
        case facts.ActionOwnerChanged():
            return f"Owner changed from {fact.was} to {fact.now}."
        case facts.ActionDueDateMoved():
            moved = due_date_moved(fact.was, fact.now)
            return f"{moved[0].upper()}{moved[1:]}."
        case facts.ActionMeasureSet():
            parts = [
                f"{name} {figure.text}{_unit(fact.unit)}"
                for name, figure in (("baseline", fact.baseline), ("target", fact.target))
                if figure is not None
            ]
            return f"Success measure set{': ' + ', '.join(parts) if parts else ''}."
        case facts.ActionProgressReported():
            told = [fact.progress.value.replace("_", " ")]
            if fact.track is not None:
                told.append(fact.track.value.replace("_", " "))
            if fact.now is not None:
                told.append(f"measure at {fact.now.text}")
            return f"Reported: {', '.join(told)}."
        case facts.ActionImpactRated():
            return f"Impact rated: {fact.impact.value.replace('_', ' ')}."
        case facts.ActionEvidenceOffered():
            return "Evidence offered."
        case facts.ActionCompletionAccepted():
            return "Completion accepted by a second person."
        case facts.ActionCompletionRefused():
            return "Completion not accepted; in progress again."
        case facts.ActionClosed():
            return "Closed."
        case facts.ActionWithdrawn():
            return "Withdrawn."
        case facts.ActionFoundUnneeded():
            return "No action required."
        case facts.ActionCarriedOver():
            return f"Carried over to a newer plan, as its action {fact.carried_action}."
        case facts.ActionReopened():
            return "Reopened."
        case facts.ChallengeRaised():
            return f"A member asked; an answer is due by {in_words(fact.answer_by)}."
        case facts.ChallengeAnswered():
            return "The question was answered."
        case facts.ChallengeWithdrawn():
            return "The question was withdrawn."
    raise TypeError(f"There is no sentence for the fact {type(fact).__name__}.")


def _unit(unit: str | None) -> str:
    return "" if unit is None else unit if unit == "%" else f" {unit}"
