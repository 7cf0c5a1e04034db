"""What every answer promises the browser, and which requests are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Blueprint, render_template_string, request

from tests.web.client import Client
from web import STATIC, WebApp, create_app
from web.site.access_table import AccessRule
from web.site.upload_limits import MIB
from web.store.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; report-uri /csp-report"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

trial = Blueprint("trial", __name__, url_prefix="/trial")


@trial.route("/form", methods=["GET", "POST"])
def form():
    if request.method == "POST":
        return request.form["words"]
    return render_template_string("{{ csrf_token() }}")


@trial.get("/broken")
def broken():
    raise ZeroDivisionError


def made(**settings: object) -> WebApp:
    app = create_app(Settings(**settings))  # type: ignore[arg-type]
    app.open_pages()
    app.register_blueprint(trial)
    app.extensions["timeline.access"].update({"trial.form": AccessRule.EVERYONE, "trial.broken": AccessRule.EVERYONE})
    return app


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return made(home=tmp_path)


@pytest.fixture
def browser(app: WebApp):
    return app.test_client()


def sent(browser, **headers: str):
    token = browser.get("/trial/form").text
    return browser.post("/trial/form", data={"words": "kept", "csrf_token": token}, headers=headers)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/nowhere", 404),
        ("GET", "/trial/broken", 500),
        ("GET", "/csp-report", 405),
        ("POST", "/trial/form", 403),
        ("GET", "/trial/form", 200),
        ("HEAD", "/nowhere", 404),
    ],
)
def test_every_answer_carries_the_security_headers(browser, method: str, address: str, status: int):
    response = browser.open(address, method=method)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert response.headers["Cache-Control"]
    assert "Server" not in response.headers
    assert "Strict-Transport-Security" not in response.headers


@pytest.mark.skipif(not STATIC.exists(), reason="NO BROWSER FILES: run `make assets`")
def test_every_browser_file_carries_them_too(browser):
    names = [path.name for path in STATIC.iterdir() if path.suffix in (".css", ".js", ".svg", ".txt")]
    assert len(names) >= 4
    for name in names:
        response = browser.get(f"/static/{name}")
        assert response.status_code == 200
        assert {header: response.headers.get(header) for header in HEADERS} == HEADERS
        response.close()


def test_over_tls_the_browser_is_told_to_stay_there(browser):
    response = browser.get("/nowhere", base_url="https://localhost")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_form_of_ours_is_taken(browser):
    assert sent(browser, **{"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}).text == "kept"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Origin": "https://evil.example", "HX-Request": "true"},
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_a_token(browser, headers: dict[str, str]):
    assert sent(browser, **headers).status_code == 403


def test_a_form_without_its_token_is_refused_and_says_what_to_do(app: WebApp):
    refused = Client(app).post("/trial/form", {"words": "lost"}, status=403)
    assert "Open it again" in refused.all("main")[0].said


def test_the_token_of_another_session_is_refused(app: WebApp):
    theirs = app.test_client().get("/trial/form").text
    ours = app.test_client()
    ours.get("/trial/form")
    assert ours.post("/trial/form", data={"words": "x", "csrf_token": theirs}).status_code == 403


def test_a_name_we_do_not_serve_is_refused(browser):
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example"):
        response = browser.get("/nowhere", headers={"Host": host})
        assert response.status_code == 400
        assert response.headers["Content-Security-Policy"] == POLICY


def test_a_body_that_is_too_large_is_refused(browser):
    token = browser.get("/trial/form").text
    whole = browser.post("/trial/form", data={"words": "x" * (3 * MIB), "csrf_token": token})
    assert whole.status_code == 413


def test_the_cookie_of_forms_is_kept_from_scripts_and_other_sites(browser, tmp_path: Path):
    cookie = browser.get("/trial/form").headers["Set-Cookie"]
    assert cookie.startswith("form=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    secure = made(home=tmp_path, https=True).test_client().get("/trial/form", base_url="https://localhost")
    cookie = secure.headers["Set-Cookie"]
    assert cookie.startswith("__Host-form=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_a_page_without_a_form_sets_no_cookie(browser):
    assert "Set-Cookie" not in browser.get("/nowhere").headers


def test_a_report_of_the_browser_is_logged_on_one_bounded_line(browser, caplog: pytest.LogCaptureFixture):
    report = {"blocked-uri": "https://evil.example/\r\nforged line" + "x" * 5000, "other": "y" * 500}
    answered = browser.post("/csp-report", data=json.dumps({"csp-report": report}))
    assert answered.status_code == 204
    (line,) = [record.getMessage() for record in caplog.records]
    assert "\n" not in line
    assert len(line) < 400
    assert "other" not in line


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"csp-report": 1}', "[" * 5000, "\xff"])
def test_a_report_that_is_none_is_refused(browser, body: str):
    assert browser.post("/csp-report", data=body).status_code == 400


def test_a_report_that_is_too_long_is_refused(browser):
    assert browser.post("/csp-report", data="x" * 20_000).status_code == 413
