"""Where tests find their databases and files, and which of them keep together when they run in several processes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from shutil import disk_usage
from typing import Any

import pytest
from hypothesis import settings

from tests.compiled_once import keep_addresses, keep_templates
from tests.examples import TEST

IN_MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free in memory before stores are kept there."""

if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and disk_usage(IN_MEMORY).free >= ROOM:
    # Every save waits until the disk has it. Here it has it at once; the product still asks.
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)

settings.load_profile(TEST)
keep_templates()
keep_addresses()

pytest_plugins = ["tests.databases", "tests.installation", "tests.published"]

ALL_PUBLISHED = (
    "tests/whole/test_published_",
    "tests/web/outlook/test_calendar_file.py",
    "tests/web/outlook/test_planner.py",
)
"""How the paths begin of files that share a store of all real files: one process runs them, and makes it once."""

LONGEST = (
    *ALL_PUBLISHED,
    "tests/browser/test_every_view",
    "tests/whole/test_erasure",
    "tests/browser/test_pages",
    "tests/browser/test_people",
    "tests/browser/test_planning",
    "tests/projections/plans/",
    "tests/projections/engine/test_projector",
    "tests/projections/test_replay",
    "tests/browser/",
    "tests/web/audit/",
    "tests/web/people/test_signing_in",
    "tests/web/intake/test_hostile_files",
    "tests/web/plans/",
    "tests/web/site/test_access",
    "tests/faults/",
)
"""How the paths begin of what takes longest, in that order, as `--durations=0` tells it. All else is short."""


def share_of(nodeid: str) -> str:
    """What is handed out whole: a file, whose fixtures are then made once, or the files above together."""
    path = nodeid.partition("::")[0]
    return "all that was published" if path.startswith(ALL_PUBLISHED) else path


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks by which whole kinds of tests are chosen or left out, so that nobody must remember to set them."""
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False) or hasattr(
        getattr(item, "module", None), "examples"
    ):
        item.add_marker("property")
    if "postgres" in item.nodeid.partition("[")[2] or "postgres_server" in getattr(item, "fixturenames", ()):
        item.add_marker("postgres")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest shares come first, so that with several processes none goes on alone at the end. Whatever uses the
    store of all real files must be among those that share it."""
    users = {item.nodeid.partition("::")[0] for item in items if {"published", "real"} <= fixtures_of(item)}
    if alone := sorted(path for path in users if not path.startswith(ALL_PUBLISHED)):
        raise pytest.UsageError(f"These use the store of all real files; name them in ALL_PUBLISHED: {alone}")
    items.sort(key=lambda item: place_of(item.nodeid))


def fixtures_of(item: pytest.Item) -> set[str]:
    """The names of all that it asks for; a parameter may be called `published` too, but asks for no files."""
    return set(getattr(item, "fixturenames", ()))


def place_of(nodeid: str) -> int:
    return next((place for place, path in enumerate(LONGEST) if nodeid.startswith(path)), len(LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `-n`: shares are handed out whole, in the order in which they were collected."""
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class InShares(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return share_of(nodeid)

    config.option.loadscopereorder = False
    return InShares(config, log)
