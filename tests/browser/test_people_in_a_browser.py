"""Signing in, people and imports in a real browser: accessible, narrow, by keyboard and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from domain.values.roles import Listed, Role
from tests.browser.checks import must_be_accessible, must_fit
from tests.installation import SMALL_HISTORY
from tests.web.demo_app import HARINGEY, STOCKTON
from tests.web.signed_in import PASSWORD, person, store_of
from tests.web.site.test_demonstration import made
from web import WebApp

EVERYTHING = (Role.ADMINISTRATOR, Role.APPROVER)
SignIn = Callable[[Listed], None]


@pytest.fixture
def all_powerful(served: WebApp, sign_in: SignIn) -> Listed:
    """Somebody with every page to see."""
    who = person(served, *EVERYTHING, office="Improvement officer", password=PASSWORD)
    sign_in(who)
    return who


def name_of(served: WebApp, who: Listed) -> str:
    account = store_of(served).accounts.of(who.person)
    assert account is not None
    return account.sign_in_name


def test_who_is_not_shut_out_yet_is_told_to_say_why(served: WebApp, page: Page, all_powerful: Listed):
    officer = person(served, Role.OFFICER, authorities=[HARINGEY, STOCKTON], name="Cas Lowe")
    page.goto(f"/admin/people/{officer.person}")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.get_by_role("button", name="Shut out").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: Cas Lowe"))
    must_be_accessible(page)
    page.get_by_role("link", name="Enter why, in a few words.").click()
    expect(page.locator("#reason")).to_be_focused()


def test_one_signs_in_by_keyboard_is_led_back_and_signs_out(served: WebApp, page: Page):
    officer = person(served, Role.OFFICER, password=PASSWORD)
    page.goto(f"/authorities/{STOCKTON}/record/jtai")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Sign-in name").focus()
    page.keyboard.type(name_of(served, officer))
    page.keyboard.press("Tab")
    page.keyboard.type("not this one, I fear")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    must_be_accessible(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/authorities/{STOCKTON}/record/jtai$"))
    page.locator(".head__person > summary").click()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_session_that_ended_under_a_form_leads_to_sign_in_and_back(served: WebApp, page: Page, sign_in: SignIn):
    officer = person(served, Role.OFFICER, password=PASSWORD)
    sign_in(officer)
    page.goto(f"/authorities/{STOCKTON}/record/jtai")
    store_of(served).sessions.end_all(officer.person)
    page.get_by_role("button", name="Record").click()
    expect(page).to_have_url(re.compile(rf"/sign-in\?next=/authorities/{STOCKTON}/record/jtai$"))
    page.get_by_label("Sign-in name").fill(name_of(served, officer))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(rf"/authorities/{STOCKTON}/record/jtai$"))


def test_a_person_is_added_set_up_and_given_a_role_without_scripts(
    served: WebApp, browser: Browser, address: str, plain: Page, plain_sign_in: SignIn
):
    plain_sign_in(person(served, Role.ADMINISTRATOR))
    with browser.new_context(base_url=address, java_script_enabled=False) as theirs:
        other = theirs.new_page()
        plain.goto("/admin/people")
        plain.get_by_role("link", name="Add a person").click()
        plain.get_by_label("Full name").fill("Esi Boateng")
        plain.get_by_label("Sign-in name").fill("esi@council.example")
        plain.get_by_label("Why?").fill("New improvement officer")
        plain.get_by_role("button", name="Add person").click()
        other.goto(plain.locator("code", has_text="/set-up/").inner_text())
        for label in ("New password", "New password again"):
            other.get_by_label(label, exact=True).fill("nine kettles beneath Archway")
        other.get_by_role("button", name="Set up account").click()
        expect(other.get_by_role("heading", level=1)).to_have_text("Your account")
        plain.goto("/admin/people")
        plain.get_by_role("link", name="Esi Boateng").click()
        plain.get_by_text("Give a role, or change its authorities").click()
        plain.get_by_role("radio", name="Officer").check()
        plain.get_by_role("radio", name="Those named below").check()
        plain.get_by_label("Authorities (officers and approvers)").fill("Haringey")
        plain.locator("#role-reason").fill("Works on the plan")
        plain.get_by_role("button", name="Give role").click()
        expect(plain.locator(".note.done")).to_contain_text("Officer: given.")
        other.goto("/account")
        expect(other.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_file_is_sent_in_looked_at_and_imported_without_scripts(
    served: WebApp, plain: Page, plain_sign_in: SignIn, tmp_path: Path
):
    officer = person(served, Role.OFFICER)
    file = tmp_path / "small 2026-08-22.yaml"
    file.write_text(SMALL_HISTORY, encoding="utf-8")
    plain_sign_in(officer)
    plain.goto("/")
    plain.locator(".head__person > summary").click()
    plain.get_by_role("link", name="Imports").click()
    plain.get_by_label("Files").set_input_files(file)
    plain.get_by_role("button", name="See what they would do").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("What these files would do")
    expect(plain.locator("main")).to_contain_text("Nothing was written yet.")
    plain.get_by_role("button", name="Import this file").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Imported")


@pytest.mark.shows("files/imports/report.html")
def test_the_report_of_an_import_keeps_to_wcag_2_2_aa_and_fits(page: Page, all_powerful: Listed, tmp_path: Path):
    files = [tmp_path / "again 2026-08-22.yaml", tmp_path / "notes.txt"]
    files[0].write_text(SMALL_HISTORY, encoding="utf-8")
    files[1].write_text("Nothing about inspections.", encoding="utf-8")
    page.goto("/admin/imports")
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="See what they would do").click()
    expect(page.locator("main")).to_contain_text("Refused:")
    must_be_accessible(page)
    must_fit(page)


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[str]:
    """Where a demonstration is served to this machine."""
    app = made(tmp_path)
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_demonstration_lets_one_be_an_officer_and_record(browser: Browser, demonstration: str):
    with browser.new_context(base_url=demonstration) as context:
        page = context.new_page()
        page.goto(f"/authorities/{STOCKTON}/record/engagement-meeting")
        must_be_accessible(page)
        must_fit(page)
        page.get_by_role("button", name="Officer").click()
        expect(page).to_have_url(re.compile("record/engagement-meeting$"))
        page.locator("#held-month").fill("3")
        page.locator("#held-year").fill("2026")
        page.get_by_label("Where did you read this?").fill("Scrutiny paper of April 2026")
        page.get_by_role("button", name="Record").click()
        expect(page.locator("#timeline")).to_contain_text("Engagement meeting with Ofsted")
        expect(page.get_by_role("note")).to_contain_text("may be made up")
        must_be_accessible(page)
