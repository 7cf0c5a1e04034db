"""Scrutiny meetings: all of them, and one with what the panel saw, asked and resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.meetings.state import MeetingStage, ResolutionStage
from domain.values.days import end_of_day
from projections.meetings.answers import MeetingAnswer, MeetingName, MeetingRow, ViewRow
from projections.meetings.meeting import meeting_of
from projections.meetings.meeting import meetings as meetings_of
from web.documents.meetings import meetings_document
from web.meetings.command_table import kinds_for
from web.site import access, api_asking, reader
from web.site.list_filters import Narrowing, list_page
from web.site.people_names import recorded_by
from web.store.store import current_store
from web.words import words

bp = Blueprint("meetings", __name__)

STAGES = {
    MeetingStage.PLANNED: ("Planned", "grey"),
    MeetingStage.HELD: ("Held", "blue"),
    MeetingStage.WITHDRAWN: ("Withdrawn", "grey"),
}
RESOLUTIONS = {
    ResolutionStage.OPEN: ("To be done", "grey"),
    ResolutionStage.OVERDUE: ("Overdue", "orange"),
    ResolutionStage.DONE: ("Done", "blue"),
}
"""Words first; the colour only goes with them."""


class Chosen(NamedTuple):
    """A meeting as a paper for it needs it. `as_at` and `known_at` are what the panel saw, None where that was not
    fixed; `previous` is the day of the committee's last meeting before it."""

    name: str
    urn: str
    planned_or_held_on: date
    held: bool
    as_at: date | None
    known_at: datetime | None
    previous: date | None


class Link(NamedTuple):
    """A page as the panel saw it; without an address where there was none then, as the words say."""

    words: str
    address: str


def chosen(meeting: UUID) -> Chosen:
    """The meeting that a committee's paper is made for. Raises NotFound. Only for who may read of meetings."""
    row = meeting_of(current_store().reader, meeting, as_at=reader.now().as_at).row
    view = row.view
    return Chosen(
        name_of(row),
        row.authority.urn,
        row.day,
        row.stage is MeetingStage.HELD,
        view.as_at if view else None,
        view.known_at if view else None,
        row.previous,
    )


@bp.get("/my-work/meetings")
def index() -> AnyResponse:
    """Meetings of every authority, or of the one in the address; an empty choice leaves the address."""
    asked = reader.asked()
    every = meetings_of(current_store().reader, as_at=asked.as_at, known_at=asked.known_at)
    wanted = Narrowing.of(request.args, {"authority": None})
    urn = reader.urn_of(wanted["authority"]) if wanted["authority"] else ""
    return list_page(
        "meetings/index.html",
        "meetings/_results.html",
        address=url_for(".index", **wanted.args(), **asked.address),
        context=lambda: {
            "asked": asked,
            "moment": every.moment,
            "rows": [row for row in every.rows if urn in ("", row.authority.urn)],
            "urn": urn,
            "authorities": _authorities(every.rows, urn),
            "stages": STAGES,
            "clear": url_for(".index", **asked.address),
        },
    )


def _authorities(rows: Iterable[MeetingRow], urn: str) -> list[tuple[str, str]]:
    """Number and name of each authority that has a meeting, and of the one chosen."""
    chosen_one = {(urn, reader.authority(urn).name)} if urn else set()
    return sorted({(row.authority.urn, row.authority.name) for row in rows} | chosen_one, key=lambda one: one[1])


@bp.get("/meetings/<uuid:meeting>")
def show(meeting: UUID) -> str:
    """One meeting: what the panel saw, its questions and resolutions, and what was recorded of it."""
    asked = reader.asked()
    answer = meeting_of(current_store().reader, meeting, as_at=asked.as_at, known_at=asked.known_at)
    return render_template("meetings/show.html", **_context(answer, asked))


@bp.get("/api/meetings")
def document() -> Response:
    """Meetings of all authorities or of one, with their resolutions."""
    as_at, known_at = api_asking.moment()
    urn = api_asking.urn_asked(as_at)
    answer = meetings_of(current_store().reader, urn=urn, as_at=as_at, known_at=known_at)
    return api_asking.json_answer(meetings_document(answer))


def _context(answer: MeetingAnswer, asked: reader.Asked) -> dict[str, Any]:
    row = answer.row
    return {
        "asked": asked,
        "moment": answer.moment,
        "authority": row.authority,
        "row": row,
        "handed": [(*reader.named([one.was, one.now, one.of]), one.stamp.true_on) for one in row.handed],
        "name": name_of(row),
        "answer": answer,
        "stages": STAGES,
        "resolution_stages": RESOLUTIONS,
        "seen": tuple(_links(row, row.view, answer.open_then[-1])) if row.view else (),
        "open_then": answer.open_then[-1] if row.view else frozenset(row.plans),
        "earlier": [
            (one, tuple(_links(row, one, open_then)))
            for one, open_then in zip(answer.earlier_views, answer.open_then, strict=False)
        ],
        "plan_address": partial(_plan_address, asked.address),
        "seen_address": partial(_plan_address, frozen(row.view) if row.view else {}),
        "now_heading": f"As at {words.day(asked.as_at)}" if asked.address else "Now",
        "recorded_by": recorded_by,
        "kinds": kinds_for(row) if access.may_record(row.authority.urn) else [],
    }


def name_of(row: MeetingRow | MeetingName) -> str:
    """`Families Overview and Scrutiny Committee, 17 June 2026`."""
    return f"{row.committee}, {words.day(row.day)}"


def frozen(view: ViewRow) -> dict[str, str]:
    """The end of an address that shows what the panel saw; the end of a day is written as the day."""
    day = words.day_of(view.known_at)
    instant = day.isoformat() if view.known_at == end_of_day(day) else view.known_at.isoformat()
    return {"as_at": view.as_at.isoformat(), "known_at": instant}


def _links(row: MeetingRow, view: ViewRow, open_then: Collection[UUID]) -> Iterable[Link]:
    """The authority, each plan, and what changed since the committee's last meeting, as the panel saw them; of a plan
    that was not open then, only that."""
    moment: dict[str, Any] = dict(frozen(view))
    before = row.previous
    address: str | None = url_for("authorities.show", identifier=row.authority.urn, **moment)
    yield Link(f"{row.authority.name}: history and what comes next", str(address))
    for number, plan in enumerate(row.plans, 1):
        called = "The action plan" if len(row.plans) == 1 else f"Action plan {number}"
        if plan not in open_then:
            yield Link(f"{called} was not open then, or not known", "")
            continue
        if before is not None:
            called += f", with what moved since {words.day(before)}"
        if address := _address("plans.show", plan=plan, since=before, **moment):
            yield Link(called, address)
    if before is not None:
        between: dict[str, Any] = {"from": before, "to": view.as_at, "known_at": moment["known_at"]}
        days = f"between {words.day(before)} and {words.day(view.as_at)}"
        for number, plan in enumerate(row.plans, 1):
            called = "the action plan" if len(row.plans) == 1 else f"action plan {number}"
            if plan in open_then and (address := _address("compare.plan", plan=plan, **between)):
                yield Link(f"What changed in {called} {days}", address)
        if address := _address("compare.authority", urn=row.authority.urn, **between):
            yield Link(f"What changed in the inspection history {days}", address)


def _plan_address(moment: Mapping[str, str], plan: UUID) -> str | None:
    return _address("plans.show", plan=plan, **moment)


def _address(endpoint: str, **values: Any) -> str | None:
    """The address of a page, None where this installation does not have it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
