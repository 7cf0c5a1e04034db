"""Who may tell what of plans and meetings: people on the roll by their roles, the machine whatever it likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.application import Application
from domain.facts import FACTS, OF_ENGAGEMENT, OF_MEETINGS, OF_PLANS, OF_QUESTIONS, stored_name
from domain.ledger.erasure_keys import open_words
from domain.ledger.store import open_ledger
from domain.meetings.commands import ArrangeMeeting, EraseMeetingWords, Resolve, WithdrawMeeting
from domain.plans.action_commands import (
    AcceptCompletion,
    OfferEvidence,
    RateImpact,
    RefuseCompletion,
    ReportProgress,
    WithdrawAction,
)
from domain.plans.commands import AddAction, ChooseLabels, EraseWords, OpenPlan, SendPlan
from domain.plans.question_commands import AnswerQuestion, AskQuestion, WithdrawQuestion
from domain.values.errors import RuleBroken
from domain.values.plans import Figure, Impact, Progress, Stage
from domain.values.rights import Right
from domain.values.roles import Role
from tests.plan_history import AT, DAY, GATESHEAD, NAMES, added, opened, told

RIGHTS = {name: fact.right for name, fact in FACTS.items() if fact.right is not Right.RECORD}
ELSEWHERE = "80498"
PEOPLE: dict[str, tuple[Role, str | None]] = {
    "officer": (Role.OFFICER, GATESHEAD),
    "approver": (Role.APPROVER, GATESHEAD),
    "officer elsewhere": (Role.OFFICER, ELSEWHERE),
    "approver elsewhere": (Role.APPROVER, ELSEWHERE),
    "member": (Role.MEMBER, None),
    "other member": (Role.MEMBER, None),
    "administrator": (Role.ADMINISTRATOR, None),
    "auditor": (Role.AUDITOR, None),
}
RECORDS = {"officer", "approver"}
APPROVES = {"approver"}


@dataclass
class Scene:
    """A plan with an action reported complete by the machine, evidence, and a question of the member's."""

    door: Application
    plan: UUID
    question: UUID
    meeting: UUID
    engagement: UUID


def actor(name: str) -> str:
    return str(uuid5(NAMES, name)) if name in PEOPLE else name


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        keys = open_words(tmp_path / "keys.db")
        keys.migrate()
        door = Application(ledger, keys)
        door.authorities.register_authorities(at=AT)
        for name, (role, urn) in PEOPLE.items():
            person = UUID(actor(name))
            door.people.register_person(person, by=told(f"register {name}", "local", "Works here"))
            by = told(f"grant {name}", "local", "Works here")
            door.people.grant_role(person, role=role, authorities=[urn] if urn else (), by=by)
        plan = opened(door)
        added(door, plan)
        done = Progress.COMPLETE
        door.do(ReportProgress(plan, 1, progress=done, narrative="Done.", on=DAY), by=told("report", "local"))
        door.do(OfferEvidence(plan, 1, title="Audit", reference="Item 4", on=DAY), by=told("evidence", "local"))
        asked = door.do(AskQuestion(plan, question="Why?", action=1, on=DAY), by=told("ask", actor("member"))).made
        assert isinstance(asked, UUID)
        meeting = door.do(
            ArrangeMeeting(urn=GATESHEAD, committee="Cabinet", day=DAY, held=True, on=DAY), by=told("arrange", "local")
        ).meeting
        door.do(Resolve(meeting, text="Report again.", on=DAY), by=told("resolve", "local"))
        talked = door.elements.record_engagement_meeting(
            GATESHEAD, held_on=DAY, topics="Care leavers", by=told("engagement", "local")
        ).activity
        yield Scene(door, plan, asked, meeting, talked)
        keys.close()


Send = Callable[[Scene, Any], Any]

COMMANDS: dict[str, tuple[Send, set[str]]] = {
    "add an action": (lambda s, by: added_by(s, by), RECORDS),
    "report progress": (
        lambda s, by: s.door.do(ReportProgress(s.plan, 1, progress=Progress.COMPLETE, now=Figure("9"), on=DAY), by=by),
        RECORDS,
    ),
    "rate the impact": (lambda s, by: s.door.do(RateImpact(s.plan, 1, impact=Impact.SOME, on=DAY), by=by), RECORDS),
    "withdraw the action": (lambda s, by: s.door.do(WithdrawAction(s.plan, 1, why="No.", on=DAY), by=by), RECORDS),
    "send the plan": (
        lambda s, by: s.door.do(SendPlan(s.plan, stage=Stage.FINAL, on=DAY), by=by),
        RECORDS,
    ),
    "answer": (lambda s, by: s.door.do(AnswerQuestion(s.plan, s.question, answer="So.", on=DAY), by=by), RECORDS),
    "choose labels": (lambda s, by: s.door.do(ChooseLabels(GATESHEAD, answer_days=5), by=by), RECORDS),
    "arrange a meeting": (
        lambda s, by: s.door.do(ArrangeMeeting(urn=GATESHEAD, committee="Scrutiny", day=DAY, on=DAY), by=by),
        RECORDS,
    ),
    "resolve": (lambda s, by: s.door.do(Resolve(s.meeting, text="More.", on=DAY), by=by), RECORDS),
    "withdraw the meeting": (
        lambda s, by: s.door.do(WithdrawMeeting(s.meeting, why="No.", on=DAY), by=by),
        RECORDS,
    ),
    "note an engagement meeting": (
        lambda s, by: s.door.elements.note_engagement(GATESHEAD, s.engagement, topics="More", by=by),
        RECORDS,
    ),
    "answer a self-evaluation": (
        lambda s, by: s.door.elements.record_self_evaluation(GATESHEAD, shared_on=DAY, known="Much", by=by),
        RECORDS,
    ),
    "accept": (lambda s, by: s.door.do(AcceptCompletion(s.plan, 1, on=DAY), by=by), APPROVES),
    "refuse": (lambda s, by: s.door.do(RefuseCompletion(s.plan, 1, why="Thin.", on=DAY), by=by), APPROVES),
    "ask": (
        lambda s, by: s.door.do(AskQuestion(s.plan, question="How?", action=1, on=DAY), by=by),
        {"member", "other member"},
    ),
    "withdraw the question": (
        lambda s, by: s.door.do(WithdrawQuestion(s.plan, s.question, why="Seen.", on=DAY), by=by),
        {"member", "approver"},
    ),
}


def added_by(scene: Scene, by: Any) -> Any:
    findings = list(scene.door.plans.plan(scene.plan).state.findings)[:1]
    due = date(2026, 12, 1)
    return scene.door.do(AddAction(scene.plan, findings=findings, what="More", owner="Head", due_on=due, on=DAY), by=by)


@pytest.mark.parametrize("what", COMMANDS)
def test_each_command_is_for_those_with_the_right_and_for_the_machine(scene: Scene, what: str):
    send, allowed = COMMANDS[what]
    ledger = scene.door.ledger
    for name in PEOPLE.keys() - allowed:
        before = ledger.max_position()
        with pytest.raises(RuleBroken, match=r"^Only "):
            send(scene, told(f"{what} {name}", actor(name)))
        assert ledger.max_position() == before, name


@pytest.mark.parametrize(
    ("what", "name"), [(what, name) for what, (_, names) in COMMANDS.items() for name in sorted(names)]
)
def test_whoever_has_the_right_is_let(scene: Scene, what: str, name: str):
    assert not COMMANDS[what][0](scene, told(f"{what} {name}", actor(name))).repeated


@pytest.mark.parametrize("name", ["local", "import", "demo"])
@pytest.mark.parametrize("what", ["report progress", "ask", "answer", "choose labels", "withdraw the question"])
def test_the_machine_does_whatever_its_owner_tells_it(scene: Scene, what: str, name: str):
    COMMANDS[what][0](scene, told(what, name))


def test_a_plan_is_opened_by_an_officer_or_approver_of_its_authority(scene: Scene):
    visit = scene.door.authorities.record_focused_visit(
        GATESHEAD,
        started_on=date(2026, 5, 12),
        ended_on=None,
        focus=None,
        priority_actions=("Unallocated cases.",),
        published_on=date(2026, 6, 1),
        by=told("visit", "local"),
    ).activity
    for name in sorted(PEOPLE, key=RECORDS.__contains__)[:-1]:
        by = told(f"open {name}", actor(name))
        if name in RECORDS:
            assert not scene.door.do(OpenPlan(GATESHEAD, visit, on=date(2026, 6, 1)), by=by).repeated
        else:
            with pytest.raises(RuleBroken, match="Only an officer or approver"):
                scene.door.do(OpenPlan(GATESHEAD, visit, on=date(2026, 6, 1)), by=by)


def test_an_approver_never_accepts_what_they_reported(scene: Scene):
    report = told("report again", actor("approver"))
    scene.door.do(ReportProgress(scene.plan, 1, progress=Progress.COMPLETE, now=Figure("9"), on=DAY), by=report)
    with pytest.raises(RuleBroken, match="A second person"):
        scene.door.do(AcceptCompletion(scene.plan, 1, on=DAY), by=told("accept", actor("approver")))


def test_words_are_erased_by_an_administrator(scene: Scene):
    subject = next(iter(scene.door.plans.plan(scene.plan).state.subjects))
    for name in PEOPLE.keys() - {"administrator"}:
        by = told(f"erase {name}", actor(name), "Asked for.")
        with pytest.raises(RuleBroken, match="Only an administrator"):
            scene.door.do(EraseWords(scene.plan, [subject], on=DAY), by=by)
    scene.door.do(EraseWords(scene.plan, [subject], on=DAY), by=told("erase", actor("administrator"), "Asked for."))


def test_words_of_meetings_are_erased_by_an_administrator(scene: Scene):
    door = scene.door
    (resolved,) = door.meetings.meeting(scene.meeting).state.subjects
    (topics,) = door.authorities.authority(GATESHEAD).words_noted
    for name in sorted(PEOPLE, key="administrator".__eq__):
        of_meeting, of_topics = (
            told(f"erase {what} {name}", actor(name), "Asked for.") for what in ("words", "topics")
        )
        if name == "administrator":
            door.do(EraseMeetingWords(scene.meeting, subjects=[resolved], on=DAY), by=of_meeting)
            door.elements.erase_engagement_words(GATESHEAD, scene.engagement, [topics], by=of_topics)
        else:
            with pytest.raises(RuleBroken, match="Only an administrator"):
                door.do(EraseMeetingWords(scene.meeting, subjects=[resolved], on=DAY), by=of_meeting)
            with pytest.raises(RuleBroken, match="Only an administrator"):
                door.elements.erase_engagement_words(GATESHEAD, scene.engagement, [topics], by=of_topics)


def test_somebody_shut_out_may_nothing(scene: Scene):
    scene.door.people.disable_person(UUID(actor("officer")), by=told("out", "local", "Left"))
    with pytest.raises(RuleBroken, match="Only an officer or approver"):
        COMMANDS["report progress"][0](scene, told("late", actor("officer")))


def test_the_table_of_rights_names_facts_of_plans_and_meetings():
    of_plans = {stored_name(fact) for fact in OF_PLANS | OF_MEETINGS | OF_ENGAGEMENT | OF_QUESTIONS} | {
        "plan.published"
    }
    assert RIGHTS.keys() <= of_plans
    assert set(RIGHTS.values()) == set(Right) - {Right.RECORD}
    assert len(FACTS) > len(of_plans)
