"""Handing over what is open of an authority that ended: one page, prepared before its last day, one step after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from flask import Blueprint, Response, abort, url_for

from domain.duties.followed import Followed
from domain.duties.handing_on import StillHeld
from domain.facts import Told
from domain.meetings.state import MeetingStage
from domain.values.errors import NotFound, RuleBroken
from domain.values.statements import Source
from projections.meetings.meeting import meeting_names
from projections.plans.plan import plan_heads
from projections.questions.questions import questions
from web.duties.forms import HandOnForm, HandOverForm, Offered
from web.meetings.pages import name_of
from web.site import access, catch_up, reader
from web.site.htmx import go_to, page_or_part
from web.site.people_names import shown
from web.site.receipts import tell
from web.store.store import current_store
from web.words import words
from web.words.dates import today

bp = Blueprint("duties", __name__, url_prefix="/authorities/<urn>/hand-over")

SOURCE = Source("form", "Form of handing over")
DONE = "Handed over. It is worked on here from now on; each thing says where it came from."
PUT_RIGHT = "Handed on. It is worked on here from now on; each thing says where it was before."


@dataclass(frozen=True)
class StillOpen:
    """What an authority has open, as a form offers it: id and words."""

    plans: Offered
    meetings: Offered
    questions: Offered
    people: Offered

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """Each kind with its things in words; kinds of which there is none are left out."""
        kinds = (
            ("Action plans", self.plans),
            ("Scrutiny meetings to come", self.meetings),
            ("Members’ questions on no plan", self.questions),
            ("People", self.people),
        )
        return [(label, [name for _, name in offered]) for label, offered in kinds if offered]


@bp.route("", methods=["GET", "POST"])
def hand_over(urn: str) -> Response:
    """Before the last day: what would be handed over. After it: the form; 422 where it is refused."""
    if reader.urn_of(urn) != urn:
        abort(404)
    door = current_store().application
    known, day, form = door.duties.followed(urn, today()), today(), HandOverForm()
    still, successors = _still_open(urn, day, known), _named(known)
    form.offer(successors, plans=still.plans, meetings=still.meetings, questions=still.questions, people=still.people)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                done = door.duties.hand_over(form.record(urn), by=_told(form))
            except NotFound:
                raise
            except RuleBroken as refusal:
                form.refuse(str(refusal))
            else:
                catch_up.catch_up()
                tell(DONE, done.position)
                return go_to(url_for("authorities.show", identifier=form.successor.data))
    else:
        form.start()
        form.on.suggest(day)
    response = page_or_part(
        "duties/page.html",
        "duties/_form.html",
        authority=reader.authority(urn),
        form=form,
        known=known,
        successors=successors,
        has_ended=known is not None and known.ends_on <= day,
        groups=still.groups,
        mistaken=[one for one in successors if access.may("APPROVES", one[0]) and door.duties.still_held(urn, one[0])],
    )
    return _answered(response, status)


@bp.route("/<predecessor>", methods=["GET", "POST"])
def hand_on(urn: str, predecessor: str) -> Response:
    """What `urn` has of `predecessor` by mistake, handed on to another successor; 422 where it is refused."""
    if reader.urn_of(urn) != urn or reader.urn_of(predecessor) != predecessor:
        abort(404)
    door = current_store().application
    known, day, form = door.duties.followed(predecessor, today()), today(), HandOnForm()
    if known is None or urn not in known.successors:
        abort(404)
    held = door.duties.still_held(predecessor, urn)
    still = _of_those(_still_open(urn, day, None), held)
    form.offer(
        [one for one in _named(known) if one[0] != urn],
        plans=still.plans,
        meetings=still.meetings,
        questions=still.questions,
        people=still.people,
    )
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                done = door.duties.hand_on(form.put_right(predecessor, urn), by=_told(form, form.reason.data))
            except NotFound:
                raise
            except RuleBroken as refusal:
                form.refuse(str(refusal))
            else:
                catch_up.catch_up()
                tell(PUT_RIGHT, done.position)
                return go_to(url_for("authorities.show", identifier=form.successor.data))
    else:
        form.start()
        form.on.suggest(day)
    response = page_or_part(
        "duties/hand_on_page.html",
        "duties/_hand_on.html",
        authority=reader.authority(urn),
        predecessor=reader.authority(predecessor),
        form=form,
        groups=still.groups,
    )
    return _answered(response, status)


def _answered(response: Response, status: int) -> Response:
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _told(form: HandOverForm, reason: str | None = None) -> Told:
    return Told(access.present().actor, form.command_id(), SOURCE, datetime.now(UTC), reason)


def _of_those(still: StillOpen, held: StillHeld) -> StillOpen:
    """Of what an authority has open, that which can be handed on."""

    def among(offered: Offered, names: Iterable[UUID]) -> list[tuple[str, str]]:
        wanted = set(map(str, names))
        return [one for one in offered if one[0] in wanted]

    return StillOpen(
        plans=among(still.plans, held.plans),
        meetings=among(still.meetings, held.meetings),
        questions=among(still.questions, held.questions),
        people=among(still.people, held.people),
    )


def _named(known: Followed | None) -> list[tuple[str, str]]:
    return [] if known is None else [(key, reader.authority(key).name) for key in known.successors]


def _still_open(urn: str, day: date, known: Followed | None) -> StillOpen:
    store = current_store()
    heads = plan_heads(store.reader, urn=urn, as_at=day).heads
    rows = questions(store.reader, urn=urn, as_at=day).rows
    return StillOpen(
        plans=[
            (str(head.id), f"Plan of {words.day(head.opened_on)}: {head.headline}")
            for head in heads
            if head.closed_on is None or head.counts.questions_open
        ],
        meetings=[
            (str(row.id), name_of(row))
            for row in meeting_names(store.reader, urn, as_at=day)
            if row.stage is MeetingStage.PLANNED and (known is None or known.ends_on <= row.day)
        ],
        questions=[
            (str(row.id), shown(row.question))
            for row in rows
            if row.plan is None and row.waits and row.authority.urn == urn
        ],
        people=_people(urn) if access.may("APPROVES", urn) else [],
    )


def _people(urn: str) -> Offered:
    """Whoever has a role for the authority by name, by their office: for an approver, by whom roles pass on."""
    store = current_store()
    roll, accounts = store.application.people.roll(), store.accounts.all()
    listed = () if roll is None else tuple(one for one in roll.listed.values() if one.named_for(urn))
    named = [(one, accounts[one.person]) for one in listed if not one.disabled and one.person in accounts]
    return sorted(((str(one.person), who.office or who.name) for one, who in named), key=lambda each: each[1])
