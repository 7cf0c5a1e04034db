"""Periods on site and outcomes of the national framework in a history item (R-059)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.values.statements import Kind, PeriodOnSite, Stated, Variant
from web.intake.cells import RowRejected
from web.intake.history_item import said_of

FIRST = {"start": "2024-09-30", "end": "2024-10-11"}
SECOND = {"start": "2025-01-13", "end": "2025-01-16"}


def test_periods_give_the_first_and_the_last_day_of_any_inspection():
    for kind in (Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.JTAI):
        assert said_of({"type": kind.value, "periods": [FIRST, SECOND]}) == Stated(
            kind,
            start=date(2024, 9, 30),
            end=date(2025, 1, 16),
            periods=(
                PeriodOnSite(date(2024, 9, 30), date(2024, 10, 11)),
                PeriodOnSite(date(2025, 1, 13), date(2025, 1, 16)),
            ),
        )


def test_a_single_period_is_its_first_and_last_day():
    assert said_of({"type": "inspection", "periods": [FIRST]}) == Stated(
        Kind.INSPECTION, start=date(2024, 9, 30), end=date(2024, 10, 11)
    )


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"periods": [SECOND, FIRST]}, "do not follow each other"),
        ({"periods": [FIRST, FIRST]}, "do not follow each other"),
        ({"periods": [{"start": "2025-01-16", "end": "2025-01-13"}]}, "do not follow each other"),
        ({"periods": [FIRST, {"start": "2025-01-13"}]}, "lacks its first or its last day"),
        ({"periods": ["2024-09-30"]}, "is not a first and a last day"),
        ({"periods": [FIRST, SECOND], "end": "2024-10-11"}, "its 'end' is not that of its 'periods'"),
        ({"improvement_outcomes": [[1]]}, "numbers for each area for improvement"),
        ({"areas_for_improvement": ["Plans."], "improvement_outcomes": [["one"]]}, "numbers for each area"),
        ({"areas_for_improvement": ["Plans."], "improvement_outcomes": [[*range(1, 11)]]}, "numbers for each area"),
    ],
)
def test_what_cannot_be_right_is_rejected(keys: dict[str, Any], reason: str):
    with pytest.raises(RowRejected, match=reason):
        said_of({"type": "inspection", "published": "2025-05-13", **keys})


# --- what was announced ---------------------------------------------------------------------------------------------

READ = date(2025, 6, 4)
CALL = {"type": "inspection", "variant": "short", "notified": "2025-06-02"}


def test_a_call_alone_is_an_item():
    assert said_of(CALL, latest=READ) == Stated(Kind.INSPECTION, variant=Variant.SHORT, notified=date(2025, 6, 2))


@pytest.mark.parametrize(
    "days",
    [
        {"start": "2025-06-09", "end": "2025-06-13"},
        {"date": "2025-06-09", "end": "2025-06-13"},
        {"periods": [{"start": "2025-06-09", "end": "2025-06-13"}]},
        {"expected_start": "2025-06-09", "expected_end": "2025-06-13"},
    ],
)
def test_days_on_site_after_the_day_it_was_read_are_those_announced(days: dict[str, Any]):
    announced = said_of(CALL | days, latest=READ)
    assert (announced.start, announced.end) == (None, None)
    assert (announced.expected_start, announced.expected_end) == (date(2025, 6, 9), date(2025, 6, 13))


def test_the_day_on_which_it_was_read_decides_though_that_is_long_ago():
    told = CALL | {"start": "2025-06-09", "end": "2025-06-13"}
    announced = said_of(told, latest=date(2026, 8, 22), read_on=READ)
    assert (announced.start, announced.expected_start) == (None, date(2025, 6, 9))
    happened = said_of(told, latest=date(2026, 8, 22), read_on=date(2025, 6, 20))
    assert (happened.start, happened.expected_start) == (date(2025, 6, 9), None)


def test_days_that_have_passed_when_it_is_read_happened():
    began = said_of(CALL | {"start": "2025-06-09", "end": "2025-06-13"}, latest=date(2025, 6, 10))
    assert (began.start, began.end) == (date(2025, 6, 9), None)
    assert (began.expected_start, began.expected_end) == (None, date(2025, 6, 13))


@pytest.mark.parametrize("kind", ["inspection", "focused_visit"])
def test_without_a_call_nothing_lies_in_the_future(kind: str):
    with pytest.raises(RowRejected, match="lies in the future"):
        said_of({"type": kind, "start": "2025-06-09"}, latest=READ)
    with pytest.raises(RowRejected, match="lies in the future"):
        said_of(CALL | {"notified": "2025-06-05"}, latest=READ)
    with pytest.raises(RowRejected, match="lies in the future"):
        said_of(CALL | {"published": "2025-08-05"}, latest=READ)
