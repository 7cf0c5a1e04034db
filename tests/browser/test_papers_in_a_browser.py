"""The committee report and the loading of a list of actions in a real browser: accessible, narrow, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import FilePayload, Page, expect

from domain.plans.action_commands import ReportProgress
from domain.plans.question_commands import AskQuestion
from domain.values.plans import Progress, Track
from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible, must_fit
from tests.web.demo_app import GATESHEAD, open_plans, told
from tests.web.plans.lists.test_spreadsheet import LIST, a_workbook
from tests.web.signed_in import person, store_of
from web import WebApp

SignIn = Callable[[Listed], None]


@pytest.fixture(scope="module")
def plan(served: WebApp) -> UUID:
    opened = open_plans(served)[GATESHEAD]
    store = store_of(served)
    store.application.do(
        ReportProgress(
            opened,
            1,
            progress=Progress.IN_PROGRESS,
            track=Track.OFF_TRACK,
            narrative="Two weeks had a gap.",
            on=date(2019, 9, 2),
        ),
        by=told("the report of September"),
    )
    store.application.do(
        AskQuestion(opened, question="What shows it?", action=1, on=date(2019, 9, 3)),
        by=told("the question of September"),
    )
    store.projector.catch_up()
    return opened


@pytest.fixture
def officer(served: WebApp, sign_in: SignIn) -> Listed:
    who = person(served, Role.OFFICER, authorities=[GATESHEAD])
    sign_in(who)
    return who


def list_of_actions() -> FilePayload:
    return {"name": "plan.xlsx", "mimeType": "application/octet-stream", "buffer": a_workbook(LIST)}


def test_the_report_is_accessible_fits_and_changes_in_place(page: Page, officer: Listed, plan: UUID):
    page.goto(f"/plans/{plan}/report?as_at=2019-10-31")
    page.get_by_text("For which meeting, and which parts").click()
    page.get_by_label("For which meeting?").fill("Children’s scrutiny panel")
    page.locator("#since").fill("2019-07-01")
    page.get_by_role("checkbox", name="Members’ questions").uncheck()
    page.get_by_role("button", name="Show the report").click()
    expect(page.locator("#paper")).to_contain_text("Report to Children’s scrutiny panel")
    expect(page.locator("#paper")).to_contain_text("Moved since 1 July 2019")
    expect(page.locator("#paper-questions")).to_have_count(0)
    assert "since=2019-07-01" in page.url
    must_be_accessible(page)
    must_fit(page)


def test_in_print_only_the_report_is_left(page: Page, officer: Listed, plan: UUID):
    page.goto(f"/plans/{plan}/report?as_at=2019-10-31")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show the report")).to_be_hidden()
    expect(page.locator("#paper-appendix")).to_be_visible()
    expect(page.locator(".app-printed-from")).to_be_visible()


@pytest.mark.shows("plans/spreadsheet/columns.html", "plans/spreadsheet/rows.html")
def test_a_list_of_actions_is_loaded_step_by_step(page: Page, officer: Listed, plan: UUID):
    page.goto(f"/plans/{plan}/import")
    page.get_by_label("File").set_input_files(list_of_actions())
    page.get_by_role("button", name="Choose its columns").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do your columns mean?")
    must_be_accessible(page)
    must_fit(page)
    page.get_by_label("Finding of Supervision").select_option("2")
    page.get_by_label("What Action means").select_option("")
    page.get_by_role("button", name="See the 5 rows").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label("What Action means").select_option("what")
    page.get_by_label("Finding of Supervision").select_option("2")
    page.get_by_role("button", name=re.compile("See the")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("5 rows: 4 ready, 1 to check, 0 to mend")
    must_be_accessible(page)
    must_fit(page)
    page.get_by_label("Due, row 7").fill("31 Sept 2027")
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_role("link", name="Row 7: “31 Sept 2027”: September 2027 has no day 31")).to_be_visible()
    must_be_accessible(page)
    must_fit(page)
    page.get_by_label("Due, row 7").fill("30 Sept 2027")
    page.get_by_role("button", name="Load 4 rows").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 held already")
    must_be_accessible(page)


def test_without_scripts_the_same_steps_work(plain: Page, plain_sign_in: SignIn, served: WebApp, plan: UUID):
    plain_sign_in(person(served, Role.OFFICER, authorities=[GATESHEAD]))
    plain.goto(f"/plans/{plan}/report")
    plain.get_by_text("For which meeting, and which parts").click()
    plain.locator("#since").fill("2019-07-01")
    plain.get_by_role("button", name="Show the report").click()
    expect(plain.locator("#paper")).to_contain_text("Moved since 1 July 2019")
    plain.goto(f"/plans/{plan}/import")
    plain.get_by_label("File").set_input_files(list_of_actions())
    plain.get_by_role("button", name="Choose its columns").click()
    if plain.url.endswith("/rows"):  # another test has said before what its columns mean
        plain.get_by_role("link", name="Change what its columns mean").click()
    plain.get_by_role("button", name="See the 5 rows").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("5 rows: ")
