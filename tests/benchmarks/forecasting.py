"""Forecasts: every authority on a day asked for the first time and again, and the whole account since July 2022.

On a made-up England of 153 authorities inspected in turn since 2014, so that the lines run anywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta

from tests.benchmarks.measuring import Bench, Figure, in_turns, milliseconds, peak_mb, run_line, timed

PAGE_LIMIT_MS = 1_000
BACKTEST_LIMIT_S = 60
AUTHORITIES = 153
FIRST, LAST = date(2022, 7, 1), date(2026, 1, 1)


def forecasting(bench: Bench) -> Iterator[Figure]:
    from domain.rulebook.forecast.backtest import backtest
    from tests.domain.rulebook.forecast.story import forecaster, histories

    held = histories(AUTHORITIES, until=date(2026, 9, 1))
    runs = bench.pick(quick=1, usual=5)
    days = (LAST + timedelta(days=30 * number) for number in range(1_000))
    known = forecaster(held)
    known.forecasts(FIRST)
    first, again = in_turns(
        runs,
        milliseconds(lambda: forecaster(held).forecasts(LAST)),
        milliseconds(lambda: known.forecasts(next(days))),
    )
    beside = "limit: a page of reasons, the first time"
    yield Figure(f"forecast-{AUTHORITIES}-first", first, PAGE_LIMIT_MS, beside, "ms", runs)
    beside = "limit: the same, on another day"
    yield Figure(f"forecast-{AUTHORITIES}-another-day", again, PAGE_LIMIT_MS, beside, "ms", runs)
    took = timed(lambda: backtest(forecaster(held), first=FIRST, last=LAST, until=date(2026, 9, 1)))
    yield Figure("forecast-backtest", took, BACKTEST_LIMIT_S, "limit: 15 quarters", "s", 1)
    yield Figure("forecast-backtest-memory", peak_mb(), 300, "limit", "MB", 1)


if __name__ == "__main__":
    run_line({"forecast": forecasting}, sys.argv[1:])
