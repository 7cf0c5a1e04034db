"""What members asked, on plans and on none, as of any moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.ledger.store import Ledger
from domain.meetings.commands import ArrangeMeeting, PutQuestion
from domain.questions.commands import AnswerAsked, EraseAskedWords, WithdrawAsked
from domain.values.errors import NotFound
from domain.values.plans import AskedKind, QuestionState
from projections.meetings.meeting import meeting_of
from projections.plans.answers import QuestionRow
from projections.questions.asked import words_asked
from projections.questions.questions import asked_of, question_of, questions
from tests.plan_history import AT, DAY, GATESHEAD, told
from tests.projections.plans.story import Planned, planned, tell_a_plan
from tests.questions_story import about, about_finding, ask

ELSEWHERE = "80498"
LATER = DAY + timedelta(days=12)


@pytest.fixture
def here(ledger: Ledger, store_url: str) -> Iterator[Planned]:
    """Once on SQLite, once on PostgreSQL."""
    made = planned(ledger, store_url)
    yield made
    made.store.engine.dispose()
    made.words.close()


@pytest.fixture
def sqlite_here(sqlite_ledger: Ledger, sqlite_path: str) -> Iterator[Planned]:
    made = planned(sqlite_ledger, sqlite_path)
    yield made
    made.store.engine.dispose()
    made.words.close()


def rows(here: Planned, **more: Any) -> tuple[QuestionRow, ...]:
    return questions(here.reader, **{"as_at": LATER, **more}).rows


def test_questions_on_plans_and_on_none_stand_in_one_list(here: Planned):
    plan = tell_a_plan(here.timeline)
    (on_plan,) = (row.id for row in rows(here))
    own, other = ask(here.timeline), ask(here.timeline, "And there?", urn=ELSEWHERE)
    assert {row.id for row in rows(here)} == {on_plan, own, other}
    assert {row.id for row in rows(here, urn=GATESHEAD)} == {on_plan, own}
    assert {row.id: row.plan for row in rows(here)} == {on_plan: plan, own: None, other: None}
    assert [row.id for row in rows(here, plan=plan)] == [on_plan]
    assert own not in {row.id for row in rows(here, public=True)}


def test_a_question_is_open_late_and_answered_by_the_day_asked(sqlite_here: Planned):
    asked = ask(sqlite_here.timeline, "Why?", about(AskedKind.WINDOW, window_from=date(2029, 1, 1)))
    sqlite_here.timeline.do(AnswerAsked(GATESHEAD, asked, answer="So.", on=LATER), by=told("answer"))

    def then(day: date) -> QuestionRow:
        return question_of(sqlite_here.reader, asked, as_at=day)[1]

    assert [then(day).state for day in (DAY, DAY + timedelta(10), DAY + timedelta(11), LATER)] == [
        QuestionState.OPEN,
        QuestionState.OPEN,
        QuestionState.OVERDUE,
        QuestionState.ANSWERED,
    ]
    assert (then(DAY).waits, then(LATER).waits) == (True, False)
    assert then(DAY).answer is None
    found = then(LATER)
    assert found.answer is not None
    assert (found.question.text, found.answer.text, found.days) == ("Why?", "So.", 12)
    assert found.asked_about == about(AskedKind.WINDOW, window_from=date(2029, 1, 1))
    with pytest.raises(NotFound):
        then(DAY - timedelta(days=1))
    with pytest.raises(NotFound):
        question_of(sqlite_here.reader, asked, as_at=LATER, known_at=AT - timedelta(days=1))


def test_a_question_on_a_finding_has_its_words(sqlite_here: Planned):
    tell_a_plan(sqlite_here.timeline)
    (report,) = (one for one in sqlite_here.timeline.authorities.authority(GATESHEAD).activities if one.improvements)
    asked = ask(sqlite_here.timeline, "Why?", about_finding(report.id))
    row = question_of(sqlite_here.reader, asked, as_at=LATER)[1]
    assert row.finding is not None
    assert row.finding.text == "The quality of plans."


def test_erased_words_are_gone_from_every_moment(here: Planned):
    asked = ask(here.timeline, "What of Zebediah?")
    here.timeline.do(WithdrawAsked(GATESHEAD, asked, why="It names a child.", on=DAY), by=told("withdraw"))
    (row,) = rows(here)
    subject = row.question.subject
    assert [one.text for one in words_asked(here.reader, GATESHEAD, subject, on=LATER)] == ["What of Zebediah?"]
    erased = EraseAskedWords(GATESHEAD, [subject], on=DAY)
    here.timeline.do(erased, by=told("erase", "administrator", "It named a child."))
    (row,) = rows(here, as_at=DAY)
    assert row.question.text is None
    assert row.question.shown.endswith("It named a child.")
    assert row.why is not None
    assert row.why.text == "It names a child."
    with pytest.raises(NotFound):
        words_asked(here.reader, GATESHEAD, UUID(int=4), on=LATER)
    with pytest.raises(NotFound):
        words_asked(here.reader, ELSEWHERE, subject, on=LATER)


def test_what_was_handed_over_is_the_successor_s_from_that_day(sqlite_here: Planned):
    asked = ask(sqlite_here.timeline)
    by = told("hand over")
    door = sqlite_here.timeline
    door.ledger.save(*door.questions.hand_over(GATESHEAD, ELSEWHERE, [asked], on=LATER, by=by), command=by.command)
    assert [row.id for row in rows(sqlite_here, urn=GATESHEAD, as_at=DAY)] == [asked]
    (row,) = rows(sqlite_here, urn=ELSEWHERE)
    assert rows(sqlite_here, urn=GATESHEAD) == asked_of(sqlite_here.reader, GATESHEAD, as_at=LATER) == (row,)
    assert asked_of(sqlite_here.reader, ELSEWHERE, as_at=LATER) == ()
    assert row.authority.urn == ELSEWHERE
    assert row.asked_of is not None
    assert row.asked_of.urn == GATESHEAD


def test_a_meeting_shows_the_questions_put_to_it_as_the_panel_saw_them(sqlite_here: Planned):
    door = sqlite_here.timeline
    asked = ask(door)
    meeting = door.do(
        ArrangeMeeting(urn=GATESHEAD, committee="Families", day=LATER, on=DAY), by=told("arrange")
    ).meeting
    door.do(PutQuestion(meeting, plan=None, question=asked, on=DAY), by=told("put"))
    answer = meeting_of(sqlite_here.reader, meeting, as_at=LATER)
    assert [row.id for row in answer.now.questions] == [asked]
    assert answer.row.questions == 1
