"""How often forecasts of the next graded inspection came true: calibration, spans, groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from domain.rulebook.forecast.backtest import (
    WAITED_MONTHS,
    Backtest,
    BandScore,
    BandVerdict,
    CameTrue,
    LeftOut,
    Score,
)
from domain.rulebook.forecast.cohorts import Cohort
from domain.rulebook.forecast.forecast import ForecastOf
from domain.rulebook.forecast.simulation import TOLD_WITHIN_DAYS
from domain.rulebook.results import Pathway
from projections.engine.answers import BacktestAnswer
from web.charts.calibration import calibration_plots
from web.site import reader
from web.site.htmx import page_or_part, part_wanted
from web.words import dates, words

bp = Blueprint("forecasts", __name__)

FIRST_ORIGIN = date(2022, 7, 1)
"""The first quarter shown unless another is asked for: two years of starts had been seen again by then."""

COHORTS: Mapping[str, str] = {
    Cohort.BEFORE.value: "Last report before 17 March 2020",
    Cohort.DURING.value: "17 March 2020 to 27 June 2021",
    Cohort.AFTER.value: "Last report after 27 June 2021",
}
LEFT_OUT: Mapping[tuple[ForecastOf, LeftOut], str] = {
    (ForecastOf.GRADED_INSPECTION, LeftOut.BEFORE_THE_FRAMEWORK): "Left out, because nothing is forecast before 2018:",
    (ForecastOf.GRADED_INSPECTION, LeftOut.NOT_OVER): "Left out, because their six months are not over:",
    (ForecastOf.FOCUSED_VISIT, LeftOut.BEFORE_THE_FRAMEWORK): "Left out, because nothing is forecast before 2018:",
    (ForecastOf.FOCUSED_VISIT, LeftOut.NOT_OVER): (
        "Left out, because no authority’s visits are known to the end of their six months:"
    ),
}
WAYS = (
    "This forecast",
    "The policy window",
    "The policy window, days still to come",
    "Shortest to longest wait so far",
)
WAITS: Mapping[str, str] = {
    **{
        f"under_{months}_months": f"Waited {f'{before} to ' if before else 'under '}{months} months"
        for before, months in pairwise((0, *WAITED_MONTHS))
    },
    f"{WAITED_MONTHS[-1]}_months_or_more": f"Waited {WAITED_MONTHS[-1]} months or more",
}


FEW = 300
"""Fewer forecasts than about two quarters of all authorities have are too few to judge a method by; our own line."""


@dataclass(frozen=True)
class GroupRow:
    """How one group of forecasts did."""

    name: str
    n: int
    said: str
    came: str
    likely: str
    unlikely: str
    brier: str
    base: str
    policy: str


@dataclass(frozen=True)
class BandRow:
    """How one way of giving a span did in one group; `ended` is the count that outcomes cannot choose."""

    group: str
    way: str
    n: int
    inside: str
    width: str
    score: str
    waiting: str
    ended: str


@dataclass(frozen=True)
class Quarters:
    """The quarters that an address asks to see: as typed, the days meant, and the address itself."""

    typed: Mapping[str, str]
    first: date
    last: date
    address: str


def quarters_asked(asked: reader.Asked, endpoint: str) -> Quarters:
    """Those from July 2022 to the day asked, unless the address says otherwise. Raises RuleBroken in words."""
    typed = {name: text for name in ("from", "to") if (text := request.args.get(name, "").strip())}
    first = dates.as_day(typed["from"], "“from”") if "from" in typed else FIRST_ORIGIN
    last = dates.as_day(typed["to"], "“to”") if "to" in typed else max(first, asked.as_at)
    dates.must_run_forwards(first, last)
    more: dict[str, Any] = {**typed, **asked.address}
    return Quarters(typed, first, last, url_for(endpoint, **more))


@bp.get("/coming-up/forecasts")
def show() -> Response:
    """How forecasts from the first day of each quarter did, from July 2022 or the quarters asked for."""
    asked = reader.asked()
    wanted = quarters_asked(asked, ".show")
    if not part_wanted() and any(not value for value in request.args.values()):
        return redirect(wanted.address, 303)
    answer = reader.backtest(wanted.first, wanted.last, asked)
    return page_or_part(
        "outlook/forecasts/page.html",
        "outlook/forecasts/_results.html",
        push_url=None if reader.shown_already(wanted.address) else wanted.address,
        asked=asked,
        moment=answer.moment,
        typed=wanted.typed,
        **results(answer),
    )


def results(answer: BacktestAnswer) -> dict[str, Any]:
    """What the page's results show, whole or as a part."""
    found = answer.backtest
    total = found.total
    return {
        "total": total,
        "origins": tuple(words.day(day) for day in found.origins),
        "left_out": left_out(found.left_out),
        "national": found.national,
        "until": words.day(found.until) if found.origins else "",
        "quotes": tuple(_quotes(answer)),
        "verdict": verdict(total) if total else "",
        "settled": _settled(found),
        "plots": calibration_plots(total.calibration) if total else (),
        "inside": inside(total.band) if total else "",
        "bins": total.calibration if total else (),
        "bands": [
            *(_bands("All", total) if total else ()),
            *(
                row
                for name, label in COHORTS.items()
                if name in found.by_cohort
                for row in _bands(label, found.by_cohort[name])
            ),
        ],
        "groups": [
            *(_group(words.PATHWAYS[Pathway(name)], score) for name, score in found.by_pathway.items()),
            *(_group(f"Forecast in {name}", score) for name, score in found.by_year.items()),
            *(_group(label, found.by_wait[name]) for name, label in WAITS.items() if name in found.by_wait),
        ],
    }


def left_out(
    days: Sequence[tuple[date, LeftOut]], activity: ForecastOf = ForecastOf.GRADED_INSPECTION
) -> tuple[str, ...]:
    """Which quarters are left out and why: a sentence for each reason."""
    return tuple(
        f"{LEFT_OUT[activity, why]} {', '.join(told)}."
        for why in LeftOut
        if (told := [words.day(day) for day, reason in days if reason is why])
    )


def verdict(score: Score) -> str:
    """In a sentence, whether forecasts came nearer to what happened than knowing the share alone, or the window."""
    share = f"than saying “{score.happened:.0%}” each time, the share that came true"
    better, than_window = score.brier < score.brier_base_rate, score.brier < score.brier_policy_window
    if better:
        found = f"These forecasts were nearer to what happened {share}"
        found += ", and than the policy window alone." if than_window else ", but not than the policy window alone."
    else:
        found = f"Do not rely on these forecasts: they were no nearer to what happened {share}"
        found += (
            ", though nearer than the policy window alone." if than_window else ", nor than the policy window alone."
        )
    return found + (f" {score.n:,} forecasts are few to judge by." if score.n < FEW else "")


def inside(band: BandVerdict) -> str:
    """`In 1,407 earlier forecasts the inspection began inside the bar of 8 chances in 10 81 times in 100.`"""
    known = band.of_starts
    if known is None:
        return ""
    return (
        f"In {words.count(known.n, 'earlier forecast')} of inspections that have come, the day fell inside the bar "
        f"(8 chances in 10) {round(100 * known.coverage)} times in 100."
    )


def _group(name: str, score: Score) -> GroupRow:
    return GroupRow(
        name=name,
        n=score.n,
        said=f"{score.expected:.1%}",
        came=f"{score.happened:.1%}",
        likely=told(score.likely),
        unlikely=told(score.unlikely),
        brier=f"{score.brier:.3f}",
        base=f"{score.brier_base_rate:.3f}",
        policy=f"{score.brier_policy_window:.3f}",
    )


def told(found: CameTrue) -> str:
    """How many of those told came: `12 of 40`."""
    return f"{found.came:,} of {found.n:,}" if found.n else "none said"


def _quotes(answer: BacktestAnswer) -> Iterator[str]:
    """Sentences for a paper: what came of likely and of unlikely forecasts, by pathway, with where it is from."""
    found = answer.backtest
    if not found.origins or not found.total:
        return
    between = f"between {words.day(found.origins[0])} and {words.day(found.origins[-1])}"
    for name, score in (("", found.total), *found.by_pathway.items()):
        if not score.likely.n or not score.unlikely.n:
            continue
        whose = f"authorities on the pathway “{words.PATHWAYS[Pathway(name)].lower()}”" if name else "all authorities"
        yield (
            f"Of forecasts for {whose}, made as of quarters {between}, an inspection within six months came in "
            f"{told(score.likely)} where it was called at least as likely as not, and in {told(score.unlikely)} "
            "where it was given less than one chance in ten."
        )


def _settled(found: Backtest) -> str:
    """How forecasts did whose six months ended so long ago that nearly every report on them is public."""
    if found.settled is None or found.total is None or found.settled.n == found.total.n:
        return ""
    return (
        f"Reports come some {TOLD_WITHIN_DAYS} days after inspectors do, so of the last six months asked for some "
        f"starts are not public yet and count as not having come. Without those days: {found.settled.n:,} forecasts, "
        f"{found.settled.happened:.1%} came, Brier score {found.settled.brier:.3f}."
    )


def _bands(group: str, score: Score) -> list[BandRow]:
    verdicts = (score.band, score.policy_band, score.policy_left_band, score.waits_band)
    return [_band(group, way, verdict) for way, verdict in zip(WAYS, verdicts, strict=True)]


def _band(group: str, way: str, verdict: BandVerdict) -> BandRow:
    known = verdict.of_starts
    return BandRow(
        group=group,
        way=way,
        n=known.n if known else 0,
        inside=f"{known.coverage:.0%}" if known else "",
        width=f"{known.mean_width_days:,.0f} days" if known else "",
        score=f"{known.interval_score:,.0f}" if known else "",
        waiting=f"{verdict.waiting:,}, of which {verdict.overrun:,} after its end",
        ended=_ended(verdict.ended),
    )


def _ended(score: BandScore | None) -> str:
    return f"{score.coverage:.0%} of {score.n:,}, score {score.interval_score:,.0f}" if score else "none has ended"
