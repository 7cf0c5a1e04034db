"""Who may open what: every address with every role, held against the written matrix of `docs/access.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Address

from domain.values.roles import Listed, Role
from tests import CHECKOUT
from tests.web.client import HTMX
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans
from tests.web.signed_in import PASSWORD, person, sign_in, store_of
from web import WebApp
from web.site import access
from web.site.access import own_address
from web.site.access_table import ACCESS, PUBLIC, AccessRule

MATRIX = CHECKOUT / "docs" / "access.md"
COLUMNS = ("public", "member", "officer", "approver", "administrator", "auditor")
ALLOWED, IN_SCOPE, NATIONAL, REFUSED = "yes", "own", "all", "–"

ROWS: dict[AccessRule, tuple[str, ...]] = {
    AccessRule.EVERYONE: (ALLOWED,) * 6,
    AccessRule.SIGNED_IN: (REFUSED, *(ALLOWED,) * 5),
    AccessRule.RECORDS: (REFUSED, REFUSED, IN_SCOPE, IN_SCOPE, REFUSED, REFUSED),
    AccessRule.READS: (REFUSED, *(ALLOWED,) * 5),
    AccessRule.ASKS: (REFUSED, ALLOWED, REFUSED, REFUSED, REFUSED, REFUSED),
    AccessRule.APPROVES: (REFUSED, REFUSED, REFUSED, IN_SCOPE, REFUSED, REFUSED),
    AccessRule.IMPORTS: (REFUSED, REFUSED, NATIONAL, NATIONAL, REFUSED, REFUSED),
    AccessRule.KEEPS_CURRENT: (REFUSED, REFUSED, NATIONAL, NATIONAL, ALLOWED, ALLOWED),
    AccessRule.OVERSEES: (REFUSED, REFUSED, REFUSED, REFUSED, ALLOWED, ALLOWED),
    AccessRule.ADMINISTERS: (REFUSED, REFUSED, REFUSED, REFUSED, ALLOWED, REFUSED),
}
"""TRUST: what each rule means for each role, in the order of the columns."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Route(NamedTuple):
    """An address of the product and one method that it takes."""

    endpoint: str
    written: str
    method: str


def addresses(app: WebApp) -> Iterator[Address]:
    app.open_pages()
    yield from app.url_map.iter_rules()


def routes(app: WebApp) -> list[Route]:
    return sorted(
        Route(rule.endpoint, _plain(rule.rule), method)
        for rule in addresses(app)
        for method in METHODS
        if method in (rule.methods or ())
    )


def _plain(written: str) -> str:
    """`/inspections/<uuid:activity>` as a person writes it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", written)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    made = demo_app(tmp_path_factory.mktemp("access"))
    made.extensions["plans"] = open_plans(made)
    return made


@pytest.fixture(scope="module")
def people(app: WebApp) -> dict[str, Listed | None]:
    """One of each role; officer and approver for Haringey only."""
    scoped = {role.value: [HARINGEY] if role in (Role.OFFICER, Role.APPROVER) else [] for role in Role}
    found: dict[str, Listed | None] = {
        role.value: person(app, role, authorities=scoped[role.value], password=PASSWORD) for role in Role
    }
    return {"public": None, **found}


@pytest.fixture(scope="module")
def written() -> dict[tuple[str, str], tuple[str, ...]]:
    """The matrix of the document: address and method to what each role may."""
    rows = re.findall(r"(?m)^\| `([^`]+)` \| (\w+) \| (.+?) \|$", MATRIX.read_text(encoding="utf-8"))
    return {(address, method): tuple(cells.split(" | ")) for address, method, cells in rows}


def opened(app: Flask, route: Route, who: Listed | None, urn: str = HARINGEY) -> int:
    """The status of one request by somebody, freshly signed in."""
    client = app.test_client()
    if who is not None:
        sign_in(app, client, who)
    return sent(client, route, urn).status_code


def sent(client: FlaskClient, route: Route, urn: str = HARINGEY, **words: object):
    plan = client.application.extensions.get("plans", {}).get(urn, UUID(int=7))
    parts = {"urn": urn, "identifier": urn, "authority": urn, "kind": "jtai", "role": "officer", "token": "none"}
    parts |= {"plan": str(plan), "number": "1", "seq": "1", "size": "1"}
    address = re.sub(r"<(\w+)>", lambda found: parts.get(found[1], str(UUID(int=7))), route.written)
    return client.open(address, method=route.method, **words)  # type: ignore[arg-type]


def is_refused(status: int, who: Listed | None, route: Route) -> bool:
    """Sent to sign in, or told no. What is let in may still find nothing there, or a form wrongly filled in."""
    if who is not None:
        return status == 403
    return status == (303 if route.method == "GET" and not route.written.startswith("/api/") else 401)


def test_every_address_has_a_rule_and_every_rule_an_address(app: WebApp):
    endpoints = {rule.endpoint for rule in addresses(app)}
    assert len(endpoints) > 40
    assert endpoints == set(ACCESS)


def test_the_written_matrix_is_the_one_in_force(app: WebApp, written: dict[tuple[str, str], tuple[str, ...]]):
    with app.app_context():
        inforce = {
            (route.written, route.method): ROWS[rule]
            for route in routes(app)
            if (rule := access.rule_of(route.endpoint, route.method)) is not None
        }
    assert written == inforce, "\n".join(f"| `{a}` | {m} | {' | '.join(c)} |" for (a, m), c in sorted(inforce.items()))


@pytest.mark.parametrize("column", COLUMNS)
def test_every_address_answers_each_role_as_the_matrix_says(
    app: WebApp, people: dict[str, Listed | None], written: dict[tuple[str, str], tuple[str, ...]], column: str
):
    who, place = people[column], COLUMNS.index(column)
    checked = 0
    wrong = []
    for route in routes(app):
        cell = written[route.written, route.method][place]
        if cell == ALLOWED and column != "public" and route.endpoint in PUBLIC:
            continue
        refused = is_refused(opened(app, route, who), who, route)
        if refused != (cell in (REFUSED, NATIONAL)):
            wrong.append((route.method, route.written, cell))
        checked += 1
    assert wrong == []
    assert checked > (30 if column == "public" else 15)


def test_an_officer_writes_for_the_authorities_of_the_role_only(app: WebApp, people: dict[str, Listed | None]):
    for role in ("officer", "approver"):
        for route in (route for route in routes(app) if ACCESS[route.endpoint] is AccessRule.RECORDS):
            assert opened(app, route, people[role], HARINGEY) in (200, 404, 422), route
            assert opened(app, route, people[role], GATESHEAD) == 403, route


def test_importing_takes_a_role_for_all_authorities(app: WebApp):
    for role in (Role.OFFICER, Role.APPROVER):
        everywhere = person(app, role)
        for route in (route for route in routes(app) if ACCESS[route.endpoint] is AccessRule.IMPORTS):
            assert opened(app, route, everywhere) in (200, 404, 422), route


def test_an_address_without_a_rule_is_refused_to_everyone(tmp_path: Path):
    app = demo_app(tmp_path)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    for who in (None, person(app, Role.ADMINISTRATOR, Role.AUDITOR, Role.APPROVER)):
        assert opened(app, Route("forgotten", "/forgotten", "GET"), who) == 403


def test_nothing_that_is_only_looked_at_is_kept(app: WebApp, people: dict[str, Listed | None]):
    """GET never writes: every address is opened by everybody, and the log stays as long as it was."""
    before = store_of(app).application.ledger.max_position()
    looked = [route for route in routes(app) if route.method == "GET" and route.endpoint not in PUBLIC]
    for who in people.values():
        for route in looked:
            opened(app, route, who)
    assert len(looked) > 8
    assert store_of(app).application.ledger.max_position() == before


# --- forged requests ------------------------------------------------------------------------------------------------

WRITES = [
    f"/authorities/{HARINGEY}/record/engagement-meeting",
    "/admin/people/add",
    "/admin/imports",
    "/account/password",
    "/sign-out",
    "/plans/{plan}/record/action",
    "/plans/{plan}/actions/1/record/withdraw",
    "/plans/{plan}/ask?action=1",
    f"/authorities/{HARINGEY}/plan-labels",
]
MEETING = {
    "command": str(uuid4()),
    "held-month": "3",
    "held-year": "2026",
    "source_title": "Minutes",
    "name": "Eve",
    "sign_in_name": "eve@evil.example",
    "reason": "None",
    "question": "What shows it?",
    "seen": "2",
    "why": "Given up.",
    "on-day": "1",
    "on-month": "9",
    "on-year": "2026",
}


@pytest.fixture
def guarded(tmp_path: Path) -> tuple[WebApp, FlaskClient]:
    """An app that asks for form tokens, and a client in which somebody who may do everything is signed in."""
    app = demo_app(tmp_path, form_tokens=True)
    app.extensions["plans"] = open_plans(app)
    client = app.test_client()
    sign_in(app, client, person(app, Role.ADMINISTRATOR, Role.APPROVER, Role.MEMBER))
    return app, client


def token_of(client: FlaskClient, address: str = "/admin/people/add") -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("address", WRITES)
@pytest.mark.parametrize(
    ("how", "headers"),
    [
        ("without a token", {}),
        ("with another's token", {}),
        ("from another site", {"Sec-Fetch-Site": "cross-site"}),
        ("from another origin", {"Origin": "https://evil.example"}),
        ("as htmx from another origin", {"Origin": "https://evil.example", **HTMX}),
    ],
)
def test_a_forged_or_cross_site_write_adds_no_event(guarded, address: str, how: str, headers: dict[str, str]):
    app, client = guarded
    address = address.format(plan=app.extensions["plans"][HARINGEY])
    before = store_of(app).application.ledger.max_position()
    form = dict(MEETING)
    if how == "with another's token":
        stranger = app.test_client()
        sign_in(app, stranger, person(app, Role.ADMINISTRATOR))
        form["csrf_token"] = token_of(stranger)
        before = store_of(app).application.ledger.max_position()
    elif headers:
        form["csrf_token"] = token_of(client)
    assert client.post(address, data=form, headers=headers).status_code == 403
    assert store_of(app).application.ledger.max_position() == before
    assert client.get("/account").status_code == 200, "nobody was signed out"


def test_a_write_sent_again_adds_no_event(guarded):
    app, client = guarded
    form = MEETING | {"csrf_token": token_of(client)}
    assert client.post(WRITES[0], data=form).status_code == 303
    after = store_of(app).application.ledger.max_position()
    assert client.post(WRITES[0], data=form).status_code == 303
    assert store_of(app).application.ledger.max_position() == after


def test_the_token_of_an_earlier_sign_in_is_none_under_the_next(guarded):
    app, client = guarded
    form = MEETING | {"csrf_token": token_of(client)}
    client.post("/sign-out", data={"csrf_token": form["csrf_token"]})
    before = store_of(app).application.ledger.max_position()
    assert client.post(WRITES[0], data=form).status_code == 401
    sign_in(app, client, person(app, Role.OFFICER))
    before = store_of(app).application.ledger.max_position()
    assert client.post(WRITES[0], data=form).status_code == 403
    assert store_of(app).application.ledger.max_position() == before


# --- caches, and the way back ---------------------------------------------------------------------------------------


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(guarded):
    _, client = guarded
    for address in ("/", "/authorities", f"/authorities/{HARINGEY}", "/account"):
        assert client.get(address).headers["Cache-Control"] == "no-store"
    part = client.get("/authorities?q=har", headers=HTMX)
    assert part.headers["Cache-Control"] == "no-store"
    assert "Cookie" in part.vary


def test_the_public_s_pages_are_cached_and_compressed_as_before(app: WebApp):
    answer = app.test_client().get("/authorities", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Set-Cookie" not in answer.headers


def test_an_ended_session_sends_htmx_to_sign_in_and_back(app: WebApp):
    form = f"/authorities/{HARINGEY}/record/jtai"
    headers = {**HTMX, "HX-Current-URL": f"http://localhost{form}"}
    answer = app.test_client().post(form, data=MEETING, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"/sign-in?next={form}"
    elsewhere = app.test_client().post(form, headers={**HTMX, "HX-Current-URL": "https://evil.example//x"})
    assert elsewhere.headers["HX-Redirect"] == "/sign-in?next=/"


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "/%2fevil.example",
        "/%2Fevil.example",
        "/%252fevil.example",
        "/%5cevil.example",
        "/\tevil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
    ],
)
def test_no_way_back_leads_to_another_site(address: str):
    assert own_address(address) is None


@pytest.mark.parametrize("address", ["/", "/authorities?q=a%20b", f"/authorities/{HARINGEY}/record/jtai"])
def test_a_way_back_on_this_site_is_kept(address: str):
    assert own_address(address) == address
