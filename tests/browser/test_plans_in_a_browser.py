"""Plans in a real browser: accessible, narrow, without scripts, and what moved in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible
from tests.web.demo_app import GATESHEAD
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.signed_in import person, store_of
from web import WebApp

THEN = "as_at=2020-01-24"


@pytest.fixture(scope="module")
def plan(served: WebApp) -> UUID:
    """The example of the demonstration."""
    with served.app_context():
        found = tell_example_of_2019(store_of(served).application, at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC))
        store_of(served).projector.catch_up()
    assert found is not None
    return found


def test_who_publishes_nothing_new_is_told(served: WebApp, page: Page, plan: UUID, sign_in: Callable[[Listed], None]):
    sign_in(person(served, Role.APPROVER, authorities=[GATESHEAD]))
    page.goto(f"/plans/{plan}/publish")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Nothing was told since the plan was last published")
    must_be_accessible(page)


def test_what_moved_is_shown_in_place_and_by_its_address(page: Page, plan: UUID):
    page.goto(f"/plans/{plan}?{THEN}")
    page.get_by_label("Since").fill("2019-12-15")
    page.get_by_role("button", name="Show what moved").click()
    expect(page.get_by_role("heading", name="What moved since 15 December 2019")).to_be_visible()
    expect(page).to_have_url(re.compile("since=2019-12-15"))
    must_be_accessible(page)


def test_a_plan_is_read_without_scripts(plain: Page, plan: UUID):
    plain.goto(f"/plans/{plan}?{THEN}")
    plain.get_by_label("Since").fill("2019-12-15")
    plain.get_by_role("button", name="Show what moved").click()
    expect(plain.locator("#moved")).to_contain_text("What moved since 15 December 2019")
    expect(plain).to_have_url(re.compile(THEN))
    plain.locator("#findings-heading ~ section").get_by_role("link", name=re.compile("^6. Agree")).click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Agree with schools outside the borough")
    expect(plain.locator("#questions")).to_contain_text("Why is the return of education plans off track")
