"""A store with the demo history, a visit told since, a plan that was published and one that was not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.facts import Told
from domain.plans.commands import PublishPlan
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, told
from web import WebApp
from web.store.store import current_store

ODD = 'front door <b>& "court" work</b> ]]>'
TOLD_ON = date(2026, 9, 10)


def on(what: str, day: date, actor: str = "officer") -> Told:
    """Told by somebody on a day, at ten."""
    return replace(told(what), actor=actor, at=datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    made = demo_app(tmp_path_factory.mktemp("news"))
    plans = open_plans(made)
    with made.app_context():
        store = current_store()
        record = store.application.authorities.record_focused_visit
        visit: dict[str, Any] = {"focus": ODD, "priority_actions": (), "improvements": (), "assurance": False}
        record(
            GATESHEAD,
            started_on=date(2026, 8, 4),
            ended_on=date(2026, 8, 5),
            published_on=date(2026, 9, 8),
            by=on("an odd visit", TOLD_ON),
            **visit,
        )
        struck = record(
            GATESHEAD,
            started_on=date(2025, 3, 4),
            ended_on=date(2025, 3, 5),
            published_on=date(2025, 4, 1),
            by=on("a wrong visit", TOLD_ON),
            **visit,
        )
        store.application.authorities.withdraw_entry(
            GATESHEAD, struck.activity, by=replace(on("struck out", date(2026, 9, 11)), reason="SECRET NAME")
        )
        store.application.do(PublishPlan(plans[HARINGEY], on=TOLD_ON), by=on("published", TOLD_ON, "approver"))
        store.projector.catch_up()
    made.extensions["plans"] = plans
    return made


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


@pytest.fixture
def plans(app: WebApp) -> dict[str, UUID]:
    found: dict[str, UUID] = app.extensions["plans"]
    return found
