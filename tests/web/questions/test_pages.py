"""Members' questions over all plans: who waits, what was answered, and what nobody can lose."""

from __future__ import annotations

import pytest

from domain.values.roles import Role
from tests.web.client import HTMX, Client, Document
from tests.web.demo_app import STOCKTON
from tests.web.lists_app import ON, lists_app
from tests.web.signed_in import person, sign_in
from web import WebApp


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return lists_app(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def client(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    return client


def asked(page: Document) -> list[str]:
    """The questions of a list, a line each."""
    return [one.said for one in page.all("li") if (one.get("id") or "").startswith("q-")]


def test_whoever_waits_longest_stands_first(client: Client):
    page = client.page(f"/my-work/questions?{ON}")
    assert [h2.said for h2 in page.all("h2")] == ["Overdue for an answer: 1", "Open: 2", "Answered: 1"]
    first, replaced = asked(page)[:2]
    assert "Why so slow?" in first
    assert "last day to answer 11 October 2026, 40 days ago" in first
    assert "Why is the return of education plans off track" in replaced, "open: its plan's report was replaced"


def test_a_question_says_on_what_it_was_asked_by_whom_and_what_was_answered(client: Client):
    page = client.page(f"/my-work/questions?state=answered&{ON}")
    (line,) = asked(page)
    assert "Example, made up" in line
    assert "asked 8 January 2020" in line
    assert "answered 15 January 2020" in line
    assert "after 7 days" in line
    assert "it comes to the March meeting" in line
    (about,) = [link for link in page.all("a") if link.said == "action 2"]
    assert (about.get("href") or "").endswith(f"/actions/2?{ON}")


def test_filters_narrow_and_are_counted(client: Client):
    page = client.page(f"/my-work/questions?region=London&state=open&{ON}")
    assert page.by_id("results-count").said == "1 open"
    (line,) = asked(page)
    assert "What shows it?" in line
    part = client.client.get(f"/my-work/questions?state=open&region=&{ON}", headers=HTMX)
    assert part.headers["HX-Push-Url"] == f"/my-work/questions?state=open&{ON}"
    client.part(f"/my-work/questions?state=open&{ON}")


def test_a_list_that_nothing_is_left_of_says_how_to_see_all(client: Client):
    page = client.page(f"/my-work/questions?state=withdrawn&{ON}")
    assert "No question matches. Clear the filters to see all 4." in page.by_id("results").said


def test_before_the_first_question_nobody_has_asked(client: Client):
    assert (
        "No member has asked anything by this date."
        in client.page("/my-work/questions?as_at=2019-01-01").by_id("results").said
    )


def test_an_open_question_is_open_on_its_last_day_and_overdue_the_day_after(client: Client):
    for day, heading in (("2026-11-28", "Open: 2"), ("2026-11-29", "Overdue for an answer: 2")):
        assert heading in [h2.said for h2 in client.page(f"/my-work/questions?as_at={day}").all("h2")]


def test_nobody_without_a_role_sees_them(app: WebApp):
    assert app.test_client().get("/my-work/questions").status_code == 303


def test_the_filter_holds_for_a_council_of_which_nobody_asked_anything(client: Client):
    page = client.page(f"/my-work/questions?authority={STOCKTON}&{ON}")
    assert "No question of Stockton-on-Tees has been asked." in page.by_id("results").said
    assert [one.said for one in page.all("option") if one.get("selected") is not None] == ["Stockton-on-Tees"]
    odd = client.page(f"/my-work/questions?authority=erewhon&{ON}").by_id("results").said
    assert "“erewhon” is not an authority known here, so it was left out." in odd
