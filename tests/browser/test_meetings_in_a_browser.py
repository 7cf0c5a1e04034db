"""Meetings and letters in a real browser: accessible, narrow, and whole without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from domain.meetings.commands import ArrangeMeeting, FixView, Resolve
from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible
from tests.web.demo_app import GATESHEAD, told
from tests.web.signed_in import person, store_of
from web import WebApp

HELD = date(2020, 6, 17)
SignIn = Callable[[Listed], None]
RECORD = f"/authorities/{GATESHEAD}/meetings"


@pytest.fixture
def meeting(served: WebApp) -> UUID:
    """A meeting with what the panel saw and a resolution; the same one for every test."""
    store = store_of(served)
    words = {"committee": "Families Overview and Scrutiny Committee", "day": HELD, "held": True, "on": HELD}
    made = store.application.do(ArrangeMeeting(urn=GATESHEAD, **words), by=told("a meeting")).meeting
    seen = {"as_at": HELD, "known_at": told("anything").at, "on": HELD}
    store.application.do(FixView(made, **seen), by=told("what was seen"))
    wanted = {"text": "That audits be reported. " * 20, "owner": "Head of Safeguarding", "due_on": date(2020, 9, 1)}
    store.application.do(Resolve(made, **wanted, on=HELD), by=told("a resolution"))
    store.projector.catch_up()
    return made


@pytest.fixture
def as_everybody(served: WebApp, sign_in: Callable[[Listed], None]) -> None:
    sign_in(person(served, Role.ADMINISTRATOR, Role.APPROVER, Role.MEMBER))


def test_a_refused_form_takes_the_focus_to_its_errors(page: Page, as_everybody: None, meeting: UUID):
    page.goto(f"{RECORD}/{meeting}/record/resolution")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    must_be_accessible(page)
    page.get_by_role("link", name="Enter what was resolved.").click()
    expect(page.locator("#resolved")).to_be_focused()


def test_a_meeting_is_recorded_and_followed_up_without_scripts(
    served: WebApp, plain: Page, plain_sign_in: SignIn, meeting: UUID
):
    officer = person(served, Role.OFFICER)
    plain_sign_in(officer)
    plain.goto(f"{RECORD}/record")
    plain.get_by_label("Name of the committee").fill("Corporate parenting panel")
    for part, typed in (("Day", "3"), ("Month", "3"), ("Year", "2021")):
        plain.get_by_label(part, exact=True).fill(typed)
    plain.get_by_label("Yes").check()
    plain.get_by_label("No plan").check()
    plain.get_by_role("button", name="Record").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Corporate parenting panel, 3 March 2021")
    plain.get_by_role("link", name="A resolution", exact=True).click()
    plain.get_by_label("What was resolved?").fill("That care leavers be heard.\nAt each meeting.")
    plain.get_by_role("button", name="Record").click()
    expect(plain.get_by_text("That care leavers be heard.")).to_be_visible()
    plain.get_by_role("link", name="Scrutiny meetings").first.click()
    plain.get_by_role("link", name="Families Overview and Scrutiny Committee").first.click()
    plain.get_by_role("link", name="Gateshead: history and what comes next").click()
    expect(plain.get_by_text("You are looking at").first).to_be_visible()
