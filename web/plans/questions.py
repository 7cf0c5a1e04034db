"""Members' questions over all action plans: what was asked, and who still waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from domain.values.errors import NotFound
from domain.values.plans import QuestionState
from domain.values.words import listed
from projections.authorities.regions import regions
from projections.plans.answers import QuestionRow, QuestionsAnswer
from web.site import reader
from web.site.list_filters import Known, Narrowing, list_page
from web.site.people_names import recorded_by
from web.site.plan_links import action_link, plan_link
from web.site.reader import Asked
from web.words import words
from web.words.plans import ASKED

bp = Blueprint("challenges", __name__)

STATES: Mapping[QuestionState, tuple[str, str]] = {
    state: (label, colour.value) for state, (label, colour) in ASKED.items()
}


def question_state(code: str) -> QuestionState | None:
    """The state of a question by its value; None for nothing. Raises NotFound with those there are."""
    if not code:
        return None
    for state in QuestionState:
        if state.value == code:
            return state
    known = listed([state.value for state in QuestionState])
    raise NotFound(f"{code[:80]!r} is not a state of a question. There are {known}.")


@dataclass(frozen=True)
class Question:
    """One question in words. `row` is what the buttons for answering and withdrawing are made from."""

    row: QuestionRow
    about: str
    about_address: str
    plan: str
    asked: str
    until: str
    answered: str
    withdrawn: str


@bp.get("/challenges")
def index() -> Response:
    """Every question, or those in one state, of one authority or region, as the address asks."""
    asked = reader.asked()
    answer = reader.questions(asked)
    wanted = Narrowing.of(request.args, _known(answer))
    return list_page(
        "plans/questions/page.html",
        "plans/questions/_results.html",
        address=url_for(".index", **wanted.args(), **asked.address),
        context=partial(_context, answer, wanted, asked),
    )


def _known(answer: QuestionsAnswer) -> Known:
    return {
        "state": [state.value for state in STATES],
        "region": regions(row.authority for row in answer.rows),
        "authority": {row.authority.urn for row in answer.rows},
    }


def _context(answer: QuestionsAnswer, wanted: Narrowing, asked: Asked) -> dict[str, Any]:
    """Everything the page shows; the part takes the same."""
    rows = [row for row in answer.rows if _stays(row, wanted)]
    by_state = {state: [question(row, asked) for row in rows if row.state is state] for state in STATES}
    return {
        "asked": asked,
        "moment": answer.moment,
        "wanted": wanted,
        "groups": [(state.value, *STATES[state], found) for state, found in by_state.items() if found],
        "counts": ", ".join(f"{len(found)} {STATES[state][0].casefold()}" for state, found in by_state.items()),
        "total": len(answer.rows),
        "regions": regions(row.authority for row in answer.rows),
        "authorities": sorted({(row.authority.urn, row.authority.name) for row in answer.rows}, key=lambda one: one[1]),
        "states": [(state.value, label) for state, (label, _) in STATES.items()],
        "clear": url_for(".index", **asked.address),
    }


def _stays(row: QuestionRow, wanted: Narrowing) -> bool:
    return (
        (not wanted["state"] or row.state.value == wanted["state"])
        and (not wanted["region"] or row.authority.region == wanted["region"])
        and (not wanted["authority"] or row.authority.urn == wanted["authority"])
    )


def question(row: QuestionRow, asked: Asked) -> Question:
    """A question in words, as on the day of its answer."""
    plan = plan_link(row.plan, asked)
    about = row.finding.text if row.finding else f"action {row.action}" if row.action else "the plan"
    late = f", {words.count(row.days_overdue, 'day')} ago" if row.days_overdue else ""
    return Question(
        row=row,
        about=about,
        about_address=action_link(row.plan, row.action, asked) if row.action else plan,
        plan=plan,
        asked=f"{words.day(row.asked_on)}, {recorded_by(row.asked_by)}",
        until=f"{words.day(row.answer_by)}{late}",
        answered=_told(row.answered_on, row.answered_by, row.days),
        withdrawn=words.day(row.withdrawn_on) if row.withdrawn_on else "",
    )


def _told(day: Any, actor: str | None, days: int) -> str:
    if day is None or actor is None:
        return ""
    return f"{words.day(day)}, {recorded_by(actor)}, after {words.count(days, 'day')}"
