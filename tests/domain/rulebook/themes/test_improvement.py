"""Themes of what reports ask to improve: told from the words of each finding."""

from __future__ import annotations

import pytest

from domain.rulebook.themes.improvement import THEMES, themes_of, themes_said


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The quality and impact of supervision and management oversight.", ["oversight"]),
        ("The effectiveness of managers' oversight, to prevent drift.", ["oversight"]),
        ("The sufficiency of suitable placements for children in care.", ["sufficiency"]),
        ("The response to children aged 16 and 17 who present as homeless.", ["homeless"]),
        ("The timeliness of initial strategy discussions.", ["strategy"]),
        ("The consistency of multi-agency child protection discussions.", ["strategy"]),
        ("The quality of letters before proceedings in the Public Law Outline.", ["pre_proceedings"]),
        ("Pathway plans that help care leavers.", ["leaving_care"]),
        ("The quality of assessments and plans, and how they are recorded.", ["assessments", "recording"]),
        ("The assessment and support of privately fostered children.", ["assessments", "kinship"]),
        ("The response to children who go missing.", ["missing"]),
        ("The participation offer for children and young people.", []),
    ],
)
def test_a_finding_is_on_the_themes_that_its_words_name(text: str, codes: list[str]):
    assert [theme.code for theme in themes_said(text)] == codes


def test_a_report_is_on_the_themes_of_all_its_findings():
    assert themes_of(["Recording.", "Life-story work.", "The offer of play."]) == {"recording", "life_story"}


def test_codes_and_names_of_themes_are_used_once():
    assert len({theme.code for theme in THEMES}) == len({theme.words for theme in THEMES}) == len(THEMES)
