"""What every area of the description is made of: shapes of values, common parameters, an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]


def text(description: str | None = None, **more: Any) -> Schema:
    return {"type": "string", **({"description": description} if description else {}), **more}


def one_of(values: Iterable[Any]) -> Schema:
    return {"type": "string", "enum": [member.value for member in values]}


def list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def thing(required: dict[str, Schema], optional: dict[str, Schema] | None = None, *, closed: bool = True) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": not closed,
    }


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def see(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


DAY = text(format="date")
INSTANT = text(format="date-time")
MONTH = text(pattern=r"^\d{4}-\d{2}$")
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
FIGURE: Schema = {"type": "number"}

ANSWERED_AT: dict[str, Schema] = {
    "as_at": DAY,
    "known_at": or_null(INSTANT),
    "limits": list_of(text("What an answer for that moment cannot know")),
    "data_horizon": or_null(DAY),
    "position": WHOLE,
}

AS_AT: Schema = {
    "name": "as_at",
    "in": "query",
    "schema": DAY,
    "description": "What had happened and was public by this day, as now understood. Default: today.",
}
KNOWN_AT: Schema = {
    "name": "known_at",
    "in": "query",
    "schema": text(),
    "description": "Only what was recorded by then. A day means its end in London; a date-time carries its zone.",
}
ONE: Schema = {
    "name": "authority",
    "in": "path",
    "required": True,
    "schema": text(),
    "description": "Ofsted's URN; a GSS code, LA number or any known name redirects there.",
}


def get(summary: str, answer: Schema, *parameters: Schema, of: str = "application/json") -> Schema:
    responses: dict[str, Schema] = {
        "200": {"description": summary, "content": {of: {"schema": answer}}},
        "default": {
            "description": "Refused, in words: RFC 9457",
            "content": {"application/problem+json": {"schema": see("Problem")}},
        },
    }
    if ONE in parameters:
        responses["301"] = {"description": "The same under the authority's URN"}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": responses}}
