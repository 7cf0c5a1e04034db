"""Real published files where they are to be had, and one store of them all, made once for a run and copied."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import CHECKOUT
from web.files.run import ImportReport, import_paths
from web.store.settings import Settings
from web.store.store import Store


@dataclass(frozen=True)
class Published:
    """A home folder with the history of every real file, which nobody has open, and what the import said."""

    home: Path
    report: ImportReport

    def copied_to(self, home: Path) -> Path:
        """The same as one's own."""
        return shutil.copytree(self.home, home)


AS_PUBLISHED = (
    "authorities",
    "d2i_overview",
    "d2i_timeline",
    "jt39_history",
    "ofsted_official",
    "other_inspections",
    "recommendations",
    "report_pdfs",
)
"""Folders of files as somebody published them. What lies beside them was made to go wrong, or is read by others."""

CAME_LATER = (
    "ofsted_official/Childrens_social_care_in_England_2022_underlying_data.ods",
    "ofsted_official/LA_Inspection_Outcomes_as_at_31_March_2025.ods",
    "jt39_history/ofsted_csc_ilacs_history_2026-08-21.csv",
)
"""Files that joined the folder after what tests say of it was measured; a test of their own reads them."""


def folder_of_real_files() -> Path:
    """Where the real files lie; the test is skipped, and says so, where there are none."""
    shared = os.environ.get("TIMELINE_SHARED")
    folder = (Path(shared) if shared else CHECKOUT.parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip("NO REAL FILES HERE: set TIMELINE_SHARED to the folder that holds data/ to run this test")
    return folder


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real published files that tests were measured on."""
    folder = folder_of_real_files()
    copies = tmp_path_factory.mktemp("real")
    for name in AS_PUBLISHED:
        shutil.copytree(folder / name, copies / name)
    for name in CAME_LATER:
        (copies / name).unlink(missing_ok=True)
    return copies


@pytest.fixture(scope="session")
def published(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Every real file, imported into one store, with its read side."""
    store = Store(Settings(home=tmp_path_factory.mktemp("published")))
    store.migrate()
    report = import_paths(store.application, [real], actor="import")
    store.projector.catch_up()
    store.close()
    return Published(store.settings.home, report)
