"""Members' questions about one authority, other than on its plans, kept as facts: one stream per authority.

What may be told of them is decided by `domain.questions.commands`; texts come sealed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import facts
from domain.facts import Fact, Told, told
from domain.questions.commands import Draft
from domain.questions.state import QuestionsState

QUESTIONS = UUID("2f8c9a54-0b7e-5a3d-8d16-6e5b1f4a7c90")


class MemberQuestions(Aggregate):
    """What members asked about an authority; it begins with the first question."""

    @staticmethod
    def create_id(urn: str) -> UUID:
        return uuid5(QUESTIONS, urn)

    def __init__(self, urn: str) -> None:
        self.urn = urn
        self.state = QuestionsState()

    @classmethod
    def begin(cls, urn: str, on: date, by: Told) -> MemberQuestions:
        """A stream of which nothing is told yet but that it was begun."""
        return cls._create(facts.QuestionsOpened, id=cls.create_id(urn), urn=urn, true_on=on, **told(by))

    def tell(self, draft: Draft, by: Told) -> None:
        """Take up what a command decided."""
        # A partial fact stands in for its class: the stream adds who it belongs to and its version.
        fact: Any = draft
        self.trigger_event(fact, **told(by))

    def apply(self, fact: Fact) -> None:
        self.state.apply(fact)
