"""Published files from a place on top of what the product brings: nothing is asked about that nobody needs to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from domain.facts import Fact
from tests.installation import Installation
from tests.published import folder_of_real_files
from tests.web.places.stub import Site, site
from web.places.client import Client, Limits
from web.places.refresh import LookedAt, refresh
from web.places.table import OFSTED_SITE, FilePlace
from web.places.waiting import take_in
from web.store.settings import VERSION
from web.store.store import Store

GATESHEAD = "80469"
NEW = (493, 1, 3)
"""Reports that each of the histories is the first to list."""

INDEX = "/provider/44/{urn}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Installation(tmp_path / "instance")
    made.store.migrate()
    with made.app.app_context():
        yield made.store
    made.store.close()


@pytest.fixture
def published() -> Iterator[Site]:
    with site() as served:
        yield served


def look(store: Store, place: FilePlace, on: date) -> LookedAt:
    with Client(VERSION, limits=Limits(pause=0.0)) as client:
        (one,) = refresh(store, [place], client, on=on)
    store.projector.catch_up()
    return one


def told_of_authorities(store: Store, after: int) -> list[Fact]:
    return [fact for _, fact in store.ledger.read_facts(after + 1) if hasattr(fact, "statement")]


def test_reports_of_ones_own_are_found_on_an_index_and_count_from_the_day_they_were_published(
    store: Store, published: Site
):
    store.settings = replace(store.settings, own_authorities=(GATESHEAD,))
    report = next(folder_of_real_files().glob(f"documents/reports/{GATESHEAD}_*/*11 june 2019.pdf"))
    published.gives("/v1/file/50083971", report.read_bytes(), kind="application/pdf")
    page = "<html><ol><li><p>11 June 2019</p><a href='/v1/file/50083971'>Full inspection</a></li></ol>"
    published.gives(INDEX.replace("{urn}", GATESHEAD), page.encode(), kind="text/html")
    own = FilePlace("own", published.address + INDEX, OFSTED_SITE, "weekly", loopback=True)
    one = look(store, own, date(2026, 11, 2))
    assert (one.outcome, one.files[0]["read_on"]) == ("new", "2019-06-11")
    assert look(store, own, date(2026, 11, 9)).outcome == "unchanged"
    assert published.paths().count("/v1/file/50083971") == 1


def test_new_reports_of_a_newer_history_go_in_by_themselves_and_nothing_else_is_told(store: Store, published: Site):
    histories = sorted(folder_of_real_files().glob("jt39_history/*.csv"))
    place = FilePlace("here", published.address + "/history.csv", "jt39_history", "daily", loopback=True)
    for number, file in enumerate(histories):
        published.gives("/history.csv", file.read_bytes())
        before = store.ledger.max_position()
        one = look(store, place, date.fromisoformat(file.stem[-10:]))
        if number == 0:
            (waits,) = store.waiting.all()
            asked = {part.urn: part.name for part in waits.undecided}
            assert sorted(asked.values()) == ["Devon", "Nottingham", "South Tyneside", "Southend-on-Sea"]
            take_in(store, waits.id, list(asked), by="local", command=uuid4())
        else:
            assert (one.outcome, one.files[0]["new"]) == ("new", NEW[number])
            assert len(told_of_authorities(store, before)) == NEW[number]
    assert store.waiting.count() == 0
