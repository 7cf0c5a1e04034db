"""Stores, backups and exports of every earlier release open, verify and answer in this one."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import CHECKOUT
from tests.installation import Installation

ARCHIVES = sorted((CHECKOUT / "tests" / "golden").glob("*.tar.xz"))
DAY = "2026-11-30"

NEW_COUNCILS = frozenset({"2532283", "2532287", "2637539", "2637548", "2733690", "2733698"})
LEFT_THEM_UNKNOWN = ("2026-11-22_", "2026-11-24_", "2026-11-30_16121d9")
"""Releases that knew no pathway of a new council without a report of its own (R-070)."""


@dataclass(frozen=True)
class Left:
    """What a release left behind, unpacked."""

    name: str
    folder: Path

    @property
    def standings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self.folder / "standings.json").read_text(encoding="utf-8"))
        return found

    def opened(self, home: str) -> Installation:
        return Installation(self.folder / home)


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.name.partition(".")[0])
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Left:
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path, filter="data")
    return Left(request.param.name.partition(".")[0], tmp_path)


@pytest.fixture
def store(left: Left) -> Iterator[Installation]:
    here = left.opened("store")
    yield here
    here.store.close()


def said_of(standing: Mapping[str, Any]) -> dict[str, Any]:
    """What every release told of an authority in the same words."""
    expected = dict(standing["expected_next"])
    expected.pop("announced", None)
    kept = ("pathway", "governing_inspection_published", "inherited_monitoring", "judgements")
    return {key: standing[key] for key in kept} | {"expected_next": expected}


def answered(here: Installation) -> dict[str, dict[str, Any]]:
    found = here.answer("standing", "--all", "--as-at", DAY)
    return {one["authority"]["urn"]: said_of(one) for one in found}


def as_answered_now(left: Left) -> dict[str, dict[str, Any]]:
    """What the release answered, with what has changed by a rule since."""
    was = {one["authority"]["urn"]: said_of(one) for one in left.standings}
    if left.name.startswith(LEFT_THEM_UNKNOWN):
        for urn in NEW_COUNCILS:
            assert was[urn]["pathway"] == "unknown"
            graded = dict(was[urn]["expected_next"]["graded"], type="standard_inspection")
            was[urn] |= {"pathway": "not_yet_judged", "expected_next": was[urn]["expected_next"] | {"graded": graded}}
    return was


def test_there_is_one_of_each():
    assert len(ARCHIVES) >= 6


def test_its_store_opens_verifies_and_answers(left: Left, store: Installation):
    migrated = store.run("store", "migrate")
    assert migrated.exit_code == 0, migrated.output
    kept = ["--checkpoint", left.folder / "checkpoint"] if (left.folder / "checkpoint").exists() else []
    verified = store.run("ledger", "verify", *kept)
    assert verified.exit_code == 0, verified.output
    checked = store.run("store", "check")
    assert checked.exit_code == 0, checked.output
    now = answered(store)
    assert {urn: now[urn] for urn in as_answered_now(left)} == as_answered_now(left)


def test_its_backup_is_restored_with_its_people_and_its_words(left: Left):
    here = left.opened("restored")
    restored = here.run("store", "restore", left.folder / "backup.db")
    assert restored.exit_code == 0, restored.output
    if (left.folder / "keys.db").exists():
        assert here.run("store", "restore-keys", left.folder / "keys.db").exit_code == 0
        assert "Ada Officer" in here.run("people", "list").output
        (plan,) = here.answer("plan", "Gateshead")["plans"]
        assert [one["what"]["text"] for one in plan["actions"] if "text" in one["what"]]
    assert here.run("ledger", "verify").exit_code == 0
    now = answered(here)
    assert {urn: now[urn] for urn in as_answered_now(left)} == as_answered_now(left)
    here.store.close()


def test_its_export_is_imported_and_answers_the_same(left: Left):
    here = left.opened("imported")
    imported = here.run("history", "import", left.folder / "export.yaml")
    assert imported.exit_code == 0, imported.output
    now = answered(here)
    assert {urn: now[urn] for urn in as_answered_now(left)} == as_answered_now(left)
    here.store.close()


def test_a_backup_whose_people_are_damaged_replaces_nothing(tmp_path: Path):
    with tarfile.open(ARCHIVES[-1]) as archive:
        archive.extractall(tmp_path, filter="data")
    here = Installation(tmp_path / "store")
    before = here.answer("projections", "status")
    here.store.close()
    held = (tmp_path / "store" / "ledger.db").read_bytes()
    people = tmp_path / "backup.db.people"
    shutil.copyfile(tmp_path / "keys.db", people)
    refused = Installation(tmp_path / "store").run("store", "restore", tmp_path / "backup.db", "--force")
    assert refused.exit_code == 1
    assert "is not a sound copy of the database of people" in refused.output
    assert (tmp_path / "store" / "ledger.db").read_bytes() == held
    assert Installation(tmp_path / "store").answer("projections", "status") == before


def test_the_archives_hold_nobody_real(left: Left):
    if (people := left.folder / "store" / "people.db").exists():
        with closing(sqlite3.connect(people)) as held:
            assert held.execute("SELECT sign_in_name FROM person").fetchall() == [("ada@council.example",)]
