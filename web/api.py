"""The same answers as JSON over HTTP, read-only: `/api/openapi.json` describes them."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.errors import NotFound
from projections.authorities import identify
from projections.findings import findings as findings_of
from projections.health import health
from projections.register import register
from projections.standing import standing_of
from projections.timeline import timeline as timeline_of
from web.documents import as_text, finding_documents, standing_document, timeline_document
from web.moments import as_day, as_instant, today
from web.openapi import DESCRIPTION
from web.reader import with_query
from web.store import current_store

bp = Blueprint("api", __name__)


@bp.get("/api/openapi.json")
def openapi() -> Response:
    """What these addresses answer."""
    return _json(DESCRIPTION)


@bp.get("/api/authorities")
def authorities() -> Response:
    """The standing of every current authority."""
    as_at, known_at = _moment()
    found = register(current_store().reader, as_at=as_at, known_at=known_at, with_expectations=True)
    return _json([standing_document(row.standing, found.moment) for row in found.rows])


@bp.get("/api/authorities/<authority>")
def standing(authority: str) -> AnyResponse:
    """The standing of one authority; any other name than its URN redirects there."""
    as_at, known_at = _moment()
    reader = current_store().reader
    urn = identify(reader, authority, as_at=as_at)
    if urn != authority:
        return _elsewhere("api.standing", urn)
    answer = standing_of(reader, urn, as_at=as_at, known_at=known_at)
    return _json(standing_document(answer.standing, answer.moment))


@bp.get("/api/authorities/<authority>/timeline")
def timeline(authority: str) -> AnyResponse:
    """One authority's history."""
    as_at, known_at = _moment()
    reader = current_store().reader
    urn = identify(reader, authority, as_at=as_at)
    if urn != authority:
        return _elsewhere("api.timeline", urn)
    return _json(timeline_document(timeline_of(reader, urn, as_at=as_at, known_at=known_at)))


@bp.get("/api/authorities/<authority>/findings")
def authority_findings(authority: str) -> AnyResponse:
    """What needs to improve, and what needs priority action, in one authority's reports and letters."""
    as_at, known_at = _moment()
    reader = current_store().reader
    urn = identify(reader, authority, as_at=as_at)
    if urn != authority:
        return _elsewhere("api.authority_findings", urn)
    return _json(finding_documents(findings_of(reader, urn, as_at=as_at, known_at=known_at)))


@bp.get("/api/findings")
def findings() -> Response:
    """Findings of every authority whose text holds every word of `q`, without regard to case; all without `q`."""
    as_at, known_at = _moment()
    words = request.args.get("q", "").strip()[:200]
    return _json(
        finding_documents(findings_of(current_store().reader, containing=words, as_at=as_at, known_at=known_at))
    )


@bp.get("/api/ledger/checkpoint")
def checkpoint() -> Response:
    """The newest checkpoint of the log, as a signed note."""
    return Response(current_store().audit.checkpoint(), mimetype="text/plain")


@bp.get("/api/ledger/entries/<seq>")
def ledger_entry(seq: str) -> Response:
    """One entry of the log as it is stored, and the proof that it is part of it."""
    if not (seq.isascii() and seq.isdigit() and len(seq) < 19):
        raise NotFound(f"Entries of the log are numbered from 1 up: there is none called {seq[:40]}.")
    return _json(current_store().audit.proof(int(seq)))


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return _json({"status": "ok"})


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
    response = _json({"status": "ready" if ready else "not ready", "projections": projections})
    response.status_code = 200 if ready else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def _moment() -> tuple[date, datetime | None]:
    """`as_at` and `known_at` of the address. Raises RuleBroken in words on what to give."""
    as_at, known_at = request.args.get("as_at", "").strip(), request.args.get("known_at", "").strip()
    return (
        as_day(as_at, "as_at") if as_at else today(),
        as_instant(known_at, "known_at") if known_at else None,
    )


def _elsewhere(endpoint: str, urn: str) -> AnyResponse:
    return redirect(with_query(url_for(endpoint, authority=urn)), code=301)


def _json(document: object) -> Response:
    return Response(as_text(document) + "\n", mimetype="application/json")
