"""What reports name of the national framework, as they print it."""

from __future__ import annotations

import pytest

from domain.values.national_framework import NAMES, named_with, outcomes_named, without_references


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The response to neglect. (outcome 3, national framework)", ["outcome-3"]),
        ("Oversight (National Framework enabler two).", ["enabler-2"]),
        ("Support for families (National Framework, Outcome 1)", ["outcome-1"]),
        ("Consistency of staffing (Enabler two).", ["enabler-2"]),
        ("Support to care leavers [ Outcome 4, national framework].", ["outcome-4"]),
        ("Support to care leavers (Outcome 4 National Social Care Framework)", ["outcome-4"]),
        ("Plans, reflecting their identity. Enabler three: National Framework.", ["enabler-3"]),
        ("Challenge (Enabler: the workforce is equipped and effective, national framework)", ["enabler-3"]),
        ("Audits (Enabler 2: Leaders drive conditions for effective practice)", ["enabler-2"]),
        ("Voices of children (principle 2, national framework)", ["principle-2"]),
        ("Staff (enablers 2 and three, national framework)", ["enabler-2", "enabler-3"]),
        ("Homes (outcome 4, national framework), kin (outcome 2, national framework)", ["outcome-2", "outcome-4"]),
        ("The rationale for outcome decisions is evident.", []),
        ("Planning (for adoption at the same time as other outcomes, including return home)", []),
        ("Support in year one; outcome three was missed.", []),
        ("", []),
    ],
)
def test_an_item_names_what_it_prints_of_the_framework(text: str, codes: list[str]):
    assert [one.code for one in named_with(text)] == codes


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        ("Plans. (Outcome Three, National Framework)", (3,)),
        ("Plans (National Framework outcome four).", (4,)),
        ("Plans (National Framework, Outcome 1)", (1,)),
        ("Plans [ Outcome 4, national framework].", (4,)),
        ("Plans. (outcomes 1 and 3, national framework)", (1, 3)),
        ("Plans. (outcome 1 and outcome 2: national framework)", (1, 2)),
        ("Plans. Outcome two: National Framework.", (2,)),
        ("Plans. (Outcome 4)", (4,)),
        ("Plans. (enabler 2, national framework)", ()),
        ("Better outcomes for one in four children.", ()),
        ("Plans. (outcome 7, national framework)", ()),
    ],
)
def test_outcomes_are_those_named_with_the_national_framework(words: str, outcomes: tuple[int, ...]):
    assert outcomes_named(words) == outcomes


def test_outcomes_that_a_reader_found_count_once_with_those_in_the_words():
    assert [one.code for one in named_with("Neglect. (outcome 3)", [3, 1])] == ["outcome-1", "outcome-3"]


def test_every_outcome_and_enabler_has_its_name():
    assert [one.code for one in NAMES] == [
        *(f"outcome-{number}" for number in range(1, 5)),
        *(f"enabler-{number}" for number in range(1, 4)),
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The response to neglect. (outcome 3, national framework)", "The response to neglect."),
        ("Advice by the officer (LADO) service (Enabler two)", "Advice by the officer (LADO) service"),
    ],
)
def test_an_item_is_compared_without_what_it_names_of_the_framework(text: str, left: str):
    assert without_references(text) == left
