"""The commands about members' questions on a plan: what each asks, when it is refused, and the fact it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import ClassVar
from uuid import UUID, uuid5

from domain import facts
from domain.command import Answer, Question, Reason, refuse
from domain.plans.base import Draft, PlanAct, PlanCommand
from domain.plans.checks import of_this_plan
from domain.plans.policies import (
    QuestionCase,
    QuestionPolicy,
    it_has_no_answer_yet,
    the_question_was_not_withdrawn,
)
from domain.plans.state import PlanState
from domain.values.errors import NotFound, RuleBroken


@dataclass(frozen=True, kw_only=True)
class AskQuestion(PlanCommand):
    """A member asks about an action or a finding, of a closed plan too; the last day for an answer is so many whole
    days after the day of asking."""

    code = "raise_challenge"
    tells = facts.ChallengeRaised
    question: Question
    action: int | None = None
    finding: UUID | None = None

    def follow(self, plan: PlanState, act: PlanAct) -> Draft:
        if (self.action is None) == (self.finding is None):
            raise RuleBroken("Ask about one action, or about one finding.")
        since, what = plan.first_day, "The plan was opened"
        if self.finding is not None:
            of_this_plan(plan, [self.finding], self.on)
        elif (asked_about := plan.actions.get(self.action or 0)) is not None:
            since, what = asked_about.added.true_on, "The action was added"
        else:
            raise NotFound(f"The plan has no action number {self.action}.")
        act.must_lie(self.on, since, what)
        return partial(
            facts.ChallengeRaised,
            true_on=self.on,
            challenge=self.made(act.by.command),
            action=self.action,
            finding=self.finding,
            answer_by=self.on + timedelta(days=act.answer_days()),
            question=act.words("question"),
        )

    def made(self, command: UUID) -> UUID:
        return uuid5(command, "challenge")


@dataclass(frozen=True)
class QuestionCommand(PlanCommand):
    """`asked` is the question's id."""

    before: ClassVar[Sequence[QuestionPolicy]] = (the_question_was_not_withdrawn, it_has_no_answer_yet)
    policies: ClassVar[Sequence[QuestionPolicy]] = ()
    offered: ClassVar[Sequence[QuestionPolicy]] = ()

    asked: UUID

    def follow(self, plan: PlanState, act: PlanAct) -> Draft:
        known = plan.challenges.get(self.asked)
        if known is None:
            raise NotFound("The plan has no such question.")
        refuse(policy(QuestionCase(known)) for policy in (*self.before, *self.policies))
        act.must_lie(self.on, known.asked.true_on, "The question was asked")
        return partial(self.tells, true_on=self.on, challenge=self.asked, **act.sealed)

    def made(self, command: UUID) -> UUID:
        return self.asked


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(QuestionCommand):
    """The owner answers, in time or late."""

    code = "answer_challenge"
    tells = facts.ChallengeAnswered
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class WithdrawQuestion(QuestionCommand):
    """A question is taken back; it stays visible with the reason."""

    code = "withdraw_challenge"
    tells = facts.ChallengeWithdrawn
    why: Reason


QUESTION_COMMANDS: tuple[type[QuestionCommand], ...] = (AnswerQuestion, WithdrawQuestion)
