"""People and their roles on pages."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import HARINGEY
from tests.web.people.story import name_of, said
from tests.web.signed_in import PASSWORD, listed, person, sign_in, store_of
from web import WebApp


@pytest.fixture
def admin(app: WebApp) -> Client:
    """A client in which an administrator with a password is signed in; there is more than one."""
    client = Client(app)
    person(app, Role.ADMINISTRATOR)
    sign_in(app, client.client, person(app, Role.ADMINISTRATOR, password=PASSWORD, name="Dela Mensah"))
    return client


def grant(role: Role, **words: str) -> dict[str, str]:
    return {f"role-{key}": text for key, text in {"command": str(uuid4()), "role": role.value, **words}.items()}


def test_a_role_is_given_for_authorities_by_name_with_its_reason(app: WebApp, admin: Client):
    who = person(app)
    form = grant(Role.OFFICER, reach="named", authorities="Haringey\n80563", reason="Joins the team")
    assert admin.client.post(f"/admin/people/{who.person}/roles", data=form).status_code == 303
    page = said(admin.page(f"/admin/people/{who.person}"))
    assert "Haringey, Stockton-on-Tees" in page
    assert "Joins the team" in page
    assert "by Dela Mensah" in page
    assert listed(app, who.person).may_record(HARINGEY)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"reach": "named", "authorities": "Erewhon", "reason": "x"}, "Erewhon"),
        ({"reach": "named", "reason": "x"}, "name at least one"),
        ({"reach": "national"}, "Enter why"),
    ],
)
def test_a_role_that_cannot_be_given_is_said_so_and_changes_nothing(
    app: WebApp, admin: Client, words: dict[str, str], why: str
):
    who = person(app)
    page = admin.post(f"/admin/people/{who.person}/roles", grant(Role.OFFICER, **words), status=422)
    assert why in said(page)
    assert not listed(app, who.person).grants


def test_an_administrator_is_made_with_one_s_own_password_and_by_two(app: WebApp, admin: Client):
    who = person(app)
    address = f"/admin/people/{who.person}/roles"
    form = grant(Role.ADMINISTRATOR, reason="Deputy")
    assert "your own password" in said(admin.post(address, form, status=422))
    assert "your own password" in said(admin.post(address, form | {"role-password": "wrong wrong wrong"}, status=422))
    assert admin.client.post(address, data=form | {"role-password": PASSWORD}).status_code == 303
    assert not listed(app, who.person).has(Role.ADMINISTRATOR)
    second = Client(app)
    sign_in(app, second.client, person(app, Role.ADMINISTRATOR, password=PASSWORD))
    again = grant(Role.ADMINISTRATOR, reason="Agreed", password=PASSWORD)
    assert "asked that" in said(second.page(f"/admin/people/{who.person}"))
    assert second.client.post(address, data=again).status_code == 303
    assert listed(app, who.person).has(Role.ADMINISTRATOR)


def test_a_person_is_shut_out_and_let_in_again(app: WebApp, admin: Client):
    who = person(app, Role.OFFICER)
    address = f"/admin/people/{who.person}"
    assert admin.client.post(f"{address}/disable", data={"command": str(uuid4()), "reason": "Left"}).status_code == 303
    assert "Shut out" in said(admin.page(address))
    assert "Let them in again first" in said(admin.post(f"{address}/link", {}, status=422))
    again = {"command": str(uuid4()), "reason": "Came back"}
    assert admin.client.post(f"{address}/reinstate", data=again).status_code == 303
    assert "reads what the public reads" in said(admin.page(address))


def test_an_auditor_sees_people_and_changes_nothing(app: WebApp, client: Client):
    who = person(app, Role.OFFICER)
    sign_in(app, client.client, person(app, Role.AUDITOR))
    page = client.page(f"/admin/people/{who.person}")
    assert not [form for form in page.all("form") if form.get("method") == "post"]
    assert client.client.post(f"/admin/people/{who.person}/disable").status_code == 403


def test_no_name_ever_enters_the_log(app: WebApp):
    store = store_of(app)
    who = person(app, Role.OFFICER, name="Zebedee Quillfeather", office="Improvement officer, Erewhon")
    stored = b"\n".join(bytes(event.state) for event in store.application.ledger.recorder.select_notifications(1, 5000))
    assert str(who.person).replace("-", "").encode() in stored
    for word in (b"Zebedee", b"Quillfeather", b"Erewhon", name_of(app, who).encode()):
        assert word not in stored


def test_a_person_nobody_knows_is_not_found(admin: Client):
    admin.page(f"/admin/people/{uuid4()}", status=404)


@pytest.mark.parametrize(
    ("roles", "office", "said"),
    [
        ([Role.OFFICER], "Improvement team", "Improvement team"),
        ([Role.OFFICER, Role.AUDITOR], "", "Officer, Auditor"),
        ([Role.MEMBER], "Office of the director " * 4, "Office of the director …"),
    ],
)
def test_every_page_says_in_a_few_words_who_is_signed_in(app: WebApp, roles: list[Role], office: str, said: str):
    someone = Client(app)
    sign_in(app, someone.client, person(app, *roles, office=office.strip()))
    menu, place = someone.page("/").all("header")[0].said, someone.page("/").all("summary")[1]
    assert place.said == said
    assert menu.index(said) < menu.index("Your account") < menu.index("Sign out")


def test_the_public_is_nobody_in_particular(app: WebApp):
    assert "Your account" not in Client(app).page("/").all("header")[0].said
