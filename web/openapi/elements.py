"""The five elements of the inspection system at one authority."""

from __future__ import annotations

from domain.rulebook.elements.picture import Element, ElementState
from domain.rulebook.results import Pathway
from domain.values.statements import Kind
from web.openapi.shapes import (
    AS_AT,
    DAY,
    FLAG,
    INSTANT,
    KNOWN_AT,
    ONE,
    WHOLE,
    get,
    list_of,
    one_of,
    or_null,
    see,
    text,
    thing,
)

ENTRY = thing(
    {
        "entry": text(format="uuid"),
        "type": one_of(Kind),
        "from": or_null(DAY),
        "to": or_null(DAY),
        "published": or_null(DAY),
        "letter_received": or_null(DAY),
        "title": or_null(text()),
    }
)

ELEMENTS = thing(
    {
        "authority": see("Authority"),
        "as_at": DAY,
        "known_at": or_null(INSTANT),
        "pathway": one_of(Pathway),
        "cycle_since": or_null(DAY),
        "cycle_until": or_null(DAY),
        "elements": list_of(
            thing(
                {
                    "element": one_of(Element),
                    "state": one_of(ElementState),
                    "done": list_of(ENTRY),
                    "before": or_null(ENTRY),
                    "left": list_of(see("Expectation")),
                    "remarks": list_of(text()),
                    "not_known": list_of(text()),
                    "known_until": or_null(DAY),
                    "came": or_null(WHOLE),
                    "usual": or_null(WHOLE),
                }
            )
        ),
        "goes_into_what_ofsted_holds": list_of(
            thing(
                {
                    "name": text(),
                    "when": text(),
                    "returned_by_the_authority": FLAG,
                    "last_return": or_null(ENTRY),
                    "rule": text("Number in the rulebook, for example R-027"),
                    "source": text(),
                    "confidence": {"type": "string", "enum": ["read", "measured", "secondary", "inferred"]},
                }
            )
        ),
        "data_horizon": or_null(DAY),
        "position": WHOLE,
    }
)

SCHEMAS = {"Elements": ELEMENTS}

PATHS = {
    "/api/authorities/{authority}/elements": get(
        "The five elements of the system in the present cycle: done, left, not known",
        see("Elements"),
        ONE,
        AS_AT,
        KNOWN_AT,
    ),
}
