"""What whoever has no role is told of a plan: how it stood when it was last published here (decision 0019)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from domain.ledger.store import Ledger
from domain.plans.action_commands import ReportProgress
from domain.plans.commands import EraseWords, PublishPlan, SendPlan
from domain.values.errors import NotFound
from domain.values.plans import Progress, Stage
from domain.values.sealed import subject_of
from domain.values.statements import Kind
from projections.authorities.timeline import timeline
from projections.plans.action import action_of
from projections.plans.plan import burn_up, plan_heads, plan_of, plans_of
from projections.plans.timeline import plan_timeline
from projections.questions.questions import questions
from tests.plan_history import AT, DAY, GATESHEAD, told
from tests.projections.plans.story import Planned, planned, tell_a_plan

LATER = AT + timedelta(days=1)


@pytest.fixture
def here(sqlite_ledger: Ledger, sqlite_path: str) -> Iterator[Planned]:
    made = planned(sqlite_ledger, sqlite_path)
    yield made
    made.store.engine.dispose()


def publish(here: Planned, plan: UUID, what: str = "publish", on: date = DAY, at: datetime = LATER) -> None:
    here.timeline.do(PublishPlan(plan, on=on), by=replace(told(what, "approver"), at=at))


def report(here: Planned, plan: UUID, narrative: str, at: datetime = LATER) -> None:
    going, by = Progress.IN_PROGRESS, replace(told(narrative), at=at)
    here.timeline.do(ReportProgress(plan, 2, progress=going, narrative=narrative, on=DAY), by=by)


def test_before_it_is_published_the_public_reads_that_there_is_a_plan_with_its_findings_and_dates(here: Planned):
    plan = tell_a_plan(here.timeline)
    answer = plan_of(here.reader, plan, as_at=DAY, public=True)
    assert (answer.actions, answer.questions, answer.gaps) == ((), (), ())
    assert [row.finding.text for row in answer.findings] == ["The quality of plans.", "Supervision."]
    assert answer.head.headline == "The plan has not been published here yet"
    assert (answer.head.made_public_on, answer.head.whole, answer.head.shows_actions) == (None, False, False)
    assert [deadline.stage for deadline in answer.head.deadlines] == [Stage.FINAL]
    assert questions(here.reader, plan=plan, as_at=DAY, public=True).rows == ()
    assert [point.actions for point in burn_up(here.reader, plan, as_at=DAY, public=True).points] == [0, 0]
    with pytest.raises(NotFound, match="no action number 1"):
        action_of(here.reader, plan, 1, as_at=DAY, public=True)


def test_once_published_the_public_reads_what_a_member_read_at_that_moment(here: Planned):
    plan = tell_a_plan(here.timeline)
    whole = plan_of(here.reader, plan, as_at=DAY, since=date(2026, 6, 30))
    publish(here, plan)
    answer = plan_of(here.reader, plan, as_at=DAY, since=date(2026, 6, 30), public=True)
    assert (answer.actions, answer.questions, answer.moved) == (whole.actions, whole.questions, whole.moved)
    assert answer.head.made_public_on == DAY
    assert action_of(here.reader, plan, 2, as_at=DAY, public=True).moves


def test_what_is_told_after_a_publication_waits_for_the_next_one(here: Planned):
    plan = tell_a_plan(here.timeline)
    publish(here, plan)
    report(here, plan, "Not for the public yet.")
    answer = plan_of(here.reader, plan, as_at=DAY, public=True)
    (late,) = (row for row in answer.actions if row.number == 2)
    assert late.narrative is None
    assert plan_of(here.reader, plan, as_at=DAY).head.news
    assert not answer.head.news, "the public is not told that there is something"
    publish(here, plan, "publish again")
    (late,) = (row for row in plan_of(here.reader, plan, as_at=DAY, public=True).actions if row.number == 2)
    assert late.narrative is not None
    assert late.narrative.text == "Not for the public yet."


def test_the_dates_of_the_law_are_public_at_once(here: Planned):
    plan = tell_a_plan(here.timeline)
    publish(here, plan)
    here.timeline.do(SendPlan(plan, stage=Stage.FINAL, on=DAY), by=told("send"))
    (due,) = plan_of(here.reader, plan, as_at=DAY, public=True).head.deadlines
    assert due.submitted_on == DAY


def test_that_a_plan_was_sent_stands_once_in_the_timeline(here: Planned):
    plan = tell_a_plan(here.timeline)
    here.timeline.do(SendPlan(plan, stage=Stage.FINAL, on=DAY), by=told("send"))
    reader = here.reader
    assert not [row for row in plan_timeline(reader, GATESHEAD, as_at=DAY) if "sent" in row.said]
    entries = [entry.activity.kind for entry in timeline(reader, GATESHEAD, as_at=DAY).entries]
    assert entries.count(Kind.ACTION_PLAN_SUBMITTED) == 1


def test_an_earlier_moment_shows_what_was_published_by_then(here: Planned):
    plan = tell_a_plan(here.timeline)
    publish(here, plan)
    before = plan_of(here.reader, plan, as_at=DAY, known_at=AT, public=True)
    assert before.head.made_public_on is None
    assert before.actions == ()
    may = plan_of(here.reader, plan, as_at=date(2026, 5, 31), public=True)
    assert {row.number: row.progress for row in may.actions}[1] is Progress.IN_PROGRESS


def test_erased_words_are_gone_from_what_was_published(here: Planned):
    plan = tell_a_plan(here.timeline)
    report(here, plan, "Words that must go.", at=AT)
    publish(here, plan)
    erase = replace(told("erase", "administrator"), reason="Asked for.")
    here.timeline.do(EraseWords(plan, [subject_of(told("Words that must go.").command)], on=DAY), by=erase)
    (late,) = (row for row in plan_of(here.reader, plan, as_at=DAY, public=True).actions if row.number == 2)
    assert late.narrative is not None
    assert late.narrative.text is None
    assert "Asked for." in late.narrative.shown


def test_lists_and_timelines_of_plans_keep_to_the_same(here: Planned):
    plan = tell_a_plan(here.timeline)
    (head,) = plan_heads(here.reader, as_at=DAY, public=True).heads
    assert head.counts.actions == 0
    (row,) = plan_timeline(here.reader, GATESHEAD, as_at=DAY, public=True)
    assert row.said == "Action plan opened, on 2 findings."
    assert plans_of(here.reader, GATESHEAD, as_at=DAY, public=True).plans[0].actions == ()
    publish(here, plan)
    told_now = [row.said for row in plan_timeline(here.reader, GATESHEAD, as_at=DAY, public=True)]
    assert told_now == [
        "Action plan opened, on 2 findings.",
        "The plan was published here.",
        "3 updates of 3 actions: 3 actions added.",
        "2 updates of 2 actions.",
        "5 updates of 2 actions: 1 completion accepted, 2 due dates moved.",
        "2 updates of action 3.",
    ]
    assert plan_heads(here.reader, as_at=DAY, public=True).heads[0].counts.actions == 3


def test_other_moments_of_one_plan_do_not_leak_into_what_the_public_reads(here: Planned):
    """Answers are remembered by what was counted: the whole, the public's, before and after, in every order."""
    plan = tell_a_plan(here.timeline)
    reader = here.reader
    for public in (True, False, True):
        assert bool(plan_of(reader, plan, as_at=DAY, public=public).actions) is not public
    publish(here, plan)
    reader = here.reader
    for public in (False, True, False):
        head = plan_of(reader, plan, as_at=DAY, public=public).head
        assert (head.whole, head.counts.actions) == (not public, 3)
