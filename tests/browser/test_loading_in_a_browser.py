"""Loading a council's own messy list: pages that stay short on a desk and on a phone, and are read in the dark."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from domain.values.roles import Listed, Role
from tests.browser.checks import NARROW, WIDE, must_be_accessible, must_be_read_in_the_dark_and_on_paper, must_fit
from tests.web.demo_app import GATESHEAD, open_plans
from tests.web.plans.lists.test_messy_lists import MESSY
from tests.web.signed_in import person
from web import WebApp

pytestmark = pytest.mark.skipif(not MESSY.exists(), reason="the messy list of ../shared/data is not here")


@pytest.fixture(scope="module")
def plan(served: WebApp) -> UUID:
    return open_plans(served)[GATESHEAD]


def must_be_at_most(page: Page, *, wide: int, narrow: int) -> None:
    """How tall the page may be on a desk and on a phone."""
    for size, most in ((NARROW, narrow), (WIDE, wide)):
        page.set_viewport_size(size)
        tall = page.evaluate("document.documentElement.scrollHeight")
        assert tall <= most, f"{tall} pixels at {size['width']}"


def must_be_good(page: Page) -> None:
    must_be_accessible(page)
    must_be_read_in_the_dark_and_on_paper(page)
    must_fit(page)


@pytest.mark.shows("plans/spreadsheet/columns.html", "plans/spreadsheet/rows.html")
def test_the_pages_of_a_messy_list_stay_short(
    served: WebApp, page: Page, plan: UUID, sign_in: Callable[[Listed], None]
):
    sign_in(person(served, Role.OFFICER, authorities=[GATESHEAD]))
    page.goto(f"/plans/{plan}/import")
    page.get_by_label("File").set_input_files(MESSY)
    page.get_by_role("button", name="Choose its columns").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do your columns mean?")
    must_be_at_most(page, wide=1_300, narrow=3_500)
    must_be_good(page)
    for box in page.locator("select[name^=finding-]").all():
        if not box.input_value():
            box.select_option("1")
    for box in page.locator("input[name^=owner-]").all():
        box.fill("Head of Service")
    page.get_by_role("button", name="See the").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 to mend")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = false)")
    must_be_at_most(page, wide=2_850, narrow=7_700)
    must_be_good(page)
