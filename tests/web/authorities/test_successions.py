"""Pages of authorities that end and begin: both directions can be walked, before the vesting day and after it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import demo_app, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

SURREY, EAST, WEST = "80567", "east-surrey", "west-surrey"
ESSEX, THURROCK = "80468", "80571"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    app = demo_app(tmp_path_factory.mktemp("ending"))
    store_of(app).application.successions.announce(
        ESSEX,
        ends_on=date(2028, 4, 1),
        successors=["Greater Essex", "Thurrock"],
        announced_on=date(2026, 8, 3),
        by=told("Essex"),
    )
    store_of(app).projector.catch_up()
    return app


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def insets(client: Client, address: str) -> list[str]:
    text = client.client.get(address).text
    found = re.findall(r'<div class="note"[^>]*>(.*?)</div>', text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in found]


def links(client: Client, address: str) -> set[str]:
    text = "".join(re.findall(r'<div class="note"[^>]*>.*?</div>', client.client.get(address).text, re.DOTALL))
    return {found.partition("?")[0] for found in re.findall(r'href="(/authorities/[^"]+)"', text)}


def test_before_the_day_the_page_says_when_it_ends_who_follows_and_where_that_is_read(client: Client):
    (said,) = insets(client, f"/authorities/{SURREY}?as_at=2026-11-30")
    assert said.startswith("Surrey ends on 1 April 2027. East Surrey and West Surrey follow it.")
    assert "Known since 28 October 2025: Surrey (Structural Changes) Order 2026 (draft)." in said
    assert links(client, f"/authorities/{SURREY}?as_at=2026-11-30") == {f"/authorities/{EAST}", f"/authorities/{WEST}"}
    assert insets(client, f"/authorities/{SURREY}?as_at=2025-10-27") == []


def test_before_its_day_one_that_begins_is_no_ones_to_record_for(app: WebApp):
    officer = Client(app)
    sign_in(app, officer.client, person(app, Role.OFFICER))
    offers = ("Record a call", "Read a report", "Open an action plan", "Record an inspection")
    before = officer.page(f"/authorities/{EAST}?as_at=2026-11-30").all("main")[0].said
    assert not [one for one in offers if one in before]
    assert "Graded inspection, type not known" not in before
    window = officer.page(f"/authorities/{EAST}/window?as_at=2026-11-30").all("main")[0].said
    assert "None expected yet. East Surrey begins on 1 April 2027." in window
    assert "Graded inspection, type not known" not in window
    assert "On its day it begins without a grade" in before
    assert "an officer hands over the plans that are open" in before
    assert "Record a call" in officer.page(f"/authorities/{SURREY}?as_at=2026-11-30").all("main")[0].said


def test_an_end_on_the_timeline_says_who_follows(client: Client):
    said = client.page(f"/authorities/{SURREY}?as_at=2026-11-30").by_id("timeline").said
    assert "End of the authority announced" in said
    assert "East Surrey and West Surrey follow. Order: Surrey (Structural Changes) Order 2026 (draft)." in said
    assert "Greater Essex and Thurrock follow." in client.page(f"/authorities/{ESSEX}").by_id("timeline").said


def test_those_that_follow_say_when_they_begin_and_lead_back(client: Client):
    address = f"/authorities/{EAST}?as_at=2026-11-30"
    (said,) = insets(client, address)
    assert said.startswith("East Surrey begins on 1 April 2027, in place of Surrey.")
    assert links(client, address) == {f"/authorities/{SURREY}"}
    page = client.page(address)
    assert "Ofsted has given it no number yet" in page.all("main")[0].said
    assert insets(client, f"/authorities/{EAST}?as_at=2025-10-27") == [
        "East Surrey did not exist on 27 October 2025, and nobody had announced it."
    ]


def test_on_the_day_both_pages_turn(client: Client):
    (ended,) = insets(client, f"/authorities/{SURREY}?as_at=2027-04-01")
    assert ended == (
        "Surrey ceased to exist on 1 April 2027. Its history stays here. Its services passed to East Surrey and West "
        "Surrey."
    )
    (formed,) = insets(client, f"/authorities/{EAST}?as_at=2027-04-01")
    assert formed == "Formed on 1 April 2027, in place of Surrey."
    assert links(client, f"/authorities/{EAST}?as_at=2027-04-01") == {f"/authorities/{SURREY}"}
    assert links(client, f"/authorities/{SURREY}?as_at=2027-04-01") == {f"/authorities/{EAST}", f"/authorities/{WEST}"}


def test_one_that_is_there_already_says_what_it_takes_over(client: Client):
    assert insets(client, f"/authorities/{THURROCK}?as_at=2026-11-30") == [
        "From 1 April 2028 on Thurrock also is to serve an area of Essex."
    ]
    assert insets(client, f"/authorities/{THURROCK}?as_at=2028-04-01") == [
        "Since 1 April 2028 Thurrock also serves an area of Essex."
    ]


@pytest.mark.parametrize(
    "address", [f"/authorities/{EAST}", f"/authorities/{EAST}/window", f"/authorities/{EAST}/system"]
)
@pytest.mark.parametrize("day", ["2026-11-30", "2027-04-01"])
def test_every_page_of_one_without_a_number_is_there(client: Client, address: str, day: str):
    assert client.client.get(f"{address}?as_at={day}").status_code == 200


def test_any_name_leads_to_the_key(client: Client):
    for name in ("East Surrey", "East-Surrey", "EAST-SURREY"):
        answer = client.client.get(f"/authorities/{name}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/authorities/{EAST}")


def test_the_list_finds_those_to_begin_and_says_when_one_ends(client: Client):
    page = client.page("/authorities?q=surre&as_at=2026-11-30")
    assert "East Surrey begins on 1 April 2027." in page.all("main")[0].said
    assert page.by_id("results-count").said == "1 of 153 authorities"
    page = client.page("/authorities?q=surrey&as_at=2027-04-01")
    assert page.by_id("results-count").said == "2 of 154 authorities"
    assert "Surrey ended on 1 April 2027, followed by East Surrey and West Surrey" in page.all("main")[0].said


def test_administrators_alone_record_them(app: WebApp):
    officer, administrator = Client(app), Client(app)
    sign_in(app, officer.client, person(app, Role.OFFICER))
    sign_in(app, administrator.client, person(app, Role.ADMINISTRATOR))
    address = f"/authorities/{THURROCK}/identity/ends"
    assert officer.client.get(address).status_code == 403
    hidden = {
        box.get("name") or "": box.get("value") or ""
        for box in administrator.page(address).all("input")
        if box.get("type") == "hidden"
    }
    answers = hidden | {
        "successors": "South Essex\nGreater Essex",
        "source_title": "The order",
        "order": "Thurrock Order 2027",
    }
    days = {"ends_on": "1 4 2029", "announced_on": "1 9 2026"}
    for name, day in days.items():
        answers |= dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), day.split(), strict=True))
    wrong = administrator.client.post(address, data=answers | {"successors": "Thurrock"})
    assert wrong.status_code == 422
    assert "An authority does not follow itself." in wrong.text
    assert officer.client.post(address, data=answers).status_code == 403
    for _ in range(2):
        assert administrator.client.post(address, data=answers).status_code == 303
    assert insets(administrator, f"/authorities/{THURROCK}?as_at=2026-11-30")[-1].startswith(
        "Thurrock ends on 1 April 2029. South Essex and Greater Essex follow it."
    )
