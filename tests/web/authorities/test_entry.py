"""One entry: what each source said of it, and from when it is known."""

from __future__ import annotations

import re

import pytest

from tests.web.authorities.story import entries
from tests.web.client import Client


def test_an_entry_shows_what_each_source_said(client: Client):
    page = client.page(entries(client)[-1])
    readings = page.all("article")
    assert readings
    assert all("Read " in reading.said and "recorded " in reading.said for reading in readings)


def test_the_address_of_a_statement_leads_to_its_entry(client: Client):
    address = entries(client)[-1]
    text = client.client.get(address).text
    statement = re.search(r'id="s-([0-9a-f-]{36})"', text).group(1)
    answer = client.client.get(f"/inspections/{statement}", follow_redirects=True)
    assert answer.request.path == address


def test_an_unknown_entry_is_not_found(client: Client):
    client.page("/inspections/00000000-0000-0000-0000-000000000000", status=404)
    client.page("/inspections/00000000-0000-0000-0000-000000000000?as_at=2010-01-01", status=404)


@pytest.mark.parametrize("moment", ["as_at=2001-01-01", "known_at=2001-01-01"])
def test_an_entry_asked_for_before_it_was_public_or_known_says_so_and_leads_to_today(client: Client, moment: str):
    address = entries(client)[-1]
    page = client.page(f"{address}?{moment}")
    assert "Nothing of this was public on" in page.all("main")[0].said
    assert "Became public: " in page.all("main")[0].said
    assert not page.all("article")
    assert address in {link.get("href") for link in page.all("a")}


def test_the_sources_read_are_those_of_the_moment(client: Client):
    files = len(client.page("/about/sources").all("caption"))
    for moment in ("as_at=2001-01-01", "known_at=2001-01-01"):
        assert len(client.page(f"/about/sources?{moment}").all("caption")) < files
