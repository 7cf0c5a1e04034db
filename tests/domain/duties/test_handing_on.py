"""A hand-over to the wrong successor is put right: by an approver of both, with a reason, told of all three."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.duties.handing_on import NOT_BOTH as NOT_BOTH_HOLDERS
from domain.duties.handing_on import HandOn
from domain.facts import DutiesHandedOver, DutiesTakenOver
from domain.plans.action_commands import ChangeOwner
from domain.values.errors import RuleBroken
from domain.values.roles import Role
from tests.domain.duties.test_handing_over import (
    AFTER,
    CUMBERLAND,
    CUMBRIA,
    LEEDS,
    WESTMORLAND,
    Council,
    council,
    told,
    told_once,
)

__all__ = ["council", "told_once"]


def wrongly(council: Council, **more: Any) -> HandOn:
    """Everything was handed over to Cumberland, and is Westmorland and Furness's."""
    council.door.duties.hand_over(council.everything(), by=told("hand over"))
    one = council.everything(WESTMORLAND)
    made = HandOn(
        urn=CUMBRIA,
        holder=CUMBERLAND,
        successor=WESTMORLAND,
        plans=one.plans,
        meetings=one.meetings,
        questions=one.questions,
        people=one.people,
        on=AFTER,
    )
    return replace(made, **more)


RIGHT = told("put right", reason="The plan is of the children of Barrow.")


def test_a_hand_over_is_put_right_in_one_save_told_of_all_three(council: Council):
    door, handing_on = council.door, wrongly(council)
    assert door.duties.still_held(CUMBRIA, CUMBERLAND).plans == (council.plan,)
    before = door.ledger.max_position()
    first, again = (door.duties.hand_on(handing_on, by=RIGHT) for _ in range(2))
    assert (first.position, again.repeated) == (before + 7, True)
    told_of = [fact for _, fact in door.ledger.read_facts(before + 1)]
    handed = [fact for fact in told_of if isinstance(fact, DutiesHandedOver)]
    assert [(one.successor, one.instead_of, one.reason) for one in handed] == [
        (WESTMORLAND, CUMBERLAND, RIGHT.reason)
    ] * 2
    (taken,) = (fact for fact in told_of if isinstance(fact, DutiesTakenOver))
    assert (taken.predecessor, taken.instead_of) == (CUMBRIA, CUMBERLAND)
    assert {door.plans.plan(council.plan).urn, door.meetings.meeting(council.meeting).urn} == {WESTMORLAND}
    assert [one.of for one in door.plans.plan(council.plan).state.handed] == [CUMBRIA, CUMBRIA]
    assert [one.id for _, one in door.questions.open_questions(WESTMORLAND)] == [council.question]
    assert not door.duties.still_held(CUMBRIA, CUMBERLAND)
    assert door.duties.still_held(CUMBRIA, WESTMORLAND).people == (council.officer,)


def test_rights_follow_and_only_the_role_that_passed_on_is_taken_back(council: Council):
    door = council.door
    door.duties.hand_on(wrongly(council), by=RIGHT)
    listed = door.people.listed(council.officer)
    assert listed is not None
    assert [listed.may_record(urn) for urn in (CUMBRIA, CUMBERLAND, WESTMORLAND)] == [True, False, True]
    owner = ChangeOwner(council.plan, 1, owner="Head of Safeguarding", on=AFTER)
    with pytest.raises(RuleBroken, match="Only an officer or approver of this authority"):
        door.do(owner, by=told("by Cumberland's approver", str(council.approver)))
    door.do(owner, by=told("by the officer", str(council.officer)))


def test_it_can_be_put_right_back_again(council: Council):
    door, there = council.door, wrongly(council)
    door.duties.hand_on(there, by=RIGHT)
    back = replace(there, holder=WESTMORLAND, successor=CUMBERLAND)
    door.duties.hand_on(back, by=told("back", reason="It was right before."))
    assert door.plans.plan(council.plan).urn == CUMBERLAND


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"successor": CUMBERLAND}, "Cumberland has it already"),
        ({"successor": LEEDS}, "Leeds is not one that follows Cumbria"),
        ({"holder": WESTMORLAND, "successor": CUMBERLAND}, "Only what Cumbria handed over to Westmorland and Furness"),
        ({"on": date(2023, 4, 19)}, "It was handed over to Cumberland on 20 April 2023"),
        ({"on": date(2027, 1, 1)}, "lies in the future"),
        ({"plans": [], "meetings": [], "questions": [], "people": []}, "Choose what is handed on"),
        ({"plans": [UUID(int=5)]}, "Only what Cumbria handed over to Cumberland"),
    ],
)
def test_putting_right_is_refused_in_words_and_nothing_is_kept(council: Council, more: dict[str, Any], refused: str):
    handing_on = wrongly(council, **more)
    before = council.door.ledger.max_position()
    with pytest.raises(RuleBroken, match=refused):
        council.door.duties.hand_on(handing_on, by=RIGHT)
    assert council.door.ledger.max_position() == before


def test_it_takes_a_reason_and_an_approver_of_both_successors(council: Council):
    door, handing_on = council.door, wrongly(council)
    with pytest.raises(RuleBroken, match="Say why"):
        door.duties.hand_on(handing_on, by=told("without a reason"))
    for who in (council.approver, council.officer):
        with pytest.raises(RuleBroken, match=NOT_BOTH_HOLDERS):
            door.duties.hand_on(handing_on, by=replace(RIGHT, actor=str(who)))
    reach = told("reach", reason="Works for all three")
    scope = [CUMBRIA, CUMBERLAND, WESTMORLAND]
    door.people.grant_role(council.approver, role=Role.APPROVER, authorities=scope, by=reach)
    door.duties.hand_on(handing_on, by=replace(RIGHT, actor=str(council.approver)))
