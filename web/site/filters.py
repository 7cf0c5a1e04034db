"""What templates may say and ask: the words of `web.words` as filters, and the frame's own values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from flask import Flask, current_app, request, url_for
from sqlalchemy.exc import DBAPIError

from domain.values.errors import StoreUnavailable
from domain.values.roles import Role
from web.site import access, currency, demonstration, time_travel
from web.store.store import current_store
from web.words import words
from web.words.summary import after_sources_of_all, known_until_in_words, not_public_yet_of_all

SERVICE_NAME = "Inspection timeline"

PLACES = (
    (
        "Authorities",
        "authorities.index",
        "authorities inspections elements windows supposing call_week compare sources recording correcting identity "
        "documents duties asking neighbours briefing regions all_windows suggestions",
    ),
    ("Coming up", "planner.show", "planner forecasts visit_forecasts feeds"),
    ("Findings", "findings.index", "findings paragraphs focused_visits letters"),
    ("Plans", "plans.index", "plans planning publishing sheets pack updating"),
    ("My work", "my_work.show", "my_work actions challenges meetings meeting_recording"),
    ("Record", "audit.index", "audit ledger_pages"),
)
"""The places of the head: name, where it leads, and the blueprints whose pages belong to it."""

FOR_THOSE_SIGNED_IN = "My work"

WAITS = "timeline.waits"
"""Under what the application knows how many things wait for whoever sends a request."""

SEALS = "ledger_pages.checkpoints"
"""Where the record begins for people who may not read its entries."""

FOOT = (
    ("About", "about.show"),
    ("Glossary", "about.glossary"),
    ("Rules", "about.rulebook"),
    ("Sources and limits", "about.sources"),
    ("Where sources disagree", "disagreements.show"),
    ("Letters", "letters.index"),
    ("Calendars", "feeds.show"),
    ("Follow", "follow.show"),
    ("Accessibility", "about.accessibility"),
)

SIGNED_IN = "signed in"
"""In place of a rule: for everybody who is."""

OF_THE_PERSON = (
    ("Your account", "account.show", SIGNED_IN),
    ("Imports", "imports.start", "IMPORTS"),
    ("Places", "places.show", "KEEPS_CURRENT"),
    ("People", "people.index", "OVERSEES"),
    ("Sign out", "signing_in.sign_out", SIGNED_IN),
)
"""What stands behind one's own name, each with the rule that offers it."""


LONGEST_OFFICE = 24
"""Characters of an office in the head."""


@dataclass(frozen=True)
class FrameLink:
    """A link of the frame. `current`: "page" on the page it leads to, "true" on those that belong to it, as
    `aria-current` says it. `waits`: how much waits there for the person."""

    name: str
    address: str
    current: str = ""
    waits: int = 0


@dataclass(frozen=True)
class OwnPlaces:
    """What the head offers at its end: behind the `person`'s name, or to sign in."""

    person: str
    links: tuple[FrameLink, ...]

    @property
    def waits(self) -> int:
        return sum(link.waits for link in self.links)


def register(app: Flask) -> None:
    """Adds the filters and globals to every template of `app`."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=words.day,
        due_day=words.due_day,
        short_day=words.short_day,
        month=words.month,
        moment=words.moment,
        day_of=day_of,
        period=words.period,
        kind=words.KINDS.__getitem__,
        pathway=words.PATHWAYS.__getitem__,
        window_state=words.WINDOW_STATES.__getitem__,
        status=words.STATUSES.__getitem__,
        after_sources_of_all=after_sources_of_all,
        not_public_yet_of_all=not_public_yet_of_all,
        known_until_in_words=known_until_in_words,
        count_of=count_of,
        doubled=doubled,
    )
    app.jinja_env.globals.update(
        service_name=SERVICE_NAME,
        navigation=navigation,
        foot=foot,
        own_places=own_places,
        waits_for_me=waits_for_me,
        may=access.may,
        may_record=access.may_record,
        present=access.present_if_known,
        looked_back=time_travel.looked_back,
        demonstration=demonstration.is_open,
    )
    app.jinja_env.globals["parts"] = app.jinja_env.get_template("_parts.html").module
    currency.register(app)


def day_of(instant: datetime) -> str:
    """The London day of an instant: `7 May 2024`."""
    return words.day(words.day_of(instant))


def count_of(number: int, one: str, many: str | None = None) -> str:
    """`3 | count_of("entry", "entries")` as `3 entries`."""
    return words.count(number, one, many)


def doubled(values: Iterable[str]) -> list[tuple[str, str]]:
    """Each value beside itself: the options of a list whose values are their own labels."""
    return [(value, value) for value in values]


def navigation() -> list[FrameLink]:
    """The places of the head, with that of the page in hand marked; one's own work once signed in."""
    signed_in = access.present_if_known().listed is not None
    places = [place for place in PLACES if signed_in or place[0] != FOR_THOSE_SIGNED_IN]
    return [_place(name, endpoint, blueprints) for name, endpoint, blueprints in places]


def _place(name: str, endpoint: str, blueprints: str) -> FrameLink:
    if endpoint == "audit.index" and not access.may("READS"):
        endpoint = SEALS
    belongs = request.blueprint in blueprints.split()
    current = "page" if request.endpoint == endpoint else "true" if belongs else ""
    return FrameLink(name, url_for(endpoint), current, waits_for_me() if name == FOR_THOSE_SIGNED_IN else 0)


def waits_for_me() -> int:
    """How many things wait for the person in hand; none where the store cannot be asked, as such pages have a head
    too."""
    count = current_app.extensions.get(WAITS)
    try:
        return count(access.present_if_known()) if count is not None else 0
    except (StoreUnavailable, DBAPIError):
        return 0


def foot() -> list[FrameLink]:
    """The links of the foot."""
    return [FrameLink(name, url_for(endpoint)) for name, endpoint in FOOT]


def own_places() -> OwnPlaces:
    """At the end of the head: the way in or, signed in, one's own pages."""
    person = access.present_if_known()
    if person.listed is None:
        here = request.endpoint == "signing_in.show"
        back = "" if here or request.method != "GET" or request.path == "/" else request.path
        sign_in = FrameLink("Sign in", url_for("signing_in.show", next=back or None), "page" if here else "")
        return OwnPlaces("", (sign_in,))
    links = [
        FrameLink(name, url_for(endpoint), "page" if request.endpoint == endpoint else "", _waits(endpoint))
        for name, endpoint, rule in OF_THE_PERSON
        if rule == SIGNED_IN or access.may(rule)
    ]
    return OwnPlaces(signed_in_as(), tuple(links))


def _waits(endpoint: str) -> int:
    """How many files wait where files are imported; none where the store cannot be asked, as such pages have a head
    too."""
    if endpoint != "imports.start":
        return 0
    try:
        return current_store().waiting.count()
    except (StoreUnavailable, DBAPIError):
        return 0


def signed_in_as() -> str:
    """In a few words who is signed in: the office or, where none is kept, the roles; nothing for the public."""
    person = access.present_if_known()
    if person.listed is None:
        return ""
    roles = ", ".join(words.ROLES[role] for role in Role if role in person.listed.grants)
    return shorten(person.office or roles or "No role", width=LONGEST_OFFICE, placeholder=" …")
