"""Forecasts and how they did, as JSON: one shape for the command line and for HTTP, described in `web/openapi/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.rulebook.forecast.backtest import BandScore, BandVerdict, Score
from domain.rulebook.forecast.forecast import BAND_LEVEL
from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.forecast.queue import DueBy
from domain.rulebook.forecast.waiting_times import PastWaits
from projections.engine.answers import BacktestAnswer, Moment
from web.documents.authorities import Document
from web.words.words import months_between

PLACES = 6
"""Digits after the point: more would tell nothing, and equal answers stay equal bytes."""


def outlook_document(outlook: Outlook, moment: Moment) -> Document:
    """One authority's forecast; where none is made, the figures are null and `basis` says why."""
    forecast = outlook.forecast
    document: Document = {
        "urn": outlook.authority.urn,
        "name": outlook.authority.name,
        "on": outlook.on.isoformat(),
        "p_six_months": None,
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
        "data_horizon": _day(moment.data_horizon),
        "known_at": None if moment.known_at is None else moment.known_at.isoformat(),
        "position": moment.position,
    }
    if forecast is not None:
        document |= {
            "p_six_months": _rounded(forecast.p_six_months),
            "by_month": [{"month": share.month, "p": _rounded(share.p)} for share in forecast.by_month],
            "median": forecast.median.isoformat(),
            "band": {
                "from": forecast.band_from.isoformat(),
                "to": forecast.band_to.isoformat(),
                "level": BAND_LEVEL,
            },
            "waiting_months": months_between(forecast.since, outlook.on),
            "waiting_since": forecast.since.isoformat(),
            "pathway": forecast.pathway.value,
        }
    if forecast is not None and (queue := forecast.queue) is not None:
        document |= {
            "place_in_queue": queue.place,
            "waiting": queue.waiting,
            "starts_a_year": _rounded(queue.starts_a_year),
            "weights": {
                "place": _rounded(queue.weights.place),
                "wait": _rounded(queue.weights.wait),
                "inadequate": _rounded(queue.weights.inadequate),
                "requires_improvement": _rounded(queue.weights.improvement),
                "fitted_to": queue.weights.seen,
            },
        }
    return document


def backtest_document(answer: BacktestAnswer) -> Document:
    """How forecasts did, in all and by group; the figures are null where nothing was forecast."""
    found = answer.backtest
    document: Document = {
        "origins": [day.isoformat() for day in found.origins],
        "left_out": [day.isoformat() for day, _ in found.left_out],
        "national": found.national,
        "until": found.until.isoformat(),
        "by_cohort": _groups(found.by_cohort),
        "by_pathway": _groups(found.by_pathway),
        "by_year": _groups(found.by_year),
        "by_wait": _groups(found.by_wait),
        "settled": _score(found.settled) if found.settled else None,
        "data_horizon": _day(answer.moment.data_horizon),
        "known_at": None if answer.moment.known_at is None else answer.moment.known_at.isoformat(),
        "position": answer.moment.position,
    }
    return document | (_score(found.total) if found.total else _NOTHING)


_NOTHING: Document = {
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
        "happened": _rounded(score.happened),
        "expected": _rounded(score.expected),
        "brier": _rounded(score.brier),
        "brier_base_rate": _rounded(score.brier_base_rate),
        "brier_policy_window": _rounded(score.brier_policy_window),
        "told_likely": {"n": score.likely.n, "came": score.likely.came},
        "told_unlikely": {"n": score.unlikely.n, "came": score.unlikely.came},
        "calibration": [
            {
                "from": one.low,
                "to": one.high,
                "n": one.n,
                "forecast": _rounded(one.forecast),
                "happened": _rounded(one.happened),
            }
            for one in score.calibration
        ],
        "band": _verdict(score.band),
        "policy_band": _verdict(score.policy_band),
        "policy_band_days_to_come": _verdict(score.policy_left_band),
        "past_waits_band": _verdict(score.waits_band),
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
        "coverage": _rounded(score.coverage),
        "mean_width_days": _rounded(score.mean_width_days),
        "interval_score": _rounded(score.interval_score),
    }


def _policy(outlook: Outlook) -> Document | None:
    """The days that the rules state; none where the usual window only stands in for them."""
    if outlook.by is None or outlook.by in (DueBy.STAND_IN, DueBy.NOT_SAID):
        return None
    return {"from": _day(outlook.opens), "to": _day(outlook.due), "by": outlook.by.value}


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


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _rounded(figure: float) -> float:
    return round(figure, PLACES)
