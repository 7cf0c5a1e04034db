"""Windows: why they are so, what came of earlier ones, what would move them, and all by month."""

from __future__ import annotations

from domain.frameworks import Grade
from domain.rulebook.forecast.cohorts import Cohort
from domain.rulebook.other_inspections.close_together import HELD_KINDS, HowTold
from domain.rulebook.past.reports import PublicationOutcome
from domain.rulebook.past.windows import WindowOutcome
from domain.rulebook.results import GradedType, Pathway, WindowStatus
from domain.rulebook.what_if.suppose import AREAS_SUPPOSED
from projections.engine.answers import WithoutWindow
from web.openapi.authorities import ANNOUNCED, OVERRIDE, STANDING
from web.openapi.shapes import (
    ANSWERED_AT,
    AS_AT,
    DAY,
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

VALUE: Schema = {"type": ["string", "integer"], "description": "A number, or a day or words as text"}
INPUTS = list_of(thing({"name": text(), "value": VALUE}, {"entry": text("Of the inspection or visit", format="uuid")}))
CONFIDENCE = {"type": "string", "enum": ["read", "measured", "secondary", "inferred"]}
RULE_READ: dict[str, Schema] = {
    "rule": text("Number in the rulebook, for example R-025"),
    "text": text("What it says"),
    "source": text(),
    "url": or_null(text()),
    "confidence": list_of({"type": "string", "enum": [*CONFIDENCE["enum"], "ours"]}),
    "inputs": INPUTS,
}
STEPS = list_of(
    thing(
        RULE_READ
        | {
            "row": or_null(
                thing(
                    {
                        "rule": text(),
                        "in_force_from": or_null(DAY),
                        "in_force_before": or_null(DAY),
                        "compared_with": text("Which day the row's dates are compared with"),
                        "compared_on": or_null(DAY),
                        "numbers": INPUTS,
                        "source": text(),
                        "confidence": CONFIDENCE,
                    }
                )
            ),
            "result": text("What came of the step, a sentence for a person"),
            "inferred": FLAG,
            "from": or_null(DAY),
            "to": or_null(DAY),
        }
    )
)
IN_SHORT: dict[str, Schema] = {"activity": text(), "from": or_null(DAY), "to": or_null(DAY)}
WINDOW = thing(
    {
        "standing": see("Standing"),
        "limits": list_of(text("What an answer for that moment cannot know")),
        "pathway": thing({"why": text(), "caveats": list_of(text()), "inferred": FLAG, "steps": STEPS}),
        "expectations": list_of(thing(IN_SHORT | {"basis": text(), "steps": STEPS})),
        "did_not_apply": list_of(thing(RULE_READ | {"why": text("Why it did not apply, a sentence")})),
        "would_change": list_of(
            thing(
                {"if": text("What is supposed"), "rules": list_of(text())},
                {
                    "words": text("Instead of `then`, where nothing can be computed"),
                    "then": thing(
                        {
                            "pathway": one_of(Pathway),
                            "expected_next": STANDING["properties"]["expected_next"],
                            "inferred": FLAG,
                            "differs": FLAG,
                            "comes": list_of(thing(IN_SHORT)),
                            "goes": list_of(thing(IN_SHORT)),
                            "moves": list_of(thing({"before": thing(IN_SHORT), "after": thing(IN_SHORT)})),
                            "unusual": list_of(text()),
                        }
                    ),
                },
            )
        ),
    }
)

STATED = thing(
    {
        "on": DAY,
        "pathway": one_of(Pathway),
        "type": or_null(one_of(GradedType)),
        "window_from": or_null(DAY),
        "window_to": or_null(DAY),
        "midpoint": or_null(DAY),
        "priority_action_override": or_null(OVERRIDE),
        "inferred": FLAG,
    }
)

EXPLANATION = thing({"text": text(), "rules": list_of(text()), "in_part": FLAG})

PAST_WINDOWS = thing(
    {
        "authority": see("Authority"),
        "windows": list_of(
            thing(
                {
                    "since": DAY,
                    "report": or_null(text("Entry of the governing report; null for a new authority", format="uuid")),
                    "stated": see("Stated"),
                    "first_stated": or_null(see("Stated")),
                    "change": or_null(see("Explanation")),
                    "came": or_null(
                        thing(
                            {
                                "entry": text(format="uuid"),
                                "type": or_null(one_of(GradedType)),
                                "start": or_null(DAY),
                                "end": or_null(DAY),
                                "published": or_null(DAY),
                            }
                        )
                    ),
                    "outcome": one_of(WindowOutcome),
                    "days": WHOLE,
                    "at_least": FLAG,
                    "type_as_expected": or_null(FLAG),
                    "inside_priority_range": or_null(FLAG),
                    "said": text("One sentence for a person"),
                    "explanations": list_of(see("Explanation")),
                    "type_explanation": or_null(see("Explanation")),
                    "publication": or_null(
                        thing(
                            {
                                "outcome": one_of(PublicationOutcome),
                                "expected": or_null(DAY),
                                "late_after": or_null(DAY),
                                "published": or_null(DAY),
                                "working_days": or_null(WHOLE),
                                "held_for_election": or_null(DAY),
                                "said": text("One sentence for a person"),
                                "rules": list_of(text()),
                                "inferred": FLAG,
                            }
                        )
                    ),
                }
            )
        ),
    }
    | ANSWERED_AT
)

SUPPOSED = thing(
    {
        "recorded": FLAG,
        "on": DAY,
        "from_what_was_public_by": DAY,
        "before": see("Standing"),
        "after": see("Standing"),
        "comes": list_of(see("Expectation")),
        "goes": list_of(see("Expectation")),
        "moves": list_of(thing({"before": see("Expectation"), "after": see("Expectation")})),
        "warnings": list_of(thing({"text": text(), "rules": list_of(text())})),
    }
)

COUNTED: dict[str, Schema] = {
    "came": WHOLE,
    "inside": WHOLE,
    "early": WHOLE,
    "late": WHOLE,
    "cannot_be_judged": WHOLE,
    "explained": WHOLE,
    "median_days_early": or_null(WHOLE),
    "median_days_late": or_null(WHOLE),
    "type_as_expected": WHOLE,
    "type_otherwise": WHOLE,
    "overdue": WHOLE,
    "not_known": WHOLE,
}

TALLY = thing(
    {
        "all": thing(COUNTED),
        "by_pathway": list_of(thing({"pathway": one_of(Pathway)} | COUNTED)),
        "by_cohort": list_of(thing({"cohort": one_of(Cohort)} | COUNTED)),
    }
    | ANSWERED_AT
)

URNS = list_of(text("Ofsted's number, of one in windows"))

CLOSE = thing(
    {
        "activity": text(),
        "told": one_of(HowTold),
        "from": DAY,
        "to": DAY,
        "status": or_null(one_of(WindowStatus)),
        "by_publication": FLAG,
    }
)
PLANNER = thing(
    {
        "as_at": DAY,
        "known_at": or_null(INSTANT),
        "region": or_null(text()),
        "pathway": or_null(one_of(Pathway)),
        "called": list_of(thing({"authority": see("Authority"), "pathway": one_of(Pathway)} | ANNOUNCED["properties"])),
        "overdue": URNS,
        "not_known": URNS,
        "open": URNS,
        "months": list_of(
            thing({"month": MONTH, "opening": URNS, "open": URNS, "closing": URNS, "overdue_from": URNS})
        ),
        "opening_later": WHOLE,
        "close_together": list_of(
            thing(
                {
                    "urn": text(),
                    "coming": CLOSE,
                    "beside": CLOSE,
                    "days": WHOLE,
                    "rule": or_null(text("R-050 where six months are an aim, R-079 where no rule forbids it")),
                }
            )
        ),
        "close_together_not_known": WHOLE,
        "held_known_until": thing(
            {kind.value: or_null(DAY) for kind in HELD_KINDS},
        ),
        "without_window": thing({}, {reason.value: WHOLE for reason in WithoutWindow}),
        "windows": list_of(
            thing(
                {
                    "authority": see("Authority"),
                    "pathway": one_of(Pathway),
                    "type": or_null(one_of(GradedType)),
                    "window_from": DAY,
                    "window_to": DAY,
                    "status": one_of(WindowStatus),
                    "months_late": or_null(WHOLE),
                    "known_until": or_null(DAY),
                    "after_priority_action": FLAG,
                }
            )
        ),
        "limits": list_of(text("What an answer for that moment cannot know")),
        "data_horizon": or_null(DAY),
        "position": WHOLE,
    }
)

SUPPOSE: tuple[Schema, ...] = (
    {
        "name": "suppose",
        "in": "query",
        "required": True,
        "schema": text(enum=["visit", "report"]),
        "description": "A focused visit with an area for priority action, or a graded report.",
    },
    {
        "name": "day",
        "in": "query",
        "required": True,
        "schema": DAY,
        "description": "The visit's first day, or the report's publication.",
    },
    {"name": "start", "in": "query", "schema": DAY, "description": "First day on site; of a report only."},
    {"name": "on", "in": "query", "schema": DAY, "description": "The day answered for. Default: the day supposed."},
    *(
        {"name": area.value, "in": "query", "schema": one_of(Grade), "description": "Of a report only."}
        for area in AREAS_SUPPOSED
    ),
)
REGION: Schema = {"name": "region", "in": "query", "schema": text(), "description": "Only authorities of this region."}
PATHWAY: Schema = {"name": "pathway", "in": "query", "schema": one_of(Pathway)}

SCHEMAS = {
    "Window": WINDOW,
    "Stated": STATED,
    "Explanation": EXPLANATION,
    "PastWindows": PAST_WINDOWS,
    "Supposed": SUPPOSED,
    "Tally": TALLY,
    "Planner": PLANNER,
}

PATHS = {
    "/api/authorities/{authority}/window": get(
        "Why one authority stands there, rule by rule", see("Window"), ONE, AS_AT, KNOWN_AT
    ),
    "/api/authorities/{authority}/past-windows": get(
        "One authority's earlier windows and what came of them", see("PastWindows"), ONE, AS_AT, KNOWN_AT
    ),
    "/api/authorities/{authority}/suppose": get(
        "What would change if something happened; nothing is recorded",
        see("Supposed"),
        ONE,
        *SUPPOSE,
        AS_AT,
        KNOWN_AT,
    ),
    "/api/past-windows": get("How often windows came true, of all authorities", see("Tally"), AS_AT, KNOWN_AT),
    "/api/planner": get("Windows by month for two years", see("Planner"), REGION, PATHWAY, AS_AT, KNOWN_AT),
}
