"""Names and codes of an authority: told by administrators, shown from their day on."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.values.roles import Role
from tests.web.client import HTMX, Client
from tests.web.demo_app import UNTOUCHED
from tests.web.signed_in import person, sign_in
from web import WebApp

IDENTITY = f"/authorities/{UNTOUCHED}/identity"


@pytest.fixture
def administrator(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.ADMINISTRATOR))
    return client


def order(**answers: str) -> dict[str, str]:
    day = {"effective_on-day": "1", "effective_on-month": "4", "effective_on-year": "2027"}
    return {"command": str(uuid4()), "source_title": "The order", **day, **answers}


def test_a_name_holds_from_its_day_and_is_told_once(administrator: Client):
    sent = order(name="Barsetshire")
    for _ in range(2):
        answer = administrator.client.post(f"{IDENTITY}/name", data=sent)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/authorities/{UNTOUCHED}")
    then = administrator.page(f"/authorities/{UNTOUCHED}?as_at=2027-04-01").all("h1")[0].said
    assert then == "Barsetshire"
    assert administrator.page(f"/authorities/{UNTOUCHED}?as_at=2027-03-31").all("h1")[0].said != "Barsetshire"
    assert administrator.client.get("/authorities/Barsetshire").headers["Location"].endswith(UNTOUCHED)


def test_a_code_is_found_by_what_it_was_and_what_it_is(administrator: Client):
    held = administrator.client.get(f"/api/authorities/{UNTOUCHED}").get_json()["authority"]["gss_code"]
    sent = order(scheme="gss_code", was=held, now="E09000099")
    assert administrator.client.post(f"{IDENTITY}/code", data=sent).status_code == 303
    for code in (held, "E09000099"):
        assert administrator.client.get(f"/authorities/{code}").headers["Location"].endswith(UNTOUCHED)


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("name", {}, "Enter its name"),
        ("name", {"name": "Leeds"}, "Leeds is known already"),
        ("code", {"scheme": "gss_code", "was": "370", "now": "370"}, "E with eight figures"),
        ("code", {"scheme": "urn", "was": "1", "now": "2"}, "choose from the answers offered"),
    ],
)
def test_what_is_wrong_is_said_at_the_head_of_the_form(
    administrator: Client, kind: str, answers: dict[str, str], words: str
):
    page = administrator.post(f"{IDENTITY}/{kind}", order(**answers), status=422)
    (summary,) = [one for one in page.elements if one.get("class") == "govuk-error-summary"]
    assert words in summary.said
    part = administrator.client.post(f"{IDENTITY}/{kind}", data=order(**answers), headers=HTMX)
    assert (part.status_code, "<html" in part.text) == (422, False)


def test_the_choice_of_changes_leads_to_their_forms_and_nowhere_else(administrator: Client):
    links = {link.get("href") for link in administrator.page(IDENTITY).all("a")}
    assert {f"{IDENTITY}/name", f"{IDENTITY}/code", f"{IDENTITY}/ends"} <= links
    assert not {f"{IDENTITY}/ends-on", f"{IDENTITY}/ends-not", f"{IDENTITY}/ended"} & links
    ending = {link.get("href") for link in administrator.page("/authorities/80567/identity").all("a")}
    assert {f"/authorities/80567/identity/{kind}" for kind in ("ends-on", "ends-not", "ended")} <= ending
    assert administrator.client.get(f"{IDENTITY}/urn").status_code == 404


def test_an_officer_is_not_offered_what_only_administrators_may(officer: Client):
    assert officer.client.get(IDENTITY).status_code == 403
    assert "/identity" not in officer.client.get(f"/authorities/{UNTOUCHED}").text
