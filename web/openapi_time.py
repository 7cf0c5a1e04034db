"""The part of the OpenAPI document about time: two moments compared, and what one source said by a day."""

from __future__ import annotations

from typing import Any

from domain.comparing import Why
from domain.statements import Channel, Family, Kind

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "format": "date"}
_UUID: Schema = {"type": "string", "format": "uuid"}
_FLAG: Schema = {"type": "boolean"}
_WHOLE: Schema = {"type": "integer"}
_NO_DAY: Schema = {"anyOf": [_DAY, {"type": "null"}]}


def _asked(name: str, description: str, schema: Schema = _TEXT) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _closed(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _rows(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_WHY: Schema = {"type": "string", "enum": [why.value for why in Why]}
_CHANGE = _closed({"field": _TEXT, "was": {}, "now": {}, "why": _WHY})
_DIFFERENCE: dict[str, Schema] = {
    "entry": _UUID,
    "type": {"type": "string", "enum": [kind.value for kind in Kind]},
    "start": _NO_DAY,
    "published": _NO_DAY,
    "why": _WHY,
    "changes": _rows(_CHANGE),
}

COMPARISON = _closed(
    {
        "authority": {"$ref": "#/components/schemas/Authority"},
        "before": {"$ref": "#/components/schemas/Standing"},
        "after": {"$ref": "#/components/schemas/Standing"},
        **{sort: _rows(_closed(_DIFFERENCE)) for sort in ("added", "changed", "withdrawn")},
        "gone": _rows(_closed({**_DIFFERENCE, "into": {"anyOf": [_UUID, {"type": "null"}]}})),
        "unchanged": _WHOLE,
        "confirmed": _WHOLE,
    }
)

FROM = _asked("from", "The earlier day. Default: a year before `to`, or `to` where `from_known` is given.", _DAY)
TO = _asked("to", "The later day. Default: `as_at`, or today.", _DAY)
FROM_KNOWN = _asked("from_known", "What was known at the earlier moment. Default: the same as at the later.")
TO_KNOWN = _asked("to_known", "What was known at the later moment. Default: `known_at`, or everything.")

FAMILY = _asked("family", "Only sources of this family.", {"type": "string", "enum": [one.value for one in Family]})
BY = _asked("on", "The day by which they said it. Default: today.", _DAY)

_SAID: Schema = {"type": "object", "additionalProperties": True, "properties": {}, "required": []}
_SOURCE = _closed(
    {
        "family": {"type": "string", "enum": [one.value for one in Family]},
        "channel": {"type": "string", "enum": [one.value for one in Channel]},
        "read_on": _NO_DAY,
        "believed": _rows(
            _closed({"entry": _UUID, "since": _DAY, "last_read": _DAY, "in_newest_reading": _FLAG, "says": _SAID})
        ),
        "turns": _rows(
            _closed(
                {
                    "on": _DAY,
                    "entry": _UUID,
                    "correction": _FLAG,
                    "was": {"anyOf": [_SAID, {"type": "null"}]},
                    "now": _SAID,
                }
            )
        ),
    }
)

SOURCES = _closed(
    {
        "authority": {"$ref": "#/components/schemas/Authority"},
        "on": _DAY,
        "known_at": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        "position": _WHOLE,
        "sources": _rows(_SOURCE),
    }
)

SCHEMAS: dict[str, Schema] = {"Comparison": COMPARISON, "Sources": SOURCES}
