"""Many actions updated on one page: each row is kept or refused by itself, and only what changed is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.plans.action_commands import ReportProgress, WithdrawAction
from domain.plans.commands import AddAction
from domain.values.plans import Figure, Progress, Track
from tests.web.authorities.test_recording import summary_of
from tests.web.client import Client, Document
from tests.web.demo_app import told
from tests.web.plans.story import TODAY, Plan
from tests.web.signed_in import store_of

ON = date(2026, 8, 20)


@pytest.fixture
def grown(plan: Plan) -> Plan:
    """Three actions, of two offices; the second and third have measures."""
    more = (("Supervision each month", "Head of Fostering", "%"), ("Visits in time", "Head of Fostering", None))
    for number, (what, owner, unit) in enumerate(more, 2):
        command = AddAction(
            plan.id,
            findings=[plan.state.actions[1].findings[0]],
            what=what,
            owner=owner,
            due_on=date(2027, 1, 31),
            measure="Share held",
            unit=unit,
            target=Figure("90"),
            on=ON,
        )
        plan.door.do(command, by=told(f"added {number}"))
        report = ReportProgress(
            plan.id, number, progress=Progress.IN_PROGRESS, track=Track.AT_RISK, now=Figure("60"), on=ON
        )
        plan.door.do(report, by=told(f"begun {number}"))
    store_of(plan.app).projector.catch_up()
    return plan


def address(plan: Plan, more: str = "") -> str:
    return f"/plans/{plan.id}/update{more}"


def opened(client: Client, where: str) -> dict[str, str]:
    """What a browser would send of the page as it was opened."""
    return as_sent(client.page(where))


def as_sent(page: Document) -> dict[str, str]:
    form = {str(one.get("name")): one.get("value") or "" for one in page.all("input") if one.get("name")}
    for option in page.all("option"):
        if option.get("selected") is not None:
            form[str(option.parents[-1].get("name"))] = option.get("value") or ""
    return {name: value for name, value in form.items() if name != "q"} | TODAY


def told_after(plan: Plan, position: int) -> list[Any]:
    return [fact for _, fact in plan.door.ledger.read_facts(position + 1)]


def test_only_the_rows_that_changed_are_told_each_by_itself(grown: Plan):
    client, before = grown.client(), grown.position
    form = opened(client, address(grown))
    form |= {"action-2-track": "on_track", "action-3-narrative": "Two managers are back."}
    answer = client.client.post(address(grown), data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{grown.id}")
    second, third = sorted(told_after(grown, before), key=lambda fact: fact.action)
    assert (second.action, second.track, second.now, second.narrative) == (2, Track.ON_TRACK, Figure("60"), None)
    assert (third.action, third.track) == (3, Track.AT_RISK)
    assert second.command != third.command
    assert {second.true_on, third.true_on} == {date(2026, 11, 24)}
    assert second.actor == grown.people["officer"].actor
    assert "2 actions updated. Recorded as entries" in client.page(f"/plans/{grown.id}").all("main")[0].said


def test_a_form_sent_twice_is_told_once(grown: Plan):
    client, before = grown.client(), grown.position
    form = opened(client, address(grown)) | {"action-2-now": "71"}
    answers = [client.client.post(address(grown), data=form).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(told_after(grown, before)) == 1


def test_a_row_that_is_wrong_bars_no_other_and_is_all_that_is_left(grown: Plan):
    client, before = grown.client(), grown.position
    form = opened(client, address(grown))
    form |= {"action-2-now": "6 6", "action-2-narrative": "Counted anew.", "action-3-progress": "complete"}
    page = client.post(address(grown), form, status=422)
    assert page.all("title")[0].said.startswith("Error: ")
    assert (
        summary_of(page)
        == "There is a problem Action 2: enter a figure in digits, for example 85 or 12.5, without a unit."
    )
    (link,) = [one for one in page.all("a") if one.get("href") == "#action-2-now"]
    assert link.said.startswith("Action 2")
    (kept,) = told_after(grown, before)
    assert (kept.action, kept.progress, kept.track) == (3, Progress.COMPLETE, None)
    assert "1 change saved; 1 row to mend" in page.all("main")[0].said
    assert "Saved. See the entry" in page.all("main")[0].said
    again = as_sent(page)
    assert again["action-2-now"] == "6 6"
    assert [one.said for one in page.all("textarea") if one.get("name") == "action-2-narrative"] == ["Counted anew."]
    mended = again | {"action-2-now": "66", "action-2-narrative": "Counted anew."}
    assert client.client.post(address(grown), data=mended).status_code == 303
    assert [fact.action for fact in told_after(grown, before)] == [3, 2], "the row that was saved is not sent again"


def test_of_a_row_that_somebody_else_changed_both_are_shown_and_mine_goes_on_top(grown: Plan):
    client = grown.client()
    form = opened(client, address(grown)) | {"action-2-track": "on_track"}
    theirs = ReportProgress(grown.id, 2, progress=Progress.IN_PROGRESS, track=Track.OFF_TRACK, on=date(2026, 8, 21))
    grown.door.do(theirs, by=told("theirs"))
    store_of(grown.app).projector.catch_up()
    before = grown.position
    page = client.post(address(grown), form, status=422)
    assert "somebody else changed it after you opened this page" in summary_of(page)
    assert "off track" in page.all("main")[0].said
    assert "was off track" in page.all("main")[0].said
    assert not told_after(grown, before)
    again = as_sent(page)
    assert again["action-2-track"] == "on_track"
    assert client.client.post(address(grown), data=again).status_code == 303
    assert grown.state.actions[2].track is Track.ON_TRACK


def test_a_version_that_never_was_is_refused_at_its_row_and_tells_nothing(grown: Plan):
    client, before = grown.client(), grown.position
    form = opened(client, address(grown)) | {"action-2-track": "on_track", "action-2-seen": "999"}
    page = client.post(address(grown), form, status=422)
    assert "somebody else changed it after you opened this page" in summary_of(page)
    assert not told_after(grown, before)


def test_a_row_that_nobody_touched_is_no_conflict_when_somebody_else_changed_it(grown: Plan):
    client = grown.client()
    form = opened(client, address(grown)) | {"action-3-now": "75"}
    grown.door.do(WithdrawAction(grown.id, 2, why="Merged.", on=date(2026, 8, 21)), by=told("gone"))
    assert client.client.post(address(grown), data=form).status_code == 303


def test_what_the_plan_refuses_is_said_at_its_row(grown: Plan):
    client, before = grown.client(), grown.position
    early = {"on-day": "19", "on-month": "8", "on-year": "2026"}
    page = client.post(
        address(grown), opened(client, address(grown)) | {"action-2-track": "on_track"} | early, status=422
    )
    assert "Action 2: the action last changed on 20 August 2026" in summary_of(page)
    assert "was at risk" in page.all("main")[0].said
    assert not told_after(grown, before)


def test_nothing_changed_and_a_missing_day_are_said(grown: Plan):
    client = grown.client()
    form = opened(client, address(grown))
    assert "Nothing was changed" in summary_of(client.post(address(grown), form, status=422))
    form |= {"on-day": "", "action-2-narrative": "News."}
    page = client.post(address(grown), form, status=422)
    assert "must include a day" in summary_of(page)
    assert [one.said for one in page.all("textarea") if one.get("name") == "action-2-narrative"] == ["News."]


def test_the_actions_of_ones_own_office_come_alone_and_all_on_request(grown: Plan):
    client = grown.client(office="the Head of Safeguarding, Haringey")
    page = client.page(address(grown))
    assert rows(page) == ["1"]
    assert "1 action of your office" in page.all("main")[0].said
    assert rows(client.page(address(grown, "?all=1"))) == ["1", "2", "3"], "one's own first, then what is at risk"
    page = grown.client(office="Virtual School").page(address(grown))
    assert rows(page) == ["2", "3", "1"]
    assert "No open action names your office, Virtual School" in page.all("main")[0].said


def test_the_plan_leads_to_it_where_something_can_be_updated(grown: Plan):
    def led(role: str) -> bool:
        return any(one.get("href") == address(grown) for one in grown.client(role).page(f"/plans/{grown.id}").all("a"))

    assert led("officer")
    assert not led("member")


def rows(page: Document) -> list[str]:
    return [one.said.partition(".")[0] for one in page.all("th") if one.get("scope") == "row"]


def test_a_closed_plan_and_another_authority_have_nothing_to_update(plan: Plan):
    plan.closed()
    store_of(plan.app).projector.catch_up()
    page = plan.client().page(address(plan))
    assert "No action of this plan can be updated now. The plan was closed" in page.all("main")[0].said
    assert not [
        one for one in page.all("form") if one.get("method") == "post" and "update" in (one.get("action") or "")
    ]
    plan.client("member").page(address(plan), status=403)
