"""A store with an open plan of Gateshead, and an officer who loads lists into it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, demo_app, open_plans
from tests.web.signed_in import person, sign_in
from web import WebApp


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return demo_app(tmp_path / "store")


@pytest.fixture
def plan(app: WebApp) -> UUID:
    return open_plans(app)[GATESHEAD]


@pytest.fixture
def officer(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER, authorities=[GATESHEAD]))
    return client
