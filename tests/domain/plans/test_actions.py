"""What a plan takes and refuses about one of its actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain import facts
from domain.plans.action_commands import (
    ChangeFindings,
    ChangeOwner,
    FindUnneeded,
    MoveDueDate,
    SetMeasure,
    WithdrawAction,
)
from domain.plans.checks import MOST_ACTIONS
from domain.plans.commands import (
    AddAction,
)
from domain.values.errors import ChangedMeanwhile, RuleBroken
from domain.values.plans import (
    Figure,
    Progress,
    Reading,
)
from tests.domain.plans.story import (
    ACTION,
    ADDED,
    DUE,
    EVIDENCE,
    NOT_CARRIED,
    OFFICER,
    PLANS,
    SHOWN,
    STARTED,
    SUPERVISION,
    plan,
    taking,
    told,
    words,
)
from tests.story import given

DAY = date(2026, 8, 1)
WHY = words("Because")


def sent(story: Any, command: tuple[Any, tuple[Any, ...], dict[str, Any]], **instead: Any) -> Any:
    method, args, keywords = command
    return story.when(method, *args, **(keywords | instead))


def test_actions_are_numbered_and_answer_findings_of_the_plan():
    sent(given(plan(), ADDED), ADDED, findings=[SUPERVISION, PLANS, PLANS]).then(
        (
            facts.ActionAdded,
            {**ACTION, **NOT_CARRIED, "true_on": date(2026, 3, 20), "action": 2, "findings": (SUPERVISION, PLANS)},
        )
    )


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        ({"findings": []}, "Choose the finding"),
        ({"findings": [UUID(int=99)]}, "not one of this plan"),
        ({"owner": " "}, "Enter the office"),
        ({"owner": "x" * 101}, "100 is the most"),
        ({"owner": "Head\nof"}, "one line"),
        ({"owner": {"_type_": "bogus"}}, "as text"),
        ({"owner": "\ud800"}, "half of a character"),
        ({"due_on": date(2015, 1, 1)}, "at most ten years before or after 20 March 2026"),
        ({"due_on": date(2037, 1, 1)}, "at most ten years"),
        ({"measure": None}, "Say what is measured"),
        ({"unit": "x" * 31}, "30 is the most"),
        ({"on": date(2026, 3, 9)}, "The plan was opened on 10 March 2026"),
        ({"on": date(2026, 9, 2)}, "lies in the future"),
        ({"by": replace(OFFICER, reason="A reason in the clear")}, "can be erased"),
    ],
)
def test_an_action_is_refused_in_words(instead: dict[str, Any], why: str):
    sent(given(plan()), ADDED, **instead).then_refused(RuleBroken, why)


def test_a_plan_has_no_more_actions_than_can_be_read():
    crowded = plan()
    for _ in range(MOST_ACTIONS):
        sent(given(crowded), ADDED)
    sent(given(crowded), ADDED).then_refused(RuleBroken, "at most 500 actions")


def test_a_finding_without_an_action_is_a_gap_and_a_withdrawn_action_answers_nothing():
    def gaps(*commands: Any) -> list[str]:
        return [finding.text for finding in given(plan(), *commands).aggregate.state.gaps]

    assert gaps() == ["The quality of plans.", "Supervision."]
    assert gaps(ADDED) == ["Supervision."]
    withdrawn = told(taking(WithdrawAction), 1, why=WHY, on=DAY)
    assert gaps(ADDED, withdrawn) == ["The quality of plans.", "Supervision."]
    unneeded = told(taking(FindUnneeded), 1, why=WHY, on=DAY)
    assert gaps(ADDED, unneeded) == ["Supervision."], "that nothing is required is an answer"


def test_a_moved_due_date_keeps_old_new_and_reason_and_is_counted():
    once = told(taking(MoveDueDate), 1, due_on=date(2026, 11, 1), why=WHY, on=DAY)
    sent(given(plan(), ADDED), once).then(
        (
            facts.ActionDueDateMoved,
            {"true_on": DAY, "action": 1, "was": DUE, "now": date(2026, 11, 1), "why": WHY},
        )
    )
    twice = told(taking(MoveDueDate), 1, due_on=date(2026, 12, 1), why=WHY, on=DAY)
    moves = given(plan(), ADDED, once, twice).aggregate.state.actions[1].moves
    assert [(move.was, move.now) for move in moves] == [
        (DUE, date(2026, 11, 1)),
        (date(2026, 11, 1), date(2026, 12, 1)),
    ]
    sent(given(plan(), ADDED, once), once).then_refused(RuleBroken, "due on 1 November 2026 already")


def test_an_action_without_a_due_date_is_never_late_and_gets_one_without_a_move():
    undated = told(taking(AddAction), on=date(2026, 3, 20), **{**ACTION, "due_on": None})
    action = given(plan(), undated).aggregate.state.actions[1]
    assert (action.undated, action.due_on, action.days_overdue(date(2036, 1, 1))) == (True, None, 0)
    dated = told(taking(MoveDueDate), 1, due_on=date(2026, 5, 1), why=WHY, on=DAY)
    action = given(plan(), undated, dated).aggregate.state.actions[1]
    assert (action.undated, action.times_moved, action.first_due_on) == (False, 0, date(2026, 5, 1))
    assert action.turns(DAY)[-1] == (DAY, Reading.OVERDUE)


def test_an_action_of_an_older_list_may_have_been_due_before_it_was_taken_on():
    old = told(taking(AddAction), on=date(2026, 3, 20), **{**ACTION, "due_on": date(2024, 9, 30)})
    assert given(plan(), old).aggregate.state.actions[1].days_overdue(date(2026, 3, 20)) == 536


def test_owner_findings_and_measure_change_by_facts_of_their_own():
    given(plan(), ADDED).when(taking(ChangeOwner), 1, owner=" Director ", on=DAY, by=OFFICER).then(
        (facts.ActionOwnerChanged, {"true_on": DAY, "action": 1, "was": "Head of Safeguarding", "now": "Director"})
    )
    given(plan(), ADDED).when(taking(ChangeFindings), 1, findings=[PLANS], on=DAY, by=OFFICER).then_refused(
        RuleBroken, "already"
    )
    measured = {"measure": WHY, "unit": None, "baseline": None, "target": Figure("3")}
    given(plan(), ADDED).when(taking(SetMeasure), 1, **measured, on=DAY, by=OFFICER).then(
        (facts.ActionMeasureSet, {"true_on": DAY, "action": 1, **measured})
    )


def test_the_days_of_one_action_never_go_back():
    sent(given(plan(), ADDED, STARTED), STARTED, on=date(2026, 4, 30), now=Figure("75")).then_refused(
        RuleBroken, "The action last changed on 1 May 2026"
    )


def test_a_report_that_says_nothing_new_is_refused():
    sent(given(plan(), ADDED, STARTED), STARTED).then_refused(RuleBroken, "Nothing changed")
    sent(given(plan(), ADDED), STARTED, progress=Progress.WITHDRAWN).then_refused(RuleBroken, "a reason of its own")


def test_a_figure_needs_a_measure():
    bare = told(
        taking(AddAction), **{**ACTION, "measure": None, "unit": None, "baseline": None, "target": None}, on=DAY
    )
    sent(given(plan(), bare), STARTED, on=DAY).then_refused(RuleBroken, "no success measure")


def test_an_action_seen_in_an_older_version_is_not_changed_blindly():
    change = {"owner": "Another office", "on": DAY, "by": OFFICER}
    given(plan(), ADDED, STARTED).when(taking(ChangeOwner), 1, seen=3, **change).then(
        (facts.ActionOwnerChanged, {"true_on": DAY, "action": 1, "was": ACTION["owner"], "now": "Another office"})
    )
    with pytest.raises(ChangedMeanwhile, match="Somebody else changed action 1") as conflict:
        taking(ChangeOwner)(given(plan(), ADDED, STARTED).aggregate, 1, seen=2, **change)
    assert (conflict.value.seen, conflict.value.now) == (2, 3)


def test_evidence_needs_a_link_or_a_reference():
    sent(given(plan(), ADDED), SHOWN, link=None).then_refused(RuleBroken, "a link to the evidence, or a reference")
    assert given(plan(), ADDED, SHOWN).aggregate.state.actions[1].evidence[0].id == EVIDENCE
