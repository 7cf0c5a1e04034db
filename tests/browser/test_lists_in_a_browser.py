"""Actions, questions and findings in a real browser: accessible, narrow, by keyboard and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible
from tests.web.demo_app import HARINGEY
from tests.web.lists_app import OFFICE, ON, tell_plans
from tests.web.signed_in import person
from web import WebApp

SignIn = Callable[[Listed], None]


@pytest.fixture
def officer(served: WebApp, sign_in: Callable[[Listed], None]) -> Listed:
    """An officer of Haringey, signed in, in a store with two plans."""
    tell_plans(served)
    who = person(served, Role.OFFICER, authorities=[HARINGEY], office=OFFICE)
    sign_in(who)
    return who


def test_findings_answer_while_one_types_and_back_returns_to_the_whole(page: Page, officer: Listed):
    page.goto(f"/findings?{ON}")
    region = page.locator("#results-count").element_handle()
    whole = page.locator("#results ol > li").count()
    box = page.get_by_label("Words in the finding")
    box.press_sequentially("unalloc")
    expect(page.locator("#hits-heading")).to_have_text("1 finding with “unalloc”")
    expect(page.locator("#results-count")).to_have_text(f"1 of {whole} findings, of 1 authority")
    expect(page.locator("mark")).to_have_text("unallocated")
    expect(box).to_be_focused()
    expect(page).to_have_url(re.compile(rf"/findings\?q=unalloc&{ON}$"))
    assert region is not None
    assert region.evaluate("element => element.isConnected"), "a region that is replaced is not read out"
    must_be_accessible(page)
    page.go_back()
    expect(page.locator("#results ol > li")).to_have_count(whole)
    expect(box).to_have_value("")


def test_an_officer_narrows_their_work_in_place(page: Page, officer: Listed):
    page.goto(f"/my-work/actions?{ON}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Actions due in your authorities")
    page.locator("summary", has_text="More filters").click()
    page.get_by_label("Office that owns the action").select_option("Director")
    expect(page.locator("#results-count")).to_have_text("1 due in 30 days")
    expect(page).to_have_url(re.compile(rf"/my-work/actions\?work=mine&office=Director&{ON}$"))
    page.get_by_role("link", name="Show those of all authorities").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Actions due")
    expect(page.locator("#results")).to_contain_text("Gateshead")


def test_the_lists_work_without_scripts(served: WebApp, plain: Page, plain_sign_in: SignIn):
    tell_plans(served)
    plain_sign_in(person(served, Role.MEMBER))
    plain.goto(f"/my-work/questions?{ON}")
    plain.get_by_label("State").select_option("Answered")
    plain.get_by_role("button", name="Show questions").click()
    expect(plain).to_have_url(re.compile(rf"/my-work/questions\?state=answered&{ON}$"))
    expect(plain.locator("li[id^=q-]")).to_have_count(1)
    plain.goto(f"/findings?{ON}")
    plain.get_by_label("Words in the finding").fill("oversight")
    plain.get_by_role("button", name="Show findings").click()
    expect(plain.locator("mark").first).to_have_text("oversight")
    plain.goto(f"/my-work/actions?{ON}")
    plain.locator("summary", has_text="More filters").click()
    plain.get_by_label("What is waited for").select_option("Overdue")
    plain.get_by_role("button", name="Show actions").click()
    expect(plain.locator("#results h2")).to_have_count(1)


def test_the_keyboard_goes_from_the_words_to_what_was_found(page: Page, officer: Listed):
    page.goto(f"/findings?{ON}")
    page.get_by_label("Words in the finding").focus()
    page.keyboard.type("unallocated")
    page.keyboard.press("Enter")
    expect(page.locator("#hits-heading")).to_have_text("1 finding with “unallocated”")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    wanted = ["Show findings", "Clear filters", "More filters", "Haringey"]
    places = [reached.index(name) for name in wanted]
    assert places == sorted(places), reached
