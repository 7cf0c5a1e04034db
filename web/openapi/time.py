"""The part of the OpenAPI document about time: two moments compared, and what one source said by a day."""

from __future__ import annotations

from domain.comparing import Why
from domain.statements import Kind
from web.openapi.shapes import DAY, ONE, WHOLE, Schema, get, list_of, one_of, or_null, see, text, thing

_UUID = text(format="uuid")


def _asked(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": description}


_WHY: Schema = one_of(Why)
_CHANGE = thing({"field": text(), "was": {}, "now": {}, "why": _WHY})
_DIFFERENCE: dict[str, Schema] = {
    "entry": _UUID,
    "type": one_of(Kind),
    "start": or_null(DAY),
    "published": or_null(DAY),
    "why": _WHY,
    "changes": list_of(_CHANGE),
}

COMPARISON = thing(
    {
        "authority": see("Authority"),
        "before": see("Standing"),
        "after": see("Standing"),
        **{sort: list_of(thing(_DIFFERENCE)) for sort in ("added", "changed", "withdrawn")},
        "gone": list_of(thing({**_DIFFERENCE, "into": or_null(_UUID)})),
        "unchanged": WHOLE,
        "confirmed": WHOLE,
    }
)

FROM = _asked("from", "The earlier day. Default: a year before `to`, or `to` where `from_known` is given.", DAY)
TO = _asked("to", "The later day. Default: `as_at`, or today.", DAY)
FROM_KNOWN = _asked("from_known", "What was known at the earlier moment. Default: the same as at the later.", text())
TO_KNOWN = _asked("to_known", "What was known at the later moment. Default: `known_at`, or everything.", text())

SCHEMAS: dict[str, Schema] = {"Comparison": COMPARISON}

PATHS: dict[str, Schema] = {
    "/api/authorities/{authority}/compare": get(
        "What differs of one authority between two moments", see("Comparison"), ONE, FROM, TO, FROM_KNOWN, TO_KNOWN
    )
}
