"""Days as people write them are read in one place, day first, and what could be another day is not read."""

from __future__ import annotations

from datetime import date

import pytest

from web.words.written_days import UnreadableDay, WrittenDay, day_written, deadline_written

MAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-04",
        "2026-05-04 00:00:00",
        "04/05/2026",
        "4/5/26",
        "4 May 2026",
        " 4  may 2026.",
        "4\u00a0May\u00a02026",
    ],
)
def test_what_nobody_reads_otherwise_needs_no_word_on_its_reading(text):
    assert day_written(text) == WrittenDay(MAY, plain=True)


@pytest.mark.parametrize(
    "text",
    [
        *("4th May 2026", "4 May 26", "4-May-26", "04-MAY-2026", "4/May/2026", "4May26", "04.05.26", "4.5.2026"),
        *("4-5-2026", "4 5 2026", "2026/05/04", "2026.5.4", "20260504", "2026-May-04", "May 4, 2026", "May 4th 2026"),
        *("Monday 4 May 2026", "Mon, 4 May 2026", "Mon 04/05/2026", "the 4th of May 2026", "4th day of May 2026"),
        *(
            "4 May 2026 at 10:30",
            "04/05/2026 09:15:00",
            "2026-05-04T14:30",
            "4–May–2026",
            "4 May '26",
        ),
    ],
)
def test_a_day_is_read_however_it_is_written_and_its_reading_can_be_shown(text):
    assert day_written(text) == WrittenDay(MAY, plain=False)
    assert day_written(text).reading == "4 May 2026"


def test_months_are_known_by_three_letters_or_more():
    assert {day_written(f"7 {month} 2026").day for month in ("Sep", "Sept", "Sept.", "Septem", "SEPTEMBER")} == {
        date(2026, 9, 7)
    }


def test_an_instant_with_its_zone_is_of_the_day_in_london():
    assert day_written("2026-05-03T23:30:00Z").day == MAY
    assert day_written("2026-01-03T23:30:00+00:00").day == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("05/20/2026", "there is no month 20; write the day first, for example 20 September 2026"),
        ("2026-20-05", "there is no month 20"),
        ("31/04/2026", "April 2026 has no day 31"),
        ("29 Feb 2026", "February 2026 has no day 29"),
        ("Tuesday 4 May 2026", "it says Tuesday, but 4 May 2026 is a Monday"),
        ("4 May", "it has no year"),
    ],
)
def test_why_a_day_is_not_one_is_said_in_words(text, reason):
    with pytest.raises(UnreadableDay) as refused:
        day_written(text)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "spring 2026", "May 2026", "ongoing", "4 Mai 2026", "13/13/2026", "4/5", "1.2", "1,200"]
)
def test_what_holds_no_day_is_none(text):
    with pytest.raises(UnreadableDay, match=r"^$"):
        day_written(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30 June 2027", date(2027, 6, 30)),
        ("by 30th June 2027", date(2027, 6, 30)),
        ("30/06/2027 (was 31/12/2026)", date(2027, 6, 30)),
        ("Jun-27", date(2027, 6, 30)),
        ("June 2027", date(2027, 6, 30)),
        ("by the end of June 2027", date(2027, 6, 30)),
        ("End Feb 2028", date(2028, 2, 29)),
        ("06/2027", date(2027, 6, 30)),
        ("Q1 2027/28", date(2027, 6, 30)),
        ("Q4 2026-27", date(2027, 3, 31)),
        ("quarter 3 of 26/27", date(2026, 12, 31)),
    ],
)
def test_a_deadline_is_the_last_day_of_what_is_named(text, day):
    assert deadline_written(text).day == day


@pytest.mark.parametrize("text", ["end of Q2", "ongoing", "Q4 2026/28", "TBC", "Q4"])
def test_a_deadline_that_names_no_day_is_none(text):
    with pytest.raises(UnreadableDay, match=r"^$"):
        deadline_written(text)


def test_a_deadline_written_month_first_is_refused_with_the_reason():
    with pytest.raises(UnreadableDay, match="write the day first"):
        deadline_written("before 06/30/2027")
