"""The audit trail in a real browser: accessible, narrow, page by page, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible, must_fit
from tests.web.signed_in import person, store_of
from web import WebApp
from web.audit import verification

SignIn = Callable[[Listed], None]
LONGEST = 120_000
"""Milliseconds in which the history of this run must have been checked."""


@pytest.fixture
def member(served: WebApp, sign_in: SignIn) -> Listed:
    """Somebody who reads."""
    who = person(served, Role.MEMBER)
    store_of(served).audit.sign(at=datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    store_of(served).projector.catch_up()
    sign_in(who)
    return who


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    yield
    for child in verification._children:
        child.wait()
    verification._children.clear()


def test_fifty_more_events_are_added_below_and_the_link_goes_on(page: Page, member: Listed):
    page.goto("/record")
    entries = page.locator(".app-audit a[href^='/record/']")
    before = entries.count()
    page.get_by_role("link", name="Show 50 more").click()
    expect(entries).to_have_count(2 * before)
    expect(page.get_by_role("link", name="Show 50 more")).to_have_count(1)
    expect(page).to_have_url(re.compile("/record$"))


def test_a_verification_is_followed_until_it_ends(page: Page, member: Listed):
    page.goto("/verify")
    page.get_by_role("button", name="Check now").click()
    expect(page.locator("#verification [role=status]")).to_contain_text("is being checked since")
    must_be_accessible(page)
    expect(page.locator("#result-heading")).to_have_text("No. All entries are as they were written", timeout=LONGEST)
    expect(page.locator("[hx-trigger]")).to_have_count(0)
    must_be_accessible(page)
    must_fit(page)


def test_a_member_finds_an_event_and_its_receipt_without_scripts(plain: Page, plain_sign_in: SignIn, member: Listed):
    plain_sign_in(member)
    plain.goto("/record")
    plain.get_by_text("Choose entries").click()
    plain.get_by_label("Look for").fill("front door")
    plain.get_by_role("button", name="Show entries").click()
    plain.locator(".app-audit a[href^='/record/']").first.click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text(re.compile("front door", re.IGNORECASE))
    with plain.expect_download() as download:
        plain.get_by_role("button", name="Keep a receipt").click()
    assert re.fullmatch(r"entry-\d+\.json", download.value.suggested_filename)
    plain.goto("/verify")
    plain.get_by_role("button", name="Check now").click()
    expect(plain.get_by_role("link", name="See how far it is")).to_be_visible()
