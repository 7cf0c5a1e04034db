"""Accounts, sessions and links: what lets somebody in, for how long, and what a stranger can do about it."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from domain.values.errors import RuleBroken
from domain.values.roles import Role
from projections.engine.database import reading
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, demo_app
from tests.web.signed_in import PASSWORD, at_the_machine, listed, person, sign_in, store_of
from web import WebApp, create_app
from web.store import tables
from web.store.attempts import LONGEST_WAIT, MINUTE, Attempts
from web.store.passwords import SHORTEST, common, must_be_good
from web.store.sessions import AT_MOST, IDLE, IDLE_OF_A_MEMBER, Sessions
from web.store.settings import Settings


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("signing-in"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def name_of(app: WebApp, who) -> str:
    account = store_of(app).accounts.of(who.person)
    assert account is not None
    return account.sign_in_name


def sent(client: FlaskClient, name: str, password: str, address: str = "127.0.0.1", **more: str):
    form = {"command": str(uuid4()), "sign_in_name": name, "password": password, **more}
    return client.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": address})


def said(page) -> str:
    return page.all("main")[0].said


# --- signing in and out ---------------------------------------------------------------------------------------------


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


# --- how long a session lasts ---------------------------------------------------------------------------------------


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.at = 1_790_000_000

    def __call__(self) -> int:
        return self.at


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


# --- passwords ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("fourteen chars", "at least 15"),
        ("x" * 201, "at most 200"),
        ("passwordpassword", "many people use"),
        ("Correct Horse Battery Staple", "many people use"),
        ("123456789012345", "many people use"),
        ("qwertyuiopasdfgh", "many people use"),
        ("abcabcabcabcabcabc", "many people use"),
        ("zyxwvutsrqponmlkj", "easy to guess|many people use"),
        ("Inspection-Timeline-2026", "easy to guess"),
        ("adaeze okonkwo 1984", "easy to guess"),
        ("aaaaabbbbbaaaaabbbbb", "easy to guess"),
    ],
)
def test_a_password_that_is_short_common_or_about_oneself_is_refused(password: str, why: str):
    with pytest.raises(RuleBroken, match=why):
        must_be_good(password, ("Adaeze Okonkwo", "a.okonkwo@council.example"))


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "correct donkey battery paperclip", "ünïcode ist auch erlaubt", "lowercase will do too"],
)
def test_any_long_password_will_do_otherwise(password: str):
    must_be_good(password, ("Adaeze Okonkwo",))


def test_the_list_of_common_passwords_holds_only_what_the_length_lets_through():
    assert len(common()) > 100
    assert all(len(word) >= SHORTEST and word.isalnum() and word == word.casefold() for word in common())


# --- set-up links ---------------------------------------------------------------------------------------------------

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


# --- brute force ----------------------------------------------------------------------------------------------------


def test_the_sixth_try_within_a_minute_is_answered_429_with_the_time_to_wait(app: WebApp, client: Client):
    name = name_of(app, person(app, Role.OFFICER, password=PASSWORD))
    answers = [sent(client.client, name, "wrong wrong wrong wrong", "198.51.100.1") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    right = sent(client.client, name, PASSWORD, "198.51.100.1")
    assert right.status_code == 429, "the right password does not show while one waits"


class Milliseconds(Clock):
    """The same for attempts."""

    def __init__(self) -> None:
        self.at = 1_790_000_000_000


def test_a_thousand_tries_on_one_name_get_few_looks_and_never_shut_its_owner_out(app: WebApp):
    clock = Milliseconds()
    attempts = Attempts(store_of(app).accounts.engine, clock=clock)
    owner, name, home = person(app, Role.OFFICER).person, f"{uuid4().hex}@council.example", "203.0.113.5"
    attempts.signed_in(name, owner, home)
    looked = 0
    for number in range(1000):
        clock.at += 100
        looked += attempts.wait_to_sign_in(name, owner, f"2001:db8::{number:x}") == 0
    print(f"\n1,000 tries on one name from as many addresses within 100 s: {looked} were looked at")
    assert looked <= 10
    assert attempts.wait_to_sign_in(name, owner, home) == 0


def test_a_thousand_tries_on_as_many_names_from_one_address_get_few_looks(app: WebApp):
    clock = Milliseconds()
    attempts = Attempts(store_of(app).accounts.engine, clock=clock)
    looked = 0
    for number in range(1000):
        clock.at += 100
        looked += attempts.wait_to_sign_in(f"name-{number}-{uuid4().hex}", None, "203.0.113.99") == 0
    assert looked <= 10


def test_whoever_has_an_account_may_not_guess_others_in_between(app: WebApp):
    clock = Milliseconds()
    attempts = Attempts(store_of(app).accounts.engine, clock=clock)
    mine, name, place = person(app, Role.MEMBER).person, uuid4().hex, "203.0.113.44"
    looked = 0
    for number in range(100):
        clock.at += 100
        looked += attempts.wait_to_sign_in(f"name-{number}-{name}", None, place) == 0
        if attempts.wait_to_sign_in(name, mine, place) == 0:
            attempts.signed_in(name, mine, place)
    assert looked <= 10


def test_waits_grow_to_a_quarter_of_an_hour_and_end(app: WebApp):
    clock = Milliseconds()
    attempts = Attempts(store_of(app).accounts.engine, clock=clock)
    name, waits = uuid4().hex, []
    for number in range(14):
        wait = attempts.wait_to_sign_in(name, None, f"198.51.101.{number}")
        clock.at += wait * 1000
        if wait:
            waits.append(wait)
            assert attempts.wait_to_sign_in(name, None, f"198.51.101.{number}") == 0
    assert waits == sorted(waits)
    assert max(waits) <= LONGEST_WAIT // 1000
    clock.at += 61 * MINUTE
    assert attempts.wait_to_sign_in(name, None, "198.51.100.77") == 0


def test_forms_are_sent_at_most_sixty_times_a_minute(app: WebApp, client: Client):
    sign_in(app, client.client, person(app, Role.OFFICER))
    answers = [client.client.post(f"/authorities/{HARINGEY}/record/jtai").status_code for _ in range(61)]
    assert answers == [422] * 60 + [429]


def test_other_processes_count_the_same(app: WebApp):
    one, other = (Attempts(store_of(app).accounts.engine) for _ in range(2))
    name = uuid4().hex
    tried = [(one, other)[number % 2].wait_to_sign_in(name, None, f"192.0.2.{number}") for number in range(6)]
    assert tried[:5] == [0] * 5
    assert tried[5] > 0


# --- people and roles -----------------------------------------------------------------------------------------------


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
        ([Role.MEMBER], "Office of the director " * 4, "Office of the director Office of the …"),
    ],
)
def test_every_page_says_in_a_few_words_who_is_signed_in(app: WebApp, roles: list[Role], office: str, said: str):
    someone = Client(app)
    sign_in(app, someone.client, person(app, *roles, office=office.strip()))
    (place,) = [one for one in someone.page("/").all("li") if "Your account" in one.said]
    assert place.said == f"Your account {said}"


def test_the_public_is_nobody_in_particular(app: WebApp):
    assert "Your account" not in Client(app).page("/").all("header")[0].said
