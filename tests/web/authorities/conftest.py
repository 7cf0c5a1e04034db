"""A store of the demonstration, and who looks at its pages."""

from __future__ import annotations

import pytest

from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import demo_app
from tests.web.signed_in import person, sign_in
from web import WebApp


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("store"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


@pytest.fixture
def officer(app: WebApp) -> Client:
    """A client in which an officer for all authorities is signed in."""
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER, office="Improvement officer, Tees Valley"))
    return client
