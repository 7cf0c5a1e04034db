"""What is asked of an authority from the call to the last day on site."""

from __future__ import annotations

from datetime import date

import pytest

from domain.rulebook.announced.checklist import ASKED, MONITORING_NOTICE, Anchor, DayOfCall, checklist, notice_begins
from domain.rulebook.announced.days import CALLED
from domain.rulebook.rules import RULES
from domain.values.statements import Kind
from web.store.settings import bank_holidays

HOLIDAYS = bank_holidays()
CALL, FIRST, LAST = date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 18)


def of(kind: Kind, called_on: date | None, first: date, last: date | None) -> tuple[DayOfCall, ...]:
    return checklist(kind, called_on=called_on, first=first, last=last, holidays=HOLIDAYS)


def days_of(found: tuple[DayOfCall, ...], what: str) -> list[date]:
    return [one.day for one in found for row in one.asked if row.what == what]


def test_a_standard_inspection_is_prepared_for_in_five_working_days_and_lasts_two_weeks():
    found = of(Kind.INSPECTION, CALL, FIRST, LAST)
    assert [(one.day, one.number) for one in found] == [
        (date(2026, 11, 30), 1),
        (date(2026, 12, 1), 2),
        (date(2026, 12, 2), 3),
        (date(2026, 12, 3), 4),
        (date(2026, 12, 4), 5),
        (date(2026, 12, 7), None),
        (date(2026, 12, 10), None),
        (date(2026, 12, 17), None),
        (date(2026, 12, 18), None),
    ]
    assert days_of(found, "Self-evaluation") == [CALL]
    assert days_of(found, "Set-up meeting") == [FIRST]
    assert days_of(found, "Record the last day") == [LAST]


def test_a_bank_holiday_in_the_week_of_notice_asks_for_nothing():
    found = of(Kind.INSPECTION, date(2026, 4, 30), date(2026, 5, 11), date(2026, 5, 15))
    assert date(2026, 5, 4) not in {one.day for one in found}, "the early May bank holiday"
    assert (found[2].day, found[2].number) == (date(2026, 5, 5), 3)


def test_what_no_longer_fits_into_a_short_notice_goes_to_its_last_day():
    found = of(Kind.FOCUSED_VISIT, date(2026, 12, 3), date(2026, 12, 8), date(2026, 12, 9))
    notice = [one for one in found if one.number is not None]
    assert [one.day for one in notice] == [date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 7)]
    assert days_of(found, "Records up to date, examples chosen") == [date(2026, 12, 7)]


@pytest.mark.parametrize(
    ("kind", "first", "begins"),
    [
        (Kind.MONITORING_VISIT, date(2026, 12, 8), date(2026, 12, 1)),
        (Kind.INSPECTION, date(2026, 12, 7), date(2026, 11, 30)),
        (Kind.FOCUSED_VISIT, date(2026, 12, 8), date(2026, 11, 30)),
        (Kind.FOCUSED_VISIT, date(2026, 12, 9), date(2026, 11, 30)),
        (Kind.JTAI, date(2026, 12, 14), date(2026, 11, 30)),
    ],
)
def test_without_a_call_the_notice_begins_on_the_day_on_which_it_comes_as_a_rule(kind: Kind, first: date, begins: date):
    assert notice_begins(kind, first, HOLIDAYS) == of(kind, None, first, None)[0].day == begins


def test_the_days_of_a_fieldwork_without_a_known_end_say_nothing_of_its_end():
    found = of(Kind.INSPECTION, CALL, FIRST, None)
    assert {row.anchor for one in found for row in one.asked} == {Anchor.CALL, Anchor.FIRST_DAY}


@pytest.mark.parametrize("kind", CALLED)
def test_every_kind_that_is_called_has_something_to_do(kind: Kind):
    assert any(kind in row.kinds for row in ASKED)


@pytest.mark.parametrize("row", [*ASKED, MONITORING_NOTICE])
def test_every_row_names_a_rule_that_can_be_looked_up_and_its_source(row):
    assert row.rule in RULES
    assert row.source


def test_whatever_day_is_ours_is_said_to_be():
    told = {row.what for row in ASKED if not row.placed}
    assert told == {
        "Note the call",
        "Say now if it cannot go ahead",
        "Set-up meeting",
        "Everybody within reach",
        "Record the last day",
    }
