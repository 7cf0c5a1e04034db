"""With all England: an authority beside others, what is coming up, windows and grades; how tall, and how read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import NARROW, must_be_accessible, must_be_read_in_the_dark_and_on_paper, must_fit
from tests.web.demo_app import LEICESTERSHIRE
from tests.web.england_app import england_app
from web import WebApp

A4 = 688
"""So many pixels are left between the margins of a sheet."""

BESIDE = f"/authorities/{LEICESTERSHIRE}/neighbours"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return england_app(tmp_path_factory.mktemp("england"))


def height(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollHeight")
    return found


@pytest.mark.parametrize(
    ("where", "wide", "narrow"),
    [
        (BESIDE, 1750, 4100),
        ("/coming-up", 1500, 2400),
        (f"/authorities/{LEICESTERSHIRE}/window", 1600, 3300),
    ],
)
def test_a_page_is_no_taller_than_it_needs_to_be(page: Page, where: str, wide: int, narrow: int):
    page.goto(where)
    assert height(page) <= wide
    page.set_viewport_size(NARROW)
    assert height(page) <= narrow


@pytest.mark.shows("outlook/window/page.html", "charts/month_bars.html", "charts/next_expected.html")
def test_when_ofsted_will_inspect_is_read_by_everybody(page: Page):
    page.goto(f"/authorities/{LEICESTERSHIRE}/window")
    must_fit(page)
    must_be_accessible(page)
    must_be_read_in_the_dark_and_on_paper(page)


@pytest.mark.parametrize("where", [BESIDE, f"{BESIDE}?beside=kind", "/windows?region=London", "/coming-up"])
def test_a_comparison_is_read_by_everybody(page: Page, where: str):
    page.goto(where)
    must_fit(page)
    must_be_accessible(page)
    must_be_read_in_the_dark_and_on_paper(page)


@pytest.mark.parametrize("where", [BESIDE, "/coming-up", "/regions/London"])
def test_no_table_is_cut_off_on_paper(page: Page, where: str):
    page.goto(where)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 1000})
    cut = """[...document.querySelectorAll('.wide')].filter(one => one.scrollWidth > one.clientWidth + 1).length"""
    assert page.evaluate("document.querySelectorAll('.wide').length") > 0
    assert page.evaluate(cut) == 0


@pytest.mark.shows("compared/region.html", "charts/grades_through_time.html")
def test_grades_through_the_years_are_read_by_everybody(page: Page):
    page.goto("/regions/London")
    expect(page.locator("svg[role=img]:visible")).to_have_count(1)
    must_fit(page)
    must_be_accessible(page)
    must_be_read_in_the_dark_and_on_paper(page)


def test_windows_are_narrowed_in_place(page: Page):
    page.goto("/windows")
    page.get_by_label("Region").select_option("London")
    expect(page.locator("#results .lede")).to_contain_text("in London")
    expect(page).to_have_url(re.compile(r"/windows\?region=London$"))


def test_one_chooses_whom_to_stand_beside_without_scripts(plain: Page):
    plain.goto(BESIDE)
    plain.get_by_role("link", name="Choose my own").click()
    plain.get_by_label("Add an authority").select_option("Leeds")
    plain.get_by_role("button", name="Add").click()
    plain.get_by_label("Add an authority").select_option("Derby")
    plain.get_by_role("button", name="Add").click()
    expect(plain.locator(".compared tbody th a")).to_have_count(2)
    plain.get_by_role("link", name="Leave out Leeds").click()
    expect(plain.locator(".compared tbody th a")).to_have_text(["Derby"])
