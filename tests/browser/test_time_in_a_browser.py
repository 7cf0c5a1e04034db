"""Two dates compared, entries put right, and what sources said: axe, narrow screens, and no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible
from tests.web.demo_app import HARINGEY
from tests.web.signed_in import person, store_of
from web import WebApp

COMPARE = f"/authorities/{HARINGEY}/compare?from=2018-01-01&to=2026-09-01"

SignIn = Callable[[Listed], None]


@pytest.fixture
def as_officer(served: WebApp, sign_in: Callable[[Listed], None]) -> None:
    sign_in(person(served, Role.OFFICER, office="Improvement officer"))


def entry(served: WebApp) -> str:
    """The graded report of 2018."""
    with served.app_context():
        entries = store_of(served).application.authorities.authority(HARINGEY).activities
    return next(str(one.id) for one in entries if one.published and one.published.isoformat() == "2018-12-14")


def form(served: WebApp, kind: str) -> str:
    return f"/authorities/{HARINGEY}/entries/{entry(served)}/correct/{kind}"


def test_a_refused_correction_takes_the_focus_to_its_errors(page: Page, served: WebApp, as_officer: None):
    page.goto(form(served, "grade"))
    page.get_by_role("button", name="Correct the grade").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter why, in a sentence.")
    must_be_accessible(page)


def test_other_dates_are_compared_in_place_and_the_address_follows(page: Page):
    page.goto(COMPARE)
    page.get_by_label("What had happened by, earlier").fill("2025-01-01")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#results")).to_contain_text("What happened from 1 January 2025 to 1 September 2026")
    expect(page).to_have_url(re.compile("from=2025-01-01"))


def test_two_dates_are_compared_and_an_entry_is_corrected_without_scripts(
    plain: Page, plain_sign_in: SignIn, served: WebApp
):
    plain.goto(COMPARE)
    plain.get_by_label("What had happened by, earlier").fill("2025-01-01")
    plain.get_by_role("button", name="Compare").click()
    expect(plain.locator("#results")).to_contain_text("What happened from 1 January 2025")
    plain_sign_in(person(served, Role.OFFICER))
    plain.goto(form(served, "date"))
    plain.get_by_label("Which date?").select_option("published")
    for part, text in (("day", "17"), ("month", "12"), ("year", "2018")):
        plain.locator(f"#now-{part}").fill(text)
    plain.get_by_label("Why?").fill("The front page says so.")
    plain.get_by_label("Where did you read this?").fill("Ofsted report of December 2018")
    plain.get_by_role("button", name="Correct the date").click()
    expect(plain.locator(".note.done")).to_contain_text("The date was corrected.")
    expect(plain.locator("#readings")).to_contain_text("The front page says so.")
