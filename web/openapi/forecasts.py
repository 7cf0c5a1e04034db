"""Forecasts, and how often they came true."""

from __future__ import annotations

from domain.rulebook.forecast.queue import DueBy
from domain.rulebook.results import Pathway
from web.openapi.shapes import (
    DAY,
    FIGURE,
    FLAG,
    INSTANT,
    KNOWN_AT,
    MONTH,
    ONE,
    WHOLE,
    Schema,
    get,
    list_of,
    one_of,
    or_null,
    see,
    text,
    thing,
)

FORECAST = thing(
    {
        "urn": text("Ofsted's number"),
        "name": text(),
        "on": DAY,
        "p_six_months": or_null(FIGURE),
        "by_month": list_of(thing({"month": MONTH, "p": FIGURE})),
        "median": or_null(DAY),
        "band": or_null(thing({"from": DAY, "to": DAY, "level": FIGURE})),
        "place_in_queue": or_null(WHOLE),
        "waiting": or_null(WHOLE),
        "waiting_months": or_null(WHOLE),
        "waiting_since": or_null(DAY),
        "pathway": or_null(one_of(Pathway)),
        "starts_a_year": or_null(FIGURE),
        "weights": or_null(
            thing(
                {
                    "place": FIGURE,
                    "wait": FIGURE,
                    "inadequate": FIGURE,
                    "requires_improvement": FIGURE,
                    "fitted_to": WHOLE,
                }
            )
        ),
        "basis": text("What the forecast rests on, or why none is made: then the figures are null"),
        "limits": list_of(text("What must not be read into the answer")),
        "policy_window": or_null(thing({"from": DAY, "to": DAY, "by": one_of(DueBy)})),
        "past_waits": or_null(
            thing(
                {
                    "pathway": or_null(one_of(Pathway)),
                    "n": WHOLE,
                    "shortest_days": WHOLE,
                    "tenth_days": WHOLE,
                    "median_days": WHOLE,
                    "ninetieth_days": WHOLE,
                    "longest_days": WHOLE,
                }
            )
        ),
        "data_horizon": or_null(DAY),
        "known_at": or_null(INSTANT),
        "position": WHOLE,
    },
)

TOLD = thing({"n": WHOLE, "came": WHOLE})
BAND = {
    "n": WHOLE,
    "coverage": or_null(FIGURE),
    "mean_width_days": or_null(FIGURE),
    "interval_score": or_null(FIGURE),
}
VERDICT = thing(
    {
        **BAND,
        "waiting": WHOLE,
        "waiting_after_its_end": WHOLE,
        "ended": thing(BAND),
    }
)
SCORE = {
    "n": WHOLE,
    "happened": or_null(FIGURE),
    "expected": or_null(FIGURE),
    "brier": or_null(FIGURE),
    "brier_base_rate": or_null(FIGURE),
    "brier_policy_window": or_null(FIGURE),
    "told_likely": or_null(TOLD),
    "told_unlikely": or_null(TOLD),
    "calibration": list_of(thing({"from": FIGURE, "to": FIGURE, "n": WHOLE, "forecast": FIGURE, "happened": FIGURE})),
    "band": or_null(VERDICT),
    "policy_band": or_null(VERDICT),
    "policy_band_days_to_come": or_null(VERDICT),
    "past_waits_band": or_null(VERDICT),
}
BY_GROUP: Schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": thing(SCORE)}

BACKTEST = thing(
    {
        **SCORE,
        "origins": list_of(DAY),
        "left_out": list_of(DAY),
        "national": FLAG,
        "until": DAY,
        "by_cohort": BY_GROUP,
        "by_pathway": BY_GROUP,
        "by_year": BY_GROUP,
        "by_wait": BY_GROUP,
        "settled": or_null(thing(SCORE)),
        "data_horizon": or_null(DAY),
        "known_at": or_null(INSTANT),
        "position": WHOLE,
    }
)

ON: Schema = {
    "name": "on",
    "in": "query",
    "schema": DAY,
    "description": "Forecast from what was public the day before. Default: today.",
}
FROM: Schema = {
    "name": "from",
    "in": "query",
    "schema": DAY,
    "description": "The first quarter's first day, or any day before it. Default: 2022-07-01.",
}
TO: Schema = {
    "name": "to",
    "in": "query",
    "schema": DAY,
    "description": "The last quarter's first day, or any day after it. Default: today.",
}

SCHEMAS = {
    "Forecast": FORECAST,
    "Backtest": BACKTEST,
}

PATHS = {
    "/api/authorities/{authority}/forecast": get(
        "When one authority's next graded inspection is likely", see("Forecast"), ONE, ON, KNOWN_AT
    ),
    "/api/forecasts": get("The same of every current authority", list_of(see("Forecast")), ON, KNOWN_AT),
    "/api/forecasts/backtest": get("How often forecasts came true", see("Backtest"), FROM, TO, KNOWN_AT),
}
