"""A store of the demonstration, and somebody at its pages."""

from __future__ import annotations

import pytest

from tests.web.client import Client
from tests.web.demo_app import demo_app
from web import WebApp


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("signing-in"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)
