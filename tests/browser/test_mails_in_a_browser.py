"""Mails as a browser shows them, and leaving by the link in one: accessible, narrow, nothing fetched."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from flask import render_template
from playwright.sync_api import Page, expect

from projections.news.answers import NewsScope
from tests.browser.checks import must_be_accessible, must_fit
from tests.web.demo_app import HARINGEY
from tests.web.signed_in import store_of
from web import WebApp
from web.news.digest import as_html, digest
from web.news.signed import to_leave

HERE = "https://timeline.council.example"


@pytest.mark.shows("news/mail.html")
def test_a_digest_can_be_read_by_everybody_on_a_narrow_screen(served: WebApp, page: Page):
    with served.app_context():
        scope = NewsScope(urns=frozenset({HARINGEY}))
        found = digest(store_of(served).reader, date(2023, 1, 1), date(2026, 11, 30), scope, address=HERE)
        mail = as_html(found, [("No more of these e-mails", f"{HERE}/follow/leave/x")])
    page.set_content(mail)
    expect(page.get_by_role("link", name="No more of these e-mails")).to_be_visible()
    assert page.get_by_role("listitem").count() > 1
    assert page.locator("img, script, link").count() == 0
    must_fit(page)
    must_be_accessible(page)


@pytest.mark.shows("news/confirm_mail.html")
def test_a_mail_that_asks_to_confirm_an_address_has_one_link(served: WebApp, page: Page):
    with served.app_context():
        mail = render_template("news/confirm_mail.html", link=f"{HERE}/follow/confirm/x", place=HERE)
    page.set_content(mail)
    expect(page.get_by_role("link", name="Yes, mail news to this address")).to_be_visible()
    must_fit(page)
    must_be_accessible(page)


@pytest.mark.shows("news/follow/done.html")
def test_who_leaves_by_the_link_of_a_mail_is_told_that_nothing_more_comes(served: WebApp, address: str, page: Page):
    store = store_of(served)
    key, choice = store.settings.secret_key(), {"urns": [HARINGEY], "kinds": ["reports"]}
    someone = "6f1f0f3e-0d0b-4c9e-9a52-0f4f7a1c2d3e"
    follow = store.followers.keep(UUID(someone), choice=choice, cadence="weekly", address="cas@council.example")
    page.goto(f"{address}/follow/leave/{to_leave(key, follow.id)}")
    page.get_by_role("button", name="No more e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing more is mailed to you")
    must_fit(page)
    must_be_accessible(page)
