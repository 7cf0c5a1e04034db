"""What is open of an authority that ended passes to one that followed it, in one step and once (R-074)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.application import Application
from domain.duties.handing_over import NOT_BOTH, NOT_PEOPLE, HandOver
from domain.facts import DutiesHandedOver, DutiesTakenOver, Told
from domain.ledger.erasure_keys import open_words
from domain.ledger.store import open_ledger
from domain.meetings.commands import ArrangeMeeting
from domain.plans.action_commands import ChangeOwner
from domain.plans.commands import AddAction, ClosePlan, OpenPlan, SendPlan
from domain.plans.question_commands import AskQuestion
from domain.questions.commands import AskAbout
from domain.values.errors import RuleBroken
from domain.values.plans import AskedAbout, AskedKind, Stage
from domain.values.roles import Role
from domain.values.statements import Kind, Source, Variant
from tests.domain.plans.story import ALL_GOOD

CUMBRIA, CUMBERLAND, WESTMORLAND, LEEDS, SURREY = "80457", "2733690", "2733698", "80481", "80567"
ENDED = date(2023, 4, 1)
BEFORE, AFTER = date(2023, 3, 1), date(2023, 4, 20)
NAMES = UUID("7f1f3f1c-0d52-5e58-8c37-3c2ad2d0f5e1")
AT = datetime.fromisoformat("2026-09-01T09:30:00+00:00")


def told(what: str, actor: str = "local", reason: str | None = None) -> Told:
    return Told(actor, uuid5(NAMES, what), Source("form", "Form"), AT, reason)


@dataclass(frozen=True)
class Council:
    """Cumbria in its last month: a plan with a question on it, a meeting to come, a question on no plan, and people."""

    door: Application
    plan: UUID
    meeting: UUID
    question: UUID
    officer: UUID
    approver: UUID
    outsider: UUID

    def everything(self, successor: str = CUMBERLAND, on: date = AFTER) -> HandOver:
        return HandOver(
            urn=CUMBRIA,
            successor=successor,
            plans=[self.plan],
            meetings=[self.meeting],
            questions=[self.question],
            people=[self.officer],
            on=on,
        )


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Council]:
    """A store of which each test has a copy."""
    home = tmp_path_factory.mktemp("council") / "home"
    home.mkdir()
    with opened(home) as door:
        door.authorities.register_authorities(at=AT)
        made = _council(door)
    return home, made


@pytest.fixture
def council(told_once: tuple[Path, Council], tmp_path: Path) -> Iterator[Council]:
    with opened(copytree(told_once[0], tmp_path / "home")) as door:
        yield replace(told_once[1], door=door)


@contextmanager
def opened(home: Path) -> Iterator[Application]:
    with open_ledger(home / "ledger.db", create=True) as ledger:
        keys = open_words(home / "keys.db")
        keys.migrate()
        yield Application(ledger, keys)


def _council(door: Application) -> Council:
    report = door.authorities.record_inspection(
        CUMBRIA,
        started_on=date(2022, 9, 20),
        ended_on=date(2022, 9, 30),
        kind=Variant.STANDARD,
        published_on=date(2022, 11, 15),
        judgements=ALL_GOOD,
        improvements=("The quality of plans.",),
        by=told("the report"),
    ).activity
    plan = door.do(OpenPlan(CUMBRIA, report, on=date(2022, 12, 1)), by=told("the plan")).plan
    finding = next(iter(door.plans.plan(plan).state.findings))
    action = {"findings": [finding], "what": "Audit plans", "owner": "Director", "due_on": date(2023, 6, 1)}
    door.do(AddAction(plan, **action, on=date(2022, 12, 1)), by=told("the action"))
    door.do(AskQuestion(plan, question="How far?", action=1, on=BEFORE), by=told("asked on the plan"))
    meeting = door.do(
        ArrangeMeeting(urn=CUMBRIA, committee="Scrutiny", day=date(2023, 5, 4), plans=[plan], on=BEFORE),
        by=told("the meeting"),
    ).meeting
    about = AskedAbout(AskedKind.AUTHORITY, as_at=BEFORE, position=1)
    asked = AskAbout(urn=CUMBRIA, about=about, question="Who answers then?", on=BEFORE)
    question = door.do(asked, by=told("asked on none")).question
    assert question is not None
    people = {}
    for name, role, scope in (
        ("officer", Role.OFFICER, [CUMBRIA]),
        ("approver", Role.APPROVER, [CUMBRIA, CUMBERLAND]),
        ("outsider", Role.OFFICER, [LEEDS]),
    ):
        people[name] = uuid5(NAMES, name)
        why = "Works here"
        door.people.register_person(people[name], by=told(f"register {name}", reason=why))
        door.people.grant_role(people[name], role=role, authorities=scope, by=told(f"grant {name}", reason=why))
    return Council(door, plan, meeting, question, **people)


def test_everything_chosen_passes_in_one_save_and_is_told_of_both(council: Council):
    door, before = council.door, council.door.ledger.max_position()
    done = door.duties.hand_over(council.everything(), by=told("hand over"))
    facts = [fact for _, fact in door.ledger.read_facts(before + 1)]
    assert {fact.stored_as for fact in facts} == {
        "duties.handed_over",
        "duties.taken_over",
        "plan.handed_over",
        "scrutiny_meeting.handed_over",
        "questions.handed_over",
        "role.granted",
    }
    assert (len(facts), done.position) == (6, before + 6)
    (was,) = (fact for fact in facts if isinstance(fact, DutiesHandedOver))
    (now,) = (fact for fact in facts if isinstance(fact, DutiesTakenOver))
    assert (was.successor, now.predecessor) == (CUMBERLAND, CUMBRIA)
    on_the_plan = next(iter(door.plans.plan(council.plan).state.challenges))
    assert was.plans == now.plans == (council.plan,)
    assert was.questions == now.questions == (on_the_plan, council.question)
    assert was.people == (str(council.officer),)


def test_sent_again_it_changes_nothing(council: Council):
    first, again = (council.door.duties.hand_over(council.everything(), by=told("hand over")) for _ in range(2))
    assert (again.position, again.repeated) == (first.position, True)


def test_afterwards_the_successor_s_people_work_on_it_and_the_predecessor_s_do_not(council: Council):
    door = council.door
    door.duties.hand_over(replace(council.everything(), people=[]), by=told("hand over"))
    assert [one.urn for one in (door.plans.plan(council.plan), door.meetings.meeting(council.meeting))] == [
        CUMBERLAND,
        CUMBERLAND,
    ]
    assert door.plans.plan(council.plan).state.made_for == CUMBRIA
    assert [question.id for _, question in door.questions.open_questions(CUMBERLAND)] == [council.question]
    owner = ChangeOwner(council.plan, 1, owner="Head of Safeguarding", on=AFTER)
    with pytest.raises(RuleBroken, match="Only an officer or approver of this authority"):
        door.do(owner, by=told("by Cumbria's officer", str(council.officer)))
    door.do(owner, by=told("by Cumberland's approver", str(council.approver)))


def test_a_role_for_the_successor_is_the_one_held_and_the_old_one_stays(council: Council):
    council.door.duties.hand_over(council.everything(), by=told("hand over"))
    listed = council.door.people.listed(council.officer)
    assert listed is not None
    assert listed.may_record(CUMBRIA)
    assert listed.may_record(CUMBERLAND)
    assert not listed.is_approver_for(CUMBERLAND)
    assert not listed.may_record(WESTMORLAND)


def test_the_paper_sent_later_is_told_in_the_history_of_the_authority_whose_report_it_answers(council: Council):
    door = council.door
    door.duties.hand_over(council.everything(), by=told("hand over"))
    door.do(SendPlan(council.plan, stage=Stage.FINAL, on=AFTER), by=told("sent"))
    kinds = [one.kind for one in door.authorities.authority(CUMBRIA).activities]
    assert Kind.ACTION_PLAN_SUBMITTED in kinds
    assert door.authorities.authority(CUMBERLAND).activities == ()


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"on": date(2023, 3, 31)}, "Cumbria ends on 1 April 2023"),
        ({"on": date(2027, 1, 1)}, "lies in the future"),
        ({"successor": LEEDS}, "Leeds is not one that follows Cumbria"),
        ({"urn": LEEDS}, "Leeds has not ended"),
        ({"plans": [], "meetings": [], "questions": [], "people": []}, "Choose what is handed over"),
    ],
)
def test_it_is_refused_in_words_and_nothing_is_kept(council: Council, more: dict[str, Any], refused: str):
    before = council.door.ledger.max_position()
    with pytest.raises(RuleBroken, match=refused):
        council.door.duties.hand_over(replace(council.everything(), **more), by=told("hand over"))
    assert council.door.ledger.max_position() == before


def test_each_thing_passes_to_one_successor(council: Council):
    door = council.door
    door.duties.hand_over(council.everything(), by=told("hand over"))
    for what in ("plans", "meetings", "questions"):
        empty: dict[str, Any] = {"plans": [], "meetings": [], "questions": [], "people": []}
        again = replace(council.everything(WESTMORLAND), **empty | {what: getattr(council.everything(), what)})
        with pytest.raises(RuleBroken, match="can be handed over"):
            door.duties.hand_over(again, by=told(f"again: {what}"))


def test_a_meeting_that_was_to_be_before_the_end_stays_where_it_was_held(council: Council):
    words = {"committee": "Scrutiny", "day": date(2023, 3, 31), "plans": [council.plan], "on": BEFORE}
    last = council.door.do(ArrangeMeeting(urn=CUMBRIA, **words), by=told("the last meeting")).meeting
    with pytest.raises(RuleBroken, match="Only meetings to come"):
        council.door.duties.hand_over(replace(council.everything(), meetings=[last]), by=told("hand over"))


def test_an_officer_needs_reach_over_both_and_roles_pass_on_by_an_approver_of_both(council: Council):
    door = council.door
    with pytest.raises(RuleBroken, match=NOT_BOTH):
        door.duties.hand_over(council.everything(), by=told("by Cumbria's officer", str(council.officer)))
    with pytest.raises(RuleBroken, match=NOT_BOTH):
        door.duties.hand_over(council.everything(WESTMORLAND), by=told("to the other", str(council.approver)))
    by = told("reach for the officer", reason="Works for both")
    door.people.grant_role(council.officer, role=Role.OFFICER, authorities=[CUMBRIA, CUMBERLAND], by=by)
    with pytest.raises(RuleBroken, match=NOT_PEOPLE):
        door.duties.hand_over(council.everything(), by=told("with people", str(council.officer)))
    without = replace(council.everything(), people=[])
    door.duties.hand_over(without, by=told("without people", str(council.officer)))


def test_a_closed_plan_stays_with_the_authority_that_ended(council: Council):
    door = council.door
    report = door.plans.plan(council.plan).state.activity
    assert report is not None
    door.duties.hand_over(council.everything(), by=told("hand over"))
    with pytest.raises(RuleBroken, match="Actions are still open"):
        door.do(ClosePlan(council.plan, why="No.", on=AFTER), by=told("close"))


def test_an_authority_that_is_announced_to_end_hands_over_from_its_last_morning_on(council: Council):
    """Surrey ends on 1 April 2027 (R-072); that nobody recorded its end yet keeps nobody from it."""
    door = council.door
    report = door.authorities.record_inspection(
        SURREY,
        started_on=date(2025, 3, 10),
        ended_on=date(2025, 3, 14),
        kind=Variant.SHORT,
        published_on=date(2025, 5, 12),
        judgements=ALL_GOOD,
        by=told("Surrey's report"),
    ).activity
    plan = door.do(OpenPlan(SURREY, report, on=date(2025, 6, 1)), by=told("Surrey's plan")).plan
    handing = HandOver(urn=SURREY, successor="east-surrey", plans=[plan], on=date(2027, 4, 1))
    for day, refused in ((date(2027, 3, 31), "lies in the future"), (date(2027, 4, 1), "")):
        by = replace(told(f"hand over on {day}"), at=datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC))
        if refused:
            with pytest.raises(RuleBroken, match=refused):
                door.duties.hand_over(handing, by=by)
            early = replace(handing, on=date(2027, 3, 31))
            with pytest.raises(RuleBroken, match="Surrey ends on 1 April 2027"):
                door.duties.hand_over(early, by=by)
        else:
            door.duties.hand_over(handing, by=by)
    assert door.plans.plan(plan).urn == "east-surrey"
