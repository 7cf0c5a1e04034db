"""Topics of focused visits: told from the letter's own words, unless an officer chose."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.rulebook.rules import RULES
from domain.rulebook.themes.topics import OF_NO_TOPIC, TOPICS, filed_under, topics_of, topics_said
from domain.values.activities import Activity
from domain.values.statements import Kind


def visit(focus: str | None, start: date = date(2024, 6, 4), topics: tuple[str, ...] = ()) -> Activity:
    return Activity(UUID(int=1), "80498", Kind.FOCUSED_VISIT, start=start, focus=focus, topics=topics)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("the ‘front door’ for children who need help and protection", ["front_door"]),
        ("the front-door", ["front_door"]),
        ("the first point of contact for children who need help and protection", ["front_door"]),
        ("contact, referral and assessment", ["front_door"]),
        (
            "contacts and referrals in the multi-agency safeguarding hub (MASH) and thresholds for children in need "
            "and child protection",
            ["front_door"],
        ),
        ("MASH", ["front_door"]),
        ("children in need/subject to a plan", ["children_in_need"]),
        ("children subject to child in need and child protection plans", ["children_in_need"]),
        ("children in need and child protection planning", ["children_in_need"]),
        ("children subject to a child-in-need or child protection plan", ["children_in_need"]),
        ("the protection of vulnerable adolescents", ["vulnerable_adolescents"]),
        ("the protection of vulnerable children from extra-familial risk", ["vulnerable_adolescents"]),
        ("the experiences of children in care", ["children_in_care"]),
        ("achieving permanence", ["permanence"]),
        ("permanence and permanency planning for children looked after by the local authority", ["permanence"]),
        ("identifying and responding to children’s needs for permanence", ["permanence"]),
        ("care leavers aged 18 to 25", ["leaving_care"]),
        ("care-experienced young people", ["leaving_care"]),
        ("young people leaving care and unaccompanied children", ["leaving_care"]),
        ("placement decision-making for older children in care", ["placement_decisions"]),
        ("older children in care and care leavers under 21", ["children_in_care", "leaving_care"]),
        ("children in need, children subject to a plan and children in care", ["children_in_need", "children_in_care"]),
        (
            "the quality of care planning for children in care and the timeliness of permanence arrangements for "
            "children who are unable to live with their birth parents",
            ["children_in_care", "permanence"],
        ),
        ("children who need help and protection", []),
        ("private fostering", []),
    ],
)
def test_topics_are_told_from_the_words_of_letters_and_statistics(said: str, codes: list[str]):
    assert [row.code for row in topics_said(said)] == codes


def test_what_an_officer_chose_comes_before_the_words():
    chosen = visit("children who need help and protection", topics=("leaving_care", "front_door"))
    assert [row.code for row in topics_of(chosen)] == ["front_door", "leaving_care"]


@pytest.mark.parametrize(
    ("held", "codes"),
    [
        (visit("front door"), ("front_door",)),
        (visit("children who need help and protection"), ("other_words",)),
        (visit(None), ("not_told",)),
        (visit("front door", date(2020, 9, 28)), ("front_door",)),
        (visit("front door", date(2020, 9, 29)), ("covid_round",)),
        (visit(None, date(2021, 5, 31)), ("covid_round",)),
        (visit("front door", date(2021, 6, 1)), ("front_door",)),
    ],
)
def test_a_visit_is_filed_under_its_topics_or_under_why_it_has_none(held: Activity, codes: tuple[str, ...]):
    assert filed_under(held) == codes


def test_the_list_is_r_037s_and_finds_each_topic_by_its_own_words():
    assert len(TOPICS) == 7
    assert not {row.code for row in TOPICS} & set(OF_NO_TOPIC)
    assert all(row.rule in RULES and row.source for row in TOPICS)
    assert [[found.code for found in topics_said(row.words)] for row in TOPICS] == [[row.code] for row in TOPICS]


def test_only_focused_visits_have_topics():
    assert topics_of(Activity(UUID(int=1), "80498", Kind.MONITORING_VISIT, focus="front door")) == ()
