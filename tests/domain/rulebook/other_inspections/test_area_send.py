"""What follows an area SEND inspection: about when, from which day, and what is never said of it (R-075 to R-079)."""

from __future__ import annotations

from datetime import date

import pytest

from domain.rulebook.deadline_rows import AREA_SEND_FOLLOWS
from domain.rulebook.other_inspections.words import MONITORING, OUTCOMES
from domain.rulebook.results import WindowStatus
from domain.values.known_until import NOTHING_KNOWN, KnownKind, KnownUntil
from domain.values.statements import Kind
from tests.domain.rulebook.reasoned import reasons
from tests.domain.rulebook.story import ALL_KNOWN, activity, on, stands

FULL, LOOKS_AGAIN = "area_send_full_inspection", "area_send_monitoring_inspection"
HELD = {"start": "2023-06-26", "end": "2023-06-30", "published": "2023-08-22"}


def area_send(outcome: int | None, **values):
    return activity(Kind.AREA_SEND, **HELD | values, outcome=outcome)


def expected(day: str, *held, **asked):
    found = [one for one in stands(day, *held, **asked).expectations if one.basis == "other_inspection"]
    return {one.activity: one for one in found}


@pytest.mark.parametrize(
    ("outcome", "follows"),
    [
        (1, {FULL: "2028-06-26"}),
        (2, {FULL: "2026-06-26"}),
        (3, {FULL: "2026-06-26", LOOKS_AGAIN: "2025-02-22"}),
    ],
)
def test_each_outcome_has_its_follow_up(outcome: int, follows: dict[str, str]):
    found = expected("2023-12-31", area_send(outcome))
    assert {activity: one.due_to for activity, one in found.items()} == {a: on(day) for a, day in follows.items()}
    assert all(one.due_from is None and one.inferred and one.status is WindowStatus.UPCOMING for one in found.values())
    assert all({"R-075", "R-077"} <= set(one.rules) for one in found.values())


def test_nothing_is_expected_before_the_report_is_public():
    assert not expected("2023-08-21", area_send(3))
    assert set(expected("2023-08-22", area_send(3))) == {FULL, LOOKS_AGAIN}


@pytest.mark.parametrize("known", [NOTHING_KNOWN, ALL_KNOWN, KnownUntil.of({KnownKind.AREA_SEND: date(2025, 11, 6)})])
def test_after_its_day_it_is_not_known_and_never_overdue(known: KnownUntil):
    on_the_day = expected("2026-06-26", area_send(3), known_until=known)
    after = expected("2026-06-27", area_send(3), known_until=known)
    assert on_the_day[FULL].status is WindowStatus.UPCOMING
    assert {one.status for one in after.values()} == {WindowStatus.NOT_KNOWN}
    assert all({"R-078", "R-105"} <= set(one.rules) for one in after.values())
    assert after[LOOKS_AGAIN].known_until is None


def test_where_the_first_day_is_not_known_publication_stands_in_and_is_said_to():
    found = expected("2026-01-01", area_send(2, start=None, end=None))[FULL]
    assert found.due_to == date(2026, 8, 22)
    assert "counts from publication" in " ".join(found.caveats)


def test_the_day_of_the_table_stands_beside_the_monitoring_inspection_alone():
    found = expected("2024-01-01", area_send(3, next_by=date(2024, 12, 26)))
    assert "26 December 2024" in " ".join(found[LOOKS_AGAIN].caveats)
    assert "26 December 2024" not in " ".join(found[FULL].caveats)


def test_a_monitoring_inspection_that_is_held_leaves_only_the_full_one():
    again = activity(Kind.AREA_SEND, start="2025-01-20", subtype=MONITORING)
    assert set(expected("2025-01-19", area_send(3), again)) == {FULL, LOOKS_AGAIN}
    assert set(expected("2025-01-20", area_send(3), again)) == {FULL}


def test_a_later_full_inspection_ends_what_was_expected_even_without_an_outcome():
    later = area_send(None, start="2026-05-11", end="2026-05-15", published=None)
    assert expected("2026-05-10", area_send(2), later)
    assert not expected("2026-05-11", area_send(2), later)


@pytest.mark.parametrize("withdrawn", [None, "2024-06-12"])
def test_a_call_alone_ends_nothing_that_was_expected(withdrawn: str | None):
    called = activity(Kind.AREA_SEND, notified=on("2024-06-10"), call_withdrawn=on(withdrawn) if withdrawn else None)
    for day in ("2024-06-10", "2024-06-25", "2025-01-06"):
        rows = stands(day, area_send(3), called).expectations
        assert [one for one in rows if one.activity == FULL], day


def test_after_inspectors_came_on_a_call_five_days_are_expected():
    came = activity(Kind.AREA_SEND, notified=on("2024-06-10"), start="2024-06-24")
    (row,) = (one for one in stands("2024-06-25", came).expectations if one.basis == "announced")
    assert row.due_to == on("2024-06-28")


def test_every_step_is_told_and_ends_on_the_day():
    found = reasons("2024-01-01", area_send(3))
    told = [one for one in found.expectations if one.expectation.basis == "other_inspection"]
    assert [step.rule for step in told[0].steps] == ["R-075", "R-077", "R-026"]
    assert all(one.steps[-1].last == one.expectation.due_to for one in told)
    assert all(one.steps[1].inferred for one in told)


def test_a_row_follows_every_outcome():
    assert {row.outcome for row in AREA_SEND_FOLLOWS} == set(OUTCOMES)


def test_no_outcome_is_called_by_a_grade():
    grades = ("outstanding", "good", "requires improvement", "inadequate")
    for outcome in OUTCOMES.values():
        assert not any(grade in f"{outcome.short} {outcome.text} {outcome.next}".casefold() for grade in grades)
