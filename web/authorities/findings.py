"""What Ofsted told every authority to improve: looked up by its words, and narrowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.frameworks import in_order
from domain.rulebook.themes.improvement import THEMES, themes_said
from domain.values.national_framework import NAMES, Reference
from domain.values.statements import Kind
from projections.authorities.finding_words import marked
from projections.authorities.raised_before import named as at
from projections.authorities.regions import regions
from projections.engine.answers import EarlierFinding, FindingRow
from projections.plans.finding_plans import AnsweredBy, named
from web.formats.sheet_download import csv_file
from web.site import plan_reader, reader
from web.site.list_filters import Known, Narrowing, authorities_known, list_page
from web.site.plan_links import action_link, plan_link
from web.site.reader import Asked
from web.words import words

bp = Blueprint("findings", __name__)

ON_A_PAGE = 50
WEIGHT: Mapping[str, str] = {"priority": "For priority action", "improvement": "To improve"}
HEADS = (
    "urn",
    "authority",
    "region",
    "entry",
    "type",
    "published",
    "priority_action",
    "number",
    "text",
    "judgement_inferred",
    "national_framework",
)


@dataclass(frozen=True)
class EarlierHit:
    """A finding that may have said the same before. `said`: what an officer said of it, nothing where nobody has.

    `form` is the address of the form that says so."""

    text: str
    activity: str
    address: str
    published: str
    said: str
    reason: str
    form: str


@dataclass(frozen=True)
class Hit:
    """One finding in words, in pieces of which some were looked for. `area` is inferred. `actions` are numbers with
    their addresses; None where nothing of them was published for this reader, or there is no plan. `ask` is where a
    member asks about it."""

    pieces: tuple[tuple[str, bool], ...]
    urn: str
    authority: str
    region: str
    activity: str
    address: str
    published: str
    priority: bool
    area: str
    references: tuple[str, ...]
    earlier: tuple[EarlierHit, ...]
    ask: str
    plan: str = ""
    example: bool = False
    actions: tuple[tuple[int, str], ...] | None = None


@bp.get("/findings")
def index() -> AnyResponse:
    """Findings that hold every word asked for, narrowed as the address asks, the newest first."""
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
        "authority": authorities_known(row.authority for row in every),
        "region": regions(row.authority for row in every),
        "kind": {row.kind for row in every},
        "weight": WEIGHT,
        "theme": [theme.code for theme in THEMES],
        "area": {row.area.value for row in every if row.area},
        "framework": {one.code for row in every for one in row.references},
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
        and (not wanted["theme"] or wanted["theme"] in [theme.code for theme in themes_said(row.text)])
        and (not wanted["area"] or (row.area is not None and row.area.value == wanted["area"]))
        and (not wanted["framework"] or wanted["framework"] in [one.code for one in row.references])
        and (not wanted["year"] or str(row.found_on.year) == wanted["year"])
    ]


def _context(every: Sequence[FindingRow], wanted: Narrowing, asked: Asked) -> dict[str, Any]:
    """Everything the page shows; the part takes the same."""
    found = _chosen(every, wanted, asked)
    page = min(int(wanted["page"] or 1), max(1, -(-len(found) // ON_A_PAGE)))
    shown = found[ON_A_PAGE * (page - 1) : ON_A_PAGE * page]
    plans = plan_reader.of_findings(shown, asked)
    earlier = reader.raised_before(shown, every, asked)
    held = {row.area for row in every if row.area}
    named_there = {one for row in every for one in row.references}
    return {
        "asked": asked,
        "moment": reader.moment(asked),
        "wanted": wanted,
        "hits": [_hit(row, wanted["q"], plans.get(named(row)), earlier[at(row)], asked) for row in shown],
        "first": ON_A_PAGE * (page - 1) + 1,
        "number": len(found),
        "total": len(every),
        "of": len({row.authority.urn for row in found}),
        "earlier": _page(wanted, page - 1, asked) if page > 1 else "",
        "later": _page(wanted, page + 1, asked) if len(found) > ON_A_PAGE * page else "",
        "authorities": list(authorities_known(row.authority for row in every).items()),
        "regions": regions(row.authority for row in every),
        "kinds": [(kind.value, words.KINDS[kind]) for kind in Kind if kind.value in {row.kind for row in every}],
        "weights": list(WEIGHT.items()),
        "themes": [(theme.code, theme.words) for theme in THEMES],
        "areas": [(area.value, words.AREAS[area]) for area in in_order(held)],
        "frameworks": [(one.code, reference(one)) for one in sorted(named_there, key=lambda one: one.order)],
        "wider": url_for(
            "paragraphs.index", **wanted.args(weight="", theme="", framework="", page=""), **asked.address
        ),
        "years": sorted({str(row.found_on.year) for row in every}, reverse=True),
        "clear": url_for(".index", **asked.address),
        "download": url_for(".table", **wanted.args(page=""), **asked.address),
    }


def _page(wanted: Narrowing, number: int, asked: Asked) -> str:
    return url_for(".index", **wanted.args(page=str(number) if number > 1 else ""), **asked.address)


def reference(one: Reference) -> str:
    """What is named of the national framework: `Outcome 2: supported by their family network`, or the number alone."""
    name = NAMES.get(one)
    return f"{one.part.value.capitalize()} {one.number}" + (f": {name}" if name else "")


def _hit(row: FindingRow, sought: str, plan: AnsweredBy | None, earlier: Sequence[EarlierFinding], asked: Asked) -> Hit:
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
        area=words.AREAS[row.area] if row.area else "",
        references=tuple(map(reference, row.references)),
        earlier=tuple(_earlier(row, one, asked) for one in earlier),
        ask=url_for(
            "asking.ask",
            urn=row.authority.urn,
            about="finding",
            entry=row.activity,
            finding=named(row),
            **asked.address,
        ),
        **of_plan,
    )


def _earlier(row: FindingRow, one: EarlierFinding, asked: Asked) -> EarlierHit:
    before = one.finding
    said = {True: "An officer: raised before", False: "An officer: another matter", None: ""}[one.same]
    return EarlierHit(
        text=before.text,
        activity=words.KINDS[Kind(before.kind)],
        address=url_for("inspections.show", activity=before.activity, **asked.address),
        published=words.day(before.found_on),
        said=said,
        reason=one.reason or "",
        form=url_for(
            "correcting.correct",
            urn=row.authority.urn,
            activity=row.activity,
            kind="raised",
            finding=str(named(row)),
            earlier=str(named(before)),
        ),
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
        row.area.value if row.area else "",
        " ".join(one.code for one in row.references),
    ]
