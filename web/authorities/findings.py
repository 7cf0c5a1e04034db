"""What Ofsted told every authority to improve: looked up by its words, and narrowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.values.statements import Kind
from projections.authorities.finding_words import marked
from projections.authorities.regions import regions
from projections.engine.answers import FindingRow
from projections.plans.finding_plans import AnsweredBy, named
from web.formats.sheet_download import csv_file
from web.site import plan_reader, reader
from web.site.list_filters import Known, Narrowing, list_page
from web.site.plan_links import action_link, plan_link
from web.site.reader import Asked
from web.words import words

bp = Blueprint("findings", __name__)

ON_A_PAGE = 50
WEIGHT: Mapping[str, str] = {"priority": "For priority action", "improvement": "To improve"}
HEADS = ("urn", "authority", "region", "entry", "type", "published", "priority_action", "number", "text")


@dataclass(frozen=True)
class Hit:
    """One finding in words, in pieces of which some were looked for. `actions` are numbers with their addresses; None
    where nothing of them was published for this reader, or there is no plan."""

    pieces: tuple[tuple[str, bool], ...]
    urn: str
    authority: str
    region: str
    activity: str
    address: str
    published: str
    priority: bool
    plan: str = ""
    example: bool = False
    actions: tuple[tuple[int, str], ...] | None = None


@bp.get("/findings")
def index() -> AnyResponse:
    """Findings in whose text every word asked for begins a word, narrowed as the address asks, the newest first."""
    asked = reader.asked()
    every = reader.findings(asked)
    wanted = Narrowing.of(request.args, _known(every))
    return list_page(
        "authorities/findings/page.html",
        "authorities/findings/_results.html",
        address=url_for(".index", **wanted.args(), **asked.address),
        context=partial(_context, every, wanted, asked),
    )


@bp.get("/findings.csv")
def table() -> Response:
    """The same as a table, a row per finding."""
    asked = reader.asked()
    every = reader.findings(asked)
    found = _chosen(every, Narrowing.of(request.args, _known(every)), asked)
    return csv_file(f"findings-{asked.as_at}.csv", HEADS, map(_row, found))


def _known(every: Sequence[FindingRow]) -> Known:
    return {
        "q": None,
        "authority": {row.authority.urn for row in every},
        "region": regions(row.authority for row in every),
        "kind": {row.kind for row in every},
        "weight": WEIGHT,
        "year": {str(row.found_on.year) for row in every},
        "page": [str(number) for number in range(2, len(every) // ON_A_PAGE + 2)],
    }


def _chosen(every: Sequence[FindingRow], wanted: Narrowing, asked: Asked) -> list[FindingRow]:
    rows = reader.findings(asked, wanted["q"]) if wanted["q"] else every
    return [
        row
        for row in rows
        if (not wanted["authority"] or row.authority.urn == wanted["authority"])
        and (not wanted["region"] or row.authority.region == wanted["region"])
        and (not wanted["kind"] or row.kind == wanted["kind"])
        and (not wanted["weight"] or row.priority == (wanted["weight"] == "priority"))
        and (not wanted["year"] or str(row.found_on.year) == wanted["year"])
    ]


def _context(every: Sequence[FindingRow], wanted: Narrowing, asked: Asked) -> dict[str, Any]:
    """Everything the page shows; the part takes the same."""
    found = _chosen(every, wanted, asked)
    page = min(int(wanted["page"] or 1), max(1, -(-len(found) // ON_A_PAGE)))
    shown = found[ON_A_PAGE * (page - 1) : ON_A_PAGE * page]
    plans = plan_reader.of_findings(shown, asked)
    return {
        "asked": asked,
        "moment": reader.moment(asked),
        "wanted": wanted,
        "hits": [_hit(row, wanted["q"], plans.get(named(row)), asked) for row in shown],
        "first": ON_A_PAGE * (page - 1) + 1,
        "number": len(found),
        "total": len(every),
        "of": len({row.authority.urn for row in found}),
        "earlier": _page(wanted, page - 1, asked) if page > 1 else "",
        "later": _page(wanted, page + 1, asked) if len(found) > ON_A_PAGE * page else "",
        "authorities": sorted({(row.authority.urn, row.authority.name) for row in every}, key=lambda one: one[1]),
        "regions": regions(row.authority for row in every),
        "kinds": [(kind.value, words.KINDS[kind]) for kind in Kind if kind.value in {row.kind for row in every}],
        "weights": list(WEIGHT.items()),
        "years": sorted({str(row.found_on.year) for row in every}, reverse=True),
        "clear": url_for(".index", **asked.address),
        "download": url_for(".table", **wanted.args(page=""), **asked.address),
    }


def _page(wanted: Narrowing, number: int, asked: Asked) -> str:
    return url_for(".index", **wanted.args(page=str(number) if number > 1 else ""), **asked.address)


def _hit(row: FindingRow, sought: str, plan: AnsweredBy | None, asked: Asked) -> Hit:
    of_plan: dict[str, Any] = {}
    if plan is not None:
        of_plan = {"plan": plan_link(plan.plan, asked), "example": plan.example}
        if plan.actions is not None:
            of_plan["actions"] = tuple((number, action_link(plan.plan, number, asked)) for number in plan.actions)
    return Hit(
        pieces=marked(row.text, sought),
        urn=row.authority.urn,
        authority=row.authority.name,
        region=row.authority.region or "",
        activity=words.KINDS[Kind(row.kind)],
        address=url_for("inspections.show", activity=row.activity, **asked.address),
        published=words.day(row.found_on),
        priority=row.priority,
        **of_plan,
    )


def _row(row: FindingRow) -> list[object]:
    authority = row.authority
    return [
        authority.urn,
        authority.name,
        authority.region,
        row.activity,
        row.kind,
        row.found_on,
        "yes" if row.priority else "no",
        row.number,
        row.text,
    ]
