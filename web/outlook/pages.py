"""The window of one authority, explained: every step that leads to it, what did not apply, what would change it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from web.site import reader
from web.words import explanation, words
from web.words.forecast_card import outlook_shown, visit_outlook_shown
from web.words.past_windows import accounts
from web.words.summary import of_the_next, summary

bp = Blueprint("windows", __name__, url_prefix="/authorities")


@bp.get("/<identifier>/window")
@reader.by_urn
def show(urn: str) -> Response:
    """Why each activity is expected when it is, for any date; other identifiers redirect to the URN's address."""
    asked = reader.asked()
    answer = reader.reasoning(urn, asked)
    told = answer.reasoning
    windows = [one for one in told.expectations if of_the_next(one.expectation)]
    page = render_template(
        "outlook/window/page.html",
        asked=asked,
        moment=answer.moment,
        authority=told.standing.authority,
        codes=words.codes(told.standing.authority),
        summary=summary(told.standing, asked.as_at),
        succession=reader.succession(urn, asked),
        limits=answer.limits,
        outlook=outlook_shown(reader.outlook(urn, asked).outlook),
        visits=visit_outlook_shown(reader.visit_outlook(urn, asked).outlook),
        past=accounts(answer.past_windows),
        pathway=tuple(map(explanation.step, told.pathway)),
        windows=tuple(map(explanation.explained, windows)),
        others=tuple(explanation.explained(one) for one in told.expectations if one not in windows),
        unapplied=tuple(map(explanation.not_applied, told.unapplied)),
        changes=tuple(map(explanation.change, told.would_change)),
    )
    return Response(page)
