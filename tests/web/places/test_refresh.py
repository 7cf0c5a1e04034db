"""A look at each place: what is new goes in, that somebody looked is a fact, and one that fails stops no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.facts import SourcesChecked
from domain.values.known_until import KnownKind
from projections.outlook.standing import standing_of
from tests.installation import Installation
from tests.web.demo_app import HARINGEY, LEICESTERSHIRE, UNTOUCHED, demo_app
from tests.web.disputed import STHELENS
from tests.web.places.files import (
    FIRST,
    LEADERS_WORSE,
    NEW_OF_HARINGEY,
    NEW_OF_LEICESTERSHIRE,
    SECOND,
    THIRD,
    WORSE_OF_HARINGEY,
    command,
    history,
    row,
)
from tests.web.places.stub import Site, site
from tests.web.signed_in import store_of
from web.places.client import Client, Limits
from web.places.refresh import LookedAt, refresh
from web.places.table import OFSTED_SITE, FilePlace
from web.places.waiting import SHORT_AND_SET_ASIDE, set_aside, take_in
from web.store.refresh_lock import only_one
from web.store.settings import VERSION
from web.store.store import Store
from web.store.waiting import WHOLE

QUICK = Limits(pause=0.0)
PATH = "/history.csv"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    app = demo_app(tmp_path / "store")
    with app.app_context():
        yield store_of(app)


@pytest.fixture
def published() -> Iterator[Site]:
    with site() as served:
        yield served


def place(of: Site, path: str = PATH, *, name: str = "jt39_history", format: str = "jt39_history") -> FilePlace:
    return FilePlace(name, of.address + path, format, "daily", loopback=True)


def look(store: Store, *places: FilePlace, on: date = FIRST, **more: Any) -> list[LookedAt]:
    with Client(VERSION, limits=QUICK) as client:
        found = refresh(store, places, client, on=on, **more)
    store.projector.catch_up()
    return found


def looked(store: Store, of: Site, *rows: str, on: date = FIRST) -> LookedAt:
    """The place gives a file of these rows, and is looked at."""
    of.gives(PATH, history(*rows))
    (one,) = look(store, place(of), on=on)
    return one


def checks(store: Store) -> list[SourcesChecked]:
    return [fact for _, fact in store.ledger.read_facts(names=("sources.checked",)) if fact.actor == "sources"]


def known_until(store: Store, urn: str) -> date | None:
    with store.reader.connect() as connection:
        told = store.reader.moment(connection, THIRD, None, of=urn).known_until
    return told.until(KnownKind.GRADED_INSPECTION)


def test_what_is_new_goes_in_and_the_look_is_a_fact_of_that_day(store: Store, published: Site):
    one = looked(store, published, NEW_OF_HARINGEY)
    assert (one.outcome, one.http_status, one.why) == ("new", 200, None)
    (fact,) = checks(store)
    assert (fact.checked, fact.checked_on, fact.urns) == ("jt39_history", FIRST, (HARINGEY,))
    assert known_until(store, HARINGEY) == FIRST


def test_a_place_that_has_nothing_new_is_not_read_again_and_silence_becomes_knowledge(store: Store, published: Site):
    looked(store, published, NEW_OF_HARINGEY)
    before = store.ledger.max_position()
    one = looked(store, published, NEW_OF_HARINGEY, on=SECOND)
    assert (one.outcome, one.http_status, one.files) == ("unchanged", 304, [])
    (fact,) = [fact for _, fact in store.ledger.read_facts(before + 1)]
    assert isinstance(fact, SourcesChecked), "no event about any authority"
    assert known_until(store, HARINGEY) == SECOND
    assert known_until(store, UNTOUCHED) != SECOND, "which the file does not name"


def test_a_second_look_on_the_same_day_tells_nothing(store: Store, published: Site):
    looked(store, published, NEW_OF_HARINGEY)
    before = store.ledger.max_position()
    looked(store, published, NEW_OF_HARINGEY)
    assert store.ledger.max_position() == before


def test_the_same_bytes_without_a_304_are_read_once(store: Store, published: Site):
    published.refuses(PATH, 200, history(NEW_OF_HARINGEY), **{"Content-Type": "text/csv"})
    look(store, place(published))
    (one,) = look(store, place(published), on=SECOND)
    assert (one.outcome, one.http_status, one.files) == ("unchanged", 200, [])


def test_while_something_waits_every_look_says_so_and_tells_nothing_of_that_authority(store: Store, published: Site):
    looked(store, published, NEW_OF_HARINGEY)
    assert looked(store, published, LEADERS_WORSE, NEW_OF_LEICESTERSHIRE, on=SECOND).outcome == "waiting"
    one = looked(store, published, LEADERS_WORSE, NEW_OF_LEICESTERSHIRE, on=THIRD)
    assert (one.outcome, one.why) == ("waiting", "Waits for an officer: Haringey.")
    assert (known_until(store, HARINGEY), known_until(store, LEICESTERSHIRE)) == (FIRST, THIRD)


def test_once_it_is_taken_in_the_next_look_tells_of_that_authority_too(store: Store, published: Site):
    looked(store, published, NEW_OF_HARINGEY)
    looked(store, published, LEADERS_WORSE, on=SECOND)
    take_in(store, store.waiting.all()[0].id, [HARINGEY], by="local", command=command())
    assert looked(store, published, LEADERS_WORSE, on=THIRD).outcome == "unchanged"
    assert known_until(store, HARINGEY) == THIRD


def test_of_what_was_set_aside_no_later_look_tells_anything(store: Store, published: Site):
    looked(store, published, NEW_OF_HARINGEY)
    looked(store, published, LEADERS_WORSE, on=SECOND)
    set_aside(store, store.waiting.all()[0].id, [HARINGEY], by="local", reason="Wrong.", command=command())
    assert looked(store, published, LEADERS_WORSE, on=THIRD).outcome == "unchanged"
    assert known_until(store, HARINGEY) == FIRST


def test_a_list_that_nobody_renews_tells_only_until_the_report_that_it_lacks(store: Store, published: Site):
    newest = standing_of(store.reader, HARINGEY, as_at=FIRST).standing.governing
    assert newest is not None
    assert newest.published is not None
    older = row(HARINGEY, "30/01/12", "09/01/2012", "13/01/2012")
    for on in (FIRST, SECOND):
        looked(store, published, older, NEW_OF_LEICESTERSHIRE, on=on)
        assert known_until(store, LEICESTERSHIRE) == on, "of which nothing newer is held"
        assert (known_until(store, HARINGEY) or date.min) < FIRST
    assert {HARINGEY} & {urn for fact in checks(store) for urn in fact.urns} == set()


def test_a_list_may_take_a_fortnight_to_show_a_report(store: Store, published: Site):
    looked(store, published, NEW_OF_HARINGEY)
    published.gives("/other.csv", history(WORSE_OF_HARINGEY))
    look(store, place(published, "/other.csv", name="other"), on=date(2026, 9, 29))
    take_in(store, store.waiting.all()[0].id, [HARINGEY], by="local", command=command())
    store.projector.catch_up()
    for on in (date(2026, 10, 11), date(2026, 10, 12)):  # it was published on 28 September
        looked(store, published, NEW_OF_HARINGEY, on=on)
        assert known_until(store, HARINGEY) == date(2026, 10, 11)


def test_a_place_that_fails_is_told_and_stops_no_other(store: Store, published: Site):
    published.refuses("/broken.csv", 500)
    published.gives(PATH, history(NEW_OF_HARINGEY))
    broken, sound = look(store, place(published, "/broken.csv", name="broken"), place(published))
    assert (broken.outcome, broken.http_status, sound.outcome) == ("failed", 500, "new")
    assert broken.why
    assert [fact.checked for fact in checks(store)] == ["jt39_history"]
    told = {one.place: (one.outcome, one.well_at is None) for one in store.looks.all()}
    assert told == {"broken": ("failed", True), "jt39_history": ("new", False)}


def test_a_file_that_cannot_be_read_is_asked_for_again(store: Store, published: Site):
    published.gives(PATH, b"a,b\n1,2\n")
    (one,) = look(store, place(published))
    assert one.outcome == "failed"
    assert looked(store, published, NEW_OF_HARINGEY).outcome == "new"


def test_a_place_that_is_gone_is_asked_again_only_by_name(store: Store, published: Site):
    published.refuses(PATH, 410)
    look(store, place(published))
    asked = len(published.paths())
    (one,) = look(store, place(published), on=SECOND)
    assert (one.outcome, len(published.paths())) == ("failed", asked)
    published.gives(PATH, history(NEW_OF_HARINGEY))
    (one,) = look(store, place(published), on=SECOND, named=["jt39_history"])
    assert one.outcome == "new"


def test_a_dry_run_says_what_would_be_done_and_keeps_nothing(store: Store, published: Site):
    published.gives(PATH, history(NEW_OF_HARINGEY))
    before = store.ledger.max_position()
    (one,) = look(store, place(published), dry_run=True)
    assert (one.outcome, one.files[0]["new"]) == ("new", 1)
    assert store.ledger.max_position() == before
    assert (store.looks.all(), store.looks.runs()) == ((), ())


def test_a_refresh_that_is_stopped_between_two_places_leaves_its_run_and_what_went_in(store: Store, published: Site):
    published.gives(PATH, history(NEW_OF_HARINGEY))

    def stop(one: LookedAt) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look(store, place(published), place(published, "/other.csv", name="other"), tell=stop)
    assert [one["name"] for one in store.looks.runs()[0].places] == ["jt39_history"]
    assert looked(store, published, NEW_OF_HARINGEY).outcome == "unchanged"


def test_of_yearly_statistics_a_look_tells_nothing(store: Store, published: Site):
    published.gives(PATH, history(NEW_OF_HARINGEY))
    look(store, place(published, name="yearly", format="ofsted_outcomes"))
    assert checks(store) == []


EARLIER = [
    row(urn, f"{published}/{year}", f"{start}/20{year}", f"{end}/20{year}")
    for urn in (HARINGEY, LEICESTERSHIRE, STHELENS)
    for published, start, end, year in (("24/06", "13/05", "17/05", 19), ("26/06", "15/05", "19/05", 23))
]
"""Two reports of each of three authorities."""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    made = Installation(tmp_path / "empty")
    made.store.migrate()
    with made.app.app_context():
        yield made.store
    made.store.close()


def held(store: Store, urn: str) -> int:
    return len(store.application.authorities.authority(urn).activities)


def test_a_file_that_lost_rows_of_authorities_that_it_still_names_waits_whole(empty: Store, published: Site):
    assert looked(empty, published, *EARLIER).outcome == "new"
    one = looked(empty, published, *EARLIER[1:], on=SECOND)
    assert (one.outcome, one.why) == ("waiting", "Waits for an officer: The whole file.")
    assert "1 of 6 rows of the last whole file are missing; nothing was deleted." in one.files[0]["notes"]
    assert known_until(empty, HARINGEY) == FIRST


def test_a_short_file_that_was_set_aside_stays_out_and_is_not_asked_about_again(empty: Store, published: Site):
    looked(empty, published, *EARLIER)
    looked(empty, published, *EARLIER[1:5], on=SECOND)
    assert {part.urn for part in empty.waiting.all()[0].parts} == {WHOLE}
    set_aside(empty, empty.waiting.all()[0].id, [WHOLE], by="local", reason="Broken.", command=command())
    one = looked(empty, published, *EARLIER[1::2], NEW_OF_HARINGEY, on=THIRD)
    assert (one.outcome, one.why) == ("unchanged", SHORT_AND_SET_ASIDE)
    assert (held(empty, HARINGEY), known_until(empty, HARINGEY)) == (2, FIRST)


def test_a_file_as_whole_as_the_one_before_a_short_one_goes_in(empty: Store, published: Site):
    looked(empty, published, *EARLIER)
    looked(empty, published, *EARLIER[1:5], on=SECOND)
    assert looked(empty, published, *EARLIER, NEW_OF_HARINGEY, on=THIRD).outcome == "new"
    assert (empty.waiting.count(), known_until(empty, HARINGEY)) == (0, THIRD)


def test_what_comes_after_a_short_file_is_measured_by_it_once_it_was_taken_in(empty: Store, published: Site):
    looked(empty, published, *EARLIER)
    looked(empty, published, *EARLIER[1:], on=SECOND)
    take_in(empty, empty.waiting.all()[0].id, [WHOLE], by="local", command=command())
    (read,) = empty.looks.all()[0].kept["files"].values()
    assert (read["rows"], read["whole_rows"]) == (5, 6)
    assert looked(empty, published, *EARLIER[1:5], on=THIRD).outcome == "waiting"
    assert "1 of 5 rows" in str(empty.waiting.all()[0].report["notes"])


INDEX = "/provider/44/{urn}"


def index(of: Site, store: Store, *documents: tuple[str, bytes]) -> FilePlace:
    store.settings = replace(store.settings, own_authorities=(HARINGEY,))
    links = "".join(f"<li><a href='{path}'>A report</a></li>" for path, _ in documents)
    of.gives(INDEX.replace("{urn}", HARINGEY), f"<html><ul>{links}</ul>".encode(), kind="text/html")
    for path, body in documents:
        of.gives(path, body, kind="application/pdf")
    return FilePlace("own", of.address + INDEX, OFSTED_SITE, "weekly", loopback=True)


def test_a_document_that_cannot_be_read_is_told_once_and_bars_no_other(store: Store, published: Site):
    own = index(published, store, ("/file/1", b"%PDF-1.7 and no more"))
    (one,) = look(store, own)
    assert (one.outcome, len(one.files)) == ("failed", 1)
    assert one.why is not None
    assert one.why.startswith(f"{HARINGEY}_1.pdf: ")
    (one,) = look(store, own, on=SECOND)
    assert (one.outcome, one.files) == ("unchanged", [])


def test_what_nobody_foresaw_at_one_place_is_told_and_stops_no_other(
    store: Store, published: Site, caplog: pytest.LogCaptureFixture
):
    published.gives(PATH, history(NEW_OF_HARINGEY))
    store.looks.note("broken", cadence_days=1, outcome="unchanged", kept={"address": published.address, "files": [1]})
    broken, sound = look(store, replace(place(published, "", name="broken")), place(published))
    assert (broken.outcome, sound.outcome) == ("failed", "new")
    assert "the look at broken failed" in caplog.text


@pytest.fixture
def commands(with_history: Installation, published: Site, tmp_path: Path) -> Installation:
    """An installation whose only place is of this machine."""
    published.gives(PATH, history(NEW_OF_HARINGEY))
    table = tmp_path / "places.yaml"
    row = f"{{name: here, address: '{published.address}{PATH}', format: jt39_history, cadence: daily, loopback: true}}"
    table.write_text(f"places: [{row}]", encoding="utf-8")
    settings = replace(with_history.settings, places=table)
    with_history.app.extensions["timeline.settings"] = settings
    with_history.store.settings = settings
    return with_history


def test_the_command_looks_lists_and_ends_by_what_came_of_it(commands: Installation, published: Site):
    (before,) = commands.answer("sources", "list")["places"]
    assert (before["name"], before["cadence"], before["looked_at"]) == ("here", "daily", None)
    (one,) = commands.answer("sources", "refresh")["places"]
    assert set(one) == {"name", "address", "outcome", "http_status", "files", "why"}
    assert (one["name"], one["outcome"], one["files"][0]["new"]) == ("here", "new", 1)
    (after,) = commands.answer("sources", "list")["places"]
    assert (after["outcome"], after["http_status"]) == ("new", 200)
    published.gives(PATH, history(LEADERS_WORSE))
    result = commands.run("sources", "refresh", "here", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["places"][0]["outcome"] == "waiting"


def test_a_second_refresh_is_told_that_one_is_running(commands: Installation):
    with commands.app.app_context(), only_one(commands.store):
        result = commands.run("sources", "refresh")
    assert result.exit_code == 2
    assert "Another refresh is running" in result.output
    assert commands.run("sources", "refresh").exit_code == 0


@pytest.mark.parametrize("words", [("refresh", "erewhon"), ("refresh", "--json", "erewhon")])
def test_a_place_that_no_table_names_cannot_be_refreshed(commands: Installation, words: tuple[str, ...]):
    result = commands.run("sources", *words)
    assert result.exit_code == 2
    assert "No place is called erewhon. There are here." in result.output


@pytest.mark.parametrize("words", [("list",), ("refresh",)])
def test_a_table_that_cannot_be_used_ends_with_two(commands: Installation, words: tuple[str, ...]):
    assert commands.settings.places is None
    places = commands.store.settings.places
    assert places is not None
    places.write_text("places: [{name: a}]", encoding="utf-8")
    result = commands.run("sources", *words)
    assert result.exit_code == 2
    assert "lacks address, format and cadence" in result.output


def test_a_check_takes_the_name_of_a_place(commands: Installation):
    result = commands.run("sources", "check", "here", "--on", "2026-09-01")
    assert result.exit_code == 0, result.output
    assert "All graded inspections public by 2026-09-01 are held." in result.output
