"""Following the news: by e-mail for people with an account, by an address with a secret for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.values.errors import NotFound, RuleBroken
from domain.values.roles import Listed
from projections.news.answers import NewsSpan
from projections.news.stream import newest_position
from web.news.choice import FollowChoice
from web.news.feeds import MOST, REACH, AtomFeed, as_atom
from web.news.follow_forms import FollowForm, MailForm
from web.news.sending import stopped
from web.news.signed import confirmed, leaving
from web.news.stream import shown
from web.outlook import calendar_feeds
from web.site import access, demonstration, reader
from web.site.form_base import NothingToFillIn
from web.site.security import forms
from web.store.followers import Follow
from web.store.outbox import MailKind, MailState
from web.store.settings import current_settings
from web.store.store import current_store
from web.words import dates, words
from web.words.news import NewsLine, in_order, noon

bp = Blueprint("follow", __name__, url_prefix="/follow")

CHOOSE = "Choose whom to follow: all authorities, or at least one authority, region or plan."
NO_LINK = "This link is too old, or was not copied whole. Ask for a new one on the page Follow."
NO_SUCH = "There is no such address any more: it was deleted, or not used for ninety days."
NO_MAILS = "In the demonstration nothing is mailed."


@bp.get("")
def show() -> AnyResponse:
    """Where a choice is made; `authority` and `plan` in the address are filled in."""
    form, mine = _form(), _mine()
    form.fill(FollowChoice.of(mine.choice) if mine is not None else _asked())
    if mine is not None and isinstance(form, MailForm):
        form.address.data, form.cadence.data = mine.address, mine.cadence
    elif isinstance(form, MailForm):
        form.cadence.data = "weekly"
    return _page(form, mine)


@bp.post("/mail")
def mail() -> AnyResponse:
    """Keep what I follow by e-mail; 422 where something is missing."""
    listed, form = _me(), _form()
    assert isinstance(form, MailForm)
    valid = form.validate_on_submit()
    if valid and form.must_name_an_address():
        try:
            chosen = _must_choose(form)
            if demonstration.is_invented(listed.person):
                raise RuleBroken(NO_MAILS)
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            words_ = {"cadence": form.cadence.data, "address": form.address.data}
            current_store().followers.keep(listed.person, choice=chosen.kept(), **words_)
            flash("What you follow was kept.", "success")
            return redirect(url_for(".show"), 303)
    return _page(form, _mine(), 422)


@bp.post("/mail/again")
def again() -> AnyResponse:
    """Mail the link to confirm my address once more."""
    if (mine := _mine()) is not None:
        current_store().followers.ask_again(mine.id)
        flash("A new link is mailed at the next run.", "success")
    return redirect(url_for(".show"), 303)


@bp.post("/mail/stop")
def stop() -> AnyResponse:
    """Follow nothing by e-mail any more; my address is deleted."""
    if (mine := _mine()) is not None:
        current_store().followers.leave(mine.id)
    flash("You follow nothing by e-mail any more, and your address was deleted.", "success")
    return redirect(url_for(".show"), 303)


@bp.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> AnyResponse:
    """The owner of an address says yes: by a button, as programs open links to look at them."""
    store = current_store()
    told = confirmed(store.settings.secret_key(), token)
    if told is None:
        abort(404, NO_LINK)
    follow, address = told
    if request.method == "POST":
        _, position = newest_position(store.reader)
        if not store.followers.confirm(follow, address=address, position=position):
            abort(404, NO_LINK)
        return _unkept(render_template("news/follow/done.html", title="Your address is confirmed", leave=""))
    return _unkept(render_template("news/follow/confirm.html", form=NothingToFillIn(), address=address))


@bp.route("/leave/<token>", methods=["GET", "POST"])
def leave(token: str) -> AnyResponse:
    """Leave by the link in a mail; a program may do it in one step (RFC 8058), without a form's token."""
    store = current_store()
    follow = leaving(store.settings.secret_key(), token)
    if follow is None:
        abort(404, NO_LINK)
    if request.method == "POST":
        store.followers.leave(follow)
        return _unkept(render_template("news/follow/done.html", title="Nothing more is mailed to you", leave="yes"))
    return _unkept(render_template("news/follow/leave.html"))


forms.exempt(leave)


# --- an address with a secret ---------------------------------------------------------------------------------------


@bp.post("/address")
def address() -> AnyResponse:
    """Make an address with a secret for what was chosen; 422 where nothing was, 429 where it is asked too often."""
    form = _form()
    if form.validate_on_submit():
        listed = access.present().listed
        whose = f"address {request.remote_addr}" if listed is None else f"person {listed.person}"
        access.must_wait(current_store().attempts.wait_to_follow(whose))
        try:
            secret = current_store().followers.make_secret(_must_choose(form).kept())
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            return redirect(url_for(".by_secret", secret=secret), 303)
    return _page(form, _mine(), 422)


@bp.route("/<secret>", methods=["GET", "POST"])
def by_secret(secret: str) -> AnyResponse:
    """The feed and the calendar of an address, and the form that changes what is in them."""
    follow, form = _followed(secret), FollowForm()
    form.offer(reader.current(reader.now()))
    if form.validate_on_submit():
        try:
            current_store().followers.choose_again(follow.id, _must_choose(form).kept())
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            return redirect(url_for(".by_secret", secret=secret), 303)
    chosen = FollowChoice.of(follow.choice)
    if not form.is_submitted():
        form.fill(chosen)
    calendar = url_for(".calendar", secret=secret, _external=True)
    told = {
        "feed": url_for(".feed", secret=secret, _external=True),
        "calendar": "" if chosen.calendar(reader.current(reader.now())).is_empty else calendar,
        "subscribe": f"webcal:{calendar.partition(':')[2]}",
        "whose": _whose(chosen),
        "kinds": chosen.kinds_in_words(),
    }
    page = render_template("news/follow/address.html", form=form, secret=secret, **told)
    return _unkept(page, 422 if form.is_submitted() else 200)


@bp.post("/<secret>/forget")
def forget(secret: str) -> AnyResponse:
    """Delete an address with its choice."""
    current_store().followers.leave(_followed(secret).id)
    flash("The address was deleted: it answers nothing any more.", "success")
    return redirect(url_for(".show"), 303)


@bp.get("/<secret>/feed.atom")
def feed(secret: str) -> AnyResponse:
    """The news that an address follows."""
    follow = _followed(secret)
    chosen, today = FollowChoice.of(follow.choice), dates.today()
    scope = chosen.scope(reader.current(reader.now()))
    lines: tuple[NewsLine, ...] = ()
    if scope is not None:
        found = shown(current_store().reader, scope, NewsSpan(today - REACH, today), most=MOST, external=True)
        lines = in_order([*found.news, *found.windows[:MOST], *found.corrections])
    told = AtomFeed(
        f"follow {follow.id}", f"News of {_whose(chosen)}", request.base_url, url_for("start.show", _external=True)
    )
    body = as_atom(told, lines, current_store().audit.origin(), noon(today))
    return _unkept(Response(body, mimetype="application/atom+xml"))


@bp.get("/<secret>/calendar.ics")
def calendar(secret: str) -> AnyResponse:
    """The calendar of the authorities that an address follows."""
    asked = reader.now()
    scope = FollowChoice.of(_followed(secret).choice).calendar(reader.current(asked))
    if scope.is_empty:
        raise NotFound("This address follows no authority, so that it has no calendar.")
    return _unkept(calendar_feeds.sent(reader.calendar(scope, asked), scope, asked, called="followed"))


# --- what pages need ------------------------------------------------------------------------------------------------


def _form() -> FollowForm:
    form = FollowForm() if access.present().listed is None else MailForm()
    form.offer(reader.current(reader.now()))
    return form


def _asked() -> FollowChoice:
    """What the address of the page fills in: an authority or a plan, as links to it do."""
    urns = tuple(map(reader.urn_of, request.args.getlist("authority")))
    plans = tuple(UUID(plan) for plan in request.args.getlist("plan") if _is_id(plan))
    return FollowChoice(urns=urns, plans=plans)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _must_choose(form: FollowForm) -> FollowChoice:
    chosen = form.chosen()
    if chosen.is_empty:
        raise RuleBroken(CHOOSE)
    return chosen


def _me() -> Listed:
    listed = access.present().listed
    assert listed is not None
    return listed


def _mine() -> Follow | None:
    listed = access.present().listed
    return None if listed is None else current_store().followers.of_person(listed.person)


def _followed(secret: str) -> Follow:
    found = current_store().followers.by_secret(secret)
    if found is None:
        abort(404, NO_SUCH)
    return found


def _whose(chosen: FollowChoice) -> str:
    return chosen.words(dict(reader.named(chosen.urns)))


def _page(form: FollowForm, mine: Follow | None, status: int = 200) -> Response:
    told: dict[str, Any] = {"mails": isinstance(form, MailForm), "mine": mine, "state": "", "stopped": False}
    if mine is not None:
        told |= _state(mine)
    configured = current_settings().mail_server is not None
    page = render_template("news/follow/page.html", form=form, button=NothingToFillIn(), configured=configured, **told)
    return _unkept(page, status)


def _state(mine: Follow) -> dict[str, Any]:
    """How it stands with the mails of a person, in words."""
    rows = current_store().outbox.of(mine.id)
    kind = MailKind.CONFIRM if mine.confirmed_at is None else MailKind.DIGEST
    since = mine.asked_at if mine.confirmed_at is None else mine.confirmed_at
    lately = [row for row in rows if row.kind is kind and row.at >= since]
    if stopped(lately):
        return {"stopped": True, "state": f"The mail server refused your address three times: {lately[-1].why}"}
    if mine.confirmed_at is None:
        mailed = any(row.state is MailState.ACCEPTED for row in lately)
        told = "A link was mailed to" if mailed else "A link will be mailed at the next run to"
        return {"state": f"{told} {mine.address}. Nothing else is mailed before you open it."}
    days = [row.until for row in lately if row.state is MailState.ACCEPTED and row.until is not None]
    last = f" The last one went out with what was known on {words.day(days[-1])}." if days else ""
    return {"state": f"News of {_whose(FollowChoice.of(mine.choice))} is mailed to {mine.address}.{last}"}


def _unkept(page: str | Response, status: int = 200) -> Response:
    """Kept by no cache and named to nobody: its address may hold a secret."""
    response = make_response(page, status) if isinstance(page, str) else page
    response.headers["Cache-Control"] = "no-store"
    return response
