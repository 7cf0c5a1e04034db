"""What every answer promises the browser, and what no request may do."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request, session
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

from web.site import access
from web.site.upload_limits import KIB, MIB
from web.store.settings import Settings

if TYPE_CHECKING:
    from wsgiref.headers import Headers


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
REPORT_LIMIT = 16 * KIB
REPORT_FIELDS = ("document-uri", "effective-directive", "blocked-uri", "source-file", "line-number")

forms = CSRFProtect()


def register(app: Flask, settings: Settings) -> None:
    """Cookie flags, limits, trusted hosts, access, form tokens and headers for every answer of `app`.

    Flask's own cookie holds only a form's token and a message for the next page; it identifies nobody."""
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=2 * MIB,
        MAX_FORM_MEMORY_SIZE=256 * KIB,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_NAME="__Host-form" if settings.https else "form",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.before_request(refuse_other_origins)
    access.register(app)
    app.before_request(bind_form_tokens)
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


def bind_form_tokens() -> None:
    """A form's token belongs to the sign-in under which the form was opened; under any other it is none."""
    token = access.present_if_known().token
    if token is not None:
        key = current_app.config["SECRET_KEY"].encode()
        bound = hmac.new(key, f"forms of {token}".encode(), hashlib.sha256).hexdigest()
        if session.get("csrf_token") != bound:
            session["csrf_token"] = bound
            session["bound"] = True
    elif session.get("bound"):
        session.pop("csrf_token", None)
        session.pop("bound")


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
