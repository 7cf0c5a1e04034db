"""An authority that is known to end: from which day that is known, what it changes, and what takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rulebook.results import WindowStatus
from domain.rulebook.succession.successions import authority_on, successions
from domain.values.activities import Activity, Doubt, Status
from domain.values.statements import Kind
from tests.domain.rulebook.reasoned import reasons
from tests.domain.rulebook.story import TYNEHAVEN, activity, on, report, stands
from tests.domain.rulebook.test_reasoning_of_any_history import DAYS, happened
from tests.examples import examples

KNOWN, ENDS = date(2025, 10, 28), date(2027, 4, 1)
DAY = timedelta(days=1)
BOTH = ("East Tyne", "West Tyne")


def announced(ends: str = "2027-04-01", published: str | None = "2025-10-28", **values: Any) -> Activity:
    values.setdefault("successors", BOTH)
    return activity(Kind.SUCCESSION_ANNOUNCED, on=ends, published=published, **values)


def cancelled(day: str) -> Activity:
    return activity(Kind.SUCCESSION_CANCELLED, on=day)


def ends_on(day: str, *held: Activity) -> date | None:
    return authority_on(TYNEHAVEN, held, on(day)).ends_on


def test_it_is_known_from_its_own_day_and_ends_on_the_vesting_day():
    before, known, eve, after = (
        authority_on(TYNEHAVEN, [announced()], day) for day in (KNOWN - DAY, KNOWN, ENDS - DAY, ENDS)
    )
    assert before == TYNEHAVEN
    assert known == eve == replace(TYNEHAVEN, ends_on=ENDS, successors=BOTH, successor_names=BOTH)
    assert after == replace(known, abolished_on=ENDS)
    assert (eve.ended_by(ENDS - DAY), after.ended_by(ENDS)) == (False, True)


def test_without_a_day_of_publication_it_is_known_from_the_vesting_day():
    assert ends_on("2027-03-31", announced(published=None)) is None
    assert ends_on("2027-04-01", announced(published=None)) == ENDS


def test_what_was_taken_back_is_known_no_more_from_that_day():
    held = (announced(), cancelled("2026-05-01"))
    assert [ends_on(day, *held) for day in ("2026-04-30", "2026-05-01", "2027-04-01")] == [ENDS, None, None]


def test_nothing_takes_back_what_has_come():
    assert ends_on("2027-06-01", announced(), cancelled("2027-04-01")) == ENDS
    assert ends_on("2027-06-01", announced(), announced("2028-04-01", "2027-05-01")) == ENDS


def test_a_later_announcement_takes_the_place_of_the_one_before():
    later = on("2028-04-01")
    held = (announced("2028-04-01", "2026-03-01", successors=("Tyne",)), announced())
    days = ("2026-02-28", "2026-03-01", "2027-04-01", "2028-04-01")
    assert [ends_on(day, *held) for day in days] == [ENDS, later, later, later]
    assert authority_on(TYNEHAVEN, held, on("2026-03-01")).successor_names == ("Tyne",)


def test_order_and_counter_order_of_one_day_leave_the_new_one():
    again = announced("2028-04-01", "2026-05-01", successors=("Tyne",))
    held = (announced(), cancelled("2026-05-01"), again)
    assert [ends_on(day, *held) for day in ("2026-04-30", "2026-05-01")] == [ENDS, on("2028-04-01")]
    alone = (announced(published="2026-05-01"), cancelled("2026-05-01"))
    assert ends_on("2026-05-01", *alone) is None, "there is nothing else that it could take back"


def test_one_that_never_comes_into_being_does_not_end():
    never = replace(TYNEHAVEN, urn="east-tyne", formed_on=None)
    assert authority_on(never, [announced()], on("2026-05-01")).ends_on is None
    assert authority_on(replace(never, formed_on=KNOWN), [announced()], on("2026-05-01")).ends_on == ENDS


def test_announced_again_after_it_was_taken_back_it_stands():
    held = (announced(), cancelled("2026-05-01"), announced("2028-04-01", "2026-09-01"))
    days = ("2026-04-30", "2026-08-31", "2026-09-01")
    assert [ends_on(day, *held) for day in days] == [ENDS, None, on("2028-04-01")]
    assert [one.known_to for one in successions(held)] == [on("2026-05-01"), None]


@pytest.mark.parametrize(
    "left_out",
    [
        replace(announced(), status=Status.WITHDRAWN),
        replace(announced(), doubts=(Doubt("published", "It cannot be.", ()),)),
    ],
)
def test_what_was_withdrawn_or_is_doubtful_never_counts(left_out: Activity):
    assert ends_on("2027-04-01", left_out) is None
    withdrawn = replace(cancelled("2026-05-01"), status=Status.WITHDRAWN)
    assert ends_on("2027-04-01", announced(), withdrawn) == ENDS


def test_an_end_that_was_carried_out_counts_from_its_own_day():
    recorded = replace(TYNEHAVEN, abolished_on=ENDS, successors=("1", "2"))
    assert authority_on(recorded, [], ENDS - DAY) == TYNEHAVEN
    after = authority_on(recorded, [], ENDS)
    assert (after.ends_on, after.abolished_on, after.successors) == (ENDS, ENDS, ("1", "2"))


# --- what it changes ------------------------------------------------------------------------------------------------

GOOD = report("2025-05-09", "G", start="2025-03-17", end="2025-03-28")


def test_a_window_wholly_after_the_end_keeps_its_days_and_is_not_applicable():
    before, known = (stands(day, GOOD, announced()) for day in ("2025-10-27", "2025-10-28"))
    graded, was = known.expected_next.graded, before.expected_next.graded
    assert (was.status, graded.status) == (WindowStatus.UPCOMING, WindowStatus.NOT_APPLICABLE)
    assert replace(graded, status=was.status) == was
    assert known.window_status is WindowStatus.NOT_APPLICABLE
    (expected,) = [one for one in known.expectations if one.basis == "pathway"]
    assert expected.status is WindowStatus.NOT_APPLICABLE
    assert expected.caveats[0] == "Tynehaven ends on 1 April 2027, before this could come."
    assert expected.why.startswith(
        "None is expected: the window would lie wholly after Tynehaven ends on 1 April 2027, and is kept for the "
        "record only. The report published on"
    )
    assert "would be expected between" in expected.why
    assert {"R-073", "R-098"} <= set(expected.rules)
    assert expected.inferred


def test_a_window_that_begins_before_the_end_keeps_its_status_and_says_that_it_is_cut():
    found = stands("2027-01-10", report("2024-06-09", "G", start="2024-04-15", end="2024-04-26"), announced())
    graded = found.expected_next.graded
    assert (graded.window_from, graded.status) == (on("2026-12-09"), WindowStatus.IN_WINDOW)
    (expected,) = [one for one in found.expectations if one.basis == "pathway"]
    assert expected.caveats[0] == "Tynehaven ends on 1 April 2027: only days before that count."


def test_a_window_that_ends_before_says_nothing_of_it():
    found = stands("2026-12-01", report("2023-01-09", "G", start="2022-11-14", end="2022-11-25"), announced())
    (expected,) = [one for one in found.expectations if one.basis == "pathway"]
    assert "R-073" not in expected.rules


def test_the_plan_s_date_stands_and_says_that_whether_the_duty_passes_is_not_known():
    found = stands("2027-03-31", report("2027-03-01", "I", start="2027-01-11", end="2027-01-22"), announced())
    plan_due = found.expected_next.action_plan_due
    assert plan_due is not None
    assert plan_due > ENDS
    (plan,) = [one for one in found.expectations if one.is_owed]
    assert (plan.due_to, plan.status) == (plan_due, WindowStatus.NOT_APPLICABLE)
    assert "whether the duty passes on is a matter of the order" in plan.caveats[0]


def test_nothing_lies_after_the_end_without_saying_so():
    found = stands("2026-11-30", GOOD, activity(Kind.ENGAGEMENT_MEETING, on="2026-07-01"), announced())
    assert len({one.activity for one in found.expectations}) >= 4
    for one in found.expectations:
        first = one.due_from or one.due_to
        assert one.status is WindowStatus.NOT_APPLICABLE or first is None or first < ENDS
        if one.due_to is None or one.due_to >= ENDS:
            assert "1 April 2027" in one.caveats[0]


def test_the_answer_says_when_it_ends_who_follows_and_what_is_not_known():
    found = stands("2026-11-30", GOOD, announced())
    assert "R-072" in found.rules
    assert found.caveats[0] == (
        "Tynehaven ends on 1 April 2027; East Tyne and West Tyne follow it. Whether Ofsted inspects less in the last "
        "year of an authority is not known."
    )


def test_from_the_end_nothing_is_expected_and_the_last_pathway_stays():
    eve, after = (stands(day, GOOD, announced()) for day in ("2027-03-31", "2027-04-01"))
    assert after.ended
    assert (after.pathway, after.governing) == (eve.pathway, eve.governing)
    assert after.expectations == ()
    assert {"R-074", "R-098"} <= set(after.rules)
    assert after.window_status is WindowStatus.NO_WINDOW


def test_a_report_on_what_was_seen_before_the_end_belongs_to_it_also_later():
    seen = activity(Kind.FOCUSED_VISIT, start="2027-03-15", end="2027-03-16")
    found = stands("2027-03-20", GOOD, seen, announced())
    (letter,) = [one for one in found.expectations if one.basis == "publication"]
    assert letter.due_from is not None
    assert letter.due_from >= ENDS
    assert letter.caveats[0].endswith(
        "a report or letter on what was seen before belongs to it also if it comes later."
    )


@settings(deadline=None, max_examples=examples(200))
@given(st.lists(happened(), max_size=6), DAYS, st.integers(-400, 900), st.integers(1, 900))
def test_whatever_happened_nothing_lies_after_the_end_without_saying_so(held, day, known_before, ends_after):
    ends = day + timedelta(days=ends_after - 100)
    told = announced(str(ends), str(min(ends - DAY, day - timedelta(days=known_before))))
    found = reasons(day, *held, told).standing
    before = stands(day.isoformat(), *held)
    assert (found.pathway, found.governing) == (before.pathway, before.governing)
    if found.authority.ends_on is None:
        assert found.expectations == before.expectations
    elif ends <= day:
        assert found.expectations == ()
    else:
        assert len(found.expectations) == len(before.expectations)
        for one in found.expectations:
            last = one.due_to or one.due_from
            assert (last is not None and last < ends) or "R-073" in one.rules
