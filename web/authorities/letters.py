"""Ofsted's letters: which came, on which visit or meeting, who published them, and where to read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from projections.meetings.answers import LetterRow, LetterState
from projections.meetings.letters import letters
from web.site import access, reader
from web.site.list_filters import Narrowing, list_page
from web.store.store import current_store
from web.words import timeline, words

bp = Blueprint("letters", __name__)

STATES: Mapping[LetterState, tuple[str, str]] = {
    LetterState.PUBLISHED_BY_OFSTED: ("Published by Ofsted", "blue"),
    LetterState.PUBLISHED_BY_COUNCIL: ("Published by the council", "blue"),
    LetterState.NOT_PUBLISHED: ("Not published", "grey"),
    LetterState.RECEIVED: ("Received", "grey"),
    LetterState.NOT_HEARD_OF: ("Not known here", "grey"),
}
"""A letter's state in words, and the colour that goes with them."""

PER_PAGE = 100


@dataclass(frozen=True)
class Letter:
    """One letter in words. `links` are where to read it; only of letters that are published."""

    activity: UUID
    urn: str
    name: str
    on: str
    received: str
    published: str
    state: str
    colour: str
    links: tuple[timeline.SourceLink, ...]


@bp.get("/letters")
def index() -> Response:
    """Every letter that was published and, for those with a role, every other; narrowed as the address asks."""
    asked = reader.asked()
    public_only = not access.may("READS")
    states = [(one.value, label) for one, (label, _) in STATES.items() if one.public or not public_only]
    wanted = Narrowing.of(request.args, {"authority": None, "state": [value for value, _ in states]})
    page = max(1, request.args.get("page", 1, type=int))
    numbered = {"page": str(page)} if page > 1 else {}
    return list_page(
        "authorities/letters/index.html",
        "authorities/letters/_results.html",
        address=url_for(".index", **wanted.args(**numbered), **asked.address),
        context=partial(_context, asked, wanted, page, states, public_only),
    )


def _context(
    asked: reader.Asked, wanted: Narrowing, page: int, states: list[tuple[str, str]], public_only: bool
) -> dict[str, Any]:
    answer = letters(
        current_store().reader,
        urn=reader.urn_of(wanted["authority"]) if wanted["authority"] else None,
        public_only=public_only,
        as_at=asked.as_at,
        known_at=asked.known_at,
    )
    rows = [row for row in answer.rows if wanted["state"] in ("", row.state.value)]
    filters = wanted.args()
    return {
        "asked": asked,
        "moment": answer.moment,
        "letters": [_letter(row) for row in rows[(page - 1) * PER_PAGE : page * PER_PAGE]],
        "total": len(rows),
        "before": url_for(".index", page=page - 1, **filters, **asked.address) if page > 1 else "",
        "after": url_for(".index", page=page + 1, **filters, **asked.address) if len(rows) > page * PER_PAGE else "",
        "filters": filters,
        "left_out": wanted.left_out,
        "named": answer.authority.name if answer.authority else "",
        "state": wanted["state"],
        "states": states,
        "public_only": public_only,
    }


def _letter(row: LetterRow) -> Letter:
    state, colour = STATES[row.state]
    days = ((row.published_by_ofsted, "by Ofsted"), (row.published_by_council, "by the council"))
    return Letter(
        activity=row.activity.id,
        urn=row.authority.urn,
        name=row.authority.name,
        on=timeline.line_title(row.activity),
        received=words.day(row.received_on) if row.received_on else "",
        published="; ".join(f"{words.day(day)}, {by}" for day, by in days if day is not None)
        or ("No" if row.state is LetterState.NOT_PUBLISHED else "Not known"),
        state=state,
        colour=colour,
        links=tuple(link for link in timeline.links(row.activity.sources) if link.url) if row.state.public else (),
    )
