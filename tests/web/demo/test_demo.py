"""The example of a plan and of its meetings: of today, whenever it is told, once, and never beside one of before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from domain.meetings.state import MeetingStage
from domain.values.statements import Variant
from projections.meetings.meeting import meetings
from projections.plans.due import actions_due
from projections.plans.plan import plan_of
from tests.domain.plans.story import ALL_GOOD
from tests.web.demo_app import GATESHEAD, demo_app, told
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.signed_in import store_of
from web.demo.meetings import tell_demo_meetings
from web.demo.plan import tell_demo_plan
from web.store.store import Store

DAYS = (date(2026, 9, 1), date(2026, 12, 25), date(2028, 2, 29), date(2031, 6, 1))


def tell(store: Store, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    plan = tell_demo_plan(store.application, at=at)
    assert plan is not None
    tell_demo_meetings(store.application, plan, at=at)
    store.projector.catch_up()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_of(demo_app(tmp_path))


@pytest.mark.parametrize("day", DAYS)
def test_on_any_day_it_is_a_plan_at_work(store: Store, day: date):
    tell(store, day)
    due = actions_due(store.reader, on=day, urn=GATESHEAD)
    assert due.replaced == ()
    assert (len(due.overdue), len(due.acceptance_awaited), len(due.evidence_awaited)) == (3, 0, 0)
    assert max(one.action.days_overdue for one in due.overdue) < 60
    answer = plan_of(store.reader, due.overdue[0].head.id, as_at=day, since=day - timedelta(days=30))
    assert answer.head.counts.done == 1
    assert answer.moved
    assert (answer.head.counts.questions_open, answer.head.counts.questions_overdue) == (1, 0)
    assert answer.head.made_public_on == day - timedelta(days=2)
    (paper,) = answer.head.deadlines
    assert paper.days_late == 0
    coming, *held = meetings(store.reader, urn=GATESHEAD, as_at=day).rows
    assert (coming.stage, coming.passed) == (MeetingStage.PLANNED, False)
    assert [row.stage for row in held] == [MeetingStage.HELD, MeetingStage.HELD]
    assert {row.day.weekday() for row in (coming, *held)} == {3}, "committees meet on weekdays"
    assert held[0].questions == 2


def test_told_again_on_another_day_it_changes_nothing(store: Store):
    tell(store, DAYS[0])
    position = store.ledger.max_position()
    for day in (DAYS[0], *DAYS[1:]):
        tell(store, day)
        assert store.ledger.max_position() == position


def test_a_store_that_has_the_example_of_an_earlier_release_keeps_it(store: Store):
    before = tell_example_of_2019(store.application, at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC))
    position = store.ledger.max_position()
    tell(store, DAYS[1])
    assert store.ledger.max_position() == position
    assert tell_demo_plan(store.application, at=datetime(2026, 12, 25, 9, 30, tzinfo=UTC)) == before


def test_once_a_newer_report_is_held_nothing_is_made_up_on_the_old_one(store: Store):
    store.application.authorities.record_inspection(
        GATESHEAD,
        started_on=date(2026, 6, 1),
        ended_on=date(2026, 6, 5),
        kind=Variant.SHORT,
        published_on=date(2026, 7, 20),
        judgements=ALL_GOOD,
        by=told("a newer report"),
    )
    assert tell_demo_plan(store.application, at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC)) is None
