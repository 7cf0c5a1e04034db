"""A call from Ofsted in a real browser: days proposed and changed, the page that leads with it, the list on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible, must_fit
from tests.web.demo_app import GATESHEAD, LEICESTERSHIRE
from tests.web.signed_in import person
from web import WebApp

CALLED = {True: GATESHEAD, False: LEICESTERSHIRE}
"""Who is called with scripts, and without."""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_days_on_site_are_proposed_changed_and_lead_the_page(
    request: pytest.FixtureRequest, served: WebApp, scripts: bool
):
    page: Page = request.getfixturevalue("page" if scripts else "plain")
    who: Listed = person(served, Role.OFFICER)
    request.getfixturevalue("sign_in" if scripts else "plain_sign_in")(who)
    page.goto(f"/authorities/{CALLED[scripts]}/record/call")
    page.get_by_label("A short inspection").check()
    day = page.get_by_role("group", name="Day of the call")
    for part, text in (("Day", "24"), ("Month", "8"), ("Year", "2026")):
        day.get_by_label(part).fill(text)
    page.get_by_role("button", name="Propose the days on site").click()
    first = page.get_by_role("group", name="First day on site, as named (optional)")
    expect(first.get_by_label("Day")).to_have_value("1")
    expect(page.get_by_text("Proposed by R-100")).to_be_visible()
    first.get_by_label("Day").fill("2")
    page.get_by_label("How do you know?").fill("Ofsted’s notification")
    if scripts:
        must_be_accessible(page)
        must_fit(page)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Recorded: call from Ofsted.")
    page.goto(f"/authorities/{CALLED[scripts]}?as_at=2026-08-25")
    expect(page.locator(".card.called")).to_contain_text("Inspectors come on Wednesday 2 September 2026")
    page.get_by_role("link", name="What is asked, day by day").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Monday 24 August 2026 day of the call")


def test_what_is_asked_prints_on_one_sheet(page: Page):
    page.goto(f"/authorities/{GATESHEAD}/call?call=standard&on=2026-09-07")
    page.emulate_media(media="print")
    sheet = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_another_day_is_looked_at_in_place(page: Page):
    page.goto(f"/authorities/{GATESHEAD}/call?call=standard&on=2026-09-07")
    page.get_by_label("What is called").select_option("focused-visit")
    page.get_by_role("button", name="Show these days").click()
    expect(page.locator("#call-list")).to_contain_text("a focused visit, supposed")
    assert "call=focused-visit" in page.url
