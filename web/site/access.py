"""Who may open what: every request is let in by the rule of its address, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit
from uuid import UUID

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.values.roles import Listed, Role
from web.site.access_table import ACCESS, DOCUMENTS, AccessRule, Apart
from web.site.errors import answer
from web.site.htmx import part_wanted, sent_to
from web.site.upload_limits import LARGEST_UPLOAD, TAKES_FILES
from web.store.store import current_store

if TYPE_CHECKING:
    from web.store.sessions import Session


SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

SIGN_IN_AGAIN = "You are not signed in, or your session ended. Sign in, go back to the form, and send it again."
NOT_YOURS = "Your role does not allow this. If you need it for your work, ask an administrator of this service."
NOT_YOUR_AUTHORITY = (
    "You may record only for the authorities your role was given for. If you need this one, ask an administrator of "
    "this service."
)


@dataclass(frozen=True)
class Present:
    """Who sends this request: a person with a session, or nobody in particular. `office` may be empty."""

    listed: Listed | None = None
    session: Session | None = None
    token: str | None = None
    office: str = ""

    @property
    def actor(self) -> str:
        """How facts name whoever sends this. Raises LookupError where nobody is signed in."""
        if self.listed is None:
            raise LookupError("nobody is signed in")
        return self.listed.actor

    def may(self, rule: AccessRule, urn: str | None = None) -> bool:
        """Whether a rule lets them in; `urn` is the authority it is about."""
        if rule is AccessRule.EVERYONE:
            return True
        person = self.listed
        if person is None or person.disabled:
            return False
        if rule is AccessRule.READS:
            return person.has(*Role)
        if rule is AccessRule.ASKS:
            return person.has(Role.MEMBER)
        if rule is AccessRule.RECORDS:
            return urn is not None and person.may_record(urn)
        if rule is AccessRule.APPROVES:
            return urn is not None and person.is_approver_for(urn)
        if rule is AccessRule.IMPORTS:
            return person.may_import()
        if rule is AccessRule.KEEPS_CURRENT:
            return person.may_import() or person.has(Role.ADMINISTRATOR, Role.AUDITOR)
        if rule is AccessRule.OVERSEES:
            return person.has(Role.ADMINISTRATOR, Role.AUDITOR)
        if rule is AccessRule.ADMINISTERS:
            return person.has(Role.ADMINISTRATOR)
        return rule is AccessRule.SIGNED_IN


NOBODY = Present()

OF_AN_AUTHORITY = frozenset({AccessRule.RECORDS, AccessRule.APPROVES})
"""Rules that ask for which authority: the one in the address, or that of the plan in the address."""


def register(app: Flask) -> None:
    """Every request to `app` is let in by its rule or refused, before anything of it is read."""
    app.extensions["timeline.access"] = dict(ACCESS)
    app.before_request(admit)
    app.after_request(keep_from_caches)


def present() -> Present:
    """Who sends the request in hand."""
    if "present" not in g:
        g.present = _present()
    return present_if_known()


def present_as_of_now() -> Present | None:
    """The same looked up anew, after something was changed; None where the session ended by it."""
    found = _present()
    return found if found.listed is not None else None


def may_record(urn: str) -> bool:
    """Whether the person in hand may add to an authority's history: whether to offer it."""
    return present().may(AccessRule.RECORDS, urn)


def may(rule: str, urn: str | None = None) -> bool:
    """The same of another rule, by its name: for links. `urn` is the authority, where the rule asks for one."""
    return present().may(AccessRule[rule], urn)


def rule_of(endpoint: str, method: str) -> AccessRule | None:
    """The rule of an address; None where none was written."""
    known: Mapping[str, AccessRule | Apart] = current_app.extensions["timeline.access"]
    found = known.get(endpoint)
    if isinstance(found, Apart):
        return found.look if method in SAFE else found.send
    return found


def admit() -> AnyResponse | None:
    """Nothing where the request may go on; otherwise the way to sign in, or a refusal in words."""
    if request.endpoint is None:
        return None
    rule = rule_of(request.endpoint, request.method)
    if rule is None:
        current_app.logger.error("no rule says who may open %s", request.endpoint)
        abort(403, "No rule says who may open this, so nobody may.")
    if rule is not AccessRule.EVERYONE and present().listed is None:
        return _sign_in_first()
    if not present().may(rule, _authority() if rule in OF_AN_AUTHORITY else None):
        abort(403, NOT_YOUR_AUTHORITY if rule in OF_AN_AUTHORITY else NOT_YOURS)
    if request.endpoint in TAKES_FILES:
        request.max_content_length = LARGEST_UPLOAD
    if request.method not in SAFE and (person := present().listed) is not None:
        must_wait(current_store().attempts.wait_to_write(person.person))
    if request.endpoint in DOCUMENTS:
        listed = present().listed
        whose = f"address {request.remote_addr}" if listed is None else f"person {listed.person}"
        must_wait(current_store().attempts.wait_for_a_document(whose))
    return None


def must_wait(seconds: int) -> None:
    """429 with the time to wait, unless that is none."""
    if seconds > 0:
        response = answer(429, f"Too many tries. Wait {_in_words(seconds)}, then try again.")
        response.headers["Retry-After"] = str(seconds)
        abort(response)


def keep_from_caches(response: Response) -> Response:
    """What a signed-in person sees is kept by nobody; what the public sees is told apart from it."""
    if present_if_known().listed is not None:
        response.headers["Cache-Control"] = "no-store"
    if response.mimetype in ("text/html", "application/json"):
        response.vary.add("Cookie")
    return response


def present_if_known() -> Present:
    """Who sent the request, where that was asked: an answer without a rule does not look."""
    found: Present = g.get("present", NOBODY)
    return found


def own_address(text: str) -> str | None:
    """An address of this site as it stands in `next`, path and query; None for anything that could lead elsewhere."""
    plain = text
    for _ in range(3):
        parts = urlsplit(plain)
        beyond = parts.scheme or parts.netloc or "\\" in plain or not plain.isprintable()
        if beyond or not plain.startswith("/") or plain.startswith("//"):
            return None
        plain = unquote(plain)
    return text if len(text) <= 2000 else None


def cookie_name(*, https: bool) -> str:
    """The browser binds a `__Host-` name to this host and to https; over plain http it takes none."""
    return "__Host-session" if https else "session"


def set_cookie(response: Any, token: str | None) -> None:
    """Hand the browser its session's token, or take it back."""
    https = bool(current_app.config["SESSION_COOKIE_SECURE"])
    words: dict[str, Any] = {"secure": https, "httponly": True, "samesite": "Lax", "path": "/"}
    if token is None:
        response.delete_cookie(cookie_name(https=https), **words)
    else:
        response.set_cookie(cookie_name(https=https), token, **words)


def _present() -> Present:
    from web.site import demonstration

    token = request.cookies.get(cookie_name(https=bool(current_app.config["SESSION_COOKIE_SECURE"])))
    if not token or len(token) > 100:
        return NOBODY
    store = current_store()
    found = store.sessions.found(token, store.application.people.listed)
    if found is None:
        return NOBODY
    session, person = found
    if demonstration.is_invented(person.person) and not demonstration.is_open():
        return NOBODY
    account = store.accounts.of(person.person)
    return Present(person, session, token, account.office if account is not None else "")


def _authority() -> str | None:
    """The authority in the address, by its number, or that of the plan in the address. Raises NotFound."""
    from web.site import reader

    parts = request.view_args or {}
    if isinstance(plan := parts.get("plan"), UUID):
        if request.method in SAFE:
            from projections.plans.plan import authority_of_plan

            return authority_of_plan(current_store().reader, plan)
        return current_store().application.plans.plan(plan).urn
    return None if (named := parts.get("urn")) is None else reader.urn_of(str(named))


def _sign_in_first() -> AnyResponse:
    if part_wanted():
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
        here = own_address(f"{shown.path}?{shown.query}".removesuffix("?")) or "/"
        response = answer(401, SIGN_IN_AGAIN)
        return sent_to(response, f"{url_for('signing_in.show')}?next={quote(here, safe='/')}")
    if request.method in SAFE and not request.path.startswith("/api/"):
        here = request.full_path.removesuffix("?")
        return redirect(f"{url_for('signing_in.show')}?next={quote(here, safe='/')}", 303)
    return answer(401, SIGN_IN_AGAIN)


def _in_words(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"
