"""What did members ask, and who still waits for an answer?"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.values.plans import QuestionState
from projections.engine.reader import Reader
from projections.plans.answers import QuestionsAnswer
from projections.plans.plan import needed
from projections.plans.projection import PlanMemory, plans_then
from projections.plans.rows import question_row, waiting_first
from projections.plans.words import OpenedWords, texts_asked


def questions(
    reader: Reader,
    *,
    state: QuestionState | None = None,
    urn: str | None = None,
    plan: UUID | None = None,
    as_at: date,
    known_at: datetime | None = None,
    public: bool = False,
) -> QuestionsAnswer:
    """Members' questions of all plans, of one authority's or of one, in one state or in any; for the `public`,
    those that were published.

    Raises NotFound where a plan is named that was not there at that moment."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        if plan is not None:
            found = [needed(connection, reader, plan, moment, public=public)]
        else:
            found = list(plans_then(connection, reader.memory(PlanMemory), moment, urn=urn, public=public))
        authorities = reader.facts_on(connection, as_at)
    asked = [
        (then, one)
        for then in found
        for one in then.state.challenges.values()
        if state is None or one.state(as_at) is state
    ]
    erased = {subject: one for then in found for subject, one in then.erased.items()}
    words = OpenedWords(reader, erased, (text for _, one in asked for text in texts_asked(one)))
    rows = (question_row(one, then, authorities[then.state.urn], as_at, words) for then, one in asked)
    return QuestionsAnswer(moment, state, waiting_first(rows))
