"""What inspectors looked at, as a page says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.values.activities import Activity
from domain.values.statements import Kind
from web.words import words
from web.words.looked_at import in_lines

INSPECTION = Activity(UUID(int=1), "80498", Kind.JTAI, start=date(2022, 11, 7))
THEME = "Theme"


@pytest.mark.parametrize(
    ("theme", "start", "title"),
    [
        ("neglect", date(2017, 12, 4), "neglect"),
        ("serious_youth_violence", date(2023, 10, 9), "serious youth violence"),
        ("Children who are victims of domestic abuse", date(2024, 12, 9), "domestic abuse, children aged 0 to 7"),
        ("Abuse and neglect", date(2017, 2, 27), "domestic abuse"),
        ("Elective home education", date(2023, 1, 9), "elective home education"),
    ],
)
def test_the_title_of_a_joint_inspection_has_its_theme_in_one_spelling(theme: str, start: date, title: str):
    assert words.title(replace(INSPECTION, theme=theme, start=start)) == f"Joint targeted area inspection: {title}"


def test_its_page_says_strand_months_and_the_words_of_the_source():
    front_door = replace(INSPECTION, theme="Identification of initial need and risk")
    assert dict(in_lines(front_door)) == {
        THEME: "Identification of initial need and risk",
        "Strand": "the front door, at any time (since 1 January 2022, R-068)",
    }
    victims = replace(INSPECTION, theme="Children who are victims of domestic abuse", start=date(2024, 12, 9))
    assert dict(in_lines(victims)) == {
        THEME: "Domestic abuse, children aged 0 to 7",
        "Strand": "a theme, for some months (2024, R-068)",
        "In the words of the source": "Children who are victims of domestic abuse",
    }


def test_where_the_source_names_no_theme_it_is_said_to_be_inferred():
    told = dict(in_lines(replace(INSPECTION, theme="Abuse and neglect", start=date(2017, 10, 16))))
    assert told[THEME] == "Neglect"
    assert told["Strand"].endswith("inferred, as the source names no theme of its own")


def test_unknown_words_stand_as_they_are():
    told = dict(in_lines(replace(INSPECTION, theme="Elective home education")))
    assert told == {THEME: "Elective home education"}
