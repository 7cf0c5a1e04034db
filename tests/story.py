"""Given facts, when a command is sent, then these facts follow: how aggregates are specified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import pytest
from eventsourcing.domain import Aggregate

from domain.facts import Fact

TOLD = {"originator_id", "originator_version", "timestamp", "actor", "command", "source", "reason", "originator_topic"}


class Story:
    """`Story(Authority, first, *more)` replays commands already carried out; each is (method, keywords)."""

    def __init__(self, aggregate: Aggregate) -> None:
        self.aggregate = aggregate
        self.aggregate.collect_events()

    def when(self, command: Any, *args: Any, **words: Any) -> Told_:
        try:
            command(self.aggregate, *args, **words)
        except Exception as refusal:
            return Told_(self.aggregate.collect_events(), refusal)
        return Told_(self.aggregate.collect_events(), None)


class Told_:
    def __init__(self, facts: Sequence[Any], refusal: Exception | None) -> None:
        self.facts = facts
        self.refusal = refusal

    def then(self, *expected: tuple[type[Fact], dict[str, Any]]) -> None:
        if self.refusal is not None:
            raise self.refusal
        assert [(type(fact), words_of(fact)) for fact in self.facts] == list(expected)

    def then_refused(self, kind: type[Exception], words: str) -> None:
        assert self.refusal is not None, "the command was carried out"
        with pytest.raises(kind, match=words):
            raise self.refusal
        assert not self.facts, "a refused command left facts behind"


def words_of(fact: Fact) -> dict[str, Any]:
    """What a fact says beside what every fact carries."""
    return {field.name: getattr(fact, field.name) for field in fields(fact) if field.name not in TOLD}


def given(aggregate: Aggregate, *commands: tuple[Any, tuple[Any, ...], dict[str, Any]]) -> Story:
    for command, args, words in commands:
        command(aggregate, *args, **words)
    return Story(aggregate)
