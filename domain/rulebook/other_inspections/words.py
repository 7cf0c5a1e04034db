"""What other inspectorates say, in their own words: outcomes, ratings, who inspects what. None is an ILACS grade.

`OUTCOMES` and what follows them is R-075; the scale of ratings is HM Inspectorate of Probation's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MONITORING = "monitoring"
"""The `subtype` of an area SEND inspection that only looks at what an earlier one found."""


@dataclass(frozen=True)
class AreaSendOutcome:
    """One of the three outcomes of an area SEND inspection: `short` in a few words, `text` as the framework has it."""

    number: int
    short: str
    text: str
    next: str


OUTCOMES: Mapping[int, AreaSendOutcome] = {
    one.number: one
    for one in (
        AreaSendOutcome(
            1,
            "typically positive",
            "The partnership’s arrangements typically lead to positive experiences and outcomes.",
            "a full inspection within about five years",
        ),
        AreaSendOutcome(
            2,
            "inconsistent",
            "The partnership’s arrangements lead to inconsistent experiences and outcomes.",
            "a full inspection within about three years",
        ),
        AreaSendOutcome(
            3,
            "widespread or systemic failings",
            "There are widespread or systemic failings that the partnership must address urgently.",
            "a monitoring inspection within about 18 months and a full inspection within about three years",
        ),
    )
}
"""R-075: printed on the first page of the report. There is no scale of grades."""

PROBATION = "HM Inspectorate of Probation"
OVERALL_RATING = "Overall"
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
"""The scale of HM Inspectorate of Probation, best first. Its words are Ofsted's too; they do not mean the same."""


def rating_of(words: str) -> str | None:
    """A rating of that scale however it is written; None for anything else."""
    said = " ".join(words.split()).casefold().removesuffix(".")
    return next((one for one in RATINGS if one.casefold() == said), None)


@dataclass(frozen=True)
class Inspects:
    """Who inspects something of children's services that has no kind of its own here, and what it is called."""

    code: str
    inspectorate: str
    what: str


INSPECTS = (
    Inspects("cqc_assurance", "Care Quality Commission", "Local authority assurance"),
    Inspects("childrens_home", "Ofsted", "Children’s home"),
    Inspects("secure_home", "Ofsted", "Secure children’s home"),
    Inspects("adoption_agency", "Ofsted", "Adoption agency"),
    Inspects("fostering_agency", "Ofsted", "Fostering agency"),
    Inspects("family_centre", "Ofsted", "Residential family centre"),
    Inspects("supported_accommodation", "Ofsted", "Supported accommodation"),
    Inspects("child_protection", "HMICFRS", "Police child protection"),
)
"""What can be chosen; anything else is typed."""
