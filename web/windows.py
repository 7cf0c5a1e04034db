"""The window of one authority, explained: every step that leads to it, what did not apply, what would change it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web import reader, reasons, words
from web.outlook import outlook_shown
from web.past_windows import accounts
from web.summary import summary

bp = Blueprint("windows", __name__, url_prefix="/authorities")


@bp.get("/<identifier>/window")
def show(identifier: str) -> str | Response:
    """Why each activity is expected when it is, for any date; other identifiers redirect to the URN's address."""
    asked = reader.asked()
    urn = reader.urn_of(identifier)
    if urn != identifier:
        return redirect(reader.with_query(url_for(".show", identifier=urn)), 301)
    answer = reader.reasoning(urn, asked)
    told = answer.reasoning
    windows = [one for one in told.expectations if one.expectation.basis == "pathway"]
    return render_template(
        "windows/page.html",
        asked=asked,
        moment=answer.moment,
        authority=told.standing.authority,
        codes=words.codes(told.standing.authority),
        summary=summary(told.standing, asked.as_at),
        limits=answer.limits,
        outlook=outlook_shown(reader.outlook(urn, asked).outlook),
        past=accounts(answer.past_windows),
        pathway=tuple(map(reasons.step, told.pathway)),
        windows=tuple(map(reasons.explained, windows)),
        others=tuple(reasons.explained(one) for one in told.expectations if one not in windows),
        unapplied=tuple(map(reasons.not_applied, told.unapplied)),
        changes=tuple(map(reasons.change, told.would_change)),
    )
