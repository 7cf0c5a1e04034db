"""An officer sends in a report or letter, looks it through, sees what would change, and records it. All is invented."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from domain.values.activities import Activity
from domain.values.documents import DocumentKind
from domain.values.roles import Role
from domain.values.statements import Channel, Family, Kind, Statement
from tests.web.client import Client, Document
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app
from tests.web.intake.reports.paper import letter
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

LETTER = """12 January 2026

Alex Example
Director of Children’s Services
{council}

Dear Alex

# Focused visit to {council} children’s services

This letter summarises the findings of the focused visit to {council} children’s services on 19 and 20 November 2025. \
His Majesty’s Inspectors for this visit were Sam Sample and Jo Jones.

Inspectors looked at the local authority’s arrangements for care leavers aged 18 to 25 years.

This visit was carried out in line with the inspection of local authority children’s services (ILACS) framework.

# Headline findings

Care leavers receive an inconsistent service.

# Areas for priority action
* Keeping in touch with care leavers.

# What needs to improve in this area of social work practice?
* The quality of plans, so that they say what is to be done by whom and by when.
* Supervision. (outcome 4, national framework)

# Main findings

Most plans are reviewed in time.

Ofsted will take the findings from this focused visit into account when planning the next inspection or visit.

Yours sincerely

Sam Sample
His Majesty’s Inspector"""
NAMED = "letter - 12 january 2026.pdf"
WITHOUT_PRIORITY_ACTION = LETTER.format(council="Gateshead Council").replace(
    "# Areas for priority action\n* Keeping in touch with care leavers.\n\n", ""
)
OF_GATESHEAD = letter(LETTER.format(council="Gateshead Council"))


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return demo_app(tmp_path / "store")


@pytest.fixture
def officer(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER, authorities=[GATESHEAD]))
    return client


def send(client: Client, content: bytes, *, urn: str = GATESHEAD, name: str = NAMED, **more: str) -> Any:
    form = MultiDict([("command", str(uuid4())), *more.items()])
    form.add("file", FileStorage(io.BytesIO(content), name))
    boundary, body = encode_multipart(form)
    address = f"/authorities/{urn}/documents/new"
    return client.client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def sent(client: Client, content: bytes = OF_GATESHEAD) -> str:
    """The address of what was read."""
    answer = send(client, content)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def filled_in(page: Document) -> dict[str, str]:
    """What the form holds, as a browser would send it back."""
    found: dict[str, str] = {}
    for one in page.all("input", "textarea", "select", "option"):
        name = one.get("name")
        if one.tag == "option":
            select = next(parent for parent in reversed(one.parents) if parent.tag == "select")
            if one.get("selected") is not None:
                found[select.get("name") or ""] = one.get("value") or ""
        elif one.tag == "textarea":
            found[name or ""] = "".join(one.words).strip()
        elif (
            one.tag == "input"
            and name
            and (one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None)
        ):
            found[name] = one.get("value") or ""
    return found


def looked_through(client: Client, address: str, **changed: str) -> str:
    """Send the form back with some values changed; the address of what would change."""
    form = filled_in(client.page(address)) | changed
    answer = client.client.post(address, data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def confirm(client: Client, check: str) -> Document:
    assert client.client.post(check, data={"command": str(uuid4())}).status_code == 303
    return client.page(check)


def visit(app: WebApp) -> Activity:
    (found,) = (
        one
        for one in store_of(app).application.authorities.authority(GATESHEAD).activities
        if one.kind is Kind.FOCUSED_VISIT and one.start == date(2025, 11, 19)
    )
    return found


def officers_words(app: WebApp) -> list[Statement]:
    """What an officer said of the visit."""
    known = store_of(app).application.authorities.authority(GATESHEAD).dossier.statements
    return [known[name] for name in visit(app).statements if known[name].family is Family.REPORT_IN_HAND]


def said(page: Document) -> str:
    return page.all("main")[0].said


def test_what_was_read_stands_beside_its_page_and_the_documents_words(officer: Client):
    page = officer.page(sent(officer))
    form = filled_in(page)
    assert (form["started_on-day"], form["ended_on-day"], form["published_on-year"]) == ("19", "20", "2026")
    assert (form["kind"], form["priority_action"]) == (DocumentKind.FOCUSED_VISIT_LETTER.value, "yes")
    assert form["priority_actions"] == "Keeping in touch with care leavers."
    assert form["improvements"].splitlines()[-1].endswith("[4]")
    quoted = [one.said for one in page.all("q")]
    assert quoted[0] == "Focused visit to Gateshead Council children’s services", "by which its kind is known"
    for words in ("on 19 and 20 November 2025", "Areas for priority action", "What needs to improve"):
        assert any(words in one for one in quoted)
    assert "Most plans are reviewed in time." in said(page)


def test_nothing_is_written_before_it_is_confirmed_and_what_would_change_is_said(app: WebApp, officer: Client):
    before = store_of(app).ledger.max_position()
    check = looked_through(officer, sent(officer))
    page = said(officer.page(check))
    assert store_of(app).ledger.max_position() == before
    assert "A new entry" in page
    assert "priority action" in page
    assert "Would" in page, "what comes next is told"


def test_what_is_confirmed_is_held_with_the_document_as_its_source(app: WebApp, officer: Client):
    page = confirm(officer, looked_through(officer, sent(officer)))
    held = visit(app)
    assert held.priority_actions == ("Keeping in touch with care leavers.",)
    assert held.improvement_outcomes == ((), (4,))
    assert (held.sources[0].page, len(held.sources[0].sha256 or "")) == (1, 64)
    assert "Keep the receipt" in said(page)
    statements = store_of(app).application.authorities.authority(GATESHEAD).dossier.statements
    assert {statements[name].family for name in held.statements} == {Family.OFSTED_DOCUMENT}
    entry = said(officer.page(f"/inspections/{held.id}"))
    assert "Ofsted letter on the focused visit to Gateshead, published 12 January 2026, page 1 (SHA-256 " in entry
    assert "on 19 and 20 November 2025" in entry, "the document's own words"
    assert "Published 12 January 2026, read here on " in entry, "which is not the day on which it was read"


def test_a_value_put_right_is_the_officers_word_beside_the_documents(app: WebApp, officer: Client):
    changed = {"ended_on-day": "21", "focus": "care leavers and staying put"}
    check = looked_through(officer, sent(officer), **changed)
    assert "Put right by you" in said(officer.page(check))
    confirm(officer, check)
    held = visit(app)
    assert (held.end, held.focus) == (date(2025, 11, 21), "care leavers and staying put")
    (dispute,) = held.disagreements
    assert (dispute.field, [side.family for side in dispute.says]) == (
        "end",
        [Family.REPORT_IN_HAND, Family.OFSTED_DOCUMENT],
    )
    own = officers_words(app)
    assert [one.channel for one in own] == [Channel.OFSTED_LETTER]
    assert set(own[0].said.stated) == {"start", "end", "focus"}


def test_an_officer_who_goes_back_to_an_earlier_word_is_heard_and_once_only(app: WebApp, officer: Client):
    for day in (21, 22, 21, 22):
        again = {"ended_on-day": str(day)}
        confirm(officer, looked_through(officer, sent(officer), **again))
        assert visit(app).end == date(2025, 11, day)
    before = store_of(app).ledger.max_position()
    assert "There is nothing left to record." in said(officer.page(looked_through(officer, sent(officer), **again)))
    assert store_of(app).ledger.max_position() == before
    assert len(officers_words(app)) == 4


def test_a_value_that_was_cleared_is_not_recorded(app: WebApp, officer: Client):
    check = looked_through(officer, sent(officer), priority_actions="", priority_action="no")
    confirm(officer, check)
    held = visit(app)
    assert (held.priority_actions, held.priority_action) == ((), False)


def test_a_letters_silence_on_priority_action_is_no_word_of_ofsteds(app: WebApp, officer: Client):
    silent = letter(WITHOUT_PRIORITY_ACTION)
    address = sent(officer, silent)
    page = officer.page(address)
    assert filled_in(page)["priority_action"] == ""
    assert "The document has no such heading" in said(page)
    check = looked_through(officer, address)
    assert "No plan can be opened from them. A plan is made on" in said(officer.page(check))
    done = confirm(officer, check)
    assert visit(app).priority_action is None
    assert "No plan can be opened from its findings" in said(done)


def test_a_second_page_of_the_same_letter_says_that_it_is_recorded_already(app: WebApp, officer: Client):
    first, second = (looked_through(officer, sent(officer)) for _ in range(2))
    confirm(officer, first)
    before = store_of(app).ledger.max_position()
    page = said(confirm(officer, second))
    assert store_of(app).ledger.max_position() == before
    assert "Already recorded" in page
    assert "Success" not in page


def test_a_letter_sent_in_again_shows_what_is_held_and_what_would_change(app: WebApp, officer: Client):
    confirm(officer, looked_through(officer, sent(officer), focus="care leavers, staying in touch"))
    again = sent(officer)
    page = officer.page(again)
    form = filled_in(page)
    assert form["focus"] == "care leavers, staying in touch", "what was put right before"
    assert "The form shows what is held now" in said(page)
    check = looked_through(officer, again, improvements=form["improvements"].replace("Supervision.", "Supervising."))
    told = said(officer.page(check))
    assert "Changes what is held" in told
    own = told.partition("Put right by you")[2]
    assert "To improve 2 Supervising. (outcome 4, national framework) [4]" in own
    assert "The quality of plans" not in own, "which nobody touched"
    assert "Focus" not in told.partition("What would be held otherwise")[2]
    confirm(officer, check)
    assert visit(app).focus == "care leavers, staying in touch"
    assert visit(app).improvements[-1].startswith("Supervising.")


def test_an_officer_who_goes_back_to_the_letters_own_word_is_heard(app: WebApp, officer: Client):
    for day in ("21", "20"):
        check = looked_through(officer, sent(officer), **{"ended_on-day": day})
        confirm(officer, check)
        assert visit(app).end == date(2025, 11, int(day))


def test_a_form_that_shows_what_is_held_no_more_is_shown_anew(officer: Client):
    confirm(officer, looked_through(officer, sent(officer)))
    late = looked_through(officer, sent(officer), focus="care leavers")
    confirm(officer, looked_through(officer, sent(officer), **{"ended_on-day": "21"}))
    answer = officer.client.get(late)
    assert answer.status_code == 303
    page = officer.page(answer.headers["Location"])
    assert "Something else was recorded of it since you looked." in said(page)
    assert filled_in(page)["ended_on-day"] == "21"


def test_a_plan_is_opened_from_the_findings_in_one_click(app: WebApp, officer: Client):
    page = confirm(officer, looked_through(officer, sent(officer)))
    (form,) = (one for one in page.all("form") if "plans/open" in (one.get("action") or ""))
    fields = {one.get("name") or "": one.get("value") or "" for one in page.all("input") if form in one.parents}
    answer = officer.client.post(form.get("action") or "", data=fields)
    assert answer.status_code == 303
    assert "Keeping in touch with care leavers." in said(officer.page(f"{answer.headers['Location']}/findings"))


def test_the_same_document_again_says_so_and_has_nothing_left_to_record(app: WebApp, officer: Client):
    confirm(officer, looked_through(officer, sent(officer)))
    before = store_of(app).ledger.max_position()
    again = sent(officer)
    assert "This very file was recorded before" in said(officer.page(again))
    check = officer.page(looked_through(officer, again))
    assert "There is nothing left to record." in said(check)
    assert store_of(app).ledger.max_position() == before


def test_a_document_sent_twice_is_recorded_once(app: WebApp, officer: Client):
    check = looked_through(officer, sent(officer))
    confirm(officer, check)
    before = store_of(app).ledger.max_position()
    confirm(officer, check)
    assert store_of(app).ledger.max_position() == before


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"started_on-day": "24"}, "The last day on site lies before the first."),
        ({"published_on-year": "2031"}, "What is recorded here is public at once."),
        ({"published_on-year": "2024"}, "It would be published before inspectors had left."),
        ({"priority_action": "no"}, "There are areas for priority action here"),
        ({"improvements": "Supervision. [1, 12]"}, "numbered 1 to 4, for example [1, 3]."),
    ],
)
def test_values_that_cannot_be_are_asked_for_again(officer: Client, changed: dict[str, str], reason: str):
    address = sent(officer)
    form = filled_in(officer.page(address)) | changed
    page = officer.post(address, form, status=422)
    assert reason in said(page)


def test_a_document_of_another_authority_is_told_to_be_so(app: WebApp, officer: Client):
    other = letter(LETTER.format(council="Haringey Council"))
    page = officer.page(sent(officer, other))
    assert "This document is about Haringey" in said(page)
    assert "Your role is not for Haringey" in said(page)
    both = Client(app)
    sign_in(app, both.client, person(app, Role.OFFICER, authorities=[GATESHEAD, HARINGEY]))
    page = both.page(sent(both, other))
    (link,) = (one for one in page.all("a") if "Go on with it" in one.said)
    assert filled_in(both.page(link.get("href") or ""))["started_on-day"] == "19"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"urn,name\n", "This is not a PDF, whatever its name says."),
        (b"", "This file is empty"),
        (b"\xff\xd8\xff\xe0 a photo", "This is a picture, not a PDF"),
        (b"PK\x03\x04 a Word file", "This is a file of Word or Excel, not a PDF"),
        (b"%PDF-1.7 and no more", "There is a problem"),
        (letter("Minutes of a meeting\n\nNothing of Ofsted’s."), "There is a problem"),
    ],
)
def test_what_is_no_document_of_ofsteds_is_refused_with_what_to_do(officer: Client, content: bytes, reason: str):
    answer = send(officer, content)
    assert answer.status_code == 422
    page = officer.checked(answer, 422)
    at_the_field = page.by_id("file-error")
    assert at_the_field is not None
    assert reason in said(page)
    assert [one.said for one in page.all("a") if one.get("href") == "#file"] == [
        at_the_field.said.removeprefix("Error:").strip()
    ]


def test_a_forgotten_file_is_sent_in_again_with_what_was_put_right(officer: Client, monkeypatch: pytest.MonkeyPatch):
    address = sent(officer)
    form = filled_in(officer.page(address)) | {"focus": "care leavers"}
    with monkeypatch.context() as later:
        later.setattr("web.store.uploads.KEPT_SECONDS", -1)
        page = officer.post(address, form, status=404)
    assert "Send the file in again to go on. What you put right is kept" in said(page)
    kept = {name: value for name, value in filled_in(page).items() if name.startswith("put-right-")}
    again = send(officer, OF_GATESHEAD, **kept).headers["Location"]
    assert filled_in(officer.page(again))["focus"] == "care leavers"
    other = send(officer, letter(WITHOUT_PRIORITY_ACTION), **kept).headers["Location"]
    assert filled_in(officer.page(other))["focus"] != "care leavers", "it was of another file"


def test_a_foreign_or_forgotten_upload_is_not_found(app: WebApp, officer: Client):
    address = sent(officer)
    other = Client(app)
    sign_in(app, other.client, person(app, Role.OFFICER, authorities=[GATESHEAD]))
    for path in (address, f"{address}/check"):
        assert other.client.get(path).status_code == 404
        assert other.client.post(path, data={"command": str(uuid4())}).status_code == 404
    assert officer.client.get(f"/authorities/{GATESHEAD}/documents/{uuid4()}").status_code == 404


def test_the_way_there_is_shown_to_those_who_may(app: WebApp, officer: Client):
    address = f"/authorities/{GATESHEAD}/documents/new"
    links = [one.get("href") for one in officer.page(f"/authorities/{GATESHEAD}").all("a")]
    assert address in links
    assert address not in [one.get("href") for one in Client(app).page(f"/authorities/{GATESHEAD}").all("a")]
    assert Client(app).client.get(address).status_code in (302, 303)
