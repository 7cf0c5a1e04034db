"""What can and what cannot be recorded of a meeting of a scrutiny committee."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from domain.command import Act, texts_of
from domain.facts import (
    MeetingPlansChosen,
    MeetingWordsErased,
    NextReportSet,
    PanelViewFixed,
    PlanSubmitted,
    ResolutionMade,
    ScrutinyMeetingHeld,
    ScrutinyMeetingMoved,
    Told,
)
from domain.meetings.commands import (
    MOST_PLANS,
    ArrangeMeeting,
    CarryOutResolution,
    ChooseMeetingPlans,
    EraseMeetingWords,
    FixView,
    HoldMeeting,
    MoveMeeting,
    PutQuestion,
    Resolve,
    SetNextReport,
    WithdrawMeeting,
    allowed,
)
from domain.meetings.meeting import ScrutinyMeeting
from domain.meetings.policies import it_is_still_planned
from domain.meetings.state import MeetingStage, MeetingState, ResolutionStage
from domain.plans.state import PlanState
from domain.values.days import end_of_day
from domain.values.errors import NotFound, RuleBroken
from tests.domain.plans.story import AT, OFFICER, URN, told, words
from tests.story import given

ARRANGED_ON, DAY, LATER = date(2026, 5, 1), date(2026, 6, 17), date(2026, 7, 1)
PLAN, QUESTION = UUID(int=41), UUID(int=42)
COMMITTEE = "Families Overview and Scrutiny Committee"
EVE = end_of_day(date(2026, 6, 9))
ADMINISTRATOR = replace(OFFICER, actor="administrator", command=UUID(int=10), reason="It named a child.")


def meeting(**more: Any) -> ScrutinyMeeting:
    arranged: dict[str, Any] = {
        "urn": URN,
        "committee": COMMITTEE,
        "day": DAY,
        "plans": [PLAN],
        "on": ARRANGED_ON,
        "example": False,
        "by": OFFICER,
    }
    words = arranged | more
    by = words.pop("by")
    return ScrutinyMeeting.arrange(ArrangeMeeting(**words), by)


def taking(record: Any) -> Any:
    """A command as a story sends it: its words come sealed."""

    def send(meeting: Any, *, by: Told, **words: Any) -> None:
        sealed = {name: words.get(name) for name in texts_of(record)}
        said = {name: value and "Words" for name, value in sealed.items()}
        meeting.take(record(meeting.id, **{**words, **said}), PLANS, Act(by, sealed))

    return send


def asked_of() -> PlanState:
    plan = PlanState()
    plan.challenges[QUESTION] = cast("Any", None)
    return plan


PLANS = {PLAN: asked_of()}


HELD = told(taking(HoldMeeting), on=DAY)
SEEN = told(taking(FixView), as_at=date(2026, 6, 9), known_at=EVE, why=None, on=date(2026, 6, 10))
RESOLVED = told(taking(Resolve), text=words("More audits"), owner="Director", due_on=LATER, on=DAY)
DONE = told(taking(CarryOutResolution), resolution=1, how=words("Audited"), on=date(2026, 6, 30))
WITHDRAWN = told(taking(WithdrawMeeting), why=words("Cancelled"), on=date(2026, 6, 1))


def test_a_meeting_is_arranged_and_held():
    story = given(meeting()).when(taking(HoldMeeting), on=DAY, by=OFFICER)
    story.then((ScrutinyMeetingHeld, {"true_on": DAY}))


def test_it_is_held_only_once():
    given(meeting(), HELD).when(taking(HoldMeeting), on=LATER, by=OFFICER).then_refused(
        RuleBroken, "already held, on 17 June 2026"
    )


def test_it_is_not_held_on_a_day_to_come():
    ahead = AT.date() + timedelta(days=1)
    given(meeting()).when(taking(HoldMeeting), on=ahead, by=OFFICER).then_refused(RuleBroken, "lies in the future")


def test_nothing_is_true_of_it_before_it_was_arranged():
    early = ARRANGED_ON - timedelta(days=1)
    given(meeting()).when(taking(HoldMeeting), on=early, by=OFFICER).then_refused(RuleBroken, "arranged on 1 May 2026")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"day": date(2029, 9, 1)}, "at most three years"),
        ({"on": DAY + timedelta(days=1)}, "neither ahead nor after"),
        ({"committee": " "}, "Enter the committee's name"),
        ({"committee": "A" * 101}, "100 is the most"),
        ({"plans": [UUID(int=number) for number in range(MOST_PLANS + 1)]}, "20 plans at most"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(more: dict[str, Any], why: str):
    with pytest.raises(RuleBroken, match=why):
        meeting(**more)


def test_a_moved_meeting_keeps_the_old_day_and_the_reason():
    why = words("The room was taken")
    given(meeting()).when(taking(MoveMeeting), day=LATER, why=why, on=date(2026, 6, 1), by=OFFICER).then(
        (ScrutinyMeetingMoved, {"true_on": date(2026, 6, 1), "was": DAY, "now": LATER, "why": why})
    )


@pytest.mark.parametrize(
    ("day", "on", "why"),
    [
        (DAY, date(2026, 6, 1), "already arranged"),
        (date(2026, 5, 20), date(2026, 6, 1), "lies before the day on which it was moved"),
        (date(2029, 9, 1), date(2026, 6, 1), "at most three years"),
    ],
)
def test_it_cannot_be_moved_to_just_any_day(day: date, on: date, why: str):
    story = given(meeting()).when(taking(MoveMeeting), day=day, why=words("Why"), on=on, by=OFFICER)
    story.then_refused(RuleBroken, why)


def test_a_meeting_that_was_held_is_not_moved():
    story = given(meeting(), HELD).when(taking(MoveMeeting), day=LATER, why=words("Why"), on=DAY, by=OFFICER)
    story.then_refused(RuleBroken, "already held")


# --- what the panel saw ---------------------------------------------------------------------------------------------


def test_what_the_panel_saw_is_frozen_at_a_day_and_an_instant():
    given(meeting(), HELD).when(
        taking(FixView), as_at=date(2026, 6, 9), known_at=EVE, why=None, on=date(2026, 6, 20), by=OFFICER
    ).then(
        (
            PanelViewFixed,
            {"true_on": date(2026, 6, 20), "as_at": date(2026, 6, 9), "known_at": EVE, "why": None},
        )
    )


@pytest.mark.parametrize(
    ("as_at", "known_at", "why"),
    [
        (date(2026, 6, 9), AT + timedelta(seconds=1), "What will be known later cannot be fixed now"),
        (DAY + timedelta(days=1), EVE, "cannot look at a later day"),
        (date(1900, 1, 1), EVE, "cannot look at a later day"),
    ],
)
def test_the_panel_saw_neither_later_days_nor_later_knowledge(as_at: date, known_at: Any, why: str):
    story = given(meeting()).when(taking(FixView), as_at=as_at, known_at=known_at, why=None, on=DAY, by=OFFICER)
    story.then_refused(RuleBroken, why)


def test_another_view_needs_a_reason_and_the_first_one_stays():
    again = {"as_at": date(2026, 6, 10), "known_at": EVE, "on": DAY, "by": OFFICER}
    given(meeting(), SEEN).when(taking(FixView), **again, why=None).then_refused(RuleBroken, "Give the reason")
    known = given(meeting(), SEEN)
    assert known.when(taking(FixView), **again, why=words("The paper was reissued")).refusal is None
    assert [view.as_at.day for view in known.aggregate.state.views] == [9, 10]


def test_the_same_view_again_is_refused():
    same = {"as_at": date(2026, 6, 9), "known_at": EVE, "why": words("Why"), "on": DAY, "by": OFFICER}
    given(meeting(), SEEN).when(taking(FixView), **same).then_refused(RuleBroken, "as already held")


def test_a_question_is_before_the_meeting_only_once():
    put = told(taking(PutQuestion), plan=PLAN, question=QUESTION, on=DAY)
    given(meeting(), put).when(taking(PutQuestion), plan=PLAN, question=QUESTION, on=DAY, by=OFFICER).then_refused(
        RuleBroken, "already among those"
    )


def test_other_plans_may_be_named_but_not_the_same_ones():
    other = UUID(int=43)
    given(meeting()).when(taking(ChooseMeetingPlans), plans=[PLAN, other, other], on=DAY, by=OFFICER).then(
        (MeetingPlansChosen, {"true_on": DAY, "plans": (PLAN, other)})
    )
    given(meeting()).when(taking(ChooseMeetingPlans), plans=[PLAN], on=DAY, by=OFFICER).then_refused(
        RuleBroken, "already named"
    )


# --- what came of it ------------------------------------------------------------------------------------------------


def test_resolutions_are_numbered_and_name_an_office_and_a_day():
    text = words("Report the audit")
    given(meeting(), HELD, RESOLVED).when(
        taking(Resolve), text=text, owner=" Director ", due_on=None, on=DAY, by=OFFICER
    ).then(
        (
            ResolutionMade,
            {"true_on": DAY, "resolution": 2, "text": text, "owner": "Director", "due_on": None},
        )
    )


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (taking(Resolve), {"text": words("More"), "owner": None, "due_on": None}),
        (taking(CarryOutResolution), {"resolution": 1, "how": words("Done")}),
        (taking(SetNextReport), {"due_on": LATER}),
    ],
)
def test_nothing_comes_of_a_meeting_that_was_not_held(command: Any, more: dict[str, Any]):
    given(meeting()).when(command, **more, on=DAY, by=OFFICER).then_refused(RuleBroken, "Record first that")
    early = DAY - timedelta(days=1)
    given(meeting(), HELD).when(command, **more, on=early, by=OFFICER).then_refused(RuleBroken, "17 June 2026")


def test_a_resolution_is_carried_out_once():
    given(meeting(), HELD, RESOLVED, DONE).when(
        taking(CarryOutResolution), resolution=1, how=words("Again"), on=LATER, by=OFFICER
    ).then_refused(RuleBroken, "already carried out, on 30 June 2026")
    given(meeting(), HELD).when(
        taking(CarryOutResolution), resolution=1, how=words("Done"), on=LATER, by=OFFICER
    ).then_refused(NotFound, "no resolution number 1")


@pytest.mark.parametrize(
    ("commands", "on", "stage"),
    [
        ((RESOLVED,), LATER, ResolutionStage.OPEN),
        ((RESOLVED,), LATER + timedelta(days=1), ResolutionStage.OVERDUE),
        ((RESOLVED, DONE), LATER + timedelta(days=1), ResolutionStage.DONE),
    ],
)
def test_a_resolution_is_overdue_from_the_day_after_it_was_due(commands: Any, on: date, stage: ResolutionStage):
    assert given(meeting(), HELD, *commands).aggregate.state.resolutions[1].stage(on) is stage


def test_the_next_report_is_due_after_the_meeting():
    next_report = taking(SetNextReport)
    given(meeting(), HELD).when(next_report, due_on=DAY, on=DAY, by=OFFICER).then_refused(
        RuleBroken, "after this meeting"
    )
    given(meeting(), HELD).when(next_report, due_on=date(2026, 9, 16), on=DAY, by=OFFICER).then(
        (NextReportSet, {"true_on": DAY, "due_on": date(2026, 9, 16)})
    )
    set_already = told(next_report, due_on=date(2026, 9, 16), on=DAY)
    given(meeting(), HELD, set_already).when(next_report, due_on=date(2026, 9, 16), on=DAY, by=OFFICER).then_refused(
        RuleBroken, "already held"
    )


def test_a_withdrawn_meeting_stays_with_its_reason_and_takes_nothing_more():
    story = given(meeting(), WITHDRAWN)
    assert story.aggregate.state.stage is MeetingStage.WITHDRAWN
    story.when(taking(HoldMeeting), on=DAY, by=OFFICER).then_refused(RuleBroken, "withdrawn on 1 June 2026")


def test_a_reason_in_the_clear_is_refused_where_words_can_be_erased():
    by = replace(OFFICER, reason="Zebediah")
    given(meeting()).when(taking(HoldMeeting), on=DAY, by=by).then_refused(RuleBroken, "give none beside them")


# --- what is offered ------------------------------------------------------------------------------------------------

ALWAYS = {EraseMeetingWords}
WHILE_IT_STANDS = {WithdrawMeeting, ChooseMeetingPlans, FixView, PutQuestion} | ALWAYS


@pytest.mark.parametrize(
    ("commands", "offered"),
    [
        ((), {MoveMeeting, HoldMeeting} | WHILE_IT_STANDS),
        ((HELD,), {Resolve, SetNextReport} | WHILE_IT_STANDS),
        ((HELD, RESOLVED), {Resolve, SetNextReport, CarryOutResolution} | WHILE_IT_STANDS),
        ((HELD, RESOLVED, DONE), {Resolve, SetNextReport} | WHILE_IT_STANDS),
        ((WITHDRAWN,), ALWAYS),
    ],
)
def test_what_is_offered_is_what_is_not_refused(commands: Any, offered: set[Any]):
    assert allowed(given(meeting(), *commands).aggregate.state) == offered


def test_a_policy_taken_from_a_command_changes_offer_and_refusal_together(monkeypatch: pytest.MonkeyPatch):
    held = given(meeting(), HELD)
    assert HoldMeeting not in allowed(held.aggregate.state)
    held.when(taking(HoldMeeting), on=LATER, by=OFFICER).then_refused(RuleBroken, "already held")
    monkeypatch.setattr(
        HoldMeeting, "policies", [one for one in HoldMeeting.policies if one is not it_is_still_planned]
    )
    assert HoldMeeting in allowed(held.aggregate.state)
    held.when(taking(HoldMeeting), on=LATER, by=OFFICER).then((ScrutinyMeetingHeld, {"true_on": LATER}))


# --- words ----------------------------------------------------------------------------------------------------------


def test_words_are_erased_with_a_reason_once():
    subject = words("More audits").subject
    story = given(meeting(), HELD, RESOLVED).when(
        taking(EraseMeetingWords), subjects=[subject], on=DAY, by=ADMINISTRATOR
    )
    story.then((MeetingWordsErased, {"true_on": DAY, "subjects": (subject,)}))
    erased = told(taking(EraseMeetingWords), subjects=[subject], on=DAY, by=ADMINISTRATOR)
    for commands, by, why in (
        ((HELD, RESOLVED), OFFICER, "Give the reason for erasing"),
        ((HELD, RESOLVED, erased), ADMINISTRATOR, "erased already"),
        ((HELD,), ADMINISTRATOR, "not of this meeting"),
    ):
        given(meeting(), *commands).when(taking(EraseMeetingWords), subjects=[subject], on=DAY, by=by).then_refused(
            RuleBroken, why
        )


def test_the_facts_true_by_any_day_are_a_whole_story():
    known = meeting()
    for command, args, keywords in (SEEN, HELD, RESOLVED, DONE):
        command(known, *args, **keywords)
    facts = known.collect_events()
    for days in range(120):
        day = ARRANGED_ON + timedelta(days=days)
        state = MeetingState.of(fact for fact in facts if fact.true_on <= day)
        assert (state.stage is MeetingStage.HELD) == (day >= DAY)


def test_a_fact_of_something_else_is_not_taken_in():
    with pytest.raises(TypeError, match="does not know the fact PlanSubmitted"):
        MeetingState().apply(PlanSubmitted.__new__(PlanSubmitted))
