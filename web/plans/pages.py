"""The pages on which plans are read: all of them, one, and one of its actions. Whoever has no role reads what was
published here."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from projections.plans.answers import PlanHead
from web.plans.chain import chain_of
from web.plans.passed_on import other_action, passed_on
from web.plans.register import moved, narrowing, page
from web.plans.register.by_finding import finding_lines, raised_before
from web.plans.register.heads import plan_rows
from web.plans.register.measure import measure_lines
from web.plans.register.rows import confidence, pill_of, was
from web.site import people_names, plan_reader, reader
from web.site.list_filters import Narrowing, authorities_known, list_page
from web.words import plans as plan_words
from web.words import timeline

bp = Blueprint("plans", __name__, url_prefix="/plans")

bp.add_app_template_filter(people_names.shown, "shown")
bp.add_app_template_filter(people_names.teller, "teller")
bp.add_app_template_filter(plan_words.figure, "figure")
bp.add_app_template_filter(plan_words.BASES.__getitem__, "basis")
bp.add_app_template_filter(plan_words.DIFFERENCES.__getitem__, "difference")
bp.add_app_template_filter(plan_words.ASKED.__getitem__, "asked_state")
bp.add_app_template_filter(plan_words.about, "question_about")
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
            "rows": plan_rows([head for head in answer.heads if _is_wanted(head, wanted)]),
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
def show(plan: UUID) -> AnyResponse:
    """One plan: how far it is, what needs attention, what moved, and its register as the address narrows it."""
    asked = reader.asked()
    since = moved.since(plan, asked)
    answer = plan_reader.plan(plan, asked, since.day)
    wanted = narrowing.wanted(request.args, answer)
    return list_page(
        "plans/show.html",
        "plans/register/_results.html",
        address=url_for(".show", plan=plan, **{**wanted.args(), **since.args(), **asked.address}),
        context=lambda: page.register(answer, asked, wanted, since),
    )


@bp.get("/<uuid:plan>/findings")
def findings(plan: UUID) -> str:
    """One plan by finding: what Ofsted found, and which actions answer it."""
    asked = reader.asked()
    answer = plan_reader.plan(plan, asked)
    lines = finding_lines(answer, asked, raised_before(answer.head, asked))
    return render_template("plans/findings.html", lines=lines, **page.shared(answer, asked, "findings"))


@bp.get("/<uuid:plan>/questions")
def questions(plan: UUID) -> str:
    """Members' questions on one plan, those that wait first."""
    asked = reader.asked()
    answer = plan_reader.plan(plan, asked)
    return render_template("plans/questions.html", **page.shared(answer, asked, "questions"))


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
        drawings=measure_lines(answer),
        pill=pill_of(answer.action),
        was=was(answer.action, answer.moment.as_at),
        confidence=confidence(answer.action),
        chain=chain_of(answer.head, asked),
        passed=passed_on(answer.head, asked),
        carried_from=other_action(answer.action.carried_from, asked),
        carried_to=other_action(answer.action.carried_to, asked),
        followable=timeline.followable,
    )
