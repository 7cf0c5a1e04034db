"""`python -m tests.browser.picture FILE`: the picture of an authority's page in the README, from the demonstration."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging import WARNING, getLogger
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from tests.browser.conftest import SWITCHES
from web import create_app
from web.store.settings import Settings

PAGE = "/authorities/80498"
"""Haringey, as it stands on the day on which the picture is taken."""

WIDTH, HEIGHT, SCALE = 1150, 1020, 0.7
LARGEST = 150_000
"""Bytes."""


def take(browser: Browser, address: str, file: Path) -> None:
    """Write the upper part of the page to a PNG file."""
    page = browser.new_page(
        base_url=address, viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE, locale="en-GB"
    )
    answer = page.goto(PAGE)
    assert answer is not None
    assert answer.ok, answer
    page.screenshot(path=file, animations="disabled")
    page.close()
    assert file.stat().st_size < LARGEST, f"{file.name} has {file.stat().st_size:,} bytes"


@contextmanager
def demonstration(home: Path) -> Iterator[str]:
    """A server of the demonstration as `make run` shows it; gives its address."""
    app = create_app(Settings(home=home))
    for command in (["store", "migrate"], ["demo"]):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output
    getLogger("werkzeug").setLevel(WARNING)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("There is no Chromium on this machine.", file=sys.stderr)
        return 2
    with TemporaryDirectory() as home, demonstration(Path(home)) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=SWITCHES)
        take(browser, address, Path(sys.argv[1]))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
