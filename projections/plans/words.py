"""Opens the words of plans for one answer: erased ones are never looked for, whatever keys there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from domain.plans.action_state import ActionState
from domain.plans.stories import Erasure, QuestionStory, kept
from domain.values.sealed import Sealed, SealedText
from projections.engine.reader import Reader
from projections.plans.answers import Wording


class OpenedWords:
    """The words of these texts, read at once."""

    def __init__(self, reader: Reader, erased: Mapping[UUID, Erasure], texts: Iterable[SealedText]) -> None:
        self._erased = erased
        wanted = {kept for kept in texts if kept.sealed.subject not in erased}
        self._read = reader.words.read(wanted) if reader.words is not None and wanted else {}

    def __call__(self, kept: SealedText) -> Wording:
        subject = kept.sealed.subject
        return Wording(subject, self._read.get(kept), self._erased.get(subject))

    def maybe(self, kept: SealedText | None) -> Wording | None:
        return None if kept is None else self(kept)


def texts_in(fact: Any) -> Iterator[tuple[str, SealedText]]:
    """The sealed fields of a fact, by name."""
    for field in fields(fact):
        value = getattr(fact, field.name)
        if isinstance(value, Sealed):
            yield field.name, kept(fact, field.name, value)


def texts_of(action: ActionState) -> Iterator[SealedText]:
    """What a row shows of an action."""
    yield from (kept for kept in (action.what, action.measure, action.narrative) if kept is not None)


def texts_asked(challenge: QuestionStory) -> Iterator[SealedText]:
    """What a row shows of a question."""
    yield from (kept for kept in (challenge.question, challenge.answer, challenge.why) if kept is not None)
