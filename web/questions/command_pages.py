"""Asking about what a page shows, answering and taking back: questions that are on no plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for

from domain.facts import Told
from domain.questions.commands import EraseAskedWords, QuestionsCommand
from domain.values.errors import NotFound, RuleBroken
from domain.values.statements import Source
from projections.plans.answers import QuestionRow
from projections.questions.asked import words_asked
from projections.questions.questions import question_of
from web.meetings.forms import EraseMeetingWordsForm
from web.plans.command_table import ASK, QUESTION_FORMS
from web.plans.form_context import may_withdraw
from web.questions.forms import AnswerAskedForm, AskAboutForm, AskedForm, OfQuestions, WithdrawAskedForm
from web.questions.in_sight import InSight, as_seen, asked_here, finding_id, in_sight
from web.site import access, catch_up, reader
from web.site.form_base import SmallForm
from web.site.htmx import go_to, page_or_part
from web.site.reader import Asked
from web.site.receipts import tell
from web.store.store import current_store
from web.words.dates import today
from web.words.plans import about

bp = Blueprint("asking", __name__, url_prefix="/authorities/<urn>")
bp.record_once(lambda state: state.app.jinja_env.globals.update(finding_id=finding_id, asked_here=asked_here))

SOURCE = Source("form", "Form of a member’s question")
REPLIES: Mapping[str, type[AskedForm]] = {"answer": AnswerAskedForm, "withdraw": WithdrawAskedForm}
NO_SUCH_FORM = "There is no form of that name. Choose what to do from the question’s page."


@dataclass(frozen=True)
class OpenQuestion:
    """A form in hand, what it is called, and what it is about: what a page shows, or a question."""

    label: str
    done: str
    form: OfQuestions
    record: Callable[[], QuestionsCommand]
    about: InSight | None = None
    question: QuestionRow | None = None


@bp.route("/ask", methods=["GET", "POST"])
def ask(urn: str) -> Response:
    """Ask about the authority, or what else the address names, as it was shown; 422 with the form where it is
    refused."""
    if reader.urn_of(urn) != urn:
        abort(404)
    form, asked = AskAboutForm(), reader.asked()
    seen = _as_opened(form, in_sight(urn, request.args, _known_then(form, asked)))
    if not form.is_submitted():
        form.look_again(seen.about.position)
    opened = OpenQuestion(ASK.label, ASK_DONE, form, lambda: form.record(urn, seen.about), about=seen)
    return _answer(urn, opened)


ASK_DONE = "Your question was recorded. It stays here until it is answered or withdrawn."


@bp.route("/questions/<uuid:challenge>/<kind>", methods=["GET", "POST"])
def reply(urn: str, challenge: UUID, kind: str) -> Response:
    """Answer or withdraw a question; 422 with the form where it is refused."""
    if kind not in REPLIES:
        abort(404, NO_SUCH_FORM)
    _, row = question_of(current_store().reader, challenge, as_at=today())
    if row.plan is not None or (row.asked_of or row.authority).urn != urn:
        raise NotFound("No such question was asked of this authority.")
    if kind == "withdraw" and not may_withdraw(row):
        abort(403, access.NOT_YOURS)
    if kind == "answer" and not access.may("RECORDS", row.authority.urn):
        abort(403, access.NOT_YOUR_AUTHORITY)
    form, called = REPLIES[kind](), QUESTION_FORMS[kind]
    if not form.is_submitted():
        form.start()
    opened = OpenQuestion(called.label, called.done, form, lambda: form.record(urn, challenge), question=row)
    return _answer(urn, opened)


@bp.route("/questions/words/<uuid:subject>/erase", methods=["GET", "POST"])
def erase(urn: str, subject: UUID) -> Response:
    """Erase words for good: they are shown first, and a reason and assent are asked for; 422 where it is refused."""
    together = words_asked(current_store().reader, urn, subject, on=today())
    form = EraseMeetingWordsForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            command = EraseAskedWords(urn, [subject], on=today())
            done = current_store().application.do(command, by=_told(form, reason=form.reason.data))
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            return _gone_to(url_for("challenges.index", authority=urn), "Erased.", done.position)
    page = render_template(
        "meetings/erase.html",
        form=form,
        authority=reader.authority(urn),
        name="Members’ questions",
        back=url_for("challenges.index", authority=urn),
        together=together,
    )
    return Response(page, status)


def _known_then(form: AskAboutForm, asked: Asked) -> Asked:
    """The moment that the form was opened for: what was recorded since is not what the member asks about."""
    if (seen := _seen(form)) is None:
        return asked
    store = current_store().reader
    with store.connect() as connection:
        return replace(asked, known_at=store.known_by(connection, seen))


def _as_opened(form: AskAboutForm, found: InSight) -> InSight:
    """The same as of the last event that the page counted: several may have been told at one instant."""
    if (seen := _seen(form)) is None:
        return found
    return replace(found, about=replace(found.about, position=min(seen, found.about.position)))


def _seen(form: AskAboutForm) -> int | None:
    """The last event counted when the form was opened; None where it is not sent yet, or says no number."""
    seen = form.seen.data or ""
    return int(seen) if form.is_submitted() and seen.isascii() and seen.isdigit() and len(seen) <= 12 else None


def _answer(urn: str, opened: OpenQuestion) -> Response:
    """The form, where it led, or why not: 200, 303, 422."""
    form, question = opened.form, opened.question
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            done = current_store().application.do(opened.record(), by=_told(form))
        except NotFound:
            raise
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            return _gone_to(url_for("challenges.show", challenge=done.question), opened.done, done.position)
    context: dict[str, Any] = {}
    if question is not None:
        context = {"about": about(question), "seen": as_seen(question)}
    response = page_or_part(
        "questions/form.html",
        "questions/_form.html",
        authority=reader.authority(urn),
        work=opened,
        form=form,
        not_now=question is not None and not question.waits and not form.is_submitted(),
        **context,
    )
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _gone_to(page: str, news: str, position: int) -> Response:
    catch_up.catch_up()
    tell(news, position)
    return go_to(page)


def _told(form: SmallForm, reason: str | None = None) -> Told:
    return Told(access.present().actor, form.command_id(), SOURCE, datetime.now(UTC), reason)
