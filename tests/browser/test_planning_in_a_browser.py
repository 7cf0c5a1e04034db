"""Working on a plan in a real browser, from signing in to done: as an officer, an approver and a member."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.values.plans import Progress
from tests.browser.checks import must_be_accessible, must_fit
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.signed_in import store_of
from tests.web.site.test_demonstration import made
from web import WebApp


@dataclass(frozen=True)
class Scene:
    """The demonstration with its example of a plan."""

    app: WebApp
    plan: UUID

    @property
    def state(self) -> Any:
        return store_of(self.app).application.plans.plan(self.plan).state

    def act(self, kind: str, number: int) -> str:
        return f"/plans/{self.plan}/actions/{number}/record/{kind}"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    app = made(tmp_path_factory.mktemp("planning"))
    app.config["WTF_CSRF_ENABLED"] = True
    plan = tell_example_of_2019(store_of(app).application, at=datetime.now(UTC))
    assert plan is not None
    store_of(app).projector.catch_up()
    return Scene(app, plan)


@pytest.fixture(scope="module")
def served(scene: Scene) -> WebApp:
    return scene.app


def signed_in(page: Page, address: str, role: str) -> Page:
    """The page that was asked for, after signing in to the demonstration on the way."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_role("button", name=role).click()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_an_officer_reports_progress_and_offers_evidence(request: pytest.FixtureRequest, scene: Scene, scripts: bool):
    number = 4 if scripts else 6
    page: Page = request.getfixturevalue("page" if scripts else "plain")
    signed_in(page, scene.act("progress", number), "Officer")
    expect(page.locator("main")).to_contain_text("Last update")
    page.get_by_role("radio", name="Complete", exact=True).check()
    page.get_by_label("What is new? (optional)").fill("Every child has it.")
    page.get_by_label("Day", exact=True).fill("")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("must include a day")
    if scripts:
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        must_be_accessible(page)
    expect(page.get_by_label("What is new? (optional)")).to_have_value("Every child has it.")
    page.get_by_label("Day", exact=True).fill("1")
    page.get_by_role("button", name="Record").click()
    expect(page).to_have_url(re.compile(rf"/plans/{scene.plan}/actions/{number}$"))
    page.goto(scene.act("evidence", number))
    page.get_by_label("What shows that it was done?").fill("Audit of October")
    page.get_by_label("Link to it").fill("https://example.gov.uk/audit")
    page.get_by_role("button", name="Record").click()
    expect(page).to_have_url(re.compile(rf"/plans/{scene.plan}/actions/{number}$"))
    assert scene.state.actions[number].progress is Progress.COMPLETE
    assert len(scene.state.actions[number].evidence) == 1


def test_an_approver_accepts_what_somebody_else_reported(page: Page, scene: Scene):
    signed_in(page, scene.act("accept", 2), "Approver")
    expect(page.locator("main")).to_contain_text("Training record")
    must_be_accessible(page)
    page.get_by_role("button", name="Accept").click()
    expect(page).to_have_url(re.compile(rf"/plans/{scene.plan}/actions/2$"))
    assert scene.state.actions[2].accepted is not None


def test_a_member_asks_by_keyboard_and_takes_the_question_back(page: Page, scene: Scene):
    before = set(scene.state.challenges)
    signed_in(page, f"/plans/{scene.plan}/ask?action=3", "Member")
    must_be_accessible(page)
    page.get_by_label("What do you want to know?").focus()
    page.keyboard.type("What did the consultation change?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/plans/{scene.plan}/actions/3$"))
    (asked,) = set(scene.state.challenges) - before
    page.goto(f"/plans/{scene.plan}/questions/{asked}/withdraw")
    expect(page.locator("main")).to_contain_text("What did the consultation change?")
    must_be_accessible(page)
    page.get_by_label("Why?").fill("It was answered at the meeting.")
    page.get_by_role("button", name="Withdraw the question").click()
    expect(page).to_have_url(re.compile(rf"/plans/{scene.plan}/actions/3$"))
    assert scene.state.challenges[asked].withdrawn is not None


@pytest.mark.shows("plans/commands/_changed.html", "plans/commands/_versions.html")
def test_the_second_of_two_officers_sees_both_versions_and_sends_theirs_on_top(
    page: Page, browser: Browser, address: str, scene: Scene
):
    with browser.new_context(base_url=address) as theirs:
        mine = signed_in(page, scene.act("progress", 3), "Officer")
        mine.get_by_label("What is new? (optional)").fill("The second round is over.")
        other = signed_in(theirs.new_page(), scene.act("owner", 3), "Approver")
        other.get_by_label("Which office owns it now?").fill("Director of practice")
        other.get_by_role("button", name="Record").click()
        expect(other).to_have_url(re.compile("/actions/3$"))
        mine.get_by_role("button", name="Record").click()
        expect(mine.locator(".govuk-error-summary")).to_be_focused()
        expect(mine).to_have_title(re.compile("^Error: Report progress"))
        expect(mine.locator("#theirs")).to_contain_text("to Director of practice")
        expect(mine.locator("#yours")).to_contain_text("The second round is over.")
        must_be_accessible(mine)
        must_fit(mine)
        mine.get_by_role("button", name="Send mine on top of theirs").click()
        expect(mine).to_have_url(re.compile("/actions/3$"))
    assert scene.state.actions[3].owner == "Director of practice"
    assert scene.state.actions[3].last.by != "demo"


def test_words_are_erased_on_a_page_that_shows_them_first(page: Page, scene: Scene):
    subject = scene.state.actions[1].narrative.sealed.subject
    signed_in(page, f"/plans/{scene.plan}/words/{subject}/erase", "Administrator")
    expect(page.locator("main")).to_contain_text("All teams use the standard.")
    must_be_accessible(page)
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    must_be_accessible(page)
    must_fit(page)
    page.get_by_label("Why are they erased?").fill("A name was in it.")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Erase for good").click()
    expect(page).to_have_url(re.compile(rf"/plans/{scene.plan}$"))
    assert subject in scene.state.erased
