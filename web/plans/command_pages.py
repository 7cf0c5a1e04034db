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
from domain.plans.base import PlanCommand
from domain.plans.commands import AddAction, ChooseLabels, OpenPlan
from domain.plans.handler import CONVENTIONS_CHOSEN, PlanDone
from domain.plans.question_commands import WithdrawQuestion
from domain.values.activities import AuthorityFacts
from domain.values.days import london_day
from domain.values.errors import ChangedMeanwhile, NotFound, Overtaken, RuleBroken
from domain.values.statements import Source
from projections.plans.answers import StoryRow
from web.plans import allowed_links, form_context
from web.plans.command_table import (
    ACTION_FORMS,
    ASK,
    CARRY_OVER,
    ERASE,
    LABELS,
    OPEN,
    PLAN_FORMS,
    QUESTION_FORMS,
    Form,
    PlanCommandForm,
)
from web.plans.form_base import ActionForm, PlanForm
from web.plans.form_context import FormContext
from web.plans.label_forms import ConventionsForm
from web.site import access, catch_up, reader
from web.site.htmx import go_to, page_or_part
from web.site.people_names import recorded_by
from web.site.receipts import tell
from web.store.store import current_store
from web.words import dates, words
from web.words import plans as plan_words

bp = Blueprint("planning", __name__)
bp.record_once(allowed_links.register)

NO_SUCH_FORM = "There is no form of that name. Choose what to do from the plan’s page."
SOURCE = Source("form", "Form of the action plan")


@dataclass(frozen=True)
class OpenForm:
    """A form in hand: what it sends, and where it leads once that is done."""

    kind: PlanCommandForm[Any]
    form: PlanForm
    record: Callable[[], PlanCommand | OpenPlan | ChooseLabels]
    back: Callable[[PlanDone], str]
    authority: AuthorityFacts
    held: FormContext | None = None
    start: Callable[[], None] = lambda: None
    context: Mapping[str, Any] = field(default_factory=dict)


@bp.route("/authorities/<urn>/plans/open", methods=["GET", "POST"])
def open_plan(urn: str) -> Response:
    """Open a plan on a report or letter that has none; 422 with the form when it is refused."""
    authority, form = _authority(urn), OPEN.new()
    entries = form_context.reports_without_plan(urn, with_planned=form.is_submitted())
    form.offer_entries(entries)
    return _answer(
        OpenForm(
            OPEN,
            form,
            lambda: form.record(urn),
            lambda done: url_for("plans.show", plan=done.plan),
            authority,
            start=partial(form.on.suggest, dates.today()),
            context={"nothing_to_plan": not entries and not form.is_submitted()},
        )
    )


@bp.route("/plans/<uuid:plan>/record/<kind>", methods=["GET", "POST"])
def record(plan: UUID, kind: str) -> Response:
    """Do one thing to a plan; 422 with the form when it is refused."""
    chosen = _of_kind(PLAN_FORMS, kind)
    held = form_context.with_finding(form_context.plan(plan), request.args.get("finding", ""))
    form = chosen.new()

    def back(done: PlanDone) -> str:
        return _at_the_action(plan, done.made if chosen.sends is AddAction else None)

    return _answer(_about(chosen, form, held, lambda: form.record(plan), back))


@bp.route("/plans/<uuid:plan>/carry-over", methods=["GET", "POST"])
def carry_over(plan: UUID) -> Response:
    """Carry open actions of a plan whose report was replaced over into the plan of a newer one; 422 where it is
    refused."""
    held, form = form_context.plan(plan), CARRY_OVER.new()
    newer = form_context.plans_of_newer_reports(held)
    form.offer_both(held, newer)
    opened = _about(CARRY_OVER, form, held, lambda: form.record(plan), lambda done: _at_the_action(done.plan, None))
    return _answer(opened, nothing_newer=not newer and not form.is_submitted())


@bp.route("/plans/<uuid:plan>/actions/<int:number>/record/<kind>", methods=["GET", "POST"])
def act(plan: UUID, number: int, kind: str) -> Response:
    """Do one thing to an action; 422 with the form when it is refused, 409 with both versions where it had changed."""
    chosen = _of_kind(ACTION_FORMS, kind)
    held = form_context.action(plan, number)
    _must_be_for(chosen, held)
    form = chosen.new()
    return _answer(
        _about(chosen, form, held, lambda: form.record(plan, number), lambda done: _at_the_action(plan, number))
    )


@bp.route("/plans/<uuid:plan>/ask", methods=["GET", "POST"])
def ask(plan: UUID) -> Response:
    """Ask about an action or a finding; 422 with the form when it is refused."""
    held = form_context.to_ask(plan, request.args.get("action", ""), request.args.get("finding", ""))
    action = held.action.action.number if held.action else None
    finding = held.finding.id if held.finding else None
    form = ASK.new()
    return _answer(
        _about(ASK, form, held, lambda: form.record(plan, action, finding), lambda done: _at_the_action(plan, action))
    )


@bp.route("/plans/<uuid:plan>/questions/<uuid:challenge>/<kind>", methods=["GET", "POST"])
def reply(plan: UUID, challenge: UUID, kind: str) -> Response:
    """Answer or withdraw a question; 422 with the form when it is refused."""
    chosen = _of_kind(QUESTION_FORMS, kind)
    held = form_context.question(plan, challenge)
    _must_be_for(chosen, held)
    assert held.question is not None
    action, form = held.question.action, chosen.new()
    return _answer(
        _about(chosen, form, held, lambda: form.record(plan, challenge), lambda done: _at_the_action(plan, action))
    )


@bp.route("/authorities/<urn>/plan-labels", methods=["GET", "POST"])
def conventions(urn: str) -> Response:
    """What an authority calls its readings, in which colour, and how long an answer may take."""
    authority, form = _authority(urn), LABELS.new()
    return _answer(
        OpenForm(
            LABELS,
            form,
            lambda: form.record(urn),
            lambda done: url_for("authorities.show", identifier=urn),
            authority,
            start=partial(form.begin, form_context.conventions(urn)),
        )
    )


@bp.route("/plans/<uuid:plan>/words/<uuid:subject>/erase", methods=["GET", "POST"])
def erase(plan: UUID, subject: UUID) -> Response:
    """Erase words for good: they are shown first, and a reason and assent are asked for; 422 where it is refused."""
    held = form_context.plan(plan)
    erased = form_context.words(plan, subject)
    form = ERASE.new()
    opened = OpenForm(
        ERASE,
        form,
        lambda: form.record(plan, subject),
        lambda done: _at_the_action(plan, None),
        held.authority,
        held,
    )
    return _answer(opened, words=erased, copies=form_context.copies(plan, subject))


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


def _about(
    kind: PlanCommandForm[Any],
    form: PlanForm,
    held: FormContext,
    record: Callable[[], PlanCommand],
    back: Callable[[PlanDone], str],
) -> OpenForm:
    form.offer(held)
    return OpenForm(kind, form, record, back, held.authority, held, partial(form.start, held))


def _answer(opened: OpenForm, **context: Any) -> Response:
    """The form, where it led, or why not: 200, 303, 409 with both versions, 422."""
    form, status, held = opened.form, 200, opened.held
    changed: list[tuple[StoryRow, str]] = []
    if not form.is_submitted():
        opened.start()
    elif form.validate():
        try:
            done = current_store().application.do(opened.record(), by=told(form))
        except ChangedMeanwhile as newer:
            status = 409
            held, changed = _both_versions(opened, newer)
        except Overtaken as newer:
            status = 409
            changed = _labels_now(opened, newer)
        except NotFound:
            raise
        except RuleBroken as refusal:
            status = 422
            form.refuse(str(refusal))
        else:
            catch_up.catch_up()
            tell(opened.kind.done, done.position)
            return go_to(opened.back(done))
    else:
        status = 422
    if status != 200 and held is not None:
        form.narrow(held)
    not_now = status == 200 and held is not None and opened.kind.code not in {*held.codes, ERASE.code}
    response = page_or_part(
        "plans/commands/page.html",
        "plans/commands/_form.html",
        **{**opened.context, **context},
        work=opened.kind,
        form=form,
        authority=opened.authority,
        held=held,
        changed=changed,
        not_now=not_now,
        what_changed="these labels" if opened.kind is LABELS else "this action",
        said=plan_words.TEXTS,
        changed_by=recorded_by(held.action.action.changed_by) if held is not None and held.action else "",
    )
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _both_versions(opened: OpenForm, newer: ChangedMeanwhile) -> tuple[FormContext, list[tuple[StoryRow, str]]]:
    """The action as it stands now, and what was told of it after the person opened the form, each with by whom."""
    catch_up.catch_up()
    assert opened.held is not None
    assert isinstance(opened.form, ActionForm)
    opened.form.look_again(newer.now)
    held = form_context.action(opened.held.id, newer.action)
    return held, [(row, recorded_by(row.by)) for row in form_context.changes_since(held, newer.seen)]


def _labels_now(opened: OpenForm, newer: Overtaken) -> list[tuple[StoryRow, str]]:
    """The labels that somebody else chose after the person opened the form, and who did."""
    catch_up.catch_up()
    assert isinstance(opened.form, ConventionsForm)
    opened.form.look_again(newer.now)
    held = form_context.conventions(opened.authority.urn)
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


def _of_kind(forms: Mapping[str, PlanCommandForm[Form]], kind: str) -> PlanCommandForm[Form]:
    if kind not in forms:
        abort(404, NO_SUCH_FORM)
    return forms[kind]


def _must_be_for(chosen: PlanCommandForm[Any], held: FormContext) -> None:
    allowed = access.may(chosen.rule, held.authority.urn)
    if chosen.sends is WithdrawQuestion and held.question is not None:
        allowed = form_context.may_withdraw(held.question)
    if not allowed:
        abort(403, access.NOT_YOURS)


def _at_the_action(plan: UUID, number: object) -> str:
    """Where one sees what was done: the action's page, or the plan's."""
    if isinstance(number, int):
        return url_for("plans.action", plan=plan, number=number)
    return url_for("plans.show", plan=plan)
