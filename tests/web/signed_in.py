"""People for tests: put on the roll as the machine's owner would, and signed in without waiting for a password."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient

from domain.facts import Told
from domain.values.roles import Listed, Role
from domain.values.statements import Source
from web.store.store import Store

PASSWORD = "four lanterns above Tottenham"


def at_the_machine(reason: str = "Works on the improvement plan") -> Told:
    return Told("local", uuid4(), Source("administration", "Test"), datetime(2026, 9, 1, 9, 0, tzinfo=UTC), reason)


def store_of(app: Flask) -> Store:
    found: Store = app.extensions["timeline"]
    return found


def person(
    app: Flask,
    *roles: Role,
    authorities: Sequence[str] = (),
    office: str = "",
    password: str | None = None,
    name: str = "Adaeze Okonkwo",
) -> Listed:
    """Somebody with these roles: officers and approvers for the authorities named, or for all."""
    store, new = store_of(app), uuid4()
    store.accounts.add(new, name=name, office=office, sign_in_name=f"{new.hex[:12]}@council.example")
    if password is not None:
        store.accounts.change_password(new, password)
    store.application.people.register_person(new, by=at_the_machine())
    for role in roles:
        in_scope = role in (Role.OFFICER, Role.APPROVER)
        store.application.people.grant_role(
            new,
            role=role,
            authorities=authorities if in_scope else (),
            national=in_scope and not authorities,
            by=at_the_machine(),
        )
    store.projector.catch_up()  # pages follow once a second; two of them must not differ by what is told here
    return listed(app, new)


def listed(app: Flask, who: UUID) -> Listed:
    found = store_of(app).application.people.listed(who)
    assert found is not None
    return found


def sign_in(app: Flask, client: FlaskClient, who: Listed) -> str:
    """Give the client a session of this person's; its token."""
    token = store_of(app).sessions.begin(who, address="127.0.0.1", browser="Test")
    client.set_cookie("session", token)
    return token
