"""Forecasts of focused visits and how they did, as JSON: the keys of those of graded inspections, and some more."""

from __future__ import annotations

from collections.abc import Mapping

from domain.rulebook.forecast.forecast import ForecastOf
from domain.rulebook.forecast.visit_backtest import VisitScore
from domain.rulebook.forecast.visit_model import VisitWeights
from domain.rulebook.forecast.visit_outlook import VisitOutlook
from projections.engine.answers import Moment, VisitBacktestAnswer
from web.documents.authorities import Document, day_or_none
from web.documents.forecasts import (
    NOTHING,
    bin_document,
    moment_document,
    rounded,
    told_document,
)
from web.words.words import months_between

ACTIVITY = ForecastOf.FOCUSED_VISIT.value


def visit_outlook_document(outlook: VisitOutlook, moment: Moment) -> Document:
    """One authority's forecast; where none is made, the figures are null and `basis` says why.

    What is worked out for graded inspections only, such as months and a place in the queue, is null."""
    forecast = outlook.forecast
    return {
        "activity": ACTIVITY,
        "urn": outlook.authority.urn,
        "name": outlook.authority.name,
        "on": outlook.on.isoformat(),
        "p_six_months": rounded(forecast.p_six_months) if forecast else None,
        "p_already_come": None,
        "by_month": None,
        "median": None,
        "band": None,
        "place_in_queue": None,
        "waiting": None,
        "waiting_months": months_between(forecast.since, outlook.on) if forecast else None,
        "waiting_since": forecast.since.isoformat() if forecast else None,
        "pathway": forecast.pathway.value if forecast else None,
        "starts_a_year": None,
        "weights": _weights(forecast.weights) if forecast and forecast.weights else None,
        "basis": outlook.basis,
        "limits": list(outlook.limits),
        "policy_window": None,
        "past_waits": None,
        "known_until": day_or_none(outlook.known_until),
        "visits_or_jtais_since": forecast.episodes if forecast else None,
        "last_visit_or_jtai": day_or_none(forecast.last_episode) if forecast else None,
        "p_graded_six_months": rounded(forecast.graded) if forecast and forecast.graded is not None else None,
        **moment_document(moment),
    }


def visit_backtest_document(answer: VisitBacktestAnswer) -> Document:
    """How forecasts did, in all and by group; the figures are null where nothing was forecast."""
    found = answer.backtest
    document: Document = {
        "activity": ACTIVITY,
        "origins": [day.isoformat() for day in found.origins],
        "left_out": [day.isoformat() for day, _ in found.left_out],
        "national": None,
        "until": day_or_none(found.until),
        "by_cohort": _groups(found.by_cohort),
        "by_pathway": _groups(found.by_pathway),
        "by_year": _groups(found.by_year),
        "by_visits_or_jtais_since": _groups(found.by_episodes),
        "settled": _score(found.settled) if found.settled else None,
        **moment_document(answer.moment),
    }
    return document | (_score(found.total) if found.total else NOTHING)


def _weights(weights: VisitWeights) -> Document:
    return {
        "level": rounded(weights.level),
        "good_and_none": rounded(weights.good_and_none),
        "requires_improvement_and_none": rounded(weights.improvement_and_none),
        "requires_improvement_and_one": rounded(weights.improvement_and_one),
        "report_under_six_months": rounded(weights.report_fresh),
        "visit_or_jtai_under_six_months": rounded(weights.episode_fresh),
        "p_graded_six_months": rounded(weights.graded),
        "fitted_to": weights.seen,
    }


def _groups(groups: Mapping[str, VisitScore]) -> Document:
    return {name: _score(score) for name, score in groups.items()}


def _score(score: VisitScore) -> Document:
    return NOTHING | {
        "n": score.n,
        "happened": rounded(score.happened),
        "expected": rounded(score.expected),
        "brier": rounded(score.brier),
        "brier_base_rate": rounded(score.brier_base_rate),
        "told_likely": told_document(score.likely),
        "told_unlikely": told_document(score.unlikely),
        "calibration": [bin_document(one) for one in score.calibration],
    }
