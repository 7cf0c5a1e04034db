"""What an authority's questions come to, folded in order: used to decide, and to answer as at any day.

Nothing here refuses. Texts stay sealed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatchmethod
from typing import Any
from uuid import UUID

from domain import facts
from domain.facts import Fact
from domain.plans.stories import Erasure, QuestionStory, Stamp, kept, stamp_of
from domain.values.sealed import Sealed, SealedText


class QuestionsState:
    """What members asked about an authority, other than on its plans."""

    def __init__(self) -> None:
        self.urn = ""
        self.opened: Stamp | None = None
        self.challenges: dict[UUID, QuestionStory] = {}
        self.subjects: set[UUID] = set()
        self.erased: dict[UUID, Erasure] = {}

    @classmethod
    def of(cls, told: Iterable[Fact]) -> QuestionsState:
        """The state after these facts, in the order of the log."""
        state = cls()
        for fact in told:
            state.apply(fact)
        return state

    def answered_by(self, question: UUID) -> str:
        """The URN of the authority that answers a question: the one asked, unless it was handed over."""
        return self.challenges[question].passed_to or self.urn

    @singledispatchmethod
    def apply(self, fact: Any) -> None:
        """Take in one more fact. Raises TypeError for a fact that is not of a stream of questions."""
        raise TypeError(f"A stream of questions does not know the fact {type(fact).__name__}.")

    @apply.register
    def _(self, fact: facts.QuestionsOpened) -> None:
        self.urn, self.opened = fact.urn, stamp_of(fact)

    @apply.register
    def _(self, fact: facts.ChallengeRaised) -> None:
        question = self._kept(fact, "question", fact.question)
        self.challenges[fact.challenge] = QuestionStory(
            fact.challenge,
            fact.action,
            fact.finding,
            question,
            fact.answer_by,
            stamp_of(fact),
            asked_about=fact.asked_about,
            example=bool(fact.example),
        )

    @apply.register
    def _(self, fact: facts.ChallengeAnswered) -> None:
        question = self.challenges[fact.challenge]
        question.answered, question.answer = stamp_of(fact), self._kept(fact, "answer", fact.answer)

    @apply.register
    def _(self, fact: facts.ChallengeWithdrawn) -> None:
        question = self.challenges[fact.challenge]
        question.withdrawn, question.why = stamp_of(fact), self._kept(fact, "why", fact.why)

    @apply.register
    def _(self, fact: facts.QuestionsHandedOver) -> None:
        for name in fact.challenges:
            self.challenges[name].passed_to = fact.successor

    @apply.register
    def _(self, fact: facts.WordsErased) -> None:
        self.erased.update(dict.fromkeys(fact.subjects, Erasure(stamp_of(fact), fact.reason or "")))

    def _kept(self, fact: Fact, name: str, sealed: Sealed) -> SealedText:
        self.subjects.add(sealed.subject)
        return kept(fact, name, sealed)


IN_A_STREAM = facts.OF_QUESTIONS | {
    facts.ChallengeRaised,
    facts.ChallengeAnswered,
    facts.ChallengeWithdrawn,
    facts.WordsErased,
}
"""Every fact that such a stream may hold."""
