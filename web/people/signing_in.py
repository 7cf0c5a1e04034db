"""Signing in and out, and setting up an account by its link."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4, uuid5

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.audit import saves
from domain.facts import Told
from domain.values.errors import RuleBroken
from domain.values.roles import Listed, Role
from domain.values.statements import Source
from web.people.forms import FirstAdministratorForm, SetUpForm, SignInForm
from web.site import access, catch_up, demonstration
from web.site.form_base import NothingToFillIn
from web.site.receipts import tell_of
from web.store.accounts import SetUpLink
from web.store.store import current_store
from web.words import words

bp = Blueprint("signing_in", __name__)

NO_MATCH = "The sign-in name and password do not match an account. Check both, and try again."
LINK_IS_OVER = "This link was used already, was replaced, or is too old. Ask an administrator for a new one."
FIRST = "First administrator, by the link that the machine printed"


@bp.route("/sign-in", methods=["GET", "POST"])
def show() -> AnyResponse:
    """The sign-in page; 422 where name and password do not match, 429 where it was tried too often."""
    form = SignInForm(data={"next": request.args.get("next", "")}) if request.method == "GET" else SignInForm()
    if form.is_submitted():
        if form.validate() and (listed := _checked(form)) is not None:
            return _signed_in(listed, access.own_address(form.next.data or "") or url_for("start.show"))
        return _page(form, 422)
    return _page(form, 200)


@bp.post("/sign-in/demonstration")
def demonstrate() -> AnyResponse:
    """Sign in to the demonstration as a person of the role chosen; 404 where it is not open."""
    if not demonstration.is_open():
        abort(404)
    chosen = {role.value: role for role in Role}.get(request.form.get("role", ""))
    if chosen is None:
        abort(400)
    with saves() as kept:
        listed = demonstration.enter(chosen)
    if kept:
        catch_up.catch_up()
        tell_of(f"You are signed in to the demonstration as an invented person: {words.ROLES[chosen]}.", kept)
    return _signed_in(listed, access.own_address(request.form.get("next", "")) or "/")


@bp.route("/sign-out", methods=["GET", "POST"])
def sign_out() -> AnyResponse:
    """Ask, then end the session."""
    if request.method == "GET":
        return _unkept(render_template("people/sign_out.html", form=NothingToFillIn()))
    session = access.present().session
    assert session is not None
    current_store().sessions.end(session.id)
    response = redirect(url_for("start.show"), 303)
    access.set_cookie(response, None)
    return response


@bp.route("/set-up/<token>", methods=["GET", "POST"])
def set_up(token: str) -> AnyResponse:
    """Set the password of an account, once; the first link of an installation makes its first administrator."""
    link = current_store().accounts.link(token)
    if link is None:
        abort(404, LINK_IS_OVER)
    form = FirstAdministratorForm() if link.account is None else SetUpForm()
    if form.validate_on_submit():
        try:
            with saves() as kept:
                listed = _first_administrator(form, link) if link.account is None else _set_up(form, link)
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            catch_up.catch_up()
            tell_of("Your account is ready, and you are signed in.", kept)
            return _signed_in(listed, url_for("account.show"))
    page = render_template("people/set_up.html", form=form, account=link.account, token=token)
    return _unkept(page, 422 if form.is_submitted() else 200)


def _checked(form: SignInForm) -> Listed | None:
    """Whose account it is; None, with words in the form, where it is nobody's."""
    store = current_store()
    name, address = form.sign_in_name.data.casefold(), request.remote_addr or ""
    known = store.accounts.named(name)
    access.must_wait(store.attempts.wait_to_sign_in(name, known.person if known else None, address))
    account = store.accounts.signed_in_by(name, form.password.data)
    listed = store.application.people.listed(account.person) if account is not None else None
    if listed is None or listed.disabled:
        form.refuse(NO_MATCH)
        return None
    store.attempts.signed_in(name, listed.person, address)
    return listed


def _set_up(form: SetUpForm, link: SetUpLink) -> Listed:
    """Raises RuleBroken for a password that will not do, or a link used meanwhile."""
    store = current_store()
    assert link.account is not None
    person = link.account.person
    listed = store.application.people.listed(person)
    if listed is None or listed.disabled:
        raise RuleBroken(LINK_IS_OVER)
    store.accounts.must_suit(person, form.password.data)
    if not store.accounts.use(link):
        raise RuleBroken(LINK_IS_OVER)
    store.accounts.change_password(person, form.password.data)
    store.sessions.end_all(person)
    store.attempts.signed_in(link.account.sign_in_name, person, request.remote_addr or "")
    return listed


def _first_administrator(form: FirstAdministratorForm, link: SetUpLink) -> Listed:
    """Raises RuleBroken as above, or where there is an administrator by now."""
    store = current_store()
    person = uuid4()
    roll = store.application.people.roll()
    if roll is not None and [one for one in roll.administrators if not demonstration.is_invented(one.person)]:
        raise RuleBroken("There is an administrator by now. Ask them for an account.")
    named = {"name": form.name.data, "office": form.office.data or "", "sign_in_name": form.sign_in_name.data}
    store.accounts.add(person, **named)
    try:
        store.accounts.must_suit(person, form.password.data)
        if not store.accounts.use(link):
            raise RuleBroken(LINK_IS_OVER)
    except RuleBroken:
        store.accounts.forget(person)
        raise
    store.accounts.change_password(person, form.password.data)
    store.application.people.register_person(person, by=_told(person, "register"))
    store.application.people.grant_role(person, role=Role.ADMINISTRATOR, by=_told(person, "grant"))
    demonstration.end(_told(person, "end the demonstration"))
    store.attempts.signed_in(form.sign_in_name.data.casefold(), person, request.remote_addr or "")
    listed = store.application.people.listed(person)
    assert listed is not None
    return listed


def _told(person: UUID, what: str) -> Told:
    """The link was printed where only whoever runs the machine can read it: it speaks for the machine."""
    return Told("local", uuid5(person, what), Source("administration", "Set-up link"), datetime.now(UTC), FIRST)


def _signed_in(listed: Listed, address: str) -> Response:
    """On to an address of ours with a new session; the one before, if any, is over."""
    store = current_store()
    if (before := access.present().session) is not None:
        store.sessions.end(before.id)
    browser = request.headers.get("User-Agent", "")
    token = store.sessions.begin(listed, address=request.remote_addr or "", browser=browser)
    response = make_response(redirect(address, 303))
    access.set_cookie(response, token)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(form: SignInForm, status: int) -> Response:
    loadable = demonstration.may_be_loaded()
    roles = [(role.value, words.ROLES[role], words.ROLE_HINTS[role]) for role in Role]
    offered = roles if demonstration.is_open() else []
    ended = not offered and demonstration.was_ended()
    shown = {"demonstration_roles": offered, "ended": ended, "loadable": loadable}
    return _unkept(render_template("people/sign_in.html", form=form, **shown), status)


def _unkept(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
