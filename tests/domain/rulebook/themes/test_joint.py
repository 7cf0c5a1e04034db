"""Themes of joint inspections: from the words of letters and tables to one spelling with its months."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.rulebook.rules import RULES
from domain.rulebook.themes.joint import ROUNDS, THEMES, Strand, theme_of
from domain.values.activities import Activity
from domain.values.statements import Kind

GANGS = (
    "Child sexual exploitation, children associated with gangs and at risk of exploitation and children missing from "
    "home, care or education"
)


def inspection(theme: str | None, start: date | None, published: date | None = None) -> Activity:
    return Activity(UUID(int=1), "80498", Kind.JTAI, start=start, published=published, theme=theme)


def code_of(theme: str | None, start: date | None, published: date | None = None) -> str | None:
    found = theme_of(inspection(theme, start, published))
    return found.theme.code if found else None


@pytest.mark.parametrize(
    ("said", "start", "code"),
    [
        ("Child sexual exploitation", date(2016, 2, 22), "child_sexual_exploitation"),
        (GANGS, date(2018, 2, 12), "exploitation_gangs_missing"),
        ("Domestic abuse", date(2016, 9, 12), "domestic_abuse"),
        ("domestic abuse", date(2018, 7, 9), "domestic_abuse"),
        ("neglect", date(2017, 12, 4), "neglect"),
        ("Sexual abuse in the family", date(2018, 9, 24), "sexual_abuse_in_the_family"),
        ("Child sexual abuse in the family environment", date(2025, 11, 3), "sexual_abuse_in_the_family"),
        ("Child exploitation", date(2019, 6, 17), "child_exploitation"),
        ("Criminal exploitation of children", date(2022, 7, 11), "criminal_exploitation"),
        ("children’s_mental_health", date(2019, 9, 23), "mental_health"),
        ("Identification of initial need and risk", date(2022, 1, 10), "initial_need_and_risk"),
        ("front door", date(2024, 4, 22), "initial_need_and_risk"),
        ("Children and families who need help", date(2023, 3, 26), "families_who_need_help"),
        ("Serious youth violence", date(2023, 10, 9), "serious_youth_violence"),
        ("Children who are victims of domestic abuse", date(2024, 12, 9), "domestic_abuse_0_to_7"),
        (
            "Unborn children and those aged 0 to 7 who are victims of domestic abuse",
            date(2025, 1, 20),
            "domestic_abuse_0_to_7",
        ),
    ],
)
def test_what_letters_and_tables_say_is_one_theme_in_one_spelling(said: str, start: date, code: str):
    assert code_of(said, start) == code


def test_the_same_words_mean_the_round_that_had_begun():
    before, since = date(2024, 9, 11), date(2024, 9, 12)
    assert (code_of("domestic abuse", before), code_of("domestic abuse", since)) == (
        "domestic_abuse",
        "domestic_abuse_0_to_7",
    )
    first, second = (theme_of(inspection("intra-familial abuse", day)) for day in (date(2025, 9, 9), date(2025, 9, 10)))
    assert first is not None
    assert second is not None
    assert (first.theme, first.round.start, second.round.start) == (
        second.theme,
        date(2018, 9, 1),
        date(2025, 9, 10),
    )


def test_where_the_first_day_is_not_known_publication_tells_the_round():
    assert code_of("Domestic abuse", None, date(2024, 12, 12)) == "domestic_abuse_0_to_7"
    assert code_of("Domestic abuse", None, None) is None


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (date(2016, 3, 14), "child_sexual_exploitation"),
        (date(2017, 2, 27), "domestic_abuse"),
        (date(2017, 3, 21), "domestic_abuse"),
        (date(2017, 10, 16), "neglect"),
        (date(2019, 3, 18), "sexual_abuse_in_the_family"),
        (date(2017, 4, 10), None),
        (date(2020, 3, 1), None),
        (None, None),
    ],
)
def test_the_general_words_of_the_table_stand_for_the_deep_dive_of_their_months(start: date | None, code: str | None):
    found = theme_of(inspection("Abuse and neglect", start, date(2017, 12, 1)))
    assert (found.theme.code if found else None) == code
    assert found is None or found.inferred


@pytest.mark.parametrize("said", ["Adult social care", "Elective home education", "", None])
def test_words_that_nothing_knows_stand_as_they_are(said: str | None):
    assert code_of(said, date(2024, 1, 1)) is None


def test_before_the_first_of_a_theme_its_words_are_no_theme():
    assert code_of("Serious youth violence", date(2023, 8, 31)) is None
    assert code_of("Serious youth violence", date(2023, 9, 1)) == "serious_youth_violence"


def test_every_theme_has_one_spelling_and_its_rounds_in_order():
    assert len({theme.words.casefold() for theme in THEMES}) == len({theme.code for theme in THEMES}) == len(THEMES)
    assert [one.start for one in ROUNDS] == sorted(one.start for one in ROUNDS)
    assert {one.theme for one in ROUNDS} == set(THEMES)
    assert all(one.rule in RULES and one.source and (one.end is None or one.start < one.end) for one in ROUNDS)
    assert [theme.code for theme in THEMES if theme.strand is Strand.FRONT_DOOR] == ["initial_need_and_risk"]


def test_a_theme_in_its_own_spelling_is_found_again():
    for one in ROUNDS:
        assert theme_of(inspection(one.theme.words, one.start)) is not None
        assert code_of(one.theme.words, one.start) == one.theme.code
