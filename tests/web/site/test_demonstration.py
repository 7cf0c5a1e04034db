"""Trying every role without a password: once loaded, on this machine alone, until it is told to end."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from domain.values.roles import Role
from tests.installation import SMALL_HISTORY
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, HISTORY, STOCKTON
from tests.web.signed_in import at_the_machine, person, store_of
from web import WebApp, create_app
from web.files.run import import_paths
from web.site import demonstration
from web.store.settings import Settings

BANNER = "Plans and people may be made up."


def made(home: Path, *, served_on: str | None = "127.0.0.1", load: bool = True, **settings: object) -> WebApp:
    app = create_app(Settings(home=home, **settings))  # type: ignore[arg-type]
    app.open_pages()
    app.config["TESTING"] = True
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        store_of(app).migrate()
        if load:
            import_paths(store_of(app).application, [HISTORY], actor="demo")
        if served_on is not None:
            demonstration.serve_on(served_on)
    return app


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return made(tmp_path)


def test_importing_a_file_beside_it_does_not_end_it(tmp_path: Path):
    app = made(tmp_path, load=False)
    assert not offered(app)
    assert app.test_cli_runner().invoke(args=["demo"]).exit_code == 0
    client = enter(app)
    file = tmp_path / "history.yaml"
    file.write_text(SMALL_HISTORY)
    assert app.test_cli_runner().invoke(args=["history", "import", str(file)]).exit_code == 0
    assert offered(app)
    assert client.client.get("/account").status_code == 200, "who tries a role goes on"


def offered(app: WebApp, **request: object) -> bool:
    text = app.test_client().get("/sign-in", **request).text  # type: ignore[arg-type]
    return 'action="/sign-in/demonstration"' in text


def enter(app: WebApp, role: str = "officer") -> Client:
    client = Client(app)
    assert client.client.post("/sign-in/demonstration", data={"role": role}).status_code == 303
    return client


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_role_can_be_tried_and_every_page_says_what_this_is(app: WebApp, role: str):
    client = enter(app, role)
    assert f"Demonstration {role}" in client.page("/account").all("main")[0].said
    for address in ("/", "/authorities", f"/authorities/{HARINGEY}", "/account", "/about"):
        assert BANNER in client.page(address).all("body")[0].said
    assert BANNER in Client(app).page("/").all("body")[0].said, "those not signed in are told too"
    assert enter(app, role).client.get("/account").status_code == 200, "again adds nobody"


def test_the_first_sign_in_of_a_role_says_what_it_recorded(app: WebApp):
    client, before = enter(app), store_of(app).audit.head().size
    page = client.page("/")
    assert "You are signed in to the demonstration as an invented person: Officer." in page.all("main")[0].said
    assert client.receipt(page)["entries"][-1]["seq"] == before
    assert "Recorded as" not in enter(app).page("/").all("main")[0].said, "the second wrote nothing"


def test_what_an_invented_officer_records_leaves_it_a_demonstration(app: WebApp):
    client = enter(app)
    form = {
        "command": "dd1f3c2e-1111-4222-8333-944445555674",
        "held-month": "3",
        "held-year": "2026",
        "source_title": "Minutes",
    }
    address = f"/authorities/{STOCKTON}/record/engagement-meeting"
    assert client.client.post(address, data=form).status_code == 303
    assert client.client.get("/account").status_code == 200
    assert offered(app)


def ends_it(app: WebApp, how: str) -> None:
    if how == "the command":
        assert app.test_cli_runner().invoke(args=["demo", "--end"]).exit_code == 0
    elif how == "the button":
        assert app.test_client().post("/demonstration/end").status_code == 303
    elif how == "a real administrator":
        person(app, Role.ADMINISTRATOR)
    else:
        store_of(app).application.people.register_person(uuid4(), by=at_the_machine())


@pytest.mark.parametrize("how", ["the command", "the button", "a real administrator", "a real account without a role"])
def test_told_to_end_or_with_the_first_real_account_it_is_over_for_good(app: WebApp, how: str):
    client = enter(app, "administrator")
    assert offered(app)
    ends_it(app, how)
    assert not offered(app)
    assert client.client.get("/admin/people").status_code == 303, "who was signed in is nobody now"
    assert client.client.post("/sign-in/demonstration", data={"role": "officer"}).status_code == 404
    assert BANNER not in Client(app).page("/").all("body")[0].said
    assert app.test_cli_runner().invoke(args=["demo"]).exit_code == 0
    assert not offered(app), "loaded again it stays over"
    assert app.test_client().post("/demonstration/load").status_code == 404


def test_where_it_was_never_loaded_there_is_nothing_to_end(tmp_path: Path):
    app = made(tmp_path, load=False)
    size = store_of(app).application.ledger.max_position()
    refused = app.test_cli_runner().invoke(args=["demo", "--end"])
    assert refused.exit_code == 1
    assert "nothing to end" in refused.output
    assert store_of(app).application.ledger.max_position() == size
    assert app.test_cli_runner().invoke(args=["demo"]).exit_code == 0
    assert offered(app)


def test_loaded_again_after_its_end_it_says_that_its_people_stay_shut_out(app: WebApp):
    ends_it(app, "the command")
    assert "Its people stay shut out" in app.test_cli_runner().invoke(args=["demo"]).output


def test_told_to_end_twice_it_says_so_and_tells_nothing(app: WebApp):
    ends_it(app, "the command")
    size = store_of(app).application.ledger.max_position()
    again = app.test_cli_runner().invoke(args=["demo", "--end"])
    assert (again.exit_code, store_of(app).application.ledger.max_position()) == (0, size)
    assert "told to end before" in again.output


def test_whoever_sits_at_the_machine_loads_it_on_the_sign_in_page_beside_real_facts(tmp_path: Path):
    app = made(tmp_path, load=False)
    file = tmp_path / "history.yaml"
    file.write_text(SMALL_HISTORY)
    assert app.test_cli_runner().invoke(args=["history", "import", str(file)]).exit_code == 0
    client = Client(app)
    assert "Load the demonstration" in client.page("/sign-in").all("main")[0].said
    assert client.client.post("/demonstration/load").status_code == 303
    page = client.page("/sign-in")
    assert "Load the demonstration" not in page.all("main")[0].said
    assert offered(app)
    plans = client.page("/plans").all("main")[0].said
    assert "Gateshead" in plans
    assert "Example" in plans


@pytest.mark.parametrize(
    "settings", [{"served_on": None}, {"served_on": "0.0.0.0"}, {"proxy_hops": 1}], ids=["unserved", "open", "proxy"]
)
def test_nobody_elsewhere_loads_it(tmp_path: Path, settings: dict[str, object]):
    app = made(tmp_path, load=False, **settings)  # type: ignore[arg-type]
    assert "Load the demonstration" not in app.test_client().get("/sign-in").text
    assert app.test_client().post("/demonstration/load").status_code == 404
    assert app.test_client().post("/demonstration/end").status_code == 404


def test_a_form_from_elsewhere_neither_loads_nor_ends_it(tmp_path: Path):
    app = made(tmp_path, load=False)
    app.config["WTF_CSRF_ENABLED"] = True
    assert app.test_client().post("/demonstration/load").status_code == 403
    with app.app_context():
        import_paths(store_of(app).application, [HISTORY], actor="demo")
    assert app.test_client().post("/demonstration/end").status_code == 403
    assert offered(app)


@pytest.mark.parametrize(
    "request_",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"headers": {"Forwarded": "for=192.0.2.7"}},
        {"headers": {"Via": "1.1 proxy"}},
    ],
)
def test_it_is_not_for_anybody_elsewhere(app: WebApp, request_: dict[str, object]):
    assert not offered(app, **request_)
    answer = app.test_client().post("/sign-in/demonstration", data={"role": "administrator"}, **request_)  # type: ignore[arg-type]
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "settings", [{"served_on": None}, {"served_on": "0.0.0.0"}, {"load": False}, {"proxy_hops": 1}]
)
def test_it_is_not_offered_where_others_may_reach_it_or_nothing_is_invented(
    tmp_path: Path, settings: dict[str, object]
):
    app = made(tmp_path, **settings)  # type: ignore[arg-type]
    assert not offered(app)
    assert app.test_client().post("/sign-in/demonstration", data={"role": "auditor"}).status_code == 404


def test_its_administrator_looks_and_changes_nobody(app: WebApp):
    client = enter(app, "administrator")
    form = {"command": "ee1f3c2e-1111-4222-8333-944445555674", "name": "Eve", "sign_in_name": "eve@x.example"}
    before = store_of(app).application.ledger.max_position()
    page = client.post("/admin/people/add", form | {"reason": "Because"}, status=422)
    assert "can be looked at, not changed" in page.all("main")[0].said
    officer = enter(app, "officer")
    assert officer.client.get("/account").status_code == 200
    after = store_of(app).application.ledger.max_position()
    who = demonstration.PEOPLE[Role.OFFICER]
    client.post(f"/admin/people/{who}/disable", form | {"reason": "Because"}, status=422)
    client.post(f"/admin/people/{who}/link", {}, status=422)
    assert store_of(app).application.ledger.max_position() == after > before


def test_its_administrator_does_not_count_once_somebody_real_administers(app: WebApp):
    enter(app, "administrator")
    enter(app, "auditor")
    link = f"/set-up/{store_of(app).accounts.make_link(None)}"
    words = "nine kettles beneath Archway"
    form = {"command": "ff1f3c2e-1111-4222-8333-944445555674", "name": "Beth Adeyemi", "sign_in_name": "beth@x.example"}
    assert app.test_client().post(link, data=form | {"password": words, "again": words}).status_code == 303
    roll = store_of(app).application.people.roll()
    assert roll is not None
    (beth,) = roll.administrators
    assert not demonstration.is_invented(beth.person)
    assert all(roll.of(demonstration.PEOPLE[role]).disabled for role in (Role.ADMINISTRATOR, Role.AUDITOR))


def test_a_role_that_is_none_is_refused(app: WebApp):
    assert app.test_client().post("/sign-in/demonstration", data={"role": "king"}).status_code == 400


def test_whoever_runs_the_machine_ends_it_by_a_command_too(app: WebApp):
    assert offered(app)
    assert "The demonstration is over" not in Client(app).page("/sign-in").all("main")[0].said
    store_of(app).application.people.register_person(demonstration.INVENTED, by=at_the_machine())
    assert not offered(app)
    assert "The demonstration is over." in Client(app).page("/sign-in").all("main")[0].said
