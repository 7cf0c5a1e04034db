"""Who is meant by what was typed: those listed, those that ended or still begin, and the one to go straight to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from domain.register.search import Fit, Searched, folded, meant, search
from domain.values.activities import AuthorityFacts
from domain.values.words import listed
from projections.authorities.regions import regions
from projections.engine.answers import RegisterAnswer
from web.site import reader
from web.site.htmx import page_or_part
from web.site.reader import Asked
from web.words import words
from web.words.lists.letters import LetterShown, overall_letter

bp = Blueprint("suggestions", __name__)

MOST = 8
"""Authorities suggested for what was typed."""

LETTERS = 2
"""Letters from which on anybody is suggested."""


@dataclass(frozen=True)
class SearchAnswer:
    """What a search found. `places` are authorities of the day by URN, the likeliest first; `beside` says why one is
    there where its name does not; `others` are URN, name and what became of it; `only` is meant beyond doubt."""

    places: Mapping[str, int] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    others: Sequence[tuple[str, str, str]] = ()
    near: bool = False
    only: AuthorityFacts | None = None


@dataclass(frozen=True)
class Suggestion:
    name: str
    address: str
    beside: str
    grade: LetterShown | None


@bp.get("/authorities/suggestions")
def show() -> Response:
    """Whom somebody may mean who has typed so far: a list to choose from."""
    asked = reader.asked()
    typed = request.args.get("q", "").strip()
    return page_or_part(
        "authorities/search/page.html",
        "authorities/search/_suggestions.html",
        asked=asked,
        typed=typed,
        found=suggestions(typed, reader.register(asked), asked) if len(folded(typed)) >= LETTERS else [],
    )


def suggestions(typed: str, register: RegisterAnswer, asked: Asked) -> list[Suggestion]:
    """Authorities of the day, then those that ended or begin later."""
    answer = searched(typed, register, asked)
    rows = {row.authority.urn: row for row in register.rows}

    def address(urn: str) -> str:
        return url_for("authorities.show", identifier=urn, **asked.address)

    now = [
        Suggestion(
            rows[urn].authority.name,
            address(urn),
            answer.beside.get(urn, ""),
            overall_letter(rows[urn].standing.governing),
        )
        for urn in answer.places
    ]
    other = [Suggestion(name, address(urn), said, None) for urn, name, said in answer.others]
    return [*now, *other][:MOST]


def searched(typed: str, register: RegisterAnswer, asked: Asked) -> SearchAnswer:
    """Of a register, and of those that had ended by its day or begin after it."""
    if not typed:
        return SearchAnswer()
    now = {row.authority.urn: row.authority for row in register.rows}
    ended = {facts.urn: facts for facts in reader.abolished(asked)}
    coming = {facts.urn: facts for facts in reader.to_begin(asked)}
    hits = search(typed, [*now.values(), *{**coming, **ended}.values()])
    found = [hit for hit in hits if hit.facts.urn in now]
    region = region_named(typed, regions(now.values()))
    in_region = [facts.urn for facts in now.values() if region and facts.region == region]
    order = dict.fromkeys([*(hit.facts.urn for hit in found), *in_region])
    return SearchAnswer(
        places={urn: place for place, urn in enumerate(order)},
        beside={hit.facts.urn: said for hit in found if (said := _why(hit))},
        others=[
            (urn, facts.name, said)
            for hit in hits
            if (urn := hit.facts.urn) not in now and (facts := hit.facts) and (said := _when(facts, now))
        ],
        near=bool(found) and all(hit.fit is Fit.NEAR for hit in found) and not in_region,
        only=None if region else meant(hits),
    )


def region_named(typed: str, known: Sequence[str]) -> str:
    """The only region that begins with what was typed; nothing where there is none, or several."""
    begins = [region for region in known if folded(region).startswith(folded(typed))]
    return begins[0] if len(begins) == 1 and len(folded(typed)) >= len("east m") else ""


def _why(hit: Searched) -> str:
    """Why somebody is found whose name does not say so."""
    if hit.fit is Fit.FOLLOWS:
        return f"follows {hit.by}"
    if hit.fit is Fit.NEAR:
        return "do you mean this?"
    if hit.fit is Fit.SHORT and folded(hit.by) not in folded(hit.facts.name):
        return f"also known as {hit.by}"
    return ""


def _when(facts: AuthorityFacts, now: Mapping[str, AuthorityFacts]) -> str:
    """`ended on 1 April 2023, followed by Cumberland and …`, or when it begins."""
    if facts.abolished_on is None:
        return f"begins on {words.day(facts.formed_on)}" if facts.formed_on else ""
    follow = [now[urn].name for urn in facts.successors if urn in now]
    after = f", followed by {listed(follow)}" if follow else ""
    return f"ended on {words.day(facts.abolished_on)}{after}; its history is kept"
