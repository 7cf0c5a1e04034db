"""The digest as text, as an e-mail, and as JSON, and the command that prints it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from domain.authorities.news import SHIPPED, NewsKind
from projections.news.answers import NewsScope
from tests.web.client import Client, Document, Element
from tests.web.demo_app import GATESHEAD, HARINGEY
from tests.web.news.conftest import ODD
from web import WebApp
from web.england.shipped import ACTOR
from web.news.digest import COLUMNS, Digest, as_html, as_json, as_text, digest
from web.store.store import current_store
from web.words.news import of_window

HERE = "https://timeline.council.example"
ONLY_GATESHEAD = NewsScope(urns=frozenset({GATESHEAD}))


def made(app: WebApp, since: date, until: date, choice: NewsScope = ONLY_GATESHEAD) -> Digest:
    with app.app_context():
        return digest(current_store().reader, since, until, choice, address=HERE)


@pytest.fixture
def week(app: WebApp) -> Iterator[Digest]:
    with app.app_context():
        yield digest(current_store().reader, date(2026, 9, 7), date(2026, 9, 13), ONLY_GATESHEAD, address=HERE)


def test_news_and_corrections_are_counted_apart(week: Digest):
    assert week.headline == "2 pieces of news, 1 correction"
    assert week.span == "From 7 September 2026 to 13 September 2026, Gateshead."


def test_as_text_only_an_address_is_longer_than_a_line(week: Digest):
    text = as_text(week)
    assert [line for line in text.splitlines() if len(line) > COLUMNS and not line.strip().startswith(HERE)] == []
    news, corrections = text.split("\nCORRECTIONS\n")
    assert "Letter published: focused visit: front door" in news
    assert "struck out" in corrections
    assert "SECRET" not in text


def test_each_piece_has_one_link_to_this_place_as_known_then(week: Digest):
    links = [line.strip() for line in as_text(week).splitlines() if "/inspections/" in line]
    assert len(links) == 3
    assert all(link.startswith(f"{HERE}/inspections/") and "known_at=" in link for link in links)


def test_as_an_e_mail_it_fetches_nothing_runs_nothing_and_keeps_words_words(week: Digest):
    html = as_html(week, [("Leave", f"{HERE}/leave")])
    tags = {element.tag for element in Document(html).elements}
    assert not tags & {"img", "script", "link", "iframe", "form"}
    assert "url(" not in html
    assert ODD not in html
    assert "&lt;b&gt;" in html
    assert f'href="{HERE}/leave"' in html


def test_as_json_it_says_the_same(week: Digest):
    found = as_json(week)
    assert (found["since"], found["until"], found["of"]) == ("2026-09-07", "2026-09-13", "Gateshead")
    assert [one["kind"] for one in found["corrections"]] == ["withdrawn"]
    (late,) = (one for one in found["news"] if one["learned_late"])
    assert (late["public_on"], late["known_since"]) == ("2025-04-01", "2026-09-10")
    assert found["more"] == {"news": 0, "corrections": 0}
    json.dumps(found)


def test_where_nothing_is_new_it_says_as_far_as_anybody_knows(app: WebApp):
    empty = made(app, date(2026, 9, 20), date(2026, 9, 21))
    assert empty.is_empty
    assert empty.headline == "nothing new"
    with app.app_context():
        assert "Whether any report was published in these days is not known here." in as_text(empty)
        told = {**empty.known_until, "graded_inspection": "2026-09-20"}
        assert "Nothing new, as far as the sources read here tell." in as_text(replace(empty, known_until=told))


def test_a_plan_that_was_published_is_news_and_one_that_was_not_is_none(app: WebApp):
    found = made(app, date(2026, 9, 7), date(2026, 9, 13), NewsScope())
    of_plans = [line for line in found.shown.news if line.kind.value == "plan"]
    assert [(line.urn, line.title) for line in of_plans] == [(HARINGEY, "Action plan published")]


def test_the_command_prints_each_form(app: WebApp):
    runner = app.test_cli_runner()
    asked = ["news", "digest", "--since", "2026-09-07", "--until", "2026-09-13", "--authority", "Gateshead"]
    assert "CORRECTIONS" in runner.invoke(args=asked).output
    assert "<h2" in runner.invoke(args=[*asked, "--format", "html"]).output
    assert json.loads(runner.invoke(args=[*asked, "--format", "json"]).stdout)["of"] == "Gateshead"
    refused = runner.invoke(args=["news", "digest", "--since", "2026-09-07", "--until", "2026-09-01"])
    assert refused.exit_code == 1


def _week(page: Document) -> Element:
    (week,) = [one for one in page.all("section") if one.get("aria-labelledby") == "new-this-week"]
    return week


def test_the_start_page_tells_the_week_and_keeps_corrections_in_a_line_of_their_own(client: Client):
    page = client.page("/?as_at=2026-09-13")
    assert page.by_id("new-this-week").said == "New in the week to 13 September 2026"
    week = _week(page)
    assert "Gateshead" in week.said
    assert "learned late: public on 1 April 2025, known here since 10 September 2026" in week.said
    (apart,) = [one for one in page.all("div") if one.get("class") == "note corrections"]
    assert "1 correction of what was held: Gateshead" in apart.said
    assert "correction" not in week.said


def test_a_week_without_news_says_whether_anybody_would_know(client: Client):
    week = _week(client.page("/?as_at=2026-09-25")).said
    assert "Whether anything is new is not known: no source read here tells of all graded reports" in week


@pytest.mark.parametrize(
    ("known", "said"),
    [(True, "Unless one is still to come out, Ofsted is later than its policy"), (False, "is not known")],
)
def test_a_window_that_closed_never_says_that_nobody_came(app: WebApp, known: bool, said: str):
    windows = made(app, date(2019, 7, 1), date(2029, 12, 31), NewsScope()).shown.answer.windows
    closed = next(one for one in windows if one.kind is NewsKind.WINDOW_CLOSED)
    with app.test_request_context():
        assert said in of_window(replace(closed, known=known), since=None).sentence


def test_the_week_counts_only_what_was_known_at_the_moment_asked(client: Client):
    assert "Gateshead" not in _week(client.page("/?as_at=2026-09-13&known_at=2026-09-05")).said


def test_what_comes_with_the_product_is_told_by_the_name_that_news_knows():
    assert ACTOR == SHIPPED
