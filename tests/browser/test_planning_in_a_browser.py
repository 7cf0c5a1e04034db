"""Working on a plan in a real browser, from signing in to done: as an officer, an approver and a member."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from domain.values.plans import Progress
from tests.browser.test_pages_in_a_browser import must_be_accessible
from tests.browser.test_people_in_a_browser import must_fit
from tests.web.demo_app import GATESHEAD
from tests.web.signed_in import store_of
from tests.web.site.test_demonstration import made
from web import WebApp
from web.demo.plan import tell_demo_plan
from web.plans.command_table import ACTION_WORK, PLAN_WORK

EXPECTED = re.compile("status of (409|422)")
WIDE = {"width": 1100, "height": 900}


@dataclass(frozen=True)
class Scene:
    """The demonstration with its example of a plan, served to this machine."""

    app: WebApp
    plan: UUID
    address: str

    @property
    def state(self) -> Any:
        return store_of(self.app).application.plan(self.plan).state

    def act(self, kind: str, number: int) -> str:
        return f"/plans/{self.plan}/actions/{number}/record/{kind}"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    app = made(tmp_path_factory.mktemp("planning"))
    app.config["WTF_CSRF_ENABLED"] = True
    plan = tell_demo_plan(store_of(app).application, at=datetime.now(UTC))
    assert plan is not None
    store_of(app).projector.catch_up()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Scene(app, plan, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    thread.join()


def signed_in(context: BrowserContext, address: str, role: str) -> Page:
    """The page that was asked for, after signing in to the demonstration on the way."""
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_role("button", name=role).click()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    return page


@contextmanager
def new_context(browser: Browser, scene: Scene, **words: Any) -> Iterator[BrowserContext]:
    """A browser of one person's, with nothing written to its console by the end but what was refused."""
    said: list[str] = []
    with browser.new_context(base_url=scene.address, viewport=WIDE, locale="en-GB", **words) as context:
        context.on("console", lambda message: said.append(message.text))
        yield context
    assert [text for text in said if not EXPECTED.search(text)] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_an_officer_reports_progress_and_offers_evidence(browser: Browser, scene: Scene, scripts: bool):
    number = 4 if scripts else 6
    with new_context(browser, scene, java_script_enabled=scripts) as context:
        page = signed_in(context, scene.act("progress", number), "Officer")
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


def test_an_approver_accepts_what_somebody_else_reported(browser: Browser, scene: Scene):
    with new_context(browser, scene) as context:
        page = signed_in(context, scene.act("accept", 2), "Approver")
        expect(page.locator("main")).to_contain_text("Training record")
        must_be_accessible(page)
        page.get_by_role("button", name="Accept").click()
        expect(page).to_have_url(re.compile(rf"/plans/{scene.plan}/actions/2$"))
    assert scene.state.actions[2].accepted is not None


def test_a_member_asks_by_keyboard_and_takes_the_question_back(browser: Browser, scene: Scene):
    before = set(scene.state.challenges)
    with new_context(browser, scene) as context:
        page = signed_in(context, f"/plans/{scene.plan}/ask?action=3", "Member")
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


def test_the_second_of_two_officers_sees_both_versions_and_sends_theirs_on_top(browser: Browser, scene: Scene):
    with new_context(browser, scene) as ours, new_context(browser, scene) as theirs:
        mine = signed_in(ours, scene.act("progress", 3), "Officer")
        mine.get_by_label("What is new? (optional)").fill("The second round is over.")
        other = signed_in(theirs, scene.act("owner", 3), "Approver")
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
        mine.set_viewport_size(WIDE)
        mine.get_by_role("button", name="Send mine on top of theirs").click()
        expect(mine).to_have_url(re.compile("/actions/3$"))
    assert scene.state.actions[3].owner == "Director of practice"
    assert scene.state.actions[3].last.by != "demo"


def test_every_form_keeps_to_wcag_2_2_aa_and_fits(browser: Browser, scene: Scene):
    plan = f"/plans/{scene.plan}/record"
    addresses = [f"{plan}/{kind}" for kind in PLAN_WORK] + [scene.act(kind, 5) for kind in ACTION_WORK]
    addresses += [f"/authorities/{GATESHEAD}/plans/open", f"/authorities/{GATESHEAD}/plan-labels"]
    with new_context(browser, scene) as context:
        page = signed_in(context, addresses[0], "Approver")
        for address in addresses:
            page.set_viewport_size(WIDE)
            page.goto(address)
            must_be_accessible(page)
            must_fit(page)


def test_words_are_erased_on_a_page_that_shows_them_first(browser: Browser, scene: Scene):
    subject = scene.state.actions[1].narrative.sealed.subject
    with new_context(browser, scene) as context:
        page = signed_in(context, f"/plans/{scene.plan}/words/{subject}/erase", "Administrator")
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
