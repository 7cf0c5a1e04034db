"""Recording what happened: one form for each kind of fact, each sent as one command."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.authorities.handler import Done
from domain.facts import Told
from domain.rulebook.validations import RuleWarning, warnings_for
from domain.values.activities import Status
from domain.values.errors import RuleBroken
from domain.values.statements import Source
from web.authorities import recording_forms as forms
from web.authorities.command_table import FIRST, GROUPS, RECORDS, Record
from web.site import access, catch_up, reader
from web.site.htmx import go_to, page_or_part
from web.site.receipts import tell
from web.store.store import current_store
from web.words import timeline

bp = Blueprint("recording", __name__, url_prefix="/authorities/<urn>/record")


@bp.get("")
def choose(urn: str) -> str | AnyResponse:
    """What can be recorded for an authority."""
    known = reader.urn_of(urn)
    if known != urn:
        return redirect(url_for(".choose", urn=known), 301)
    return render_template("authorities/recording/choose.html", authority=reader.authority(urn), groups=GROUPS)


@bp.route("/<kind>", methods=["GET", "POST"])
def record(urn: str, kind: str) -> Response:
    """Record one fact; 422 with the form when it is refused."""
    if kind not in RECORDS:
        abort(404, "There is no form of that name. Choose what to record from the authority’s page.")
    if reader.urn_of(urn) != urn:
        abort(404)
    chosen = RECORDS[kind]
    form = chosen.form()
    nothing_to_choose = isinstance(form, forms.AboutAnEntry) and not _offer(form, urn, chosen)
    status = 200
    if not form.is_submitted():
        asked = reader.now()
        form.propose([entry.activity for entry in reader.timeline(urn, asked).entries], asked.as_at)
    elif not form.proposed():
        status = 422
        done = None if nothing_to_choose or not form.validate() else kept(form, urn)
        if done is not None:
            tell(chosen.recorded, done.position)
            for warning in _unusual(urn, done.activity):
                flash(warning.text, "unusual")
            return go_to(url_for("authorities.show", identifier=urn))
    return answered(urn, kind, chosen, form, status, nothing_to_choose=nothing_to_choose)


def answered(
    urn: str, kind: str, chosen: Record, form: forms.RecordForm, status: int, *, nothing_to_choose: bool = False
) -> Response:
    """The form, to be filled in or with what was refused; of the pages from which `choose` leads to `record`."""
    response = page_or_part(
        "authorities/recording/page.html",
        "authorities/recording/_form.html",
        authority=reader.authority(urn),
        form=form,
        kind=kind,
        label=chosen.label,
        address=url_for(".record", urn=urn, kind=kind),
        among=url_for(".choose", urn=urn),
        nothing_to_choose=nothing_to_choose,
        first=[(one, RECORDS[one].label) for one in FIRST.get(kind, ())],
    )
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _offer(form: forms.AboutAnEntry, urn: str, chosen: Record) -> bool:
    assert chosen.about is not None
    entries = reader.timeline(urn, reader.now()).entries
    about = [entry.activity for entry in entries if entry.activity.status is not Status.WITHDRAWN]
    about = [activity for activity in about if chosen.about(activity)]
    about.sort(key=lambda activity: activity.true_on, reverse=True)
    form.offer((activity.id, timeline.line_title(activity)) for activity in about)
    return bool(about)


def kept(form: forms.RecordForm, urn: str) -> Done | None:
    """What the command did; None where it was refused, in words that the form then shows."""
    try:
        done = form.send(current_store().application, urn, told(form))
    except RuleBroken as refusal:
        form.refuse(str(refusal))
        return None
    catch_up.catch_up()
    return done


def _unusual(urn: str, recorded: UUID) -> tuple[RuleWarning, ...]:
    """What looks wrong in the entry just recorded; it is kept all the same (R-031 to R-033)."""
    held = [entry.activity for entry in reader.timeline(urn, reader.now()).entries]
    mine = next((activity for activity in held if recorded == activity.id or recorded in activity.statements), None)
    return () if mine is None else warnings_for(mine, held)


def told(form: forms.RecordForm) -> Told:
    """Who tells us: the officer signed in, from the source typed into the form."""
    source = Source(
        kind="report_in_hand",
        title=form.source_title.data,
        reference=(form.source_url.data or "").strip() or None,
    )
    reason: Any = getattr(form, "reason", None)
    return Told(
        actor=access.present().actor,
        command=form.command_id(),
        source=source,
        at=datetime.now(UTC),
        reason=(reason.data or None) if reason is not None else None,
    )
