"""The five elements in words: one sentence for the picture and one line for each."""

from __future__ import annotations

import pytest

from domain.rulebook.elements.picture import Element
from domain.values.activities import AuthorityFacts
from domain.values.statements import Kind
from tests.domain.rulebook.elements.test_picture import CENSUS, GOOD, IMPROVING, INADEQUATE, MET, SHARED, VISIT, picture
from tests.domain.rulebook.story import TYNEHAVEN, activity, on, report
from web.words.elements import elements_shown, sentence

SINCE = "Since the inspection that ended on 20 May 2022"
NOTHING = "nothing of the other four elements is held here"
EXPECTED = "short inspection expected 5 January 2025 to 5 January 2026"


@pytest.mark.parametrize(
    ("day", "held", "said"),
    [
        (
            "2024-09-01",
            [GOOD, VISIT, SHARED, MET, CENSUS],
            f"{SINCE}, one self-evaluation, one engagement meeting, one data return and one focused visit are held "
            f"here. Last report Jul 2022; {EXPECTED}.",
        ),
        (
            "2024-09-01",
            [GOOD],
            f"{SINCE}, {NOTHING}. Last report Jul 2022; {EXPECTED}.",
        ),
        (
            "2026-01-06",
            [GOOD],
            f"{SINCE}, {NOTHING}. Last report Jul 2022; {EXPECTED}; its time is past, as far as is known.",
        ),
        (
            "2024-09-01",
            [],
            f"So far, {NOTHING}. No report held here decides; when the next comes is not known.",
        ),
    ],
)
def test_the_sentence_says_what_is_held_and_what_comes_next(day, held, said):
    assert sentence(picture(day, *held)) == said


def test_of_an_authority_that_ends_or_ended_the_sentence_says_when():
    order = activity(Kind.SUCCESSION_ANNOUNCED, on="2024-12-01", published="2024-06-01", successors=("Westhaven",))
    ending = sentence(picture("2024-09-01", GOOD, order))
    assert "none is to come before its end. Tynehaven ends on 1 December 2024; Westhaven follows it." in ending
    ended = AuthorityFacts(urn=TYNEHAVEN.urn, name="Tynehaven", abolished_on=on("2024-04-01"))
    assert sentence(picture("2024-09-01", GOOD, authority=ended)).endswith(
        "none is to come. Tynehaven ended on 1 April 2024."
    )


def test_of_one_that_is_to_begin_nothing_is_said_not_to_be_known_of_visits():
    new = AuthorityFacts(urn="east-surrey", name="East Surrey", formed_on=on("2027-04-01"))
    visits = next(one for one in elements_shown(picture("2026-11-30", authority=new)).elements if one.key == "visits")
    assert (visits.line, visits.not_known) == ("none recorded here; East Surrey begins on 1 April 2027", ())


@pytest.mark.parametrize(
    ("day", "held", "element", "name", "line"),
    [
        ("2024-09-01", [GOOD], Element.VISITS, "Focused visits", "none recorded here since May 2022; one is usual"),
        (
            "2024-09-01",
            [IMPROVING, VISIT],
            Element.VISITS,
            "Focused visits",
            "one focused visit since May 2022; two are",
        ),
        (
            "2024-05-01",
            [INADEQUATE],
            Element.VISITS,
            "Monitoring visits",
            "none recorded here since Dec 2023; next about",
        ),
        ("2024-09-01", [GOOD], Element.SELF_EVALUATION, "Self-evaluation", "none recorded here; shared each year"),
        (
            "2024-09-01",
            [GOOD, SHARED, MET],
            Element.SELF_EVALUATION,
            "Self-evaluation",
            "shared 20 February 2024; next by",
        ),
        (
            "2025-06-01",
            [GOOD, MET],
            Element.ENGAGEMENT_MEETING,
            "Annual engagement meeting",
            "held 5 March 2024; next was",
        ),
    ],
)
def test_each_element_has_its_name_and_one_line(day, held, element, name, line):
    shown = next(one for one in elements_shown(picture(day, *held)).elements if one.key == element.value)
    assert shown.name == name
    assert shown.line.startswith(line)


def test_from_the_call_on_the_line_of_the_inspection_says_how_far_it_is():
    called = report(None, None, notified=on("2025-06-02"))
    shown = elements_shown(picture("2025-06-03", GOOD, called)).elements[3]
    assert shown.line.startswith("last report Jul 2022. Ofsted called on 2 June 2025; inspectors are expected on site")
