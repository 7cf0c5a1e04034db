"""Forecasts and how they did, as JSON: one shape for the command line and for HTTP, described in `web/openapi/`."""

from __future__ import annotations

from collections.abc import Mapping

from domain.rulebook.forecast.backtest import BandScore, BandVerdict, Bin, CameTrue, Score
from domain.rulebook.forecast.forecast import ForecastOf
from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.forecast.queue import DueBy
from domain.rulebook.forecast.waiting_times import PastWaits
from projections.engine.answers import BacktestAnswer, Moment
from web.documents.authorities import Document, day_or_none
from web.words.words import months_between

PLACES = 6
"""Digits after the point: more would tell nothing, and equal answers stay equal bytes."""


def outlook_document(outlook: Outlook, moment: Moment) -> Document:
    """One authority's forecast; where none is made, the figures are null and `basis` says why."""
    forecast = outlook.forecast
    document: Document = {
        "activity": ForecastOf.GRADED_INSPECTION.value,
        "urn": outlook.authority.urn,
        "name": outlook.authority.name,
        "on": outlook.on.isoformat(),
        "p_six_months": None,
        "p_already_come": rounded(outlook.already_come) if outlook.already_come is not None else None,
        "by_month": [],
        "median": None,
        "band": None,
        "place_in_queue": None,
        "waiting": None,
        "waiting_months": None,
        "waiting_since": None,
        "pathway": None,
        "starts_a_year": None,
        "weights": None,
        "basis": outlook.basis,
        "limits": list(outlook.limits),
        "policy_window": _policy(outlook),
        "past_waits": _waits(outlook.waits) if outlook.waits else None,
        **moment_document(moment),
    }
    if forecast is not None:
        document |= {
            "p_six_months": rounded(forecast.p_six_months),
            "by_month": [{"month": share.month, "p": rounded(share.p)} for share in forecast.by_month],
            "median": day_or_none(outlook.median),
            "band": _band_of(outlook),
            "waiting_months": months_between(forecast.since, outlook.on),
            "waiting_since": forecast.since.isoformat(),
            "pathway": forecast.pathway.value,
        }
    if outlook.ends_on is not None:
        document["ends_on"] = outlook.ends_on.isoformat()
    if forecast is not None and (queue := forecast.queue) is not None:
        document |= {
            "place_in_queue": queue.place,
            "waiting": queue.waiting,
            "starts_a_year": rounded(queue.starts_a_year),
            "weights": {
                "place": rounded(queue.weights.place),
                "wait": rounded(queue.weights.wait),
                "inadequate": rounded(queue.weights.inadequate),
                "requires_improvement": rounded(queue.weights.improvement),
                "fitted_to": queue.weights.seen,
            },
        }
    return document


def _band_of(outlook: Outlook) -> Document | None:
    if outlook.band is None:
        return None
    first, last = outlook.band
    return {"from": first.isoformat(), "to": last.isoformat(), "level": rounded(outlook.band_level)}


def backtest_document(answer: BacktestAnswer) -> Document:
    """How forecasts did, in all and by group; the figures are null where nothing was forecast."""
    found = answer.backtest
    document: Document = {
        "activity": ForecastOf.GRADED_INSPECTION.value,
        "origins": [day.isoformat() for day in found.origins],
        "left_out": [day.isoformat() for day, _ in found.left_out],
        "national": found.national,
        "until": found.until.isoformat(),
        "by_cohort": _groups(found.by_cohort),
        "by_pathway": _groups(found.by_pathway),
        "by_year": _groups(found.by_year),
        "by_wait": _groups(found.by_wait),
        "settled": _score(found.settled) if found.settled else None,
        **moment_document(answer.moment),
    }
    return document | (_score(found.total) if found.total else NOTHING)


def moment_document(moment: Moment) -> Document:
    """Until when sources were read, and what was known when."""
    return {
        "data_horizon": day_or_none(moment.data_horizon),
        "known_at": None if moment.known_at is None else moment.known_at.isoformat(),
        "position": moment.position,
    }


NOTHING: Document = {
    "n": 0,
    "happened": None,
    "expected": None,
    "brier": None,
    "brier_base_rate": None,
    "brier_policy_window": None,
    "told_likely": None,
    "told_unlikely": None,
    "calibration": [],
    "band": None,
    "policy_band": None,
    "policy_band_days_to_come": None,
    "past_waits_band": None,
}


def _groups(groups: Mapping[str, Score]) -> Document:
    return {name: _score(score) for name, score in groups.items()}


def _score(score: Score) -> Document:
    return {
        "n": score.n,
        "happened": rounded(score.happened),
        "expected": rounded(score.expected),
        "brier": rounded(score.brier),
        "brier_base_rate": rounded(score.brier_base_rate),
        "brier_policy_window": rounded(score.brier_policy_window),
        "told_likely": told_document(score.likely),
        "told_unlikely": told_document(score.unlikely),
        "calibration": [bin_document(one) for one in score.calibration],
        "band": _verdict(score.band),
        "policy_band": _verdict(score.policy_band),
        "policy_band_days_to_come": _verdict(score.policy_left_band),
        "past_waits_band": _verdict(score.waits_band),
    }


def told_document(told: CameTrue) -> Document:
    return {"n": told.n, "came": told.came}


def bin_document(one: Bin) -> Document:
    """A tenth of the calibration."""
    return {
        "from": one.low,
        "to": one.high,
        "n": one.n,
        "forecast": rounded(one.forecast),
        "happened": rounded(one.happened),
    }


def _verdict(verdict: BandVerdict) -> Document:
    return {
        **_band(verdict.of_starts),
        "waiting": verdict.waiting,
        "waiting_after_its_end": verdict.overrun,
        "ended": _band(verdict.ended),
    }


def _band(score: BandScore | None) -> Document:
    if score is None:
        return {"n": 0, "coverage": None, "mean_width_days": None, "interval_score": None}
    return {
        "n": score.n,
        "coverage": rounded(score.coverage),
        "mean_width_days": rounded(score.mean_width_days),
        "interval_score": rounded(score.interval_score),
    }


def _policy(outlook: Outlook) -> Document | None:
    """The days that the rules state; none where the usual window only stands in for them."""
    if outlook.by is None or outlook.by in (DueBy.STAND_IN, DueBy.NOT_SAID):
        return None
    return {"from": day_or_none(outlook.opens), "to": day_or_none(outlook.due), "by": outlook.by.value}


def _waits(waits: PastWaits) -> Document:
    return {
        "pathway": waits.pathway.value if waits.pathway else None,
        "n": waits.number,
        "shortest_days": waits.shortest,
        "tenth_days": waits.tenth,
        "median_days": waits.median,
        "ninetieth_days": waits.ninetieth,
        "longest_days": waits.longest,
    }


def rounded(figure: float) -> float:
    """To so many digits as tell something."""
    return round(figure, PLACES)
