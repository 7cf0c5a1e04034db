"""What is offered, and to whom: links and forms say the same as the commands."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.plans.policies import it_has_no_answer_yet
from domain.plans.question_commands import AnswerQuestion
from domain.values.roles import Role
from tests.web.authorities.test_recording import summary_of
from tests.web.client import Client, Document, check_elements
from tests.web.demo_app import GATESHEAD, HARINGEY
from tests.web.plans.story import TODAY, Plan, day, filled
from tests.web.signed_in import person, sign_in, store_of

# --- rights ---------------------------------------------------------------------------------------------------------


def test_only_an_approver_accepts_and_never_what_they_reported_themselves(plan: Plan):
    plan.reported()
    store_of(plan.app).projector.catch_up()
    for kind in ("accept", "refuse"):
        plan.client("officer").page(plan.act(kind), status=403)
        assert plan.client("officer").client.post(plan.act(kind), data=TODAY).status_code == 403
    approver = plan.client("approver")
    again = filled(approver, plan.act("progress"), {"progress": "complete", "narrative": "Still.", **TODAY})
    assert approver.client.post(plan.act("progress"), data=again).status_code == 303
    page = approver.page(plan.act("accept"))
    assert "A second person must look at the evidence." in page.all("main")[0].said
    assert not [one for one in page.all("form") if one.inside("main")]
    seen = str(plan.state.actions[1].last.version)
    form = {"command": str(uuid4()), "seen": seen, **TODAY}
    assert "A second person" in summary_of(approver.post(plan.act("accept"), form, status=422))


def test_what_cannot_be_done_now_says_so_and_has_no_form(plan: Plan):
    page = plan.client("approver").page(plan.act("accept"))
    assert "That cannot be done as it stands now." in page.all("main")[0].said
    assert not [one for one in page.all("form") if one.inside("main")]


@pytest.mark.parametrize("kind", ["accept", "jtai", "", "..%2f"])
def test_there_is_no_form_of_another_name(plan: Plan, kind: str):
    assert plan.client("approver").client.get(plan.record(kind)).status_code == 404


def test_there_is_no_form_of_a_plan_or_action_that_is_not_there(plan: Plan):
    client = plan.client("approver")
    client.page(plan.act("progress", 99), status=404)
    client.page(f"/plans/{plan.id}/questions/{UUID(int=9)}/answer", status=404)
    client.page(f"/plans/{UUID(int=9)}/record/action", status=404)


# --- what is offered ------------------------------------------------------------------------------------------------


def under_its_heading(plan: Plan, who: Client) -> list[str]:
    """The words of the links that the page of a plan offers, those done often first."""
    page = who.page(f"/plans/{plan.id}")
    return [link.said for link in page.all("a") if any(one.get("class") == "tools" for one in link.parents)]


def offered(plan: Plan, who: Client, name: str, context: str) -> list[str]:
    """The words of the links in a partial, for somebody."""
    from flask import render_template

    from projections.plans.action import action_of
    from projections.plans.plan import plan_of

    token = who.client.get_cookie("session")
    assert token is not None
    reader, today = store_of(plan.app).reader, date(2026, 11, 24)
    with plan.app.test_request_context("/", headers={"Cookie": f"session={token.value}"}):
        from web.site import access

        access.present()
        whole = plan_of(reader, plan.id, as_at=today)
        things: dict[str, dict[str, Any]] = {
            "action": {"answer": action_of(reader, plan.id, 1, as_at=today)},
            "question": {"question": next(iter(whole.questions), None)},
        }
        html = render_template(name, **things[context])
    document = Document(html)
    check_elements(document)
    return [one.said for one in document.all("a")]


def test_each_state_offers_only_what_can_be_done_by_whoever_looks(plan: Plan):
    officer, approver, member = plan.client("officer"), plan.client("approver"), plan.client("member")
    auditor, administrator = plan.client("auditor"), plan.client("administrator")
    action = "plans/commands/_for_action.html"
    begun = offered(plan, officer, action, "action")
    assert begun[0] == "Report progress"
    assert not {"Accept that it is complete", "Reopen the action", "Close the action"} & set(begun)
    assert offered(plan, member, action, "action") == ["Ask about this action"]
    assert offered(plan, auditor, action, "action") == []
    assert offered(plan, administrator, action, "action") == ["Review every unallocated case each week"]
    plan.reported()
    store_of(plan.app).projector.catch_up()
    assert "Accept that it is complete" in offered(plan, approver, action, "action")
    assert "Accept that it is complete" not in offered(plan, officer, action, "action")
    again = filled(approver, plan.act("progress"), {"progress": "complete", "narrative": "Still.", **TODAY})
    assert approver.client.post(plan.act("progress"), data=again).status_code == 303
    assert "Accept that it is complete" not in offered(plan, approver, action, "action"), "they reported it"
    whole = under_its_heading(plan, officer)
    assert whole[:4] == ["Update many actions", "Add an action", "Committee report", "Load a list"]
    assert "Record what was sent to Ofsted" in whole
    assert "Close the plan" not in whole
    assert "Add an action" not in under_its_heading(plan, member)
    beside = [link.said for link in member.page(f"/plans/{plan.id}/findings").all("a")]
    assert "Ask about this finding , number 1" in beside
    assert "Add an action on finding 1" not in beside


def test_a_question_offers_its_answer_to_officers_and_its_withdrawal_to_who_asked(plan: Plan):
    member, other = plan.client("member"), plan.client("officer")
    plan.asked(plan.people["member"].actor)
    name = "plans/commands/_for_question.html"
    assert offered(plan, member, name, "question") == ["Withdraw the question asked on 20 August 2026"]
    assert offered(plan, other, name, "question") == ["Answer the question asked on 20 August 2026"]
    assert len(offered(plan, plan.client("approver"), name, "question")) == 2
    assert offered(plan, plan.client("member"), name, "question") == []
    assert offered(plan, plan.client("administrator"), name, "question") == ["What shows it?"]


def test_a_policy_taken_from_answering_changes_link_and_refusal_together(plan: Plan, monkeypatch: pytest.MonkeyPatch):
    question, officer = plan.asked(), plan.client("officer")
    address = f"/plans/{plan.id}/questions/{question}/answer"
    first = {"answer": "The audit does.", **TODAY}
    assert officer.client.post(address, data=filled(officer, address, first)).status_code == 303
    store_of(plan.app).projector.catch_up()

    def offered_and_taken() -> tuple[bool, bool]:
        links = offered(plan, officer, "plans/commands/_for_question.html", "question")
        again = {"command": str(uuid4()), "answer": "The audit of May does.", **TODAY}
        answer = officer.client.post(address, data=again)
        assert answer.status_code in (303, 422)
        return "Answer the question asked on 20 August 2026" in links, answer.status_code == 303

    assert offered_and_taken() == (False, False)
    left = tuple(policy for policy in AnswerQuestion.before if policy is not it_has_no_answer_yet)
    monkeypatch.setattr(AnswerQuestion, "before", left)
    assert offered_and_taken() == (True, True)


def test_another_authority_has_its_own_officers(plan: Plan):
    client = Client(plan.app)
    sign_in(plan.app, client.client, person(plan.app, Role.APPROVER, authorities=[GATESHEAD]))
    client.page(plan.record("action"), status=403)
    client.page(plan.act("progress"), status=403)
    client.page(f"/authorities/{HARINGEY}/plans/open", status=403)
    client.page(f"/authorities/{HARINGEY}/plan-labels", status=403)


@pytest.mark.parametrize(("due_on", "confident"), [("1 10 2026", False), ("1 8 2036", True)])
def test_on_track_is_not_ticked_beforehand_for_an_action_past_its_date(plan: Plan, due_on: str, confident: bool):
    officer = plan.client("officer")
    for kind, form in (
        ("due-date", {"why": "As agreed.", **day("due_on", due_on), **day("on", "2 9 2026")}),
        ("progress", {"progress": "in_progress", "track": "on_track", **TODAY}),
    ):
        answer = officer.client.post(plan.act(kind), data=filled(officer, plan.act(kind), form))
        assert answer.status_code == 303, answer.text
    boxes = officer.page(plan.act("progress")).all("input")
    chosen = {one.get("value") for one in boxes if one.get("name") == "track" and one.get("checked") is not None}
    assert chosen == ({"on_track"} if confident else set())
