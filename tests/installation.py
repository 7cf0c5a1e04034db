"""An installation of its own for a test: a home folder, the app, and commands run as a person would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from web import create_app
from web.store.settings import Settings
from web.store.store import Store

SMALL_HISTORY = """
schema_version: 1
data_horizon: 2026-08-22
authorities:
- name: Stockton-on-Tees
  urn: '80563'
  history:
  - {type: inspection, framework: SIF, variant: single_inspection, start: 2016-05-23, end: 2016-06-16,
     published: 2016-08-05, grades: {overall_effectiveness: good, help_and_protection: good, care_leavers: outstanding},
     sources: [{title: Ofsted report, url: 'https://files.ofsted.gov.uk/v1/file/50004410'}]}
  - {type: inspection, framework: ILACS, variant: short, start: 2019-05-20, end: 2019-05-24, published: 2019-07-01,
     grades: {overall_effectiveness: requires_improvement, impact_of_leaders: requires_improvement,
              help_and_protection: requires_improvement, in_care_and_care_leavers: requires_improvement},
     areas_for_improvement: [The quality of plans, Supervision of social workers],
     sources: [{title: Ofsted report, url: 'https://files.ofsted.gov.uk/v1/file/50090001'}]}
  - {type: focused_visit, period: 2022-09, date_precision: month, areas_for_priority_action: true,
     sources: [{title: Narrative of the report published 2023-05-09}]}
  - {type: engagement_meeting, date: 2026-03-03, sources: [{title: Scrutiny minutes}]}
- name: West Northamptonshire
  urn: '2637548'
  history:
  - {type: authority_created, date: 2021-04-01, sources: [{title: Structural changes order}]}
"""
"""Facts of the public record (Ofsted's reports; rulebook R-070), few enough to be read at a glance."""


class Installation:
    """The product in a folder of its own, as `make run` would have it."""

    def __init__(self, home: Path, database_url: str | None = None) -> None:
        self.home = home
        self.settings = Settings(home=home, database_url=database_url)
        self.app: Flask = create_app(self.settings)

    @property
    def store(self) -> Store:
        found: Store = self.app.extensions["timeline"]
        return found

    def run(self, *words: str | Path) -> Result:
        """`flask --app wsgi …`, in this process."""
        return self.app.test_cli_runner().invoke(args=[str(word) for word in words])

    def answer(self, *words: str | Path) -> Any:
        """The one JSON document that a command printed; it must have ended well."""
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def write(self, name: str, text: str) -> Path:
        path = self.home.parent / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """One that was never used."""
    made = Installation(tmp_path / "instance")
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def small_history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of one that holds the small history, imported as a person would; nobody has it open."""
    made = Installation(tmp_path_factory.mktemp("small-history") / "instance")
    result = made.run("history", "import", made.write("small.yaml", SMALL_HISTORY))
    assert result.exit_code == 0, result.output
    made.store.close()
    return made.home


@pytest.fixture
def with_history(installation: Installation, small_history: Path) -> Installation:
    """One that holds the small history, in a copy of its own."""
    copytree(small_history, installation.home, dirs_exist_ok=True)
    return installation
