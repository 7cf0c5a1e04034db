"""What can happen to members' questions that are on no plan: one stream per authority.

The questions themselves, their answers and withdrawals are the facts of `domain.facts.plans`, and so is the erasing of
their words; here is what else such a stream tells."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.facts.base import Fact, facts_of
from domain.values.rights import Right


class QuestionsFact(Fact):
    """In an authority's stream of questions. `true_on` is the day of which it speaks."""

    true_on: date


class QuestionsOpened(
    QuestionsFact,
    Aggregate.Created,
    name="questions.opened",
    aggregate="domain.questions.questions:MemberQuestions",
    right=Right.ASK,
):
    """A member asked about an authority for the first time, other than on a plan."""

    urn: str


class QuestionsHandedOver(QuestionsFact, name="questions.handed_over"):
    """Another authority answers these questions from now on: the one asked has ended. `successor` is its URN."""

    successor: str
    challenges: tuple[UUID, ...]


OF_QUESTIONS = facts_of(QuestionsFact)
