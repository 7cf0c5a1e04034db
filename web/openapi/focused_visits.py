"""Focused visits by topic."""

from __future__ import annotations

from web.openapi.shapes import AS_AT, DAY, FLAG, KNOWN_AT, WHOLE, get, list_of, or_null, text, thing

FOCUSED_VISITS = thing(
    {
        "known_until": or_null(DAY),
        "topics": list_of(
            thing({"topic": text(), "words": text(), "first_visit": or_null(DAY), "visits": WHOLE}),
        ),
        "visits": list_of(
            thing(
                {
                    "urn": text(),
                    "authority": text(),
                    "region": or_null(text()),
                    "entry": text(format="uuid"),
                    "start": or_null(DAY),
                    "end": or_null(DAY),
                    "published": or_null(DAY),
                    "focus": or_null(text("In the words of the letter or of Ofsted's statistics")),
                    "topics": list_of(text("A topic, or why there is none: a visit counts under each")),
                    "chosen_by_an_officer": FLAG,
                    "priority_action": or_null(FLAG),
                }
            )
        ),
    }
)

SCHEMAS = {"FocusedVisits": FOCUSED_VISITS}

PATHS = {"/api/focused-visits": get("Focused visits by topic", FOCUSED_VISITS, AS_AT, KNOWN_AT)}
