"""Every shape in which letters and reports print the days on site. Real shapes, invented sentences."""

from __future__ import annotations

from datetime import date

import pytest

from web.intake.reports.dates import day_in, days_in

OVER_BY = date(2018, 2, 22)


def read(text: str) -> list[str]:
    return [f"{period.start} {period.end}" for said in days_in(text, over_by=OVER_BY) for period in said.periods]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("on 19 and 20 November 2025. His", ["2025-11-19 2025-11-20"]),
        ("on 31 January and 1 February 2018", ["2018-01-31 2018-02-01"]),
        ("on 24 October 2018.", ["2018-10-24 2018-10-24"]),
        ("on 28 to 29 May 2025", ["2025-05-28 2025-05-29"]),
        ("on 20\u201321 November 2019", ["2019-11-20 2019-11-21"]),
        ("between 3 and 5 November 2020", ["2020-11-03 2020-11-05"]),
        ("Between 8 October 2018 and 12 October 2018, Ofsted", ["2018-10-08 2018-10-12"]),
        ("between 30 September and 2 October 2020", ["2020-09-30 2020-10-02"]),
        ("on 29 and 30 September, and 1 October 2020", ["2020-09-29 2020-10-01"]),
        ("on 15, 16 and 17 July 2025", ["2025-07-15 2025-07-17"]),
        ("11 January 2016 to 4 February 2016", ["2016-01-11 2016-02-04"]),
        ("6 \u2013 10 December 2021", ["2021-12-06 2021-12-10"]),
        ("30 December to 3 January 2025", ["2024-12-30 2025-01-03"]),
        ("18th and 19th of September 2018", ["2018-09-18 2018-09-19"]),
        ("by Tuesday 25 October 2022.", ["2022-10-25 2022-10-25"]),
        ("by 12 November 18. This", ["2018-11-12 2018-11-12"]),
        ("on Friday 12 and Monday 15 May 2023", ["2023-05-12 2023-05-15"]),
    ],
)
def test_days_on_site_are_read_in_every_shape(text: str, periods: list[str]):
    assert read(text) == periods


def test_days_with_a_working_day_between_them_are_two_periods():
    assert read("on 15, 16 and 21 July 2025") == ["2025-07-15 2025-07-16", "2025-07-21 2025-07-21"]
    resumed = "30 September 2024 to 11 October 2024 and 13 January 2025 to 16 January 2025"
    assert read(resumed) == ["2024-09-30 2024-10-11", "2025-01-13 2025-01-16"]
    assert read("3 to 14 June and 15 to 19 July 2019") == ["2019-06-03 2019-06-14", "2019-07-15 2019-07-19"]


def test_days_without_a_year_are_the_last_before_the_letter_and_are_told_so():
    (said,) = days_in("on 30 and 31 January. The inspectors", over_by=OVER_BY)
    assert (said.periods[0].start, said.year_missing) == (date(2018, 1, 30), True)
    (said,) = days_in("on 5 and 6 December.", over_by=OVER_BY)
    assert said.periods[0].end == date(2017, 12, 6)
    assert not list(days_in("on 5 and 6 December."))


@pytest.mark.parametrize(
    "text", ["children aged 16 and 17", "70 working days", "31 June 2020", "section 20 of the Act"]
)
def test_what_is_no_day_is_not_read(text: str):
    assert read(text) == []


def test_words_end_where_the_days_end():
    (said,) = days_in("On 1 May 2024, 3 inspectors came")
    assert said.words == "1 May 2024"
    assert day_in("12 January 2026") == date(2026, 1, 12)
