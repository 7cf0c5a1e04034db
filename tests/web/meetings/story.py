"""Meetings told to a store with plans, and people who look at their pages."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from domain.meetings.commands import ArrangeMeeting
from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

SECRET = "Zebediah's placement broke down"
RECORD = f"/authorities/{GATESHEAD}/meetings/record"


def client_of(app: WebApp, *roles: Role) -> Client:
    """Somebody with these roles at the pages; nobody in particular without any."""
    client = Client(app)
    if roles:
        sign_in(app, client.client, person(app, *roles))
    return client


def day(name: str, of: date) -> dict[str, str]:
    return {f"{name}-day": str(of.day), f"{name}-month": str(of.month), f"{name}-year": str(of.year)}


def sent(client: Client, address: str, form: dict[str, str], status: int = 303) -> str:
    """Send a form; where it led, or what it answered."""
    answer = client.client.post(address, data={"command": str(uuid4()), **form})
    assert answer.status_code == status, answer.text
    return answer.headers.get("Location", answer.text)


def seen_in(client: Client, address: str) -> dict[str, str]:
    """The version of the meeting that a form carries; nothing where it carries none."""
    fields = {one.get("name"): one.get("value") or "" for one in client.page(address).all("input")}
    return {"seen": fields["seen"]} if "seen" in fields else {}


def arranged(app: WebApp, what: str, **more: Any) -> UUID:
    """A meeting held in June 2020 on Gateshead's plan."""
    wanted: dict[str, Any] = {
        "committee": f"Committee of {what}",
        "day": date(2020, 6, 17),
        "plans": [app.extensions["plans"][GATESHEAD]],
        "held": True,
        "on": date(2020, 6, 17),
    }
    store = store_of(app)
    meeting = store.application.do(ArrangeMeeting(urn=GATESHEAD, **wanted | more), by=told(f"meeting {what}")).meeting
    store.projector.catch_up()
    return meeting


def erase(app: WebApp, reader: Client, shown: str) -> None:
    """An administrator follows the link beside the words; they are gone for whoever reads."""
    administrator = client_of(app, Role.ADMINISTRATOR)
    page = administrator.page(shown)
    (link,) = [one.attributes["href"] for one in page.all("a") if "/words/" in (one.get("href") or "")]
    assert SECRET in administrator.page(link).all("blockquote")[0].said
    administrator.page(f"{link.split('/words/')[0]}/words/{UUID(int=9)}/erase", status=404)
    assert "Enter the reason" in sent(administrator, link, {}, status=422)
    assert "Tick the box" in sent(administrator, link, {"reason": "It named a child."}, status=422)
    assert sent(administrator, link, {"reason": "It named a child.", "sure": "y"}) == shown
    said = reader.page(shown).all("main")[0].said
    assert "Zebediah" not in said
    assert "It named a child." in said
    assert "erased already" in sent(administrator, link, {"reason": "Again.", "sure": "y"}, status=422)
