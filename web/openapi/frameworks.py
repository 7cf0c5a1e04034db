"""Scales of grades and judgement sets."""

from __future__ import annotations

from domain.frameworks import Area, Framework, Grade, JudgementSet
from web.openapi.shapes import FLAG, WHOLE, get, list_of, one_of, or_null, see, text, thing

SCALE = thing(
    {
        "scale": text("What `scale` beside a grade names; the four-point one is not named"),
        "rule": text("Number in the rulebook"),
        "grades": list_of(
            thing(
                {
                    "grade": one_of(Grade),
                    "words": text(),
                    "good": or_null(FLAG),
                    "failing": or_null(FLAG),
                }
            )
        ),
    }
)

SET = thing(
    {
        "set": one_of(JudgementSet),
        "frameworks": list_of(one_of(Framework)),
        "scale": text(),
        "start": or_null(text("First day on site from which it applies, inclusive", format="date")),
        "end": or_null(text("First day on site of the set that follows", format="date")),
        "areas": list_of(thing({"area": one_of(Area), "words": text()})),
        "overall": or_null(one_of(Area)),
        "leaders": or_null(one_of(Area)),
        "practice": list_of(one_of(Area)),
        "needed": or_null(WHOLE),
        "rule": text("Number in the rulebook"),
    }
)

SCHEMAS = {
    "Scale": SCALE,
    "JudgementSet": SET,
    "Frameworks": thing({"scales": list_of(see("Scale")), "sets": list_of(see("JudgementSet"))}),
}

PATHS = {
    "/api/frameworks": get(
        "Scales of grades, the best grade first, and judgement sets with their days and areas", see("Frameworks")
    ),
}
