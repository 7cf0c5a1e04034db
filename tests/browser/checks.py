"""What every page must keep to in a browser, whatever it shows: WCAG 2.2 AA as axe reads it, and a narrow screen."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1100, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 800}

RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}

ASKED = """async (rules) => {
    document.querySelectorAll('details').forEach(details => { details.open = true });
    return { violations: (await axe.run(document, rules)).violations };
}"""
"""With everything unfolded. Only what is wrong is handed over: what is right is longer than the page."""


def must_be_accessible(page: Page) -> None:
    """No rule of axe finds fault with what the page shows now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate(ASKED, RULES))
    assert found.violations_count == 0, found.generate_report()


CONTRAST: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
"""What another scheme or paper can change of what axe finds."""


def must_be_read_in_the_dark_and_on_paper(page: Page) -> None:
    """What the page shows keeps its contrast in the dark scheme and in print; it is looked at in light afterwards."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for where in ("dark", "print"):
        page.emulate_media(color_scheme="dark", media="print" if where == "print" else "screen")
        found = AxeResults(page.evaluate(ASKED, CONTRAST))
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"
    page.emulate_media(color_scheme="light", media="screen")


def must_fit(page: Page) -> None:
    """Nothing runs off a screen of 320 pixels. The screen is as wide as it was, afterwards."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size(NARROW)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(before)
    assert wide <= NARROW["width"], f"the page is {wide} pixels wide"
