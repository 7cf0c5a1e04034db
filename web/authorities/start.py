"""The start page: what is new, how England stands today, what opens soon, and what was published last."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template

from domain.rulebook.results import UNDER_WAY
from domain.rulebook.working_days import add_months
from web.authorities.disagreements import unsettled
from web.news.this_week import this_week
from web.site import reader
from web.words import register

bp = Blueprint("start", __name__)

MONTHS_AHEAD = 6
REPORTS_SHOWN = 8


@bp.get("/")
def show() -> str:
    """News of the week, counts by pathway and judgement, windows opening within six months, the latest reports."""
    asked = reader.asked()
    answer = reader.register(asked)
    found = register.rows(answer.rows, asked.as_at)
    return render_template(
        "authorities/start/page.html",
        asked=asked,
        moment=answer.moment,
        week=this_week(asked, answer),
        total=len(found),
        with_history=sum(row.inspected is not None for row in found),
        pathways=register.by_pathway(found),
        judgements=register.by_judgement(found),
        opening=register.opening(found, asked.as_at, _in_six_months(asked.as_at)),
        overdue=sum(row.state.value == "overdue" for row in found),
        not_known=sum(row.state.value == "not_known" for row in found),
        called=sum(row.state in UNDER_WAY for row in found),
        in_window=sum(row.state.value == "in_window" for row in found),
        latest=register.latest_reports(found, REPORTS_SHOWN),
        disagreements=unsettled(reader.disagreements(asked)),
        questions=sum(row.doubts for row in answer.rows),
    )


def _in_six_months(on: date) -> date:
    return add_months(on, MONTHS_AHEAD)
