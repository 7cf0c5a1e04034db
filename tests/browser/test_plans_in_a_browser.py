"""Plans in a real browser: accessible, narrow, without scripts, and what moved in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from domain.facts import Told
from domain.plans.commands import PublishPlan
from domain.values.roles import Listed, Role
from domain.values.statements import Source
from tests.browser.checks import must_be_accessible
from tests.long_plan import tell_a_long_plan
from tests.web.demo_app import GATESHEAD
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.signed_in import person, store_of
from web import WebApp
from web.words import dates

THEN = "as_at=2020-01-24"


@pytest.fixture(scope="module")
def plan(served: WebApp) -> UUID:
    """The example of the demonstration."""
    with served.app_context():
        found = tell_example_of_2019(store_of(served).application, at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC))
        store_of(served).projector.catch_up()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def long_plan(served: WebApp) -> UUID:
    """Twenty-six actions, published."""
    today = dates.today()
    by = Told("approver", uuid4(), Source("form", "Form"), datetime.now(UTC))
    with served.app_context():
        store = store_of(served)
        found = tell_a_long_plan(store.application, today)
        store.application.do(PublishPlan(found, on=today), by=by)
        store.projector.catch_up()
    return found


def test_who_publishes_nothing_new_is_told(served: WebApp, page: Page, plan: UUID, sign_in: Callable[[Listed], None]):
    sign_in(person(served, Role.APPROVER, authorities=[GATESHEAD]))
    page.goto(f"/plans/{plan}/publish")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Nothing was told since the plan was last published")
    must_be_accessible(page)


def test_a_plan_is_read_without_scripts(plain: Page, plan: UUID):
    plain.goto(f"/plans/{plan}?{THEN}")
    plain.get_by_text("Choose another day").click()
    plain.get_by_label("Since", exact=True).fill("2019-12-15")
    plain.get_by_role("button", name="Show what moved").click()
    expect(plain.locator("#moved")).to_contain_text("Moved since 15 December 2019")
    expect(plain).to_have_url(re.compile(THEN))
    plain.locator("#register").get_by_role("link", name=re.compile("^Agree")).click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Agree with schools outside the borough")
    expect(plain.locator("#questions")).to_contain_text("Why is the return of education plans off track")


def test_a_register_is_narrowed_in_place_and_by_its_address(page: Page, long_plan: UUID):
    page.goto(f"/plans/{long_plan}")
    page.get_by_text("Filter and sort").click()
    page.get_by_label("State", exact=True).select_option("at-risk")
    expect(page.locator("#results-count")).to_have_text("3 of 26 actions")
    expect(page).to_have_url(re.compile(r"\?state=at-risk$"))
    expect(page.locator("#results tbody tr")).to_have_count(3)
    must_be_accessible(page)
    page.reload()
    expect(page.locator("#results tbody tr")).to_have_count(3)
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("#results tbody tr")).to_have_count(26)


@pytest.mark.parametrize(("width", "most"), [(1100, 2900), (320, 4600)])
def test_twenty_six_actions_are_seen_without_much_scrolling(page: Page, long_plan: UUID, width: int, most: int):
    page.set_viewport_size({"width": width, "height": 800 if width > 320 else 640})
    page.goto(f"/plans/{long_plan}")
    assert page.evaluate("document.documentElement.scrollHeight") <= most
    assert page.evaluate("document.documentElement.scrollWidth") == width
    must_be_accessible(page)
    for view in ("findings", "questions", "actions/6"):
        page.goto(f"/plans/{long_plan}/{view}")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        must_be_accessible(page)
