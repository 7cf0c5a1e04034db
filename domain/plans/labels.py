"""What an authority calls its readings, and how long an answer may take: each choice is a stream of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import facts
from domain.authorities.authority import Authority
from domain.facts import Told, told
from domain.values.errors import RuleBroken
from domain.values.plans import Label
from domain.values.sealed import as_line

LONGEST_LABEL = 50


class PlanConventions(Aggregate):
    """One choice; the latest of an authority's counts."""

    @staticmethod
    def create_id(command: UUID) -> UUID:
        return uuid5(command, "plan conventions")

    def __init__(self, urn: str) -> None:
        self.urn = urn

    @classmethod
    def choose(
        cls, *, urn: str, labels: Sequence[Label], answer_days: int, after: int | None = None, by: Told
    ) -> PlanConventions:
        """Labels of up to 50 characters, one a reading; from 1 to 90 clear days. Raises RuleBroken.

        Two choices that follow the same one, `after` its position, are one stream: only the first can be kept."""
        if len({label.reading for label in labels}) != len(labels):
            raise RuleBroken("Give each reading one label.")
        if type(answer_days) is not int or not 1 <= answer_days <= 90:
            raise RuleBroken("Enter how many clear days an answer may take, from 1 to 90.")
        kept = [Label(one.reading, as_line(one.words, "the label", most=LONGEST_LABEL), one.colour) for one in labels]
        return cls._create(
            facts.PlanConventionsChosen,
            id=cls.create_id(by.command) if after is None else uuid5(Authority.create_id(urn), f"labels after {after}"),
            urn=urn,
            labels=tuple(kept),
            answer_days=answer_days,
            **told(by),
        )

    @singledispatchmethod
    def apply(self, fact: facts.Fact) -> None:
        raise TypeError(f"Conventions do not know the fact {type(fact).__name__}.")

    @apply.register
    def _(self, fact: facts.PlanConventionsChosen) -> None:
        """Its words were taken when the stream began."""
