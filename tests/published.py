"""Real published files where they are to be had, and one store of them all, made once for a run and copied."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from web.importing import ImportReport, import_paths
from web.settings import Settings
from web.store import Store


@dataclass(frozen=True)
class Published:
    """A home folder with the history of every real file, which nobody has open, and what the import said."""

    home: Path
    report: ImportReport

    def copied_to(self, home: Path) -> Path:
        """The same as one's own."""
        return shutil.copytree(self.home, home)


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real published files; the test is skipped, and says so, where there is none."""
    shared = os.environ.get("TIMELINE_SHARED")
    folder = (Path(shared) if shared else Path(__file__).parents[1].parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip("NO REAL FILES HERE: set TIMELINE_SHARED to the folder that holds data/ to run this test")
    return folder


@pytest.fixture(scope="session")
def published(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Every real file, imported into one store, with its read side."""
    store = Store(Settings(home=tmp_path_factory.mktemp("published")))
    store.migrate()
    report = import_paths(store.application, [real], actor="import")
    store.projector.catch_up()
    store.close()
    return Published(store.settings.home, report)
