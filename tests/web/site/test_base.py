"""The frame of every page, the errors, and what htmx is given."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Blueprint, abort
from werkzeug.exceptions import default_exceptions

from domain.values.errors import NotFound, RuleBroken
from tests import CHECKOUT
from tests.web.client import HTMX, Client, Document, check_elements, check_page
from web import WebApp, create_app
from web.pages import BLUEPRINTS
from web.site.access_table import AccessRule
from web.site.errors import FAULTS
from web.site.htmx import go_to, page_or_part
from web.store.settings import Settings

TEMPLATES = CHECKOUT / "web" / "templates"

trial = Blueprint("trial", __name__, url_prefix="/trial")


@trial.get("/page")
def page():
    fault = FAULTS[404]
    return page_or_part("site/errors/fault.html", "site/errors/_fault.html", push_url="/trial/page?q=a", fault=fault)


@trial.get("/refused")
def refused():
    raise RuleBroken("The report was already published on 1 May 2026.")


@trial.get("/missing")
def missing():
    raise NotFound("No authority is called Erewhon.")


@trial.get("/abort/<int:status>")
def aborted(status: int):
    abort(status)


@trial.get("/broken")
def broken():
    raise ZeroDivisionError("a secret of ours")


@trial.get("/moved")
def moved():
    return go_to("/trial/page")


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    app = create_app(Settings(home=tmp_path))
    app.open_pages()
    app.register_blueprint(trial)
    names = [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("trial.")]
    app.extensions["timeline.access"].update(dict.fromkeys(names, AccessRule.EVERYONE))
    return app


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def test_pages_are_opened_by_the_first_request_and_not_before(tmp_path: Path):
    app = create_app(Settings(home=tmp_path))
    assert app.view_functions == {}
    assert app.test_client().get("/nowhere").status_code == 404
    assert "security" not in app.blueprints
    assert "csp_report" in app.view_functions


def test_every_module_with_addresses_is_registered(app: WebApp):
    with_addresses = [
        path for path in (CHECKOUT / "web").rglob("*.py") if "\nbp = Blueprint(" in path.read_text("utf-8")
    ]
    assert len(BLUEPRINTS) == len(with_addresses) > 30
    assert {blueprint.name for blueprint in BLUEPRINTS} <= set(app.blueprints)


@pytest.mark.parametrize("status", sorted(FAULTS))
def test_every_error_is_a_whole_page_in_words(client: Client, status: int):
    document = client.page(f"/trial/abort/{status}", status=status)
    assert document.all("h1")[0].said == FAULTS[status].heading
    assert FAULTS[status].words in document.all("main")[0].said
    assert default_exceptions[status].description not in document.all("main")[0].said


@pytest.mark.parametrize("status", sorted(FAULTS))
def test_an_error_of_a_part_goes_to_the_place_for_errors(client: Client, status: int):
    response = client.client.get(f"/trial/abort/{status}", headers=HTMX)
    assert response.status_code == status
    assert "<html" not in response.text
    assert response.headers["HX-Retarget"] == "#errors"
    assert response.headers["HX-Reswap"] == "innerHTML"
    assert FAULTS[status].heading in response.text
    check_elements(Document(response.text))


def test_an_error_of_the_api_is_a_problem_document(client: Client):
    response = client.client.get("/api/nowhere")
    assert response.mimetype == "application/problem+json"
    assert response.json == {
        "type": "about:blank",
        "title": "Page not found",
        "status": 404,
        "detail": FAULTS[404].words,
    }


def test_a_refusal_is_shown_in_its_own_words(client: Client):
    shown = client.page("/trial/refused", status=422)
    assert "already published on 1 May 2026" in shown.all("main")[0].said


def test_what_is_not_known_is_not_found(client: Client):
    assert "No authority is called Erewhon." in client.page("/trial/missing", status=404).all("main")[0].said


def test_a_fault_shows_nothing_of_its_inside(client: Client):
    shown = client.page("/trial/broken", status=500)
    assert "secret" not in shown.all("html")[0].said
    assert "ZeroDivisionError" not in shown.all("html")[0].said


def test_a_wrong_method_says_which_are_right(client: Client):
    response = client.client.put("/trial/page", headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code in (403, 405)
    assert set(client.client.get("/csp-report").headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        (HTMX, False),
        ({**HTMX, "HX-Boosted": "true"}, True),
        ({"HX-History-Restore-Request": "true"}, True),
        ({**HTMX, "HX-History-Restore-Request": "true"}, True),
        ({"HX-Request": "false"}, True),
    ],
)
def test_a_part_is_given_only_to_htmx_and_never_for_boosts_or_history(client: Client, headers, whole: bool):
    response = client.client.get("/trial/page", headers=headers)
    assert ("<html" in response.text) is whole
    assert {"hx-request", "hx-history-restore-request"} <= {name.lower() for name in response.vary}
    assert response.headers.get("HX-Push-Url") == (None if whole else "/trial/page?q=a")


def test_a_page_redirects_by_303_and_a_part_by_header(client: Client):
    whole = client.client.get("/trial/moved")
    assert (whole.status_code, whole.headers["Location"]) == (303, "/trial/page")
    part = client.client.get("/trial/moved", headers=HTMX)
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/trial/page")
    assert "Location" not in part.headers


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "page"]
)
def test_no_redirect_leaves_this_site(address: str):
    with pytest.raises(ValueError, match="not an address of this site"):
        go_to(address)


def test_the_frame_has_a_way_past_itself_and_links_in_its_foot(client: Client):
    frame = client.page("/trial/abort/404", status=404)
    first_link = frame.all("a")[0]
    assert (first_link.said, first_link.get("href")) == ("Skip to main content", "#main-content")
    assert frame.by_id("main-content").tag == "main"
    footer = next(element for element in frame.elements if element.tag == "footer")
    assert "Open Government Licence v3.0" in footer.said


def test_the_word_gov_uk_and_the_crown_are_not_ours_to_show(client: Client):
    frame = client.client.get("/trial/abort/404").text
    assert "GOV.UK" not in frame
    assert "crown" not in frame.lower()


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<main><h1>a</h1><h1>b</h1></main>", "h1 elements"),
        ("<main><h1>a</h1><input id='q' name='q'></main>", "has no label"),
        ("<main><h1>a</h1><p>None</p></main>", "says None"),
        ("<main><h1>a</h1><p>undefined</p></main>", "undefined"),
        ("<main><h1>a</h1><p style='color:red'>x</p></main>", "inline style"),
        ("<main><h1>a</h1><a href='/b?c=None'>x</a></main>", "=None"),
        ("<main><h1>a</h1><p id='x'></p><p id='x'></p></main>", "ids used twice"),
        ("<main><h1>a</h1><h3>b</h3></main>", "skips a level"),
        ("<main><h1>a</h1><form hx-get='/x'></form></main>", "no place for their errors"),
        ("<main><h1>a</h1><p></main>", "closes <p>"),
    ],
)
def test_the_client_catches_a_bad_page(html: str, fault: str):
    head = "<html lang='en-GB'><head><title>A – Inspection timeline</title></head><body>"
    with pytest.raises(AssertionError, match=fault):
        check_page(Document(f"{head}{html}</body></html>"))


def test_the_client_accepts_a_good_page():
    check_page(
        Document(
            "<html lang='en-GB'><head><title>A – Inspection timeline</title></head><body><main><h1>A</h1>"
            "<label for='q'>Name</label><input id='q' name='q'></main></body></html>"
        )
    )


MAILS = {TEMPLATES / "news" / "mail.html", TEMPLATES / "news" / "confirm_mail.html"}
"""E-mails are no pages: no policy is sent with them, and programs that show them read styles in the tags alone."""


def test_templates_use_nothing_that_the_content_security_policy_forbids():
    found = set(TEMPLATES.rglob("*.html"))
    assert len(found) >= 5
    assert found >= MAILS
    for template in found - MAILS:
        text = template.read_text(encoding="utf-8")
        for forbidden in (
            " style=",
            "<style",
            "hx-on",
            "hx-vals='js:",
            'hx-vals="js:',
            "onclick",
            "javascript:",
            "|safe",
        ):
            assert forbidden not in text.replace("| safe", "|safe"), f"{template.name}: {forbidden}"
        assert "hx-trigger" not in text or "[" not in text.split("hx-trigger", 1)[1].split('"', 2)[1], template.name


def test_dates_are_said_in_words(app: WebApp):
    def said(text: str, **context: object) -> str:
        return app.jinja_env.from_string(text).render(**context)

    assert said("{{ day | day }}", day=date(2019, 7, 1)) == "1 July 2019"
    just_after_midnight = datetime(2024, 5, 6, 23, 30, tzinfo=UTC)
    assert said("{{ instant | day_of }}", instant=just_after_midnight) == "7 May 2024"
    assert (
        said('{{ 1 | count_of("entry", "entries") }}, {{ 3 | count_of("entry", "entries") }}') == "1 entry, 3 entries"
    )
