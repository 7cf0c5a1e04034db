"""Working on plans: one form for each command, and both versions where two officers changed one action at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request, url_for

from domain.facts import Told
from domain.plans.handler import CONVENTIONS_CHOSEN, PlanDone
from domain.values.activities import AuthorityFacts
from domain.values.days import london_day
from domain.values.errors import ChangedMeanwhile, NotFound, Overtaken, RuleBroken
from domain.values.statements import Source
from projections.plans.answers import StoryRow
from web.plans import allowed_links as offers
from web.plans import form_context as at_hand
from web.plans.command_table import ACTION_WORK, ASK, ERASE, LABELS, OPEN, PLAN_WORK, QUESTION_WORK, Work
from web.plans.form_base import ActionForm, PlanForm
from web.plans.form_context import AtHand
from web.plans.label_forms import ConventionsForm
from web.site import access, reader
from web.site import catch_up as following
from web.site.htmx import go_to, page_or_part
from web.site.receipts import tell
from web.store.store import current_store
from web.words import dates as moments
from web.words import plans as plan_words
from web.words import words
from web.words.people_names import recorded_by

bp = Blueprint("planning", __name__)
bp.record_once(offers.register)

NO_SUCH_FORM = "There is no form of that name. Choose what to do from the plan’s page."
SOURCE = Source("form", "Form of the action plan")


@dataclass(frozen=True)
class Task:
    """A form in hand: what it sends, and where it leads once that is done."""

    work: Work
    form: PlanForm
    send: Callable[..., PlanDone]
    back: Callable[[PlanDone], str]
    authority: AuthorityFacts
    held: AtHand | None = None
    start: Callable[[], None] = lambda: None
    context: Mapping[str, Any] = field(default_factory=dict)


@bp.route("/authorities/<urn>/plans/open", methods=["GET", "POST"])
def open_plan(urn: str) -> Response:
    """Open a plan on a report or letter that has none; 422 with the form when it is refused."""
    authority, form = _authority(urn), OPEN.new()
    entries = at_hand.to_plan(urn, with_planned=form.is_submitted())
    form.offer_entries(entries)
    command = _command(OPEN)
    return _answer(
        Task(
            OPEN,
            form,
            lambda **words: command(urn, form.activity_id(), **words),
            lambda done: url_for("plans.show", plan=done.plan),
            authority,
            start=partial(form.on.suggest, moments.today()),
            context={"nothing_to_plan": not entries and not form.is_submitted()},
        )
    )


@bp.route("/plans/<uuid:plan>/record/<kind>", methods=["GET", "POST"])
def record(plan: UUID, kind: str) -> Response:
    """Do one thing to a plan; 422 with the form when it is refused."""
    work = _work(PLAN_WORK, kind)
    held = at_hand.with_finding(at_hand.plan(plan), request.args.get("finding", ""))

    def back(done: PlanDone) -> str:
        return _at_the_action(plan, done.made if work.makes_an_action else None)

    return _answer(_about(work, held, partial(_command(work), plan), back))


@bp.route("/plans/<uuid:plan>/actions/<int:number>/record/<kind>", methods=["GET", "POST"])
def act(plan: UUID, number: int, kind: str) -> Response:
    """Do one thing to an action; 422 with the form when it is refused, 409 with both versions where it had changed."""
    work = _work(ACTION_WORK, kind)
    held = at_hand.action(plan, number)
    _must_be_for(work, held)

    def send(*, by: Told, **words: Any) -> PlanDone:
        assert not isinstance(work.sends, str)
        form: Any = task.form
        command = form.record(plan, number) if hasattr(form, "record") else work.sends(plan, number, **words)
        return current_store().application.do(command, by=by)

    task = _about(work, held, send, lambda done: _at_the_action(plan, number))
    return _answer(task)


@bp.route("/plans/<uuid:plan>/ask", methods=["GET", "POST"])
def ask(plan: UUID) -> Response:
    """Ask about an action or a finding; 422 with the form when it is refused."""
    held = at_hand.to_ask(plan, request.args.get("action", ""), request.args.get("finding", ""))
    action = held.action.action.number if held.action else None
    finding = held.finding.id if held.finding else None
    send = partial(_command(ASK), plan, action=action, finding=finding, on=moments.today())
    return _answer(_about(ASK, held, send, lambda done: _at_the_action(plan, action)))


@bp.route("/plans/<uuid:plan>/questions/<uuid:challenge>/<kind>", methods=["GET", "POST"])
def reply(plan: UUID, challenge: UUID, kind: str) -> Response:
    """Answer or withdraw a question; 422 with the form when it is refused."""
    work = _work(QUESTION_WORK, kind)
    held = at_hand.question(plan, challenge)
    _must_be_for(work, held)
    assert held.question is not None
    action = held.question.action
    today = {} if "on" in work.form.own else {"on": moments.today()}
    send = partial(_command(work), plan, challenge, **today)
    return _answer(_about(work, held, send, lambda done: _at_the_action(plan, action)))


@bp.route("/authorities/<urn>/plan-labels", methods=["GET", "POST"])
def conventions(urn: str) -> Response:
    """What an authority calls its readings, in which colour, and how long an answer may take."""
    authority, form = _authority(urn), LABELS.new()
    return _answer(
        Task(
            LABELS,
            form,
            partial(_command(LABELS), urn),
            lambda done: url_for("authorities.show", identifier=urn),
            authority,
            start=partial(form.begin, at_hand.conventions(urn)),
        )
    )


@bp.route("/plans/<uuid:plan>/words/<uuid:subject>/erase", methods=["GET", "POST"])
def erase(plan: UUID, subject: UUID) -> Response:
    """Erase words for good: they are shown first, and a reason and assent are asked for; 422 where it is refused."""
    held = at_hand.plan(plan)
    erased = at_hand.words(plan, subject)
    send = partial(_command(ERASE), plan, [subject], on=moments.today())
    task = Task(ERASE, ERASE.new(), send, lambda done: _at_the_action(plan, None), held.authority, held)
    return _answer(task, words=erased)


def told(form: PlanForm) -> Told:
    """Who tells us: the person signed in. Reasons are words of the plan, save the one for erasing."""
    reason = getattr(form, "reason", None)
    return Told(
        actor=access.present().actor,
        command=form.command_id(),
        source=SOURCE,
        at=datetime.now(UTC),
        reason=None if reason is None else reason.data,
    )


def _about(work: Work, held: AtHand, send: Callable[..., PlanDone], back: Callable[[PlanDone], str]) -> Task:
    form = work.new()
    form.offer(held)
    return Task(work, form, send, back, held.authority, held, partial(form.start, held))


def _answer(task: Task, **context: Any) -> Response:
    """The form, where it led, or why not: 200, 303, 409 with both versions, 422."""
    form, status, held = task.form, 200, task.held
    changed: list[tuple[StoryRow, str]] = []
    if not form.is_submitted():
        task.start()
    elif form.validate():
        try:
            done = task.send(**form.values(), by=told(form))
        except ChangedMeanwhile as newer:
            status = 409
            held, changed = _both_versions(task, newer)
        except Overtaken as newer:
            status = 409
            changed = _labels_now(task, newer)
        except NotFound:
            raise
        except RuleBroken as refusal:
            status = 422
            form.refuse(str(refusal))
        else:
            following.catch_up()
            tell(task.work.done, done.position)
            return go_to(task.back(done))
    else:
        status = 422
    if status != 200 and held is not None:
        form.narrow(held)
    not_now = status == 200 and held is not None and task.work.command not in {*held.commands, "erase_words"}
    response = page_or_part(
        "plans/commands/page.html",
        "plans/commands/_form.html",
        **{**task.context, **context},
        work=task.work,
        form=form,
        authority=task.authority,
        held=held,
        changed=changed,
        not_now=not_now,
        what_changed="these labels" if task.work is LABELS else "this action",
        said=plan_words.TEXTS,
        changed_by=recorded_by(held.action.action.changed_by) if held is not None and held.action else "",
    )
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _both_versions(task: Task, newer: ChangedMeanwhile) -> tuple[AtHand, list[tuple[StoryRow, str]]]:
    """The action as it stands now, and what was told of it after the person opened the form, each with by whom."""
    following.catch_up()
    assert task.held is not None
    assert isinstance(task.form, ActionForm)
    task.form.look_again(newer.now)
    held = at_hand.action(task.held.id, newer.action)
    return held, [(row, recorded_by(row.by)) for row in at_hand.told_after(held, newer.seen)]


def _labels_now(task: Task, newer: Overtaken) -> list[tuple[StoryRow, str]]:
    """The labels that somebody else chose after the person opened the form, and who did."""
    following.catch_up()
    assert isinstance(task.form, ConventionsForm)
    task.form.look_again(newer.now)
    held = at_hand.conventions(task.authority.urn)
    at = held.chosen_at or datetime.now(UTC)
    said = "; ".join(
        f"“{plan_words.READINGS[one.reading]}” is “{one.words}”, {plan_words.COLOURS[one.colour].lower()}"
        for one in held.labels
    )
    said = f"An answer may take {words.count(held.answer_days, 'clear day')}. {said}."
    row = StoryRow(0, held.position, CONVENTIONS_CHOSEN, london_day(at), at, held.chosen_by, said, ())
    return [(row, recorded_by(held.chosen_by))]


def _authority(urn: str) -> AuthorityFacts:
    if reader.urn_of(urn) != urn:
        abort(404)
    return reader.authority(urn)


def _work(known: Mapping[str, Work], kind: str) -> Work:
    if kind not in known:
        abort(404, NO_SUCH_FORM)
    return known[kind]


def _must_be_for(work: Work, held: AtHand) -> None:
    allowed = access.may(work.rule, held.authority.urn)
    if work.command == "withdraw_challenge" and held.question is not None:
        allowed = at_hand.may_withdraw(held.question)
    if not allowed:
        abort(403, access.NOT_YOURS)


def _command(work: Work) -> Callable[..., PlanDone]:
    command: Callable[..., PlanDone] = getattr(current_store().application.plans, work.command)
    return command


def _at_the_action(plan: UUID, number: object) -> str:
    """Where one sees what was done: the action's page, or the plan's."""
    if isinstance(number, int):
        return url_for("plans.action", plan=plan, number=number)
    return url_for("plans.show", plan=plan)
