"""Recording scrutiny meetings: one form for each kind of fact, each sent to one command of the application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, url_for

from domain.errors import RuleBroken
from domain.events import Told
from domain.scrutinising import MeetingDone
from domain.statements import Source
from projections.challenges import challenges
from projections.meeting_answers import MeetingRow
from projections.meetings import meeting_of
from projections.plans import plans_of
from web import access, following, meeting_forms, reader, timeline, words
from web.htmx import go_to, page_or_part
from web.meeting_kinds import KINDS
from web.meetings import name_of
from web.moments import today
from web.plan_words import shown
from web.receipts import tell
from web.small_forms import SmallForm
from web.store import current_store

bp = Blueprint("meeting_recording", __name__, url_prefix="/authorities/<urn>/meetings")

SOURCE = Source("form", "Recorded on the meeting’s page")


@bp.route("/record", methods=["GET", "POST"])
def arrange(urn: str) -> Response:
    """Record a meeting that was held or is to be; 422 with the form when it is refused."""
    if reader.urn_of(urn) != urn:
        abort(404)
    form = meeting_forms.ArrangeForm()
    form.offer(None, _plans(urn), [])

    def keep(values: dict[str, Any], by: Told) -> MeetingDone:
        return current_store().application.arrange_meeting(urn, **values, by=by)

    return _answer(urn, form, None, "A scrutiny meeting", keep)


@bp.route("/<uuid:meeting>/record/<kind>", methods=["GET", "POST"])
def record(urn: str, meeting: UUID, kind: str) -> Response:
    """Record one fact of a meeting; 422 with the form when it is refused."""
    if kind not in KINDS:
        abort(404, "There is no form of that name. Choose what to record from the meeting’s page.")
    chosen, row = KINDS[kind], _row(urn, meeting)
    form = chosen.form()
    fits = chosen.fits(row) and form.offer(row, _plans(urn), _questions(row))

    def keep(values: dict[str, Any], by: Told) -> MeetingDone:
        command = getattr(current_store().application, chosen.command)
        done: MeetingDone = command(meeting, *_numbered(values), **values, by=by)
        return done

    return _answer(urn, form, row, chosen.label, keep, kind=kind, fits=fits)


@bp.route("/<uuid:meeting>/words/<uuid:subject>/erase", methods=["GET", "POST"])
def erase(urn: str, meeting: UUID, subject: UUID) -> Response:
    """Erase words of a meeting for good; 422 with the form when it is refused."""
    row = _row(urn, meeting)

    def keep(by: Told) -> int:
        return current_store().application.erase_meeting_words(meeting, [subject], on=today(), by=by).position

    return _erased(urn, keep, name_of(row), url_for("meetings.show", meeting=meeting))


@bp.route("/engagement/<uuid:activity>/words/<uuid:subject>/erase", methods=["GET", "POST"])
def erase_topics(urn: str, activity: UUID, subject: UUID) -> Response:
    """Erase the topics of an engagement meeting for good; 422 with the form when it is refused."""
    held = reader.entry(activity, reader.now()).entry.activity

    def keep(by: Told) -> int:
        return current_store().application.erase_engagement_words(urn, held.id, [subject], by=by).position

    return _erased(urn, keep, timeline.line_title(held), url_for("inspections.show", activity=held.id))


def _erased(urn: str, keep: Callable[[Told], int], name: str, back: str) -> Response:
    """Erase, and go back to the page that showed the words; or show the form."""
    form = meeting_forms.EraseForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            position = keep(_told(form, reason=form.reason.data))
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            return _gone_to(back, "Erased.", position)
    page = render_template("meetings/erase.html", form=form, authority=reader.authority(urn), name=name, back=back)
    return Response(page, status)


def _answer(
    urn: str,
    form: meeting_forms.MeetingForm,
    row: MeetingRow | None,
    label: str,
    keep: Callable[[dict[str, Any], Told], MeetingDone],
    *,
    kind: str = "",
    fits: bool = True,
) -> Response:
    """Keep what a form says and go to the meeting, or show the form."""
    status = 422 if form.is_submitted() else 200
    if fits and form.validate_on_submit():
        try:
            done = keep(form.values(row, today()), _told(form))
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            page = url_for("meetings.show", meeting=done.meeting)
            return _gone_to(page, f"Recorded: {label[0].lower()}{label[1:]}.", done.position)
    response = page_or_part(
        "meetings/record.html",
        "meetings/_form.html",
        authority=reader.authority(urn),
        form=form,
        row=row,
        name=name_of(row) if row else "",
        label=label,
        kind=kind,
        fits=fits,
    )
    response.status_code = status
    return response


def _gone_to(page: str, news: str, position: int) -> Response:
    following.catch_up()
    tell(news, position)
    return go_to(page)


def _numbered(values: dict[str, Any]) -> tuple[int, ...]:
    """The number of the resolution that a command is about, taken out of its other words."""
    return (values.pop("resolution"),) if "resolution" in values else ()


def _told(form: SmallForm, reason: str | None = None) -> Told:
    return Told(access.present().actor, form.command_id(), SOURCE, datetime.now(UTC), reason)


def _row(urn: str, meeting: UUID) -> MeetingRow:
    """The meeting, if it is of the authority in the address: its rule was asked about that one."""
    row = meeting_of(current_store().reader, meeting, as_at=today()).row
    if row.authority.urn != urn:
        abort(404)
    return row


def _plans(urn: str) -> list[tuple[UUID, str]]:
    """The authority's plans as a form offers them."""
    found = plans_of(current_store().reader, urn, as_at=today()).plans
    return [(one.head.id, f"The plan opened on {words.day(one.head.opened_on)}") for one in found]


def _questions(row: MeetingRow) -> list[tuple[str, str]]:
    """Members' questions on the plans of the meeting, open ones first."""
    store = current_store()
    asked = [one for plan in row.plans for one in challenges(store.reader, plan=plan, as_at=today()).rows]
    return [(f"{one.plan} {one.id}", f"{words.short_day(one.asked_on)}: {shown(one.question)[:90]}") for one in asked]
