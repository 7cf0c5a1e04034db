"""Journeys counted in pages: thirty updates in one sitting, and a member's question from the start page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, Request, expect

from domain.facts import Told
from domain.plans.action_commands import ReportProgress
from domain.plans.commands import AddAction
from domain.values.plans import Figure, Progress, Track
from domain.values.roles import Listed, Role
from domain.values.statements import Source
from tests.browser.checks import must_be_accessible, must_be_read_in_the_dark_and_on_paper, must_fit
from tests.web.demo_app import HARINGEY, open_plans
from tests.web.signed_in import person, store_of
from web import WebApp
from web.words.dates import today

SignIn = Callable[[Listed], None]

OFFICE = "Improvement office"
MANY = 30


@pytest.fixture(scope="module")
def plan(served: WebApp) -> UUID:
    """A plan with thirty actions of one office, each begun, with a measure."""
    made, door = open_plans(served, [HARINGEY])[HARINGEY], store_of(served).application
    (finding, *_) = door.plans.plan(made).state.findings
    begun = date(2026, 8, 10)
    for number in range(MANY):
        add = AddAction(
            made,
            findings=[finding],
            what=f"Step {number + 1} of the improvement",
            owner=OFFICE,
            due_on=today() + timedelta(days=60 + number),
            measure="Share held",
            unit="%",
            target=Figure("90"),
            on=begun,
        )
        told = Told("local", UUID(int=100 + number), Source("form", "Form"), datetime(2026, 8, 10, 9, tzinfo=UTC))
        action = door.do(add, by=told).made
        assert isinstance(action, int)
        report = ReportProgress(
            made, action, progress=Progress.IN_PROGRESS, track=Track.AT_RISK, now=Figure("60"), on=begun
        )
        again = Told("local", UUID(int=200 + number), Source("form", "Form"), datetime(2026, 8, 10, 10, tzinfo=UTC))
        door.do(report, by=again)
    store_of(served).projector.catch_up()
    return made


@contextmanager
def pages_loaded(page: Page, most: int) -> Iterator[list[str]]:
    """The addresses of the pages that the browser loads meanwhile; more than `most` fail. What leads on is none."""
    found: list[str] = []

    def heard(request: Request) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame and not request.redirected_from:
            found.append(f"{request.method} {request.url}")

    page.on("request", heard)
    try:
        yield found
    finally:
        page.remove_listener("request", heard)
    assert 0 < len(found) <= most, found


def test_thirty_updates_take_at_most_five_pages(plain: Page, served: WebApp, plan: UUID, plain_sign_in: SignIn):
    plain_sign_in(person(served, Role.OFFICER, authorities=[HARINGEY], office=OFFICE))
    before = store_of(served).application.ledger.max_position()
    with pages_loaded(plain, most=5) as loaded:
        plain.goto("/my-work")
        plain.get_by_role("link", name=re.compile("^Update")).click()
        rows = plain.locator("tbody tr")
        expect(rows).to_have_count(MANY)
        for number in range(MANY):
            row = rows.nth(number)
            row.get_by_label(re.compile("^Confidence")).select_option("On track")
            row.get_by_label(re.compile("^Measure now")).fill("6 1" if number == 4 else "61")
        plain.get_by_role("button", name="Save what changed").click()
        expect(plain.locator(".govuk-error-summary a")).to_have_count(1)
        plain.locator("tr.row-wrong").get_by_label(re.compile("^Measure now")).fill("61")
        plain.get_by_role("button", name="Save what changed").click()
        expect(plain).to_have_url(re.compile(rf"/plans/{plan}$"))
    assert len(loaded) == 4, "one of them for a figure that was mistyped; by single forms it was ninety"
    assert store_of(served).application.ledger.max_position() == before + MANY
    actions = store_of(served).application.plans.plan(plan).state.actions
    assert {one.track for one in actions.values() if one.owner == OFFICE} == {Track.ON_TRACK}


@pytest.mark.shows("plans/updates/page.html", "plans/updates/_row.html")
def test_the_grid_is_read_by_everybody_with_its_errors(page: Page, served: WebApp, plan: UUID, sign_in: SignIn):
    sign_in(person(served, Role.OFFICER, authorities=[HARINGEY], office="Another office"))
    page.goto(f"/plans/{plan}/update?all=1")
    page.get_by_label("Measure now of action 2", exact=True).fill("many")
    page.get_by_label("Progress of action 3", exact=True).select_option("Complete")
    expect(page.get_by_label("Confidence of action 3", exact=True)).to_be_hidden()
    page.get_by_label("What happened of action 4", exact=True).fill("A second audit.")
    expect(page.locator("#action-3-progress-was")).to_have_text("was in progress")
    page.get_by_role("button", name="Save 3 changes").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator("tr.row-saved")).to_have_count(2)
    expect(page.get_by_label("Measure now of action 2", exact=True)).to_have_value("many")
    must_be_accessible(page)
    must_be_read_in_the_dark_and_on_paper(page)
    must_fit(page)


def test_a_member_asks_from_the_start_page_in_at_most_four_pages(plain: Page, served: WebApp, plain_sign_in: SignIn):
    plain_sign_in(person(served, Role.MEMBER))
    with pages_loaded(plain, most=4):
        plain.goto("/")
        plain.get_by_role("search").first.get_by_role("searchbox").fill("Haringey")
        plain.keyboard.press("Enter")
        plain.get_by_role("link", name=re.compile("^Ask a question")).first.click()
        plain.get_by_label("What do you want to know?").fill("What shows that it helps?")
        plain.get_by_role("button", name="Ask").click()
        expect(plain.get_by_role("heading", level=1)).to_have_text("A member’s question")
    plain.goto("/my-work")
    expect(plain.locator("main")).to_contain_text("What shows that it helps?")
