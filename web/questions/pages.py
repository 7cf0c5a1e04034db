"""Members' questions on plans and on anything else: what was asked, and who still waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.values.errors import NotFound
from domain.values.plans import QuestionState
from domain.values.words import capital, listed
from projections.authorities.regions import regions
from projections.plans.answers import QuestionRow, QuestionsAnswer
from projections.questions.questions import question_of
from web.questions.in_sight import as_now, as_seen
from web.site import access, reader
from web.site.list_filters import Known, Narrowing, authorities_known, list_page
from web.site.people_names import recorded_by
from web.site.plan_links import action_link, plan_link
from web.site.reader import Asked
from web.store.store import current_store
from web.words import words
from web.words.plans import ASKED, ASKED_KINDS, about

bp = Blueprint("challenges", __name__)

STATES: Mapping[QuestionState, tuple[str, str]] = {
    state: (label, colour.value) for state, (label, colour) in ASKED.items()
}

WHOSE: Mapping[str, str] = {"asked": "Asked by me", "answer": "For me to answer"}

ON_A_PLAN = "plan"
KINDS: Mapping[str, str] = {
    ON_A_PLAN: "An action plan",
    **{kind.value: capital(said) for kind, said in ASKED_KINDS.items()},
}
"""What questions are about, by the word that the address has for it."""


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
    """One question in words. `row` is what the buttons for answering and withdrawing are made from; `of` is the page of
    the authority, or of its plan where it is on one; `page` is where the question itself stands."""

    row: QuestionRow
    about: str
    about_address: str
    of: str
    page: str
    asked: str
    until: str
    answered: str
    withdrawn: str


@bp.get("/my-work/questions")
def index() -> Response:
    """Every question, or those in one state, of one authority or region, or one's own, as the address asks."""
    asked = reader.asked()
    answer = reader.questions(asked)
    wanted = Narrowing.of(request.args, _known(answer))
    return list_page(
        "questions/page.html",
        "questions/_results.html",
        address=url_for(".index", **wanted.args(), **asked.address),
        context=partial(_context, answer, wanted, asked),
    )


@bp.get("/questions/<uuid:challenge>")
def show(challenge: UUID) -> str:
    """One question: what it is about, as it was seen, what was answered, and what can be done."""
    asked = reader.asked()
    moment, row = question_of(current_store().reader, challenge, as_at=asked.as_at, known_at=asked.known_at)
    state, colour = STATES[row.state]
    return render_template(
        "questions/show.html",
        asked=asked,
        moment=moment,
        authority=row.authority,
        question=row,
        one=question(row, asked),
        state=state,
        colour=colour,
        seen=as_seen(row) if row.asked_about else "",
        seen_on=words.day(row.asked_about.as_at) if row.asked_about else "",
    )


def _known(answer: QuestionsAnswer) -> Known:
    return {
        "state": [state.value for state in STATES],
        "region": regions(row.authority for row in answer.rows),
        "authority": authorities_known(row.authority for row in answer.rows),
        "whose": WHOSE,
        "about": KINDS,
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
        "counts": ", ".join(
            f"{len(found)} {STATES[state][0].casefold()}" for state, found in by_state.items() if found
        ),
        "total": len(answer.rows),
        "whose": list(WHOSE.items()),
        "kinds": list(KINDS.items()),
        "regions": regions(row.authority for row in answer.rows),
        "authorities": list(authorities_known(row.authority for row in answer.rows).items()),
        "states": [(state.value, label) for state, (label, _) in STATES.items()],
        "clear": url_for(".index", **asked.address),
    }


def _stays(row: QuestionRow, wanted: Narrowing) -> bool:
    return (
        (not wanted["state"] or row.state.value == wanted["state"])
        and (not wanted["region"] or row.authority.region == wanted["region"])
        and (not wanted["authority"] or row.authority.urn == wanted["authority"])
        and (not wanted["about"] or _kind(row) == wanted["about"])
        and (not wanted["whose"] or _is_mine(row, wanted["whose"]))
    )


def _kind(row: QuestionRow) -> str:
    return ON_A_PLAN if row.asked_about is None else row.asked_about.kind.value


def _is_mine(row: QuestionRow, whose: str) -> bool:
    """Whether the person in hand asked it or, to answer, whether it waits for somebody of their authorities."""
    person = access.present().listed
    if person is None:
        return False
    return row.asked_by == person.actor if whose == "asked" else row.waits and person.may_record(row.authority.urn)


def question(row: QuestionRow, asked: Asked) -> Question:
    """A question in words, as on the day of its answer."""
    if row.plan is None:
        of = url_for("authorities.show", identifier=row.authority.urn, **asked.address)
        about_address = as_now(row, asked)
    else:
        of = plan_link(row.plan, asked)
        about_address = action_link(row.plan, row.action, asked) if row.action else of
    late = f", {words.count(row.days_overdue, 'day')} ago" if row.days_overdue else ""
    return Question(
        row=row,
        about=about(row),
        about_address=about_address,
        of=of,
        page=url_for("challenges.show", challenge=row.id, **asked.address),
        asked=f"{words.day(row.asked_on)}, {recorded_by(row.asked_by)}",
        until=f"{words.day(row.answer_by)}{late}",
        answered=_told(row.answered_on, row.answered_by, row.days),
        withdrawn=words.day(row.withdrawn_on) if row.withdrawn_on else "",
    )


def _told(day: Any, actor: str | None, days: int) -> str:
    if day is None or actor is None:
        return ""
    after = f"after {words.count(days, 'day')}" if days else "on the same day"
    return f"{words.day(day)}, {recorded_by(actor)}, {after}"
