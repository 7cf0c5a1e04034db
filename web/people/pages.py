"""People and roles: who may sign in here, and what they were trusted with. Every change is a fact with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.facts import Told
from domain.handler import Outcome
from domain.values.errors import RuleBroken
from domain.values.roles import OF_AUTHORITIES, Listed, Role
from domain.values.statements import Source
from web.people.forms import AddPersonForm, ReasonForm, RoleForm
from web.people.own_account import sessions_in_words
from web.site import access, catch_up, demonstration, reader
from web.site.form_base import NothingToFillIn, SmallForm
from web.site.people_names import changes
from web.site.receipts import tell
from web.store.accounts import Account
from web.store.store import current_store
from web.words import words
from web.words.people_names import held

bp = Blueprint("people", __name__, url_prefix="/admin/people")

ONLY_LOOK = "In the demonstration people and roles can be looked at, not changed: anyone at this machine could."


@bp.get("")
def index() -> str:
    """Everybody with their roles."""
    store = current_store()
    roll = store.application.people.roll()
    accounts = store.accounts.all()
    listed = {} if roll is None else roll.listed
    rows = [(account, listed[person], held(listed[person])) for person, account in accounts.items() if person in listed]
    nameless = [one for person, one in listed.items() if person not in accounts]
    return render_template("people/index.html", rows=rows, nameless=nameless)


@bp.route("/add", methods=["GET", "POST"])
def add() -> Response:
    """Add a person and show their set-up link, once; 422 where it is refused."""
    form, store = AddPersonForm(), current_store()
    if form.validate_on_submit():
        person = uuid5(form.command_id(), "person")
        named = {"name": form.name.data, "office": form.office.data or "", "sign_in_name": form.sign_in_name.data}
        try:
            _must_be_real()
            if store.accounts.of(person) is None:
                store.accounts.add(person, **named)
            done = store.application.people.register_person(person, by=told(form))
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            catch_up.catch_up()
            tell("Added, with no role yet.", done.position)
            return _with_link(person)
    return make_response(render_template("people/add.html", form=form), 422 if form.is_submitted() else 200)


@bp.get("/<uuid:person>")
def show(person: UUID) -> Response:
    """One person: roles, sessions, and every change with its reason."""
    return _page(person)


@bp.post("/<uuid:person>/roles")
def grant(person: UUID) -> Response:
    """Give a role, or change its authorities. To make an administrator takes one's own password, and a second one."""
    form, store = RoleForm(prefix="role"), current_store()

    def act() -> tuple[str, Outcome]:
        role, by = Role(form.role.data), told(form)
        _must_be_real()
        if role is Role.ADMINISTRATOR:
            _must_be_me(form.password.data or "")
        in_scope = role in OF_AUTHORITIES
        urns = sorted({reader.urn_of(line) for line in form.authorities.lines})
        done = store.application.people.grant_role(
            person,
            role=role,
            authorities=urns if in_scope and form.reach.data != "national" else (),
            national=in_scope and form.reach.data == "national",
            by=by,
        )
        listed = store.application.people.listed(person)
        if listed is not None and role not in listed.grants:
            return "Asked for. Another administrator has to confirm it by asking for the same.", done
        return f"{words.ROLES[role]}: given. This person has to sign in again.", done

    return _change(person, form, "role_form", act)


@bp.post("/<uuid:person>/roles/<role>/withdraw")
def withdraw(person: UUID, role: str) -> Response:
    """Take a role back."""
    known = {one.value: one for one in Role}.get(role)
    if known is None:
        abort(404)
    form = ReasonForm()

    def act() -> tuple[str, Outcome]:
        _must_be_real()
        done = current_store().application.people.withdraw_role(person, role=known, by=told(form))
        return f"{words.ROLES[known]}: taken back.", done

    return _change(person, form, "reason_form", act)


@bp.post("/<uuid:person>/disable")
def disable(person: UUID) -> Response:
    """Shut a person out: their roles are taken back, and every session ends."""
    form = ReasonForm()

    def act() -> tuple[str, Outcome]:
        _must_be_real()
        store = current_store()
        done = store.application.people.disable_person(person, by=told(form))
        store.sessions.end_all(person)
        store.accounts.drop_links(person)
        return "Shut out. Every session ended.", done

    return _change(person, form, "reason_form", act)


@bp.post("/<uuid:person>/reinstate")
def reinstate(person: UUID) -> Response:
    """Let a person in again, without any role."""
    form = ReasonForm()

    def act() -> tuple[str, Outcome]:
        _must_be_real()
        done = current_store().application.people.reinstate_person(person, by=told(form))
        return "Let in again, without any role.", done

    return _change(person, form, "reason_form", act)


@bp.post("/<uuid:person>/link")
def link(person: UUID) -> Response:
    """A new set-up link, for a password not yet set or forgotten."""
    account, listed = _known(person)
    form = NothingToFillIn()
    try:
        _must_be_real()
        if listed.disabled:
            raise RuleBroken("This person was shut out. Let them in again first.")
    except RuleBroken as refusal:
        form.refuse(str(refusal))
        return _page(person, 422, button=form)
    return _with_link(account.person)


@bp.post("/<uuid:person>/sessions/end")
def end(person: UUID) -> Response:
    """End every session of a person."""
    _known(person)
    ended = current_store().sessions.end_all(person)
    flash(f"{words.count(ended, 'session')} ended.", "success")
    return redirect(url_for(".show", person=person), 303)


def told(form: SmallForm) -> Told:
    """Who tells us: the administrator signed in, with the reason typed into the form."""
    reason: Any = getattr(form, "reason", None)
    return Told(
        actor=access.present().actor,
        command=uuid5(form.command_id(), request.path),
        source=Source("administration", "Page of people and roles"),
        at=datetime.now(UTC),
        reason=reason.data if reason is not None else None,
    )


def _change(person: UUID, form: SmallForm, called: str, act: Callable[[], tuple[str, Outcome]]) -> Response:
    """Carry a change out and show the person's page; 422 with the form where it is refused."""
    _known(person)
    if form.validate():
        try:
            news, done = act()
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            catch_up.catch_up()
            tell(news, done.position)
            if access.present_as_of_now() is None:
                return redirect(url_for("signing_in.show"), 303)
            return redirect(url_for(".show", person=person), 303)
    return _page(person, 422, **{called: form})


def _must_be_real() -> None:
    listed = access.present().listed
    if listed is not None and demonstration.is_invented(listed.person):
        raise RuleBroken(ONLY_LOOK)


def _must_be_me(password: str) -> None:
    """Raises RuleBroken unless it is the password of the person signed in."""
    store, me, address = current_store(), _my_account(), request.remote_addr or ""
    access.must_wait(store.attempts.wait_to_sign_in(me.sign_in_name, me.person, address))
    if not password or not store.accounts.is_password_of(me.person, password):
        raise RuleBroken("Enter your own password to make somebody an administrator.")
    store.attempts.signed_in(me.sign_in_name, me.person, address)


def _my_account() -> Account:
    listed = access.present().listed
    assert listed is not None
    account = current_store().accounts.of(listed.person)
    assert account is not None
    return account


def _known(person: UUID) -> tuple[Account, Listed]:
    store = current_store()
    account, listed = store.accounts.of(person), store.application.people.listed(person)
    if account is None or listed is None:
        abort(404, "Nobody of that number is known here.")
    return account, listed


def _with_link(person: UUID) -> Response:
    """The person's page with a link of one use; it is shown this once."""
    return _page(
        person, link=url_for("signing_in.set_up", token=current_store().accounts.make_link(person), _external=True)
    )


def _page(person: UUID, status: int = 200, **context: object) -> Response:
    account, listed = _known(person)
    forms = {
        "role_form": RoleForm(formdata=None, prefix="role"),
        "reason_form": ReasonForm(formdata=None),
        "button": NothingToFillIn(),
    }
    page = render_template(
        "people/person.html",
        account=account,
        listed=listed,
        roles=held(listed),
        my_sign_in_name=_my_account().sign_in_name,
        proposed_by_me=listed.proposed_by == access.present().actor,
        sessions=sessions_in_words(listed),
        changes=changes(person),
        **{**forms, **context},
    )
    return make_response(page, status)
