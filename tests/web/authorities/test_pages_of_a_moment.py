"""Every page that answers for a moment says which, and how much has changed since."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.values.roles import Role
from tests.web.authorities.corrected import AUTHORITY, corrected_app, shown
from tests.web.client import Client, Document
from tests.web.demo_app import HARINGEY
from tests.web.signed_in import person, sign_in
from web import WebApp

READ_PAGES = (
    "/",
    "/authorities",
    "/coming-up",
    "/disagreements",
    "/coming-up/calendars",
    "/coming-up/forecasts",
    "/coming-up/forecasts/visits",
    "/authorities/<identifier>",
    "/authorities/<identifier>/neighbours",
    "/authorities/<identifier>/briefing",
    "/windows",
    "/regions",
    "/regions/<region>",
    "/authorities/<identifier>/system",
    "/authorities/<identifier>/window",
    "/authorities/<identifier>/call",
    "/authorities/<identifier>/suppose",
    "/inspections/<uuid:activity>",
    "/plans",
    "/plans/<uuid:plan>",
    "/plans/<uuid:plan>/actions/<int:number>",
    "/plans/<uuid:plan>/findings",
    "/plans/<uuid:plan>/report",
    "/plans/<uuid:plan>/audit",
    "/my-work/actions",
    "/my-work/questions",
    "/questions/<uuid:challenge>",
    "/findings",
    "/focused-visits",
    "/findings/paragraphs",
    "/letters",
    "/my-work/meetings",
    "/meetings/<uuid:meeting>",
    "/record",
    "/authorities/<urn>/audit",
)
"""Pages of an answer for a moment. Those of what holds at all times, of one's own account and of forms have none."""

OF_NO_MOMENT = re.compile(
    r"^/(?!my-work/)(about|accessibility|help|sign-in|sign-out|account|admin|set-up|static|api|healthz|readyz|csp|calendar/"
    r"|checkpoints|verify|follow|exports?/|record/|my-work$|briefing$|.*/(compare|sources|record|identity|correct|open"
    r"|publish|ask|questions|words|documents|import|plan-labels|hand-over|carry-over|update|template|suggestions)\b)"
)

OF_ONE_THING = tuple(page for page in READ_PAGES if "<uuid:" in page)
"""Pages of what was not known before it was recorded: nothing is found of it then."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return corrected_app(tmp_path_factory.mktemp("compare"))


@pytest.fixture
def member(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    return client


def fetched(app: WebApp, client: FlaskClient, written: str, query: str) -> TestResponse:
    entry = client.get(f"/api/authorities/{HARINGEY}/timeline").get_json()["entries"][0]["entry"]
    address = (
        written.replace("<identifier>", HARINGEY)
        .replace("<urn>", HARINGEY)
        .replace("<region>", "London")
        .replace("<uuid:activity>", entry)
        .replace("<uuid:plan>", str(app.extensions["plans"][HARINGEY]))
        .replace("<uuid:meeting>", str(app.extensions["meeting"]))
        .replace("<uuid:challenge>", str(app.extensions["question"]))
        .replace("<int:number>", "1")
    )
    return client.get(f"{address}?{query}")


def test_every_page_that_answers_for_a_moment_is_listed_here(app: WebApp):
    pages = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not OF_NO_MOMENT.match(rule.rule)
        and "." not in rule.rule
        and not rule.endpoint.startswith("moved.")
    }
    assert pages == set(READ_PAGES)


@pytest.mark.parametrize("written", READ_PAGES)
def test_every_page_of_a_moment_says_which_and_how_much_has_changed_since(app: WebApp, member: Client, written: str):
    said = shown(Document(fetched(app, member.client, written, "as_at=2026-08-20&known_at=2097-09-01").text))
    assert "You are looking at 20 August 2026 , as known on 1 September 2097 ." in said, written
    assert "Leave out what we learned after" in said
    assert re.search(r"later (changes?|corrections?) (is|are) not shown|Back to today", said), written


@pytest.mark.parametrize("written", READ_PAGES)
def test_every_page_gives_the_address_at_which_it_never_changes(app: WebApp, member: Client, written: str):
    page = Document(fetched(app, member.client, written, "").text)
    (link,) = [one.get("href") or "" for one in page.all("a") if one.said == "Link to exactly this"]
    assert re.search(r"as_at=\d{4}-\d{2}-\d{2}&known_at=20", link), link
    assert member.client.get(link).status_code == 200


@pytest.mark.parametrize("written", [page for page in READ_PAGES if page not in OF_ONE_THING])
def test_every_page_as_known_before_anything_was_recorded_says_why_it_is_empty(
    app: WebApp, member: Client, written: str
):
    said = shown(Document(fetched(app, member.client, written, "known_at=2020-01-01").text))
    assert "Nothing had been recorded here by then. The first fact was recorded on" in said


def test_what_is_not_shown_counts_corrections_apart(app: WebApp, client: Client):
    page = client.page(f"{AUTHORITY}?as_at=2026-09-30&known_at=2097-09-01")
    (banner,) = [one for one in page.all("div") if one.get("class") == "app-banner"]
    assert re.search(
        r"(2 later corrections|3 later changes) are not shown(, 2 of them corrections)?\. See them", banner.said
    )
    (see,) = [one.get("href") or "" for one in page.all("a") if one.said == "See them"]
    assert "Withdrawn: Another’s visit." in shown(client.page(see))
