"""The pages on which plans are read: all of them, one, and one of its actions. Whoever has no role reads what was
published here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from projections.plan_answers import PlanHead
from web import meeting_choices, plan_reader, plan_since, plan_terms, reader, timeline
from web.htmx import page_or_part, part_wanted
from web.plan_chain import chain_of, report_of
from web.plan_charts import burn_up_plot, measure_plot, month_ends

bp = Blueprint("plans", __name__, url_prefix="/plans")

bp.add_app_template_filter(plan_terms.shown, "shown")
bp.add_app_template_filter(plan_terms.teller, "teller")
bp.add_app_template_filter(plan_terms.figure, "figure")
bp.add_app_template_filter(plan_terms.BASES.__getitem__, "basis")
bp.add_app_template_filter(plan_terms.STAGES.__getitem__, "stage")
bp.add_app_template_filter(plan_terms.IMPACTS.__getitem__, "impact")
bp.add_app_template_filter(plan_terms.ASKED.__getitem__, "asked_state")
bp.add_app_template_filter(plan_terms.SYMBOLS.__getitem__, "symbol")
bp.add_app_template_filter(plan_terms.TEXTS.__getitem__, "text_name")

STATES = {"open": "Open", "closed": "Closed"}


@bp.get("")
def index() -> AnyResponse:
    """Every plan, or those of one authority or state; empty fields leave the address."""
    asked = reader.asked()
    wanted = {key: request.args.get(key, "").strip() for key in ("authority", "state")}
    filters: dict[str, Any] = {key: value for key, value in wanted.items() if value}
    address = url_for(".index", **filters, **asked.address)
    if not part_wanted() and any(not value for value in request.args.values()):
        return redirect(address, 303)
    answer = plan_reader.heads(asked)
    authorities = sorted({(head.authority.urn, head.authority.name) for head in answer.heads}, key=lambda one: one[1])
    return page_or_part(
        "plans/index.html",
        "plans/_results.html",
        push_url=None if reader.shown_already(address) else address,
        asked=asked,
        moment=answer.moment,
        wanted=wanted,
        heads=[head for head in answer.heads if _is_wanted(head, wanted)],
        total=len(answer.heads),
        authorities=authorities,
        states=list(STATES.items()),
        clear=url_for(".index", **asked.address),
    )


def _is_wanted(head: PlanHead, wanted: dict[str, str]) -> bool:
    state = "closed" if head.closed_on is not None else "open"
    return wanted["authority"] in ("", head.authority.urn) and wanted["state"] in ("", state)


@bp.get("/<uuid:plan>")
def show(plan: UUID) -> Response:
    """One plan: how far it is, its dates, exceptions first, by finding, what moved, and questions."""
    asked = reader.asked()
    since = plan_since.asked(plan)
    answer = plan_reader.plan(plan, asked, since.day)
    grown = plan_reader.burn_up(plan, asked)
    return page_or_part(
        "plans/show.html",
        "plans/_moved.html",
        asked=asked,
        moment=answer.moment,
        answer=answer,
        since=since,
        meetings=meeting_choices.offered(answer.head.authority.urn, asked),
        head=answer.head,
        authority=answer.head.authority,
        report=report_of(answer.head, asked),
        rows={row.number: row for row in answer.actions},
        exceptions=[row for row in answer.actions if row.is_exception],
        plot=burn_up_plot(grown),
        points=month_ends(grown.points),
    )


@bp.get("/<uuid:plan>/actions/<int:number>")
def action(plan: UUID, number: int) -> str:
    """One action: its whole story, measure, evidence, questions, and the way from finding to next visit."""
    asked = reader.asked()
    answer = plan_reader.action(plan, number, asked)
    return render_template(
        "plans/action.html",
        asked=asked,
        moment=answer.moment,
        answer=answer,
        action=answer.action,
        head=answer.head,
        authority=answer.head.authority,
        plot=measure_plot(answer),
        chain=chain_of(answer.head, asked),
        followable=timeline.followable,
    )
