"""The facts of England that come with the product: facts alone, whole, and taken in once."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.facts import FileOpened, FileRead, stored_name
from domain.register.register import REGISTER
from domain.values.known_until import KnownKind
from tests.installation import SMALL_HISTORY, Installation
from web.england import taking_in
from web.england.making import LONGEST_CELL, make
from web.england.shipped import ACTOR, FILE, HEAD, shipped, unpacked
from web.england.taking_in import Held, begin, held, offer, take_in
from web.store.settings import Settings
from web.store.store import Store

SENTENCE = re.compile(r"[a-z]{3,}[.;] [A-Z]|[a-z]{3,}\.$")
NAMED = ("title", "url", "reference", "sha256", "inspection_theme")
"""Keys under which a source, or a theme as a table writes it, is named."""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unpacked(FILE.read_bytes()))
    return found


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder into which the facts of England were taken at a start; nobody has it open."""
    store = Store(Settings(home=tmp_path_factory.mktemp("england")))
    store.migrate()
    begin(store, io.StringIO())
    store.close()
    return store.settings.home


@pytest.fixture
def here(england: Path, tmp_path: Path) -> Iterator[Installation]:
    shutil.copytree(england, tmp_path / "instance")
    made = Installation(tmp_path / "instance")
    yield made
    made.store.close()


def told_of_authorities(store: Store) -> int:
    return sum(not isinstance(fact, FileRead) for _, fact in store.ledger.read_facts())


def texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, key)


def test_it_is_small_enough_to_ship():
    assert FILE.stat().st_size < 1_500_000


def test_its_head_says_what_it_holds(document: dict[str, Any]):
    said = shipped()
    entries = [entry for authority in document["authorities"] for entry in authority["history"]]
    assert (said.authorities, said.entries) == (len(document["authorities"]), len(entries))
    assert said.statements == sum(len(entry["said"]) for entry in entries)
    assert said.made_on > said.data_horizon == said.known_until[KnownKind.GRADED_INSPECTION]
    assert said.known_until[KnownKind.FOCUSED_VISIT] == date(2026, 1, 26)
    assert said.known_until[KnownKind.MONITORING_VISIT] == date(2025, 3, 31)
    assert len(json.dumps({key: value for key, value in document.items() if key != "authorities"})) < HEAD


def test_no_sentence_of_anybody_is_in_it(document: dict[str, Any]):
    walked = list(texts(document["authorities"]))
    assert len(walked) > 50_000
    wordy = {text for key, text in walked if len(text) > 200 or (key not in NAMED and SENTENCE.search(text))}
    assert wordy == set()
    keys = {key for key, _ in walked}
    assert not keys & {"areas_for_improvement", "priority_actions", "note", "lead_inspector", "sections", "reason"}


def test_of_a_published_cell_only_what_may_be_a_fact_is_kept(document: dict[str, Any]):
    said = [one for authority in document["authorities"] for entry in authority["history"] for one in entry["said"]]
    cells = [cell for one in said for cell in one.get("verbatim", {}).values()]
    assert len(cells) > 10_000
    assert [cell for cell in cells if len(cell) > LONGEST_CELL and not cell.startswith("http")] == []


def test_every_authority_there_is_has_a_history_in_it(document: dict[str, Any]):
    graded = {
        authority["urn"]
        for authority in document["authorities"]
        if any(entry["type"] == "inspection" for entry in authority["history"])
    }
    current = {row.facts.urn for row in REGISTER if not row.facts.abolished_on and row.facts.urn.isdecimal()}
    assert len(current) == 153
    assert current - graded == set()


def test_a_new_store_takes_it_in_once_and_tells_how_far_it_is(tmp_path: Path):
    store = Store(Settings(home=tmp_path / "home"))
    store.migrate()
    told = io.StringIO()
    assert held(store) is Held.NOTHING
    begin(store, told)
    assert told.getvalue().startswith("Taking in the facts of England")
    assert re.search(r"\d+ of \d+ authorities", told.getvalue())
    size = store.ledger.max_position()
    assert held(store) is Held.THIS
    assert offer(store) is None
    begin(store, again := io.StringIO())
    assert (again.getvalue(), store.ledger.max_position()) == ("", size)
    assert take_in(store).found
    assert store.ledger.max_position() == size
    store.close()


def test_where_it_is_not_wanted_nothing_is_taken_in_or_offered(tmp_path: Path):
    store = Store(Settings(home=tmp_path / "home", england=False))
    store.migrate()
    size = store.ledger.max_position()
    begin(store, told := io.StringIO())
    assert (told.getvalue(), store.ledger.max_position(), offer(store)) == ("", size, None)
    store.close()


def test_a_store_with_facts_of_its_own_is_only_offered_it(installation: Installation):
    installation.run("history", "import", installation.write("small.yaml", SMALL_HISTORY))
    store = installation.store
    size = store.ledger.max_position()
    begin(store, told := io.StringIO())
    assert held(store) is Held.NEVER
    assert "england load" in told.getvalue()
    assert store.ledger.max_position() == size


def test_a_store_that_has_an_earlier_one_is_only_offered_the_newer(
    here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    small = here.write("small.yaml", SMALL_HISTORY)
    newer = tmp_path / "newer.json.xz"
    newer.write_bytes(make([small], made_on=date(2026, 12, 1), known={}))
    monkeypatch.setattr(taking_in, "FILE", newer)
    size = here.store.ledger.max_position()
    begin(here.store, told := io.StringIO())
    assert held(here.store) is Held.EARLIER
    assert "newer facts" in told.getvalue()
    assert here.store.ledger.max_position() == size
    report = here.run("england", "load")
    assert report.exit_code == 0, report.output
    assert held(here.store) is Held.THIS


def test_cut_short_it_goes_on_at_the_next_start_and_nothing_is_told_twice(england: Path, tmp_path: Path):
    store = Store(Settings(home=tmp_path / "home"))
    store.migrate()

    class Killed(Exception):
        pass

    def kill(done: int, total: int) -> None:
        if done == 40:
            raise Killed

    with pytest.raises(Killed):
        take_in(store, kill)
    assert held(store) is Held.CUT_SHORT
    begin(store, told := io.StringIO())
    assert "authorities are in the history" in told.getvalue()
    whole = Store(Settings(home=shutil.copytree(england, tmp_path / "whole")))
    assert told_of_authorities(store) == told_of_authorities(whole)
    store.close()
    whole.close()


def test_what_was_taken_in_is_told_as_from_the_product(here: Installation):
    (fact,) = [fact for _, fact in here.store.ledger.read_facts(names=[stored_name(FileOpened)])]
    assert (fact.actor, fact.source.title) == (ACTOR, "Facts of England's inspections of children's services")
    said = here.answer("england", "show")
    assert said == shipped().document() | {"held": "this"}


def test_silence_is_told_by_kind_until_the_day_of_its_sources(here: Installation):
    known = here.answer("standing", "80469")["known_until"]
    assert known | {"youth_justice": None} == {
        "graded_inspection": "2026-08-21",
        "focused_visit": "2026-01-26",
        "monitoring_visit": "2025-03-31",
        "jtai": "2026-05-18",
        "area_send": "2025-11-06",
        "youth_justice": None,
    }


@pytest.mark.parametrize(
    ("activity", "first", "last", "most"),
    [("graded_inspection", "2022-07-01", "2026-01-01", 0.068), ("focused_visit", "2022-07-01", "2025-04-01", 0.091)],
)
def test_forecasts_from_it_alone_come_true_as_often_as_from_all_files(
    here: Installation, activity: str, first: str, last: str, most: float
):
    found = here.answer("forecast", "backtest", "--activity", activity, "--from", first, "--to", last)
    assert found["n"] > 1700
    assert found["brier"] <= most < found["brier_base_rate"]


def test_the_same_files_and_day_give_the_same_bytes(tmp_path: Path):
    small = tmp_path / "small.yaml"
    small.write_text(SMALL_HISTORY, encoding="utf-8")
    made = [make([small], made_on=date(2026, 11, 30), known={KnownKind.FOCUSED_VISIT: date(2026, 8, 1)}) for _ in "ab"]
    assert made[0] == made[1]
    document = json.loads(unpacked(made[0]))
    assert document["known_until"]["focused_visit"] == "2026-08-01"
    assert "The quality of plans" not in unpacked(made[0]).decode()
