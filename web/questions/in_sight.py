"""What a member asks about, as an address names it and as it was at the moment looked at; and the way back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from domain.values.activities import Activity
from domain.values.errors import NotFound
from domain.values.plans import AskedAbout, AskedKind, PlanFinding, finding_of
from projections.outlook.standing import standing_of
from projections.plans.answers import QuestionRow
from projections.questions.questions import asked_of
from web.site import access, reader
from web.site.reader import Asked
from web.store.store import current_store
from web.words import timeline
from web.words.summary import summary

NOT_THERE = "There is nothing of that kind on this page at this date. Go back, and ask from there."


@dataclass(frozen=True)
class InSight:
    """What would be asked about: as the fact keeps it, as the form shows it, and the page it stands on."""

    about: AskedAbout
    title: str
    page: str


def in_sight(urn: str, args: Mapping[str, str], asked: Asked) -> InSight:
    """What an address names by `about`, `entry` and `finding`, as of a moment. Raises NotFound where it was not shown
    then."""
    kind = next((one for one in AskedKind if one.value == args.get("about", "")), AskedKind.AUTHORITY)
    if kind is AskedKind.AUTHORITY:
        name = reader.authority(urn).name
        about = AskedAbout(kind, asked.as_at, reader.moment(asked, of=urn).position, name)
        return InSight(about, name, _page(about, urn, asked.address))
    if kind is AskedKind.WINDOW:
        return _window(urn, asked)
    answer = reader.entry(_id(args.get("entry", "")), asked)
    if answer.authority.urn != urn:
        raise NotFound(NOT_THERE)
    held = answer.entry.activity
    finding = None if kind is AskedKind.ENTRY else _finding(held, args.get("finding", ""))
    called = timeline.line_title(held)
    about = AskedAbout(kind, asked.as_at, answer.moment.position, called, held.id, finding)
    return InSight(about, finding.text if finding else called, _page(about, urn, asked.address))


def finding_id(activity: Activity, text: str, *, priority: bool) -> UUID:
    """By what an address names a finding of an entry."""
    return finding_of(activity.id, text, priority=priority).id


def as_seen(row: QuestionRow) -> str:
    """The page that a question on no plan is about, as it was when the member looked at it."""
    about = row.asked_about
    assert about is not None
    store = current_store().reader
    with store.connect() as connection:
        known_at = store.known_by(connection, about.position)
    moment = {"as_at": about.as_at.isoformat()} | ({"known_at": known_at.isoformat()} if known_at else {})
    return _page(about, (row.asked_of or row.authority).urn, moment)


def as_now(row: QuestionRow, asked: Asked) -> str:
    """The same page at the moment that is looked at now."""
    assert row.asked_about is not None
    return _page(row.asked_about, (row.asked_of or row.authority).urn, asked.address)


def asked_here(urn: str, asked: Asked, activity: Activity | None = None) -> list[QuestionRow]:
    """What members asked about an entry or, without one, about the window, as whoever looks may read it."""
    if not access.may("READS"):
        return []
    rows = asked_of(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)
    if activity is None:
        return [row for row in rows if row.asked_about is not None and row.asked_about.kind is AskedKind.WINDOW]
    ids = {activity.id, *activity.statements}
    return [row for row in rows if row.asked_about is not None and row.asked_about.entry in ids]


def _page(about: AskedAbout, urn: str, moment: Mapping[str, Any]) -> str:
    if about.kind is AskedKind.WINDOW:
        return url_for("windows.show", identifier=urn, **moment)
    if about.entry is None:
        return url_for("authorities.show", identifier=urn, **moment)
    where = url_for("inspections.show", activity=about.entry, **moment)
    return where if about.finding is None else f"{where}#findings-heading"


def _window(urn: str, asked: Asked) -> InSight:
    answer = standing_of(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)
    graded = answer.standing.expected_next.graded
    shown = summary(answer.standing, asked.as_at)
    called = f"{shown.next_name}, {shown.window}" if shown.window else shown.next_name
    about = AskedAbout(
        AskedKind.WINDOW,
        asked.as_at,
        answer.moment.position,
        called,
        expected=graded.type.value if graded is not None and graded.type is not None else None,
        window_from=graded.window_from if graded is not None else None,
        window_to=graded.window_to if graded is not None else None,
    )
    return InSight(about, f"The window of the next graded inspection: {called}", _page(about, urn, asked.address))


def _finding(held: Activity, name: str) -> PlanFinding:
    told = [(text, True) for text in held.priority_actions] + [(text, False) for text in held.improvements]
    for text, priority in told:
        found = finding_of(held.id, text, priority=priority)
        if str(found.id) == name:
            return found
    raise NotFound(NOT_THERE)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(NOT_THERE) from None
