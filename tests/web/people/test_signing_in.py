"""Signing in and out, and the links by which one sets up an account."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

import pytest

from domain.values.roles import Role
from projections.engine.database import reading
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, demo_app
from tests.web.people.story import name_of, said, sent
from tests.web.signed_in import PASSWORD, at_the_machine, person, sign_in, store_of
from web import WebApp, create_app
from web.store import tables
from web.store.settings import Settings

# --- signing in and out -----------------------------------------------------------------------------------------------


def test_the_right_password_lets_in_and_leads_back(app: WebApp, client: Client):
    officer = person(app, Role.OFFICER, password=PASSWORD)
    answer = sent(client.client, name_of(app, officer).upper(), PASSWORD, next=f"/authorities/{HARINGEY}/record")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/authorities/{HARINGEY}/record")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("session=")
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Your roles" in said(client.page("/account"))


@pytest.mark.parametrize("next_", ["//evil.example", "/%2fevil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_back_never_leads_to_another_site(app: WebApp, client: Client, next_: str):
    officer = person(app, Role.OFFICER, password=PASSWORD)
    assert sent(client.client, name_of(app, officer), PASSWORD, next=next_).headers["Location"] == "/"


def test_over_https_the_cookie_is_bound_to_this_host(tmp_path: Path):
    app = create_app(Settings(home=tmp_path, https=True))
    app.config["WTF_CSRF_ENABLED"] = False
    app.open_pages()
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        store_of(app).migrate()
    officer = person(app, Role.OFFICER, password=PASSWORD)
    form = {"command": str(uuid4()), "sign_in_name": name_of(app, officer), "password": PASSWORD}
    answer = app.test_client().post("/sign-in", data=form, base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("password", ["", "wrong wrong wrong wrong", PASSWORD + " ", PASSWORD.upper()])
def test_a_wrong_password_is_answered_like_a_name_that_nobody_has(app: WebApp, client: Client, password: str):
    officer = person(app, Role.OFFICER, password=PASSWORD)
    theirs = sent(client.client, name_of(app, officer), password, f"192.0.2.{len(password)}")
    nobodys = sent(client.client, "nobody@council.example", password, f"192.0.2.{100 + len(password)}")
    assert theirs.status_code == nobodys.status_code == 422
    assert re.sub(r'value="[^"]*"', "", theirs.text) == re.sub(r'value="[^"]*"', "", nobodys.text)
    assert "Set-Cookie" not in theirs.headers or "session=" not in theirs.headers["Set-Cookie"]


def test_a_password_is_never_sent_back_or_kept_as_it_is(app: WebApp, client: Client):
    answer = sent(client.client, "somebody@council.example", "a secret in this form", "192.0.2.77")
    assert "a secret in this form" not in answer.text
    person(app, Role.OFFICER, password=PASSWORD)
    with reading(store_of(app).accounts.engine) as connection:
        kept = [row.password for row in connection.execute(tables.person.select()) if row.password]
    assert all(text.startswith("$argon2id$") for text in kept)


def test_an_unknown_name_takes_as_long_as_a_known_one(app: WebApp):
    accounts = store_of(app).accounts
    name = name_of(app, person(app, Role.OFFICER, password=PASSWORD))
    took: dict[str, list[float]] = {name: [], "nobody@council.example": []}
    for _ in range(9):
        for asked, times in took.items():
            began = perf_counter()
            assert accounts.signed_in_by(asked, "wrong wrong wrong wrong") is None
            times.append(perf_counter() - began)
    known, unknown = (median(times) for times in took.values())
    print(f"\nsigning in with a wrong password: {known * 1000:.1f} ms known, {unknown * 1000:.1f} ms unknown (medians)")
    assert abs(known - unknown) < 0.25 * known


def test_signing_out_ends_the_session_for_whoever_holds_its_cookie(app: WebApp, client: Client):
    token = sign_in(app, client.client, person(app, Role.OFFICER))
    client.page("/sign-out")
    assert client.client.post("/sign-out", data={"command": str(uuid4())}).status_code == 303
    thief = app.test_client()
    thief.set_cookie("session", token)
    assert thief.get("/account").status_code == 303


def test_signing_in_makes_a_new_session_whatever_cookie_was_there(app: WebApp, client: Client):
    officer = person(app, Role.OFFICER, password=PASSWORD)
    planted = sign_in(app, client.client, person(app, Role.MEMBER))
    answer = sent(client.client, name_of(app, officer), PASSWORD)
    assert planted not in answer.headers["Set-Cookie"]
    thief = app.test_client()
    thief.set_cookie("session", planted)
    assert thief.get("/account").status_code == 303


# --- set-up links -----------------------------------------------------------------------------------------------------


NEW = {"password": PASSWORD, "again": PASSWORD}


def test_the_first_administrator_is_made_by_a_link_that_works_once(tmp_path: Path):
    app = demo_app(tmp_path)
    link = f"/set-up/{store_of(app).accounts.make_link(None)}"
    client = Client(app)
    client.page(link)
    form = NEW | {"command": str(uuid4()), "name": "Beth Adeyemi", "sign_in_name": "beth@council.example"}
    assert "differ" in said(client.post(link, form | {"again": "something else entirely"}, status=422))
    assert "at least 15" in said(client.post(link, form | {"password": "short", "again": "short"}, status=422))
    assert store_of(app).application.people.roll() is None, "a refused form registers nobody"
    assert client.client.post(link, data=form).status_code == 303
    assert "Administrator" in said(client.page("/account"))
    assert "used already" in said(client.page(link, status=404))
    assert Client(app).client.post(link, data=form).status_code == 404
    assert len(store_of(app).application.people.roll().administrators) == 1


def test_a_second_link_replaces_the_first_and_an_old_one_is_over(app: WebApp, monkeypatch: pytest.MonkeyPatch):
    accounts = store_of(app).accounts
    who = person(app, Role.OFFICER).person
    first, second = accounts.make_link(who), accounts.make_link(who)
    assert accounts.link(first) is None
    assert accounts.link(second) is not None
    monkeypatch.setattr("web.store.accounts.now", lambda: 4_000_000_000)
    assert accounts.link(second) is None


def test_an_added_person_sets_a_password_and_is_signed_in(app: WebApp):
    admin, theirs = Client(app), Client(app)
    sign_in(app, admin.client, person(app, Role.ADMINISTRATOR))
    form = {"command": str(uuid4()), "name": "Cas Lowe", "sign_in_name": "cas@council.example", "reason": "New officer"}
    page = admin.post("/admin/people/add", form)
    (address,) = re.findall(r"http://localhost(/set-up/\S+)", said(page))
    assert theirs.client.post(address, data=NEW | {"command": str(uuid4())}).status_code == 303
    assert "Cas Lowe" in said(theirs.page("/account"))
    assert theirs.client.get(f"/authorities/{HARINGEY}/record").status_code == 403, "no role yet"


def test_a_link_of_somebody_shut_out_meanwhile_does_not_let_in(app: WebApp):
    who = person(app, Role.OFFICER)
    secret = store_of(app).accounts.make_link(who.person)
    store_of(app).application.people.disable_person(who.person, by=at_the_machine())
    answer = app.test_client().post(f"/set-up/{secret}", data=NEW | {"command": str(uuid4())})
    assert answer.status_code == 422
