"""Signing in to the demonstration: a person of each role, for whoever sits at the machine, beside whatever is held.

Open on a store that is served to this machine alone, once it was loaded, until it is told to end or somebody real gets
an account. What its people tell is known by their ids for ever."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from flask import current_app, g, request

from domain.facts import FileOpened, Told, stored_name
from domain.values.roles import OF_AUTHORITIES, Listed, Role
from domain.values.statements import Source
from web.demo.plan import OFFICER
from web.store.settings import LOOPBACK_HOSTS, current_settings
from web.store.store import current_store

INVENTED = UUID("c1d5f7a2-77b4-5f0e-8d55-2a1f6d9e4c10")
PEOPLE = {role: uuid5(INVENTED, role.value) for role in Role}
"""The person of each role; their ids are the same in every store, so that facts of theirs are known as invented."""

LOOPBACK = (*LOOPBACK_HOSTS, "::1")
FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
OVER = "The demonstration is over"
SOURCE = Source("administration", "Demonstration")


@dataclass
class Watch:
    """How far the log was looked through for files, and whether the demonstration's was among them."""

    upto: int = 0
    loaded: bool = False


def is_invented(person: UUID) -> bool:
    return person in PEOPLE.values()


def is_open() -> bool:
    """Whether this request may sign in to the demonstration."""
    if "demonstration" not in g:
        g.demonstration = is_local() and goes_on()
    return bool(g.demonstration)


def may_be_loaded() -> bool:
    """Whether whoever sends this request may load it: at the machine, where it was not yet, and nobody real has an
    account."""
    return is_local() and not _watched().loaded and not _has_real_people()


def serve_on(app_host: str) -> None:
    """The server says to which address it is bound; without that word nothing is offered."""
    current_app.extensions["timeline.served_on"] = app_host


def goes_on() -> bool:
    """Whether the demonstration was loaded, and nothing ended it."""
    return _watched().loaded and not was_told_to_end() and not _has_real_people()


def was_loaded() -> bool:
    """Whether it was ever loaded, over or not."""
    return _watched().loaded


def was_ended() -> bool:
    """Whether the demonstration was loaded and is over, and nobody real administers yet."""
    roll = current_store().application.people.roll()
    real = [] if roll is None else [one for one in roll.administrators if not is_invented(one.person)]
    return _watched().loaded and not real and (was_told_to_end() or _has_real_people())


def was_told_to_end() -> bool:
    """Whether its people were shut out. Its administrator, who may be the only one, need not be: nobody can sign in as
    one of them once it is over."""
    roll = current_store().application.people.roll()
    others = [person for role, person in PEOPLE.items() if role is not Role.ADMINISTRATOR]
    return roll is not None and all(person in roll and roll.of(person).disabled for person in others)


def _has_real_people() -> bool:
    roll = current_store().application.people.roll()
    return roll is not None and any(not is_invented(person) for person in roll.listed)


def _watched() -> Watch:
    watch: Watch = current_app.extensions.setdefault("timeline.demonstration", Watch())
    ledger = current_store().application.ledger
    if not watch.loaded and (upto := ledger.max_position()) > watch.upto:
        files = ledger.read_facts(watch.upto + 1, names=[stored_name(FileOpened)])
        watch.loaded = any(fact.actor == OFFICER for _, fact in files)
        watch.upto = upto
    return watch


def enter(role: Role) -> Listed:
    """The demonstration's person of a role, put on the roll when first needed."""
    store, person = current_store(), PEOPLE[role]
    named = f"Demonstration {role.value}"
    if store.accounts.of(person) is None:
        store.accounts.add(person, name=named, office=f"{named} (invented)", sign_in_name=f"demonstration-{role.value}")
    store.application.people.register_person(person, by=_told(f"register {role.value}"))
    national = role in OF_AUTHORITIES
    store.application.people.grant_role(person, role=role, national=national, by=_told(f"grant {role.value}"))
    listed = store.application.people.listed(person)
    assert listed is not None
    return listed


def end(by: Told) -> None:
    """Shut its people out, those too whose role nobody tried; what they told stays. Again, it changes nothing.

    Its administrator stays on the roll while there is no other."""
    application = current_store().application
    for role, person in PEOPLE.items():
        listed = application.people.listed(person)
        if listed is None:
            application.people.register_person(person, by=_told(f"register {role.value}"))
        roll = application.people.roll()
        assert roll is not None
        the_only_one = [one.person for one in roll.administrators] == [person]
        if not (roll.of(person).disabled or the_only_one):
            application.people.disable_person(
                person, by=replace(by, command=uuid5(by.command, str(person)), reason=OVER)
            )


def _told(what: str) -> Told:
    return Told("demo", uuid5(INVENTED, what), SOURCE, datetime.now(UTC), "Part of the demonstration")


def is_local() -> bool:
    """Whether the server answers only this machine, and this request comes from it and through no proxy."""
    return (
        current_app.extensions.get("timeline.served_on") in LOOPBACK
        and current_settings().proxy_hops == 0
        and request.remote_addr in ("127.0.0.1", "::1")
        and urlsplit(f"//{request.host}").hostname in LOOPBACK
        and not any(name in request.headers for name in FORWARDING_HEADERS)
    )
