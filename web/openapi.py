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
ENTRY: Schema = {
    "name": "seq",
    "in": "path",
    "required": True,
    "schema": _text(pattern=r"^[0-9]{1,18}$"),
    "description": "The entry's number in the log, counted from 1.",
}
WORDS: Schema = {"name": "q", "in": "query", "schema": _text(maxLength=200), "description": "Words to look for."}


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
        "/api/authorities/{authority}/timeline": _get(
            "One authority's history", _see("Timeline"), ONE, AS_AT, KNOWN_AT
        ),
        "/api/authorities/{authority}/findings": _get(
            "What one authority has to improve", _list(_see("Finding")), ONE, AS_AT, KNOWN_AT
        ),
        "/api/findings": _get(
            "Findings whose text holds all words of q", _list(_see("Finding")), WORDS, AS_AT, KNOWN_AT
        ),
        "/api/ledger/checkpoint": _get(
            "The log's newest checkpoint: a signed note as C2SP describes it", _text(), of="text/plain"
        ),
        "/api/ledger/entries/{seq}": _get("One entry of the log, and the proof that it is in it", _see("Proof"), ENTRY),
    },
    "components": {
        "schemas": {
            "Authority": AUTHORITY,
            "Standing": STANDING,
            "Timeline": TIMELINE,
            "Finding": FINDING,
            "Proof": PROOF,
            "Problem": PROBLEM,
        }
    },
}
