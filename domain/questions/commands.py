"""The commands about members' questions that are on no plan: what each asks, when it is refused, the fact it tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid5

from domain import facts
from domain.command import (
    Act,
    Answer,
    Question,
    Reason,
    give_a_reason_for_erasing,
    give_no_reason_beside,
    in_the_future,
    refuse,
    words_to_erase,
)
from domain.facts import Fact
from domain.plans.policies import QuestionCase, QuestionPolicy, it_has_no_answer_yet, the_question_was_not_withdrawn
from domain.questions.policies import AskingCase, about_what_the_page_shows, the_authority_still_is
from domain.questions.state import QuestionsState
from domain.values.days import london_day
from domain.values.errors import NotFound
from domain.values.plans import AskedAbout

Draft = Callable[..., Fact]
"""A fact that lacks who tells it and its place in a stream."""


@dataclass(frozen=True, kw_only=True)
class AskAbout:
    """A member asks about an authority, or an entry, a finding or a window of it; the last day for an answer is so many
    whole days after the day of asking, as on a plan."""

    tells: ClassVar[Any] = facts.ChallengeRaised

    urn: str
    about: AskedAbout
    question: Question
    example: bool = False
    on: date

    def decide(self, act: Act, asked: AskingCase, answer_days: int) -> Draft:
        """The fact that follows. Raises RuleBroken."""
        give_no_reason_beside(act.by, "of a question")
        refuse([in_the_future(self.on, london_day(act.by.at))])
        refuse(policy(asked) for policy in (the_authority_still_is, about_what_the_page_shows))
        return partial(
            facts.ChallengeRaised,
            true_on=self.on,
            challenge=self.made(act.by.command),
            action=None,
            finding=None,
            answer_by=self.on + timedelta(days=answer_days),
            question=act.words("question"),
            asked_about=self.about,
            example=self.example or None,
        )

    @staticmethod
    def made(command: UUID) -> UUID:
        """The id of the question that a command asks."""
        return uuid5(command, "challenge")


@dataclass(frozen=True)
class AskedCommand:
    """About a question that was asked. `urn` is the authority asked, `asked` the question's id."""

    tells: ClassVar[Any]
    before: ClassVar[Sequence[QuestionPolicy]] = (the_question_was_not_withdrawn, it_has_no_answer_yet)

    urn: str
    asked: UUID
    _: KW_ONLY
    on: date

    def decide(self, known: QuestionsState, act: Act) -> Draft:
        """The fact that follows. Raises RuleBroken, NotFound."""
        give_no_reason_beside(act.by, "of a question")
        question = known.challenges.get(self.asked)
        if question is None:
            raise NotFound("No such question was asked of this authority.")
        refuse(policy(QuestionCase(question)) for policy in self.before)
        act.must_lie(self.on, question.asked.true_on, "The question was asked")
        return partial(self.tells, true_on=self.on, challenge=self.asked, **act.sealed)


@dataclass(frozen=True, kw_only=True)
class AnswerAsked(AskedCommand):
    """An officer of the authority answers, in time or late."""

    tells = facts.ChallengeAnswered
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class WithdrawAsked(AskedCommand):
    """A question is taken back; it stays visible with the reason."""

    tells = facts.ChallengeWithdrawn
    why: Reason


@dataclass(frozen=True)
class EraseAskedWords:
    """Destroy the keys of these words, for `by.reason`: they read as erased at every moment from now on."""

    tells: ClassVar[Any] = facts.WordsErased

    urn: str
    subjects: Sequence[UUID]
    _: KW_ONLY
    on: date

    def decide(self, known: QuestionsState, act: Act) -> Draft:
        """The fact that follows. Raises RuleBroken."""
        wanted = words_to_erase(self.subjects, known.subjects, known.erased, of="authority’s questions")
        assert known.opened is not None
        act.must_lie(self.on, known.opened.true_on, "The first question was asked")
        give_a_reason_for_erasing(act.by)
        return partial(facts.WordsErased, true_on=self.on, subjects=wanted)


QuestionsCommand = AskAbout | AskedCommand | EraseAskedWords
"""Every command about questions that are on no plan."""
