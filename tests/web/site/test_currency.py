"""Every page says at its foot how current what is held is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from domain.facts import Told
from domain.rulebook.known_until import kinds_of
from domain.values.known_until import KnownKind
from domain.values.roles import Role
from domain.values.statements import Source
from tests.web.client import Client, Document
from tests.web.demo_app import HARINGEY, demo_app, served
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.site.currency import CurrencyKept


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return demo_app(tmp_path / "store")


def foot(page: Document) -> str:
    return " ".join(one.said for one in page.all("p") if one.get("class") == "app-current")


def check(app: WebApp, kind: KnownKind, day: date) -> None:
    source = Source("sources_check", "Looked through", read_on=day)
    by = Told("local", uuid4(), source, datetime(2026, 9, 1, 9, 0, tzinfo=UTC))
    store = store_of(app)
    store.application.authorities.check_sources(None, checked=kind.value, kinds=kinds_of(kind), checked_on=day, by=by)
    store.projector.catch_up()


@pytest.mark.parametrize("address", ["/", f"/authorities/{HARINGEY}", "/about", "/sign-in", "/erewhon"])
def test_every_page_says_until_when_what_is_known(app: WebApp, address: str):
    check(app, KnownKind.FOCUSED_VISIT, date(2026, 1, 26))
    response = app.test_client().get(address)
    assert "Known here: " in foot(Document(response.text))
    assert "focused visits until 26 January 2026" in foot(Document(response.text))


def test_what_somebody_records_on_a_page_is_in_the_foot_of_the_next(app: WebApp):
    client = Client(app)
    sign_in(app, client.client, person(app, Role.ADMINISTRATOR))
    before = foot(client.page("/admin/people"))
    assert "26 January 2026" not in before
    check(app, KnownKind.FOCUSED_VISIT, date(2026, 1, 26))
    somebody = {
        "command": str(uuid4()),
        "name": "Bo Lind",
        "office": "Improvement officer",
        "sign_in_name": "bo@council.example",
        "reason": "New here",
    }
    assert client.client.post("/admin/people/add", data=somebody).status_code in (200, 303)
    assert "focused visits until 26 January 2026" in foot(client.page("/admin/people"))


def test_a_line_is_made_once_for_a_position_and_a_day(app: WebApp):
    kept, reader, looks = CurrencyKept(), store_of(app).reader, store_of(app).looks
    made = kept.line(reader, looks, date(2026, 9, 1))
    kept.look_again()
    assert kept.line(reader, looks, date(2026, 9, 1)) is made
    assert kept.line(reader, looks, date(2026, 9, 2)) is not made
    check(app, KnownKind.JTAI, date(2026, 8, 1))
    kept.look_again()
    assert "joint inspections until 1 August 2026" in kept.line(reader, looks, date(2026, 9, 1)).known


def test_a_page_whose_store_cannot_be_asked_has_a_foot_all_the_same(tmp_path: Path):
    app = served(tmp_path / "nothing")
    assert foot(Document(app.test_client().get("/about/rules").text)) == (
        "How current this is cannot be told at the moment."
    )
