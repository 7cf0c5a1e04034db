"""The members' briefing: two sheets on one authority, or on each of two to five."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.values.errors import RuleBroken
from projections.outlook.comparing import counted_by
from web.authorities.briefing.content import Briefing, briefing_of
from web.formats.downloads import WORD, sent
from web.formats.latest_checkpoint import sealing
from web.site import reader, time_travel
from web.site.reader import Asked
from web.store.store import current_store

bp = Blueprint("briefing", __name__)

MOST = 5
"""Authorities in one briefing."""


@dataclass(frozen=True)
class Sheets:
    """What a briefing shows, and the address that always shows the same."""

    briefings: tuple[Briefing, ...]
    exact: str


@bp.get("/authorities/<identifier>/briefing")
@reader.by_urn
def show(urn: str) -> Response:
    """Two sheets on one authority, to read or to print."""
    return _page((urn,), reader.asked())


@bp.get("/authorities/<identifier>/briefing.docx")
@reader.by_urn
def word(urn: str) -> Response:
    """The same as a Word document."""
    return _word((urn,), reader.asked())


@bp.get("/briefing")
def several() -> AnyResponse:
    """Two sheets on each of the authorities chosen; without any, the choice. Empty fields leave the address."""
    asked, chosen = reader.asked(), _chosen()
    if any(not value for _, value in request.args.items(multi=True)):
        return redirect(url_for(".several", authority=chosen, **asked.address), 303)
    if not chosen:
        page = render_template(
            "authorities/briefing/choose.html", asked=asked, current=reader.current(asked), most=MOST
        )
        return make_response(page)
    return _page(chosen, asked)


@bp.get("/briefing.docx")
def several_word() -> Response:
    """The same as a Word document."""
    chosen = _chosen()
    if not chosen:
        raise RuleBroken("Choose at least one authority.")
    return _word(chosen, reader.asked())


def _chosen() -> tuple[str, ...]:
    """The authorities that the address names, each once. Raises RuleBroken where they are too many."""
    named = dict.fromkeys(text.strip() for text in request.args.getlist("authority") if text.strip())
    found = tuple(dict.fromkeys(map(reader.urn_of, named)))
    if len(found) > MOST:
        raise RuleBroken(f"Choose at most {MOST} authorities for one briefing.")
    return found


def _sheets(urns: tuple[str, ...], asked: Asked) -> Sheets:
    exact = time_travel.exactly(asked, counted_by(current_store().reader, asked.known_at))
    return Sheets(tuple(briefing_of(urn, asked) for urn in urns), f"{request.host_url.rstrip('/')}{exact}")


def _page(urns: tuple[str, ...], asked: Asked) -> Response:
    made = _sheets(urns, asked)
    of_one = made.briefings[0].authority if len(urns) == 1 else None
    page = render_template(
        "authorities/briefing/page.html",
        asked=asked,
        sheets=made,
        of_one=of_one,
        word=url_for(".word", identifier=of_one.urn, **asked.address)
        if of_one
        else url_for(".several_word", authority=urns, **asked.address),
        more=url_for(".several", **asked.address),
    )
    return make_response(page)


def _word(urns: tuple[str, ...], asked: Asked) -> Response:
    from web.authorities.briefing.word import as_word

    made = _sheets(urns, asked)
    shown = made.exact.replace("/briefing.docx", "/briefing")
    name = f"briefing-{urns[0] if len(urns) == 1 else 'several'}-{asked.as_at.isoformat()}.docx"
    return sent(as_word(made.briefings, shown, sealing()), WORD, name)
