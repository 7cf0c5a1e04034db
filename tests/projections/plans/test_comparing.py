"""A plan at two moments: nothing differs from itself, every action is counted once, and any moment is a replay."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.authorities.comparing import Sort
from domain.ledger.store import open_ledger
from domain.plans.state import PlanState
from domain.values.errors import RuleBroken
from projections.engine.answers import Moment
from projections.outlook.comparing import ComparedMoment
from projections.plans.answers import ActionRow
from projections.plans.comparing import plan_comparison_of
from projections.plans.projection import plan_then
from tests.examples import examples
from tests.plan_history import carry_out, opened
from tests.projections.plans.story import planned
from tests.projections.plans.test_projection import steps

OPENED = date(2026, 3, 10)


@settings(max_examples=examples(10), deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=steps, back=st.lists(st.integers(0, 60), min_size=2, max_size=2).map(sorted))
def test_any_plan_at_any_two_moments(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, int]], back: list[int]
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
        until, since = (ComparedMoment(max(on - timedelta(days=days), OPENED)) for days in back)
        same = plan_comparison_of(here.reader, plan, since=until, until=until).comparison
        assert (same.actions, same.questions) == ((), ())
        found = plan_comparison_of(here.reader, plan, since=since, until=until)
        before = {row.number: row for row in found.before.actions} if found.before else {}
        after = {row.number: row for row in found.after.actions}
        made = dict(before)
        for one in found.comparison.actions:
            assert isinstance(one.row, ActionRow)
            values: dict[str, Any] = {change.field: change.now for change in one.changes}
            made[one.row.number] = replace(made[one.row.number], **values) if values else after[one.row.number]
        fields = ("number", "reading", "owner", "due_on", "impact", "now", "evidence")
        assert [[getattr(made[n], f) for f in fields] for n in made] == [
            [getattr(after[n], f) for f in fields] for n in made
        ]
        assert made.keys() == after.keys()
        assert not [one for one in found.comparison.actions if one.sort is Sort.GONE]
        told = [(position, fact) for position, fact in ledger.read_facts() if fact.originator_id == plan]
        with here.reader.connect() as connection:
            for position, _ in told:
                for day in {fact.true_on for _, fact in told}:  # type: ignore[attr-defined]
                    moment = Moment(day, None, position, None, None)
                    then = plan_then(here.reader, connection, plan, moment)
                    known = [fact for at, fact in told if at <= position and fact.true_on <= day]  # type: ignore[attr-defined]
                    state = PlanState.of(known)
                    assert (then is None) == (not known)
                    if then is not None:
                        assert {n: a.reading(day) for n, a in then.state.actions.items()} == {
                            n: a.reading(day) for n, a in state.actions.items()
                        }
        here.store.engine.dispose()
