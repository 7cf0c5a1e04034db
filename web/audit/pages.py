"""The audit trail: every event of the history, of all, of one authority or of one plan; one event with its proof."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.values.errors import RuleBroken, StoreUnavailable
from projections.audit.trail import actors_in, event_names, event_of, trail, whole_trail
from web.audit.changes import changes
from web.audit.filters import KINDS, Filters, before_in, by_office, filters_in, wanted
from web.audit.lines import Offices, apart, folded, line
from web.audit.table import as_csv, as_ndjson
from web.formats.downloads import as_text
from web.site import access, plan_reader, reader
from web.site.htmx import page_or_part, part_wanted
from web.site.reader import Asked
from web.store.store import current_store
from web.words import dates, words
from web.words.events import said

bp = Blueprint("audit", __name__)

AT_ONCE = 50
"""Events on a page."""

TYPES = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}


@bp.get("/record")
def index() -> AnyResponse:
    """Every event, the newest first; empty fields leave the address."""
    return _page("all")


@bp.get("/authorities/<urn>/audit")
def of_authority(urn: str) -> AnyResponse:
    """Every event of one authority; other names of it redirect to its number."""
    known = reader.urn_of(urn)
    if known != urn:
        return redirect(reader.with_query(url_for(".of_authority", urn=known)), 301)
    return _page("authority", urn=urn)


@bp.get("/plans/<uuid:plan>/audit")
def of_plan(plan: UUID) -> AnyResponse:
    """Every event of one action plan."""
    return _page("plan", urn=plan_reader.authority_of(plan), plan=plan)


@bp.get("/record/<int:seq>")
def event(seq: int) -> str:
    """One event: what it says, what it changed, what came before and, by the moment asked, after it, and its proof."""
    store, offices, asked = current_store(), Offices(), reader.asked()
    answer = event_of(store.reader, store.ledger, seq)
    by_then = [one for one in answer.chain if asked.known_at is None or one.fact.timestamp <= asked.known_at]
    chain = [(one.seq, said(one.fact), words.moment(one.fact.timestamp)) for one in by_then]
    return render_template(
        "audit/event.html",
        asked=asked,
        recorded_later=asked.known_at is not None and answer.row.recorded_at > asked.known_at,
        line=line(answer.row, offices),
        row=answer.row,
        changed=changes(answer.before, answer.after),
        chain=chain if len(chain) > 1 else [],
        earlier=answer.earlier,
        later=answer.later,
        **_proof(seq),
    )


@bp.get("/record/<int:seq>/receipt.json")
def receipt(seq: int) -> Response:
    """One event as it is stored with the proof that it is part of the history: a file to keep."""
    response = Response(as_text(current_store().audit.proof(seq)) + "\n", mimetype="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename=entry-{seq}.json"
    return response


@bp.get("/record/commands/<uuid:command>/receipt.json")
def receipt_of_command(command: UUID) -> Response:
    """Every entry that one command wrote, each with its proof: a file to keep."""
    response = Response(as_text(current_store().audit.receipt_of(command)) + "\n", mimetype="application/json")
    response.headers["Content-Disposition"] = f"attachment; filename=command-{command}.json"
    return response


@bp.get("/record/events.csv")
def table() -> Response:
    """The events that a page asks for, all of them, as a table."""
    return _download("csv")


@bp.get("/record/events.ndjson")
def lines() -> Response:
    """The same, a line each."""
    return _download("ndjson")


def _download(shape: str) -> Response:
    """Everything recorded so far that fits, sent as it is read: what is recorded meanwhile is beyond the root it names,
    so the root is taken first and the rows end with it."""
    store, listed = current_store(), access.present().listed
    assert listed is not None
    access.must_wait(store.attempts.wait_for_heavy_work(listed.person, "exports"))
    head = store.audit.head()
    store.projector.catch_up()
    offices, asked = Offices(), reader.asked()
    filters, by = _readable_filters(offices)
    text = request.args.get("plan", "").strip()
    plan = plan_reader.named(text) if text else None
    chosen = wanted(filters, asked, by, event_names(), plan=plan)
    rows = whole_trail(store.reader, store.ledger, chosen, as_at=asked.as_at, size=head.size)
    told = (line(row, offices) for row in rows)
    response = Response(as_csv(told, head) if shape == "csv" else as_ndjson(told, head), content_type=TYPES[shape])
    response.headers["Content-Disposition"] = f"attachment; filename=audit-trail.{shape}"
    return response


def _filters(offices: Offices) -> tuple[Filters, Mapping[str, Any]]:
    """The choice in the address, and who there is to choose from: a part, which shows no form, asks that only where the
    choice is of somebody."""
    chosen = not part_wanted() or request.args.get("by")
    by = by_office(actors_in(current_store().reader), offices) if chosen else {}
    return filters_in(request.args, by), by


def _readable_filters(offices: Offices) -> tuple[Filters, Mapping[str, Any]]:
    """The same. Raises AtFields where one cannot be read."""
    filters, by = _filters(offices)
    if filters.problems:
        raise dates.AtFields(filters.problems)
    return filters, by


def _page(scope: str, *, urn: str | None = None, plan: UUID | None = None) -> AnyResponse:
    """A page of events, or the next fifty of them for htmx."""
    here = {"plan": plan} if plan else {"urn": urn} if urn else {}
    offices = Offices()
    asked, (filters, by) = reader.asked(), _filters(offices)
    if any(not value for value in request.args.values()):
        return redirect(url_for(str(request.endpoint), **here, **filters.args, **asked.address), 303)
    form: dict[str, Any] = {
        "asked": asked,
        "scope": scope,
        "authority": reader.authority(urn) if urn else None,
        "plan": plan,
        "filters": filters,
        "kinds": [(key, label) for key, (label, _) in KINDS.items()],
        "authorities": apart(),
        "offices": list(by),
        "clear": url_for(str(request.endpoint), **here, **asked.address),
    }
    if filters.problems:
        page = render_template("audit/page.html", **form, moment=reader.moment(asked, of=urn), downloads={})
        return make_response(page, 422)
    chosen = wanted(filters, asked, by, event_names(), urn=urn, plan=plan, before=before_in(request.args))
    store = current_store()
    answer = trail(store.reader, store.ledger, chosen, as_at=asked.as_at, most=AT_ONCE)
    narrowed = filters.args | {key: str(value) for key, value in (("authority", urn), ("plan", plan)) if value}
    return page_or_part(
        "audit/page.html",
        "audit/_rows.html",
        **form,
        moment=answer.moment,
        runs=tuple(folded(line(row, offices) for row in answer.rows)),
        total=answer.total,
        begun=chosen.before is not None,
        older=_older(here, filters, asked, answer.older),
        downloads={name: url_for(f".{name}", **narrowed, **asked.address) for name in ("table", "lines")},
    )


def _older(here: Mapping[str, Any], filters: Filters, asked: Asked, position: int | None) -> str:
    """The address of the next page; nothing on the last."""
    if position is None:
        return ""
    return url_for(str(request.endpoint), **here, **filters.args, **asked.address, before=position)


def _proof(seq: int) -> dict[str, Any]:
    """The proof of an entry as the page shows it, or why it cannot be given."""
    try:
        proof = current_store().audit.proof(seq)
        together = current_store().audit.together(proof["position"])
    except (RuleBroken, StoreUnavailable) as fault:
        return {"proof": None, "unproved": str(fault), "stored": "", "together": None}
    raw = b64decode(proof["event"]["bytes"])
    stored = json.dumps(json.loads(raw), ensure_ascii=False, indent=2)
    return {"proof": proof, "unproved": "", "stored": stored, "together": together}
