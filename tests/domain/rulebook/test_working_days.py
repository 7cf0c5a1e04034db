"""Working days and months are counted as the regulations and council papers count them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rulebook.working_days import (
    BankHolidays,
    add_months,
    add_months_to_period,
    add_working_days,
    is_working_day,
    subtract_working_days,
    working_days_between,
)
from domain.values.errors import BeyondBankHolidays
from domain.values.statements import Period
from tests.domain.rulebook.story import england, on

KNOWN_DAYS = st.dates(date(2013, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("where", "day_0", "count", "due"),
    [
        ("Stockton's plan on the report of 9 May 2023", "2023-05-09", 70, "2023-08-16"),
        ("Gloucestershire's plan, over Easter, May and the Jubilee", "2022-04-01", 70, "2022-07-15"),
        ("Bracknell Forest's written statement", "2022-02-22", 70, "2022-06-07"),
        ("a draft plan on a letter of 10 August 2018", "2018-08-10", 20, "2018-09-10"),
        ("a report published on Christmas Eve", "2018-12-24", 1, "2018-12-27"),
        ("the day before Good Friday", "2019-04-18", 1, "2019-04-23"),
        ("a Saturday", "2023-05-06", 1, "2023-05-09"),
        ("no days at all", "2023-05-06", 0, "2023-05-06"),
    ],
)
def test_the_day_of_receipt_is_day_0(where, day_0, count, due):
    assert add_working_days(on(day_0), count, england()) == on(due), where


def test_haringey_worked_to_the_67th_working_day():
    assert working_days_between(on("2023-04-11"), on("2023-07-18"), england()) == 67


@pytest.mark.parametrize(
    "one_off", ["2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08", "2021-12-28", "2027-12-27"]
)
def test_one_off_and_substitute_holidays_are_not_working_days(one_off):
    assert not is_working_day(on(one_off), england())


def test_the_early_may_monday_of_2020_was_worked():
    assert is_working_day(on("2020-05-04"), england())


def test_a_count_past_the_known_years_says_where_they_end():
    with pytest.raises(BeyondBankHolidays, match=r"^No bank holidays are known after 31 December 2028\.$"):
        add_working_days(on("2028-10-02"), 70, england())


def test_a_count_may_end_on_the_last_known_day_but_not_after_it():
    holidays = BankHolidays(frozenset(), known_from=on("2024-01-01"), known_to=on("2024-01-12"))
    assert add_working_days(on("2024-01-05"), 5, holidays) == on("2024-01-12")
    with pytest.raises(BeyondBankHolidays):
        add_working_days(on("2024-01-05"), 6, holidays)


def test_a_count_before_the_known_years_is_refused():
    with pytest.raises(BeyondBankHolidays, match="before 1 January 2012"):
        add_working_days(on("2011-12-30"), 1, england())
    with pytest.raises(BeyondBankHolidays):
        subtract_working_days(on("2012-01-04"), 10, england())


def test_a_negative_count_is_a_mistake():
    with pytest.raises(ValueError, match="negative"):
        add_working_days(on("2024-01-05"), -1, england())
    with pytest.raises(ValueError, match="negative"):
        subtract_working_days(on("2024-01-05"), -1, england())


@settings(deadline=None)
@given(KNOWN_DAYS, st.integers(0, 250))
def test_counting_one_day_at_a_time_gives_the_same(start, count):
    day, left = start, count
    while left:
        day += timedelta(days=1)
        if is_working_day(day, england()):
            left -= 1
    assert add_working_days(start, count, england()) == day


@settings(deadline=None)
@given(KNOWN_DAYS, st.integers(0, 250))
def test_the_days_between_are_the_days_that_were_added(start, count):
    end = add_working_days(start, count, england())
    assert working_days_between(start, end, england()) == count
    assert working_days_between(end, start, england()) == -count


@settings(deadline=None)
@given(KNOWN_DAYS, st.integers(1, 120))
def test_counting_back_from_a_working_day_returns_to_it(start, count):
    first = add_working_days(start, 1, england())
    assert subtract_working_days(add_working_days(first, count, england()), count, england()) == first


@settings(deadline=None)
@given(KNOWN_DAYS, st.integers(1, 100))
def test_a_deadline_is_a_working_day_and_a_longer_one_is_later(start, count):
    due = add_working_days(start, count, england())
    assert is_working_day(due, england())
    assert add_working_days(start, count + 1, england()) > due


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2019-07-01", 30, "2022-01-01"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-29", 30, "2026-08-29"),
        ("2021-08-31", 30, "2024-02-29"),
        ("2020-08-31", 30, "2023-02-28"),
        ("2024-03-31", 1, "2024-04-30"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-01-31", -1, "2023-12-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day, months, then):
    assert add_months(on(day), months) == on(then)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(0, 120))
def test_months_later_lies_in_the_right_month_on_the_same_day_or_its_last(day, months):
    later = add_months(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(0, 60), st.integers(0, 60))
def test_more_months_are_never_earlier(day, fewer, more):
    assert add_months(day, fewer) <= add_months(day, fewer + more)


@pytest.mark.parametrize(
    ("period", "months", "then"),
    [("2022-09", 5, "2023-02"), ("2022-09", 18, "2024-03"), ("2023-12", 1, "2024-01"), ("2018", 5, "2018-06")],
)
def test_months_after_a_month_are_a_month(period, months, then):
    assert add_months_to_period(Period(period), months) == Period(then)
