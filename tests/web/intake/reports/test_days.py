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
        ("between the 3rd and the 5th of November 2020", ["2020-11-03 2020-11-05"]),
        ("on 8/9 October 2019", ["2019-10-08 2019-10-09"]),
        ("on 29 and 30 September, and 1 October 2020", ["2020-09-29 2020-10-01"]),
        ("on 15, 16 and 17 July 2025", ["2025-07-15 2025-07-17"]),
        ("11 January 2016 to 4 February 2016", ["2016-01-11 2016-02-04"]),
        ("6 \u2013 10 December 2021", ["2021-12-06 2021-12-10"]),
        ("30 December to 3 January 2025", ["2024-12-30 2025-01-03"]),
        ("18th and 19th of September 2018", ["2018-09-18 2018-09-19"]),
        ("by Tuesday 25 October 2022.", ["2022-10-25 2022-10-25"]),
        ("by 12 November 18. This", ["2018-11-12 2018-11-12"]),
        ("27 September to 8 October 2021", ["2021-09-27 2021-10-08"]),
        ("24 November - 17 December 2015", ["2015-11-24 2015-12-17"]),
        ("6 March 2017–30 March 2017", ["2017-03-06 2017-03-30"]),
        ("18 Feb 2014 – 12 March 2014", ["2014-02-18 2014-03-12"]),
        ("1/06/2015 – 25/06/2015", ["2015-06-01 2015-06-25"]),
        ("1.6.15 to 25.6.15", ["2015-06-01 2015-06-25"]),
        ("15-19 July 2013", ["2013-07-15 2013-07-19"]),
        ("3rd to 14th of Sept. 2018", ["2018-09-03 2018-09-14"]),
        ("Monday 3 December to Friday 14 December 2018", ["2018-12-03 2018-12-14"]),
        ("9 December 2024 to 17 January", ["2024-12-09 2025-01-17"]),
        ("30 June\nto 4 July 2025", ["2025-06-30 2025-07-04"]),
        ("on Friday 12 and Monday 15 May 2023", ["2023-05-12 2023-05-15"]),
        ("on 14 to15 November 2023", ["2023-11-14 2023-11-15"]),
        ("14to 15 November 2023", ["2023-11-14 2023-11-15"]),
        ("3 to 7 and then from 24 to 28 June 2024", ["2024-06-03 2024-06-07", "2024-06-24 2024-06-28"]),
    ],
)
def test_days_on_site_are_read_in_every_shape(text: str, periods: list[str]):
    assert read(text) == periods


def test_days_with_a_working_day_between_them_are_two_periods():
    assert read("on 15, 16 and 21 July 2025") == ["2025-07-15 2025-07-16", "2025-07-21 2025-07-21"]
    resumed = "30 September 2024 to 11 October 2024 and 13 January 2025 to 16 January 2025"
    assert read(resumed) == ["2024-09-30 2024-10-11", "2025-01-13 2025-01-16"]
    assert read("3 to 14 June and 15 to 19 July 2019") == ["2019-06-03 2019-06-14", "2019-07-15 2019-07-19"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("14 to 3 December 2018", "“14 to 3 December 2018” has a last day before the first."),
        ("20 February to 31 February 2018", "“20 February to 31 February 2018” names a day that does not exist."),
        ("11 January 2016 to 4 February 2015", "has a last day before the first."),
        ("13 to 16 January 2025 and 3 to 11 October 2024", "is not in order."),
    ],
)
def test_days_that_cannot_be_are_told_only_when_asked_for(text: str, fault: str):
    (said,) = days_in(text, faulty=True)
    assert said.fault.endswith(fault)
    assert said.periods == ()
    assert list(days_in(text)) == []


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
