"""The part of the OpenAPI document about time: two moments compared, and what one source said by a day."""

from __future__ import annotations

from domain.authorities.comparing import Why
from domain.values.known_until import LISTED
from domain.values.statements import Channel, Family, Kind
from web.openapi.shapes import (
    DAY,
    FLAG,
    INSTANT,
    KNOWN_AT,
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

_UUID = text(format="uuid")


def _asked(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": description}


_WHY: Schema = one_of(Why)
_CHANGE = thing({"field": text(), "was": {}, "now": {}, "why": _WHY}, {"scale": text()})
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

FAMILY = _asked("family", "Only sources of this family.", one_of(Family))
BY = _asked("on", "The day by which they said it. Default: today.", DAY)

_SAID: Schema = {"type": "object", "additionalProperties": True, "properties": {}, "required": []}
_BELIEVED = thing({"entry": _UUID, "since": DAY, "last_read": DAY, "in_newest_reading": FLAG, "says": _SAID})
_TURN = thing({"on": DAY, "entry": _UUID, "correction": FLAG, "was": or_null(_SAID), "now": _SAID})
_SOURCE = thing(
    {
        "family": one_of(Family),
        "channel": one_of(Channel),
        "read_on": or_null(DAY),
        "believed": list_of(_BELIEVED),
        "turns": list_of(_TURN),
    }
)

SOURCES = thing(
    {
        "authority": see("Authority"),
        "on": DAY,
        "known_at": or_null(INSTANT),
        "position": WHOLE,
        "sources": list_of(_SOURCE),
    }
)

CURRENCY = thing(
    {
        "known_until": thing({kind.value: or_null(DAY) for kind in LISTED}),
        "data_horizon": or_null(DAY),
        "position": WHOLE,
        "places": list_of(
            thing(
                {
                    "name": text(),
                    "title": text(),
                    "looked_at": INSTANT,
                    "outcome": text(enum=["new", "unchanged", "waiting", "failed"]),
                    "read_at": or_null(INSTANT),
                    "next_due": DAY,
                }
            )
        ),
    }
)

SCHEMAS: dict[str, Schema] = {"Comparison": COMPARISON, "Sources": SOURCES, "Currency": CURRENCY}

PATHS: dict[str, Schema] = {
    "/api/authorities/{authority}/compare": get(
        "What differs of one authority between two moments", see("Comparison"), ONE, FROM, TO, FROM_KNOWN, TO_KNOWN
    ),
    "/api/authorities/{authority}/sources": get(
        "What a reader of each source believed on a day", see("Sources"), ONE, FAMILY, BY, KNOWN_AT
    ),
    "/api/sources": get("Until when what is known, and the last look at each place", see("Currency")),
}
