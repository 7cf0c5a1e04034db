"""Following: what is chosen on a page, and an address with a secret that answers for it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import feedparser
import icalendar
import pytest
from sqlalchemy import select, update

from domain.values.roles import Role
from projections.engine.database import reading, writing
from tests.web.client import Client, Document
from tests.web.demo_app import GATESHEAD, HARINGEY
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.store import news_tables
from web.store.followers import MOST_SECRETS, UNUSED_FOR
from web.store.tables import attempt

COMMAND = {"command": "6e4d2c1a-0f3b-4a5d-8c7e-9b1a2f3d4e5f"}


@pytest.fixture(autouse=True)
def afresh(app: WebApp) -> None:
    """Nobody follows anything yet, and nobody tried too often."""
    with writing(store_of(app).accounts_engine) as connection:
        for table in (news_tables.follow, attempt):
            connection.execute(table.delete())


@pytest.fixture
def member(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    return client


def address(client: Client, **chosen: Any) -> str:
    """The page of a new address with a secret."""
    made = client.client.post("/follow/address", data={**COMMAND, **chosen})
    assert made.status_code == 303, made.text
    return str(made.headers["Location"])


def summary(page: Document) -> str:
    return " ".join(one.said for one in page.all("div") if one.get("role") == "alert")


def rows(app: WebApp) -> list[Any]:
    with reading(store_of(app).accounts_engine) as connection:
        return list(connection.execute(select(news_tables.follow)))


# --- an address with a secret ---------------------------------------------------------------------------------------


def test_anybody_can_make_an_address_that_answers_with_a_feed_and_a_calendar(client: Client):
    page = address(client, authorities="Gateshead", kinds=["reports"])
    assert "News of Gateshead: reports and letters." in client.page(page).all("main")[0].said
    feed = feedparser.parse(client.client.get(f"{page}/feed.atom").data)
    assert not feed.bozo
    assert {tag.term for entry in feed.entries for tag in entry.tags} <= {"report", "letter", "learned_late"}
    assert all(entry.title.startswith("Gateshead: ") for entry in feed.entries)
    calendar = icalendar.Calendar.from_ical(client.client.get(f"{page}/calendar.ics").data)
    assert any("Gateshead" in str(event["summary"]) for event in calendar.walk("VEVENT"))


def test_a_secret_is_kept_as_its_digest_alone_and_its_pages_by_no_cache(app: WebApp, client: Client):
    page = address(client, everything="yes")
    secret = page.rpartition("/")[2]
    assert len(secret) >= 32
    assert secret not in repr(rows(app))
    for there in (page, f"{page}/feed.atom"):
        assert client.client.get(there).headers["Cache-Control"] == "no-store"


def test_what_an_address_follows_is_changed_and_deleted_by_its_secret(client: Client):
    page = address(client, authorities="Gateshead")
    assert client.client.post(page, data={**COMMAND, "regions": ["London"]}).status_code == 303
    assert "News of London." in client.page(page).all("main")[0].said
    assert client.client.post(f"{page}/forget").status_code == 303
    client.page(page, status=404)
    client.page(f"{page}/feed.atom", status=404)


def test_a_guessed_secret_opens_nothing(client: Client):
    client.page("/follow/00000000000000000000000000000000", status=404)


def test_nothing_chosen_and_nobody_by_that_name_are_said_at_the_form(client: Client):
    assert "Choose whom to follow" in summary(client.post("/follow/address", COMMAND, status=422))
    assert "Atlantis" in summary(client.post("/follow/address", {**COMMAND, "authorities": "Atlantis"}, status=422))


def test_an_address_that_nobody_asks_for_is_forgotten_after_ninety_days(app: WebApp, client: Client):
    page = address(client, everything="yes")
    with writing(store_of(app).accounts_engine) as connection:
        before = news_tables.follow.c.asked_at - UNUSED_FOR - 1
        connection.execute(update(news_tables.follow).values(asked_at=before, used_at=None))
    store_of(app).followers.forget_unused()
    client.page(page, status=404)


def test_whoever_makes_many_addresses_has_to_wait(client: Client):
    for _ in range(6):
        address(client, everything="yes")
    assert client.client.post("/follow/address", data={**COMMAND, "everything": "yes"}).status_code == 429
    assert MOST_SECRETS < 10_000


def test_a_link_fills_in_the_authority_or_the_plan(client: Client, plans: dict[str, UUID]):
    page = client.page(f"/follow?authority={GATESHEAD}&plan={plans[HARINGEY]}")
    assert "Gateshead" in page.all("textarea")[0].said
    ticked = [one.get("value") for one in page.all("input") if one.get("checked") is not None]
    assert str(plans[HARINGEY]) in ticked
    assert str(plans[GATESHEAD]) not in client.client.get("/follow").text, "it was never published"


# --- by e-mail ------------------------------------------------------------------------------------------------------


def test_a_person_chooses_once_and_sees_how_it_stands(member: Client, app: WebApp):
    asked = {**COMMAND, "authorities": "Gateshead", "address": "a@council.example", "cadence": "weekly"}
    assert member.client.post("/follow/mail", data=asked).status_code == 303
    said = member.page("/follow").all("main")[0].said
    assert "A link will be mailed at the next run to a@council.example." in said
    changed = {**asked, "address": "b@council.example"}
    assert member.client.post("/follow/mail", data=changed).status_code == 303
    assert [row.address for row in rows(app)] == ["b@council.example"]
    assert member.client.post("/follow/mail/stop").status_code == 303
    assert rows(app) == []


@pytest.mark.parametrize("wrong", ["", "nobody", "a@b, c@d", "a@b\r\nBcc: c@d", "Ada <a@b>", "ä@council.example"])
def test_what_is_no_address_is_refused(member: Client, app: WebApp, wrong: str):
    asked = {**COMMAND, "everything": "yes", "address": wrong, "cadence": "weekly"}
    page = member.post("/follow/mail", asked, status=422)
    assert re.search(r"Enter an e-mail address|Remove characters", summary(page))
    assert rows(app) == []


def test_without_an_account_there_are_no_mails(client: Client):
    assert client.client.post("/follow/mail", data=COMMAND).status_code in (303, 401)
    assert not [one for one in client.page("/follow").all("input") if one.get("name") == "address"]
