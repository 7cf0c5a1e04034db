"""Recording what happened: every form, what it refuses, and what it keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from inspect import BoundArguments, signature
from typing import Any, cast
from uuid import UUID

import pytest
from wtforms import BooleanField, SelectField, SelectMultipleField

from domain.application import Application
from tests.web.authorities.story import AUTHORITY, RECORD_PAGES, entries
from tests.web.client import HTMX, Client, Document, check_elements
from tests.web.demo_app import STOCKTON, UNTOUCHED
from tests.web.examples import ILACS_2024
from tests.web.signed_in import store_of
from web import WebApp
from web.authorities.command_table import FIRST, GROUPS, RECORDS
from web.authorities.recording_forms import AboutAnEntry, RecordForm
from web.site.fields import DateInput

VISIT = {
    "command": "6a1f3c2e-1111-4222-8333-944445555666",
    "started_on-day": "8",
    "started_on-month": "9",
    "started_on-year": "2026",
    "focus": "care leavers",
    "source_title": "Ofsted letter of 12 October 2026",
    "source_url": "https://files.ofsted.gov.uk/v1/file/50300000",
}

FORM = f"/authorities/{STOCKTON}/record/focused-visit"


def summary_of(document: Document) -> str:
    (summary,) = [element for element in document.elements if element.get("class") == "govuk-error-summary"]
    return summary.said


def test_every_kind_of_record_is_chosen_under_one_heading(officer: Client):
    page = officer.page(f"{AUTHORITY}/record")
    headings = [
        element.said for element in page.all("h2") if any(parent.tag == "summary" for parent in element.parents)
    ]
    assert headings == [*(heading for heading, records in GROUPS.items() if records), "Committees and plans"]
    links = [link.get("href") for link in page.all("a")]
    assert [links.count(f"{AUTHORITY}/record/{kind}") for records in GROUPS.values() for kind in records] == [
        1 for _ in RECORDS
    ]


@pytest.mark.parametrize("kind", RECORDS)
def test_an_empty_form_is_answered_422_with_every_error_linked_to_its_box(officer: Client, kind: str):
    page = officer.post(f"{AUTHORITY}/record/{kind}", {}, status=422)
    if RECORDS[kind].about is not None and "Nothing held of Haringey waits for this." in page.all("main")[0].said:
        return
    assert "There is a problem" in summary_of(page)
    assert page.all("title")[0].said.startswith("Error:")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"started_on-day": "", "started_on-month": "", "started_on-year": ""}, "Enter the first day on site"),
        ({"started_on-month": ""}, "must include a month"),
        ({"started_on-day": "31", "started_on-month": "2"}, "must be a real date"),
        ({"started_on-month": "13"}, "must be a real date"),
        ({"started_on-year": "202"}, "must have a year of four digits"),
        ({"started_on-day": "٣"}, "must be a real date"),
        ({"source_title": ""}, "Enter where this was read"),
        ({"source_url": "ftp://files.example"}, "begins with https://"),
        ({"focus": "a\x00b"}, "cannot be printed"),
        ({"command": "again"}, "Open it again"),
        ({"priority_actions": "x\n" * 61}, "at most 60 lines"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(officer: Client, parts: dict[str, str], words: str):
    page = officer.post(FORM, VISIT | parts, status=422)
    assert words in summary_of(page)
    if "focus" not in parts:
        assert page.by_id("focus").get("value") == "care leavers"


def test_missing_date_parts_are_an_error_and_not_a_fault(officer: Client):
    form = {key: value for key, value in VISIT.items() if not key.startswith("started_on")}
    assert "Enter the first day on site" in summary_of(officer.post(FORM, form, status=422))


def test_the_part_that_htmx_receives_on_422_is_a_piece_of_the_page(officer: Client):
    wrong = VISIT | {"started_on-day": ""}
    part = officer.client.post(FORM, data=wrong, headers=HTMX)
    page = officer.client.post(FORM, data=wrong)
    assert part.status_code == page.status_code == 422
    assert part.text.strip() in page.text
    check_elements(Document(part.text))


def test_a_record_is_kept_once_however_often_it_is_sent(officer: Client):
    before = len(entries(officer, f"/authorities/{STOCKTON}"))
    for _ in range(2):
        answer = officer.client.post(FORM, data=VISIT)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/authorities/{STOCKTON}")
    page = officer.page(f"/authorities/{STOCKTON}")
    assert "Recorded: focused visit." in page.all("main")[0].said
    assert len(entries(officer, f"/authorities/{STOCKTON}")) == before + 1


def test_htmx_is_sent_to_the_authority_after_a_record(officer: Client):
    form = VISIT | {"command": "7a1f3c2e-1111-4222-8333-944445555667", "started_on-month": "10"}
    answer = officer.client.post(FORM, data=form, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/authorities/{STOCKTON}")


def test_what_breaks_a_pattern_is_kept_and_the_officer_asked_to_look_again(officer: Client):
    form = VISIT | {"command": "7b1f3c2e-1111-4222-8333-944445555669", "kind": "short", "started_on-day": "9"}
    answer = officer.client.post(f"/authorities/{STOCKTON}/record/inspection", data=form)
    assert answer.status_code == 303
    page = officer.page(f"/authorities/{STOCKTON}")
    assert "Recorded: inspection." in page.all("main")[0].said
    assert "Look again:" in page.all("main")[0].said


def test_what_the_record_keeper_refuses_is_shown_on_the_form(officer: Client):
    form = VISIT | {"command": "8a1f3c2e-1111-4222-8333-944445555668"}
    form |= {"kind": "standard", "overall_effectiveness": "good", "started_on-month": "6", "published_on-day": "1"}
    form |= {"published_on-month": "9", "published_on-year": "2026"}
    page = officer.post(f"/authorities/{STOCKTON}/record/inspection", form, status=422)
    assert "no judgement on overall effectiveness" in summary_of(page)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("second", "Enter the number of the visit in digits, for example 2."),
        ("1.5", "Enter the number of the visit in digits, for example 2."),
        ("31", "Enter a number from 1 to 30."),
    ],
)
def test_a_number_that_is_none_is_answered_with_what_to_enter(officer: Client, typed: str, answer: str):
    form = VISIT | {"command": "8a1f3c2e-1111-4222-8333-944445555699", "number": typed}
    page = officer.post(f"/authorities/{STOCKTON}/record/monitoring-visit", form, status=422)
    assert answer in summary_of(page)
    (box,) = [box for box in page.all("input") if box.get("name") == "number"]
    assert (box.get("value"), box.get("inputmode")) == (typed, "numeric")


def filled_in(form: RecordForm) -> dict[str, str]:
    """An answer to every question of a form, as a browser sends it."""
    sent = {"command": "aa1f3c2e-1111-4222-8333-944445555670"}
    for number, field in enumerate(form.shown(), 1):
        if isinstance(field, DateInput):
            day = (("day", str(number)), ("month", "5"), ("year", "2026"))
            sent |= {f"{field.name}-{part}": text for part, text in day}
        elif isinstance(field, SelectField | SelectMultipleField):
            sent[field.name] = [str(value) for value, *_ in field.iter_choices() if value][-1]
        elif not isinstance(field, BooleanField):
            sent[field.name] = {"source_url": "https://files.example/1", "number": "2"}.get(field.name, "Two words")
    return sent


@pytest.mark.parametrize("kind", RECORDS)
def test_every_form_gives_what_its_command_takes(app: WebApp, kind: str):
    record = RECORDS[kind]
    with app.test_request_context():
        empty = record.form()
        if isinstance(empty, AboutAnEntry):
            empty.offer([(ILACS_2024.id, "Standard inspection")])
        sent = filled_in(empty)
    with app.test_request_context(method="POST", data=sent):
        form = record.form()
        if isinstance(form, AboutAnEntry):
            form.offer([(ILACS_2024.id, "Standard inspection")])
        assert form.validate(), form.errors
        form.send(cast("Any", Door(store_of(app).application)), STOCKTON, cast("Any", None))


@dataclass(frozen=True)
class Bound:
    """Takes what the commands of a class take, and does nothing."""

    commands: type

    def __getattr__(self, name: str) -> Callable[..., BoundArguments]:
        return partial(signature(getattr(self.commands, name)).bind, None)


@dataclass(frozen=True)
class Door:
    """Where the commands are found that forms send."""

    application: Application

    def __getattr__(self, name: str) -> Bound:
        return Bound(type(getattr(self.application, name)))


def test_a_month_will_do_for_a_self_evaluation(officer: Client):
    form = {
        "command": "9a1f3c2e-1111-4222-8333-944445555669",
        "shared-month": "september",
        "shared-year": "2025",
        "source_title": "Cabinet minutes of October 2025",
    }
    answer = officer.client.post(f"/authorities/{STOCKTON}/record/self-evaluation", data=form)
    assert answer.status_code == 303
    assert "September 2025" in officer.page(f"/authorities/{STOCKTON}?kind=meetings").all("main")[0].said


def test_who_looked_and_found_nothing_more_stands_on_the_page(officer: Client):
    form = {
        "command": "9a1f3c2e-1111-4222-8333-944445555670",
        "kind": "monitoring_visit",
        "checked_on-day": "30",
        "checked_on-month": "6",
        "checked_on-year": "2026",
        "source_title": "Ofsted's page on the council",
    }
    answer = officer.client.post(f"/authorities/{STOCKTON}/record/nothing-more", data=form)
    assert answer.status_code == 303
    told = officer.page(f"/authorities/{STOCKTON}").by_id("known-until").said
    assert "monitoring visits 30 June 2026" in told
    assert "All monitoring visits public by 30 June 2026 are held: looked through, recorded by" in told
    assert "Source: Ofsted's page on the council." in told


def test_forms_ask_that_nobody_be_named(officer: Client):
    for address in RECORD_PAGES:
        assert "Do not name children, families or staff." in officer.page(address).all("main")[0].said


def test_what_an_officer_records_carries_their_id_and_shows_their_office(app: WebApp, officer: Client):
    form = VISIT | {"command": "cc1f3c2e-1111-4222-8333-944445555674", "started_on-month": "11"}
    assert officer.client.post(FORM, data=form).status_code == 303
    newest = store_of(app).application.authorities.authority(STOCKTON).activities
    recorded = next(held for held in newest if held.start == date(2026, 11, 8))
    facts = [
        fact for _, fact in store_of(app).application.ledger.read_facts() if fact.actor not in ("register", "demo")
    ]
    assert UUID(facts[-1].actor) in store_of(app).accounts.all()
    public = Client(app).page(f"/inspections/{recorded.id}").all("main")[0].said
    assert "by Improvement officer, Tees Valley" in public
    assert "Adaeze" not in public


def test_nobody_may_record_without_signing_in(client: Client):
    answer = client.client.get(FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/sign-in?next={FORM}")
    page = client.post(FORM, VISIT, status=401)
    assert "go back to the form, and send it again" in page.all("main")[0].said


def test_a_record_about_an_entry_leads_to_the_record_that_it_waits_for(officer: Client):
    assert {kind for kind, record in RECORDS.items() if record.about is not None} == set(FIRST)
    for kind, first in FIRST.items():
        page = officer.page(f"/authorities/{UNTOUCHED}/record/{kind}")
        if "waits for this. Record first" in page.all("main")[0].said:
            hrefs = {link.get("href") for link in page.all("a")}
            assert {f"/authorities/{UNTOUCHED}/record/{one}" for one in first} <= hrefs
    labels = [record.label for record in RECORDS.values()]
    assert len(set(labels)) == len(labels)


def test_a_plan_waits_for_an_inspection_or_visit_and_leads_to_their_forms(officer: Client):
    page = officer.page(f"/authorities/{UNTOUCHED}/plans/open")
    assert "has no report or letter that obliges it" in page.all("main")[0].said
    assert f"/authorities/{UNTOUCHED}/record/inspection" in {link.get("href") for link in page.all("a")}
