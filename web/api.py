"""The same answers as JSON over HTTP, read-only: `/api/openapi.json` describes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.errors import NotFound, RuleBroken
from projections.actions_due import SOON_DAYS, actions_due
from projections.authorities import identify
from projections.challenges import challenges as challenges_of
from projections.findings import findings as findings_of
from projections.forecasts import backtest_of, outlook_of, outlooks
from projections.health import health
from projections.past_windows import past_windows_of, tally_of
from projections.plan_actions import action_of
from projections.planner import planner as planner_of
from projections.plans import burn_up as burn_up_of
from projections.plans import plan_of, plans_of
from projections.reader import Reader
from projections.reasoning import reasoning_of
from projections.register import register
from projections.standing import standing_of
from projections.supposing import suppose as suppose_of
from projections.timeline import timeline as timeline_of
from web import access, ledger_entries
from web.challenges import challenge_state
from web.documents import (
    as_text,
    finding_documents,
    past_windows_document,
    planner_document,
    standing_document,
    supposed_document,
    tally_document,
    timeline_document,
)
from web.forecast_documents import backtest_document, outlook_document
from web.forecasts import FIRST_ORIGIN
from web.moments import as_day, as_instant, must_run_forwards, today
from web.openapi import DESCRIPTION
from web.plan_documents import (
    action_document,
    burn_up_document,
    challenges_document,
    due_document,
    plan_document,
    plans_document,
)
from web.plan_reader import is_public
from web.reader import with_query
from web.register import pathway_named
from web.store import current_store
from web.supposing import Supposition
from web.window_document import window_document

bp = Blueprint("api", __name__)

MOST_DAYS = 366

AnswerOfOne = Callable[[Reader, str, date, datetime | None], object]
"""What is answered of an authority, by its URN, on a day and as known at an instant."""


def of_authority(*, day: str = "as_at") -> Callable[[AnswerOfOne], Callable[[str], AnyResponse]]:
    """Makes a view of one authority: its moment is read from the address, the day from the field named; any other name
    than its URN redirects to the URN's address."""

    def view_of(answer: AnswerOfOne) -> Callable[[str], AnyResponse]:
        @wraps(answer)
        def view(authority: str) -> AnyResponse:
            on, known_at = _moment(day)
            reader = current_store().reader
            urn = identify(reader, authority, as_at=on)
            if urn != authority:
                return redirect(with_query(url_for(str(request.endpoint), authority=urn)), code=301)
            return _json(answer(reader, urn, on, known_at))

        return view

    return view_of


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


@bp.get("/api/authorities/<authority>/findings")
@of_authority()
def authority_findings(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """What needs to improve, and what needs priority action, in one authority's reports and letters."""
    return finding_documents(findings_of(reader, urn, as_at=as_at, known_at=known_at))


@bp.get("/api/authorities/<authority>/forecast")
@of_authority(day="on")
def forecast(reader: Reader, urn: str, on: date, known_at: datetime | None) -> object:
    """One authority's next graded inspection, from what was public the day before `on`."""
    answer = outlook_of(reader, urn, on=on, known_at=known_at)
    return outlook_document(answer.outlook, answer.moment)


@bp.get("/api/forecasts")
def forecasts() -> Response:
    """The same of every current authority."""
    on, known_at = _moment("on")
    found = outlooks(current_store().reader, on=on, known_at=known_at)
    return _json([outlook_document(outlook, found.moment) for outlook in found.outlooks])


@bp.get("/api/forecasts/backtest")
def backtest() -> Response:
    """How forecasts from the first day of each quarter between `from` and `to` did."""
    texts = {name: request.args.get(name, "").strip() for name in ("from", "to")}
    first = as_day(texts["from"], "from") if texts["from"] else FIRST_ORIGIN
    last = as_day(texts["to"], "to") if texts["to"] else today()
    must_run_forwards(first, last)
    found = backtest_of(current_store().reader, first=first, last=last, as_at=today(), known_at=_known_at())
    return _json(backtest_document(found))


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
    as_at, known_at = _moment()
    return _json(tally_document(tally_of(current_store().reader, as_at=as_at, known_at=known_at)))


@bp.get("/api/findings")
def findings() -> Response:
    """Findings of every authority in whose text every word of `q` begins a word; all without `q`."""
    as_at, known_at = _moment()
    words = request.args.get("q", "").strip()[:200]
    return _json(
        finding_documents(findings_of(current_store().reader, containing=words, as_at=as_at, known_at=known_at))
    )


@bp.get("/api/authorities/<authority>/plans")
@of_authority()
def plans(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """One authority's action plans, as whoever asks may see them; with `since`, also what moved after that day."""
    return plans_document(plans_of(reader, urn, as_at=as_at, known_at=known_at, since=_since(), public=is_public()))


@bp.get("/api/plans/<plan>")
def plan(plan: str) -> Response:
    """One action plan, as whoever asks may see it; with `since`, also what moved after that day."""
    return _json(plan_document(_of_plan(plan_of, plan, since=_since())))


@bp.get("/api/plans/<plan>/actions/<number>")
def action(plan: str, number: str) -> Response:
    """One action's whole story, as whoever asks may see it."""
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise NotFound(f"Actions of a plan are numbered from 1 up: there is none called {number[:40]}.")
    return _json(action_document(_of_plan(action_of, plan, int(number))))


@bp.get("/api/plans/<plan>/burn-up")
def burn_up(plan: str) -> Response:
    """How many of a plan's actions there were, were due and were done, day by day."""
    return _json(burn_up_document(_of_plan(burn_up_of, plan)))


@bp.get("/api/due")
def due() -> Response:
    """What is due on a day over all plans, or those of one authority or office; nothing says when: today."""
    on, known_at = _moment("on")
    office, days = (request.args.get(key, "").strip() for key in ("office", "days"))
    answer = actions_due(
        current_store().reader,
        on=on,
        known_at=known_at,
        urn=_urn_asked(on),
        office=office or None,
        days=_days(days) if days else SOON_DAYS,
    )
    return _json(due_document(answer))


@bp.get("/api/challenges")
def challenges() -> Response:
    """Members' questions of all plans, of one authority's or of one plan, in one state or in any."""
    as_at, known_at = _moment()
    plan_asked = request.args.get("plan", "").strip()
    answer = challenges_of(
        current_store().reader,
        state=challenge_state(request.args.get("state", "").strip()),
        urn=_urn_asked(as_at),
        plan=_plan_named(plan_asked) if plan_asked else None,
        as_at=as_at,
        known_at=known_at,
    )
    return _json(challenges_document(answer))


@bp.get("/api/planner")
def planner() -> Response:
    """Windows by month for two years, of one region or pathway where the address asks so."""
    as_at, known_at = _moment()
    region, pathway = (request.args.get(key, "").strip() for key in ("region", "pathway"))
    register_then = register(current_store().reader, as_at=as_at, known_at=known_at, include_abolished=True)
    answer = planner_of(register_then, region=region, pathway=pathway_named(pathway))
    return _json(planner_document(answer, region=region, pathway=pathway))


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
    return _json(ledger_entries.shown(current_store(), int(seq), whole=access.may("READS")))


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


def _plan_named(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("No such action plan is recorded.") from None


def _urn_asked(on: date) -> str | None:
    """The authority that the address names, by whatever name. Raises NotFound."""
    named = request.args.get("authority", "").strip()
    return identify(current_store().reader, named, as_at=on) if named else None


def _days(text: str) -> int:
    """A number of days from 0 to 366. Raises RuleBroken."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= MOST_DAYS):
        raise RuleBroken(f"Enter the days as a whole number from 0 to {MOST_DAYS}, for example 30.")
    return int(text)


def _moment(day: str = "as_at") -> tuple[date, datetime | None]:
    """The day in the field named, else in `as_at`, else today; and `known_at`. Raises RuleBroken in words."""
    text = request.args.get(day, "").strip() or request.args.get("as_at", "").strip()
    return as_day(text, day) if text else today(), _known_at()


def _since() -> date | None:
    since = request.args.get("since", "").strip()
    return as_day(since, "since") if since else None


def _of_plan(question: Callable[..., Any], plan: str, *args: int, **more: date | None) -> Any:
    """The answer to a question about the plan of that id, for whoever asks. Raises NotFound."""
    as_at, known_at = _moment()
    try:
        name = UUID(plan)
    except ValueError:
        raise NotFound("No such action plan is recorded.") from None
    reader = current_store().reader
    return question(reader, name, *args, as_at=as_at, known_at=known_at, public=is_public(), **more)


def _known_at() -> datetime | None:
    known_at = request.args.get("known_at", "").strip()
    return as_instant(known_at, "known_at") if known_at else None


def _json(document: object) -> Response:
    return Response(as_text(document) + "\n", mimetype="application/json")
