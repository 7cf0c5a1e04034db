"""Members' questions that are on no plan, read again as of any moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from domain.plans.stories import Erasure, QuestionStory
from domain.questions.state import QuestionsState
from domain.values.activities import AuthorityFacts
from domain.values.errors import NotFound
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.reader import Reader
from projections.plans.answers import QuestionRow, Wording
from projections.plans.projection import LoggedFact, PlanMemory
from projections.plans.rows import asked_row
from projections.plans.words import OpenedWords, texts_in


@dataclass(frozen=True)
class AskedThen:
    """What was asked of an authority as of a moment: the facts counted, what they come to, what was erased up to now.

    Erasures count whatever moment is asked for: erased words are gone from every one."""

    id: UUID
    told: tuple[LoggedFact, ...]
    state: QuestionsState
    erased: dict[UUID, Erasure]

    def of(self, urn: str | None) -> Iterator[QuestionStory]:
        """The questions asked of an authority, or handed over to it; of all of them for None."""
        for name, question in self.state.challenges.items():
            if urn in (None, self.state.urn, self.state.answered_by(name)):
                yield question


def asked_then(connection: Connection, reader: Reader, moment: Moment) -> list[AskedThen]:
    """What was asked of every authority by a moment, in the order in which each was first asked."""
    stream = t.question_stream.c
    streams = connection.scalars(select(stream.stream).where(stream.row <= moment.position).order_by(stream.row)).all()
    known = reader.memory(PlanMemory).known(connection, streams) if streams else {}
    found = []
    for name in streams:
        counted = [
            one for one in known[name].told if one.position <= moment.position and one.fact.true_on <= moment.as_at
        ]
        if counted:
            state = QuestionsState.of(one.fact for one in counted)
            found.append(AskedThen(name, tuple(counted), state, dict(known[name].erased)))
    return found


def question_streams(connection: Connection) -> frozenset[UUID]:
    """The ids of all streams of questions that are on no plan."""
    return frozenset(connection.scalars(select(t.question_stream.c.stream)))


def row_of(
    question: QuestionStory, then: AskedThen, authorities: dict[str, AuthorityFacts], on: date, words: OpenedWords
) -> QuestionRow:
    """One question on a day."""
    about, urn = question.asked_about, then.state.urn
    holder = then.state.answered_by(question.id)
    return asked_row(
        question,
        authorities[holder],
        on,
        words,
        plan=None,
        finding=about.finding if about is not None else None,
        example=question.example,
        asked_of=authorities[urn] if holder != urn else None,
    )


def words_asked(reader: Reader, urn: str, subject: UUID, *, on: date) -> tuple[Wording, ...]:
    """The words of an authority's questions that would be erased together. Raises NotFound where there are none."""
    with reader.connect() as connection:
        asked = asked_then(connection, reader, reader.moment(connection, on, None, of=urn))
    then = next((one for one in asked if one.state.urn == urn), None)
    told = then.told if then is not None else ()
    texts = [text for one in told for _, text in texts_in(one.fact) if text.sealed.subject == subject]
    if then is None or not texts:
        raise NotFound("No question of this authority has such words.")
    words = OpenedWords(reader, then.erased, texts)
    return tuple(words(text) for text in texts)
