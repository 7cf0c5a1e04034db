"""How long a session lasts, and what ends it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import HARINGEY
from tests.web.people.story import Clock, name_of, said
from tests.web.signed_in import PASSWORD, at_the_machine, person, sign_in, store_of
from web import WebApp
from web.store.sessions import AT_MOST, IDLE, IDLE_OF_A_MEMBER, Sessions


@pytest.mark.parametrize(
    ("role", "idle"),
    [
        (Role.MEMBER, IDLE_OF_A_MEMBER),
        (Role.OFFICER, IDLE),
        (Role.APPROVER, IDLE),
        (Role.ADMINISTRATOR, IDLE),
        (Role.AUDITOR, IDLE),
    ],
)
def test_a_session_ends_when_it_is_not_used(app: WebApp, role: Role, idle: int):
    clock = Clock()
    sessions = Sessions(store_of(app).accounts.engine, clock=clock)
    who = person(app, role)
    known = store_of(app).application.people.listed
    token = sessions.begin(who, address="", browser="")
    clock.at += idle - 1
    assert sessions.found(token, known) is not None
    clock.at += idle - 1
    assert sessions.found(token, known) is not None, "use keeps it"
    clock.at += idle
    assert sessions.found(token, known) is None
    clock.at -= idle
    assert sessions.found(token, known) is None, "what has ended does not come back"


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(app: WebApp):
    clock = Clock()
    sessions = Sessions(store_of(app).accounts.engine, clock=clock)
    known = store_of(app).application.people.listed
    token = sessions.begin(person(app, Role.OFFICER), address="", browser="")
    for _ in range(AT_MOST // 1000):
        clock.at += 1000
        assert sessions.found(token, known) is not None
    clock.at += 1000
    assert sessions.found(token, known) is None


@pytest.mark.parametrize("change", ["disabled", "given a role", "role withdrawn", "ended by an administrator"])
def test_an_old_cookie_is_worth_nothing_at_once(app: WebApp, client: Client, change: str):
    who = person(app, Role.OFFICER)
    sign_in(app, client.client, who)
    assert client.client.get("/account").status_code == 200
    application = store_of(app).application
    if change == "disabled":
        application.people.disable_person(who.person, by=at_the_machine())
    elif change == "given a role":
        application.people.grant_role(who.person, role=Role.AUDITOR, by=at_the_machine())
    elif change == "role withdrawn":
        application.people.withdraw_role(who.person, role=Role.OFFICER, by=at_the_machine())
    else:
        admin = Client(app)
        sign_in(app, admin.client, person(app, Role.ADMINISTRATOR))
        assert admin.client.post(f"/admin/people/{who.person}/sessions/end").status_code == 303
    assert client.client.get("/account").status_code == 303
    assert client.client.post(f"/authorities/{HARINGEY}/record/jtai").status_code == 401


def test_one_sees_and_ends_one_s_own_sessions_only(app: WebApp, client: Client):
    mine, other = person(app, Role.OFFICER), person(app, Role.OFFICER)
    sign_in(app, client.client, mine)
    elsewhere, stranger = app.test_client(), app.test_client()
    sign_in(app, elsewhere, mine)
    sign_in(app, stranger, other)
    theirs = store_of(app).sessions.of(other)[0]
    assert client.client.post(f"/account/sessions/{theirs.id}/end").status_code == 404
    assert stranger.get("/account").status_code == 200
    (address,) = re.findall(r'action="(/account/sessions/[^"]+/end)"', client.client.get("/account").text)
    assert client.client.post(address).status_code == 303
    assert elsewhere.get("/account").status_code == 303
    assert client.client.get("/account").status_code == 200


def test_a_changed_password_ends_every_other_session(app: WebApp, client: Client):
    who = person(app, Role.OFFICER, password=PASSWORD)
    sign_in(app, client.client, who)
    elsewhere = app.test_client()
    sign_in(app, elsewhere, who)
    new = "seven herons over Walthamstow"
    wrong = {"command": str(uuid4()), "old": "not this one, sorry", "password": new, "again": new}
    assert "not right" in said(client.post("/account/password", wrong, status=422))
    assert client.client.post("/account/password", data=wrong | {"old": PASSWORD}).status_code == 303
    assert client.client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert store_of(app).accounts.signed_in_by(name_of(app, who), new) is not None
