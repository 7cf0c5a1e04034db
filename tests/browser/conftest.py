"""A real browser on a real server with the demo history. Skipped, and said so, without Chromium or styles."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from domain.values.roles import Listed
from tests import CHECKOUT
from tests.web.demo_app import demo_app
from tests.web.signed_in import store_of
from web import WebApp

SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STYLES = CHECKOUT / "web" / "static" / "manifest.json"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """The app of one file of tests: what one file tells, no other finds."""
    return demo_app(tmp_path_factory.mktemp("browser"), form_tokens=True)


@pytest.fixture(scope="module")
def address(served: WebApp) -> Iterator[str]:
    """Where its server listens."""
    if not STYLES.exists():
        pytest.skip("BROWSER TESTS DID NOT RUN: no styles are built. Run: python -m web.assets_build")
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("BROWSER TESTS DID NOT RUN: no Chromium was found on this machine.")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page 1100 pixels wide, with nothing written to its console by the end."""
    context = browser.new_context(base_url=address, viewport={"width": 1100, "height": 900}, locale="en-GB")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    faults = [text for text in said if "422 (UNPROCESSABLE" not in text.upper()]
    assert not faults, f"the console says {faults}"


@pytest.fixture
def sign_in(served: WebApp, address: str, page: Page) -> Callable[[Listed], None]:
    """Signs a person in on the page, as if they had come through the sign-in page."""

    def begin(person: Listed) -> None:
        token = store_of(served).sessions.begin(person, address="127.0.0.1", browser="Chromium")
        page.context.add_cookies([{"name": "session", "value": token, "url": address}])

    return begin
