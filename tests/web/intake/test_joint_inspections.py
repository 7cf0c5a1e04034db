"""Joint inspections as their overview has them: the theme without place and days, and the days where they stand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import pytest

from domain.register.register import REGISTER
from domain.rulebook.themes.joint import theme_of
from domain.values.activities import Activity
from domain.values.statements import Channel, Family, Kind
from tests.published import folder_of_real_files
from tests.web.intake.making import xlsx
from web.intake.jtai_theme import theme_sentence

JTAI = (
    "urn",
    "la_code",
    "local_authority",
    "inspection_link",
    "inspection_start_date",
    "publication_date",
    "inspection_theme",
    "summary_priority_action",
    "summary_case_study",
)
LINK = "https://files.ofsted.gov.uk/v1/file/50000224"
PUBLISHED = date(2026, 2, 2)


def row(name, started, published, theme, priority="Not found or not applicable."):
    return (REGISTER.find(name), "", name.casefold(), LINK, started, published, theme, priority, "a case")


def test_days_between_which_inspectors_came_win_over_the_day_of_the_letter_and_over_the_last_day(read, tmp_path):
    rows = [
        row("Gateshead", "01/02/17", "01/02/17", "Neglect in gateshead between 5 and 9 december 2016."),
        row("Hampshire", "09/12/16", "01/02/17", "Neglect in hampshire between 5 and 9 december 2016."),
    ]
    found = read(xlsx(tmp_path / "jtai.xlsx", {"sheet": [JTAI, *rows]})).observations
    assert {(one.channel, one.family, one.said.kind) for one in found} == {
        (Channel.JTAI_OVERVIEW, Family.SCRAPE, Kind.JTAI)
    }
    assert {(one.said.start, one.said.end, one.said.published, one.said.theme) for one in found} == {
        (date(2016, 12, 5), date(2016, 12, 9), date(2017, 2, 1), "Neglect")
    }


def test_a_start_on_the_day_it_is_published_was_never_read(read, tmp_path):
    rows = [
        row(
            "Gateshead",
            "01/02/17",
            "01/02/17",
            "Neglect in gateshead.",
            "There are no areas for priority action. Areas",
        ),
        row("Leeds", "09/12/16", "01/02/17", "Neglect in leeds."),
    ]
    reading = read(xlsx(tmp_path / "jtai.xlsx", {"sheet": [JTAI, *rows]}))
    gateshead, leeds = (one.said for one in reading.observations)
    assert (gateshead.start, gateshead.published, gateshead.priority_action) == (None, date(2017, 2, 1), False)
    assert (leeds.start, leeds.priority_action) == (date(2016, 12, 9), None)
    assert "summary_case_study" not in dict(reading.observations[0].verbatim.cells)


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("Leaders need to take urgent action to understand the risks of children in Leeds.", True),
        ("This is a multi-agency area for priority action. Meetings are not always held.", True),
        ("There are no areas for priority action Areas for improvement The partnership", False),
        ("There are no priority actions that the partnership is required to consider.", False),
        ("Not found or not applicable.", None),
        ("", None),
    ],
)
def test_words_from_under_the_heading_are_a_priority_action_and_silence_is_not_a_no(read, tmp_path, summary, found):
    made = row("Leeds", "01/02/17", "01/02/17", "Neglect in leeds.", summary)
    reading = read(xlsx(tmp_path / "jtai.xlsx", {"sheet": [JTAI, made]}))
    assert reading.observations[0].said.priority_action is found


def test_days_that_cannot_be_are_left_out_and_told(read, tmp_path):
    made = row("Leeds", "12/12/16", "01/02/17", "Neglect in leeds between 9 and 5 december 2016.")
    reading = read(xlsx(tmp_path / "jtai.xlsx", {"sheet": [JTAI, made]}))
    assert (reading.observations[0].said.start, reading.observations[0].said.theme) == (date(2016, 12, 12), "Neglect")
    assert reading.notes == (
        "sheet, row 2: the days between '9' and '5 december 2016' run backwards, so they were not taken",
    )


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Gateshead", "in gateshead"),
        ("Kingston upon Hull", "across the city of kingston upon hull"),
        ("Kingston upon Hull", "in hull city council"),
        ("St. Helens", "in st helens metropolitan borough council"),
        ("Barking and Dagenham", "in the london borough of barking & dagenham"),
        ("Windsor and Maidenhead", "in the royal borough of windsor and maidenhead"),
        ("Bournemouth, Christchurch and Poole", "in bournemouth, christchurch and poole council"),
        ("Stoke-on-Trent", "within stoke on trent"),
        ("York", "in the city of york"),
        ("Wirral", "in the wirral"),
        ("Durham", "in county durham"),
        ("Bedford", "in bedford borough council"),
        ("Brighton and Hove", "in brighton & hove city council"),
        ("Norfolk", "in norfolk county council"),
    ],
)
@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        ("Serious youth violence {where}.", "Serious youth violence"),
        ("Serious youth violence {where} between 5 and 9 january 2026.", "Serious youth violence"),
        ("Children and families {where} who need help", "Children and families who need help"),
    ],
)
def test_a_theme_names_no_place(name, where, sentence, theme):
    names = (*REGISTER[REGISTER.find(name)].names, name.casefold())
    assert theme_sentence(sentence.format(where=where), names, published=PUBLISHED).theme == theme


@pytest.mark.parametrize(
    ("said", "theme"),
    [
        ("Neglect in yorkshire schools in york", "Neglect in yorkshire schools"),
        ("York-wide neglect", "York-wide neglect"),
        ("York: neglect", "Neglect"),
        ("Neglect of children, york, between 5 and 9 january 2026", "Neglect of children"),
        ("Neglect - City of York Council", "Neglect"),
    ],
)
def test_a_place_goes_wherever_it_stands_and_words_that_only_begin_like_it_stay(said, theme):
    assert theme_sentence(said, ["York"], published=PUBLISHED).theme == theme


@pytest.mark.parametrize(
    "said",
    [
        "Neglect in leeds 5 january 2026 to 9 january 2026.",
        "Neglect in leeds (5 to 9 January 2026)",
        "Neglect in leeds, which took place from 5 to 9 january 2026",
        "Neglect in leeds was carried out between 5 and 9 january 2026",
        "between 5 and 9 january 2026 neglect in leeds",
    ],
)
def test_days_are_read_wherever_the_sentence_gives_them(said):
    found = theme_sentence(said, ["Leeds"], published=PUBLISHED)
    assert (found.theme, found.start, found.end) == ("Neglect", date(2026, 1, 5), date(2026, 1, 9))


def test_ages_are_no_days():
    said = "Children aged 0 to 7 in leeds between 5 and 9 january 2026"
    assert theme_sentence(said, ["Leeds"], published=PUBLISHED).theme == "Children aged 0 to 7"
    assert theme_sentence("Children aged 0 to 7 in leeds", ["Leeds"], published=PUBLISHED).start is None


@pytest.mark.parametrize(
    "said",
    [
        "Identification of initial need and risk in leeds.",
        "The identification of initial need and risk in leeds.",
        "Initial need and risk in the city of leeds",
        "Identification of initial need and risk (often referred to as the front door) in leeds.",
        "Identification of initial need and risk in leeds city council for children and families who need help.",
    ],
)
def test_one_theme_has_one_spelling(said):
    assert theme_sentence(said, ["Leeds"], published=PUBLISHED).theme == "Identification of initial need and risk"


def test_an_apostrophe_that_the_overview_lost_is_put_back():
    assert theme_sentence("Childrens mental health in leeds", ["Leeds"], published=PUBLISHED).theme == (
        "Children's mental health"
    )


def test_numbers_that_are_no_days_stay_in_the_theme():
    found = theme_sentence("Children aged from 0 to 7 in leeds", ["Leeds"], published=PUBLISHED)
    assert (found.theme, found.start, found.doubt) == ("Children aged from 0 to 7", None, None)


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [
        ("between 12 and 16 january 2026", date(2026, 1, 12), date(2026, 1, 16)),
        ("between 29 december 2025 and 2 january 2026", date(2025, 12, 29), date(2026, 1, 2)),
        ("between 29 december and 2 january 2026", date(2025, 12, 29), date(2026, 1, 2)),
        ("between 8 december 2025 and 12 december 2025", date(2025, 12, 8), date(2025, 12, 12)),
        ("between 8 and 12 december", date(2025, 12, 8), date(2025, 12, 12)),
        ("between 31 october and 4 november", date(2025, 10, 31), date(2025, 11, 4)),
        ("from 12 to 16 january 2026", date(2026, 1, 12), date(2026, 1, 16)),
        ("on 12-16 january 2026", date(2026, 1, 12), date(2026, 1, 16)),
        ("between Monday 12 and Friday 16 january 2026", date(2026, 1, 12), date(2026, 1, 16)),
        ("between 12 and 16 february 2026", None, None),
        ("", None, None),
    ],
)
def test_days_in_the_sentence_are_read_with_their_month_and_year(days, start, end):
    found = theme_sentence(f"Neglect in leeds {days}.", ["Leeds"], published=PUBLISHED)
    assert (found.start, found.end) == (start, end)


def test_every_row_of_the_published_table_has_a_theme_of_the_list(read):
    """Eleven name only the general matter of letters until 2020: it stands for the deep dive of their months. East
    Sussex's has no first day either; its letter names children's mental health."""
    table = folder_of_real_files() / "other_inspections" / "ofsted_csc_jtai_overview_2026-06-29.xlsx"
    said = {one.urn: one.said for one in read(table).observations}
    found = {
        urn: theme_of(Activity(UUID(int=1), urn, one.kind, start=one.start, published=one.published, theme=one.theme))
        for urn, one in said.items()
    }
    assert len(found) == 49
    assert [REGISTER[urn].facts.name for urn, one in found.items() if one is None] == ["East Sussex"]
    assert Counter((one.theme.code, one.inferred) for one in found.values() if one) == {
        ("initial_need_and_risk", False): 10,
        ("sexual_abuse_in_the_family", False): 8,
        ("serious_youth_violence", False): 5,
        ("domestic_abuse_0_to_7", False): 4,
        ("domestic_abuse", True): 4,
        ("child_sexual_exploitation", True): 3,
        ("neglect", True): 3,
        ("child_exploitation", False): 2,
        ("criminal_exploitation", False): 2,
        ("domestic_abuse", False): 2,
        ("mental_health", False): 2,
        ("exploitation_gangs_missing", False): 1,
        ("families_who_need_help", False): 1,
        ("sexual_abuse_in_the_family", True): 1,
    }
