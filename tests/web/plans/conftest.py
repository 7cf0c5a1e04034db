"""A store with a plan in it, made once for a file and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from uuid import UUID

import pytest

from tests.web.demo_app import HARINGEY, demo_app, open_plans, served
from tests.web.plans.story import Plan
from tests.web.signed_in import store_of
from web import WebApp


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UUID]:
    """A store with a plan in it, and the plan of Haringey: every test has a copy of its own."""
    home = tmp_path_factory.mktemp("planning") / "instance"
    made = demo_app(home)
    plan = open_plans(made)[HARINGEY]
    store_of(made).close()
    return home, plan


@pytest.fixture
def app(told_once: tuple[Path, UUID], tmp_path: Path) -> Iterator[WebApp]:
    made = served(copytree(told_once[0], tmp_path / "instance"))
    yield made
    store_of(made).close()


@pytest.fixture
def plan(app: WebApp, told_once: tuple[Path, UUID]) -> Plan:
    return Plan(app, told_once[1])
