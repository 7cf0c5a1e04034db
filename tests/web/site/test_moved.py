"""Addresses of earlier editions: each still leads to the page that took its place."""

from __future__ import annotations

import pytest

from tests.web.demo_app import demo_app
from web import WebApp
from web.site.moved import MOVED


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("moved"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/planner?region=London&month=2027-01", "/coming-up?region=London&month=2027-01"),
        ("/forecasts?from=2023-01-01", "/coming-up/forecasts?from=2023-01-01"),
        ("/forecasts/visits", "/coming-up/forecasts/visits"),
        ("/calendar?region=London", "/coming-up/calendars?region=London"),
        ("/audit?q=visit", "/record?q=visit"),
        ("/audit/7", "/record/7"),
        ("/audit/7/receipt.json", "/record/7/receipt.json"),
        ("/audit/events.csv?q=visit", "/record/events.csv?q=visit"),
    ],
)
def test_an_old_address_leads_to_the_new_one_with_all_that_was_asked(app: WebApp, old: str, new: str):
    answer = app.test_client().get(old)
    assert (answer.status_code, answer.headers["Location"]) == (308, new)


def test_no_old_address_is_answered_by_two(app: WebApp):
    app.open_pages()
    rules = [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    assert MOVED
    assert [rule for rule, _ in MOVED if rules.count(rule) != 1] == []
