"""Everybody can prove every entry of the log; what is not public of it is shown to people with a role only."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain import facts
from domain.facts import FACTS, is_public
from domain.meetings.commands import ArrangeMeeting
from domain.plans.action_commands import ChangeOwner
from domain.plans.commands import PublishPlan
from domain.values.roles import Role
from tests.web.api.test_routes import must_fit
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

DAY = date(2026, 9, 1)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """A published plan of which more was told, a meeting, notes of an engagement meeting, and people."""
    made = demo_app(tmp_path_factory.mktemp("entries"))
    plan: UUID = open_plans(made, [HARINGEY])[HARINGEY]
    door = store_of(made).application
    approver = person(made, Role.APPROVER, authorities=[HARINGEY])
    by = told("publish")
    door.do(PublishPlan(plan, on=DAY), by=type(by)(approver.actor, by.command, by.source, by.at, None))
    door.do(ChangeOwner(plan, 1, owner="Head of Assessment", on=DAY), by=told("owner"))
    door.do(ArrangeMeeting(urn=GATESHEAD, committee="Families", day=DAY, held=True, on=DAY), by=told("meeting"))
    done = door.elements.record_engagement_meeting(GATESHEAD, held_on=DAY, by=told("engagement"))
    door.elements.note_engagement(GATESHEAD, done.activity, topics="Supervision", by=told("topics"))
    made.extensions["member"] = Client(made)
    sign_in(made, made.extensions["member"].client, person(made, Role.MEMBER))
    store_of(made).projector.catch_up()
    return made


def entry(client: Client, app: WebApp, name: str) -> dict[str, Any]:
    """The newest entry of a kind, as it is answered."""
    position = [at for at, _ in store_of(app).ledger.read_facts(names=(name,))][-1]
    seq = store_of(app).audit.seq_of(position)
    address = f"/api/ledger/entries/{seq}"
    answer = client.client.get(address)
    assert answer.status_code == 200
    must_fit(answer.json, {"$ref": "#/components/schemas/Proof"}, address)
    return {"seq": seq, **answer.json}


@pytest.mark.parametrize(
    "name", ["authority.registered", "engagement_meeting.held", "plan.opened", "action.added", "plan.published"]
)
def test_the_public_reads_what_is_public_as_it_is_stored(app: WebApp, name: str):
    shown = entry(Client(app), app, name)
    assert shown == store_of(app).audit.proof(shown["seq"])
    assert shown["event"]["topic"] == name


@pytest.mark.parametrize(
    "name", ["action.owner_changed", "scrutiny_meeting.arranged", "engagement_topics.noted", "person.registered"]
)
def test_the_rest_is_proved_to_the_public_and_read_by_whoever_has_a_role(app: WebApp, name: str):
    shown = entry(Client(app), app, name)
    whole = store_of(app).audit.proof(shown["seq"])
    assert set(shown["event"].values()) == {None}
    assert "Whoever has a role here can read it" in shown["withheld"]
    assert {**shown, "event": None, "withheld": None} == {**whole, "event": None, "withheld": None}
    assert app.extensions["member"].client.get(f"/api/ledger/entries/{shown['seq']}").json == whole


def test_a_plan_is_public_up_to_its_newest_publication():
    for kind in (facts.PlanOpened, facts.ActionAdded, facts.ChallengeRaised, facts.PlanReceiptSet):
        assert [is_public(kind, 7, at) for at in (None, 6, 7, 8)] == [False, False, True, True]


OPEN = """
action_plan.due_date_corrected action_plan.due_date_set action_plan.reply_received action_plan.submitted
action_planning_visit.held assurance_visit.held authority.abolished authority.formed authority.recoded
authority.registered authority.renamed authority.succeeded call.withdrawn commissioner.appointed data_return.made
date.corrected disagreement.settled document.read engagement_letter.received engagement_meeting.held
entries.recognised_as_distinct entries.recognised_as_one entry.withdrawn fieldwork.ended fieldwork.paused
fieldwork.resumed fieldwork.started file.opened file.read finding.compared focused_visit.held
focused_visit.topics_chosen improvement.found improvement_notice.issued inspection.notified intervention.lifted
joint_inspection.held judgement.corrected letter.not_published letter.published letter.received monitoring_visit.held
other_inspection.held periods.recorded priority_action.found priority_action.resolved report.published report.received
self_evaluation.shared signing_key.replaced source.stated sources.checked statutory_direction.issued
succession.announced succession.cancelled trust.ended trust.started
"""
"""What everybody reads."""

CLOSED = """
duties.handed_over duties.taken_over engagement_agenda.noted engagement_meeting.next_set engagement_topics.noted
engagement_words.erased meeting_words.erased next_report.set panel_view.fixed person.disabled person.registered
person.reinstated plan_conventions.chosen question.put_to_meeting questions.handed_over questions.opened
resolution.carried_out resolution.made role.granted role.proposed role.withdrawn roll.begun scrutiny_meeting.arranged
scrutiny_meeting.handed_over scrutiny_meeting.held scrutiny_meeting.moved scrutiny_meeting.plans_chosen
scrutiny_meeting.withdrawn self_evaluation.answered
"""
"""What nobody reads without a role."""

WITH_ITS_PLAN = """
action.added action.carried_over action.closed action.completion_accepted action.completion_refused
action.due_date_moved action.evidence_offered action.findings_changed action.found_unneeded action.impact_rated
action.measure_set action.owner_changed action.progress_reported action.reopened action.withdrawn challenge.answered
challenge.raised challenge.withdrawn plan.closed plan.due_date_stated plan.findings_added plan.handed_over plan.opened
plan.opening_corrected plan.published plan.receipt_set plan.reopened plan.reply_received plan.submitted words.erased
"""
"""What everybody reads once its plan is published."""


def test_somebody_decided_of_every_fact_who_may_read_it():
    """A new one stands in none of the three: write it into the one that is meant, and see that `is_public` agrees."""
    decided = {(False, False): CLOSED, (False, True): WITH_ITS_PLAN, (True, True): OPEN}
    found: dict[tuple[bool, bool], list[str]] = {one: [] for one in decided}
    for name, kind in sorted(FACTS.items()):
        found[is_public(kind, 1, None), is_public(kind, 1, 1)].append(name)
    assert found == {one: names.split() for one, names in decided.items()}
