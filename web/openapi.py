"""The OpenAPI document of `/api`; a test holds it equal to the routes and to what they answer."""

from __future__ import annotations

from typing import Any

from domain.activities import Status
from domain.judgements import Area, Grade
from domain.rulebook.standing import GradedType, InterimType, Pathway, WindowStatus
from domain.statements import Kind

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

AUTHORITY = _thing(
    {
        "urn": _text("Ofsted's number"),
        "name": _text(),
        "la_number": _or_null(_text()),
        "gss_code": _or_null(_text()),
        "region": _or_null(_text()),
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
                "priority_action_override": _thing(
                    {
                        "visit_month": MONTH,
                        "type": _one_of(GradedType),
                        "expected_from_month": MONTH,
                        "expected_to_month": MONTH,
                        "also_possible": _text(),
                    }
                ),
                "interim": _thing({"type": _one_of(InterimType)}, {"due": DAY, "nominal_interval_days": WHOLE}),
            },
        ),
        "expectations": _list(
            _thing(
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
        ),
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
EXPECTED: dict[str, Schema] = {"activity": _text(), "from": _or_null(DAY), "to": _or_null(DAY)}
WINDOW = _thing(
    {
        "standing": _see("Standing"),
        "limits": _list(_text("What an answer for that moment cannot know")),
        "pathway": _thing({"why": _text(), "caveats": _list(_text()), "inferred": FLAG, "steps": STEPS}),
        "expectations": _list(_thing(EXPECTED | {"basis": _text(), "steps": STEPS})),
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
                            "comes": _list(_thing(EXPECTED)),
                            "goes": _list(_thing(EXPECTED)),
                            "moves": _list(_thing({"before": _thing(EXPECTED), "after": _thing(EXPECTED)})),
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
ONE: Schema = {
    "name": "authority",
    "in": "path",
    "required": True,
    "schema": _text(),
    "description": "Ofsted's URN; a GSS code, LA number or any known name redirects there.",
}
WORDS: Schema = {"name": "q", "in": "query", "schema": _text(maxLength=200), "description": "Words to look for."}


def _get(summary: str, answer: Schema, *parameters: Schema) -> Schema:
    responses: dict[str, Schema] = {
        "200": {"description": summary, "content": {"application/json": {"schema": answer}}},
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
        "/api/findings": _get(
            "Findings whose text holds all words of q", _list(_see("Finding")), WORDS, AS_AT, KNOWN_AT
        ),
    },
    "components": {
        "schemas": {
            "Authority": AUTHORITY,
            "Standing": STANDING,
            "Window": WINDOW,
            "Timeline": TIMELINE,
            "Finding": FINDING,
            "Problem": PROBLEM,
        }
    },
}
