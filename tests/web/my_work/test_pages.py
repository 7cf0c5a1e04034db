"""My work: what waits for this person first, each with its button, and as many in the head as on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from domain.plans.action_commands import OfferEvidence, ReportProgress
from domain.plans.commands import AddAction
from domain.values.plans import Progress
from domain.values.roles import Listed, Role
from projections.plans.plan import plan_heads
from projections.questions.waiting import everything_waiting
from tests.web.client import Client, Document
from tests.web.demo_app import GATESHEAD, HARINGEY
from tests.web.lists_app import OFFICE, lists_app, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.words import dates

TODAY = date(2026, 11, 20)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WebApp:
    monkeypatch.setattr(dates, "today", lambda: TODAY)
    return lists_app(tmp_path)


def signed_in(app: WebApp, who: Listed) -> Client:
    client = Client(app)
    sign_in(app, client.client, who)
    return client


def things(page: Document) -> list[str]:
    """What waits for the person, a line each."""
    return [
        one.said
        for one in page.all("li")
        if any(parent.get("aria-labelledby") == "waits-heading" for parent in one.parents)
    ]


def in_the_head(page: Document) -> int:
    (link,) = [one for one in page.all("a") if one.get("href") == "/my-work" and not one.inside("main")]
    found = re.search(r"\d+", link.said)
    return int(found[0]) if found else 0


def reported_complete(app: WebApp, many: int) -> None:
    """So many actions of Haringey's plan, each reported complete with evidence by somebody else."""
    door = store_of(app).application
    plan = next(one for one in _plans(app) if door.plans.plan(one).urn == HARINGEY)
    (finding, *_) = door.plans.plan(plan).state.findings
    day = date(2026, 11, 1)
    for number in range(many):
        add = AddAction(plan, findings=[finding], what=f"Step {number}", owner="Director", due_on=TODAY, on=day)
        made = door.do(add, by=told(f"step {number}")).made
        assert isinstance(made, int)
        report = ReportProgress(plan, made, progress=Progress.COMPLETE, on=day)
        door.do(report, by=replace(told(f"step {number} done"), actor="somebody else"))
        door.do(OfferEvidence(plan, made, title="Audit", reference="1", on=day), by=told(f"step {number} shown"))
    store_of(app).projector.catch_up()


def _plans(app: WebApp) -> list[UUID]:
    return [head.id for head in plan_heads(store_of(app).reader, as_at=TODAY).heads]


def test_an_approver_with_ten_things_waiting_sees_ten_and_each_has_its_button(app: WebApp):
    reported_complete(app, 8)
    client = signed_in(app, person(app, Role.APPROVER, authorities=[HARINGEY], office="Panel support"))
    page = client.page("/my-work")
    found = things(page)
    assert page.by_id("waits-heading").said == "10 things wait for you"
    assert [one.split()[0] for one in found] == ["Accept"] * 8 + ["Answer"] * 2
    assert in_the_head(page) == 10
    buttons = [one.get("href") or "" for one in page.all("a") if "govuk-button" in (one.get("class") or "")]
    accept = [one for one in buttons if one.endswith("/record/accept")]
    assert len(accept) == 8
    client.page(accept[0])
    (late, *_) = [one for one in found if "Why so slow?" in one]
    assert re.search(r"Answer \d+ days late", late)


def test_an_approver_is_not_asked_to_accept_what_they_reported_themselves(app: WebApp):
    reported_complete(app, 1)
    who = person(app, Role.APPROVER, authorities=[HARINGEY])
    assert any("Step 0" in one for one in things(signed_in(app, who).page("/my-work")))
    door = store_of(app).application
    plan = next(one for one in _plans(app) if door.plans.plan(one).urn == HARINGEY)
    again = ReportProgress(plan, 4, progress=Progress.COMPLETE, narrative="Still.", on=date(2026, 11, 2))
    door.do(again, by=replace(told("again"), actor=who.actor))
    store_of(app).projector.catch_up()
    assert not any("Step 0" in one for one in things(signed_in(app, who).page("/my-work")))


def test_an_officer_updates_the_actions_of_their_office_a_plan_at_once(app: WebApp):
    client = signed_in(app, person(app, Role.OFFICER, authorities=[HARINGEY], office=f"The {OFFICE}"))
    page = client.page("/my-work")
    (update,) = [one for one in things(page) if "to update" in one]
    assert update.startswith("1 late Haringey: 2 actions to update")
    assert "1 late, 1 not updated for a month" in update
    (button,) = [one for one in page.all("a") if one.said.split()[:1] == ["Update"]]
    assert "2 actions of your office" in client.page(button.get("href") or "").all("main")[0].said
    owed = [one.said for one in page.all("li") if any(p.get("aria-labelledby") == "owed-heading" for p in one.parents)]
    assert len(owed) == 1
    assert "Report the caseload to the board" in owed[0]


def test_where_no_action_names_an_officer_s_office_those_of_every_office_wait_and_it_is_said(app: WebApp):
    page = signed_in(app, person(app, Role.OFFICER, authorities=[HARINGEY], office="Post room")).page("/my-work")
    assert any("Haringey: 3 actions to update" in one for one in things(page))
    assert "No open action names your office, Post room" in page.all("main")[0].said


def test_a_member_sees_their_own_questions_that_wait_and_no_empty_headings(app: WebApp):
    client = signed_in(app, person(app, Role.MEMBER))
    page = client.page("/my-work")
    assert page.by_id("waits-heading").said == "Nothing waits for you"
    assert "None" not in page.all("main")[0].said
    assert in_the_head(page) == 0
    form = {"question": "What shows it?", "command": "5f0e1c2b-3d4a-4b5c-8d6e-7f8091a2b3c4", "seen": "9999"}
    assert client.client.post(f"/authorities/{GATESHEAD}/ask", data=form).status_code == 303
    page = client.page("/my-work")
    assert "Your questions without an answer" in [one.said for one in page.all("h2")]
    assert "Gateshead: “What shows it?”" in page.all("main")[0].said


def test_something_done_is_gone_from_the_count_at_once(app: WebApp):
    client = signed_in(app, person(app, Role.APPROVER, authorities=[HARINGEY]))
    assert in_the_head(client.page("/about")) == 2
    (answer, *_) = [one for one in client.page("/my-work").all("a") if one.said.split()[:1] == ["Answer"]]
    address = answer.get("href") or ""
    form = {"answer": "The audit.", "command": "6f0e1c2b-3d4a-4b5c-8d6e-7f8091a2b3c4"}
    form |= {"on-day": "20", "on-month": "11", "on-year": "2026"}
    assert client.client.post(address, data=form).status_code == 303
    assert in_the_head(client.page("/about")) == 1


def test_whoever_is_not_signed_in_is_told_what_it_is_and_led_to_what_is_public(app: WebApp):
    page = Client(app).page("/my-work")
    links = [one.get("href") for one in page.all("a") if one.inside("main")]
    assert links[0] == "/sign-in?next=/my-work"
    assert "/plans" in links


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("/actions?office=Director&as_at=2026-11-20", "/my-work/actions?office=Director&as_at=2026-11-20"),
        ("/actions.csv", "/my-work/actions.csv"),
        ("/challenges?state=open", "/my-work/questions?state=open"),
        (
            "/challenges/6f0e1c2b-3d4a-4b5c-8d6e-7f8091a2b3c4?as_at=2026-11-20",
            "/questions/6f0e1c2b-3d4a-4b5c-8d6e-7f8091a2b3c4?as_at=2026-11-20",
        ),
        ("/meetings", "/my-work/meetings"),
    ],
)
def test_the_old_addresses_lead_here_with_all_that_was_asked(app: WebApp, old: str, now: str):
    answer = app.test_client().get(old)
    assert (answer.status_code, answer.headers["Location"]) == (308, now)


def test_what_waits_is_remembered_until_something_more_is_told(app: WebApp):
    reader = store_of(app).reader
    first = everything_waiting(reader, on=TODAY)
    assert everything_waiting(reader, on=TODAY) is first
    assert [(one.number, one.wait.value) for one in first.actions] == [(1, "late"), (2, "silent"), (3, "silent")]
    reported_complete(app, 1)
    again = everything_waiting(reader, on=TODAY)
    assert [(one.number, one.wait.value) for one in again.actions][3:] == [(4, "acceptance")]
