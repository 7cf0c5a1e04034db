"""Action plans as JSON over HTTP: what whoever asks may read of them, what is due, and what members asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, request

from domain.values.errors import NotFound, RuleBroken
from projections.engine.reader import Reader
from projections.plans.action import action_of
from projections.plans.due import SOON_DAYS, actions_due
from projections.plans.passed import plans_passed
from projections.plans.plan import burn_up as burn_up_of
from projections.plans.plan import plan_of, plans_of
from projections.questions.questions import questions as questions_of
from web.documents.plans import (
    action_document,
    burn_up_document,
    due_document,
    plan_document,
    plans_document,
    questions_document,
)
from web.questions.pages import question_state
from web.site.api_asking import json_answer, moment, of_authority, urn_asked
from web.site.plan_reader import is_public, named
from web.store.store import current_store
from web.words.dates import as_day

bp = Blueprint("api_plans", __name__)

MOST_DAYS = 366


@bp.get("/api/authorities/<authority>/plans")
@of_authority()
def plans(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """One authority's action plans, as whoever asks may see them; with `since`, also what moved after that day."""
    when: dict[str, Any] = {"as_at": as_at, "known_at": known_at, "public": is_public()}
    return plans_document(plans_of(reader, urn, since=_since(), **when), plans_passed(reader, urn, **when))


@bp.get("/api/plans/<plan>")
def plan(plan: str) -> Response:
    """One action plan, as whoever asks may see it; with `since`, also what moved after that day."""
    return json_answer(plan_document(_of_plan(plan_of, plan, since=_since())))


@bp.get("/api/plans/<plan>/actions/<number>")
def action(plan: str, number: str) -> Response:
    """One action's whole story, as whoever asks may see it."""
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise NotFound(f"Actions of a plan are numbered from 1 up: there is none called {number[:40]}.")
    return json_answer(action_document(_of_plan(action_of, plan, int(number))))


@bp.get("/api/plans/<plan>/burn-up")
def burn_up(plan: str) -> Response:
    """How many of a plan's actions there were, were due and were done, day by day."""
    return json_answer(burn_up_document(_of_plan(burn_up_of, plan)))


@bp.get("/api/due")
def due() -> Response:
    """What is due on a day over all plans, or those of one authority or office; nothing says when: today."""
    on, known_at = moment("on")
    office, days = (request.args.get(key, "").strip() for key in ("office", "days"))
    answer = actions_due(
        current_store().reader,
        on=on,
        known_at=known_at,
        urn=urn_asked(on),
        office=office or None,
        days=_days(days) if days else SOON_DAYS,
    )
    return json_answer(due_document(answer))


@bp.get("/api/challenges")
def challenges() -> Response:
    """Members' questions of all plans, of one authority's or of one plan, in one state or in any."""
    as_at, known_at = moment()
    plan_asked = request.args.get("plan", "").strip()
    answer = questions_of(
        current_store().reader,
        state=question_state(request.args.get("state", "").strip()),
        urn=urn_asked(as_at),
        plan=named(plan_asked) if plan_asked else None,
        as_at=as_at,
        known_at=known_at,
    )
    return json_answer(questions_document(answer))


def _days(text: str) -> int:
    """A number of days from 0 to 366. Raises RuleBroken."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= MOST_DAYS):
        raise RuleBroken(f"Enter the days as a whole number from 0 to {MOST_DAYS}, for example 30.")
    return int(text)


def _since() -> date | None:
    since = request.args.get("since", "").strip()
    return as_day(since, "since") if since else None


def _of_plan(question: Callable[..., Any], plan: str, *args: int, **more: date | None) -> Any:
    """The answer to a question about the plan of that id, for whoever asks. Raises NotFound."""
    as_at, known_at = moment()
    reader = current_store().reader
    return question(reader, named(plan), *args, as_at=as_at, known_at=known_at, public=is_public(), **more)
