"""Each bound of what can be right: the last inside it and the first outside (R-056 to R-058)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.frameworks import Framework
from domain.rulebook.bank_holidays import BANK_HOLIDAYS
from domain.rulebook.plausibility import DaysOnSite, doubts_about, weighing
from domain.rulebook.plausibility_rows import TRUE_EXCEPTIONS
from domain.rulebook.working_days import add_working_days
from domain.values.statements import Kind
from web.store.settings import bank_holidays

BARNET = "80487"
ILACS, SIF = (Kind.INSPECTION, Framework.ILACS), (Kind.INSPECTION, Framework.SIF)
FOCUSED, MONITORING, JTAI = (Kind.FOCUSED_VISIT, None), (Kind.MONITORING_VISIT, None), (Kind.JTAI, None)

MONDAY = date(2026, 9, 7)


def fields(of, start=None, end=None, published=None, *, urn=BARNET, paused=None):
    """The fields in doubt, each with whether it weighs."""
    found = doubts_about(DaysOnSite(urn, *of, start, end, published, paused))
    assert all(one.text.endswith(".") and one.rules for one in found)
    return [(one.field, one.weighs) for one in found]


def lasting(of, days, start=MONDAY):
    return fields(of, start, start + timedelta(days - 1))


# --- length (R-056) -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "inside", "outside"),
    [
        (ILACS, (5, 12), (1, 2, 3, 4, 10, 11, 17, 18, 19, 26, 376)),
        (SIF, (12, 18, 22, 25, 29), (1, 2, 11, 19, 30, 376)),
        (FOCUSED, (1, 2, 3), (4, 5, 366)),
        (MONITORING, (1, 2, 3), (4, 5, 366)),
        (JTAI, (4, 5), (1, 2, 3, 8, 9)),
    ],
)
def test_a_length_that_was_never_measured_cannot_be_right(of, inside, outside):
    assert [days for days in inside if ("end", True) in lasting(of, days)] == []
    assert [days for days in outside if ("end", True) not in lasting(of, days)] == []


def test_the_longest_joint_inspection_ends_on_a_saturday_only_as_printed():
    assert fields(JTAI, date(2016, 3, 7), date(2016, 3, 12), urn="80536") == []
    assert fields(JTAI, date(2016, 3, 7), date(2016, 3, 12)) == [("end", True)]


def test_a_bank_holiday_shortens_a_week_on_site():
    after_the_funeral = date(2022, 9, 20)
    assert fields(ILACS, after_the_funeral, date(2022, 9, 30)) == []
    assert fields(ILACS, after_the_funeral, date(2022, 9, 23)) == []
    assert fields(ILACS, date(2026, 3, 30), date(2026, 4, 2)) == [], "to the Thursday before Good Friday"
    assert fields(ILACS, date(2022, 9, 27), date(2022, 9, 30)) == [("start", True), ("end", True)]


def test_an_end_before_its_start_cannot_be_right():
    assert ("end", True) in fields(ILACS, MONDAY, MONDAY - timedelta(3))


def test_what_may_be_a_visit_is_said_of_three_days_and_not_of_four():
    def may_be(days):
        return [
            one
            for one in doubts_about(DaysOnSite(BARNET, *ILACS, MONDAY, MONDAY + timedelta(days - 1)))
            if "may be a visit" in one.text
        ]

    assert may_be(3)
    assert not may_be(4)


# --- days of the week (R-057) ---------------------------------------------------------------------------------------


def test_ilacs_begins_on_a_monday_and_ends_on_a_friday():
    for of in (ILACS, JTAI):
        begins = [day for day in range(7) if not fields(of, MONDAY + timedelta(day))]
        assert begins == [0]
    assert [day for day in range(7) if not fields(ILACS, None, MONDAY + timedelta(day))] == [4]


def test_single_inspections_and_visits_begin_and_end_on_any_working_day():
    for of in (SIF, FOCUSED, MONITORING, (Kind.INSPECTION, None)):
        start = [day for day in range(7) if ("start", True) not in fields(of, MONDAY + timedelta(day))]
        end = [day for day in range(7) if ("end", True) not in fields(of, None, MONDAY + timedelta(day))]
        assert start == end == [0, 1, 2, 3, 4]


def test_no_visit_measured_began_on_a_friday_so_one_that_does_is_asked_about_and_stands():
    assert fields(FOCUSED, MONDAY + timedelta(4)) == [("start", False)]
    assert fields(MONITORING, MONDAY + timedelta(4)) == []


def test_nobody_comes_on_a_bank_holiday():
    assert fields(FOCUSED, date(2026, 8, 31)) == [("start", True)]
    assert fields(ILACS, date(2026, 5, 25), date(2026, 5, 29)) == [("start", True)]


def test_no_inspection_began_over_the_summer_or_christmas_so_one_that_does_is_asked_about_and_stands():
    asked = [("start", False)]
    assert fields(ILACS, date(2026, 7, 27), date(2026, 7, 31)) == []
    assert fields(ILACS, date(2026, 8, 3), date(2026, 8, 7)) == asked
    assert fields(ILACS, date(2026, 9, 1), date(2026, 9, 4)) == asked, "a Tuesday after the bank holiday"
    assert fields(ILACS, date(2026, 12, 7), date(2026, 12, 11)) == fields(ILACS, date(2027, 1, 18)) == []
    assert fields(ILACS, date(2026, 12, 14), date(2026, 12, 18)) == fields(ILACS, date(2027, 1, 11)) == asked


# --- from the last day to publication (R-058) -----------------------------------------------------------------------


def published_after(of, days, *, end):
    return fields(of, end - timedelta({ILACS: 4, SIF: 24}.get(of, 1)), end, add_working_days(end, days, BANK_HOLIDAYS))


@pytest.mark.parametrize(
    ("of", "end", "least", "most"),
    [
        (ILACS, date(2026, 2, 6), 12, 95),
        (SIF, date(2017, 2, 9), 27, 93),
        (FOCUSED, date(2025, 2, 6), 15, 71),
        (MONITORING, date(2025, 2, 6), 20, 41),
    ],
)
def test_a_gap_five_below_the_least_cannot_be_right_and_nearer_or_above_the_most_is_asked_about(of, end, least, most):
    assert published_after(of, least - 5, end=end) == [("published", True)]
    assert published_after(of, least - 4, end=end) == [("published", False)]
    assert published_after(of, least - 1, end=end) == [("published", False)]
    assert published_after(of, least, end=end) == published_after(of, most, end=end) == []
    assert published_after(of, most + 1, end=end) == [("published", False)]


def test_a_joint_inspections_letter_follows_by_25_to_66_working_days():
    start, end = date(2025, 2, 3), date(2025, 2, 7)
    found = {
        days: fields(JTAI, start, end, add_working_days(end, days, BANK_HOLIDAYS)) for days in (20, 21, 25, 66, 67)
    }
    asked, impossible = [("published", False)], [("published", True)]
    assert found == {20: impossible, 21: asked, 25: [], 66: [], 67: asked}


def test_where_only_the_first_day_is_known_the_gap_counts_from_it():
    first = date(2017, 1, 16)
    found = {days: fields(SIF, first, None, add_working_days(first, days, BANK_HOLIDAYS)) for days in (38, 39, 43, 72)}
    assert found == {38: [("published", True)], 39: [("published", False)], 43: [], 72: []}
    merton = doubts_about(DaysOnSite("80510", *SIF, date(2017, 7, 6), None, date(2017, 8, 25)))
    assert merton[0].text == (
        "It was published 36 working days after the first day on site; the least measured is 43. That day may be the "
        "last."
    )


def test_nothing_is_published_while_inspectors_are_there():
    for of in (ILACS, SIF, FOCUSED, (Kind.INSPECTION, None)):
        assert ("published", True) in fields(of, MONDAY, MONDAY + timedelta(4), MONDAY + timedelta(4))


# --- periods, exceptions, what was not measured ---------------------------------------------------------------------


def test_of_two_periods_the_first_has_a_length_and_the_last_day_of_the_last_a_gap():
    devon = {"start": date(2024, 9, 30), "end": date(2025, 1, 16), "published": date(2025, 5, 13)}
    assert fields(ILACS, **devon, paused=date(2024, 10, 11)) == []
    assert fields(ILACS, **(devon | {"end": date(2024, 10, 11)})) == [("published", False)]


@pytest.mark.parametrize("known", TRUE_EXCEPTIONS, ids=lambda known: known.source)
def test_one_that_truly_was_so_is_not_doubted_and_another_authoritys_is(known):
    first = known.first or date(2023, 7, 11)
    last = first + timedelta(known.days[1] - 1) if known.first else date(2023, 7, 13)
    of = (known.kind, Framework.ILACS if known.kind is Kind.INSPECTION else None)
    if known.days[0] == 1:
        last = date(2022, 9, 30)
    if known.printed:
        last = first + timedelta(5)
    assert fields(of, first, last, urn=known.urn) == []
    assert any(weighs for _, weighs in fields(of, first, last))


def test_an_exception_forbids_nothing_that_is_usual():
    assert fields(FOCUSED, date(2025, 7, 15), date(2025, 7, 16), urn="80477") == []
    assert fields(SIF, date(2016, 4, 11), date(2016, 4, 28), urn="80455") == []
    assert fields(ILACS, date(2026, 9, 7), date(2026, 9, 11), urn="80455") == []


def test_what_has_no_days_on_site_or_no_days_at_all_is_not_doubted():
    assert fields((Kind.ENGAGEMENT_MEETING, None), date(2026, 9, 6)) == []
    assert fields(ILACS, None, None, date(2026, 9, 6)) == []


def test_a_framework_that_was_not_measured_is_asked_only_about_days_off_and_order():
    before = (Kind.INSPECTION, Framework.SLAC)
    assert fields(before, date(2011, 3, 1), date(2011, 6, 1), date(2011, 6, 3)) == []


# --- bank holidays that are worked out ------------------------------------------------------------------------------


def test_bank_holidays_are_those_of_the_published_list():
    published = bank_holidays()
    worked_out = {day for day in BANK_HOLIDAYS.days if published.known_from <= day <= published.known_to}
    assert worked_out == set(published.days)
    assert weighing(doubts_about(DaysOnSite(BARNET, *FOCUSED, date(2040, 4, 2)))), "Easter Monday of 2040"
