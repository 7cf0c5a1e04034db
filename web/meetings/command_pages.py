"""Recording scrutiny meetings: one form for each kind of fact, each sent as one command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, url_for

from domain.facts import Told
from domain.meetings.commands import ArrangeMeeting, EraseMeetingWords, MeetingCommand
from domain.values.errors import AlreadyArranged, Overtaken, RuleBroken
from domain.values.statements import Source
from projections.meetings.answers import MeetingRow
from projections.meetings.engagement import words_under
from projections.meetings.meeting import meeting_of, words_of_meeting
from projections.plans.answers import StoryRow, Wording
from projections.plans.plan import plan_heads
from projections.questions.questions import questions
from web.meetings import forms as meeting_forms
from web.meetings.command_table import KINDS
from web.meetings.pages import name_of
from web.site import access, catch_up, reader
from web.site.form_base import SmallForm
from web.site.htmx import go_to, page_or_part
from web.site.people_names import recorded_by, shown
from web.site.receipts import tell
from web.store.store import current_store
from web.words import plans as plan_words
from web.words import timeline, words
from web.words.dates import today

bp = Blueprint("meeting_recording", __name__, url_prefix="/authorities/<urn>/meetings")

SOURCE = Source("form", "Recorded on the meeting’s page")


@bp.route("/record", methods=["GET", "POST"])
def arrange(urn: str) -> Response:
    """Record a meeting that was held or is to be; 422 with the form when it is refused."""
    if reader.urn_of(urn) != urn:
        abort(404)
    form = meeting_forms.ArrangeForm()
    form.offer(None, _plans(urn), [])
    if form.again.data:
        form.ask_again()

    return _answer(urn, form, None, "A scrutiny meeting", lambda: form.arranged(urn, today()))


@bp.route("/<uuid:meeting>/record/<kind>", methods=["GET", "POST"])
def record(urn: str, meeting: UUID, kind: str) -> Response:
    """Record one fact of a meeting; 422 with the form when it is refused."""
    if kind not in KINDS:
        abort(404, "There is no form of that name. Choose what to record from the meeting’s page.")
    chosen, row = KINDS[kind], _row(urn, meeting)
    form = chosen.form()
    fits = chosen.fits(row) and form.offer(
        row,
        _plans(urn) if "plans" in form.uses else [],
        _questions(row) if "questions" in form.uses else [],
    )
    if isinstance(form, meeting_forms.ReplacingForm) and not form.is_submitted():
        form.look_again(row.version)

    return _answer(urn, form, row, chosen.label, lambda: form.record(row, today()), kind=kind, fits=fits)


@bp.route("/<uuid:meeting>/words/<uuid:subject>/erase", methods=["GET", "POST"])
def erase(urn: str, meeting: UUID, subject: UUID) -> Response:
    """Erase words of a meeting for good; 422 with the form when it is refused."""
    row = _row(urn, meeting)
    together = words_of_meeting(current_store().reader, meeting, subject, on=today())

    def keep(by: Told) -> int:
        erased = EraseMeetingWords(meeting, subjects=[subject], on=today())
        return current_store().application.do(erased, by=by).position

    return _erased(urn, keep, together, name_of(row), url_for("meetings.show", meeting=meeting))


@bp.route("/engagement/<uuid:activity>/words/<uuid:subject>/erase", methods=["GET", "POST"])
def erase_topics(urn: str, activity: UUID, subject: UUID) -> Response:
    """Erase words of an engagement meeting or self-evaluation for good; 422 with the form when it is refused."""
    found = reader.entry(activity, reader.now())
    if found.authority.urn != urn:
        abort(404)
    held = found.entry.activity
    together = words_under(current_store().reader, held, subject, on=today())

    def keep(by: Told) -> int:
        return current_store().application.elements.erase_engagement_words(urn, held.id, [subject], by=by).position

    return _erased(urn, keep, together, timeline.line_title(held), url_for("inspections.show", activity=held.id))


def _erased(urn: str, keep: Callable[[Told], int], together: Sequence[Wording], name: str, back: str) -> Response:
    """Erase, and go back to the page that showed the words; or show the form with what goes together."""
    form = meeting_forms.EraseMeetingWordsForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            position = keep(_told(form, reason=form.reason.data))
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            return _gone_to(back, "Erased.", position)
    page = render_template(
        "meetings/erase.html", form=form, authority=reader.authority(urn), name=name, back=back, together=together
    )
    return Response(page, status)


def _answer(
    urn: str,
    form: meeting_forms.MeetingForm,
    row: MeetingRow | None,
    label: str,
    command: Callable[[], ArrangeMeeting | MeetingCommand],
    *,
    kind: str = "",
    fits: bool = True,
) -> Response:
    """Send what a form says as a command and go to the meeting, or show the form."""
    status = 422 if form.is_submitted() else 200
    already: UUID | None = None
    changed: list[tuple[StoryRow, str]] = []
    if fits and form.validate_on_submit():
        try:
            done = current_store().application.do(command(), by=_told(form))
        except Overtaken as newer:
            status = 409
            assert row is not None
            row, changed = _both_versions(form, row, newer)
        except AlreadyArranged as there:
            status, already = 409, there.meeting
            form.refuse(str(there))
            form.ask_again()
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
        already=already,
        changed=changed,
        what_changed="this meeting",
        said=plan_words.TEXTS,
    )
    response.status_code = status
    return response


def _both_versions(
    form: meeting_forms.MeetingForm, row: MeetingRow, newer: Overtaken
) -> tuple[MeetingRow, list[tuple[StoryRow, str]]]:
    """The meeting as it stands now, and what was told of it after the person opened the form, each with by whom."""
    catch_up.catch_up()
    assert isinstance(form, meeting_forms.ReplacingForm)
    form.look_again(newer.now)
    answer = meeting_of(current_store().reader, row.id, as_at=today())
    return answer.row, [(one, recorded_by(one.by)) for one in answer.story if one.version > newer.seen]


def _gone_to(page: str, news: str, position: int) -> Response:
    catch_up.catch_up()
    tell(news, position)
    return go_to(page)


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
    found = plan_heads(current_store().reader, urn=urn, as_at=today()).heads
    return [(one.id, f"The plan opened on {words.day(one.opened_on)}") for one in found]


def _questions(row: MeetingRow) -> list[tuple[str, str]]:
    """Members' questions on the plans of the meeting and on no plan of its authority, open ones first."""
    asked = questions(current_store().reader, urn=row.authority.urn, as_at=today()).rows
    return [
        (meeting_forms.named(one), f"{words.short_day(one.asked_on)}: {shown(one.question)[:90]}")
        for one in asked
        if one.plan is None or one.plan in row.plans
    ]
