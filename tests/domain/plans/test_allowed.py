"""What is offered of a plan is what would not be refused, state by state."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.command import texts_of
from domain.facts import ActionAdded, ActionCarriedOver, Told
from domain.facts.base import facts_of
from domain.facts.plans import ActionFact
from domain.plans.action_commands import (
    ACTION_COMMANDS,
    AcceptCompletion,
    ChangeFindings,
    ChangeOwner,
    CloseAction,
    FindUnneeded,
    MoveDueDate,
    OfferEvidence,
    RateImpact,
    RefuseCompletion,
    ReopenAction,
    ReportProgress,
    SetMeasure,
    WithdrawAction,
)
from domain.plans.allowed import can_be_planned, of_action, of_plan, of_question
from domain.plans.commands import (
    AddAction,
    ClosePlan,
    CorrectOpening,
    PublishPlan,
    ReceiveReply,
    ReopenPlan,
    SendPlan,
    SetReceipt,
    StateDueDate,
    TakeFindings,
)
from domain.plans.plan import ActionPlan
from domain.plans.policies import (
    PlanCase,
    another_person_reported_it,
    another_person_told_it,
    it_is_done,
    no_action_is_open,
    reportable,
    stages_left,
    the_final_plan_was_sent,
    the_reply_follows_it,
)
from domain.plans.question_commands import WithdrawQuestion
from domain.values.activities import Status
from domain.values.errors import RuleBroken
from domain.values.plans import Figure, Impact, Progress, Stage
from tests.domain.plans.story import (
    ACCEPTED,
    ACTION,
    ADDED,
    ASKED,
    COLLEAGUE,
    JTAI,
    OFFICER,
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

DAY = date(2026, 8, 1)
WHY = words("Because")
GROWN = replace(REPORT, improvements=(*REPORT.improvements, "Life-story work."))

OF_AN_ACTION: dict[str, tuple[Any, dict[str, Any]]] = {
    "change_action_owner": (taking(ChangeOwner), {"owner": "Another office"}),
    "set_action_measure": (
        taking(SetMeasure),
        {"measure": WHY, "unit": None, "baseline": Figure("1"), "target": None},
    ),
    "rate_impact": (taking(RateImpact), {"impact": Impact.SUSTAINED, "why": WHY}),
    "withdraw_action": (taking(WithdrawAction), {"why": WHY}),
    "change_action_findings": (taking(ChangeFindings), {"findings": [SUPERVISION]}),
    "offer_evidence": (
        taking(OfferEvidence),
        {"title": WHY, "link": None, "reference": WHY},
    ),
    "move_action_due_date": (taking(MoveDueDate), {"due_on": date(2026, 12, 1), "why": WHY}),
    "refuse_completion": (taking(RefuseCompletion), {"why": WHY}),
    "accept_completion": (taking(AcceptCompletion), {}),
    "close_action": (taking(CloseAction), {"why": WHY}),
    "find_action_unneeded": (taking(FindUnneeded), {"why": WHY}),
    "reopen_action": (taking(ReopenAction), {"why": WHY}),
}

OF_A_PLAN: dict[str, tuple[Any, dict[str, Any]]] = {
    "add_action": (taking(AddAction), {**ACTION, "on": DAY}),
    "set_plan_receipt": (taking(SetReceipt), {"received_on": date(2026, 2, 27), "why": WHY, "on": DAY}),
    "correct_plan_opening": (taking(CorrectOpening), {"why": WHY, "on": date(2026, 3, 5)}),
    "take_findings": (taking(TakeFindings), {"activity": GROWN, "on": DAY}),
    "state_plan_due": (taking(StateDueDate), {"due_on": date(2026, 9, 5), "why": WHY, "on": DAY}),
    "send_plan": (taking(SendPlan), {"stage": Stage.FINAL, "on": DAY}),
    "receive_reply_to_plan": (taking(ReceiveReply), {"on": DAY, "reflects": None}),
    "close_plan": (taking(ClosePlan), {"why": WHY, "on": DAY}),
    "reopen_plan": (taking(ReopenPlan), {"why": WHY, "on": DAY}),
    "publish_plan": (taking(PublishPlan), {"on": DAY}),
}

CLOSED = told(taking(CloseAction), 1, why=None, on=date(2026, 7, 9))
WITHDRAWN = told(taking(WithdrawAction), 1, why=WHY, on=date(2026, 7, 9))
UNNEEDED = told(taking(FindUnneeded), 1, why=WHY, on=date(2026, 7, 9))
EMBEDDED = told(taking(ReportProgress), 1, progress=Progress.EMBEDDED, track=None, now=None, narrative=None, on=DAY)
SENT = (taking(SendPlan), (), {"stage": Stage.FINAL, "on": date(2026, 7, 20), "by": OFFICER})
DRAFTED = (taking(SendPlan), (), {"stage": Stage.DRAFT, "on": date(2026, 3, 20), "by": OFFICER})
REPLIED = (taking(ReceiveReply), (), {"on": date(2026, 7, 28), "reflects": None, "by": OFFICER})
PLAN_CLOSED = told(taking(ClosePlan), why=WHY, on=DAY)

STORIES: dict[str, tuple[Any, ...]] = {
    "added": (ADDED,),
    "in progress": (ADDED, STARTED),
    "reported complete": (ADDED, STARTED, REPORTED),
    "evidence offered": (ADDED, STARTED, REPORTED, SHOWN),
    "accepted": (ADDED, STARTED, REPORTED, SHOWN, ACCEPTED),
    "embedded": (ADDED, STARTED, REPORTED, SHOWN, ACCEPTED, EMBEDDED),
    "closed": (ADDED, STARTED, REPORTED, SHOWN, ACCEPTED, CLOSED),
    "withdrawn": (ADDED, WITHDRAWN),
    "not required": (ADDED, UNNEEDED),
    "asked about": (ADDED, ASKED),
    "plan closed": (ADDED, WITHDRAWN, PLAN_CLOSED),
    "plan sent": (ADDED, SENT),
    "plan replied to": (ADDED, SENT, REPLIED),
}


def made(activity: Any, *commands: Any) -> ActionPlan:
    found = plan(activity)
    for command, args, keywords in commands:
        command(found, *args, **keywords)
    found.collect_events()
    return found


def would_be_taken(known: ActionPlan, command: Any, *args: Any, **words_: Any) -> bool:
    trial = deepcopy(known)
    try:
        command(trial, *args, **words_, by=COLLEAGUE)
    except RuleBroken:
        return False
    return True


def test_every_fact_of_an_action_is_told_by_a_command():
    told = {command.tells for command in ACTION_COMMANDS}
    assert told == facts_of(ActionFact) - {ActionAdded, ActionCarriedOver}, "both are told of a plan as a whole"


@pytest.mark.parametrize("story", STORIES)
def test_what_is_offered_of_an_action_is_what_would_not_be_refused(story: str):
    known = made(REPORT, *STORIES[story])
    taken = {name for name, (method, more) in OF_AN_ACTION.items() if would_be_taken(known, method, 1, on=DAY, **more)}
    offered = set(of_action(known.state, known.state.actions[1], COLLEAGUE.actor))
    assert offered - {"report_progress"} == taken
    more = {"track": None, "now": None, "narrative": WHY}
    said = [one for one in Progress if would_be_taken(known, taking(ReportProgress), 1, progress=one, on=DAY, **more)]
    assert ("report_progress" in offered) is bool(said)
    if said:
        assert list(reportable(known.state.actions[1])) == said


@pytest.mark.parametrize(
    ("activity", "commands", "entry"),
    [
        *((REPORT, story, entry) for story in STORIES.values() for entry in (REPORT, GROWN)),
        (VISIT, (), VISIT),
        (VISIT, (DRAFTED,), VISIT),
        (JTAI, (), JTAI),
    ],
)
def test_what_is_offered_of_a_plan_is_what_would_not_be_refused(activity: Any, commands: tuple[Any, ...], entry: Any):
    known = made(activity, *commands)
    wanted = {name: (method, dict(more)) for name, (method, more) in OF_A_PLAN.items()}
    wanted["take_findings"][1]["activity"] = entry
    wanted["add_action"][1]["findings"] = list(known.state.findings)[:1]
    taken = {name for name, (method, more) in wanted.items() if would_be_taken(known, method, **more)}
    assert of_plan(known.state, entry, COLLEAGUE.actor) == taken
    stages = [one for one in Stage if would_be_taken(known, taking(SendPlan), stage=one, on=DAY)]
    assert list(stages_left(known.state)) == stages


def test_a_question_is_answered_or_withdrawn_once():
    known = made(REPORT, ADDED, ASKED)
    asked = known.state.challenges[QUESTION]
    assert of_question(asked) == {"answer_challenge", "withdraw_challenge"}
    taking(WithdrawQuestion)(known, QUESTION, why=WHY, on=DAY, by=OFFICER)
    assert of_question(asked) == frozenset()


@pytest.mark.parametrize(
    ("command", "policy", "by", "sending"),
    [
        (AcceptCompletion, another_person_reported_it, OFFICER, (1,)),
        (CloseAction, it_is_done, COLLEAGUE, (1,)),
        (PublishPlan, another_person_told_it, OFFICER, ()),
        (ClosePlan, no_action_is_open, COLLEAGUE, ()),
    ],
)
def test_a_policy_taken_from_a_command_changes_what_is_offered_and_refused_together(
    command: Any, policy: Any, by: Told, sending: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
):
    known = made(REPORT, ADDED, REPORTED, SHOWN)
    words_ = dict.fromkeys(texts_of(command), WHY)

    def offered() -> bool:
        return command.code in of_plan(known.state, REPORT, by.actor) | of_action(
            known.state, known.state.actions[1], by.actor
        )

    def refused() -> bool:
        try:
            taking(command)(deepcopy(known), *sending, on=DAY, by=by, **words_)
        except RuleBroken:
            return True
        return False

    assert (offered(), refused()) == (False, True)
    monkeypatch.setattr(command, "policies", tuple(one for one in command.policies if one is not policy))
    assert (offered(), refused()) == (True, False)


def test_a_plan_is_opened_on_what_obliges_to_one_and_came():
    assert all(can_be_planned(one) for one in (REPORT, VISIT, JTAI))
    assert not can_be_planned(replace(REPORT, published=None))
    assert not can_be_planned(replace(REPORT, status=Status.WITHDRAWN))
    assert not can_be_planned(replace(VISIT, priority_action=False, priority_actions=()))


def test_a_reply_waits_for_the_plan_whichever_reason_is_asked_first():
    unsent = PlanCase(made(REPORT).state, on=DAY)
    assert the_final_plan_was_sent(unsent) == "Record first when the final plan was sent."
    assert the_reply_follows_it(unsent) is None
    sent = made(REPORT, SENT).state
    early = "A reply cannot come before the plan was sent, on 20 July 2026."
    assert [the_reply_follows_it(PlanCase(sent, on=day)) for day in (None, date(2026, 7, 20))] == [None, None]
    assert the_reply_follows_it(PlanCase(sent, on=date(2026, 7, 19))) == early
