"""The shipped facts beside the files they were made of: nothing is corrected, disputed, or made otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.authorities.buckets import Bucket
from domain.values.known_until import KnownKind
from tests.installation import Installation
from tests.published import folder_of_real_files
from web.england.making import make
from web.england.shipped import FILE, shipped, unpacked
from web.england.taking_in import take_in
from web.files.run import import_paths
from web.store.settings import Settings
from web.store.store import Store

TABLES = (
    "authorities",
    "d2i_overview/2026-05-25_4f68df4_ofsted_csc_ilacs_overview.xlsx",
    "jt39_history",
    "ofsted_official/LA_Inspection_Outcomes_as_at_31_March_2025.ods",
    "other_inspections",
    "visits",
)
MADE_OF = ("authorities", "d2i_overview", "documents", "jt39_history", "ofsted_official", "other_inspections")
MADE_OF_ALSO = ("report_pdfs", "visits")


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder_of_real_files()
    store = Store(Settings(home=tmp_path_factory.mktemp("england")))
    store.migrate()
    take_in(store)
    store.close()
    return store.settings.home


@pytest.fixture
def here(england: Path, tmp_path: Path) -> Iterator[Installation]:
    made = Installation(shutil.copytree(england, tmp_path / "instance"))
    yield made
    made.store.close()


def disputed(here: Installation) -> list[tuple[str, str, str, list[str]]]:
    """What sources disagree on, whichever day they were read last."""
    found = here.answer("disagreements")
    assert found
    return sorted((one["urn"], one["field"], one["held"], [said["value"] for said in one["says"]]) for one in found)


def on_top(here: Installation, *names: str) -> dict[Bucket, int]:
    folder = folder_of_real_files()
    report = import_paths(here.store.application, [folder / name for name in names], actor="import")
    here.store.projector.catch_up()
    return {bucket: sum(file.counts.get(bucket, 0) for file in report.files) for bucket in Bucket}


def test_the_tables_they_were_made_of_say_nothing_else(here: Installation):
    before = disputed(here)
    counts = on_top(here, *TABLES)
    assert counts[Bucket.UNCHANGED] > 2_000
    assert [counts[bucket] for bucket in (Bucket.NEW, Bucket.CORRECTED, Bucket.DISAGREED)] == [0, 0, 0]
    assert disputed(here) == before


@pytest.mark.soak
def test_no_file_at_all_corrects_or_disputes_them_and_documents_fill_them_in(here: Installation):
    before = disputed(here)
    counts = on_top(here, *MADE_OF, *MADE_OF_ALSO, "recommendations", "d2i_timeline")
    assert counts[Bucket.FILLED] > 700
    assert [counts[bucket] for bucket in (Bucket.NEW, Bucket.CORRECTED, Bucket.DISAGREED)] == [0, 0, 0]
    assert disputed(here) == before


@pytest.mark.soak
def test_made_again_of_the_same_files_they_are_the_same_bytes():
    folder = folder_of_real_files()
    files = [folder / name for name in (*MADE_OF, *MADE_OF_ALSO)]
    said = shipped()
    known = {KnownKind.FOCUSED_VISIT: said.known_until[KnownKind.FOCUSED_VISIT]}
    made = make(files, made_on=said.made_on, known=known)
    assert unpacked(made) == unpacked(FILE.read_bytes())
    assert made == FILE.read_bytes()


def test_on_postgresql_too_a_new_store_takes_them_in(postgres_store_url: str, tmp_path: Path):
    store = Store(Settings(home=tmp_path, database_url=postgres_store_url))
    store.migrate()
    report = take_in(store)
    assert report.counts[Bucket.NEW] == 1_250
    size = store.ledger.max_position()
    assert take_in(store).counts[Bucket.UNCHANGED] == shipped().entries
    assert store.ledger.max_position() == size
    store.close()
