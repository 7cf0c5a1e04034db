"""Two dates compared, entries put right, and what sources said: axe, narrow screens, and no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from domain.values.roles import Listed, Role
from tests.web.demo_app import GATESHEAD, HARINGEY, open_plans
from tests.web.signed_in import person, store_of
from web import WebApp
from web.authorities.correcting import CORRECTIONS

COMPARE = f"/authorities/{HARINGEY}/compare?from=2018-01-01&to=2026-09-01"
SOURCES = f"/authorities/{GATESHEAD}/sources?on=2026-09-01"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
NARROW = {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def plan(served: WebApp) -> UUID:
    return open_plans(served)[GATESHEAD]


@pytest.fixture
def as_officer(served: WebApp, sign_in: Callable[[Listed], None]) -> None:
    sign_in(person(served, Role.OFFICER, office="Improvement officer"))


def entry(served: WebApp) -> str:
    """The graded report of 2018."""
    with served.app_context():
        entries = store_of(served).application.authority(HARINGEY).activities
    return next(str(one.id) for one in entries if one.published and one.published.isoformat() == "2018-12-14")


def form(served: WebApp, kind: str) -> str:
    return f"/authorities/{HARINGEY}/entries/{entry(served)}/correct/{kind}"


def must_be_accessible(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def must_fit(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW["width"], f"the page is {wide} pixels wide"


@pytest.mark.parametrize("where", [COMPARE, f"{COMPARE}&from_known=2020-01-01&to_known=2099-01-01", SOURCES])
def test_pages_of_time_keep_to_wcag_2_2_aa_and_fit_a_narrow_screen(page: Page, where: str):
    page.goto(where)
    must_be_accessible(page)
    page.set_viewport_size(NARROW)
    must_fit(page)


def test_a_compared_plan_keeps_to_wcag_2_2_aa_and_fits_a_narrow_screen(page: Page, as_officer: None, plan: UUID):
    page.goto(f"/plans/{plan}/compare?from=2019-01-01&to=2020-01-01")
    expect(page.locator("#results")).to_contain_text("Action 1")
    must_be_accessible(page)
    page.set_viewport_size(NARROW)
    must_fit(page)


@pytest.mark.parametrize("kind", CORRECTIONS)
def test_every_correction_keeps_to_wcag_2_2_aa_and_fits(page: Page, served: WebApp, as_officer: None, kind: str):
    page.goto(form(served, kind))
    must_be_accessible(page)
    page.set_viewport_size(NARROW)
    must_fit(page)


def test_a_refused_correction_takes_the_focus_to_its_errors(page: Page, served: WebApp, as_officer: None):
    page.goto(form(served, "grade"))
    page.get_by_role("button", name="Correct the grade").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter why, in a sentence.")
    must_be_accessible(page)


def test_other_dates_are_compared_in_place_and_the_address_follows(page: Page):
    page.goto(COMPARE)
    page.get_by_label("True on, earlier").fill("2025-01-01")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#results")).to_contain_text("What happened from 1 January 2025 to 1 September 2026")
    expect(page).to_have_url(re.compile("from=2025-01-01"))


def test_two_dates_are_compared_and_an_entry_is_corrected_without_scripts(
    browser: Browser, address: str, served: WebApp
):
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(COMPARE)
        page.get_by_label("True on, earlier").fill("2025-01-01")
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("#results")).to_contain_text("What happened from 1 January 2025")
        token = store_of(served).sessions.begin(person(served, Role.OFFICER), address="127.0.0.1", browser="Chromium")
        context.add_cookies([{"name": "session", "value": token, "url": address}])
        page.goto(form(served, "date"))
        page.get_by_label("Which date?").select_option("published")
        for part, text in (("day", "17"), ("month", "12"), ("year", "2018")):
            page.locator(f"#now-{part}").fill(text)
        page.get_by_label("Why?").fill("The front page says so.")
        page.get_by_label("Where did you read this?").fill("Ofsted report of December 2018")
        page.get_by_role("button", name="Correct the date").click()
        expect(page.locator(".govuk-notification-banner")).to_contain_text("The date was corrected.")
        expect(page.locator("#readings")).to_contain_text("The front page says so.")
