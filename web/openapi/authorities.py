"""Authorities, where they stand, their history and findings."""

from __future__ import annotations

from domain.frameworks import Area, Grade
from domain.rulebook.results import UNDER_WAY, GradedType, InterimType, Pathway, WindowStatus
from domain.values.activities import Status
from domain.values.known_until import LISTED, KnownKind
from domain.values.statements import Kind
from web.openapi.shapes import (
    AS_AT,
    DAY,
    FLAG,
    INSTANT,
    KNOWN_AT,
    MONTH,
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

AUTHORITY = thing(
    {
        "urn": text("Ofsted's number; of one that has none yet a key made of its name, which stays"),
        "name": text(),
        "la_number": or_null(text()),
        "gss_code": or_null(text()),
        "region": or_null(text()),
    },
    {
        "ofsted_number": or_null(text("Where `urn` is made of its name: the number that Ofsted gave since")),
        "begins_on": DAY,
        "ends_on": DAY,
        "successors": list_of(text("Who follows, by name")),
    },
)

OVERRIDE = thing(
    {
        "visit_month": MONTH,
        "type": one_of(GradedType),
        "expected_from_month": MONTH,
        "expected_to_month": MONTH,
        "also_possible": text(),
    }
)

EXPECTED = thing(
    {
        "activity": text(),
        "basis": text(),
        "from": or_null(DAY),
        "to": or_null(DAY),
        "status": one_of(WindowStatus),
        "why": text("One sentence for a person"),
        "rules": list_of(text("Number in the rulebook, for example R-025")),
        "caveats": list_of(text()),
        "inferred": FLAG,
        "known_until": or_null(DAY),
    }
)

KNOWN_UNTIL = thing({kind.value: or_null(DAY) for kind in LISTED}, {KnownKind.YOUTH_JUSTICE.value: DAY})

ANNOUNCED = thing(
    {
        "type": or_null(one_of(GradedType)),
        "notified_on": or_null(DAY),
        "on_site_from": or_null(DAY),
        "on_site_to": or_null(DAY),
        "status": one_of(UNDER_WAY),
    }
)

STANDING = thing(
    {
        "authority": see("Authority"),
        "as_at": DAY,
        "known_at": or_null(INSTANT),
        "pathway": one_of(Pathway),
        "governing_inspection_published": or_null(DAY),
        "inherited_monitoring": FLAG,
        "expected_next": thing(
            {},
            {
                "graded": thing(
                    {
                        "type": or_null(one_of(GradedType)),
                        "window_from": or_null(DAY),
                        "window_to": or_null(DAY),
                        "status": one_of(WindowStatus),
                    },
                    {"midpoint": DAY},
                ),
                "action_plan_due": DAY,
                "priority_action_override": OVERRIDE,
                "interim": thing({"type": one_of(InterimType)}, {"due": DAY, "nominal_interval_days": WHOLE}),
                "announced": ANNOUNCED,
            },
        ),
        "expectations": list_of(see("Expectation")),
        "judgements": list_of(thing({"area": one_of(Area), "grade": one_of(Grade)}, {"scale": text()})),
        "known_until": KNOWN_UNTIL,
        "data_horizon": or_null(DAY),
        "position": WHOLE,
    }
)

QUESTION = {
    "field": text("start, end, published or grades"),
    "question": text("What cannot be right, or is unusual, in one sentence for a person"),
    "rules": list_of(text("Number in the rulebook, for example R-056")),
    "weighs": FLAG,
}

DOUBT = thing(
    {
        "urn": text(),
        "authority": text(),
        "entry": text(format="uuid"),
        "type": one_of(Kind),
        "start": or_null(DAY),
        "end": or_null(DAY),
        "published": or_null(DAY),
        "governs": FLAG,
        **QUESTION,
    }
)

TIMELINE = thing(
    {
        "authority": see("Authority"),
        "entries": list_of(
            thing(
                {
                    "type": one_of(Kind),
                    "sources": list_of(thing({"title": text()}, {"url": text(), "page": WHOLE, "sha256": text()})),
                    "entry": text(format="uuid"),
                    "recorded_at": INSTANT,
                    "public_on": text(
                        "The day of publication; without one the last known day on site, and of what was only called "
                        "the day of the call, when nothing was published",
                        format="date",
                    ),
                    "status": one_of(Status),
                    "position": WHOLE,
                },
                {"doubts": list_of(thing(QUESTION))},
                closed=False,
            )
        ),
    }
)

SCHEMAS = {
    "Authority": AUTHORITY,
    "Standing": STANDING,
    "Expectation": EXPECTED,
    "Timeline": TIMELINE,
    "Doubt": DOUBT,
}

PATHS = {
    "/api/authorities": get("The standing of every current authority", list_of(see("Standing")), AS_AT, KNOWN_AT),
    "/api/authorities/{authority}": get("Where one authority stands", see("Standing"), ONE, AS_AT, KNOWN_AT),
    "/api/authorities/{authority}/timeline": get("One authority's history", see("Timeline"), ONE, AS_AT, KNOWN_AT),
    "/api/doubts": get(
        "Questions for an officer: what cannot be right, or is unusual, among what is held",
        list_of(see("Doubt")),
        AS_AT,
        KNOWN_AT,
    ),
}
