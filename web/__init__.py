"""Where the parts meet: `create_app` puts settings, pages and commands together, and is the only place that does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.routing import Map

from web import cli
from web.store.settings import Settings
from web.store.store import register as register_store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from flask.ctx import RequestContext

STATIC = Path(__file__).resolve().parent / "static"


class WebApp(Flask):
    """The web application. Its pages are opened when the first is asked for; a command needs none and does not wait."""

    def __init__(self, settings: Settings) -> None:
        self._door = RLock()
        self._opening = True  # Flask's own start uses the address map
        self._open = False
        super().__init__("web", static_folder=None)
        self._opening = False
        self.extensions["timeline.settings"] = settings
        self.debug = settings.debug

    def open_pages(self) -> None:
        """Registers everything that answers requests, once; other threads wait until that is done."""
        if self._open:
            return
        with self._door:
            if self._opening or self._open:
                return
            self._opening = True
            try:
                _register_pages(self, self.extensions["timeline.settings"])
                self._open = True
            finally:
                self._opening = False

    @property
    def url_map(self) -> Map:
        self.open_pages()
        return self._url_map

    @url_map.setter
    def url_map(self, addresses: Map) -> None:
        self._url_map = addresses

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.open_pages()
        return super().__call__(environ, start_response)

    def request_context(self, environ: WSGIEnvironment) -> RequestContext:
        self.open_pages()
        return super().request_context(environ)


def create_app(settings: Settings) -> WebApp:
    """The application for these settings, its commands ready; `open_pages` opens the rest before serving."""
    app = WebApp(settings)
    register_store(app, settings)
    cli.register(app)
    return app


def _register_pages(app: WebApp, settings: Settings) -> None:
    from werkzeug.middleware.proxy_fix import ProxyFix

    from web.pages import BLUEPRINTS
    from web.site import compression, errors, filters, htmx, security

    compression.register(app)
    htmx.register(app)
    security.register(app, settings)
    errors.register(app)
    filters.register(app)
    app.jinja_env.globals["stopped_at"] = lambda: app.extensions["timeline"].stopped_at
    addresses = _asset_addresses()
    app.jinja_env.globals["asset"] = lambda name: addresses.get(name, f"/static/{name}")
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.wsgi_app = _with_static_files(app.wsgi_app)  # type: ignore[method-assign]
    if hops := settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _asset_addresses() -> dict[str, str]:
    """Where each browser file is served: its name with the digest, as `web.assets_build` wrote it."""
    manifest = STATIC / "manifest.json"
    names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    return {name: f"/static/{hashed}" for name, hashed in names.items()}


def _with_static_files(wsgi_app: Any) -> Any:
    from whitenoise import WhiteNoise

    from web.site.security import headers_of_a_file

    if not STATIC.exists():
        return wsgi_app
    return WhiteNoise(
        wsgi_app,
        root=STATIC,
        prefix="static/",
        max_age=60,
        immutable_file_test=r"^.+\.[0-9a-f]{12}\..+$",
        add_headers_function=headers_of_a_file,
    )
