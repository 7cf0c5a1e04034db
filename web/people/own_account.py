"""One's own account: roles, sessions, password."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from domain.values.errors import RuleBroken
from domain.values.roles import Listed
from web.people.forms import ChangePasswordForm
from web.site import access, demonstration
from web.site.form_base import NothingToFillIn
from web.store.sessions import Session
from web.store.store import current_store
from web.words import words
from web.words.people_names import held

bp = Blueprint("account", __name__, url_prefix="/account")

NO_PASSWORD = "In the demonstration nobody has a password."


@bp.get("")
def show() -> Response:
    """Who I am here, what I may do, and where I am signed in."""
    listed = _me()
    return _page("people/account.html", 200, form=NothingToFillIn(), sessions=sessions_in_words(listed))


@bp.route("/password", methods=["GET", "POST"])
def password() -> Response:
    """Change the password; every other session ends. 422 where it is refused."""
    listed, store = _me(), current_store()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            if demonstration.is_invented(listed.person):
                raise RuleBroken(NO_PASSWORD)
            if not store.accounts.is_password_of(listed.person, form.old.data):
                raise RuleBroken("The present password is not right.")
            store.accounts.change_password(listed.person, form.password.data)
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            session = access.present().session
            store.sessions.end_all(listed.person, but=session.id if session else None)
            flash("Your password was changed, and every other session of yours ended.", "success")
            return redirect(url_for(".show"), 303)
    return _page("people/password.html", 422 if form.is_submitted() else 200, form=form)


@bp.post("/sessions/<uuid:session>/end")
def end(session: UUID) -> Response:
    """End one of my sessions; 404 where it is not mine."""
    if not current_store().sessions.end(session, person=_me().person):
        abort(404, "That session ended already, or is not yours.")
    flash("That session ended.", "success")
    return redirect(url_for(".show"), 303)


def sessions_in_words(listed: Listed) -> list[tuple[Session, str, str, bool]]:
    """A person's sessions with when they began, when they were last used, and whether it is the one in hand."""
    own = access.present().session
    return [
        (one, _moment(one.began_at), _moment(one.used_at), own is not None and one.id == own.id)
        for one in current_store().sessions.of(listed)
    ]


def _moment(seconds: int) -> str:
    return words.moment(datetime.fromtimestamp(seconds, UTC))


def _me() -> Listed:
    listed = access.present().listed
    assert listed is not None
    return listed


def _page(template: str, status: int, **context: object) -> Response:
    listed = _me()
    account = current_store().accounts.of(listed.person)
    return make_response(render_template(template, account=account, roles=held(listed), **context), status)
