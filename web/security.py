"""What every answer promises the browser, and what no request may do."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from flask_wtf.csrf import CSRFProtect
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
)

from web.settings import LOOPBACK_HOSTS, Settings, current_settings

if TYPE_CHECKING:
    from wsgiref.headers import Headers

P = ParamSpec("P")
R = TypeVar("R")

KIB = 1024
MIB = 1024 * KIB

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; report-uri /csp-report"
)

ON_EVERY_ANSWER = Secure(
    csp=ContentSecurityPolicy().value(CONTENT_SECURITY_POLICY),
    xcto=XContentTypeOptions(),
    referrer=ReferrerPolicy().value("same-origin"),
    coop=CrossOriginOpenerPolicy().value("same-origin"),
    corp=CrossOriginResourcePolicy().value("same-origin"),
    permissions=PermissionsPolicy().geolocation().camera().microphone().payment().usb().fullscreen(),
)

OVER_TLS = Secure(hsts=StrictTransportSecurity().max_age(31_536_000).include_subdomains())

UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
REPORT_LIMIT = 16 * KIB
REPORT_FIELDS = ("document-uri", "effective-directive", "blocked-uri", "source-file", "line-number")

WRITING_IS_LOCAL = (
    "Until people can sign in, records are kept only by whoever sits at the machine this runs on. "
    "Open this page there, at its own address, to record something. Reading is open to everyone."
)

forms = CSRFProtect()


def register(app: Flask, settings: Settings) -> None:
    """Cookie flags, limits, trusted hosts, form tokens and headers for every answer of `app`."""
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=2 * MIB,
        MAX_FORM_MEMORY_SIZE=256 * KIB,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.before_request(refuse_other_origins)
    forms.init_app(app)
    app.after_request(add_headers)
    app.add_url_rule("/csp-report", view_func=forms.exempt(csp_report), methods=["POST"])


def refuse_other_origins() -> None:
    """A request that may change something must come from our own pages: 403 otherwise.

    Programs that are not browsers send neither header; the form's token stops those without a session."""
    if request.method not in UNSAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    elsewhere = origin is not None and urlsplit(origin).netloc != request.host
    if site not in ("same-origin", "none") or elsewhere:
        abort(403, "This form was sent from another site. Open the page here and send it again.")


def add_headers(response: Response) -> Response:
    """Puts the security headers on a response; pages are checked again before a copy is shown."""
    ON_EVERY_ANSWER.set_headers(response)
    if request.is_secure:
        OVER_TLS.set_headers(response)
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def headers_of_a_file(headers: Headers, path: str, url: str) -> None:
    """The same headers for a static file, which is served without Flask."""
    for name, value in ON_EVERY_ANSWER.header_items():
        headers[name] = value


def writing_allowed() -> bool:
    """Whether this request comes from the machine itself, and not through a proxy that we were not told of."""
    through_a_proxy = any(name in request.headers for name in FORWARDING_HEADERS)
    told_of_proxies = current_settings().proxy_hops > 0
    host = urlsplit(f"//{request.host}").hostname
    return (
        current_settings().local_writing
        and request.remote_addr in ("127.0.0.1", "::1")
        and host in (*LOOPBACK_HOSTS, "::1")
        and (told_of_proxies or not through_a_proxy)
    )


def local_only(view: Callable[P, R]) -> Callable[P, R]:
    """Marks a view that writes: 403 with the reason for anyone but the machine itself, until sign-in exists."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not writing_allowed():
            abort(403, WRITING_IS_LOCAL)
        return view(*args, **kwargs)

    return guarded


def csp_report() -> tuple[str, int]:
    """Logs what a browser blocked under our policy: five fields, bounded and escaped, on one line."""
    if (request.content_length or 0) > REPORT_LIMIT:
        abort(413)
    try:
        report = json.loads(request.get_data(cache=False))["csp-report"]
        blocked = {name: str(report[name])[:200] for name in REPORT_FIELDS if name in report}
    except (ValueError, KeyError, TypeError, RecursionError):
        abort(400)
    current_app.logger.warning("blocked by the content security policy: %s", json.dumps(blocked))
    return "", 204
