"""Tables of plans made anew, and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from domain.application import Application
from domain.facts import FACTS, OF_PLANS
from domain.frameworks import Area, Grade
from domain.ledger.store import open_ledger
from domain.plans.commands import AddAction, ChooseLabels, OpenPlan
from domain.plans.state import PlanState
from domain.values.errors import RuleBroken
from domain.values.judgements import Judgements
from domain.values.plans import DONE
from domain.values.statements import Variant
from projections.engine.cache import Remembered
from projections.engine.projector import Projector
from projections.plans.action import action_of
from projections.plans.plan import burn_up, plan_heads, plan_of
from projections.plans.projection import PLANS, PlanMemory
from tests.examples import examples
from tests.plan_history import COMMANDS, DAY, GATESHEAD, carry_out, opened, told
from tests.projections.plans.story import OFFICE, Planned, planned, tell_a_plan
from tests.projections.story import contents
from tests.questions_story import ask


def test_tables_made_anew_are_those_kept_up(here: Planned):
    tell_a_plan(here.timeline)
    here.timeline.do(ChooseLabels(GATESHEAD), by=told("choose"))
    ask(here.timeline)
    here.store.projector.catch_up()
    before = contents(here.store.engine, PLANS)
    here.store.projector.rebuild()
    assert contents(here.store.engine, PLANS) == before
    assert all(before.values())


steps = st.lists(st.tuples(st.sampled_from(COMMANDS), st.integers(0, 4)), min_size=1, max_size=20)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=steps)
def test_whatever_is_told_tables_answer_as_a_replay_does_on_every_day(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, int]]
):
    where = str(tmp_path_factory.mktemp("any") / "ledger.db")
    with open_ledger(where, create=True) as ledger:
        here = planned(ledger, where)
        plan = opened(here.timeline)
        on = date(2026, 3, 20)
        for number, (what, days) in enumerate([("add", 0), *chosen]):
            on += timedelta(days=days)
            with suppress(RuleBroken):
                carry_out(here.timeline, plan, what, number, on)
            here.store.projector.catch_up()
        told_facts: list[Any] = list(ledger.events.get(plan))
        for day in {fact.true_on for fact in told_facts}:
            state = PlanState.of(fact for fact in told_facts if fact.true_on <= day)
            answer = plan_of(here.reader, plan, as_at=day)
            assert {row.number: row.reading for row in answer.actions} == {
                action.number: action.reading(day) for action in state.actions.values()
            }
            assert answer.gaps == tuple(state.gaps)
            for number in state.actions:
                action_of(here.reader, plan, number, as_at=day)
        for point in burn_up(here.reader, plan, as_at=on).points:
            then = PlanState.of(fact for fact in told_facts if fact.true_on <= point.day)
            promised = [action for action in then.actions.values() if action.counts]
            due = sum(action.due_on <= point.day for action in promised)
            done = sum(action.reading(date.min) in DONE for action in promised)
            assert (point.actions, point.due, point.done) == (len(promised), due, done)
        before = contents(here.store.engine, PLANS)
        Projector(here.store.engine, ledger, [PLANS]).rebuild()
        assert contents(here.store.engine, PLANS) == before
        here.store.engine.dispose()


def test_every_fact_of_a_plan_is_kept():
    of_a_plan = ("plan.", "action.", "challenge.", "words.")
    assert {cls for name, cls in FACTS.items() if name.startswith(of_a_plan)} == OF_PLANS


# --- how it is read -------------------------------------------------------------------------------------------------


def on_reports_of(timeline: Application, urns: tuple[str, ...]) -> list[UUID]:
    """A plan of one action for each of these authorities."""
    plans = []
    for urn in urns:
        report = timeline.authorities.record_inspection(
            urn,
            started_on=date(2026, 1, 12),
            ended_on=date(2026, 1, 16),
            kind=Variant.SHORT,
            published_on=date(2026, 3, 2),
            judgements=Judgements.of({Area.IMPACT_OF_LEADERS: Grade.GOOD}),
            improvements=("Supervision.",),
            by=told(f"inspection of {urn}"),
        ).activity
        plans.append(timeline.do(OpenPlan(urn, report, on=date(2026, 3, 10)), by=told(f"open {urn}")).plan)
        finding = next(iter(timeline.plans.plan(plans[-1]).state.findings))
        act = {"findings": [finding], "what": "Train", "owner": OFFICE, "due_on": DAY, "on": date(2026, 3, 20)}
        timeline.do(AddAction(plans[-1], **act), by=told(f"add to {urn}"))
    return plans


def questions_of(engine: Engine, ask: Callable[[], Any]) -> int:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_all_plans_are_read_with_as_many_questions_as_one(sqlite_here: Planned):
    def counted() -> tuple[int, int]:
        reader = sqlite_here.reader
        first = questions_of(reader.engine, lambda: plan_heads(reader, as_at=DAY))
        return first, questions_of(reader.engine, lambda: plan_heads(reader, as_at=DAY))

    on_reports_of(sqlite_here.timeline, (GATESHEAD,))
    one = counted()
    on_reports_of(sqlite_here.timeline, ("80498", "80563", "80455"))
    assert counted() == one
    assert len(plan_heads(sqlite_here.reader, as_at=DAY).heads) == 4


def test_what_does_not_fit_into_memory_is_read_again_and_answers_are_the_same(sqlite_here: Planned):
    plans = on_reports_of(sqlite_here.timeline, (GATESHEAD, "80498", "80563"))
    reader = sqlite_here.reader
    whole = [plan_of(reader, plan, as_at=DAY) for plan in plans]
    reader.memories[PlanMemory] = PlanMemory(4)
    for _ in range(2):
        assert [plan_of(reader, plan, as_at=DAY) for plan in plans] == whole
        assert [head.id for head in plan_heads(reader, as_at=DAY).heads] == [
            head.id for head in plan_heads(sqlite_here.reader, as_at=DAY).heads
        ]


def test_what_was_remembered_first_goes_first():
    memory: Remembered[str, str] = Remembered(10)
    memory.put("a", "A", 4)
    memory.put("b", "B", 4)
    memory.put("a", "A again", 5)
    memory.put("c", "C", 2)
    assert [memory.get(key) for key in "abc"] == ["A again", None, "C"]
    memory.put("d", "D", 99)
    assert [memory.get(key) for key in "acd"] == [None, None, "D"]
