"""Findings, what was raised before, and paragraphs of reports and letters."""

from __future__ import annotations

from domain.frameworks import Area, Grade
from domain.values.statements import Kind
from web.openapi.shapes import (
    AS_AT,
    DAY,
    FIGURE,
    FLAG,
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

EARLIER = thing(
    {
        "entry": text(format="uuid"),
        "number": WHOLE,
        "priority_action": FLAG,
        "text": text(),
        "found_on": DAY,
        "likeness": FIGURE,
        "same": or_null({"type": "boolean", "description": "What an officer said; null where nobody has"}),
        "reason": or_null(text()),
    }
)

FINDING = thing(
    {
        "urn": text(),
        "authority": text(),
        "entry": text(format="uuid"),
        "type": text(),
        "number": WHOLE,
        "text": text(),
        "priority_action": FLAG,
        "found_on": DAY,
        "judgement": or_null(one_of(Area)),
        "judgement_inferred": FLAG,
        "national_framework": list_of(text("What it names: outcome, enabler or principle, with its number")),
    },
    {"raised_before": list_of(EARLIER)},
)

PARAGRAPH = thing(
    {
        "urn": text(),
        "authority": text(),
        "entry": text(format="uuid"),
        "type": one_of(Kind),
        "found_on": DAY,
        "heading": text(),
        "judgement": or_null(one_of(Area)),
        "grade": or_null(one_of(Grade)),
        "page": WHOLE,
        "label": or_null(text("The number that the document prints")),
        "text": text(),
    }
)

PARAGRAPHS = thing(
    {"held": WHOLE, "found": WHOLE, "page": WHOLE, "pages": WHOLE, "paragraphs": list_of(see("Paragraph"))}
)

WORDS: Schema = {
    "name": "q",
    "in": "query",
    "schema": text(maxLength=200),
    "description": "Each word must have the stem of a word of the text, or begin one.",
}
PAGE: Schema = {
    "name": "page",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1},
    "description": "Fifty paragraphs a page. Default: 1.",
}
OF_ONE: Schema = {
    "name": "authority",
    "in": "query",
    "schema": text(),
    "description": "Of one authority, by any identifier or name. Default: of all.",
}

SCHEMAS = {"Finding": FINDING, "Paragraph": PARAGRAPH}

PATHS = {
    "/api/authorities/{authority}/findings": get(
        "What one authority has to improve, and what may have been raised before",
        list_of(see("Finding")),
        ONE,
        AS_AT,
        KNOWN_AT,
    ),
    "/api/findings": get("Findings that hold every word of q", list_of(see("Finding")), WORDS, AS_AT, KNOWN_AT),
    "/api/paragraphs": get(
        "Paragraphs of reports and letters that hold every word of q", PARAGRAPHS, WORDS, OF_ONE, PAGE, AS_AT, KNOWN_AT
    ),
}
