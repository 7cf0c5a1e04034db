"""A plan whose report was replaced by a newer one: nothing is overdue, and open actions may go on elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.application import Application
from domain.facts import ActionAdded, ActionCarriedOver, ActionProgressReported
from domain.ledger.erasure_keys import open_words
from domain.ledger.store import open_ledger
from domain.plans.action_commands import MoveDueDate, ReopenAction, ReportProgress, WithdrawAction
from domain.plans.carrying_over import CarryOver
from domain.plans.clock import PaperStatus, deadlines
from domain.plans.commands import ClosePlan, EraseWords, OpenPlan
from domain.plans.question_commands import AskQuestion
from domain.plans.replaced import Replaced, replaced_by
from domain.rulebook.bank_holidays import BANK_HOLIDAYS
from domain.values.activities import Activity, Doubt, Status
from domain.values.errors import RuleBroken
from domain.values.plans import Figure, Progress, QuestionState, Reading
from domain.values.statements import Kind, Variant
from tests.domain.plans.story import ALL_GOOD, JTAI, REPORT, VISIT, plan
from tests.plan_history import AT, GATESHEAD, added, inspected, told

NEWER = date(2026, 8, 3)
DAY = date(2026, 8, 20)
SECOND = replace(REPORT, id=UUID(int=9), start=date(2026, 7, 6), published=NEWER)


def replaced(activity: Activity, *beside: Activity, on: date = DAY) -> Replaced | None:
    return replaced_by(plan(activity).state, (activity, *beside), on=on)


# --- which report takes a plan's place --------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", [REPORT, VISIT])
def test_the_first_newer_graded_report_takes_the_place_from_the_day_it_is_published(activity: Activity):
    third = replace(SECOND, id=UUID(int=10), published=date(2026, 8, 10))
    assert replaced(activity, third, SECOND) == Replaced(SECOND.id, NEWER)
    assert replaced(activity, SECOND, on=NEWER) == Replaced(SECOND.id, NEWER)
    assert replaced(activity, SECOND, on=NEWER - timedelta(days=1)) is None


def test_no_other_kind_of_entry_and_nothing_withdrawn_doubtful_or_ungraded_takes_its_place():
    visit = replace(SECOND, kind=Kind.FOCUSED_VISIT)
    struck = replace(SECOND, status=Status.WITHDRAWN)
    doubtful = replace(SECOND, doubts=(Doubt("start", "It cannot be.", ()),))
    ungraded = replace(SECOND, grades=type(ALL_GOOD)(()))
    earlier = replace(SECOND, published=date(2025, 1, 1))
    assert [replaced(REPORT, one) for one in (visit, struck, doubtful, ungraded, earlier, REPORT)] == [None] * 6


def test_a_joint_inspection_s_statement_of_action_is_replaced_by_no_report():
    assert replaced(JTAI, SECOND) is None


# --- what is said of it since -----------------------------------------------------------------------------------------


def test_nothing_is_overdue_from_the_day_of_the_newer_report_on(sqlite_timeline: Application):
    opened = both(sqlite_timeline)[0]
    added(sqlite_timeline, opened, due_on=date(2026, 5, 1))
    action = sqlite_timeline.plans.plan(opened).state.actions[1]
    before = NEWER - timedelta(days=1)
    assert (action.reading(before, NEWER), action.days_overdue(before, NEWER)) == (Reading.OVERDUE, 93)
    assert (action.reading(NEWER, NEWER), action.days_overdue(NEWER, NEWER)) == (Reading.NOT_STARTED, 0)
    assert [reading for _, reading in action.turns(DAY, NEWER)] == [
        Reading.NOT_STARTED,
        Reading.OVERDUE,
        Reading.NOT_STARTED,
    ]
    assert action.turns(DAY, NEWER)[-1][0] == NEWER


def test_a_paper_that_was_not_sent_by_then_is_waited_for_no_longer():
    state = plan(REPORT).state
    (was,) = deadlines(state, on=DAY, holidays=BANK_HOLIDAYS)
    (now,) = deadlines(state, on=DAY, holidays=BANK_HOLIDAYS, replaced_on=NEWER)
    assert (was.status, now.status, now.days_left) == (PaperStatus.NOT_KNOWN, PaperStatus.REPLACED, None)
    assert now.said.endswith("and its report was replaced on 3 August 2026.")


def test_a_question_of_before_is_open_and_one_of_since_has_its_own_clock(sqlite_timeline: Application):
    opened = both(sqlite_timeline)[0]
    added(sqlite_timeline, opened)
    for day in (date(2026, 6, 1), date(2026, 8, 4)):
        ask = AskQuestion(opened, question=f"Asked {day}", action=1, on=day)
        sqlite_timeline.do(ask, by=told(f"ask {day}"))
    first, second = sqlite_timeline.plans.plan(opened).state.challenges.values()
    assert first.state(NEWER - timedelta(days=1), NEWER) is QuestionState.OVERDUE
    assert first.state(DAY, NEWER) is QuestionState.OPEN
    assert second.state(DAY, NEWER) is QuestionState.OVERDUE


# --- an officer's step ------------------------------------------------------------------------------------------------


@pytest.fixture
def sqlite_timeline(tmp_path: Path) -> Iterator[Application]:
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        keys = open_words(tmp_path / "keys.db")
        keys.migrate()
        door = Application(ledger, keys)
        door.authorities.register_authorities(at=AT)
        yield door


def both(timeline: Application) -> tuple[UUID, UUID]:
    """A plan on a report of March, and one on the report of August that took its place."""
    first = timeline.do(OpenPlan(GATESHEAD, inspected(timeline), on=date(2026, 3, 10)), by=told("open")).plan
    newer = timeline.authorities.record_inspection(
        GATESHEAD,
        started_on=date(2026, 7, 6),
        ended_on=date(2026, 7, 10),
        kind=Variant.SHORT,
        published_on=NEWER,
        judgements=ALL_GOOD,
        improvements=("The voice of the child.",),
        by=told("the newer inspection"),
    ).activity
    second = timeline.do(OpenPlan(GATESHEAD, newer, on=date(2026, 8, 4)), by=told("open the newer")).plan
    return first, second


def carry(timeline: Application, old: UUID, new: UUID, *actions: int, what: str = "carry", **more: Any) -> Any:
    finding = next(iter(timeline.plans.plan(new).state.findings))
    words: dict[str, Any] = {"findings": [finding], "due_on": date(2026, 12, 1), "on": DAY}
    return timeline.do(CarryOver(old, into=new, actions=actions, **(words | more)), by=told(what))


def test_chosen_actions_go_on_in_the_newer_plan_and_each_leads_to_the_other(sqlite_timeline: Application):
    timeline = sqlite_timeline
    old, new = both(timeline)
    added(timeline, old, due_on=date(2026, 5, 1))
    added(timeline, old, "Train managers")
    progress = ReportProgress(old, 1, progress=Progress.IN_PROGRESS, now=Figure("70"), on=date(2026, 6, 1))
    timeline.do(progress, by=told("begun"))
    before = timeline.ledger.max_position()
    done = carry(timeline, old, new, 1)
    assert (done.plan, done.made, done.repeated) == (new, 1, False)
    kinds = [type(fact) for _, fact in timeline.ledger.read_facts(before + 1)]
    assert sorted(kind.__name__ for kind in kinds) == sorted(
        kind.__name__ for kind in (ActionCarriedOver, ActionAdded, ActionProgressReported)
    )
    was, now = (timeline.plans.plan(one).state.actions[1] for one in (old, new))
    assert (was.carried_to, now.carried_from) == ((new, 1), (old, 1))
    assert (was.reading(DAY), was.due_on, was.counts) == (Reading.CARRIED_OVER, date(2026, 5, 1), False)
    assert (now.due_on, now.progress, now.now) == (date(2026, 12, 1), Progress.IN_PROGRESS, Figure("70"))
    keys = timeline._sealing.keys
    assert keys.read([was.what])[was.what] == keys.read([now.what])[now.what] == "Write plans with families"
    assert timeline.plans.plan(old).state.actions[2].open, "what was not chosen stays"


def test_sent_again_it_is_answered_as_the_first_time(sqlite_timeline: Application):
    old, new = both(sqlite_timeline)
    added(sqlite_timeline, old)
    first, again = (carry(sqlite_timeline, old, new, 1) for _ in range(2))
    assert (again.made, again.position, again.repeated) == (first.made, first.position, True)
    assert len(sqlite_timeline.plans.plan(new).state.actions) == 1


def test_words_of_two_actions_carried_over_are_erased_apart(sqlite_timeline: Application):
    timeline = sqlite_timeline
    old, new = both(timeline)
    added(timeline, old)
    added(timeline, old, "Train managers")
    carry(timeline, old, new, 1, 2)
    first, second = timeline.plans.plan(new).state.actions.values()
    by = replace(told("erase"), reason="A name stood in it.")
    timeline.do(EraseWords(new, [first.what.sealed.subject], on=DAY), by=by)
    read = timeline._sealing.keys.read([first.what, second.what])
    assert (read[first.what], read[second.what]) == (None, "Train managers")
    was = timeline.plans.plan(old).state.actions[2].what
    assert timeline._sealing.keys.read([was])[was] == "Train managers"


def test_what_was_carried_over_is_worked_on_there_alone(sqlite_timeline: Application):
    old, new = both(sqlite_timeline)
    added(sqlite_timeline, old)
    carry(sqlite_timeline, old, new, 1)
    reopen = ReopenAction(old, 1, why="No.", on=DAY)
    with pytest.raises(RuleBroken, match=r"carried over to a newer plan on 20 August 2026\. It is worked on there"):
        sqlite_timeline.do(reopen, by=told("reopen"))


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"due_on": None}, "Action 1 was due on 1 May 2026. Say by when it is due from now on"),
        ({"actions": [2]}, "Action 2 is not open any more"),
        ({"actions": []}, "Choose the actions to carry over"),
        ({"findings": []}, "Choose the finding that the action answers"),
        ({"on": date(2026, 8, 2)}, "No newer graded report has taken the place"),
    ],
)
def test_carrying_over_is_refused_in_words(sqlite_timeline: Application, more: dict[str, Any], refused: str):
    timeline = sqlite_timeline
    old, new = both(timeline)
    added(timeline, old, due_on=date(2026, 5, 1))
    added(timeline, old, "Given up")
    timeline.do(WithdrawAction(old, 2, why="Given up.", on=date(2026, 6, 1)), by=told("withdraw"))
    before = timeline.ledger.max_position()
    with pytest.raises(RuleBroken, match=refused):
        carry(timeline, old, new, *more.pop("actions", [1]), **more)
    assert timeline.ledger.max_position() == before


def test_nothing_goes_back_into_an_older_plan_or_stays_where_it_is(sqlite_timeline: Application):
    old = both(sqlite_timeline)[0]
    added(sqlite_timeline, old)
    for into in (old, plan_of_a_focused_visit(sqlite_timeline)):
        with pytest.raises(RuleBroken, match="Choose the open plan of the newer report"):
            carry(sqlite_timeline, old, into, 1, what=f"into {into}")


def plan_of_a_focused_visit(timeline: Application) -> UUID:
    visit = timeline.authorities.record_focused_visit(
        GATESHEAD,
        started_on=date(2026, 5, 5),
        ended_on=date(2026, 5, 6),
        focus=None,
        priority_actions=("Unallocated cases.",),
        published_on=date(2026, 6, 1),
        by=told("a visit"),
    ).activity
    return timeline.do(OpenPlan(GATESHEAD, visit, on=date(2026, 6, 2)), by=told("a plan on a visit")).plan


def test_erased_words_are_not_carried_over(sqlite_timeline: Application):
    old, new = both(sqlite_timeline)
    added(sqlite_timeline, old)
    subject = sqlite_timeline.plans.plan(old).state.actions[1].what.sealed.subject
    by = replace(told("erase"), reason="A name stood in it.")
    sqlite_timeline.do(EraseWords(old, [subject], on=DAY), by=by)
    with pytest.raises(RuleBroken, match="words of one of these actions were erased"):
        carry(sqlite_timeline, old, new, 1)


def test_a_replaced_plan_is_closed_with_its_open_actions_and_no_other_is(sqlite_timeline: Application):
    old, new = both(sqlite_timeline)
    for one in (old, new):
        added(sqlite_timeline, one, f"Of {one}", on=date(2026, 8, 5))
    with pytest.raises(RuleBroken, match="Actions are still open: 1"):
        sqlite_timeline.do(ClosePlan(new, why="No.", on=DAY), by=told("close the newer"))
    early = ClosePlan(old, why="No.", on=date(2026, 8, 2))
    with pytest.raises(RuleBroken, match="Actions are still open: 1"):
        sqlite_timeline.do(early, by=told("close before the newer report"))
    sqlite_timeline.do(ClosePlan(old, why="A newer report.", on=DAY), by=told("close"))
    assert sqlite_timeline.plans.plan(old).state.closed is not None


def test_in_the_newer_plan_its_date_is_moved_as_any_other(sqlite_timeline: Application):
    old, new = both(sqlite_timeline)
    added(sqlite_timeline, old)
    carry(sqlite_timeline, old, new, 1)
    move = MoveDueDate(new, 1, due_on=date(2027, 1, 1), why="More time.", on=DAY)
    sqlite_timeline.do(move, by=told("move"))
    assert sqlite_timeline.plans.plan(new).state.actions[1].due_on == date(2027, 1, 1)


# --- words carried over are erased with their copies ------------------------------------------------------------------


@pytest.mark.parametrize("erased_in", ["old", "new"])
def test_words_carried_over_are_erased_in_both_plans_in_one_save(sqlite_timeline: Application, erased_in: str):
    timeline = sqlite_timeline
    old, new = both(timeline)
    added(timeline, old)
    carry(timeline, old, new, 1)
    was, now = (timeline.plans.plan(one).state.actions[1].what for one in (old, new))
    texts = {"old": (old, was), "new": (new, now)}
    plan, text = texts[erased_in]
    erasing = EraseWords(plan, [text.sealed.subject], on=DAY)
    by = replace(told("erase"), reason="A name stood in it.")
    before = timeline.ledger.max_position()
    done = [timeline.do(erasing, by=by) for _ in range(2)]
    assert (done[0].position, done[1].repeated) == (before + 2, True)
    assert timeline._sealing.keys.read([was, now]) == {was: None, now: None}
    assert all(timeline.plans.plan(one).state.erased for one in (old, new))


def test_where_one_of_both_was_erased_before_the_other_still_can_be(sqlite_timeline: Application):
    timeline = sqlite_timeline
    old, new = both(timeline)
    added(timeline, old)
    carry(timeline, old, new, 1)
    by = replace(told("erase as it was done before"), reason="A name stood in it.")
    known = timeline.plans.plan(old)
    erasing = EraseWords(old, [known.state.actions[1].what.sealed.subject], on=DAY)
    timeline.plans.decide(known, erasing, by, {})
    timeline.ledger.save(known, command=by.command)
    copy = timeline.plans.plan(new).state.actions[1].what
    before = timeline.ledger.max_position()
    done = timeline.do(
        EraseWords(new, [copy.sealed.subject], on=DAY), by=replace(told("the copy"), reason="It still stood here.")
    )
    assert done.position == before + 1
    assert timeline._sealing.keys.read([copy])[copy] is None
