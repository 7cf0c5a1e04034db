"""Where reports and letters speak of something: their paragraphs, looked up by words, and narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from domain.frameworks import in_order
from projections.authorities.finding_words import marked
from projections.authorities.regions import regions
from projections.engine.answers import ParagraphRow
from web.site import reader
from web.site.list_filters import Known, Narrowing, authorities_known, list_page
from web.site.reader import Asked
from web.words import words

bp = Blueprint("paragraphs", __name__)

ON_A_PAGE = 30


@dataclass(frozen=True)
class Passage:
    """One paragraph in words, in pieces of which some were looked for. `grade` is the judgement's, with its tone."""

    pieces: tuple[tuple[str, bool], ...]
    urn: str
    authority: str
    activity: str
    address: str
    published: str
    heading: str
    area: str
    grade: str
    tone: str
    place: str


@bp.get("/findings/paragraphs")
def index() -> Response:
    """Paragraphs that hold every word asked for, narrowed as the address asks, the newest documents first."""
    asked = reader.asked()
    answer = reader.paragraphs(asked, request.args.get("q", "").strip()[:200])
    wanted = Narrowing.of(request.args, _known(answer.rows))
    return list_page(
        "authorities/paragraphs/page.html",
        "authorities/paragraphs/_results.html",
        address=url_for(".index", **wanted.args(), **asked.address),
        context=partial(_context, answer.rows, answer.held, wanted, asked),
    )


def _known(every: Sequence[ParagraphRow]) -> Known:
    return {
        "q": None,
        "authority": authorities_known(row.authority for row in every),
        "region": regions(row.authority for row in every),
        "kind": {row.kind.value for row in every},
        "area": {row.area.value for row in every if row.area},
        "grade": {row.grade.value for row in every if row.grade},
        "year": {str(row.found_on.year) for row in every},
        "page": [str(number) for number in range(2, len(every) // ON_A_PAGE + 2)],
    }


def _chosen(every: Sequence[ParagraphRow], wanted: Narrowing) -> list[ParagraphRow]:
    return [
        row
        for row in every
        if (not wanted["authority"] or row.authority.urn == wanted["authority"])
        and (not wanted["region"] or row.authority.region == wanted["region"])
        and (not wanted["kind"] or row.kind.value == wanted["kind"])
        and (not wanted["area"] or (row.area is not None and row.area.value == wanted["area"]))
        and (not wanted["grade"] or (row.grade is not None and row.grade.value == wanted["grade"]))
        and (not wanted["year"] or str(row.found_on.year) == wanted["year"])
    ]


def _context(every: Sequence[ParagraphRow], held: int, wanted: Narrowing, asked: Asked) -> dict[str, Any]:
    """Everything the page shows; the part takes the same."""
    found = _chosen(every, wanted)
    page = min(int(wanted["page"] or 1), max(1, -(-len(found) // ON_A_PAGE)))
    shown = found[ON_A_PAGE * (page - 1) : ON_A_PAGE * page]
    kinds = list(dict.fromkeys(row.kind for row in every))
    narrower: dict[str, Any] = {"q": wanted["q"]} if wanted["q"] else {}
    grades = list(dict.fromkeys(row.grade for row in every if row.grade))
    return {
        "asked": asked,
        "moment": reader.moment(asked),
        "wanted": wanted,
        "passages": [
            _passage(row, text, wanted["q"], asked) for row, text in zip(shown, reader.texts_of(shown), strict=True)
        ],
        "first": ON_A_PAGE * (page - 1) + 1,
        "number": len(found),
        "held": held,
        "of": len({row.authority.urn for row in found}),
        "earlier": _page(wanted, page - 1, asked) if page > 1 else "",
        "later": _page(wanted, page + 1, asked) if len(found) > ON_A_PAGE * page else "",
        "authorities": list(authorities_known(row.authority for row in every).items()),
        "regions": regions(row.authority for row in every),
        "kinds": sorted(((kind.value, words.KINDS[kind]) for kind in kinds), key=lambda one: one[1]),
        "areas": [(area.value, words.AREAS[area]) for area in in_order(row.area for row in every if row.area)],
        "grades": [(grade.value, words.GRADES[grade]) for grade in words.GRADES if grade in grades],
        "years": sorted({str(row.found_on.year) for row in every}, reverse=True),
        "clear": url_for(".index", **asked.address),
        "narrower": url_for("findings.index", **narrower, **asked.address),
    }


def _page(wanted: Narrowing, number: int, asked: Asked) -> str:
    return url_for(".index", **wanted.args(page=str(number) if number > 1 else ""), **asked.address)


def _passage(row: ParagraphRow, text: str, sought: str, asked: Asked) -> Passage:
    return Passage(
        pieces=marked(text, sought),
        urn=row.authority.urn,
        authority=row.authority.name,
        activity=words.KINDS[row.kind],
        address=url_for("inspections.show", activity=row.activity, **asked.address),
        published=words.day(row.found_on),
        heading=row.heading,
        area=words.AREAS[row.area] if row.area else "",
        grade=words.GRADES[row.grade] if row.grade else "",
        tone=words.GRADE_TONES[row.grade] if row.grade else words.NO_TONE,
        place=f"paragraph {row.label}, page {row.page}" if row.label else f"page {row.page}",
    )
