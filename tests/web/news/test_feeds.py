"""Atom feeds of news, read by another program's parser and held to the rules of Atom."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import feedparser
import pytest

from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, HARINGEY
from tests.web.news.conftest import ODD
from web import WebApp

ATOM = "{http://www.w3.org/2005/Atom}"
OF_GATESHEAD = f"/authorities/{GATESHEAD}/feed.atom"


def read(client: Client, address: str) -> Any:
    response = client.client.get(address)
    assert response.status_code == 200, address
    assert response.mimetype == "application/atom+xml"
    found = feedparser.parse(response.data)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.fixture
def addresses(plans: dict[str, UUID]) -> list[str]:
    return ["/feed.atom", OF_GATESHEAD, "/regions/London/feed.atom", f"/plans/{plans[HARINGEY]}/feed.atom"]


def test_every_feed_keeps_the_rules_of_atom(client: Client, addresses: list[str]):
    for address in addresses:
        feed = ET.fromstring(client.client.get(address).data)
        assert feed.tag == f"{ATOM}feed"
        assert [len(feed.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1], address
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"http://localhost{address}"
        assert client.client.get(str(links["alternate"])).status_code == 200
        entries = feed.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        assert all(str(name).startswith("urn:uuid:") for name in ids)
        updated = [datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated"))) for entry in entries]
        assert all(at.tzinfo for at in updated)
        for entry in entries:
            assert entry.findtext(f"{ATOM}title")
            assert entry.findtext(f"{ATOM}summary")
            assert all(entry.find(f"{ATOM}{name}") is not None for name in ("link", "category"))


def test_a_feed_of_one_authority_holds_its_whole_history_here(client: Client):
    found = read(client, OF_GATESHEAD)
    assert found.feed.title == "Gateshead: news of inspections"
    assert {"report", "letter"} <= {tag.term for entry in found.entries for tag in entry.tags}
    assert all(entry.title.startswith("Gateshead: ") for entry in found.entries)


def test_other_names_of_an_authority_lead_to_its_feed(client: Client):
    moved = client.client.get("/authorities/Gateshead/feed.atom")
    assert (moved.status_code, moved.headers["Location"]) == (301, OF_GATESHEAD)


def test_words_of_a_source_are_text_and_no_markup(client: Client):
    (entry,) = (one for one in read(client, OF_GATESHEAD).entries if "2026-09-08" in one.published)
    assert ODD in entry.title
    assert "<b>" not in client.client.get(OF_GATESHEAD).text


def test_each_entry_leads_to_the_page_as_it_was_known_then(client: Client):
    (entry,) = (one for one in read(client, OF_GATESHEAD).entries if "2026-09-08" in one.published)
    asked = parse_qs(urlsplit(entry.link).query)
    assert asked["as_at"] == ["2026-09-10"]
    assert "known_at" in asked
    client.page(entry.link)


def test_a_correction_has_a_category_of_its_own_and_no_officers_words(client: Client):
    entries = read(client, OF_GATESHEAD).entries
    (struck,) = (one for one in entries if "correction" in {tag.term for tag in one.tags})
    assert struck.title.startswith("Gateshead: Withdrawn: ")
    assert "SECRET" not in client.client.get(OF_GATESHEAD).text
    told_of = [one for one in entries if "5 March 2025" in one.summary]
    assert told_of, "what was told of it stays"


def test_what_was_learned_late_says_since_when_it_is_known(client: Client):
    (late,) = (one for one in read(client, OF_GATESHEAD).entries if "2025-04-01" in one.published)
    assert "Learned late: public on 1 April 2025, known here since 10 September 2026." in late.summary
    assert "learned_late" in {tag.term for tag in late.tags}


def test_a_region_has_only_its_own(client: Client):
    found = read(client, "/regions/london/feed.atom")
    assert {entry.title.partition(":")[0] for entry in found.entries} <= {"Haringey"}
    assert client.page("/regions/Atlantis/feed.atom", status=404)


def test_a_plan_has_a_feed_once_it_was_published(client: Client, plans: dict[str, UUID]):
    found = read(client, f"/plans/{plans[HARINGEY]}/feed.atom")
    assert "Action plan published" in " ".join(entry.title for entry in found.entries)
    client.page(f"/plans/{plans[GATESHEAD]}/feed.atom", status=404)


def test_whoever_has_the_feed_already_is_told_so(client: Client):
    first = client.client.get("/feed.atom")
    again = client.client.get("/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_pages_name_their_feed(client: Client, plans: dict[str, UUID]):
    for page, feed in (
        ("/", "/feed.atom"),
        (f"/authorities/{GATESHEAD}", OF_GATESHEAD),
        (f"/plans/{plans[HARINGEY]}", f"/plans/{plans[HARINGEY]}/feed.atom"),
    ):
        links = [one for one in client.page(page).all("link") if one.get("type") == "application/atom+xml"]
        assert [one.get("href") for one in links] == [feed], page


def test_the_same_news_has_the_same_name_after_a_rebuild(client: Client, app: WebApp):
    from web.store.store import current_store

    before = [entry.id for entry in read(client, OF_GATESHEAD).entries]
    with app.app_context():
        current_store().projector.rebuild(["timeline"])
    assert [entry.id for entry in read(client, OF_GATESHEAD).entries] == before
