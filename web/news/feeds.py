"""Atom feeds of news: of all, of one authority, of a region, and of a plan that was published."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.authorities.news import NewsKind
from domain.values.errors import NotFound
from domain.values.words import listed
from projections.authorities.regions import regions
from projections.news.answers import NewsScope, NewsSpan
from projections.news.stream import newest_position
from projections.plans.plan import authority_of_plan
from web.news.plan_news import plan_lines
from web.news.stream import shown
from web.site import reader
from web.store.store import current_store
from web.words import dates
from web.words.news import KINDS, NewsLine, in_order, noon

bp = Blueprint("news_feeds", __name__)

FEED = UUID("5d0b9a36-3a0e-5b0c-8f61-0c6f6d1f5a27")
"""Ids of feeds and entries are made in this name, with the name of the log."""

MOST = 100
"""Pieces of news in a feed, and as many corrections."""

REACH = timedelta(days=366)
"""How far back a feed of many authorities goes; that of one goes as far as its history."""

EDITION = 1
"""Another one when entries are made otherwise, so that readers fetch them again."""

SCHEME = "tag:inspection-timeline,2026:news"


@dataclass(frozen=True)
class AtomFeed:
    """A feed: a name that stays the same, what it is called, its own address and that of its page."""

    name: str
    title: str
    address: str
    page: str


@bp.get("/feed.atom")
def everything() -> AnyResponse:
    """News of every authority."""
    feed = AtomFeed(
        "all", "Children’s services inspections in England: news", _here(), url_for("start.show", _external=True)
    )
    return _conditional(feed, lambda: _lines(NewsScope(), far=False))


@bp.get("/authorities/<identifier>/feed.atom")
@reader.by_urn
def of_authority(urn: str) -> AnyResponse:
    """News of one authority; other identifiers than its URN redirect here."""
    who = reader.authority(urn)
    page = url_for("authorities.show", identifier=urn, _external=True)
    feed = AtomFeed(f"authority {urn}", f"{who.name}: news of inspections", _here(), page)
    return _conditional(feed, lambda: _lines(NewsScope(urns=frozenset({urn})), far=True))


@bp.get("/regions/<region>/feed.atom")
def of_region(region: str) -> AnyResponse:
    """News of the authorities that are in a region now."""
    current = reader.current(reader.now())
    known = {name.casefold(): name for name in regions(current)}
    named = known.get(region.strip().casefold())
    if named is None:
        there = listed(sorted(known.values()))
        raise NotFound(f"No authority is in a region called {region[:80]!r}. There are {there}.")
    page = url_for("authorities.index", region=named, _external=True)
    feed = AtomFeed(f"region {named}", f"{named}: news of inspections", _here(), page)
    urns = frozenset(one.urn for one in current if one.region == named)
    return _conditional(feed, lambda: _lines(NewsScope(urns=urns), far=False))


@bp.get("/plans/<uuid:plan>/feed.atom")
def of_plan(plan: UUID) -> AnyResponse:
    """What became of a plan, as far as it was published here. Raises NotFound before its first publication."""
    who = reader.authority(authority_of_plan(current_store().reader, plan))
    lines = plan_lines(current_store().reader, plan, reader.now().as_at)
    if lines is None:
        raise NotFound("This plan was not published here, so that there is no news of it for everybody.")
    page = url_for("plans.show", plan=plan, _external=True)
    made_up = "Made-up example: " if any(line.made_up for line in lines) else ""
    feed = AtomFeed(f"plan {plan}", f"{made_up}{who.name}: action plan", _here(), page)
    return _conditional(feed, lambda: in_order(lines)[:MOST])


def _here() -> str:
    """The feed's own address, without what was asked behind a question mark."""
    return request.base_url


def _lines(scope: NewsScope, *, far: bool) -> tuple[NewsLine, ...]:
    """The newest of a scope: so many pieces of news, and so many corrections beside them."""
    today = dates.today()
    since = dates.EARLIEST if far else today - REACH
    found = shown(current_store().reader, scope, NewsSpan(since, today), most=MOST, external=True)
    windows = found.windows[:MOST]
    return in_order([*found.news, *windows, *found.corrections])


def _conditional(feed: AtomFeed, lines: Callable[[], Iterable[NewsLine]]) -> AnyResponse:
    """The feed, or 304 where the reader has it: it stays while nothing is told and no day passes."""
    store = current_store()
    generation, position = newest_position(store.reader)
    stays = (feed.address, generation, position, dates.today(), EDITION)
    response = Response(mimetype="application/atom+xml")
    response.set_etag(sha256(repr(stays).encode()).hexdigest()[:32])
    response.headers["Cache-Control"] = "public, max-age=300"
    if not request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.data = as_atom(feed, tuple(lines()), store.audit.origin(), noon(dates.today()))
    return response.make_conditional(request)


def as_atom(feed: AtomFeed, lines: Iterable[NewsLine], origin: str, otherwise: datetime) -> bytes:
    """The feed as XML; what is in an entry is text, never markup. `origin` is the name of the log, by which ids differ
    between stores; `otherwise` is when an empty feed says it was updated."""
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    shown = tuple(lines)
    made.id(_urn(origin, feed.name))
    made.title(_plain(feed.title))
    made.author({"name": "Inspection timeline"})
    made.link(href=feed.address, rel="self", type="application/atom+xml")
    made.link(href=feed.page, rel="alternate", type="text/html")
    made.updated(max((line.updated for line in shown), default=otherwise))
    for line in shown:
        entry = made.add_entry(order="append")
        entry.id(_urn(origin, line.id))
        entry.title(_plain(f"{line.authority}: {line.title}"))
        entry.link(href=line.address, rel="alternate", type="text/html")
        entry.updated(line.updated)
        entry.published(noon(line.public_on) if line.public_on else line.updated)
        entry.summary(_plain(line.sentence), type="text")
        for term, label in _terms(line):
            entry.category({"term": term, "scheme": SCHEME, "label": label})
    return bytes(made.atom_str(pretty=True))


def _terms(line: NewsLine) -> Iterable[tuple[str, str]]:
    yield line.kind.value, KINDS[line.kind]
    if line.kind.corrects and line.kind.value != "correction":
        yield "correction", KINDS[NewsKind.CORRECTION]
    if line.late:
        yield "learned_late", "Learned late"
    if line.made_up:
        yield "made_up", "Made up"


def _urn(origin: str, name: str) -> str:
    return f"urn:uuid:{uuid5(FEED, f'{origin} {name}')}"


def _plain(text: str) -> str:
    """Without what XML cannot carry."""
    return "".join(letter for letter in text if letter.isprintable())
