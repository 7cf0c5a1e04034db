"""What templates may say and ask: the words of `web.words` as filters, and the frame's own values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from flask import Flask, request, url_for
from sqlalchemy.exc import DBAPIError

from domain.values.errors import StoreUnavailable
from domain.values.roles import Role
from web.site import access, currency, demonstration, time_travel
from web.store.store import current_store
from web.words import words
from web.words.summary import after_sources_of_all, known_until_in_words, not_public_yet_of_all

SERVICE_NAME = "Inspection timeline"

NAVIGATION = {
    "header": (
        ("Authorities", "authorities.index"),
        ("Plans", "plans.index"),
        ("Findings", "findings.index"),
        ("Planner", "planner.show"),
        ("Forecasts", "forecasts.show"),
        ("About", "about.show"),
    ),
    "footer": (
        ("Rules", "about.rulebook"),
        ("Letters", "letters.index"),
        ("Disagreements", "disagreements.show"),
        ("Calendars", "feeds.show"),
        ("Follow", "follow.show"),
        ("Checkpoints", "ledger_pages.checkpoints"),
        ("Sources and limits", "about.sources"),
        ("Glossary", "about.glossary"),
        ("Accessibility statement", "about.accessibility"),
    ),
}

FOR_ROLES = (
    ("Actions", "actions.index", "READS"),
    ("Questions", "challenges.index", "READS"),
    ("Meetings", "meetings.index", "READS"),
    ("Audit trail", "audit.index", "READS"),
    ("Imports", "imports.start", "IMPORTS"),
    ("Places", "places.show", "KEEPS_CURRENT"),
    ("People", "people.index", "OVERSEES"),
)
"""Links behind those of the header, each with the rule that offers it."""


LONGEST_OFFICE = 40
"""Characters of an office beside one's account."""


@dataclass(frozen=True)
class FrameLink:
    """A link of the frame; `here` on the page it leads to. `waits`: how much waits there for the person."""

    name: str
    address: str
    here: bool
    waits: int = 0


def register(app: Flask) -> None:
    """Adds the filters and globals to every template of `app`."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=words.day,
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
        own_places=own_places,
        signed_in_as=signed_in_as,
        may=access.may,
        may_record=access.may_record,
        present=access.present_if_known,
        looked_back=time_travel.looked_back,
        demonstration=demonstration.is_open,
    )
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


def navigation(where: str = "header") -> list[FrameLink]:
    """The links of the header or footer, with that of the page in hand marked."""
    return [FrameLink(name, url_for(endpoint), request.endpoint == endpoint) for name, endpoint in NAVIGATION[where]]


def own_places() -> list[FrameLink]:
    """Behind the links of the header: the way in or, signed in, one's own pages."""
    if access.present_if_known().listed is None:
        here = request.endpoint == "signing_in.show"
        back = "" if here or request.method != "GET" or request.path == "/" else request.path
        return [FrameLink("Sign in", url_for("signing_in.show", next=back or None), here)]
    own = [(name, endpoint) for name, endpoint, rule in FOR_ROLES if access.may(rule)]
    own += [("Your account", "account.show"), ("Sign out", "signing_in.sign_out")]
    return [
        FrameLink(name, url_for(endpoint), request.endpoint == endpoint, _waits(endpoint)) for name, endpoint in own
    ]


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
