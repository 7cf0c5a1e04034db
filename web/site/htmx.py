"""Whole page or part: everything the product knows about htmx. No other module imports `htmx_flask`.

A part is only ever a piece of its page. It is answered when htmx asked, and neither for a boosted link nor to
restore history: both of those want the whole page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, redirect, render_template
from htmx_flask import Htmx, make_response, request

PAGE_OR_PART = "HX-Request, HX-History-Restore-Request, HX-Boosted"
"""The request headers by which a page and its part differ: what a cache must tell apart."""

ERRORS = "#errors"
"""Where the page shows a fault that happened while fetching a part."""


def register(app: Flask) -> None:
    """Makes `request.htmx` known to every request."""
    Htmx(app)


def part_wanted() -> bool:
    """Whether this request wants a piece of a page rather than the page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def page_or_part(page: str, part: str, /, *, push_url: str | None = None, **context: Any) -> Response:
    """The part where htmx asked for it, else the page; both from one context.

    `push_url` is the address to show in the browser after a part was swapped in."""
    if part_wanted():
        response = make_response(render_template(part, **context), push_url=push_url)
    else:
        response = make_response(render_template(page, **context))
    return vary(response)


def fault_part(html: str) -> Response:
    """An error as a part: put into the page's place for errors, whatever the target was."""
    response = make_response(html, retarget=ERRORS, reswap="innerHTML", push_url=False)
    return vary(response)


def go_to(address: str) -> Response:
    """Sends the reader to another page of ours: 303, or `HX-Redirect` where htmx asked.

    A redirect that htmx follows itself would land a whole page inside a part.
    Raises ValueError unless `address` is a path on this site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//") or "\\" in address:
        raise ValueError(f"not an address of this site: {address!r}")
    if part_wanted():
        return vary(make_response("", 204, redirect=address))
    return vary(make_response(redirect(address, code=303)))


def sent_to(response: Response, address: str) -> Response:
    """The same answer, with word to htmx that the reader has to go elsewhere: to sign in again, for one."""
    response.headers["HX-Redirect"] = address
    return response


def vary(response: Response) -> Response:
    """Tells caches which request headers decided what was answered."""
    response.vary.update(name.strip() for name in PAGE_OR_PART.split(","))
    return response
