"""The members' briefing in a real browser: exactly two sheets an authority, accessible, and few clicks away."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import must_be_accessible, must_fit
from tests.web.demo_app import GATESHEAD, HARINGEY, STOCKTON

MOST_CLICKS = 6


def sheets_of(page: Page, address: str) -> int:
    """How many sheets of A4 the page prints on."""
    page.goto(address)
    page.emulate_media(media="print")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    page.emulate_media(media="screen")
    document = pypdfium2.PdfDocument(BytesIO(printed))
    try:
        assert [round(number) for number in document[0].get_size()] == [595, 842]
        return len(document)
    finally:
        document.close()


@pytest.mark.parametrize("urn", [GATESHEAD, HARINGEY, STOCKTON])
def test_a_briefing_on_one_authority_is_printed_on_two_sheets(page: Page, urn: str):
    assert sheets_of(page, f"/authorities/{urn}/briefing?as_at=2026-09-02") == 2


def test_a_briefing_on_several_is_printed_on_two_sheets_each(page: Page):
    assert sheets_of(page, f"/briefing?authority={GATESHEAD}&authority={HARINGEY}&as_at=2026-09-02") == 4


def test_the_briefing_is_accessible_and_fits(page: Page):
    page.goto(f"/briefing?authority={GATESHEAD}&authority={HARINGEY}&as_at=2026-09-02")
    must_be_accessible(page)
    page.goto(f"/authorities/{GATESHEAD}/briefing")
    must_be_accessible(page)
    must_fit(page)
    page.goto("/briefing")
    must_be_accessible(page)
    must_fit(page)


def test_it_is_reached_from_the_start_without_scripts_in_few_clicks(plain: Page):
    """A click is each link, box or button used; the last one takes the Word file."""
    plain.goto("/")
    clicks = 1
    plain.get_by_role("searchbox").first.fill("Gateshead")
    clicks += 1
    plain.get_by_role("button", name="Find").first.click()
    if "/authorities/" not in plain.url:
        clicks += 1
        plain.get_by_role("link", name="Gateshead").first.click()
    clicks += 1
    plain.get_by_role("link", name="Two-page briefing").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Gateshead: children’s services and Ofsted")
    clicks += 1
    with plain.expect_download() as taken:
        plain.get_by_role("link", name="Download as Word").click()
    assert taken.value.suggested_filename.startswith("briefing-")
    assert clicks <= MOST_CLICKS
