"""Meetings and letters in a real browser: accessible, narrow, and whole without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.values.roles import Listed, Role
from domain.values.sealed import subject_of
from tests.browser.test_pages_in_a_browser import must_be_accessible
from tests.browser.test_people_in_a_browser import must_fit
from tests.web.demo_app import GATESHEAD, told
from tests.web.signed_in import person, store_of
from web import WebApp

HELD = date(2020, 6, 17)
RECORD = f"/authorities/{GATESHEAD}/meetings"


@pytest.fixture
def meeting(served: WebApp) -> UUID:
    """A meeting with what the panel saw and a resolution; the same one for every test."""
    store = store_of(served)
    words = {"committee": "Families Overview and Scrutiny Committee", "day": HELD, "held": True, "on": HELD}
    made = store.application.arrange_meeting(GATESHEAD, **words, by=told("a meeting")).meeting
    seen = {"as_at": HELD, "known_at": told("anything").at, "on": HELD}
    store.application.fix_view(made, **seen, by=told("what was seen"))
    wanted = {"text": "That audits be reported. " * 20, "owner": "Head of Safeguarding", "due_on": date(2020, 9, 1)}
    store.application.resolve(made, **wanted, on=HELD, by=told("a resolution"))
    store.projector.catch_up()
    return made


@pytest.fixture
def as_everybody(served: WebApp, sign_in: Callable[[Listed], None]) -> None:
    sign_in(person(served, Role.ADMINISTRATOR, Role.APPROVER, Role.MEMBER))


@pytest.mark.parametrize(
    "address_of_page",
    [
        "/meetings",
        "/meetings/{meeting}",
        "/letters",
        f"{RECORD}/record",
        *(f"{RECORD}/{{meeting}}/record/{kind}" for kind in ("view", "resolution", "done", "withdrawn", "held")),
        f"{RECORD}/{{meeting}}/words/{subject_of(told('a resolution').command)}/erase",
        f"/authorities/{GATESHEAD}/record/engagement-meeting",
    ],
)
def test_the_pages_of_meetings_keep_to_wcag_2_2_aa_and_fit(
    page: Page, as_everybody: None, meeting: UUID, address_of_page: str
):
    page.goto(address_of_page.format(meeting=meeting))
    must_be_accessible(page)
    must_fit(page)


def test_a_refused_form_takes_the_focus_to_its_errors(page: Page, as_everybody: None, meeting: UUID):
    page.goto(f"{RECORD}/{meeting}/record/resolution")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    must_be_accessible(page)
    page.get_by_role("link", name="Enter what was resolved.").click()
    expect(page.locator("#resolved")).to_be_focused()


def test_a_meeting_is_recorded_and_followed_up_without_scripts(
    served: WebApp, browser: Browser, address: str, meeting: UUID
):
    officer = person(served, Role.OFFICER)
    token = store_of(served).sessions.begin(officer, address="127.0.0.1", browser="Chromium")
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        context.add_cookies([{"name": "session", "value": token, "url": address}])
        page = context.new_page()
        page.goto(f"{RECORD}/record")
        page.get_by_label("Name of the committee").fill("Corporate parenting panel")
        for part, typed in (("Day", "3"), ("Month", "3"), ("Year", "2021")):
            page.get_by_label(part, exact=True).fill(typed)
        page.get_by_label("Yes").check()
        page.get_by_label("No plan").check()
        page.get_by_role("button", name="Record").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Corporate parenting panel, 3 March 2021")
        page.get_by_role("link", name="A resolution", exact=True).click()
        page.get_by_label("What was resolved?").fill("That care leavers be heard.\nAt each meeting.")
        page.get_by_role("button", name="Record").click()
        expect(page.get_by_text("That care leavers be heard.")).to_be_visible()
        page.get_by_role("link", name="Scrutiny meetings").first.click()
        page.get_by_role("link", name="Families Overview and Scrutiny Committee").first.click()
        page.get_by_role("link", name="Gateshead: history and what comes next").click()
        expect(page.get_by_text("You are looking at").first).to_be_visible()
