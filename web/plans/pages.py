"""The pages on which plans are read: all of them, one, and one of its actions. Whoever has no role reads what was
published here."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from projections.plans.answers import PlanHead
from web.meetings import choices as meeting_choices
from web.plans import since as plan_since
from web.plans.chain import chain_of, report_of
from web.plans.charts import burn_up_plot, measure_plot, month_ends
from web.plans.passed_on import other_action, passed_on
from web.site import people_names, plan_reader, reader
from web.site.htmx import page_or_part
from web.site.list_filters import Narrowing, authorities_known, list_page
from web.words import plans as plan_words
from web.words import timeline

bp = Blueprint("plans", __name__, url_prefix="/plans")

bp.add_app_template_filter(people_names.shown, "shown")
bp.add_app_template_filter(people_names.teller, "teller")
bp.add_app_template_filter(plan_words.figure, "figure")
bp.add_app_template_filter(plan_words.BASES.__getitem__, "basis")
bp.add_app_template_filter(plan_words.IMPACTS.__getitem__, "impact")
bp.add_app_template_filter(plan_words.ASKED.__getitem__, "asked_state")
bp.add_app_template_filter(plan_words.about, "question_about")
bp.add_app_template_filter(plan_words.SYMBOLS.__getitem__, "symbol")
bp.add_app_template_filter(plan_words.TEXTS.__getitem__, "text_name")

STATES = {"open": "Open", "closed": "Closed"}


@bp.get("")
def index() -> AnyResponse:
    """Every plan, or those of one authority or state; empty fields leave the address."""
    asked = reader.asked()
    answer = plan_reader.heads(asked)
    authorities = authorities_known(head.authority for head in answer.heads)
    wanted = Narrowing.of(request.args, {"authority": authorities, "state": STATES})
    return list_page(
        "plans/index.html",
        "plans/_results.html",
        address=url_for(".index", **wanted.args(), **asked.address),
        context=lambda: {
            "asked": asked,
            "moment": answer.moment,
            "wanted": wanted,
            "heads": [head for head in answer.heads if _is_wanted(head, wanted)],
            "total": len(answer.heads),
            "authorities": list(authorities.items()),
            "states": list(STATES.items()),
            "clear": url_for(".index", **asked.address),
        },
    )


def _is_wanted(head: PlanHead, wanted: Narrowing) -> bool:
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
        passed=passed_on(answer.head, asked),
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
        passed=passed_on(answer.head, asked),
        carried_from=other_action(answer.action.carried_from, asked),
        carried_to=other_action(answer.action.carried_to, asked),
        followable=timeline.followable,
    )
