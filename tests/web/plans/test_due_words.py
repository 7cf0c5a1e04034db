"""Due dates as councils write them: what is read, what stands for no date yet, and what cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from web.plans.spreadsheet.due_words import DueChoices, due_reading

ON = date(2026, 11, 30)
USUAL = DueChoices()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("end of Q2", date(2026, 9, 30)),
        ("Q4 26/27", date(2027, 3, 31)),
        ("Sept 24", date(2024, 9, 30)),
        ("by Easter 2027", date(2027, 3, 28)),
        ("Christmas", date(2026, 12, 24)),
        ("Spring term 2027", date(2027, 3, 31)),
        ("Summer term", date(2027, 7, 22)),
        ("Summer term 2026/27", date(2027, 7, 22)),
        ("Winter 2026", date(2027, 2, 28)),
        ("2027", date(2027, 12, 31)),
        ("2026/27", date(2027, 3, 31)),
        ("year end", date(2027, 3, 31)),
        ("Early 2027", date(2027, 3, 31)),
        ("Mar/Apr 2027", date(2027, 4, 30)),
        ("12-16 May 2027", date(2027, 5, 16)),
        ("Oct – Dec 2026", date(2026, 12, 31)),
        ("w/c 11 Jan 2027", date(2027, 1, 15)),
        ("W/E 15 Jan 2027", date(2027, 1, 15)),
        ("mid March 2027", date(2027, 3, 15)),
        ("end of March", date(2027, 3, 31)),
        ("31 March", date(2027, 3, 31)),
        ("Within 6 months", date(2027, 5, 30)),
        ("Ongoing - review March 2027", date(2027, 3, 31)),
        ("31 March 2027 and ongoing", date(2027, 3, 31)),
        ("Phase 1: Jan 27; Phase 2: June 27", date(2027, 6, 30)),
        ("46477", date(2027, 3, 31)),
    ],
)
def test_words_that_stand_for_a_day_are_read_and_the_reading_is_told(written: str, day: date):
    found = due_reading(written, USUAL, ON)
    assert (found.day, found.fault) == (day, "")
    assert written in found.said


@pytest.mark.parametrize(
    "written", ["ongoing", "TBC", "asap", "monthly", "Immediately and ongoing", "Complete", "when funding is agreed"]
)
def test_words_that_are_no_date_are_said_to_be_none_yet(written: str):
    found = due_reading(written, USUAL, ON)
    assert (found.day, found.fault, found.said) == (None, "", f"“{written}” is no date: without one yet")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31 Sept 2027", "September 2027 has no day 31"),
        ("03/31/2027", "there is no month 31"),
        ("Friday 3 April 2027", "it says Friday, but 3 April 2027 is a Saturday"),
        ("31/3", "is not a day there is"),
        ("1 January 2150", "far from today"),
    ],
)
def test_a_day_that_is_none_is_a_fault_in_words(written: str, why: str):
    found = due_reading(written, USUAL, ON)
    assert found.day is None
    assert why in found.fault


@pytest.mark.parametrize(
    ("written", "day", "first"),
    [
        ("Apr 27 (was Jan 27)", date(2027, 4, 30), date(2027, 1, 31)),
        ("31/03/2026 revised 30/06/2026", date(2026, 6, 30), date(2026, 3, 31)),
        ("Revised: 30/06/2026 Original: 31/03/2026", date(2026, 6, 30), date(2026, 3, 31)),
    ],
)
def test_a_day_that_was_moved_keeps_the_one_promised_first(written: str, day: date, first: date):
    found = due_reading(written, USUAL, ON)
    assert (found.day, found.first) == (day, first)


def test_what_can_be_meant_in_two_ways_rests_on_a_choice():
    assert due_reading("end of Q2", USUAL, ON).asks == "quarters"
    assert due_reading("Q2 2026/27", USUAL, ON).asks == "", "the years say which quarter it is"
    assert due_reading("end of Q2", DueChoices(quarters="calendar"), ON).day == date(2026, 6, 30)
    assert due_reading("Autumn 2026", DueChoices(autumn="18 December"), ON).day == date(2026, 12, 18)
    assert due_reading("Autumn 2026", USUAL, ON).asks == "terms"


def test_a_choice_that_is_no_day_is_as_it_was_at_first():
    assert DueChoices.of({"autumn": "when they break up", "quarters": "calendar"}) == DueChoices(quarters="calendar")


def test_a_list_with_the_month_first_is_asked_about_and_then_read_so():
    asked = due_reading("03/31/2027", USUAL, ON)
    assert (asked.day, asked.asks) == (None, "order")
    assert "say of the list that its months come first" in asked.fault
    american = DueChoices(order="month")
    assert due_reading("03/31/2027", american, ON).day == date(2027, 3, 31)
    assert due_reading("04/05/2027", american, ON).said == "“04/05/2027” read as 5 April 2027, the month first"
    assert due_reading("31/03/2027", american, ON).day == date(2027, 3, 31), "nothing else is possible"
    assert due_reading("04/05/2027", USUAL, ON).day == date(2027, 5, 4)
