"""The same answers as JSON over HTTP, read-only: `/api/openapi.json` describes them."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, Response, request

from domain.rulebook.forecast.forecast import ForecastOf
from domain.values.errors import NotFound, RuleBroken
from projections.authorities.doubts import doubts as doubts_of
from projections.authorities.findings import findings as findings_of
from projections.authorities.focused_visits import focused_visits as focused_visits_of
from projections.authorities.paragraphs import paragraphs as paragraphs_of
from projections.authorities.paragraphs import texts_of
from projections.authorities.raised_before import raised_before
from projections.authorities.register import register
from projections.authorities.timeline import timeline as timeline_of
from projections.engine.health import health
from projections.engine.reader import Reader
from projections.outlook.elements import elements_of
from projections.outlook.forecasts import (
    backtest_of,
    outlook_of,
    outlooks,
    visit_backtest_of,
    visit_outlook_of,
    visit_outlooks,
)
from projections.outlook.past_windows import past_windows_of, tally_of
from projections.outlook.planner import planner as planner_of
from projections.outlook.reasoning import reasoning_of
from projections.outlook.standing import standing_of
from projections.outlook.what_if import suppose as suppose_of
from web.documents.authorities import (
    doubt_documents,
    past_windows_document,
    standing_document,
    supposed_document,
    tally_document,
    timeline_document,
)
from web.documents.elements import elements_document
from web.documents.findings import finding_documents, paragraph_documents
from web.documents.focused_visits import focused_visits_document
from web.documents.forecasts import backtest_document, outlook_document
from web.documents.frameworks import frameworks_document
from web.documents.planner import planner_document
from web.documents.visit_forecasts import visit_backtest_document, visit_outlook_document
from web.documents.window import window_document
from web.openapi import DESCRIPTION
from web.outlook.forecasts import FIRST_ORIGIN
from web.outlook.what_if import Supposition
from web.site import access, ledger_entries
from web.site.api_asking import json_answer, known_at_asked, moment, of_authority, urn_asked
from web.store.store import current_store
from web.words.dates import as_day, must_run_forwards, today
from web.words.forecast_card import forecast_asked
from web.words.register import pathway_named

bp = Blueprint("api", __name__)

LONGEST_QUESTION = 200
"""Characters of what is looked for."""

ON_A_PAGE = 50


@bp.get("/api/openapi.json")
def openapi() -> Response:
    """What these addresses answer."""
    return json_answer(DESCRIPTION)


@bp.get("/api/frameworks")
def frameworks() -> Response:
    """Scales and judgement sets, the same on every day."""
    return json_answer(frameworks_document())


@bp.get("/api/authorities")
def authorities() -> Response:
    """The standing of every current authority."""
    as_at, known_at = moment()
    found = register(current_store().reader, as_at=as_at, known_at=known_at, with_expectations=True)
    return json_answer([standing_document(row.standing, found.moment) for row in found.rows])


@bp.get("/api/authorities/<authority>")
@of_authority()
def standing(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """The standing of one authority; any other name than its URN redirects there."""
    answer = standing_of(reader, urn, as_at=as_at, known_at=known_at)
    return standing_document(answer.standing, answer.moment)


@bp.get("/api/authorities/<authority>/window")
@of_authority()
def window(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """Why one authority stands where it stands, step by step."""
    return window_document(reasoning_of(reader, urn, as_at=as_at, known_at=known_at))


@bp.get("/api/authorities/<authority>/timeline")
@of_authority()
def timeline(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """One authority's history."""
    return timeline_document(timeline_of(reader, urn, as_at=as_at, known_at=known_at))


@bp.get("/api/authorities/<authority>/elements")
@of_authority()
def elements(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """The five elements of the system at one authority."""
    return elements_document(elements_of(reader, urn, as_at=as_at, known_at=known_at))


@bp.get("/api/authorities/<authority>/findings")
@of_authority()
def authority_findings(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """What needs to improve, and what needs priority action, in one authority's reports and letters."""
    rows = findings_of(reader, urn, as_at=as_at, known_at=known_at)
    return finding_documents(rows, raised_before(reader, rows, rows, as_at=as_at, known_at=known_at))


@bp.get("/api/authorities/<authority>/forecast")
@of_authority(day="on")
def forecast(reader: Reader, urn: str, on: date, known_at: datetime | None) -> object:
    """One authority's next graded inspection, or focused visit, from what was public the day before `on`."""
    if _activity() is ForecastOf.FOCUSED_VISIT:
        visit = visit_outlook_of(reader, urn, on=on, known_at=known_at)
        return visit_outlook_document(visit.outlook, visit.moment)
    answer = outlook_of(reader, urn, on=on, known_at=known_at)
    return outlook_document(answer.outlook, answer.moment)


@bp.get("/api/forecasts")
def forecasts() -> Response:
    """The same of every current authority."""
    on, known_at = moment("on")
    if _activity() is ForecastOf.FOCUSED_VISIT:
        visits = visit_outlooks(current_store().reader, on=on, known_at=known_at)
        return json_answer([visit_outlook_document(outlook, visits.moment) for outlook in visits.outlooks])
    found = outlooks(current_store().reader, on=on, known_at=known_at)
    return json_answer([outlook_document(outlook, found.moment) for outlook in found.outlooks])


@bp.get("/api/forecasts/backtest")
def backtest() -> Response:
    """How forecasts from the first day of each quarter between `from` and `to` did."""
    texts = {name: request.args.get(name, "").strip() for name in ("from", "to")}
    first = as_day(texts["from"], "from") if texts["from"] else FIRST_ORIGIN
    last = as_day(texts["to"], "to") if texts["to"] else today()
    must_run_forwards(first, last)
    reader, known_at = current_store().reader, known_at_asked()
    if _activity() is ForecastOf.FOCUSED_VISIT:
        visits = visit_backtest_of(reader, first=first, last=last, as_at=today(), known_at=known_at)
        return json_answer(visit_backtest_document(visits))
    return json_answer(backtest_document(backtest_of(reader, first=first, last=last, as_at=today(), known_at=known_at)))


def _activity() -> ForecastOf:
    """What the address asks a forecast of. Raises RuleBroken."""
    return forecast_asked(request.args.get("activity", "").strip())


@bp.get("/api/authorities/<authority>/past-windows")
@of_authority()
def past_windows(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """Each window of one authority with what came of it."""
    return past_windows_document(past_windows_of(reader, urn, as_at=as_at, known_at=known_at))


@bp.get("/api/authorities/<authority>/suppose")
@of_authority()
def suppose(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """What would change if a visit or report came that has not; nothing is recorded."""
    wanted = Supposition.of(request.args, urn)
    supposed, on = wanted.must_be_whole()
    return supposed_document(suppose_of(reader, urn, supposed, on=on, as_at=as_at, known_at=known_at))


@bp.get("/api/past-windows")
def tally() -> Response:
    """How often the windows of all authorities came true."""
    as_at, known_at = moment()
    return json_answer(tally_document(tally_of(current_store().reader, as_at=as_at, known_at=known_at)))


@bp.get("/api/findings")
def findings() -> Response:
    """Findings of every authority that hold every word of `q`, by its stem or as a beginning; all without `q`."""
    as_at, known_at = moment()
    words = request.args.get("q", "").strip()[:LONGEST_QUESTION]
    return json_answer(
        finding_documents(findings_of(current_store().reader, containing=words, as_at=as_at, known_at=known_at))
    )


@bp.get("/api/focused-visits")
def focused_visits() -> Response:
    """Focused visits of every authority by topic."""
    as_at, known_at = moment()
    answer = focused_visits_of(current_store().reader, as_at=as_at, known_at=known_at)
    return json_answer(focused_visits_document(answer))


@bp.get("/api/doubts")
def doubts() -> Response:
    """Every question for an officer about what is held."""
    as_at, known_at = moment()
    return json_answer(doubt_documents(doubts_of(current_store().reader, as_at=as_at, known_at=known_at)))


@bp.get("/api/paragraphs")
def paragraphs() -> Response:
    """Paragraphs of reports and letters that hold every word of `q`, fifty a page, the newest documents first."""
    as_at, known_at = moment()
    reader, text = current_store().reader, request.args.get("q", "").strip()[:LONGEST_QUESTION]
    page = request.args.get("page", "").strip() or "1"
    if not (page.isascii() and page.isdigit() and 0 < int(page) < 100_000):
        raise RuleBroken("Pages are numbered from 1 up, for example page=2.")
    answer = paragraphs_of(reader, urn_asked(as_at), containing=text, as_at=as_at, known_at=known_at)
    rows = answer.rows[ON_A_PAGE * (int(page) - 1) : ON_A_PAGE * int(page)]
    return json_answer(
        {
            "held": answer.held,
            "found": len(answer.rows),
            "page": int(page),
            "pages": -(-len(answer.rows) // ON_A_PAGE),
            "paragraphs": paragraph_documents(rows, texts_of(reader, rows)),
        }
    )


@bp.get("/api/planner")
def planner() -> Response:
    """Windows by month for two years, of one region or pathway where the address asks so."""
    as_at, known_at = moment()
    region, pathway = (request.args.get(key, "").strip() for key in ("region", "pathway"))
    register_then = register(current_store().reader, as_at=as_at, known_at=known_at, include_abolished=True)
    answer = planner_of(register_then, region=region, pathway=pathway_named(pathway))
    return json_answer(planner_document(answer, region=region, pathway=pathway))


@bp.get("/api/ledger/checkpoint")
def checkpoint() -> Response:
    """The newest checkpoint of the log, as a signed note."""
    return Response(current_store().audit.checkpoint(), mimetype="text/plain")


@bp.get("/api/ledger/entries/<seq>")
def ledger_entry(seq: str) -> Response:
    """One entry of the log as it is stored, and the proof that it is part of it; the proof alone where the event is not
    public and nobody with a role asks."""
    if not (seq.isascii() and seq.isdigit() and len(seq) < 19):
        raise NotFound(f"Entries of the log are numbered from 1 up: there is none called {seq[:40]}.")
    return json_answer(ledger_entries.shown(current_store(), int(seq), whole=access.may("READS")))


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return json_answer({"status": "ok"})


@bp.get("/readyz")
def readyz() -> Response:
    """The position of each projection against the log: 503 where one stopped or the store cannot be read."""
    store = current_store()
    found = health(store.engine, store.ledger)
    ready = bool(found) and all(row.healthy for row in found)
    projections = [
        {
            "name": row.name,
            "position": row.position,
            "log": row.log,
            "stopped_at": row.stopped_at,
        }
        for row in found
    ]
    response = json_answer({"status": "ready" if ready else "not ready", "projections": projections})
    response.status_code = 200 if ready else 503
    response.headers["Cache-Control"] = "no-store"
    return response
