"""Forecasts on the real published history: what they must reach, and that nothing later leaks into them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.application import Application
from domain.ledger.store import open_ledger
from domain.register.register import REGISTER
from domain.rulebook.forecast.backtest import Backtest, backtest
from domain.rulebook.forecast.cohorts import Cohort
from domain.rulebook.forecast.forecast import Forecaster
from domain.rulebook.forecast.queue import NationalQueue
from domain.values.activities import Activity
from tests.domain.rulebook.story import england, on
from web.files.run import import_paths

Histories = Mapping[str, tuple[Activity, ...]]

AUTHORITIES = [row.facts for row in REGISTER]
READ_ON = date(2026, 8, 4)


@pytest.fixture(scope="module")
def held(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Histories:
    ledger = open_ledger(tmp_path_factory.mktemp("history") / "ledger.db", create=True)
    timeline = Application(ledger)
    timeline.authorities.register_authorities(at=datetime(2026, 9, 1, tzinfo=UTC))
    import_paths(timeline, [real / "jt39_history" / "ofsted_csc_ilacs_history_2026-08-04.csv"], actor="import")
    found = {facts.urn: timeline.authorities.authority(facts.urn).activities for facts in AUTHORITIES}
    ledger.close()
    return found


def forecaster(held: Histories) -> Forecaster:
    return Forecaster(NationalQueue(held, AUTHORITIES, holidays=england()))


@pytest.fixture(scope="module")
def found(held: Histories) -> Backtest:
    return backtest(forecaster(held), first=on("2022-07-01"), last=on("2026-01-01"), until=READ_ON)


def test_2155_forecasts_are_held_to_account_and_15_percent_came_true(found: Backtest):
    assert found.total is not None
    assert len(found.origins) == 15
    assert found.total.n == 2155
    assert found.national
    assert found.total.happened == pytest.approx(328 / 2155)


def test_forecasts_beat_the_policy_window_and_the_base_rate(found: Backtest):
    assert found.total is not None
    assert found.total.brier <= 0.076
    assert found.total.brier < 0.6 * found.total.brier_base_rate
    assert found.total.brier_base_rate < found.total.brier_policy_window


def test_what_was_said_is_about_what_came_in_every_tenth_with_fifty_forecasts(found: Backtest):
    assert found.total is not None
    large = [one for one in found.total.calibration if one.n >= 50]
    assert len(large) >= 6
    for one in large:
        assert abs(one.forecast - one.happened) <= 0.10, one


def test_since_the_pandemic_four_starts_in_five_lie_in_a_band_that_beats_the_window(found: Backtest):
    ours = found.by_cohort[Cohort.AFTER.value].band.of_starts
    policy = found.by_cohort[Cohort.AFTER.value].policy_band.of_starts
    waits = found.by_cohort[Cohort.AFTER.value].waits_band.of_starts
    assert ours is not None
    assert policy is not None
    assert waits is not None
    assert ours.coverage >= 0.80
    assert ours.interval_score < min(405, policy.interval_score, waits.interval_score)
    ended = found.by_cohort[Cohort.AFTER.value].band.ended
    assert ended is not None
    assert ended.coverage >= 0.80, "also where those who still wait are counted"


@pytest.mark.parametrize("origin", ["2019-07-01", "2022-07-01", "2024-04-01", "2026-01-01"])
def test_what_was_published_later_changes_no_earlier_forecast(held: Histories, origin: str):
    until = on(origin)
    public = {urn: tuple(one for one in activities if one.public_on < until) for urn, activities in held.items()}
    whole, short = forecaster(held).forecasts(until), forecaster(public).forecasts(until)
    assert whole == {urn: short[urn] for urn in whole}
    under_way = {urn for urn in short if urn not in whole}
    assert under_way, "on each of these days inspectors had been somewhere"
    assert all(any(a.start and a.start < until <= a.public_on for a in held[urn]) for urn in under_way)
    assert len(whole) > 120
