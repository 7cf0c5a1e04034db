"""Forecasts, and how often they came true."""

from __future__ import annotations

from domain.rulebook.forecast.forecast import ForecastOf
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

GRADED, VISIT = (one.value for one in (ForecastOf.GRADED_INSPECTION, ForecastOf.FOCUSED_VISIT))

FORECAST = thing(
    {
        "activity": text("What is forecast", enum=[GRADED]),
        "urn": text("Ofsted's number"),
        "name": text(),
        "on": DAY,
        "p_six_months": or_null(FIGURE),
        "p_already_come": or_null(FIGURE),
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
    {"ends_on": DAY},
)

NULL: Schema = {"type": "null"}

VISIT_FORECAST = thing(
    {
        "activity": text("What is forecast", enum=[VISIT]),
        "urn": text("Ofsted's number"),
        "name": text(),
        "on": DAY,
        "p_six_months": or_null(FIGURE),
        "p_already_come": or_null(FIGURE),
        **dict.fromkeys(("by_month", "median", "band", "place_in_queue", "waiting", "starts_a_year"), NULL),
        "waiting_months": or_null(WHOLE),
        "waiting_since": or_null(DAY),
        "pathway": or_null(one_of(Pathway)),
        "weights": or_null(
            thing(
                {
                    "level": FIGURE,
                    "good_and_none": FIGURE,
                    "requires_improvement_and_none": FIGURE,
                    "requires_improvement_and_one": FIGURE,
                    "report_under_six_months": FIGURE,
                    "visit_or_jtai_under_six_months": FIGURE,
                    "p_graded_six_months": FIGURE,
                    "fitted_to": WHOLE,
                }
            )
        ),
        "basis": text("What the forecast rests on, or why none is made: then the figures are null"),
        "limits": list_of(text("What must not be read into the answer")),
        **dict.fromkeys(("policy_window", "past_waits"), NULL),
        "known_until": or_null(DAY),
        "visits_or_jtais_since": or_null(WHOLE),
        "last_visit_or_jtai": or_null(DAY),
        "p_graded_six_months": or_null(FIGURE),
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
        "activity": text("What was forecast", enum=[GRADED]),
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

VISIT_BACKTEST = thing(
    {
        "activity": text("What was forecast", enum=[VISIT]),
        **SCORE,
        "origins": list_of(DAY),
        "left_out": list_of(DAY),
        "national": NULL,
        "until": or_null(DAY),
        "by_cohort": BY_GROUP,
        "by_pathway": BY_GROUP,
        "by_year": BY_GROUP,
        "by_visits_or_jtais_since": BY_GROUP,
        "settled": or_null(thing(SCORE)),
        "data_horizon": or_null(DAY),
        "known_at": or_null(INSTANT),
        "position": WHOLE,
    }
)

ACTIVITY: Schema = {
    "name": "activity",
    "in": "query",
    "schema": {"type": "string", "enum": [GRADED, VISIT]},
    "description": f"What is forecast. Default: {GRADED}.",
}
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
    "VisitForecast": VISIT_FORECAST,
    "Backtest": BACKTEST,
    "VisitBacktest": VISIT_BACKTEST,
}
EITHER: Schema = {"anyOf": [see("Forecast"), see("VisitForecast")]}

PATHS = {
    "/api/authorities/{authority}/forecast": get(
        "When one authority's next graded inspection, or focused visit, is likely", EITHER, ONE, ACTIVITY, ON, KNOWN_AT
    ),
    "/api/forecasts": get("The same of every current authority", list_of(EITHER), ACTIVITY, ON, KNOWN_AT),
    "/api/forecasts/backtest": get(
        "How often forecasts came true",
        {"anyOf": [see("Backtest"), see("VisitBacktest")]},
        ACTIVITY,
        FROM,
        TO,
        KNOWN_AT,
    ),
}
