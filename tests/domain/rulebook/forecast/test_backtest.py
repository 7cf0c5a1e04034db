"""How forecasts are held to account: the scores by hand, and what may and may not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.rulebook.forecast import backtest as account
from domain.rulebook.forecast.backtest import (
    LeftOut,
    Trial,
    backtest,
    brier,
    calibration,
    quarters,
    score,
    summed,
    winkler,
)
from domain.rulebook.forecast.choice_model import Weights
from domain.rulebook.forecast.cohorts import Cohort, cohort_of
from domain.rulebook.forecast.forecast import Forecast, InQueue
from domain.rulebook.forecast.waiting_times import past_waits, waits_like
from domain.rulebook.results import Pathway
from tests.domain.rulebook.forecast.story import forecaster, histories
from tests.domain.rulebook.story import on

ORIGIN = on("2024-01-01")
WINDOW = on("2023-06-01"), on("2024-06-01")


def trial(p: float = 0.3, started: str | None = "2024-03-04", **more: object) -> Trial:
    forecast = Forecast(
        urn="80999",
        on=ORIGIN,
        p_six_months=p,
        by_month=(),
        median=on("2024-04-15"),
        band_from=on("2024-01-15"),
        band_to=on("2024-09-09"),
        since=on("2020-12-01"),
        due=WINDOW[1],
        pathway=Pathway.GOOD_OR_OUTSTANDING,
        queue=InQueue(place=3, waiting=150, starts_a_year=44.0, weights=Weights(2.0, 2.0, 0.0, 0.0, 100)),
    )
    values = {"policy": WINDOW, "waits": None, **more}
    return Trial(forecast=forecast, started=on(started) if started else None, **values)  # type: ignore[arg-type]


# --- scores by hand -------------------------------------------------------------------------------------------------


def test_the_brier_score_is_the_mean_square_of_the_distance():
    assert brier([(0.3, True), (0.1, False)]) == pytest.approx((0.7**2 + 0.1**2) / 2)


@pytest.mark.parametrize(
    ("started", "points"),
    [
        ("2024-06-10", 100),  # inside: the width alone
        ("2024-04-02", 100),  # the first day
        ("2024-07-11", 100),  # the last day
        ("2024-04-01", 110),  # a day early
        ("2024-07-21", 200),  # ten days late
    ],
)
def test_a_span_scores_its_width_and_ten_days_for_each_day_missed(started: str, points: float):
    assert winkler((on("2024-04-02"), on("2024-07-11")), on(started)) == pytest.approx(points)


def test_calibration_sorts_forecasts_into_tenths_and_leaves_out_empty_ones():
    bins = list(calibration([(0.0, False), (0.099, True), (0.1, False), (0.95, True), (1.0, True)]))
    assert [(one.low, one.high, one.n) for one in bins] == [(0.0, 0.1, 2), (0.1, 0.2, 1), (0.9, 1.0, 2)]
    assert bins[0].forecast == pytest.approx(0.0495)
    assert bins[0].happened == 0.5
    assert bins[2].happened == 1.0


@pytest.mark.parametrize(
    ("started", "happened"),
    [("2024-01-01", True), ("2024-07-02", True), ("2024-07-03", False), (None, False)],
)
def test_six_months_end_with_the_183rd_day(started: str | None, happened: bool):
    assert trial(started=started).happened is happened


@pytest.mark.parametrize(
    ("window", "p"),
    [
        (("2024-01-01", "2024-07-02"), 1.0),  # all of it lies in the six months
        (("2024-07-03", "2025-07-03"), 0.0),  # none of it
        (("2023-01-01", "2023-12-31"), 1.0),  # over: expected at once
        (("2023-01-01", "2024-12-31"), 184 / 366),  # half of what is left
        (("2024-04-01", "2025-03-31"), 93 / 365),
    ],
)
def test_policy_takes_each_day_of_its_window_still_to_come_as_equally_likely(window: tuple[str, str], p: float):
    assert trial(policy=(on(window[0]), on(window[1]))).policy_p == pytest.approx(p)


def test_a_group_is_scored_beside_the_base_rate_and_the_policy_window():
    found = score([trial(0.6), trial(0.2, started=None)], until=on("2025-01-01"))
    assert (found.n, found.happened) == (2, 0.5)
    assert found.expected == pytest.approx(0.4)
    assert found.brier == pytest.approx((0.4**2 + 0.2**2) / 2)
    assert found.brier_base_rate == pytest.approx(0.25)
    assert found.brier_policy_window == pytest.approx((0.0 + 1.0) / 2)
    assert (found.likely.n, found.likely.came) == (1, 1)
    assert (found.unlikely.n, found.unlikely.came) == (0, 0)


def test_bands_are_scored_where_the_start_is_known_and_also_where_they_had_ended():
    came, waits = trial(started="2024-09-16"), trial(started=None)
    found = score([came, waits], until=on("2024-12-31")).band
    assert found.of_starts is not None
    assert (found.of_starts.n, found.of_starts.coverage) == (1, 0.0)
    assert found.of_starts.mean_width_days == 238
    assert found.of_starts.interval_score == pytest.approx(238 + 70)
    assert (found.waiting, found.overrun) == (1, 1)
    assert found.ended is not None
    assert found.ended.n == 2
    assert found.ended.interval_score == pytest.approx((308 + 238 + 10 * 114) / 2), "who waits counts from 1 January"
    on_its_last_day = score([came, waits], until=on("2024-09-09")).band
    assert (on_its_last_day.overrun, on_its_last_day.ended is not None) == (1, True)
    early = score([came, waits], until=on("2024-09-01")).band
    assert (early.overrun, early.ended) == (0, None)


def test_without_a_known_wait_there_is_no_band_of_past_waits():
    found = score([trial()], until=on("2024-12-31")).waits_band
    assert (found.of_starts, found.waiting, found.ended) == (None, 0, None)


@pytest.mark.parametrize(
    ("since", "group"),
    [
        ("2020-03-16", Cohort.BEFORE),
        ("2020-03-17", Cohort.DURING),
        ("2021-06-27", Cohort.DURING),
        ("2021-06-28", Cohort.AFTER),
    ],
)
def test_a_cohort_is_told_by_the_day_of_the_governing_report(since: str, group: Cohort):
    assert cohort_of(on(since)) is group


# --- which forecasts count ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2022-07-01", "2023-01-01", ["2022-07-01", "2022-10-01", "2023-01-01"]),
        ("2022-07-02", "2022-12-31", ["2022-10-01"]),
        ("2022-07-02", "2022-09-30", []),
        ("2023-01-01", "2022-01-01", []),
    ],
)
def test_origins_are_the_first_days_of_quarters(first: str, last: str, found: list[str]):
    assert [day.isoformat() for day in quarters(on(first), on(last))] == found


def test_quarters_whose_six_months_are_not_over_are_left_out():
    found = backtest(forecaster(histories()), first=on("2025-01-01"), last=on("2025-12-31"), until=on("2025-10-01"))
    assert found.origins == (on("2025-01-01"), on("2025-04-01"))
    assert found.left_out == ((on("2025-07-01"), LeftOut.NOT_OVER), (on("2025-10-01"), LeftOut.NOT_OVER))
    assert found.national


def test_an_origin_before_the_framework_is_left_out():
    found = backtest(forecaster(histories()), first=on("2017-10-01"), last=on("2018-01-01"), until=on("2025-10-01"))
    assert (found.origins, found.left_out) == ((on("2018-01-01"),), ((on("2017-10-01"), LeftOut.BEFORE_THE_FRAMEWORK),))


def test_where_nothing_was_forecast_there_is_no_score():
    found = summed([ORIGIN], lambda origin: [], until=on("2026-01-01"))
    assert found.total is None
    assert found.by_cohort == found.by_pathway == found.by_year == {}


def test_a_start_after_the_last_day_known_has_not_come():
    found = summed([ORIGIN], lambda origin: [trial(started="2024-09-02")], until=on("2024-08-01"))
    assert found.total is not None
    assert (found.total.band.waiting, found.total.band.of_starts) == (1, None)


def test_days_whose_last_starts_may_not_be_public_yet_are_told_apart():
    def came(origin: date) -> list[Trial]:
        return [replace(trial(), forecast=replace(trial().forecast, on=origin))]

    found = summed([on("2023-10-01"), ORIGIN], came, until=on("2024-08-01"))
    assert found.total is not None
    assert found.settled is not None
    assert (found.total.n, found.settled.n) == (2, 1)
    assert summed([ORIGIN], came, until=on("2024-08-01")).settled is None


def test_forecasts_are_told_apart_by_how_long_was_waited():
    found = summed([ORIGIN], lambda origin: [trial()], until=on("2025-01-01"))
    assert list(found.by_wait) == ["under_42_months"], "37 months from 1 December 2020"


@pytest.mark.parametrize(
    ("window", "left"),
    [
        (("2023-06-01", "2024-06-01"), ("2024-01-01", "2024-06-01")),
        (("2024-06-01", "2025-06-01"), ("2024-06-01", "2025-06-01")),
        (("2022-06-01", "2023-06-01"), ("2022-06-01", "2023-06-01")),
    ],
)
def test_of_a_window_the_days_still_to_come_are_left(window: tuple[str, str], left: tuple[str, str]):
    assert trial(policy=(on(window[0]), on(window[1]))).policy_left == (on(left[0]), on(left[1]))


def test_groups_together_hold_every_forecast_once():
    found = backtest(forecaster(histories()), first=on("2022-01-01"), last=on("2024-12-31"), until=on("2026-01-01"))
    assert found.total is not None
    for groups in (found.by_cohort, found.by_pathway, found.by_year, found.by_wait):
        assert sum(one.n for one in groups.values()) == found.total.n
    assert sum(one.n for one in found.total.calibration) == found.total.n
    assert found.total.brier < found.total.brier_base_rate, "in a queue served nearly in turn the queue tells much"


def test_outcomes_that_come_later_change_no_forecast_of_a_backtest():
    whole, short = histories(until=date(2026, 1, 1)), histories(until=date(2024, 1, 1))
    origin = on("2023-01-01")
    forecasts = [
        {trial.forecast.urn: trial.forecast for trial in account.trials_on(forecaster(held), origin)}
        for held in (whole, short)
    ]
    assert forecasts[0] == forecasts[1]


# --- past waits -----------------------------------------------------------------------------------------------------


def test_past_waits_are_those_that_were_public_and_run_from_report_to_start():
    held = forecaster(histories())
    known = past_waits(held.queue, on("2023-01-01"))
    everybody = known[None]
    assert everybody.number == len(held.queue.starts_told_by(on("2023-01-01")))
    assert everybody.shortest <= everybody.tenth <= everybody.median <= everybody.ninetieth <= everybody.longest
    assert sum(waits.number for pathway, waits in known.items() if pathway) == everybody.number
    since = on("2022-01-10")
    assert everybody.band(since) == (
        since + timedelta(days=everybody.shortest),
        since + timedelta(days=everybody.longest),
    )


def test_of_too_few_waits_on_a_pathway_those_of_all_stand_in():
    held = forecaster(histories())
    known = past_waits(held.queue, on("2023-01-01"))
    spell = next(spell for spell in held.queue.waiting(on("2023-01-01")) if spell.pathway in known)
    own = waits_like(spell, known)
    assert own is not None
    assert own.pathway is (spell.pathway if known[spell.pathway].number >= 5 else None)
    alone = {None: known[None]}
    assert waits_like(spell, alone) is known[None]
    assert waits_like(spell, {}) is None
