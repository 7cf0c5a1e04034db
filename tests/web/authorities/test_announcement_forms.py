"""From the call to the last day on site: the forms, what they propose, refuse and keep."""

from __future__ import annotations

import pytest

from domain.facts import InspectionNotified
from tests.web.client import HTMX, Client, Document, check_elements
from tests.web.demo_app import GATESHEAD, HARINGEY
from tests.web.signed_in import store_of
from web import WebApp
from web.authorities.command_table import RECORDS

HEARD = f"/authorities/{GATESHEAD}"
SOURCE = {"source_title": "Ofsted’s notification"}


def day(name: str, written: str) -> dict[str, str]:
    return {f"{name}-{part}": text for part, text in zip(("year", "month", "day"), written.split("-"), strict=True)}


def command(number: int) -> dict[str, str]:
    return {"command": f"ba1f3c2e-1111-4222-8333-9444455556{number:02}"}


CALL = {**command(1), **SOURCE, "announced": "short", **day("notified_on", "2026-08-24")}


STEPS = {"first-day", "paused", "resumed", "last-day", "call-withdrawn"}


def boxes(page: Document, name: str) -> tuple[str | None, ...]:
    return tuple(page.by_id(f"{name}-{part}").get("value") for part in ("day", "month", "year"))


def said(page: Document) -> str:
    return page.all("main")[0].said


@pytest.mark.parametrize(
    ("called", "notified_on", "first", "last", "words"),
    [
        ("short", "2026-08-24", ("1", "9", "2026"), ("4", "9", "2026"), "Proposed by R-100. Change the days"),
        ("standard", "2026-11-30", ("7", "12", "2026"), ("18", "12", "2026"), "Proposed by R-100. Change the days"),
        ("standard", "2026-12-01", ("14", "12", "2026"), ("24", "12", "2026"), "Proposed by R-100. Change the days"),
        ("focused-visit", "2026-11-30", ("8", "12", "2026"), ("10", "12", "2026"), "takes two days of these"),
        ("graded", "2026-11-30", ("7", "12", "2026"), ("", "", ""), "11 December 2026 or 18 December 2026"),
        ("monitoring-visit", "2026-11-30", ("", "", ""), ("", "", ""), "enter those that were named"),
    ],
)
def test_days_on_site_are_proposed_before_anything_is_kept(
    app: WebApp,
    officer: Client,
    called: str,
    notified_on: str,
    first: tuple[str, ...],
    last: tuple[str, ...],
    words: str,
):
    before = store_of(app).application.ledger.max_position()
    asked = {**CALL, "announced": called, **day("notified_on", notified_on), "propose": "yes"}
    page = officer.post(f"{HEARD}/record/call", asked, status=200)
    assert words in said(page)
    assert (boxes(page, "expected_start"), boxes(page, "expected_end")) == (first, last)
    assert store_of(app).application.ledger.max_position() == before


def test_a_proposal_needs_what_it_follows_from(officer: Client):
    page = officer.post(f"{HEARD}/record/call", {**command(2), "propose": "yes"}, status=200)
    assert "Select what was called." in said(page)
    assert "Enter how you know" not in said(page), "nothing is to be recorded yet"


def test_a_proposal_that_htmx_receives_is_a_piece_of_the_page(officer: Client):
    part = officer.client.post(f"{HEARD}/record/call", data={**CALL, "propose": "yes"}, headers=HTMX)
    check_elements(Document(part.text))
    assert "Proposed by R-100" in part.text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (day("expected_end", "2026-09-04"), "Give the first day on site as well"),
        (day("expected_start", "2026-09-07") | day("expected_end", "2026-09-04"), "cannot be before the first day"),
        (day("expected_start", "2026-08-21"), "Look at the first day again."),
        (day("notified_on", "2099-01-01"), "in the future"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_what_was_typed(officer: Client, days: dict[str, str], words: str):
    page = officer.post(f"{HEARD}/record/call", {**CALL, **command(3), **days}, status=422)
    assert words in said(page)


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        *(
            (kind, "How do you know?")
            for kind in ("call", "call-withdrawn", "first-day", "paused", "resumed", "last-day")
        ),
        ("periods", "Where did you read this?"),
    ],
)
def test_what_is_heard_before_any_paper_is_out_is_not_asked_where_it_was_read(kind: str, question: str):
    assert RECORDS[kind].form.source_title.args[0] == question


def test_who_called_is_not_asked_and_that_is_said(officer: Client):
    page = officer.page(f"{HEARD}/record/call")
    assert "Who called is not kept, and nothing about any child" in said(page)
    names = {one.get("name") for one in page.all("input")}
    assert not {name for name in names if name and "caller" in name}


def test_from_the_call_to_the_last_day_each_step_is_kept_once(app: WebApp, officer: Client):
    for _ in range(2):
        assert officer.client.post(f"{HEARD}/record/call", data=CALL).status_code == 303
    facts = [fact for _, fact in store_of(app).application.ledger.read_facts() if isinstance(fact, InspectionNotified)]
    assert len(facts) == 1
    page = officer.page(f"{HEARD}?as_at=2026-08-25")
    assert "Inspectors come on Tuesday 1 September 2026, in 4 working days" in said(page)
    links = {one.said: one.get("href") for one in page.all("a")}
    assert links["Call withdrawn"] == f"{HEARD}/record/call-withdrawn"
    next_steps = {
        "first-day": {"paused", "last-day"},
        "paused": {"resumed", "last-day"},
        "resumed": {"last-day"},
        "last-day": set(),
    }
    for number, (kind, days, told) in enumerate(
        (
            ("first-day", day("started_on", "2026-09-01"), "Day 2 of"),
            ("paused", day("paused_on", "2026-09-02"), "Paused: no report is awaited"),
            ("resumed", day("resumed_on", "2026-10-05"), "Day 3 of"),
            ("last-day", day("ended_on", "2026-10-06"), "The report is awaited"),
        )
    ):
        form = officer.page(f"{HEARD}/record/{kind}")
        (chosen,) = [one for one in form.all("option") if "Short inspection" in one.said]
        sent = {**command(10 + number), **SOURCE, "activity": chosen.get("value") or "", **days}
        answer = officer.client.post(f"{HEARD}/record/{kind}", data=sent)
        assert answer.status_code == 303, (kind, answer.text)
        on = {"first-day": "2026-09-02", "paused": "2026-09-10", "resumed": "2026-10-05", "last-day": "2026-10-07"}[
            kind
        ]
        now = said(officer.page(f"{HEARD}?as_at={on}"))
        assert told in now, (kind, now[:1500])
        offered = {
            (one.get("href") or "").rpartition("/record/")[2] for one in officer.page(f"{HEARD}?as_at={on}").all("a")
        }
        assert offered & STEPS == next_steps[kind]


def test_a_call_is_withdrawn_with_a_reason_and_leads_no_page_any_more(officer: Client):
    address = f"/authorities/{HARINGEY}"
    call = {**CALL, **command(30), "announced": "focused-visit", **day("notified_on", "2026-11-16")}
    assert officer.client.post(f"{address}/record/call", data=call).status_code == 303
    form = officer.page(f"{address}/record/call-withdrawn")
    (chosen,) = [one for one in form.all("option") if "Focused visit" in one.said]
    sent = {
        **command(31),
        **SOURCE,
        "activity": chosen.get("value") or "",
        **day("withdrawn_on", "2026-11-18"),
    }
    page = officer.post(f"{address}/record/call-withdrawn", sent, status=422)
    assert "Enter why it was withdrawn or put off." in said(page)
    answer = officer.client.post(f"{address}/record/call-withdrawn", data={**sent, "reason": "Put off to the spring"})
    assert answer.status_code == 303
    assert "Inspectors come" in said(officer.page(f"{address}?as_at=2026-11-17"))
    after = said(officer.page(f"{address}?as_at=2026-11-18"))
    assert "Inspectors come" not in after
    assert "The call of 16 November 2026 was withdrawn on 18 November 2026." in after


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (day("second_from", "2026-09-02"), "The periods do not follow each other."),
        (day("first_to", "2026-08-30"), "The periods do not follow each other."),
        (day("third_from", "2026-10-05"), "Enter both ends of the third period, or neither."),
    ],
)
def test_periods_that_cannot_be_are_refused(officer: Client, days: dict[str, str], words: str):
    form = officer.page(f"{HEARD}/record/periods")
    held = next(one.get("value") for one in form.all("option"))
    periods = {
        **day("first_from", "2026-08-31"),
        **day("first_to", "2026-09-02"),
        **day("second_from", "2026-09-21"),
        **day("second_to", "2026-09-22"),
    }
    sent = {**command(40), **SOURCE, "activity": held or "", **periods, **days}
    assert words in said(officer.post(f"{HEARD}/record/periods", sent, status=422))
