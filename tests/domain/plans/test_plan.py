"""What a plan takes, what it refuses, and what its facts come to on a day."""

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
    CloseAction,
    FindUnneeded,
    MoveDueDate,
    RateImpact,
    RefuseCompletion,
    ReopenAction,
    ReportProgress,
    SetMeasure,
    WithdrawAction,
)
from domain.plans.checks import MOST_ACTIONS
from domain.plans.commands import (
    AddAction,
    ClosePlan,
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
from domain.values.errors import ChangedMeanwhile, NotFound, RuleBroken
from domain.values.judgements import Judgements
from domain.values.plans import (
    LABELS,
    Basis,
    Colour,
    Figure,
    Impact,
    Label,
    Progress,
    QuestionState,
    Reading,
    Stage,
    Track,
    finding_of,
    labels_with,
    reached,
)
from domain.values.statements import Kind
from tests.domain.plans.story import (
    ACCEPTED,
    ACTION,
    ADDED,
    ASKED,
    COLLEAGUE,
    DUE,
    EVIDENCE,
    JTAI,
    MEMBER,
    OFFICER,
    PLANS,
    PUBLISHED,
    QUESTION,
    REPORT,
    REPORTED,
    SHOWN,
    STARTED,
    SUPERVISION,
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


# --- actions --------------------------------------------------------------------------------------------------------


def test_actions_are_numbered_and_answer_findings_of_the_plan():
    sent(given(plan(), ADDED), ADDED, findings=[SUPERVISION, PLANS, PLANS]).then(
        (
            facts.ActionAdded,
            {**ACTION, "true_on": date(2026, 3, 20), "action": 2, "findings": (SUPERVISION, PLANS)},
        )
    )


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        ({"findings": []}, "Choose the finding"),
        ({"findings": [UUID(int=99)]}, "not one of this plan"),
        ({"owner": " "}, "Enter the office"),
        ({"owner": "x" * 101}, "100 is the most"),
        ({"owner": "Head\nof"}, "one line"),
        ({"owner": {"_type_": "bogus"}}, "as text"),
        ({"owner": "\ud800"}, "half of a character"),
        ({"due_on": date(2026, 3, 19)}, "Enter a due date from 20 March 2026"),
        ({"due_on": date(2037, 1, 1)}, "at most ten years"),
        ({"measure": None}, "Say what is measured"),
        ({"unit": "x" * 31}, "30 is the most"),
        ({"on": date(2026, 3, 9)}, "The plan was opened on 10 March 2026"),
        ({"on": date(2026, 9, 2)}, "lies in the future"),
        ({"by": replace(OFFICER, reason="A reason in the clear")}, "can be erased"),
    ],
)
def test_an_action_is_refused_in_words(instead: dict[str, Any], why: str):
    sent(given(plan()), ADDED, **instead).then_refused(RuleBroken, why)


def test_a_plan_has_no_more_actions_than_can_be_read():
    crowded = plan()
    for _ in range(MOST_ACTIONS):
        sent(given(crowded), ADDED)
    sent(given(crowded), ADDED).then_refused(RuleBroken, "at most 500 actions")


def test_a_finding_without_an_action_is_a_gap_and_a_withdrawn_action_answers_nothing():
    def gaps(*commands: Any) -> list[str]:
        return [finding.text for finding in given(plan(), *commands).aggregate.state.gaps]

    assert gaps() == ["The quality of plans.", "Supervision."]
    assert gaps(ADDED) == ["Supervision."]
    withdrawn = told(taking(WithdrawAction), 1, why=WHY, on=DAY)
    assert gaps(ADDED, withdrawn) == ["The quality of plans.", "Supervision."]
    unneeded = told(taking(FindUnneeded), 1, why=WHY, on=DAY)
    assert gaps(ADDED, unneeded) == ["Supervision."], "that nothing is required is an answer"


def test_a_moved_due_date_keeps_old_new_and_reason_and_is_counted():
    once = told(taking(MoveDueDate), 1, due_on=date(2026, 11, 1), why=WHY, on=DAY)
    sent(given(plan(), ADDED), once).then(
        (
            facts.ActionDueDateMoved,
            {"true_on": DAY, "action": 1, "was": DUE, "now": date(2026, 11, 1), "why": WHY},
        )
    )
    twice = told(taking(MoveDueDate), 1, due_on=date(2026, 12, 1), why=WHY, on=DAY)
    moves = given(plan(), ADDED, once, twice).aggregate.state.actions[1].moves
    assert [(move.was, move.now) for move in moves] == [
        (DUE, date(2026, 11, 1)),
        (date(2026, 11, 1), date(2026, 12, 1)),
    ]
    sent(given(plan(), ADDED, once), once).then_refused(RuleBroken, "due on 1 November 2026 already")


def test_owner_findings_and_measure_change_by_facts_of_their_own():
    given(plan(), ADDED).when(taking(ChangeOwner), 1, owner=" Director ", on=DAY, by=OFFICER).then(
        (facts.ActionOwnerChanged, {"true_on": DAY, "action": 1, "was": "Head of Safeguarding", "now": "Director"})
    )
    given(plan(), ADDED).when(taking(ChangeFindings), 1, findings=[PLANS], on=DAY, by=OFFICER).then_refused(
        RuleBroken, "already"
    )
    measured = {"measure": WHY, "unit": None, "baseline": None, "target": Figure("3")}
    given(plan(), ADDED).when(taking(SetMeasure), 1, **measured, on=DAY, by=OFFICER).then(
        (facts.ActionMeasureSet, {"true_on": DAY, "action": 1, **measured})
    )


def test_the_days_of_one_action_never_go_back():
    sent(given(plan(), ADDED, STARTED), STARTED, on=date(2026, 4, 30), now=Figure("75")).then_refused(
        RuleBroken, "The action last changed on 1 May 2026"
    )


def test_a_report_that_says_nothing_new_is_refused():
    sent(given(plan(), ADDED, STARTED), STARTED).then_refused(RuleBroken, "Nothing changed")
    sent(given(plan(), ADDED), STARTED, progress=Progress.WITHDRAWN).then_refused(RuleBroken, "a reason of its own")


def test_a_figure_needs_a_measure():
    bare = told(
        taking(AddAction), **{**ACTION, "measure": None, "unit": None, "baseline": None, "target": None}, on=DAY
    )
    sent(given(plan(), bare), STARTED, on=DAY).then_refused(RuleBroken, "no success measure")


# --- complete -------------------------------------------------------------------------------------------------------


def reading(*commands: Any, on: date) -> Reading:
    found: Reading = given(plan(), *commands).aggregate.state.actions[1].reading(on)
    return found


def test_complete_asks_for_evidence_and_a_second_person():
    assert reading(ADDED, REPORTED, on=DAY) is Reading.EVIDENCE_AWAITED
    assert reading(ADDED, REPORTED, SHOWN, on=DAY) is Reading.ACCEPTANCE_AWAITED
    assert reading(ADDED, REPORTED, SHOWN, ACCEPTED, on=DAY) is Reading.COMPLETE
    assert LABELS[3] == Label(Reading.EVIDENCE_AWAITED, "Reported complete, evidence awaited", Colour.AMBER)


def test_completion_is_not_accepted_without_evidence():
    sent(given(plan(), ADDED, REPORTED), ACCEPTED).then_refused(RuleBroken, "There is no evidence yet")


def test_whoever_reported_it_complete_may_not_accept_it():
    sent(given(plan(), ADDED, REPORTED, SHOWN), ACCEPTED, by=OFFICER).then_refused(RuleBroken, "A second person")
    again = (REPORTED[0], REPORTED[1], REPORTED[2] | {"by": COLLEAGUE, "on": date(2026, 7, 3)})
    sent(given(plan(), ADDED, REPORTED, SHOWN, again), ACCEPTED, by=OFFICER).then_refused(RuleBroken, "A second person")


def test_completion_is_accepted_once_and_only_when_reported():
    sent(given(plan(), ADDED), ACCEPTED).then_refused(RuleBroken, "not reported complete")
    sent(given(plan(), ADDED, REPORTED, SHOWN, ACCEPTED), ACCEPTED).then_refused(RuleBroken, "accepted, on 8 July 2026")


def test_a_second_person_may_refuse_with_a_reason_and_the_action_goes_on():
    refused = told(taking(RefuseCompletion), 1, why=WHY, on=DAY, by=COLLEAGUE)
    sent(given(plan(), ADDED, REPORTED, SHOWN), refused, by=OFFICER).then_refused(RuleBroken, "A second person")
    assert reading(ADDED, REPORTED, SHOWN, refused, on=DAY) is Reading.IN_PROGRESS


def test_an_accepted_action_is_embedded_closed_or_reopened_and_nothing_else():
    done = (ADDED, REPORTED, SHOWN, ACCEPTED)
    sent(given(plan(), *done), STARTED, on=DAY).then_refused(RuleBroken, "Reopen it")
    embedded = told(taking(ReportProgress), 1, progress=Progress.EMBEDDED, track=None, now=None, narrative=None, on=DAY)
    sent(given(plan(), ADDED, REPORTED, SHOWN), embedded).then_refused(RuleBroken, "accepted can be embedded")
    assert reading(*done, embedded, on=DAY) is Reading.EMBEDDED
    closed = told(taking(CloseAction), 1, why=None, on=DAY)
    sent(given(plan(), ADDED, REPORTED, SHOWN), closed).then_refused(RuleBroken, "can be closed")
    assert reading(*done, closed, on=DAY) is Reading.CLOSED
    sent(given(plan(), *done, closed), STARTED, on=DAY).then_refused(RuleBroken, "closed on 1 August 2026")
    reopened = told(taking(ReopenAction), 1, why=WHY, on=DAY)
    assert reading(*done, closed, reopened, on=DAY) is Reading.IN_PROGRESS
    sent(given(plan(), ADDED, STARTED), reopened).then_refused(RuleBroken, "is open")


def test_after_reopening_completion_is_asked_for_anew():
    reopened = told(taking(ReopenAction), 1, why=WHY, on=date(2026, 7, 10))
    again = (REPORTED[0], REPORTED[1], REPORTED[2] | {"on": date(2026, 7, 11)})
    state = given(plan(), ADDED, REPORTED, SHOWN, ACCEPTED, reopened, again).aggregate.state.actions[1]
    assert (state.reading(DAY), state.reopened) == (Reading.ACCEPTANCE_AWAITED, 1)


# --- what it comes to -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected", "days"),
    [
        (DUE - timedelta(days=1), Reading.IN_PROGRESS, 0),
        (DUE, Reading.IN_PROGRESS, 0),
        (date(2026, 10, 13), Reading.OVERDUE, 12),
    ],
)
def test_overdue_is_computed_from_the_day_after_the_due_date(day: date, expected: Reading, days: int):
    action = given(plan(), ADDED, STARTED).aggregate.state.actions[1]
    assert (action.reading(day), action.days_overdue(day)) == (expected, days)


def test_reporting_complete_does_not_hide_that_the_date_has_passed():
    late = DUE + timedelta(days=1)
    reported = given(plan(), ADDED, REPORTED, SHOWN).aggregate.state.actions[1]
    assert (reported.reading(late), reported.days_overdue(late)) == (Reading.ACCEPTANCE_AWAITED, 1)
    accepted = given(plan(), ADDED, REPORTED, SHOWN, ACCEPTED).aggregate.state.actions[1]
    assert (accepted.reading(late), accepted.days_overdue(late)) == (Reading.COMPLETE, 0)


def test_what_it_came_to_before_is_what_it_came_to_on_the_days_before():
    """Late in June, given until December in July, reported complete in August: each counts from its own day."""
    added = told(taking(AddAction), on=date(2026, 3, 20), **ACTION | {"due_on": date(2026, 6, 1)})
    moved = told(taking(MoveDueDate), 1, due_on=date(2026, 12, 1), why=WHY, on=date(2026, 7, 20))
    reported = (REPORTED[0], REPORTED[1], REPORTED[2] | {"on": date(2026, 8, 1)})
    action = given(plan(), added, STARTED, moved, reported).aggregate.state.actions[1]
    assert action.turns(date(2026, 12, 31)) == [
        (date(2026, 3, 20), Reading.NOT_STARTED),
        (date(2026, 5, 1), Reading.IN_PROGRESS),
        (date(2026, 6, 2), Reading.OVERDUE),
        (date(2026, 7, 20), Reading.IN_PROGRESS),
        (date(2026, 8, 1), Reading.EVIDENCE_AWAITED),
    ]
    assert action.days_overdue(date(2026, 12, 3)) == 2


@pytest.mark.parametrize(
    ("track", "expected"),
    [(Track.ON_TRACK, Reading.ON_TRACK), (Track.AT_RISK, Reading.AT_RISK), (Track.OFF_TRACK, Reading.OFF_TRACK)],
)
def test_confidence_is_apart_from_progress_and_impact(track: Track, expected: Reading):
    method, args, keywords = STARTED
    sure = (method, args, keywords | {"track": track})
    rated = told(taking(RateImpact), 1, impact=Impact.SOME, why=None, on=DAY)
    state = given(plan(), ADDED, sure, rated).aggregate.state.actions[1]
    assert (state.progress, state.reading(DAY), state.impact) == (Progress.IN_PROGRESS, expected, Impact.SOME)
    assert [step.track for step in state.steps] == [None, track, track]


def test_a_council_may_rename_and_recolour_every_reading():
    own = Label(Reading.COMPLETE, "Delivered", Colour.GREEN)
    labels = labels_with([own])
    assert own in labels
    assert len(labels) == len(LABELS) == len(Reading)


@pytest.mark.parametrize(
    ("figures", "share"),
    [
        (("62", "90", "76"), 50),
        (("10", "4", "7"), 50),
        (("62", "90", "60"), -8),
        (("0", "3", "1"), 33),
        (("5", "5", "5"), None),
        ((None, "5", "5"), None),
    ],
)
def test_how_much_of_the_way_was_gone(figures: tuple[str | None, ...], share: int | None):
    assert reached(*(None if text is None else Figure(text) for text in figures)) == share


@pytest.mark.parametrize("text", ["", "ten", "1e9", "NaN", "1,000", "1.23456", "٣", "1" * 10, " 1"])
def test_a_figure_is_written_in_digits(text: str):
    with pytest.raises(RuleBroken, match="Enter a figure in digits"):
        Figure(text)


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
        (facts.ActionAdded, {**ACTION, "true_on": DAY, "action": 2, "findings": (PLANS,)})
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


def test_an_action_seen_in_an_older_version_is_not_changed_blindly():
    change = {"owner": "Another office", "on": DAY, "by": OFFICER}
    given(plan(), ADDED, STARTED).when(taking(ChangeOwner), 1, seen=3, **change).then(
        (facts.ActionOwnerChanged, {"true_on": DAY, "action": 1, "was": ACTION["owner"], "now": "Another office"})
    )
    with pytest.raises(ChangedMeanwhile, match="Somebody else changed action 1") as conflict:
        taking(ChangeOwner)(given(plan(), ADDED, STARTED).aggregate, 1, seen=2, **change)
    assert (conflict.value.seen, conflict.value.now) == (2, 3)


def test_evidence_needs_a_link_or_a_reference():
    sent(given(plan(), ADDED), SHOWN, link=None).then_refused(RuleBroken, "a link to the evidence, or a reference")
    assert given(plan(), ADDED, SHOWN).aggregate.state.actions[1].evidence[0].id == EVIDENCE


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
