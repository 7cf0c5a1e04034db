"""Signing in to the demonstration: a person of each role, for whoever sits at the machine, with nothing at stake.

Offered only while the store holds nothing but the demonstration, served to this machine alone. The first fact of any
other origin closes it for good."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from flask import current_app, g, request

from domain.facts import Told
from domain.values.roles import OF_AUTHORITIES, Listed, Role
from domain.values.statements import Source
from web.demo.plan import MEMBER, OFFICER, SECOND
from web.store.settings import LOOPBACK_HOSTS, current_settings
from web.store.store import current_store

INVENTED = UUID("c1d5f7a2-77b4-5f0e-8d55-2a1f6d9e4c10")
PEOPLE = {role: uuid5(INVENTED, role.value) for role in Role}
"""The person of each role; their ids are the same in every store, so that facts of theirs are known as invented."""

LOOPBACK = (*LOOPBACK_HOSTS, "::1")
FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
HARMLESS = frozenset({"register", OFFICER, SECOND, MEMBER, *map(str, PEOPLE.values())})
"""Actors whose facts put nothing at stake."""

OVER = "The demonstration is over"
SOURCE = Source("administration", "Demonstration")


@dataclass
class Watch:
    """How far the log was looked through, and what it held."""

    upto: int = 0
    loaded: bool = False
    real: bool = False


def is_invented(person: UUID) -> bool:
    return person in PEOPLE.values()


def is_open() -> bool:
    """Whether this request may sign in to the demonstration."""
    if "demonstration" not in g:
        g.demonstration = _is_local() and holds_only_the_demonstration()
    return bool(g.demonstration)


def serve_on(app_host: str) -> None:
    """The server says to which address it is bound; without that word nothing is offered."""
    current_app.extensions["timeline.served_on"] = app_host


def holds_only_the_demonstration() -> bool:
    """Whether the demonstration was loaded and nobody recorded or imported anything else."""
    watch = _watched()
    return watch.loaded and not watch.real


def was_ended() -> bool:
    """Whether the demonstration was loaded, something real came after it, and nobody real administers yet."""
    watch = _watched()
    if not (watch.loaded and watch.real):
        return False
    roll = current_store().application.people.roll()
    return roll is None or all(is_invented(one.person) for one in roll.administrators)


def _watched() -> Watch:
    watch: Watch = current_app.extensions.setdefault("timeline.demonstration", Watch())
    if watch.real:
        return watch
    ledger = current_store().application.ledger
    if ledger.max_position() > watch.upto:
        for position, fact in ledger.read_facts(watch.upto + 1):
            watch.loaded = watch.loaded or fact.actor == OFFICER
            watch.upto = position
            if fact.actor not in HARMLESS:
                watch.real = True
                break
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
    """Shut its people out: as soon as somebody real administers, they may not count as administrators."""
    application = current_store().application
    for person in PEOPLE.values():
        listed = application.people.listed(person)
        if listed is not None and not listed.disabled:
            application.people.disable_person(
                person, by=replace(by, command=uuid5(by.command, str(person)), reason=OVER)
            )


def _told(what: str) -> Told:
    return Told("demo", uuid5(INVENTED, what), SOURCE, datetime.now(UTC), "Part of the demonstration")


def _is_local() -> bool:
    """Whether the server answers only this machine, and this request comes from it and through no proxy."""
    return (
        current_app.extensions.get("timeline.served_on") in LOOPBACK
        and current_settings().proxy_hops == 0
        and request.remote_addr in ("127.0.0.1", "::1")
        and urlsplit(f"//{request.host}").hostname in LOOPBACK
        and not any(name in request.headers for name in FORWARDING_HEADERS)
    )
