"""What a plan takes and refuses: opening, its clock, questions, its end, and publishing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import facts
from domain.plans.action_commands import (
    AcceptCompletion,
    ChangeFindings,
    ChangeOwner,
)
from domain.plans.commands import (
    AddAction,
    ClosePlan,
    CorrectOpening,
    EraseWords,
    PublishPlan,
    ReceiveReply,
    ReopenPlan,
    SendPlan,
    SetReceipt,
    StateDueDate,
    TakeFindings,
)
from domain.plans.question_commands import AnswerQuestion, WithdrawQuestion
from domain.values.activities import Activity
from domain.values.errors import NotFound, RuleBroken
from domain.values.judgements import Judgements
from domain.values.plans import (
    Basis,
    QuestionState,
    Stage,
    finding_of,
)
from domain.values.statements import Kind
from tests.domain.plans.story import (
    ACCEPTED,
    ACTION,
    ADDED,
    ASKED,
    COLLEAGUE,
    JTAI,
    MEMBER,
    NOT_CARRIED,
    OFFICER,
    OPENED,
    PLANS,
    PUBLISHED,
    QUESTION,
    REPORT,
    REPORTED,
    SHOWN,
    STARTED,
    VISIT,
    plan,
    taking,
    told,
    words,
)
from tests.story import given

DAY = date(2026, 8, 1)
WHY = words("Because")


def sent(story: Any, command: tuple[Any, tuple[Any, ...], dict[str, Any]], **instead: Any) -> Any:
    method, args, keywords = command
    return story.when(method, *args, **(keywords | instead))


# --- opening --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("activity", "basis", "findings"),
    [
        (REPORT, Basis.GRADED_REPORT, 2),
        (VISIT, Basis.FOCUSED_VISIT_LETTER, 1),
        (JTAI, Basis.JTAI_LETTER, 0),
    ],
)
def test_a_plan_answers_a_report_a_letter_with_priority_action_or_a_jtai(
    activity: Activity, basis: Basis, findings: int
):
    (opened,) = plan(activity).collect_events()
    assert isinstance(opened, facts.PlanOpened)
    assert (opened.basis, len(opened.findings), opened.published_on) == (basis, findings, PUBLISHED)
    assert opened.stated_due == (date(2026, 6, 5) if activity is JTAI else None)


def test_findings_are_copied_by_reference_and_as_they_read():
    (opened,) = plan().collect_events()
    assert isinstance(opened, facts.PlanOpened)
    assert opened.findings[0] == finding_of(REPORT.id, "The quality of plans.", priority=False)
    assert opened.findings[0].activity == REPORT.id


@pytest.mark.parametrize(
    ("activity", "why"),
    [
        (replace(REPORT, grades=Judgements()), "no grade of this inspection"),
        (replace(VISIT, priority_action=None, priority_actions=()), "priority action"),
        (replace(REPORT, kind=Kind.MONITORING_VISIT), "graded report"),
        (replace(REPORT, kind=Kind.SELF_EVALUATION), "graded report"),
        (replace(REPORT, published=None), "when the report or letter was received"),
    ],
)
def test_nothing_else_is_planned_on(activity: Activity, why: str):
    with pytest.raises(RuleBroken, match=why):
        plan(activity)


@pytest.mark.parametrize("day", [PUBLISHED - timedelta(days=1), date(2026, 9, 2)])
def test_a_plan_is_opened_between_the_report_and_today(day: date):
    with pytest.raises(RuleBroken, match="Enter a day from 2 March 2026"):
        plan(opened_on=day)


def test_findings_found_later_are_taken_over_once():
    more = replace(REPORT, improvements=(*REPORT.improvements, "Care leavers."))
    given(plan()).when(taking(TakeFindings), activity=more, on=DAY, by=OFFICER).then(
        (
            facts.PlanFindingsAdded,
            {"true_on": DAY, "findings": (finding_of(REPORT.id, "Care leavers.", priority=False),)},
        )
    )
    given(plan()).when(taking(TakeFindings), activity=REPORT, on=DAY, by=OFFICER).then_refused(RuleBroken, "already")


def test_nothing_answers_a_finding_before_the_plan_had_it():
    more = replace(REPORT, improvements=(*REPORT.improvements, "Care leavers."))
    late = finding_of(REPORT.id, "Care leavers.", priority=False).id
    known = given(plan(), ADDED, told(taking(TakeFindings), activity=more, on=date(2026, 5, 4)))
    why, before = "taken into the plan on 4 May 2026", date(2026, 5, 3)
    late_action = {**ACTION, "findings": [PLANS, late], "by": OFFICER}
    known.when(taking(AddAction), **late_action, on=before).then_refused(RuleBroken, why)
    change = {"findings": [late], "by": OFFICER}
    known.when(taking(ChangeFindings), 1, **change, on=before).then_refused(RuleBroken, why)
    sent(known, ASKED, action=None, finding=late, on=before).then_refused(RuleBroken, why)
    assert known.when(taking(ChangeFindings), 1, **change, on=date(2026, 5, 4)).facts
    assert known.when(taking(AddAction), **{**late_action, "findings": [PLANS]}, on=before).facts


# --- the clock's facts ----------------------------------------------------------------------------------------------


def test_the_true_day_of_receipt_is_a_fact_with_its_reason():
    given(plan()).when(taking(SetReceipt), received_on=date(2026, 2, 25), why=WHY, on=DAY, by=OFFICER).then(
        (facts.PlanReceiptSet, {"true_on": DAY, "was": None, "now": date(2026, 2, 25), "why": WHY})
    )


@pytest.mark.parametrize("day", [PUBLISHED - timedelta(days=91), PUBLISHED + timedelta(days=31)])
def test_a_day_of_receipt_far_from_publication_is_looked_at_again(day: date):
    given(plan()).when(taking(SetReceipt), received_on=day, why=WHY, on=DAY, by=OFFICER).then_refused(
        RuleBroken, "Look at the day again"
    )


def test_only_a_joint_inspection_s_due_date_is_entered():
    enter = {"due_on": date(2026, 6, 12), "why": WHY, "on": DAY, "by": OFFICER}
    given(plan()).when(taking(StateDueDate), **enter).then_refused(RuleBroken, "counted from receipt")
    given(plan(JTAI)).when(taking(StateDueDate), **enter | {"why": None}).then_refused(RuleBroken, "Give the reason")
    given(plan(JTAI)).when(taking(StateDueDate), **enter).then(
        (
            facts.PlanDueDateStated,
            {"true_on": DAY, "was": date(2026, 6, 5), "now": date(2026, 6, 12), "why": WHY},
        )
    )


def test_a_draft_is_sent_only_where_one_is_owed():
    send = {"on": DAY, "by": OFFICER}
    given(plan()).when(taking(SendPlan), stage=Stage.DRAFT, **send).then_refused(RuleBroken, "No draft is owed")
    given(plan(VISIT)).when(taking(SendPlan), stage=Stage.DRAFT, **send).then(
        (facts.PlanSubmitted, {"true_on": DAY, "stage": Stage.DRAFT})
    )


def test_a_plan_is_sent_once_and_answered_once_after_it():
    final = (taking(SendPlan), (), {"stage": Stage.FINAL, "on": DAY, "by": OFFICER})
    reply = {"on": DAY + timedelta(days=9), "reflects": True, "by": OFFICER}
    given(plan()).when(taking(ReceiveReply), **reply).then_refused(RuleBroken, "Record first")
    sent(given(plan(), final), final).then_refused(RuleBroken, "already sent, on 1 August 2026")
    given(plan(), final).when(taking(ReceiveReply), **reply | {"on": DAY - timedelta(days=1)}).then_refused(
        RuleBroken, "cannot come before"
    )
    answered = (taking(ReceiveReply), (), reply)
    sent(given(plan(), final, answered), answered).then_refused(RuleBroken, "already received")


# --- questions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 6, 1), QuestionState.OPEN),
        (date(2026, 6, 11), QuestionState.OPEN),
        (date(2026, 6, 12), QuestionState.OVERDUE),
    ],
)
def test_a_question_is_answered_within_ten_clear_days(day: date, state: QuestionState):
    asked = given(plan(), ADDED, ASKED).aggregate.state.challenges[QUESTION]
    assert asked.answer_by == date(2026, 6, 11), "the day of asking does not count"
    assert asked.state(day) is state


def test_a_question_is_about_one_action_or_one_finding_of_the_plan():
    sent(given(plan(), ADDED), ASKED, finding=PLANS).then_refused(RuleBroken, "one action, or about one finding")
    sent(given(plan(), ADDED), ASKED, action=None).then_refused(RuleBroken, "one action, or about one finding")
    sent(given(plan(), ADDED), ASKED, action=7).then_refused(NotFound, "no action number 7")
    sent(given(plan(), ADDED), ASKED, action=None, finding=UUID(int=99)).then_refused(
        RuleBroken, "not one of this plan"
    )


def test_a_question_is_answered_or_withdrawn_once():
    answer = told(taking(AnswerQuestion), QUESTION, answer=words("This"), on=DAY)
    withdraw = told(taking(WithdrawQuestion), QUESTION, why=WHY, on=DAY, by=MEMBER)
    assert given(plan(), ADDED, ASKED, answer).aggregate.state.challenges[QUESTION].state(DAY) is QuestionState.ANSWERED
    sent(given(plan(), ADDED, ASKED, answer), answer).then_refused(RuleBroken, "already answered, on 1 August 2026")
    sent(given(plan(), ADDED, ASKED, withdraw), answer).then_refused(RuleBroken, "withdrawn on 1 August 2026")
    sent(given(plan(), ADDED, ASKED), answer, on=date(2026, 5, 31)).then_refused(RuleBroken, "asked on 1 June 2026")
    given(plan()).when(taking(AnswerQuestion), QUESTION, answer=WHY, on=DAY, by=OFFICER).then_refused(
        NotFound, "no such question"
    )


# --- closing, erasing, two officers ---------------------------------------------------------------------------------


def test_a_plan_is_closed_when_nothing_is_open_and_then_refuses():
    close = told(taking(ClosePlan), why=WHY, on=DAY)
    done = (ADDED, REPORTED, SHOWN, ACCEPTED)
    sent(given(plan(), ADDED, STARTED), close).then_refused(RuleBroken, "still open: 1")
    sent(given(plan(), ADDED, ASKED, *done[1:]), close).then_refused(RuleBroken, "has no answer yet")
    sent(given(plan(), *done, close), ADDED, on=DAY).then_refused(RuleBroken, "closed on 1 August 2026")
    reopen = told(taking(ReopenPlan), why=WHY, on=DAY)
    sent(given(plan(), *done, close, reopen), ADDED, on=DAY).then(
        (facts.ActionAdded, {**ACTION, **NOT_CARRIED, "true_on": DAY, "action": 2, "findings": (PLANS,)})
    )
    sent(given(plan()), reopen).then_refused(RuleBroken, "The plan is open")


def test_words_are_erased_with_a_reason_once_and_only_those_of_the_plan():
    subject = ACTION["what"].subject
    by = replace(OFFICER, reason="It named a child.")
    given(plan(), ADDED).when(taking(EraseWords), [subject], on=DAY, by=by).then(
        (facts.WordsErased, {"true_on": DAY, "subjects": (subject,)})
    )
    given(plan(), ADDED).when(taking(EraseWords), [subject], on=DAY, by=OFFICER).then_refused(RuleBroken, "reason")
    given(plan(), ADDED).when(taking(EraseWords), [UUID(int=4)], on=DAY, by=by).then_refused(RuleBroken, "not of")
    given(plan(), ADDED, (taking(EraseWords), ([subject],), {"on": DAY, "by": by})).when(
        taking(EraseWords), [subject], on=DAY, by=by
    ).then_refused(RuleBroken, "erased already")


# --- publishing -----------------------------------------------------------------------------------------------------

APPROVER = replace(OFFICER, actor="approver", command=UUID(int=31))
ERASER = replace(OFFICER, actor="administrator", command=UUID(int=32), reason="Asked for.")
PUBLISHED_HERE = told(taking(PublishPlan), on=date(2026, 7, 20), by=APPROVER)


def test_an_approver_publishes_what_others_told():
    given(plan(), ADDED, STARTED).when(taking(PublishPlan), on=DAY, by=APPROVER).then(
        (facts.PlanPublished, {"true_on": DAY})
    )


def test_nobody_publishes_what_they_told_themselves():
    given(plan(), ADDED).when(taking(PublishPlan), on=DAY, by=OFFICER).then_refused(
        RuleBroken, "You told part of what would be published"
    )


def test_whoever_told_something_before_the_last_publication_may_publish_what_is_new():
    told_by_the_approver = told(taking(ChangeOwner), 1, owner="Director", on=date(2026, 7, 21), by=APPROVER)
    given(plan(), ADDED, PUBLISHED_HERE, told_by_the_approver).when(taking(PublishPlan), on=DAY, by=OFFICER).then(
        (facts.PlanPublished, {"true_on": DAY})
    )


def test_accepting_a_completion_is_a_second_look_and_does_not_bar_from_publishing():
    given(plan(), ADDED, STARTED, REPORTED, SHOWN, ACCEPTED).when(taking(PublishPlan), on=DAY, by=COLLEAGUE).then(
        (facts.PlanPublished, {"true_on": DAY})
    )


def test_an_acceptance_alone_is_worth_publishing():
    accepted = told(taking(AcceptCompletion), 1, on=date(2026, 7, 21), by=COLLEAGUE)
    given(plan(), ADDED, STARTED, REPORTED, SHOWN, PUBLISHED_HERE, accepted).when(
        taking(PublishPlan), on=DAY, by=COLLEAGUE
    ).then((facts.PlanPublished, {"true_on": DAY}))


def test_a_plan_is_not_published_again_where_nothing_was_told_since():
    given(plan(), ADDED, PUBLISHED_HERE).when(taking(PublishPlan), on=DAY, by=COLLEAGUE).then_refused(
        RuleBroken, "Nothing was told since the plan was last published, on 20 July 2026"
    )


def test_erasing_words_leaves_nothing_to_publish():
    erased = told(taking(EraseWords), [words("Write plans with families").subject], on=DAY, by=ERASER)
    given(plan(), ADDED, PUBLISHED_HERE, erased).when(taking(PublishPlan), on=DAY, by=COLLEAGUE).then_refused(
        RuleBroken, "Nothing was told since"
    )


def test_what_was_told_after_the_approver_looked_is_not_published_unseen():
    given(plan(), ADDED, STARTED).when(taking(PublishPlan), seen=2, on=DAY, by=APPROVER).then_refused(
        RuleBroken, "More was told after you looked"
    )


@pytest.mark.parametrize(
    ("on", "why"), [(date(2026, 3, 9), "opened on 10 March 2026"), (date(2026, 9, 2), "lies in the future")]
)
def test_a_plan_is_published_between_its_opening_and_today(on: date, why: str):
    given(plan(), ADDED).when(taking(PublishPlan), on=on, by=APPROVER).then_refused(RuleBroken, why)


def test_a_plan_is_not_published_on_a_day_before_its_last_publication():
    moved_on = told(taking(ChangeOwner), 1, owner="Director", on=date(2026, 7, 21))
    given(plan(), ADDED, PUBLISHED_HERE, moved_on).when(
        taking(PublishPlan), on=date(2026, 7, 19), by=COLLEAGUE
    ).then_refused(RuleBroken, "last published on 20 July 2026")


# --- the day of opening ---------------------------------------------------------------------------------------------


def test_a_plan_opened_on_another_day_than_was_said_takes_facts_from_that_day_on():
    before = date(2026, 3, 5)
    corrected = told(taking(CorrectOpening), on=before, why=WHY)
    early = given(plan(), corrected).when(taking(AddAction), **{**ACTION, "on": before}, by=OFFICER)
    assert [fact.true_on for fact in early.facts] == [before]
    given(plan()).when(taking(CorrectOpening), on=before, why=WHY, by=OFFICER).then(
        (facts.PlanOpeningCorrected, {"true_on": before, "was": OPENED, "now": before, "why": WHY})
    )


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 1), "The report or letter came on 2 March 2026"),
        (OPENED, "That is the day already held"),
        (date(2026, 3, 21), "Something of the plan is told of 20 March 2026"),
        (date(2027, 1, 1), "lies in the future"),
    ],
)
def test_a_plan_was_opened_after_its_report_and_before_what_is_told_of_it(day: date, why: str):
    given(plan(), ADDED).when(taking(CorrectOpening), on=day, why=WHY, by=OFFICER).then_refused(RuleBroken, why)
