"""Calendar feeds: an address for one authority or a chosen set, and the page where it is chosen and copied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from domain.rulebook.results import Pathway
from domain.values.activities import AuthorityFacts
from domain.values.errors import RuleBroken
from domain.values.words import listed
from projections.authorities.regions import must_be_regions, regions
from projections.engine.answers import CalendarAnswer, CalendarRow
from projections.outlook.calendar import CalendarScope
from web.formats.latest_checkpoint import sealing
from web.outlook.calendar_file import CalendarAddresses, as_icalendar, items
from web.site import reader
from web.site.reader import Asked
from web.words import words
from web.words.register import pathway_named
from web.words.summary import after_sources_of_all

bp = Blueprint("feeds", __name__)

MOST_NAMED = 160
"""Authorities that one address may name: every current one and the abolished. Regions and pathways name the rest."""

NAMES_IN_A_TITLE = 3


@dataclass(frozen=True)
class Feed:
    """A calendar's address and what is in it at the moment: how many events, of which authorities."""

    address: str
    subscribe: str
    title: str
    number: int
    authorities: tuple[tuple[str, str], ...]


@bp.get("/coming-up/calendars")
def show() -> AnyResponse:
    """Where a calendar is chosen: its address to copy, what it holds, and how to subscribe. Empty fields leave the
    address."""
    if any(not value for value in request.args.values()):
        filled = [(key, value) for key, value in request.args.items(multi=True) if value]
        return redirect(f"{url_for('.show')}?{urlencode(filled)}".removesuffix("?"), 303)
    return Response(render_template("outlook/calendar/page.html", **_context(reader.asked())))


def _context(asked: Asked) -> dict[str, Any]:
    """Everything the page shows."""
    current = reader.current(asked)
    known, left_out = known_filters(request.args, current)
    chosen = chosen_in(known, current)
    answer = None if chosen.is_empty else reader.calendar(chosen, asked)
    return {
        "asked": asked,
        "moment": answer.moment if answer else reader.moment(asked),
        "chosen": chosen,
        "feed": _feed(answer, chosen, asked) if answer else None,
        "left_out": left_out,
        "regions": regions(current),
        "pathways": [(pathway.value, label) for pathway, label in words.PATHWAYS.items()],
        "by_region": [
            (region, list(of_one)) for region, of_one in groupby(_by_region(current), lambda one: one.region)
        ],
        "clear": url_for(".show", **asked.address),
    }


@bp.get("/calendar/chosen.ics")
def several() -> Response:
    """The calendar of every authority that `urn`, `region` and `pathway` choose, each of them as often as wanted."""
    asked = reader.asked()
    chosen = chosen_in(request.args, reader.current(asked))
    if chosen.is_empty:
        raise RuleBroken(
            f"Choose authorities by urn, region or pathway, for example {url_for('.several')}?region=London. "
            f"The page {url_for('.show')} makes the address."
        )
    answer = reader.calendar(chosen, asked)
    return sent(answer, chosen, asked, called="chosen")


@bp.get("/calendar/<identifier>.ics")
@reader.by_urn
def one(urn: str) -> AnyResponse:
    """The calendar of one authority; other identifiers than its URN redirect here."""
    asked = reader.asked()
    chosen = CalendarScope(urns=frozenset({urn}))
    answer = reader.calendar(chosen, asked)
    return sent(answer, chosen, asked, called=_plain_letters(answer.rows[0].standing.authority.name))


# --- what is chosen -------------------------------------------------------------------------------------------------


def known_filters(
    args: MultiDict[str, str], current: Sequence[AuthorityFacts]
) -> tuple[MultiDict[str, str], tuple[tuple[str, str], ...]]:
    """The choice an address states but for regions and pathways that do not exist, and these with the name of their
    filter, to be said on the page."""
    known = {"region": regions(current), "pathway": tuple(pathway.value for pathway in Pathway)}
    stated = [(key, text) for key, value in args.items(multi=True) if (text := value.strip())]
    left_out = tuple((key, value) for key, value in stated if key in known and value not in known[key])
    return MultiDict(pair for pair in stated if pair not in left_out), left_out


def chosen_in(args: MultiDict[str, str], current: Sequence[AuthorityFacts]) -> CalendarScope:
    """The choice that an address states. Raises NotFound or RuleBroken where it names what does not exist."""
    named, in_regions, on_pathways = (
        list(dict.fromkeys(filter(None, map(str.strip, args.getlist(key))))) for key in ("urn", "region", "pathway")
    )
    if len(named) > MOST_NAMED:
        raise RuleBroken(
            f"A calendar may name at most {MOST_NAMED} authorities, and this address names {len(named)}. "
            "Choose them by region or pathway instead, or make two calendars."
        )
    numbers = {one.urn for one in current}
    must_be_regions(in_regions, regions(current))
    return CalendarScope(
        urns=frozenset(name if name in numbers else reader.urn_of(name) for name in named),
        regions=frozenset(in_regions),
        pathways=frozenset(found for code in on_pathways if (found := pathway_named(code))),
    )


def _by_region(current: Iterable[AuthorityFacts]) -> list[AuthorityFacts]:
    return sorted(current, key=lambda one: (one.region or "", one.name))


def address_of(chosen: CalendarScope, asked: Asked) -> str:
    """The shortest whole address of a calendar: one authority's own, or that of a set."""
    if len(chosen.urns) == 1 and not chosen.regions and not chosen.pathways:
        return url_for("feeds.one", identifier=next(iter(chosen.urns)), **asked.address, _external=True)
    return url_for(
        "feeds.several",
        urn=sorted(chosen.urns),
        region=sorted(chosen.regions),
        pathway=[pathway.value for pathway in Pathway if pathway in chosen.pathways],
        **asked.address,
        _external=True,
    )


# --- what is answered -----------------------------------------------------------------------------------------------


def _feed(answer: CalendarAnswer, chosen: CalendarScope, asked: Asked) -> Feed:
    address = address_of(chosen, asked)
    place = _place(address, asked)
    return Feed(
        address=address,
        subscribe=f"webcal:{address.partition(':')[2]}",
        title=_title(answer, chosen, asked),
        number=sum(len(list(items(row, place))) for row in answer.rows),
        authorities=tuple((row.standing.authority.urn, row.standing.authority.name) for row in answer.rows),
    )


def sent(answer: CalendarAnswer, chosen: CalendarScope, asked: Asked, *, called: str) -> Response:
    """The file, or 304 where the calendar program has it already."""
    place = _place(address_of(chosen, asked), asked)
    sealed = sealing()
    text = as_icalendar(
        answer,
        name=_title(answer, chosen, asked),
        note=_note(answer, place),
        place=place,
        checkpoint=sealed.note if sealed is not None else None,
    )
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f"inline; filename=inspections-{called}.ics"
    response.add_etag()
    response.make_conditional(request)
    return response


def _place(address: str, asked: Asked) -> CalendarAddresses:
    return CalendarAddresses(
        calendar=address,
        rules=url_for("about.rulebook", _external=True),
        page_of=lambda urn: url_for("authorities.show", identifier=urn, **asked.address, _external=True),
    )


def _title(answer: CalendarAnswer, chosen: CalendarScope, asked: Asked) -> str:
    """What the calendar is called in a list of calendars; a frozen one says of when it is."""
    pathways = [words.PATHWAYS[pathway].lower() for pathway in Pathway if pathway in chosen.pathways]
    parts = [listed(part) for part in (sorted(chosen.regions), pathways) if part]
    named = [row.standing.authority.name for row in answer.rows if row.standing.authority.urn in chosen.urns]
    if len(named) > NAMES_IN_A_TITLE + 1:
        named = [*named[:NAMES_IN_A_TITLE], f"{len(named) - NAMES_IN_A_TITLE} more"]
    whose = "; ".join(filter(None, (", ".join(parts), listed(named))))
    frozen = []
    if "as_at" in asked.address:
        frozen.append(f"as at {words.day(asked.as_at)}")
    if asked.known_at is not None:
        frozen.append(f"as known on {words.day(words.day_of(asked.known_at))}")
    title = f"Ofsted inspections: {whose}"
    return f"{title} ({', '.join(frozen)})" if frozen else title


def _note(answer: CalendarAnswer, place: CalendarAddresses) -> str:
    """What the calendar holds, and of whom it holds nothing, in words."""
    parts = [
        "What rules and past practice lead one to expect, and the deadlines on the way.",
        "Ofsted does not publish inspection dates.",
        after_sources_of_all(answer.moment),
    ]
    parts += _ended(answer.rows)
    abolished = {row.standing.authority.urn for row in answer.rows if row.standing.authority.abolished_on}
    silent = [
        row.standing.authority.name
        for row in answer.rows
        if row.standing.authority.urn not in abolished and not any(items(row, place))
    ]
    if not answer.rows:
        parts.append("No authority is in the chosen set at present.")
    if silent:
        parts.append(f"Nothing with a date is expected of {listed(silent)} by what is held here.")
    return " ".join(filter(None, parts))


def _ended(rows: Sequence[CalendarRow]) -> list[str]:
    return [
        f"{one.name} ceased to exist on {words.day(one.abolished_on)}: nothing is to be expected of it."
        for one in (row.standing.authority for row in rows)
        if one.abolished_on
    ]


def _plain_letters(name: str) -> str:
    """`Kingston upon Hull` as `kingston-upon-hull`: a file's name that every system takes."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
