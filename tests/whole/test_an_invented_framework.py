"""A framework of five grades, other areas and no overall grade, added by rows alone, goes through the whole product."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.invented_framework import told

STORY = "tests.whole.invented_framework_story"
STOCKTON, ST_HELENS = "80563", "80560"
OF_ANOTHER_SCALE = re.compile(r"requires improvement|inadequate|good or outstanding|four judgements", re.IGNORECASE)
"""What must not be said of a report on the invented scale."""


@pytest.fixture(scope="module")
def unsaid(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Nobody has said what follows from the grades."""
    return told(STORY, "not said yet", tmp_path_factory.mktemp("not-said"))


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A row says what follows."""
    return told(STORY, "said", tmp_path_factory.mktemp("said"))


def between(text: str, first: str, last: str) -> str:
    """The part of a page from one heading to another."""
    start = text.index(first)
    return text[start : text.index(last, start)]


def test_a_history_document_brings_its_grades(unsaid):
    (before, after) = unsaid[STOCKTON]["timeline"]["entries"]
    assert after["grades"] == {
        "governance_and_partnership": "urgent_improvement",
        "family_help": "strong",
        "safety_from_harm": "urgent_improvement",
        "homes_and_permanence": "expected_standard",
        "moving_to_adulthood": "exceptional",
    }
    assert (before.get("scale"), after["scale"]) == (None, "five_points")


def test_a_source_that_mixes_scales_is_held_only_as_far_as_it_fits(unsaid):
    assert unsaid["of_a_wrong_scale"] == [{"area": "family_help", "grade": "strong", "scale": "five_points"}]


def test_the_pathway_is_unknown_while_nobody_says_what_the_grades_mean(unsaid):
    standing = unsaid[STOCKTON]["standing"]
    assert standing["pathway"] == "unknown"
    assert standing["expected_next"]["graded"] == {
        "type": None,
        "window_from": None,
        "window_to": None,
        "status": "no_window",
    }
    assert "is of a framework of which Ofsted has not said what follows" in unsaid[STOCKTON]["page"]
    assert "Ofsted has not said, in any text found, what the grades of this framework mean" in json.dumps(
        unsaid[STOCKTON]["window"]
    )


def test_the_window_that_was_not_stated_has_its_own_reason(unsaid):
    told_of = between(unsaid[STOCKTON]["page"], "Were earlier windows right?", "What if …?")
    assert "Ofsted has not said what follows from the grades of that report, so no window was stated." in told_of
    assert "grades that decide are not known" not in told_of
    assert "as Ofsted has not said what the grades mean" in unsaid[STOCKTON]["reasoning"]


def test_the_pathway_and_the_window_are_as_the_row_says(said):
    worst, better = said[STOCKTON]["standing"], said[ST_HELENS]["standing"]
    assert (worst["pathway"], better["pathway"]) == ("inadequate", "good_or_outstanding")
    assert worst["expected_next"]["graded"]["window_from"] == "2029-01-27"
    assert better["expected_next"]["graded"]["type"] == "short_inspection"
    assert (
        "it judges leaders and at least three practice areas expected standard, strong or exceptional"
        in said[ST_HELENS]["page"]
    )
    assert (
        "3 of the four practice judgements are expected standard, strong or exceptional (at least 3 are needed)"
        in said[ST_HELENS]["reasoning"]
    )
    assert "so it has five judgements and no overall grade" in said[ST_HELENS]["reasoning"]
    assert "urgent improvement for governance and partnership and safety from harm" in said[STOCKTON]["page"]


def test_what_would_change_is_told_in_its_own_grades(said):
    changes = between(said[ST_HELENS]["reasoning"], "What is supposed, and the pathway", "Chance by month")
    assert "leaders and three of the four practice areas expected standard and the fourth needs attention" in changes
    assert "one practice area urgent improvement and everything else expected standard" in changes


@pytest.mark.parametrize("rows", ["unsaid", "said"])
def test_no_word_of_another_scale_is_said_of_a_report(rows: str, request: pytest.FixtureRequest):
    answers = request.getfixturevalue(rows)
    of_st_helens = answers[ST_HELENS]  # whose only report is of this framework
    page = of_st_helens["page"]
    told_of = [
        between(page, "Grades through time", "What has happened"),
        between(page, "What Ofsted asked for", "All findings"),
        json.dumps(of_st_helens["timeline"]),
        json.dumps(of_st_helens["standing"]["judgements"]),
        answers["word"],
    ]
    if rows == "unsaid":
        told_of += [
            between(page, "Latest grades", "What if …?"),
            json.dumps(of_st_helens["standing"]),
            json.dumps(of_st_helens["window"]),
            of_st_helens["compared"],
            of_st_helens["compared_word"],
        ]
    assert all(told_of)
    assert [found for text in told_of for found in OF_ANOTHER_SCALE.findall(text)] == []


@pytest.mark.parametrize("rows", ["unsaid", "said"])
def test_grades_of_two_scales_are_not_compared(rows: str, request: pytest.FixtureRequest):
    head, *lines = request.getfixturevalue(rows)[STOCKTON]["rows"]
    assert head.startswith("Area 2026 ILACS, published 27 Jul 2026 2026 ILACS, published 1 Jun 2026")
    assert lines == [
        "Leaders Urgent improvement Another scale as “governance and partnership” Good",
        "Help and protection Urgent improvement Another scale as “safety from harm” Good",
        "Children in care Expected standard Another scale as “homes and permanence” Good",
        "Care leavers Exceptional Another scale as “moving to adulthood” Requires improvement",
        "Family help Strong New in 2026 Not judged",
    ]


def test_two_days_are_compared_across_the_change(unsaid, said):
    assert "Pathway Good or outstanding Not known" in unsaid[STOCKTON]["compared"]
    assert "Pathway Good or outstanding Inadequate" in said[STOCKTON]["compared"]
    for answers in (unsaid, said):
        assert "Governance and partnership: Urgent improvement" in answers[STOCKTON]["compared"]
        assert "Urgent improvement" in answers[STOCKTON]["compared_word"]


def test_the_form_offers_each_area_the_grades_of_its_scale(unsaid):
    asked = unsaid["recorded"]["asked"]
    assert asked["family_help"] == [
        "Not given",
        "Exceptional",
        "Strong",
        "Expected standard",
        "Needs attention",
        "Urgent improvement",
    ]
    assert asked["in_care"] == ["Not given", "Outstanding", "Good", "Requires improvement", "Inadequate"]
    hints = unsaid["recorded"]["hints"]
    assert "Family help Only for inspections that began on or after 1 June 2026" in hints
    assert "Children in care Only for inspections that began in 2023 or later and before 1 June 2026" in hints


def test_an_inspection_is_recorded_and_a_grade_of_the_wrong_scale_refused(unsaid):
    recorded = unsaid["recorded"]
    assert recorded["sent"] == 303
    assert "Family help Needs attention" in recorded["entry"]
    assert "has no judgement on children in care" in recorded["old_area"]
    assert "Under “Family help”, choose from the answers offered" in recorded["old_grade"]
    assert unsaid["wrong_scale"] == [
        "An inspection of this framework and start date has no grade good.",
        "An inspection of this framework and start date has no judgement on children in care. "
        "Leave that grade out, or check the first day on site.",
        "An inspection of this framework and start date has no judgement on children in care. "
        "Leave that grade out, or check the first day on site.",
    ]


def test_a_grade_is_corrected_to_one_of_its_own_scale(unsaid):
    grades = ["exceptional", "strong", "expected_standard", "needs_attention", "urgent_improvement"]
    assert unsaid["corrections"] == grades


def test_the_register_lists_and_filters_by_it(unsaid):
    register = unsaid["register"]
    assert "No overall judgement (2026 framework and summer 2026 framework)" in register["filters"]
    assert "Exceptional" not in register["filters"], "no overall grade is of that scale"
    assert [row for row in register["rows"] if row.startswith("St. Helens")] == [
        "St. Helens North West Not known St Governance: strong St Family help: strong Es Safety from harm: expected "
        "standard Es Homes and permanence: expected standard Na Moving to adulthood: needs attention 3 Aug 2026 0 "
        "Not known Not known"
    ], "which window follows from such grades has not been said"


def test_the_picture_shows_no_letter_without_an_overall_grade(unsaid):
    assert unsaid["chart"] == [
        ["", "", "Short inspection, 20 to 24 April 2026"],
        ["", "", "Standard inspection, 8 to 19 June 2026"],
    ]


def test_the_committee_paper_names_its_judgements(unsaid):
    for line in (
        "Governance and partnership: urgent improvement",
        "Family help: strong",
        "Moving to adulthood: exceptional",
    ):
        assert line in unsaid["word"].splitlines()


def test_a_report_of_it_can_be_supposed(unsaid, said):
    for answers, pathway in ((unsaid, "unknown"), (said, "inadequate")):
        supposed = answers["suppose"]
        assert supposed["answer"]["after"]["pathway"] == pathway
        assert {row["scale"] for row in supposed["answer"]["after"]["judgements"]} == {"five_points"}
        assert "governance and partnership urgent improvement, family help strong" in supposed["page"]
        assert supposed["wrong"] == "Choose one of the five grades for family help."
        assert supposed["too_few"].startswith(
            "Inspections that start from 1 June 2026 on have no overall grade, so all five judgements are needed."
        )


def test_its_rows_are_listed_and_the_set_before_it_has_ended(unsaid):
    rows = unsaid["frameworks"]
    assert [scale["scale"] for scale in rows["scales"]][-1] == "five_points"
    assert rows["scales"][-1]["grades"][0] == {
        "grade": "exceptional",
        "words": "Exceptional",
        "good": None,
        "failing": None,
    }
    before, after = (next(row for row in rows["sets"] if row["set"] == code) for code in ("C", "five"))
    assert (before["end"], after["start"], after["end"]) == ("2026-06-01", "2026-06-01", None)
    assert [area["area"] for area in after["areas"]][:2] == ["governance_and_partnership", "family_help"]


@pytest.mark.parametrize("rows", ["unsaid", "said"])
def test_every_address_answers(rows: str, request: pytest.FixtureRequest):
    answers = request.getfixturevalue(rows)
    assert len(answers["walked"]) > 150
    assert answers["kinds"] > 100
    others = {address: status for address, status in answers["walked"].items() if status not in (200, 303)}
    assert set(others.values()) <= {429}, "more papers in a minute than one person is given"
    assert len(others) < 20
