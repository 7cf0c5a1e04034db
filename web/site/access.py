"""Who may open what: a rule for every address, written here and nowhere else. What has no rule is refused.

`docs/access.md` shows the same to people, role by role; `tests/web/site/test_access.py` walks every address with every
role and holds all three equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit
from uuid import UUID

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.values.roles import Listed, Role
from web.site.errors import answer
from web.site.htmx import part_wanted, sent_to
from web.site.upload_limits import LARGEST_UPLOAD, TAKES_FILES
from web.store.store import current_store

if TYPE_CHECKING:
    from web.store.sessions import Session


class AccessRule(Enum):
    """Who is let in."""

    EVERYONE = "everyone"
    SIGNED_IN = "anybody who is signed in"
    READS = "anybody with a role: what is not published"
    ASKS = "members"
    RECORDS = "officers and approvers, for the authority in the address"
    APPROVES = "approvers, for the authority in the address"
    IMPORTS = "officers and approvers for all authorities"
    KEEPS_CURRENT = "whoever imports, oversees or administers"
    OVERSEES = "administrators and auditors"
    ADMINISTERS = "administrators"


@dataclass(frozen=True)
class Apart:
    """One rule for looking, another for sending."""

    look: AccessRule
    send: AccessRule


PUBLIC = (
    "start.show",
    "authorities.index",
    "authorities.show",
    "elements.show",
    "inspections.show",
    "windows.show",
    "call_week.show",
    "planner.show",
    "disagreements.show",
    "findings.index",
    "findings.table",
    "focused_visits.index",
    "focused_visits.table",
    "paragraphs.index",
    "letters.index",
    "news_feeds.everything",
    "news_feeds.of_authority",
    "news_feeds.of_region",
    "news_feeds.of_plan",
    *(f"follow.{name}" for name in ("show", "confirm", "leave", "address", "by_secret", "forget", "feed", "calendar")),
    "feeds.show",
    "feeds.several",
    "feeds.one",
    "supposing.show",
    "forecasts.show",
    "visit_forecasts.show",
    "about.show",
    "about.rulebook",
    "about.sources",
    "about.accessibility",
    "about.glossary",
    "compare.authority",
    "compare.authority_word",
    "compare.authority_table",
    "api_time.compare",
    "api_time.sources",
    "api_places.sources",
    "sources.show",
    "api.openapi",
    "api.frameworks",
    "api.authorities",
    "api.standing",
    "api.window",
    "api.timeline",
    "api.elements",
    "api.authority_findings",
    "api.forecast",
    "api.forecasts",
    "api.backtest",
    "api.past_windows",
    "api.suppose",
    "api.tally",
    "api.findings",
    "api.focused_visits",
    "api.paragraphs",
    "api.doubts",
    "api.planner",
    "api_plans.plan",
    "api_plans.plans",
    "api_plans.action",
    "api_plans.burn_up",
    "plans.index",
    "plans.show",
    "plans.action",
    "api.checkpoint",
    "api.ledger_entry",
    "ledger_pages.checkpoints",
    "ledger_pages.checkpoint",
    "ledger_pages.key",
    "ledger_pages.consistency",
    "ledger_pages.feed",
    "ledger_pages.checker",
    "api.healthz",
    "api.readyz",
    "csp_report",
    "signing_in.show",
    "signing_in.demonstrate",
    "signing_in.set_up",
)
"""What anyone may open: it is published, or it is the way in. A link that sets up an account is its own key."""

ACCESS: Mapping[str, AccessRule | Apart] = {
    **dict.fromkeys(PUBLIC, AccessRule.EVERYONE),
    "actions.index": AccessRule.READS,
    "actions.table": AccessRule.READS,
    "challenges.index": AccessRule.READS,
    "challenges.show": AccessRule.READS,
    "asking.ask": AccessRule.ASKS,
    "asking.reply": AccessRule.READS,
    "asking.erase": AccessRule.ADMINISTERS,
    "publishing.publish": AccessRule.APPROVES,
    "api_plans.due": AccessRule.READS,
    "api_plans.challenges": AccessRule.READS,
    "recording.choose": AccessRule.RECORDS,
    "recording.record": AccessRule.RECORDS,
    "identity.choose": AccessRule.ADMINISTERS,
    "identity.record": AccessRule.ADMINISTERS,
    "correcting.correct": AccessRule.RECORDS,
    "documents.new": AccessRule.RECORDS,
    "documents.show": AccessRule.RECORDS,
    "documents.check": AccessRule.RECORDS,
    "compare.plan": AccessRule.READS,
    "compare.plan_word": AccessRule.READS,
    "compare.plan_table": AccessRule.READS,
    "planning.open_plan": AccessRule.RECORDS,
    "duties.hand_over": AccessRule.RECORDS,
    "duties.hand_on": AccessRule.APPROVES,
    "planning.record": AccessRule.RECORDS,
    "planning.carry_over": AccessRule.RECORDS,
    "planning.act": AccessRule.RECORDS,
    "planning.ask": AccessRule.ASKS,
    "planning.reply": AccessRule.READS,
    "planning.conventions": AccessRule.RECORDS,
    "planning.erase": AccessRule.ADMINISTERS,
    "meetings.index": AccessRule.READS,
    "meetings.show": AccessRule.READS,
    "meetings.document": AccessRule.READS,
    "meeting_recording.arrange": AccessRule.RECORDS,
    "meeting_recording.record": AccessRule.RECORDS,
    "meeting_recording.erase": AccessRule.ADMINISTERS,
    "meeting_recording.erase_topics": AccessRule.ADMINISTERS,
    "imports.start": AccessRule.IMPORTS,
    "imports.show": AccessRule.IMPORTS,
    "imports.confirm": AccessRule.IMPORTS,
    "waiting.show": AccessRule.IMPORTS,
    "waiting.decided": AccessRule.IMPORTS,
    "places.show": AccessRule.KEEPS_CURRENT,
    "pack.show": AccessRule.READS,
    "pack.word": AccessRule.READS,
    "pack.excel": AccessRule.READS,
    "audit.index": AccessRule.READS,
    "audit.of_authority": AccessRule.READS,
    "audit.of_plan": AccessRule.READS,
    "audit.event": AccessRule.READS,
    "audit.receipt": AccessRule.READS,
    "audit.receipt_of_command": AccessRule.READS,
    "audit.table": AccessRule.READS,
    "audit.lines": AccessRule.READS,
    "ledger_pages.verification": AccessRule.READS,
    "sheets.workbook": AccessRule.READS,
    "sheets.table": AccessRule.READS,
    "sheets.start": AccessRule.RECORDS,
    "sheets.columns": AccessRule.RECORDS,
    "sheets.rows": AccessRule.RECORDS,
    "signing_in.sign_out": AccessRule.SIGNED_IN,
    "account.show": AccessRule.SIGNED_IN,
    "account.password": AccessRule.SIGNED_IN,
    "account.end": AccessRule.SIGNED_IN,
    **dict.fromkeys(("follow.mail", "follow.again", "follow.stop"), AccessRule.SIGNED_IN),
    "people.index": AccessRule.OVERSEES,
    "people.show": AccessRule.OVERSEES,
    "people.add": AccessRule.ADMINISTERS,
    "people.grant": AccessRule.ADMINISTERS,
    "people.withdraw": AccessRule.ADMINISTERS,
    "people.disable": AccessRule.ADMINISTERS,
    "people.reinstate": AccessRule.ADMINISTERS,
    "people.link": AccessRule.ADMINISTERS,
    "people.end": AccessRule.ADMINISTERS,
}
"""The rule of each address, by Flask's name for it."""

DOCUMENTS = frozenset(
    {
        "compare.authority_word",
        "compare.authority_table",
        "compare.plan_word",
        "compare.plan_table",
        "pack.word",
        "pack.excel",
        "sheets.workbook",
        "sheets.table",
    }
)
"""Addresses at which a file is made for whoever asks: counted by person, and by address where nobody is signed in."""

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
