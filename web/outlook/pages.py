"""The window of one authority, explained: every step that leads to it, what did not apply, what would change it."""

from __future__ import annotations

from itertools import dropwhile
from typing import Any

from flask import Blueprint, Response, render_template

from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.results import UNDER_WAY, Standing, WindowStatus
from domain.values.words import MONTHS
from web.charts.month_bars import MonthBars, MonthChance, month_bars
from web.charts.next_expected import NextPicture, next_expected, next_picture
from web.site import reader
from web.words import explanation
from web.words.answer import pill
from web.words.chances import about
from web.words.forecast_card import outlook_shown, visit_outlook_shown
from web.words.past_windows import accounts
from web.words.summary import of_the_next, summary

bp = Blueprint("windows", __name__, url_prefix="/authorities")

WORTH_A_BAR = 0.0005
"""Months at either end that are less likely are not drawn; the table has them all."""

NOT_DRAWN = UNDER_WAY | {WindowStatus.NOT_APPLICABLE}


@bp.get("/<identifier>/window")
@reader.by_urn
def show(urn: str) -> Response:
    """Why each activity is expected when it is, for any date; other identifiers redirect to the URN's address."""
    asked = reader.asked()
    answer = reader.reasoning(urn, asked)
    told = answer.reasoning
    windows = [one for one in told.expectations if of_the_next(one.expectation)]
    outlook = reader.outlook(urn, asked).outlook
    pathway = tuple(map(explanation.step, told.pathway))
    explained = tuple(map(explanation.explained, windows))
    page = render_template(
        "outlook/window/page.html",
        asked=asked,
        moment=answer.moment,
        authority=told.standing.authority,
        summary=summary(told.standing, asked.as_at),
        pill=pill(told.standing, asked.as_at),
        succession=reader.succession(urn, asked),
        limits=answer.limits,
        outlook=outlook_shown(outlook),
        likely=about(outlook.forecast.p_six_months) if outlook.forecast else "",
        visits=visit_outlook_shown(reader.visit_outlook(urn, asked).outlook),
        past=accounts(answer.past_windows),
        pathway=pathway,
        windows=explained,
        number_of_steps=len(pathway) + sum(len(one.steps) for one in explained),
        others=tuple(explanation.explained(one) for one in told.expectations if one not in windows),
        unapplied=tuple(map(explanation.not_applied, told.unapplied)),
        changes=tuple(map(explanation.change, told.would_change)),
        **_drawn(told.standing, outlook),
    )
    return Response(page)


def _drawn(standing: Standing, outlook: Outlook) -> dict[str, Any]:
    """When it may come on one axis, and month by month; nothing of an inspection that has come."""
    picture: NextPicture | None = None
    if standing.window_status not in NOT_DRAWN and not standing.ended:
        picture = next_picture(next_expected(standing, outlook))
    return {"picture": picture, "bars": chances_drawn(outlook)}


def chances_drawn(outlook: Outlook) -> tuple[MonthBars, ...]:
    """Wide and narrow; none without a forecast."""
    if outlook.forecast is None:
        return ()
    every = [MonthChance(share.month, share.p) for share in outlook.forecast.by_month]
    begun = list(dropwhile(lambda one: one.chance < WORTH_A_BAR, every))
    shown = list(reversed(list(dropwhile(lambda one: one.chance < WORTH_A_BAR, reversed(begun)))))
    if not shown:
        return ()
    best = max(shown, key=lambda one: one.chance)
    year, month = map(int, best.month.split("-"))
    named = f"{MONTHS[month - 1]} {year}"
    desc = f"The likeliest month is {named}, with {best.chance:.0%}. All months stand in the table below."
    title = "Chance that the next graded inspection begins, by month"
    return tuple(month_bars(shown, title=title, desc=desc, narrow=narrow) for narrow in (False, True))
