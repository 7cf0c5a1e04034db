"""Plans as at any day: headline, rows, stories, what is due, questions and the burn-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from domain.facts import FACTS, Fact
from domain.plans.action_commands import (
    MoveDueDate,
    ReportProgress,
    WithdrawAction,
)
from domain.plans.commands import ChooseLabels, ClosePlan, CorrectOpening
from domain.plans.question_commands import AnswerQuestion, AskQuestion
from domain.values.errors import NotFound
from domain.values.plans import Colour, Figure, Label, Progress, QuestionState, Reading, Stage
from projections.plans.action import action_of, sentence
from projections.plans.due import actions_due
from projections.plans.plan import burn_up, plan_of, plans_of
from projections.questions.questions import questions
from tests.domain.ledger.test_codec import facts
from tests.examples import examples
from tests.plan_history import AT, DAY, GATESHEAD, added, opened, told
from tests.projections.plans.story import OFFICE, Planned, tell_a_plan
from web.plans.committee_paper.tables import move_of

# --- one plan -------------------------------------------------------------------------------------------------------


def test_the_headline_says_how_far_it_is_in_words(here: Planned):
    plan = tell_a_plan(here.timeline)
    answer = plan_of(here.reader, plan, as_at=DAY)
    assert answer.head.headline == (
        "1 of 3 actions complete and evidenced; 1 overdue by 12 days; 1 finding without an action; "
        "1 question overdue for an answer"
    )
    assert [row.number for row in answer.actions] == [2, 3, 1], "exceptions first, what is done last"
    assert [finding.text for finding in answer.gaps] == ["Supervision."]
    assert (answer.head.authority.name, answer.head.example) == ("Gateshead", False)
    (due,) = answer.head.deadlines
    assert (due.stage, due.latest) == (Stage.FINAL, True)


def test_a_row_says_what_it_was_before_and_since_when(here: Planned):
    plan = tell_a_plan(here.timeline)
    rows = {row.number: row for row in plan_of(here.reader, plan, as_at=DAY).actions}
    late, risk, done = rows[2], rows[3], rows[1]
    assert (late.reading, late.previous, late.since) == (Reading.OVERDUE, Reading.ON_TRACK, date(2026, 7, 21))
    assert (late.moves, late.first_due_on, late.due_on) == (2, date(2026, 7, 20), date(2026, 7, 20))
    assert (risk.reading, risk.previous, risk.since) == (Reading.AT_RISK, Reading.NOT_STARTED, date(2026, 7, 1))
    assert (done.previous, done.since) == (Reading.ACCEPTANCE_AWAITED, date(2026, 6, 8))
    assert (done.reached, done.now, done.evidence) == (100, Figure("90"), 1)
    assert done.what.shown == "Action 1"
    assert done.narrative is not None
    assert done.narrative.shown == "Done."
    assert (late.label.words, late.label.colour) == ("Overdue", Colour.RED)


@pytest.mark.parametrize(
    ("day", "headline"),
    [
        (date(2026, 3, 10), "No actions yet; 2 findings without an action"),
        (date(2026, 3, 20), "0 of 3 actions complete and evidenced; 1 finding without an action"),
        (date(2026, 6, 7), "0 of 3 actions complete and evidenced; 1 finding without an action"),
        (date(2026, 6, 8), "1 of 3 actions complete and evidenced; 1 finding without an action"),
        (
            date(2026, 7, 21),
            "1 of 3 actions complete and evidenced; 1 overdue by 1 day; 1 finding without an action",
        ),
    ],
)
def test_a_plan_is_shown_as_at_any_day(sqlite_here: Planned, day: date, headline: str):
    plan = tell_a_plan(sqlite_here.timeline)
    assert plan_of(sqlite_here.reader, plan, as_at=day).head.headline == headline


def test_before_its_day_or_before_we_knew_there_is_no_plan(sqlite_here: Planned):
    plan = tell_a_plan(sqlite_here.timeline)
    reader = sqlite_here.reader
    with pytest.raises(NotFound, match="was not open yet on 9 March 2026"):
        plan_of(reader, plan, as_at=date(2026, 3, 9))
    with pytest.raises(NotFound, match="not known by then"):
        plan_of(reader, plan, as_at=DAY, known_at=AT - timedelta(days=1))
    with pytest.raises(NotFound, match="No such action plan"):
        plan_of(reader, UUID(int=1), as_at=DAY)
    assert plans_of(reader, GATESHEAD, as_at=date(2026, 3, 9)).plans == ()
    with pytest.raises(NotFound, match="no action number 9"):
        action_of(reader, plan, 9, as_at=DAY)


def test_what_was_told_later_is_not_known_before(sqlite_here: Planned):
    plan = tell_a_plan(sqlite_here.timeline)
    later = replace(told("later"), at=AT + timedelta(days=9))
    sqlite_here.timeline.do(WithdrawAction(plan, 3, why="Given up.", on=date(2026, 7, 20)), by=later)
    now = plan_of(sqlite_here.reader, plan, as_at=DAY)
    then = plan_of(sqlite_here.reader, plan, as_at=DAY, known_at=AT + timedelta(days=1))
    assert (now.head.counts.actions, now.head.counts.left_out) == (2, 1)
    assert (then.head.counts.actions, then.head.counts.left_out) == (3, 0)


def test_what_moved_since_a_day_is_told_in_words(here: Planned):
    plan = tell_a_plan(here.timeline)
    answer = plan_of(here.reader, plan, as_at=DAY, since=date(2026, 6, 16))
    assert {row.number: row.changes for row in answer.moved} == {
        2: ("was on track, now overdue", "due date moved from 1 July 2026 to 20 July 2026"),
        3: ("was not started, now at risk", "impact was not yet, now some"),
    }
    labels = {row.number: (row.was and row.was.words, row.now and row.now.words, row.since) for row in answer.moved}
    assert labels[2] == ("On track", "Overdue", date(2026, 7, 21))
    assert labels[3][:2] == ("Not started", "At risk")
    assert next(row.others for row in answer.moved) == ("due date moved from 1 July 2026 to 20 July 2026",)
    everything = plan_of(here.reader, plan, as_at=DAY, since=date(2026, 3, 19))
    assert everything.moved[0].changes == ("added, now complete and evidenced",)
    assert plan_of(here.reader, plan, as_at=DAY).moved == ()


def test_it_is_told_how_long_a_due_date_had_passed_when_it_was_last_moved(sqlite_here: Planned):
    plan = tell_a_plan(sqlite_here.timeline)
    late = told("moved late")
    sqlite_here.timeline.do(
        MoveDueDate(plan, 2, due_on=date(2026, 9, 30), why="Vacancies.", on=date(2026, 7, 25)), by=late
    )
    day = date(2026, 8, 30)
    rows = {row.number: row for row in plan_of(sqlite_here.reader, plan, as_at=day).actions}
    assert (rows[2].moves, rows[2].days_past_when_moved, rows[2].days_overdue) == (3, 5, 0)
    assert move_of(rows[2]) == "3 times, the last time 5 days after it had passed"
    assert (rows[1].moves, rows[1].days_past_when_moved, move_of(rows[1])) == (0, 0, None)


def test_a_council_s_own_labels_are_shown_from_when_they_were_chosen(sqlite_here: Planned):
    plan = tell_a_plan(sqlite_here.timeline)
    label = Label(Reading.OVERDUE, "Late", Colour.AMBER)
    by = replace(told("labels"), at=AT + timedelta(days=9))
    sqlite_here.timeline.do(ChooseLabels(GATESHEAD, labels=[label]), by=by)

    def shown(known_at: datetime | None) -> Label:
        return plan_of(sqlite_here.reader, plan, as_at=DAY, known_at=known_at).actions[0].label

    assert shown(None) == label
    assert shown(AT + timedelta(days=1)).words == "Overdue"


# --- one action, all plans, questions, burn-up ----------------------------------------------------------------------


def test_an_action_s_story_is_whole_and_in_order(here: Planned):
    plan = tell_a_plan(here.timeline)
    answer = action_of(here.reader, plan, 2, as_at=DAY)
    assert [row.said for row in answer.story] == [
        "Added, due by 20 July 2026, owned by Head of Safeguarding.",
        "Reported: in progress, on track.",
        "Due date moved from 20 July 2026 to 1 July 2026.",
        "Due date moved from 1 July 2026 to 20 July 2026.",
        "A member asked; an answer is due by 25 July 2026.",
    ]
    assert [(move.was, move.now, move.why.shown) for move in answer.moves] == [
        (date(2026, 7, 20), date(2026, 7, 1), "Sooner."),
        (date(2026, 7, 1), date(2026, 7, 20), "Vacancies."),
    ]
    assert dict(answer.story[0].words)["what"].shown == "Action 2"
    (question,) = answer.questions
    assert (question.state, question.days_overdue, question.question.shown) == (
        QuestionState.OVERDUE,
        7,
        "What shows it?",
    )
    first = action_of(here.reader, plan, 1, as_at=DAY)
    assert first.figures == ((date(2026, 5, 1), Figure("70")), (date(2026, 6, 1), Figure("90")))
    (audit,) = first.evidence
    assert audit.link is not None
    assert audit.link.shown == "https://example.gov.uk/audit"
    assert [finding.text for finding in first.findings] == ["The quality of plans."]


def test_every_fact_about_an_action_has_a_sentence():
    about = [cls for name, cls in FACTS.items() if name.startswith(("action.", "challenge."))]
    assert len(about) >= 17

    for cls in about:

        @settings(max_examples=examples(3), deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(fact=facts(cls))
        def told_in_words(fact: Fact) -> None:
            said = sentence(fact)
            assert said.endswith(".")
            assert said[0].isupper()

        told_in_words()


def test_what_is_due_over_all_plans_or_of_one_office(here: Planned):
    plan = tell_a_plan(here.timeline)
    by = told("report complete")
    here.timeline.do(ReportProgress(plan, 3, progress=Progress.COMPLETE, on=date(2026, 7, 30)), by=by)
    answer = actions_due(here.reader, on=DAY)
    assert [(row.action.number, row.action.days_overdue) for row in answer.overdue] == [(2, 12)]
    assert [row.action.number for row in answer.evidence_awaited] == [3]
    assert (answer.acceptance_awaited, answer.soon) == ((), ())
    assert [paper.deadline.stage for paper in answer.papers] == [Stage.FINAL]
    june = actions_due(here.reader, on=date(2026, 6, 30), office=f" {OFFICE.upper()} ")
    assert [row.action.number for row in june.soon] == [2]
    assert june.papers == ()
    assert actions_due(here.reader, on=DAY, office="Nobody").overdue == ()
    assert actions_due(here.reader, on=DAY, urn="80563").overdue == ()


def test_an_action_without_a_date_is_an_exception_and_listed_apart(sqlite_here: Planned):
    timeline = sqlite_here.timeline
    plan = opened(timeline)
    added(timeline, plan, due_on=None)
    added(timeline, plan, "Meet with schools", due_on=DAY + timedelta(days=5))
    answer = plan_of(sqlite_here.reader, plan, as_at=DAY)
    assert [(row.number, row.undated, row.is_exception) for row in answer.actions] == [
        (1, True, True),
        (2, False, False),
    ]
    due = actions_due(sqlite_here.reader, on=DAY)
    assert [[row.action.number for row in rows] for rows in (due.undated, due.soon, due.overdue)] == [[1], [2], []]
    assert burn_up(sqlite_here.reader, plan, as_at=DAY).points[-1].due == 0


def test_a_plan_is_open_from_the_day_of_opening_that_was_put_right(sqlite_here: Planned):
    timeline, early = sqlite_here.timeline, date(2026, 3, 5)
    plan = opened(timeline)
    timeline.do(CorrectOpening(plan, why="The minutes say so.", on=early), by=told("opening"))
    added(timeline, plan, on=date(2026, 3, 6))
    then = plan_of(sqlite_here.reader, plan, as_at=date(2026, 3, 7))
    assert (then.head.opened_on, len(then.actions)) == (early, 1)
    timeline.do(CorrectOpening(plan, why="One day later.", on=date(2026, 3, 6)), by=told("again"))
    with pytest.raises(NotFound):
        plan_of(sqlite_here.reader, plan, as_at=early)


def test_a_closed_plan_owes_nothing(sqlite_here: Planned):
    timeline = sqlite_here.timeline
    plan = opened(timeline)
    timeline.do(ClosePlan(plan, why="Replaced.", on=DAY), by=told("close"))
    assert actions_due(sqlite_here.reader, on=DAY).papers == ()
    assert plan_of(sqlite_here.reader, plan, as_at=DAY).head.closed_on == DAY


def test_questions_by_state(here: Planned):
    plan = tell_a_plan(here.timeline)
    finding = list(here.timeline.plans.plan(plan).state.findings)[1]
    second = here.timeline.do(
        AskQuestion(plan, question="And this?", finding=finding, on=date(2026, 7, 30)), by=told("ask 2", "member")
    ).made
    assert isinstance(second, UUID)

    def numbers(**asked: Any) -> list[str]:
        return [row.question.shown for row in questions(here.reader, **asked).rows]

    assert numbers(as_at=DAY) == ["What shows it?", "And this?"]
    assert numbers(as_at=DAY, state=QuestionState.OVERDUE) == ["What shows it?"]
    assert numbers(as_at=DAY, state=QuestionState.OPEN) == ["And this?"]
    here.timeline.do(AnswerQuestion(plan, second, answer="This does.", on=date(2026, 7, 31)), by=told("answer"))
    (row,) = questions(here.reader, as_at=DAY, state=QuestionState.ANSWERED, plan=plan).rows
    assert (row.days, row.answered_by, row.answer.shown if row.answer else None) == (1, "officer", "This does.")
    assert row.finding is not None
    assert row.finding.text == "Supervision."
    assert numbers(as_at=date(2026, 7, 30), state=QuestionState.ANSWERED) == []
    assert numbers(as_at=DAY, urn="80563") == []


def test_the_burn_up_rises_with_what_is_promised_due_and_done(here: Planned):
    plan = tell_a_plan(here.timeline)
    points = [(p.day, p.actions, p.due, p.done) for p in burn_up(here.reader, plan, as_at=DAY).points]
    assert points == [
        (date(2026, 3, 10), 0, 0, 0),
        (date(2026, 3, 20), 3, 0, 0),
        (date(2026, 6, 8), 3, 0, 1),
        (date(2026, 7, 20), 3, 1, 1),
        (DAY, 3, 1, 1),
    ]
