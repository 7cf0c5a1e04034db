"""What did members ask, and who still waits for an answer?"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.plans.stories import QuestionStory
from domain.values.errors import NotFound
from domain.values.plans import QuestionState
from projections.engine.answers import Moment
from projections.engine.reader import Reader
from projections.plans.answers import QuestionRow, QuestionsAnswer
from projections.plans.plan import needed
from projections.plans.projection import plans_then
from projections.plans.rows import question_row, waiting_first
from projections.plans.words import OpenedWords, texts_asked
from projections.questions.asked import asked_then, row_of


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
    """Members' questions of all authorities, of one (asked of it or handed over to it) or of one plan, in one state or
    in any; for the `public`, those on plans that were published: others are on no page of theirs (decision 0034).

    Raises NotFound where a plan is named that was not there at that moment."""
    return _questions(reader, as_at, known_at, state=state, urn=urn, plan=plan, public=public)


def asked_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> tuple[QuestionRow, ...]:
    """What was asked of an authority, on no plan of its, whoever answers it now."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        found = [then for then in asked_then(connection, reader, moment) if then.state.urn == urn]
        authorities = reader.facts_on(connection, as_at, moment.position) if found else {}
    rows: list[QuestionRow] = []
    for then in found:
        asked = list(then.state.challenges.values())
        words = OpenedWords(reader, then.erased, (text for one in asked for text in texts_asked(one)))
        rows += [row_of(one, then, authorities, as_at, words) for one in asked]
    return waiting_first(rows)


def question_of(
    reader: Reader, question: UUID, *, as_at: date, known_at: datetime | None = None
) -> tuple[Moment, QuestionRow]:
    """One question as of a moment. Raises NotFound where it was not asked by then."""
    answer = _questions(reader, as_at, known_at, only=question)
    if not answer.rows:
        raise NotFound("No such question was asked, or not by this date.")
    return answer.moment, answer.rows[0]


def _questions(
    reader: Reader,
    as_at: date,
    known_at: datetime | None,
    *,
    state: QuestionState | None = None,
    urn: str | None = None,
    plan: UUID | None = None,
    public: bool = False,
    only: UUID | None = None,
) -> QuestionsAnswer:
    def wanted(one: QuestionStory, replaced_on: date | None = None) -> bool:
        return (state is None or one.state(as_at, replaced_on) is state) and only in (None, one.id)

    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        if plan is not None:
            plans = [needed(connection, reader, plan, moment, public=public)]
        else:
            plans = list(plans_then(reader, connection, moment, urn=urn, public=public))
        asked = [] if public or plan is not None else asked_then(connection, reader, moment)
        authorities = reader.facts_on(connection, as_at, moment.position) if plans or asked else {}
    on_plans = [
        (then, one) for then in plans for one in then.state.challenges.values() if wanted(one, then.replaced_on)
    ]
    on_none = [(then, one) for then in asked for one in then.of(urn) if wanted(one)]
    erased = {subject: one for then in plans for subject, one in then.erased.items()}
    erased |= {subject: one for then in asked for subject, one in then.erased.items()}
    texts = (text for _, one in (*on_plans, *on_none) for text in texts_asked(one))
    words = OpenedWords(reader, erased, texts)
    rows = [question_row(one, then, authorities[then.state.urn], as_at, words) for then, one in on_plans]
    rows += [row_of(one, then, authorities, as_at, words) for then, one in on_none]
    return QuestionsAnswer(moment, state, waiting_first(rows))
