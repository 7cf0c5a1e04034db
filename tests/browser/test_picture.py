"""The picture in the README can be taken anew."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.picture import take


def test_the_picture_in_the_readme_can_be_taken(browser: Browser, address: str, tmp_path: Path):
    take(browser, address, tmp_path / "authority.png")
    assert (tmp_path / "authority.png").read_bytes().startswith(b"\x89PNG")
