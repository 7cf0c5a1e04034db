"""A store with plans in Haringey and Gateshead, shared by the tests of a file."""

from __future__ import annotations

import pytest

from tests.web.demo_app import demo_app, open_plans
from web import WebApp


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    made = demo_app(tmp_path_factory.mktemp("meetings"))
    made.extensions["plans"] = open_plans(made)
    return made
