"""A plan whose report was replaced: what its page, lists and JSON say, and how its actions go on in the newer plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from domain.plans.carrying_over import CarryOver
from domain.plans.commands import OpenPlan
from domain.values.roles import Role
from tests.web.authorities.test_recording import summary_of
from tests.web.client import HTMX, Client
from tests.web.demo_app import GATESHEAD, demo_app, open_plans, told
from tests.web.plans.story import TODAY, day, filled
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

REPLACED = "Its report was replaced on 29 January 2025"


class Both:
    """Gateshead's plan on its report of 2019, and, once it is opened, one on the report of 2025 that took its place."""

    def __init__(self, app: WebApp) -> None:
        self.app = app
        self.old = open_plans(app, (GATESHEAD,))[GATESHEAD]
        self.officer = Client(app)
        sign_in(app, self.officer.client, person(app, Role.OFFICER, authorities=[GATESHEAD]))

    def open_the_newer(self) -> UUID:
        store = store_of(self.app)
        entries = store.application.authorities.authority(GATESHEAD).activities
        entry = next(one.id for one in entries if one.published == date(2025, 1, 29))
        words = {"text": "Support for young carers.", "priority": False}
        store.application.authorities.record_finding(GATESHEAD, entry, **words, by=told("a finding of 2025"))
        plan = store.application.do(OpenPlan(GATESHEAD, entry, on=date(2025, 2, 10)), by=told("the newer plan")).plan
        store.projector.catch_up()
        return plan


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    app = demo_app(tmp_path)
    yield Both(app)
    store_of(app).close()


def test_the_page_says_which_report_took_its_place_and_never_overdue_since(both: Both):
    page = both.officer.page(f"/plans/{both.old}")
    said = page.all("main")[0].said
    assert f"{REPLACED} by a newer graded report: Short inspection, 2 to 6 December 2024" in said
    assert "days late" not in said
    before = both.officer.page(f"/plans/{both.old}?as_at=2025-01-28").all("main")[0].said
    assert "1,885 days late" in before
    assert REPLACED not in before


def test_lists_and_json_say_so_too(both: Both):
    row = both.officer.page("/plans").by_id("results").said
    assert "its report was replaced on 29 January 2025" in row
    found = both.officer.client.get(f"/api/plans/{both.old}").json
    assert found["replaced"]["published_on"] == "2025-01-29"
    assert (found["counts"]["overdue"], found["deadlines"][0]["status"]) == (0, "report_replaced")
    due = both.officer.client.get("/api/due").json
    assert [one["plan"] for one in due["report_replaced"]] == [str(both.old)]
    assert due["overdue"] == due["papers"] == []
    paper = both.officer.page(f"/plans/{both.old}/report").by_id("paper").said
    assert "its report was replaced on 29 January 2025" in paper


def test_without_a_plan_on_the_newer_report_the_form_says_what_to_do_first(both: Both):
    page = both.officer.page(f"/plans/{both.old}/carry-over")
    assert "There is no plan on the newer report yet. Open one first" in page.all("main")[0].said


def test_an_officer_carries_actions_over_and_both_pages_lead_to_each_other(both: Both):
    new = both.open_the_newer()
    address = f"/plans/{both.old}/carry-over"
    links = [link.get("href") for link in both.officer.page(f"/plans/{both.old}").all("a")]
    assert address in links
    assert f"/plans/{new}" in links, "the plan on the newer report"
    assert "Choose at least one action." in summary_of(both.officer.post(address, {}, status=422))
    store = store_of(both.app)
    finding = next(iter(store.application.plans.plan(new).state.findings))
    chosen = {"into": str(new), "actions": "1", "findings": str(finding)}
    passed = both.officer.post(address, filled(both.officer, address, chosen | TODAY), status=422)
    assert "Action 1 was due on 1 December 2019. Say by when it is due from now on." in summary_of(passed)
    sent = filled(both.officer, address, chosen | day("due_on", "1 3 2027") | TODAY)
    before = store.application.ledger.max_position()
    for _ in range(2):
        answer = both.officer.client.post(address, data=sent)
        assert (answer.status_code, answer.headers.get("Location")) == (303, f"/plans/{new}"), answer.text
    assert store.application.ledger.max_position() == before + 2, "one fact on each plan, once"
    there = both.officer.page(f"/plans/{new}/actions/1")
    assert "Carried over from action 1 of the plan opened on 12 June 2019" in there.all("main")[0].said
    assert "promised for 1 December 2019" in there.all("main")[0].said
    assert f"/plans/{both.old}/actions/1" in [link.get("href") for link in there.all("a")]
    was = both.officer.page(f"/plans/{both.old}/actions/1")
    assert "Goes on as action 1 of the plan opened on 10 February 2025" in was.all("main")[0].said
    found = both.officer.client.get(f"/api/plans/{new}/actions/1").json["action"]
    assert found["carried_from"] == {"plan": str(both.old), "action": 1}
    then = both.officer.client.get(f"/api/plans/{both.old}/actions/1").json["action"]
    assert (then["reading"], then["carried_to"]) == ("carried_over", {"plan": str(new), "action": 1})


def test_the_part_that_htmx_receives_is_a_piece_of_the_page(both: Both):
    both.open_the_newer()
    address = f"/plans/{both.old}/carry-over"
    part = both.officer.client.post(address, headers=HTMX)
    assert part.status_code == 422
    assert "<html" not in part.text
    assert 'id="record"' in part.text


def test_only_who_records_for_the_authority_may_open_it(both: Both):
    member = Client(both.app)
    sign_in(both.app, member.client, person(both.app, Role.MEMBER))
    member.page(f"/plans/{both.old}/carry-over", status=403)


def test_the_officer_closes_it_though_its_actions_are_open(both: Both):
    address = f"/plans/{both.old}/record/close"
    sent = filled(both.officer, address, {"why": "The newer report.", **TODAY})
    assert both.officer.client.post(address, data=sent).status_code == 303
    assert "This plan was closed on 24 November 2026" in both.officer.page(f"/plans/{both.old}").all("main")[0].said


def test_the_form_that_erases_says_where_else_the_words_stand_from_both_sides(both: Both):
    new, door = both.open_the_newer(), store_of(both.app).application
    finding = next(iter(door.plans.plan(new).state.findings))
    words = {"actions": [1], "findings": [finding], "due_on": date(2027, 3, 1), "on": date(2026, 9, 1)}
    door.do(CarryOver(both.old, into=new, **words), by=told("carried over"))
    store_of(both.app).projector.catch_up()
    administrator = Client(both.app)
    sign_in(both.app, administrator.client, person(both.app, Role.ADMINISTRATOR))
    for here, there in ((both.old, new), (new, both.old)):
        subject = door.plans.plan(here).state.actions[1].what.sealed.subject
        page = administrator.page(f"/plans/{here}/words/{subject}/erase")
        assert "They were carried over, and are erased there too" in page.all("main")[0].said
        assert f"/plans/{there}/actions/1" in [link.get("href") for link in page.all("a")]
    sent = filled(
        administrator, page_address := f"/plans/{new}/words/{subject}/erase", {"reason": "A name.", "sure": "y"}
    )
    assert administrator.client.post(page_address, data=sent).status_code == 303
    for plan in (both.old, new):
        assert "What is to be done: Erased on" in administrator.page(f"/plans/{plan}/actions/1").all("main")[0].said
