"""A real browser on a real server with the demo history. Skipped, and said so, without Chromium or styles."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from domain.values.roles import Listed
from tests import CHECKOUT
from tests.browser.checks import WIDE
from tests.browser.templates import Shown
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
REFUSED = re.compile("status of (401|404|409|422)")
"""What a browser says of each answer that lets nobody in, finds nothing, or sends a form back."""
STYLES = CHECKOUT / "web" / "static" / "manifest.json"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """The app of one file of tests: what one file tells, no other finds."""
    return demo_app(tmp_path_factory.mktemp("browser"), form_tokens=True)


@pytest.fixture(scope="module")
def shown(served: WebApp) -> Shown:
    """The templates that this file's app shows."""
    return Shown(served)


@pytest.fixture(scope="module")
def address(served: WebApp, shown: Shown) -> Iterator[str]:
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


@dataclass
class Window:
    """One page in a browser of its own, and what was written to its console."""

    page: Page
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def as_new(self) -> Page:
        """The page as nobody has used it yet, but for what the browser may keep of files that never change."""
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(media="screen")
        self.said.clear()
        return self.page

    def must_be_quiet(self) -> None:
        """Nothing went wrong in the page but what was refused on purpose."""
        faults = [text for text in self.said if not REFUSED.search(text)]
        assert not faults, f"the console says {faults}"


def one_window(browser: Browser, address: str, *, scripts: bool) -> Iterator[Window]:
    context = browser.new_context(base_url=address, viewport=WIDE, locale="en-GB", java_script_enabled=scripts)
    yield Window(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def window(browser: Browser, address: str) -> Iterator[Window]:
    """The browser of one file of tests."""
    yield from one_window(browser, address, scripts=True)


@pytest.fixture(scope="module")
def plain_window(browser: Browser, address: str) -> Iterator[Window]:
    """The same without scripts."""
    yield from one_window(browser, address, scripts=False)


@pytest.fixture
def page(window: Window, shown: Shown, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page 1100 pixels wide, with nothing written to its console by the end; and what was to be shown, was."""
    opened = window.as_new()
    with shown.at_least(request.node):
        yield opened
    if opened.url.startswith("http"):
        opened.evaluate("sessionStorage.clear(); localStorage.clear()")
    window.must_be_quiet()


@pytest.fixture
def plain(plain_window: Window) -> Page:
    """A page that runs no scripts."""
    return plain_window.as_new()


def let_in(context: BrowserContext, served: WebApp, address: str, who: Listed) -> None:
    """Sign somebody in, as if they had come through the sign-in page."""
    token = store_of(served).sessions.begin(who, address="127.0.0.1", browser="Chromium")
    context.add_cookies([{"name": "session", "value": token, "url": address}])


@pytest.fixture
def sign_in(served: WebApp, address: str, page: Page) -> Callable[[Listed], None]:
    """Signs a person in on the page."""
    return lambda who: let_in(page.context, served, address, who)


@pytest.fixture
def plain_sign_in(served: WebApp, address: str, plain: Page) -> Callable[[Listed], None]:
    """The same where no scripts run."""
    return lambda who: let_in(plain.context, served, address, who)
