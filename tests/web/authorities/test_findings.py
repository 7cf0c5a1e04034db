"""Findings of all authorities, looked up by their words."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from domain.values.roles import Role
from tests.web.client import HTMX, Client, Element
from tests.web.demo_app import HARINGEY
from tests.web.lists_app import ON, lists_app
from tests.web.signed_in import person, sign_in
from web import WebApp, create_app
from web.files.run import import_paths
from web.store.settings import Settings
from web.store.store import current_store


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return lists_app(tmp_path_factory.mktemp("store"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def test_the_words_looked_for_are_marked_in_each_finding(client: Client):
    page = client.page(f"/findings?q=oversight+unalloc&{ON}")
    (hit,) = [item for item in page.all("li") if "Management oversight" in item.said]
    assert [mark.said for mark in page.all("mark") if hit in mark.parents] == ["oversight", "unallocated"]
    assert "Haringey : Focused visit of Haringey , published 4 August 2026" in hit.said
    assert "For priority action" in hit.said
    assert page.by_id("hits-heading").said.endswith("with “oversight unalloc”")


def test_a_finding_leads_to_the_actions_that_answer_it_unless_they_were_not_published_for_this_reader(
    app: WebApp, client: Client
):
    public = client.page(f"/findings?q=unallocated&{ON}")
    assert "Answered by" not in public.by_id("results").said
    assert "In Haringey’s action plan" in public.by_id("results").said
    sign_in(app, client.client, person(app, Role.MEMBER))
    page = client.page(f"/findings?q=unallocated&{ON}")
    assert (
        "Answered by action 1 of Haringey’s plan , action 2 of Haringey’s plan of its action plan"
        in page.by_id("results").said
    )
    (first,) = [link for link in page.all("a") if link.said.startswith("action 1")]
    assert (first.get("href") or "").endswith(f"/actions/1?{ON}")


def test_before_the_plan_was_opened_no_plan_is_named(client: Client):
    assert "action plan" not in client.page("/findings?q=unallocated&as_at=2026-08-05").by_id("results").said


def test_filters_narrow_by_authority_urgency_kind_and_year(client: Client):
    page = client.page(f"/findings?authority={HARINGEY}&weight=priority&kind=focused_visit&year=2026&{ON}")
    (only,) = [item for item in page.all("li") if item.inside("ol")]
    assert only.said.startswith("Management oversight of unallocated cases.")
    assert "of 1 authority" in page.by_id("results-count").said
    part = client.client.get(f"/findings?q=&year=2026&{ON}", headers=HTMX)
    assert part.headers["HX-Push-Url"] == f"/findings?year=2026&{ON}"
    client.part(f"/findings?q=unallocated&{ON}")


def test_nothing_found_says_what_to_try(client: Client):
    said = client.page("/findings?q=zebra").by_id("results").said
    assert "Every word you enter must stand in the finding, in whatever form: “child” finds “children”" in said


def test_words_that_are_none_find_nothing_rather_than_everything(client: Client):
    assert client.page("/findings?q=%22%21%22").by_id("hits-heading").said.startswith("0 findings")


def test_what_was_published_later_is_not_found_earlier(client: Client):
    assert client.page("/findings?q=unallocated&as_at=2026-08-03").by_id("hits-heading").said.startswith("0 findings")


def test_the_table_holds_what_the_page_found(client: Client):
    answer = client.client.get(f"/findings.csv?q=unallocated&{ON}")
    (row,) = csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")))
    assert (row["urn"], row["published"], row["priority_action"]) == (HARINGEY, "2026-08-04", "yes")


def test_a_word_in_the_address_is_never_markup(client: Client):
    text = client.client.get("/findings?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in text


@pytest.fixture(scope="module")
def england(real: Path, tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """What every authority was told to improve, from the real file."""
    app = create_app(Settings(home=tmp_path_factory.mktemp("england")))
    app.open_pages()
    app.config["TESTING"] = True
    with app.app_context():
        store = current_store()
        store.migrate()
        import_paths(store.application, sorted((real / "recommendations").glob("*.csv")), actor="import")
        store.projector.catch_up()
    return app


def test_what_ofsted_told_others_about_supervision(england: WebApp):
    page = Client(england).page("/findings?q=supervision")
    number = int(page.by_id("hits-heading").said.split()[0])
    assert number > 20
    marks = [mark.said.casefold() for mark in page.all("mark")]
    assert len(marks) >= min(number, 50)
    assert all(mark.startswith("supervision") for mark in marks)
    (older,) = [link for link in page.all("a") if link.get("rel") == "next"]
    assert older.get("href") == "/findings?q=supervision&page=2"


def is_finding(item: Element) -> bool:
    """In the list of findings, not in that of what was raised before."""
    return item.inside("ol") and not item.inside("ul")


def test_the_pages_of_a_long_list_hold_each_finding_once(england: WebApp):
    client = Client(england)
    total = int(client.page("/findings").by_id("hits-heading").said.split()[0].replace(",", ""))
    assert total > 1_400
    first, second = (
        [item.said for item in client.page(f"/findings?page={number}").all("li") if is_finding(item)]
        for number in (1, 2)
    )
    assert (len(first), len(second)) == (50, 50)
    last = client.page(f"/findings?page={-(-total // 50)}")
    assert len([item for item in last.all("li") if is_finding(item) and item.inside("section")]) == (total % 50 or 50)
