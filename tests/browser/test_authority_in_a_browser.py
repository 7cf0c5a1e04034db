"""The page of an authority with all England: what stands on its first screen, how tall it is, and how it is printed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import NARROW, must_be_accessible, must_be_read_in_the_dark_and_on_paper, must_fit
from tests.web.demo_app import LEICESTERSHIRE
from tests.web.england_app import england_app
from web import WebApp

PAGE = f"/authorities/{LEICESTERSHIRE}"
WITHOUT_OVERALL = "/authorities/80573"
ENDED = "/authorities/80457"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return england_app(tmp_path_factory.mktemp("england"))


def height(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollHeight")
    return found


def bottom(page: Page, selector: str) -> float:
    found: float = page.locator(selector).first.evaluate("one => one.getBoundingClientRect().bottom")
    return found


def test_the_whole_answer_stands_on_the_first_screen(page: Page):
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto(PAGE)
    assert bottom(page, ".known") <= 752
    assert height(page) <= 2300


def test_on_a_phone_what_comes_next_and_all_grades_stand_on_the_first_screen(page: Page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(PAGE)
    assert bottom(page, ".answer-line") <= 260
    assert bottom(page, ".grades") <= 600
    assert height(page) <= 4700


def test_the_grade_is_the_largest_word_of_the_answer(page: Page):
    page.goto(PAGE)
    sizes = page.locator(".answer *").evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    grade = page.locator(".answer .g.xl").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert grade == max(sizes)


@pytest.mark.parametrize("where", [PAGE, WITHOUT_OVERALL, ENDED, f"{PAGE}?as_at=2021-10-31"])
def test_an_answer_is_read_by_everybody(page: Page, where: str):
    page.goto(where)
    must_fit(page)
    must_be_accessible(page)
    must_be_read_in_the_dark_and_on_paper(page)


@pytest.mark.parametrize("width", [1100, 900, 640, 320])
def test_no_text_of_a_picture_is_too_small_to_read(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(PAGE)
    shown = page.locator("svg[role=img] text").evaluate_all(
        """all => all.filter(one => one.getBoundingClientRect().width).map(one => {
            const drawing = one.ownerSVGElement;
            return parseFloat(getComputedStyle(one).fontSize) * drawing.getBoundingClientRect().width
                / drawing.viewBox.baseVal.width;
        })"""
    )
    assert len(shown) > 30
    assert min(shown) >= 10.5


def test_a_narrow_screen_sees_the_lanes_of_ten_years(page: Page):
    page.set_viewport_size(NARROW)
    page.goto(PAGE)
    lanes = page.get_by_role("img", name=re.compile("History and expected window of"))
    expect(lanes).to_have_count(1)
    expect(lanes.locator("text", has_text="Focused")).to_be_visible()


def test_on_paper_the_answer_stands_first_and_takes_three_sheets_at_most(page: Page):
    page.goto(PAGE)
    page.emulate_media(media="print")
    sheets = page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
    assert 2 <= sheets <= 3
