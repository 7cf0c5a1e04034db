"""The OpenAPI document of `/api`; a test holds it equal to the routes and to what they answer."""

from __future__ import annotations

from typing import Any

from domain.activities import Status
from domain.judgements import Area, Grade
from domain.plans import Basis, ChallengeState, Colour, Impact, Progress, Reading, Stage, Track
from domain.rulebook.cohorts import Cohort
from domain.rulebook.past_reports import PublicationOutcome
from domain.rulebook.past_windows import Outcome
from domain.rulebook.plan_clock import Counted
from domain.rulebook.queue import DueBy
from domain.rulebook.standing import GradedType, InterimType, Pathway, WindowStatus
from domain.statements import Kind
from projections.answers import WithoutWindow
from web import openapi_time as time

Schema = dict[str, Any]


def _text(description: str | None = None, **more: Any) -> Schema:
    return {"type": "string", **({"description": description} if description else {}), **more}


def _one_of(values: type[Any]) -> Schema:
    return {"type": "string", "enum": [member.value for member in values]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _thing(required: dict[str, Schema], optional: dict[str, Schema] | None = None, *, closed: bool = True) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": not closed,
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _see(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


DAY = _text(format="date")
INSTANT = _text(format="date-time")
MONTH = _text(pattern=r"^\d{4}-\d{2}$")
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
FIGURE: Schema = {"type": "number"}

AUTHORITY = _thing(
    {
        "urn": _text("Ofsted's number"),
        "name": _text(),
        "la_number": _or_null(_text()),
        "gss_code": _or_null(_text()),
        "region": _or_null(_text()),
    }
)

OVERRIDE = _thing(
    {
        "visit_month": MONTH,
        "type": _one_of(GradedType),
        "expected_from_month": MONTH,
        "expected_to_month": MONTH,
        "also_possible": _text(),
    }
)

EXPECTED = _thing(
    {
        "activity": _text(),
        "basis": _text(),
        "from": _or_null(DAY),
        "to": _or_null(DAY),
        "status": _one_of(WindowStatus),
        "why": _text("One sentence for a person"),
        "rules": _list(_text("Number in the rulebook, for example R-025")),
        "caveats": _list(_text()),
        "inferred": FLAG,
    }
)

STANDING = _thing(
    {
        "authority": _see("Authority"),
        "as_at": DAY,
        "known_at": _or_null(INSTANT),
        "pathway": _one_of(Pathway),
        "governing_inspection_published": _or_null(DAY),
        "inherited_monitoring": FLAG,
        "expected_next": _thing(
            {
                "graded": _thing(
                    {
                        "type": _or_null(_one_of(GradedType)),
                        "window_from": _or_null(DAY),
                        "window_to": _or_null(DAY),
                        "status": _one_of(WindowStatus),
                    },
                    {"midpoint": DAY},
                )
            },
            {
                "action_plan_due": DAY,
                "priority_action_override": OVERRIDE,
                "interim": _thing({"type": _one_of(InterimType)}, {"due": DAY, "nominal_interval_days": WHOLE}),
            },
        ),
        "expectations": _list(_see("Expectation")),
        "judgements": _list(_thing({"area": _one_of(Area), "grade": _one_of(Grade)})),
        "data_horizon": _or_null(DAY),
        "position": WHOLE,
    }
)

VALUE: Schema = {"type": ["string", "integer"], "description": "A number, or a day or words as text"}
INPUTS = _list(_thing({"name": _text(), "value": VALUE}, {"entry": _text("Of the inspection or visit", format="uuid")}))
CONFIDENCE = {"type": "string", "enum": ["read", "measured", "secondary", "inferred"]}
RULE_READ: dict[str, Schema] = {
    "rule": _text("Number in the rulebook, for example R-025"),
    "text": _text("What it says"),
    "source": _text(),
    "url": _or_null(_text()),
    "confidence": _list({"type": "string", "enum": [*CONFIDENCE["enum"], "ours"]}),
    "inputs": INPUTS,
}
STEPS = _list(
    _thing(
        RULE_READ
        | {
            "row": _or_null(
                _thing(
                    {
                        "rule": _text(),
                        "in_force_from": _or_null(DAY),
                        "in_force_before": _or_null(DAY),
                        "compared_with": _text("Which day the row's dates are compared with"),
                        "compared_on": _or_null(DAY),
                        "numbers": INPUTS,
                        "source": _text(),
                        "confidence": CONFIDENCE,
                    }
                )
            ),
            "result": _text("What came of the step, a sentence for a person"),
            "inferred": FLAG,
            "from": _or_null(DAY),
            "to": _or_null(DAY),
        }
    )
)
IN_SHORT: dict[str, Schema] = {"activity": _text(), "from": _or_null(DAY), "to": _or_null(DAY)}
WINDOW = _thing(
    {
        "standing": _see("Standing"),
        "limits": _list(_text("What an answer for that moment cannot know")),
        "pathway": _thing({"why": _text(), "caveats": _list(_text()), "inferred": FLAG, "steps": STEPS}),
        "expectations": _list(_thing(IN_SHORT | {"basis": _text(), "steps": STEPS})),
        "did_not_apply": _list(_thing(RULE_READ | {"why": _text("Why it did not apply, a sentence")})),
        "would_change": _list(
            _thing(
                {"if": _text("What is supposed"), "rules": _list(_text())},
                {
                    "words": _text("Instead of `then`, where nothing can be computed"),
                    "then": _thing(
                        {
                            "pathway": _one_of(Pathway),
                            "expected_next": STANDING["properties"]["expected_next"],
                            "inferred": FLAG,
                            "differs": FLAG,
                            "comes": _list(_thing(IN_SHORT)),
                            "goes": _list(_thing(IN_SHORT)),
                            "moves": _list(_thing({"before": _thing(IN_SHORT), "after": _thing(IN_SHORT)})),
                            "unusual": _list(_text()),
                        }
                    ),
                },
            )
        ),
    }
)

TIMELINE = _thing(
    {
        "authority": _see("Authority"),
        "entries": _list(
            _thing(
                {
                    "type": _one_of(Kind),
                    "sources": _list(_thing({"title": _text()}, {"url": _text()})),
                    "entry": _text(format="uuid"),
                    "recorded_at": INSTANT,
                    "public_on": DAY,
                    "status": _one_of(Status),
                    "position": WHOLE,
                },
                closed=False,
            )
        ),
    }
)

ANSWERED_AT: dict[str, Schema] = {
    "as_at": DAY,
    "known_at": _or_null(INSTANT),
    "limits": _list(_text("What an answer for that moment cannot know")),
    "data_horizon": _or_null(DAY),
    "position": WHOLE,
}

STATED = _thing(
    {
        "on": DAY,
        "pathway": _one_of(Pathway),
        "type": _or_null(_one_of(GradedType)),
        "window_from": _or_null(DAY),
        "window_to": _or_null(DAY),
        "midpoint": _or_null(DAY),
        "priority_action_override": _or_null(OVERRIDE),
        "inferred": FLAG,
    }
)

EXPLANATION = _thing({"text": _text(), "rules": _list(_text()), "in_part": FLAG})

PAST_WINDOWS = _thing(
    {
        "authority": _see("Authority"),
        "windows": _list(
            _thing(
                {
                    "since": DAY,
                    "report": _or_null(_text("Entry of the governing report; null for a new authority", format="uuid")),
                    "stated": _see("Stated"),
                    "first_stated": _or_null(_see("Stated")),
                    "change": _or_null(_see("Explanation")),
                    "came": _or_null(
                        _thing(
                            {
                                "entry": _text(format="uuid"),
                                "type": _or_null(_one_of(GradedType)),
                                "start": _or_null(DAY),
                                "end": _or_null(DAY),
                                "published": _or_null(DAY),
                            }
                        )
                    ),
                    "outcome": _one_of(Outcome),
                    "days": WHOLE,
                    "at_least": FLAG,
                    "type_as_expected": _or_null(FLAG),
                    "inside_priority_range": _or_null(FLAG),
                    "said": _text("One sentence for a person"),
                    "explanations": _list(_see("Explanation")),
                    "type_explanation": _or_null(_see("Explanation")),
                    "publication": _or_null(
                        _thing(
                            {
                                "outcome": _one_of(PublicationOutcome),
                                "expected": _or_null(DAY),
                                "late_after": _or_null(DAY),
                                "published": _or_null(DAY),
                                "working_days": _or_null(WHOLE),
                                "held_for_election": _or_null(DAY),
                                "said": _text("One sentence for a person"),
                                "rules": _list(_text()),
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

SUPPOSED = _thing(
    {
        "recorded": FLAG,
        "on": DAY,
        "from_what_was_public_by": DAY,
        "before": _see("Standing"),
        "after": _see("Standing"),
        "comes": _list(_see("Expectation")),
        "goes": _list(_see("Expectation")),
        "moves": _list(_thing({"before": _see("Expectation"), "after": _see("Expectation")})),
        "warnings": _list(_thing({"text": _text(), "rules": _list(_text())})),
    }
)

COUNTED: dict[str, Schema] = {
    "came": WHOLE,
    "inside": WHOLE,
    "early": WHOLE,
    "late": WHOLE,
    "cannot_be_judged": WHOLE,
    "explained": WHOLE,
    "median_days_early": _or_null(WHOLE),
    "median_days_late": _or_null(WHOLE),
    "type_as_expected": WHOLE,
    "type_otherwise": WHOLE,
    "overdue": WHOLE,
}

TALLY = _thing(
    {
        "all": _thing(COUNTED),
        "by_pathway": _list(_thing({"pathway": _one_of(Pathway)} | COUNTED)),
        "by_cohort": _list(_thing({"cohort": _one_of(Cohort)} | COUNTED)),
    }
    | ANSWERED_AT
)

FINDING = _thing(
    {
        "urn": _text(),
        "authority": _text(),
        "entry": _text(format="uuid"),
        "type": _text(),
        "number": WHOLE,
        "text": _text(),
        "priority_action": FLAG,
        "found_on": DAY,
    }
)

HASH = _text("32 bytes in base64", pattern=r"^[A-Za-z0-9+/]{43}=$")
ID = _text(pattern=r"^[0-9a-f]{32}$")

PROOF = _thing(
    {
        "format": _text("timeline-proof/1; docs/ledger-format.md says how to check it"),
        "origin": _text("The log's name"),
        "seq": WHOLE,
        "position": WHOLE,
        "event": _thing(
            {
                "stream": ID,
                "version": WHOLE,
                "topic": _text(),
                "bytes": _text("The recorded bytes in base64"),
                "recorded_at": INSTANT,
                "command": ID,
            }
        ),
        "leaf": HASH,
        "inclusion": _list(HASH),
        "tree": _thing({"size": WHOLE, "root": HASH}),
        "checkpoint": _or_null(_text("A signed note over that tree; null while none covers the entry")),
    }
)

URNS = _list(_text("Ofsted's number, of one in windows"))

PLANNER = _thing(
    {
        "as_at": DAY,
        "known_at": _or_null(INSTANT),
        "region": _or_null(_text()),
        "pathway": _or_null(_one_of(Pathway)),
        "overdue": URNS,
        "open": URNS,
        "months": _list(_thing({"month": MONTH, "opening": URNS, "open": URNS, "closing": URNS, "overdue_from": URNS})),
        "opening_later": WHOLE,
        "without_window": _thing({}, {reason.value: WHOLE for reason in WithoutWindow}),
        "windows": _list(
            _thing(
                {
                    "authority": _see("Authority"),
                    "pathway": _one_of(Pathway),
                    "type": _or_null(_one_of(GradedType)),
                    "window_from": DAY,
                    "window_to": DAY,
                    "status": _one_of(WindowStatus),
                    "months_late": _or_null(WHOLE),
                    "report_awaited": FLAG,
                    "after_priority_action": FLAG,
                }
            )
        ),
        "limits": _list(_text("What an answer for that moment cannot know")),
        "data_horizon": _or_null(DAY),
        "position": WHOLE,
    }
)

FORECAST = _thing(
    {
        "urn": _text("Ofsted's number"),
        "name": _text(),
        "on": DAY,
        "p_six_months": _or_null(FIGURE),
        "by_month": _list(_thing({"month": MONTH, "p": FIGURE})),
        "median": _or_null(DAY),
        "band": _or_null(_thing({"from": DAY, "to": DAY, "level": FIGURE})),
        "place_in_queue": _or_null(WHOLE),
        "waiting": _or_null(WHOLE),
        "waiting_months": _or_null(WHOLE),
        "waiting_since": _or_null(DAY),
        "pathway": _or_null(_one_of(Pathway)),
        "starts_a_year": _or_null(FIGURE),
        "weights": _or_null(
            _thing(
                {
                    "place": FIGURE,
                    "wait": FIGURE,
                    "inadequate": FIGURE,
                    "requires_improvement": FIGURE,
                    "fitted_to": WHOLE,
                }
            )
        ),
        "basis": _text("What the forecast rests on, or why none is made: then the figures are null"),
        "limits": _list(_text("What must not be read into the answer")),
        "policy_window": _or_null(_thing({"from": DAY, "to": DAY, "by": _one_of(DueBy)})),
        "past_waits": _or_null(
            _thing(
                {
                    "pathway": _or_null(_one_of(Pathway)),
                    "n": WHOLE,
                    "shortest_days": WHOLE,
                    "tenth_days": WHOLE,
                    "median_days": WHOLE,
                    "ninetieth_days": WHOLE,
                    "longest_days": WHOLE,
                }
            )
        ),
        "data_horizon": _or_null(DAY),
        "known_at": _or_null(INSTANT),
        "position": WHOLE,
    },
)

_TOLD = _thing({"n": WHOLE, "came": WHOLE})
_BAND = {
    "n": WHOLE,
    "coverage": _or_null(FIGURE),
    "mean_width_days": _or_null(FIGURE),
    "interval_score": _or_null(FIGURE),
}
_VERDICT = _thing(
    {
        **_BAND,
        "waiting": WHOLE,
        "waiting_after_its_end": WHOLE,
        "ended": _thing(_BAND),
    }
)
_SCORE = {
    "n": WHOLE,
    "happened": _or_null(FIGURE),
    "expected": _or_null(FIGURE),
    "brier": _or_null(FIGURE),
    "brier_base_rate": _or_null(FIGURE),
    "brier_policy_window": _or_null(FIGURE),
    "told_likely": _or_null(_TOLD),
    "told_unlikely": _or_null(_TOLD),
    "calibration": _list(_thing({"from": FIGURE, "to": FIGURE, "n": WHOLE, "forecast": FIGURE, "happened": FIGURE})),
    "band": _or_null(_VERDICT),
    "policy_band": _or_null(_VERDICT),
    "policy_band_days_to_come": _or_null(_VERDICT),
    "past_waits_band": _or_null(_VERDICT),
}
_BY_GROUP: Schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": _thing(_SCORE)}

BACKTEST = _thing(
    {
        **_SCORE,
        "origins": _list(DAY),
        "left_out": _list(DAY),
        "national": FLAG,
        "until": DAY,
        "by_cohort": _BY_GROUP,
        "by_pathway": _BY_GROUP,
        "by_year": _BY_GROUP,
        "by_wait": _BY_GROUP,
        "settled": _or_null(_thing(_SCORE)),
        "data_horizon": _or_null(DAY),
        "known_at": _or_null(INSTANT),
        "position": WHOLE,
    }
)

WORDING = _thing(
    {
        "text": _or_null(_text("Null where it was erased, or its key is not here")),
        "shown": _text("The text, or what stands in its place"),
        "erased": FLAG,
        "subject": _text("What is named to erase it", format="uuid"),
    }
)

PLAN_FINDING = {
    "finding": _text(format="uuid"),
    "entry": _text("The inspection or visit that found it", format="uuid"),
    "priority_action": FLAG,
    "text": _text(),
}

PLAN_ACTION = _thing(
    {
        "action": WHOLE,
        "version": WHOLE,
        "example": FLAG,
        "findings": _list(_text(format="uuid")),
        "what": _see("Wording"),
        "owner": _text("An office"),
        "due_on": DAY,
        "first_due_on": DAY,
        "due_date_moves": WHOLE,
        "days_overdue": WHOLE,
        "progress": _one_of(Progress),
        "confidence": _or_null(_one_of(Track)),
        "impact": _one_of(Impact),
        "reading": _one_of(Reading),
        "label": _text("What the council calls the reading"),
        "colour": _one_of(Colour),
        "previous_reading": _or_null(_one_of(Reading)),
        "since": DAY,
        "measure": _or_null(_see("Wording")),
        "unit": _or_null(_text()),
        "baseline": _or_null(_text()),
        "target": _or_null(_text()),
        "now": _or_null(_text()),
        "reached_per_cent": _or_null(WHOLE),
        "evidence": WHOLE,
        "reopened": WHOLE,
        "narrative": _or_null(_see("Wording")),
        "changed_on": DAY,
        "changed_by": _text(),
    }
)

PLAN = _thing(
    {
        "plan": _text(format="uuid"),
        "authority": _see("Authority"),
        "entry": _text("The report's or letter's entry", format="uuid"),
        "basis": _one_of(Basis),
        "example": {**FLAG, "description": "Made up for a demonstration"},
        "opened_on": DAY,
        "closed_on": _or_null(DAY),
        "published_on": _or_null(DAY),
        "received_on": _or_null(DAY),
        "deadlines": _list(
            _thing(
                {
                    "stage": _one_of(Stage),
                    "due_on": _or_null(DAY),
                    "latest": {**FLAG, "description": "Counted from publication: it may truly be earlier"},
                    "counted": _or_null(_one_of(Counted)),
                    "counted_from": _or_null(DAY),
                    "working_days": _or_null(WHOLE),
                    "submitted_on": _or_null(DAY),
                    "days_left": _or_null(WHOLE),
                    "working_days_left": _or_null(WHOLE),
                    "days_late": _or_null(WHOLE),
                    "said": _text("One sentence for a person"),
                    "rules": _list(_text()),
                }
            )
        ),
        "reply_on": _or_null(DAY),
        "reply_says_it_reflects_the_findings": _or_null(FLAG),
        "headline": _text("How far it is, in words"),
        "counts": _thing(
            dict.fromkeys(
                (
                    "actions",
                    "complete_and_evidenced",
                    "overdue",
                    "longest_overdue_days",
                    "off_track",
                    "at_risk",
                    "evidence_awaited",
                    "acceptance_awaited",
                    "not_started",
                    "left_out",
                    "findings_without_action",
                    "questions_open",
                    "questions_overdue",
                    "due_dates_moved",
                ),
                WHOLE,
            )
        ),
        "findings": _list(
            _thing(PLAN_FINDING | {"actions": _list(WHOLE), "questions": _list(_text(format="uuid")), "gap": FLAG})
        ),
        "actions": _list(PLAN_ACTION),
        "since": _or_null(DAY),
        "moved": _list(_thing({"action": WHOLE, "what": _see("Wording"), "changes": _list(_text())})),
        "questions": _list(
            _thing(
                {
                    "question": _text(format="uuid"),
                    "action": _or_null(WHOLE),
                    "finding": _or_null(_thing(PLAN_FINDING)),
                    "state": _one_of(ChallengeState),
                    "asked": _see("Wording"),
                    "asked_on": DAY,
                    "asked_by": _text(),
                    "answer_by": DAY,
                    "days_overdue": WHOLE,
                    "answer": _or_null(_see("Wording")),
                    "answered_on": _or_null(DAY),
                    "answered_by": _or_null(_text()),
                    "withdrawn_on": _or_null(DAY),
                    "withdrawn_why": _or_null(_see("Wording")),
                }
            )
        ),
        "as_at": DAY,
        "known_at": _or_null(INSTANT),
        "data_horizon": _or_null(DAY),
        "position": WHOLE,
    }
)

PROBLEM = _thing({"type": _text(), "title": _text(), "status": WHOLE, "detail": _text()})

AS_AT: Schema = {
    "name": "as_at",
    "in": "query",
    "schema": DAY,
    "description": "What had happened and was public by this day, as now understood. Default: today.",
}
KNOWN_AT: Schema = {
    "name": "known_at",
    "in": "query",
    "schema": _text(),
    "description": "Only what was recorded by then. A day means its end in London; a date-time carries its zone.",
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
ONE: Schema = {
    "name": "authority",
    "in": "path",
    "required": True,
    "schema": _text(),
    "description": "Ofsted's URN; a GSS code, LA number or any known name redirects there.",
}
SUPPOSE: tuple[Schema, ...] = (
    {
        "name": "suppose",
        "in": "query",
        "required": True,
        "schema": _text(enum=["visit", "report"]),
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
        {"name": area.value, "in": "query", "schema": _one_of(Grade), "description": "Of a report only."}
        for area in (
            Area.OVERALL_EFFECTIVENESS,
            Area.IMPACT_OF_LEADERS,
            Area.HELP_AND_PROTECTION,
            Area.IN_CARE,
            Area.CARE_LEAVERS,
        )
    ),
)
REGION: Schema = {"name": "region", "in": "query", "schema": _text(), "description": "Only authorities of this region."}
PATHWAY: Schema = {"name": "pathway", "in": "query", "schema": _one_of(Pathway)}
ENTRY: Schema = {
    "name": "seq",
    "in": "path",
    "required": True,
    "schema": _text(pattern=r"^[0-9]{1,18}$"),
    "description": "The entry's number in the log, counted from 1.",
}
ONE_PLAN: Schema = {"name": "plan", "in": "path", "required": True, "schema": _text(format="uuid")}
SINCE: Schema = {"name": "since", "in": "query", "schema": DAY, "description": "Also what moved after this day."}
WORDS: Schema = {"name": "q", "in": "query", "schema": _text(maxLength=200), "description": "Each must begin a word."}


def _get(summary: str, answer: Schema, *parameters: Schema, of: str = "application/json") -> Schema:
    responses: dict[str, Schema] = {
        "200": {"description": summary, "content": {of: {"schema": answer}}},
        "default": {
            "description": "Refused, in words: RFC 9457",
            "content": {"application/problem+json": {"schema": _see("Problem")}},
        },
    }
    if ONE in parameters:
        responses["301"] = {"description": "The same under the authority's URN"}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": responses}}


DESCRIPTION: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Inspection timeline",
        "version": "1",
        "description": "The inspection history of England's children's services and what follows from it. Read-only.",
        "license": {"name": "Facts from Ofsted: Open Government Licence v3.0"},
    },
    "paths": {
        "/api/openapi.json": _get("This document", {"type": "object"}),
        "/api/authorities": _get("The standing of every current authority", _list(_see("Standing")), AS_AT, KNOWN_AT),
        "/api/authorities/{authority}": _get("Where one authority stands", _see("Standing"), ONE, AS_AT, KNOWN_AT),
        "/api/authorities/{authority}/window": _get(
            "Why one authority stands there, rule by rule", _see("Window"), ONE, AS_AT, KNOWN_AT
        ),
        "/api/authorities/{authority}/timeline": _get(
            "One authority's history", _see("Timeline"), ONE, AS_AT, KNOWN_AT
        ),
        "/api/authorities/{authority}/findings": _get(
            "What one authority has to improve", _list(_see("Finding")), ONE, AS_AT, KNOWN_AT
        ),
        "/api/authorities/{authority}/forecast": _get(
            "When one authority's next graded inspection is likely", _see("Forecast"), ONE, ON, KNOWN_AT
        ),
        "/api/forecasts": _get("The same of every current authority", _list(_see("Forecast")), ON, KNOWN_AT),
        "/api/forecasts/backtest": _get("How often forecasts came true", _see("Backtest"), FROM, TO, KNOWN_AT),
        "/api/authorities/{authority}/past-windows": _get(
            "One authority's earlier windows and what came of them", _see("PastWindows"), ONE, AS_AT, KNOWN_AT
        ),
        "/api/authorities/{authority}/suppose": _get(
            "What would change if something happened; nothing is recorded",
            _see("Supposed"),
            ONE,
            *SUPPOSE,
            AS_AT,
            KNOWN_AT,
        ),
        "/api/authorities/{authority}/compare": _get(
            "What differs of one authority between two moments",
            _see("Comparison"),
            ONE,
            time.FROM,
            time.TO,
            time.FROM_KNOWN,
            time.TO_KNOWN,
        ),
        "/api/authorities/{authority}/sources": _get(
            "What a reader of each source believed on a day", _see("Sources"), ONE, time.FAMILY, time.BY, KNOWN_AT
        ),
        "/api/past-windows": _get("How often windows came true, of all authorities", _see("Tally"), AS_AT, KNOWN_AT),
        "/api/findings": _get(
            "Findings in whose text every word of q begins a word", _list(_see("Finding")), WORDS, AS_AT, KNOWN_AT
        ),
        "/api/plans/{plan}": _get("One action plan", _see("Plan"), ONE_PLAN, SINCE, AS_AT, KNOWN_AT),
        "/api/planner": _get("Windows by month for two years", _see("Planner"), REGION, PATHWAY, AS_AT, KNOWN_AT),
        "/api/ledger/checkpoint": _get(
            "The log's newest checkpoint: a signed note as C2SP describes it", _text(), of="text/plain"
        ),
        "/api/ledger/entries/{seq}": _get("One entry of the log, and the proof that it is in it", _see("Proof"), ENTRY),
    },
    "components": {
        "schemas": {
            "Authority": AUTHORITY,
            "Standing": STANDING,
            "Window": WINDOW,
            "Timeline": TIMELINE,
            "Expectation": EXPECTED,
            "Supposed": SUPPOSED,
            "Stated": STATED,
            "Explanation": EXPLANATION,
            "PastWindows": PAST_WINDOWS,
            "Tally": TALLY,
            "Finding": FINDING,
            "Forecast": FORECAST,
            "Backtest": BACKTEST,
            "Planner": PLANNER,
            "Proof": PROOF,
            "Plan": PLAN,
            "Wording": WORDING,
            "Problem": PROBLEM,
            **time.SCHEMAS,
        }
    },
}
