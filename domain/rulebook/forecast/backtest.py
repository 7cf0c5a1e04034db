"""How often forecasts came true: made again for each quarter from what was public then, and held to what happened.

Nothing that became public on or after a quarter's first day counts in its forecasts; outcomes are looked up afterwards.
Beside ours stand three plainer statements: the share of all forecasts that came true (known only in hindsight), the
policy window, and the shortest and longest wait so far on the same pathway."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from statistics import fmean
from typing import TypeVar

from domain.rulebook.forecast.cohorts import cohort_of
from domain.rulebook.forecast.forecast import BAND_LEVEL, SIX_MONTHS_DAYS, Forecast, Forecaster
from domain.rulebook.forecast.simulation import TOLD_WITHIN_DAYS
from domain.rulebook.forecast.waiting_times import past_waits, waits_like
from domain.rulebook.results import Pathway
from domain.rulebook.rows import ILACS_IN_FORCE
from domain.rulebook.working_days import add_months

BINS = 10
WAITED_MONTHS = (12, 24, 30, 36, 42)
LIKELY_FROM = 0.5
UNLIKELY_BELOW = 0.1

Span = tuple[date, date]

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True)
class Trial:
    """One forecast and what came: `started` is the first start on the origin or later, None while there is none.

    `happened`: it came within 183 days. `policy` is the window that the rules stated, `waits` the shortest and longest
    wait so far, None where no wait was known."""

    forecast: Forecast
    started: date | None
    policy: Span
    waits: Span | None

    @property
    def happened(self) -> bool:
        return self.started is not None and (self.started - self.forecast.on).days <= SIX_MONTHS_DAYS

    @property
    def policy_p(self) -> float:
        """What the policy window says of the six months, taking each of its days still to come as equally likely; once
        it has passed, policy expects the inspection at once."""
        on, (opens, closes) = self.forecast.on, self.policy
        if on > closes:
            return 1.0
        first = max(on, opens)
        inside = (min(on + timedelta(days=SIX_MONTHS_DAYS), closes) - first).days + 1
        return max(0, inside) / ((closes - first).days + 1)

    @property
    def policy_left(self) -> Span:
        """Of the policy window the days still to come; all of it once it is over."""
        on, (opens, closes) = self.forecast.on, self.policy
        return (max(on, opens), closes) if on <= closes else self.policy


@dataclass(frozen=True)
class Bin:
    """Forecasts from `low` (inclusive) to `high` (exclusive, but 1 inclusive): their mean, and how many came true."""

    low: float
    high: float
    n: int
    forecast: float
    happened: float


@dataclass(frozen=True)
class BandScore:
    """How a span of days did: the share of starts inside it, its mean width in days, and its Winkler score.

    The score is the width, and ten days more for each day by which a start lay outside (alpha 0.2): less is better."""

    n: int
    coverage: float
    mean_width_days: float
    interval_score: float


@dataclass(frozen=True)
class BandVerdict:
    """`of_starts`: where the start is known. `waiting`: forecasts whose start had not come by the last day known, of
    which `overrun` had a span that was over by then.

    `ended`: every forecast whose span was over by the last day known, so that what came cannot choose who is counted;
    who had not started then is taken to start the day after, which flatters."""

    of_starts: BandScore | None
    waiting: int
    overrun: int
    ended: BandScore | None


@dataclass(frozen=True)
class CameTrue:
    """Forecasts on one side of a line, and how many of them came true."""

    n: int
    came: int


@dataclass(frozen=True)
class Score:
    """How a group of forecasts did. Brier scores: the mean square of forecast less outcome; less is better.

    `likely` are forecasts of an even chance or more, `unlikely` those of less than one in ten."""

    n: int
    happened: float
    expected: float
    brier: float
    brier_base_rate: float
    brier_policy_window: float
    likely: CameTrue
    unlikely: CameTrue
    calibration: tuple[Bin, ...]
    band: BandVerdict
    policy_band: BandVerdict
    policy_left_band: BandVerdict
    waits_band: BandVerdict


class LeftOut(Enum):
    """Why nothing is said of a day: no forecast is made before 2018, or its six months were not over by then."""

    BEFORE_THE_FRAMEWORK = "before_the_framework"
    NOT_OVER = "not_over"


@dataclass(frozen=True)
class Backtest:
    """`origins` are the days forecast from; `left_out` the others asked for. `total` is None where there was nothing to
    forecast. `until` is the last day of which anything is known.

    Reports come weeks after the first day on site, so after the last days asked some starts are not public yet and
    count as not having come; `settled` leaves those days out. `by_wait` groups forecasts by the months waited so far.
    `national` is False where on some of the days the queue was not seen and windows alone were forecast from."""

    origins: tuple[date, ...]
    left_out: tuple[tuple[date, LeftOut], ...]
    until: date
    national: bool
    total: Score | None
    settled: Score | None
    by_cohort: Mapping[str, Score]
    by_pathway: Mapping[str, Score]
    by_year: Mapping[str, Score]
    by_wait: Mapping[str, Score]


def quarters(first: date, last: date) -> Iterator[date]:
    """The first days of quarters from `first` to `last`, both inclusive."""
    day = date(first.year, 3 * ((first.month - 1) // 3) + 1, 1)
    while day <= last:
        if day >= first:
            yield day
        day = add_months(day, 3)


def backtest(forecaster: Forecaster, *, first: date, last: date, until: date) -> Backtest:
    """Forecasts from each quarter's first day in the range (inclusive), and how they did by `until`.

    For every authority with a published graded report, its grades known or not, and no unpublished fieldwork."""
    return summed(quarters(first, last), lambda origin: trials_on(forecaster, origin), until)


def summed(asked: Iterable[date], trials_of: Callable[[date], Sequence[Trial]], until: date) -> Backtest:
    """How the forecasts of these days did by `until`; days whose six months were not over by then are left out."""
    asked = tuple(asked)
    left_out = tuple((on, why) for on in asked if (why := _why_left_out(on, until)) is not None)
    origins = [on for on in asked if _why_left_out(on, until) is None]
    trials = [_known_by(until, trial) for on in origins for trial in trials_of(on)]
    told_within = timedelta(days=SIX_MONTHS_DAYS + TOLD_WITHIN_DAYS)
    settled = [trial for trial in trials if trial.forecast.on + told_within <= until]

    def scored(group: Sequence[Trial]) -> Score:
        return score(group, until)

    return Backtest(
        origins=tuple(origins),
        left_out=left_out,
        until=until,
        national=all(trial.forecast.queue is not None for trial in trials),
        total=score(trials, until) if trials else None,
        settled=score(settled, until) if settled else None,
        by_cohort=grouped(trials, lambda trial: cohort_of(trial.forecast.since).value, scored),
        by_pathway=grouped(trials, lambda trial: trial.forecast.pathway.value, scored),
        by_year=grouped(trials, lambda trial: str(trial.forecast.on.year), scored),
        by_wait=grouped(trials, _waited, scored),
    )


def trials_on(forecaster: Forecaster, on: date) -> list[Trial]:
    """The forecasts of one day that are held to account, each with what came."""
    queue = forecaster.queue
    known = past_waits(queue, on)
    trials = []
    for urn, forecast in forecaster.forecasts(on).items():
        spell = queue.spell(urn, on)
        if spell is None or spell.pathway is Pathway.NOT_YET_JUDGED:
            continue
        came = queue.next_start(urn, on)
        like = waits_like(spell, known)
        trials.append(
            Trial(
                forecast=forecast,
                started=came.on if came is not None else None,
                policy=(spell.opens, spell.due),
                waits=like.band(spell.since) if like is not None else None,
            )
        )
    return trials


def _why_left_out(on: date, until: date) -> LeftOut | None:
    if on < ILACS_IN_FORCE:
        return LeftOut.BEFORE_THE_FRAMEWORK
    return LeftOut.NOT_OVER if on + timedelta(days=SIX_MONTHS_DAYS) > until else None


def _known_by(until: date, trial: Trial) -> Trial:
    return trial if trial.started is None or trial.started <= until else replace(trial, started=None)


def _waited(trial: Trial) -> str:
    for months in WAITED_MONTHS:
        if trial.forecast.on < add_months(trial.forecast.since, months):
            return f"under_{months}_months"
    return f"{WAITED_MONTHS[-1]}_months_or_more"


def score(trials: Sequence[Trial], until: date) -> Score:
    """How these forecasts did; of one at least."""
    happened = fmean(trial.happened for trial in trials)
    return Score(
        n=len(trials),
        happened=happened,
        expected=fmean(trial.forecast.p_six_months for trial in trials),
        brier=brier((trial.forecast.p_six_months, trial.happened) for trial in trials),
        brier_base_rate=brier((happened, trial.happened) for trial in trials),
        brier_policy_window=brier((trial.policy_p, trial.happened) for trial in trials),
        likely=came_true(trial.happened for trial in trials if trial.forecast.p_six_months >= LIKELY_FROM),
        unlikely=came_true(trial.happened for trial in trials if trial.forecast.p_six_months < UNLIKELY_BELOW),
        calibration=tuple(calibration([(trial.forecast.p_six_months, trial.happened) for trial in trials])),
        band=_verdict(trials, lambda trial: (trial.forecast.band_from, trial.forecast.band_to), until),
        policy_band=_verdict(trials, lambda trial: trial.policy, until),
        policy_left_band=_verdict(trials, lambda trial: trial.policy_left, until),
        waits_band=_verdict(trials, lambda trial: trial.waits, until),
    )


def came_true(outcomes: Iterable[bool]) -> CameTrue:
    """How many there were, and how many of them came."""
    found = list(outcomes)
    return CameTrue(len(found), sum(found))


def brier(pairs: Iterable[tuple[float, bool]]) -> float:
    """The mean square of forecast less outcome."""
    return fmean((p - happened) ** 2 for p, happened in pairs)


def calibration(pairs: Sequence[tuple[float, bool]]) -> Iterator[Bin]:
    """Forecasts in tenths; a tenth without any is left out."""
    for place in range(BINS):
        here = [(p, happened) for p, happened in pairs if min(int(p * BINS), BINS - 1) == place]
        if here:
            yield Bin(
                low=place / BINS,
                high=(place + 1) / BINS,
                n=len(here),
                forecast=fmean(p for p, _ in here),
                happened=fmean(happened for _, happened in here),
            )


def winkler(span: Span, started: date) -> float:
    """The interval score at the band's level, in days (Winkler 1972; Gneiting and Raftery 2007)."""
    first, last = span
    missed = max((first - started).days, (started - last).days, 0)
    return (last - first).days + 2 / (1 - BAND_LEVEL) * missed


def _verdict(trials: Sequence[Trial], span_of: Callable[[Trial], Span | None], until: date) -> BandVerdict:
    spans = [(span, trial.started) for trial in trials if (span := span_of(trial)) is not None]
    waiting = [span for span, started in spans if started is None]
    return BandVerdict(
        of_starts=_band_score([(span, started) for span, started in spans if started is not None]),
        waiting=len(waiting),
        overrun=sum(span[1] <= until for span in waiting),
        ended=_band_score(
            [(span, started or until + timedelta(days=1)) for span, started in spans if span[1] <= until]
        ),
    )


def _band_score(found: Sequence[tuple[Span, date]]) -> BandScore | None:
    if not found:
        return None
    return BandScore(
        n=len(found),
        coverage=fmean(span[0] <= started <= span[1] for span, started in found),
        mean_width_days=fmean((span[1] - span[0]).days for span, _ in found),
        interval_score=fmean(winkler(span, started) for span, started in found),
    )


def grouped(trials: Iterable[T], key: Callable[[T], str], scored: Callable[[Sequence[T]], S]) -> dict[str, S]:
    """What is scored of each group by itself, in order of their names."""
    groups: dict[str, list[T]] = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    return {name: scored(groups[name]) for name in sorted(groups)}
