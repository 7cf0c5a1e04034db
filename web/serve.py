"""Prepares the store and serves it with waitress: `python -m web.serve`, on `HOST` and `PORT` (127.0.0.1 and 8000).

Any other WSGI server takes `wsgi:app`."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from waitress.server import create_server

from domain.values.errors import StoreUnavailable
from web import STATIC, create_app
from web.cli.people import set_up_address
from web.england.taking_in import begin
from web.outlook import warm_up
from web.outlook.forecasts import FIRST_ORIGIN
from web.site.demonstration import LOOPBACK, goes_on, is_invented, serve_on
from web.site.upload_limits import MIB
from web.store.settings import LOOPBACK_HOSTS, SettingRefused, Settings
from web.store.store import current_store
from web.words.dates import today

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from waitress.server import BaseWSGIServer, MultiSocketServer

THREADS = 8
LARGEST_BODY = 32 * MIB
"""More than any form may hold, so that the application can say in its own words what is too large: waitress cannot."""


def main() -> None:
    """Prepares the store, opens every page before the first request, then serves until stopped. Exits 2 where it cannot
    start."""
    try:
        settings = Settings.from_environ()
    except SettingRefused as refusal:
        sys.exit(_refused(refusal.format_message()))
    if not STATIC.exists():
        sys.exit(_refused("The browser files are missing: run `make assets`."))
    host = os.environ.get("HOST", "127.0.0.1")
    port = os.environ.get("PORT", "8000")
    os.umask(0o077)
    app = create_app(settings)
    app.open_pages()
    _must_be_free(host, port)
    with app.app_context():
        serve_on(host)
        _prepare()
        _show_the_way_in(host)
        with suppress(StoreUnavailable):
            current_store().uploads.forget_old()
        warm_up.begin(current_store(), first=FIRST_ORIGIN, on=today(), every=warm_up.EVERY)
    server = server_of(app, host, port)
    print(f"Inspection timeline is at http://{host}:{port} (Ctrl+C stops it)", flush=True)
    if host not in (*LOOPBACK_HOSTS, "::1") and settings.trusted_hosts == LOOPBACK_HOSTS:
        print("Set TIMELINE_TRUSTED_HOSTS to the names people use, or only this machine is answered.", file=sys.stderr)
    server.run()


def server_of(app: WSGIApplication, host: str, port: int | str) -> BaseWSGIServer | MultiSocketServer:
    """Waitress with our limits. What a proxy tells of whom it asks for comes through to the application, which believes
    as many proxies as `TIMELINE_PROXY_HOPS` says, and knows by it that there is one."""
    return create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        max_request_body_size=LARGEST_BODY,
        clear_untrusted_proxy_headers=False,
    )


def _prepare() -> None:
    """Make what the store lacks, and take the facts of England into a new one; of another it is said what could be
    taken in. Exits 2 where the store cannot be used."""
    try:
        begun = current_store().migrate()
        if begun:
            print(f"The store is ready. Histories begun: {begun}.", flush=True)
        begin(current_store(), sys.stderr)
    except StoreUnavailable as fault:
        sys.exit(_refused(str(fault)))


def _show_the_way_in(host: str) -> None:
    """While there is no administrator, prints a link of one use that makes the first one; never a password."""
    store = current_store()
    try:
        roll = store.application.people.roll()
        if roll is not None and [one for one in roll.administrators if not is_invented(one.person)]:
            return
        address = set_up_address(store.accounts.make_link(None))
        goes = goes_on()
    except StoreUnavailable as fault:
        sys.exit(_refused(str(fault)))
    print(f"Nobody administers it yet. Whoever opens this link first does; it works once, for a day:\n  {address}")
    if goes:
        print("The demonstration is on: choose a role on the sign-in page. The first real account ends it.")
    elif host in LOOPBACK:
        print("To try any role without an account: load the demonstration on the sign-in page.")
    sys.stdout.flush()


def _must_be_free(host: str, port: str) -> None:
    """Exits 2 in words where the port is taken or is none."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as fault:
        why = fault.strerror or str(fault)
        sys.exit(_refused(f"Port {port} of {host} cannot be used ({why}). Choose another: PORT=8001 make run"))


def _refused(reason: str) -> int:
    print(f"Error: {reason}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
