"""How often forecasts of focused visits came true: made again for each quarter from what was public then.

Held to account are forecasts whose six months lie within the days until which visits to that authority are known, so
that what nobody told of does not count as not having come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from domain.rulebook.forecast.backtest import (
    LIKELY_FROM,
    UNLIKELY_BELOW,
    Bin,
    CameTrue,
    LeftOut,
    brier,
    calibration,
    came_true,
    grouped,
)
from domain.rulebook.forecast.cohorts import cohort_of
from domain.rulebook.forecast.forecast import SIX_MONTHS_DAYS
from domain.rulebook.forecast.visits import LETTER_WITHIN_DAYS, VisitForecast, VisitForecaster
from domain.rulebook.rows import ILACS_IN_FORCE

MANY = 2
"""Authorities with so many visits and joint inspections since their report, or more, are one group."""


@dataclass(frozen=True)
class VisitTrial:
    """One forecast and what came: `started` is the first start on the origin or later, None while there is none.

    Until `known_until` no visit to that authority can have been missed since. `happened`: it came within 183 days."""

    forecast: VisitForecast
    started: date | None
    known_until: date

    @property
    def happened(self) -> bool:
        return self.started is not None and self.started <= self.over

    @property
    def over(self) -> date:
        """The last of its 183 days."""
        return self.forecast.on + timedelta(days=SIX_MONTHS_DAYS)


@dataclass(frozen=True)
class VisitScore:
    """How a group of forecasts did; as `Score` of `domain.rulebook.forecast.backtest`, without windows and spans."""

    n: int
    happened: float
    expected: float
    brier: float
    brier_base_rate: float
    likely: CameTrue
    unlikely: CameTrue
    calibration: tuple[Bin, ...]


@dataclass(frozen=True)
class VisitBacktest:
    """`origins` are the days forecast from; `left_out` the others asked for. `total` is None where there was nothing to
    forecast. `until` is the last day of which anything is known, None where no source that tells of visits was read.

    Letters come weeks after a visit; `settled` leaves out forecasts whose six months ended less than 60 days before
    the last day known. `by_episodes` groups by what had come since the report."""

    origins: tuple[date, ...]
    left_out: tuple[tuple[date, LeftOut], ...]
    until: date | None
    total: VisitScore | None
    settled: VisitScore | None
    by_cohort: Mapping[str, VisitScore]
    by_pathway: Mapping[str, VisitScore]
    by_year: Mapping[str, VisitScore]
    by_episodes: Mapping[str, VisitScore]


def visit_trials_on(forecaster: VisitForecaster, on: date) -> list[VisitTrial]:
    """The forecasts of one day, each with what came, where sources tell of the days after it."""
    trials = []
    for urn, forecast in forecaster.forecasts(on).items():
        until = forecaster.told_through(urn, on)
        if until is not None:
            trials.append(VisitTrial(forecast, forecaster.next_start(urn, on), until))
    return trials


def visits_summed(
    asked: Iterable[date], trials_of: Callable[[date], Sequence[VisitTrial]], until: date | None
) -> VisitBacktest:
    """How the forecasts of these days did by `until`; those not over by then, or not told of, are left out."""
    asked = tuple(asked)
    last = until or date.min
    found = {on: _over(trials_of(on), last) for on in asked if ILACS_IN_FORCE <= on <= last}
    origins = tuple(on for on in asked if found.get(on))
    trials = [trial for on in origins for trial in found[on]]
    settled = _over(trials, last, LETTER_WITHIN_DAYS)
    return VisitBacktest(
        origins=origins,
        left_out=tuple((on, _why_left_out(on)) for on in asked if on not in origins),
        until=until,
        total=_score(trials) if trials else None,
        settled=_score(settled) if settled else None,
        by_cohort=grouped(trials, lambda trial: cohort_of(trial.forecast.since).value, _score),
        by_pathway=grouped(trials, lambda trial: trial.forecast.pathway.value, _score),
        by_year=grouped(trials, lambda trial: str(trial.forecast.on.year), _score),
        by_episodes=grouped(trials, lambda trial: str(min(trial.forecast.episodes, MANY)), _score),
    )


def _over(trials: Sequence[VisitTrial], until: date, days: int = 0) -> list[VisitTrial]:
    """Those whose six months ended, so many days ago at the least, by the last day known."""
    return [trial for trial in trials if trial.over + timedelta(days=days) <= min(until, trial.known_until)]


def _why_left_out(on: date) -> LeftOut:
    return LeftOut.BEFORE_THE_FRAMEWORK if on < ILACS_IN_FORCE else LeftOut.NOT_OVER


def _score(trials: Sequence[VisitTrial]) -> VisitScore:
    pairs = [(trial.forecast.p_six_months, trial.happened) for trial in trials]
    happened = fmean(came for _, came in pairs)
    return VisitScore(
        n=len(pairs),
        happened=happened,
        expected=fmean(p for p, _ in pairs),
        brier=brier(pairs),
        brier_base_rate=brier((happened, came) for _, came in pairs),
        likely=came_true(came for p, came in pairs if p >= LIKELY_FROM),
        unlikely=came_true(came for p, came in pairs if p < UNLIKELY_BELOW),
        calibration=tuple(calibration(pairs)),
    )
