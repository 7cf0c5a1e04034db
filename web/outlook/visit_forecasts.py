"""How often forecasts of focused visits came true: calibration and groups."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from domain.rulebook.forecast.forecast import ForecastOf
from domain.rulebook.forecast.visit_backtest import MANY, VisitBacktest, VisitScore
from domain.rulebook.forecast.visits import LETTER_WITHIN_DAYS
from domain.rulebook.results import Pathway
from projections.engine.answers import VisitBacktestAnswer
from web.charts.calibration import calibration_plots
from web.outlook.forecasts import FEW, GroupRow, left_out, quarters_asked, told
from web.site import reader
from web.site.htmx import page_or_part, part_wanted
from web.words import words

bp = Blueprint("visit_forecasts", __name__)

EPISODES = {
    "0": "No visit or joint inspection since the report",
    "1": "One since the report",
    str(MANY): "Two or more since the report",
}


@bp.get("/coming-up/forecasts/visits")
def show() -> Response:
    """How forecasts from the first day of each quarter did, from July 2022 or the quarters asked for."""
    asked = reader.asked()
    wanted = quarters_asked(asked, ".show")
    if not part_wanted() and any(not value for value in request.args.values()):
        return redirect(wanted.address, 303)
    answer = reader.visit_backtest(wanted.first, wanted.last, asked)
    return page_or_part(
        "outlook/forecasts/visits.html",
        "outlook/forecasts/_visit_results.html",
        push_url=None if reader.shown_already(wanted.address) else wanted.address,
        asked=asked,
        moment=answer.moment,
        typed=wanted.typed,
        **results(answer),
    )


def results(answer: VisitBacktestAnswer) -> dict[str, Any]:
    """What the page's results show, whole or as a part."""
    found = answer.backtest
    total = found.total
    return {
        "total": total,
        "origins": tuple(words.day(day) for day in found.origins),
        "left_out": left_out(found.left_out, ForecastOf.FOCUSED_VISIT),
        "until": words.day(found.until) if found.until is not None else "",
        "verdict": verdict(total) if total else "",
        "settled": _settled(found),
        "plots": calibration_plots(total.calibration) if total else (),
        "bins": total.calibration if total else (),
        "groups": [
            *(_group(words.PATHWAYS[Pathway(name)], score) for name, score in found.by_pathway.items()),
            *(_group(f"Forecast in {name}", score) for name, score in found.by_year.items()),
            *(_group(EPISODES[name], score) for name, score in found.by_episodes.items()),
        ],
    }


def verdict(score: VisitScore) -> str:
    """In a sentence, whether forecasts came nearer to what happened than knowing the share alone."""
    share = f"to what happened than saying “{score.happened:.0%}” each time, the share that came true."
    found = (
        f"These forecasts were nearer {share}"
        if score.brier < score.brier_base_rate
        else f"Do not rely on these forecasts: they were no nearer {share}"
    )
    return found + (f" {score.n:,} forecasts are few to judge by." if score.n < FEW else "")


def _settled(found: VisitBacktest) -> str:
    """How forecasts did whose six months ended so long before the last day known that letters had come."""
    if found.settled is None or found.total is None or found.settled.n == found.total.n:
        return ""
    return (
        f"Letters come up to {LETTER_WITHIN_DAYS} days after a visit, so of the last six months asked for some visits "
        f"are not known yet and count as not having come. Without those: {found.settled.n:,} forecasts, "
        f"{found.settled.happened:.1%} came, Brier score {found.settled.brier:.3f}."
    )


def _group(name: str, score: VisitScore) -> GroupRow:
    return GroupRow(
        name=name,
        n=score.n,
        said=f"{score.expected:.1%}",
        came=f"{score.happened:.1%}",
        likely=told(score.likely),
        unlikely=told(score.unlikely),
        brier=f"{score.brier:.3f}",
        base=f"{score.brier_base_rate:.3f}",
        policy="",
    )
