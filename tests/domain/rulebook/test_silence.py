"""Whatever happened and whatever was read: nothing is said on the strength of a source that ended before (R-105)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rulebook.expectations import situation
from domain.rulebook.known_until import not_known
from domain.rulebook.past.reports import PublicationOutcome
from domain.rulebook.past.windows import WindowOutcome, past_windows
from domain.rulebook.reasoning import Reasoning
from domain.rulebook.results import WindowStatus
from domain.values.activities import Activity
from domain.values.known_until import KnownKind, KnownSpan, KnownUntil
from domain.values.statements import Kind
from tests.domain.rulebook.reasoned import reasons
from tests.domain.rulebook.story import TYNEHAVEN, activity, england, expectation, focused, on, report, stands
from tests.domain.rulebook.test_reasoning_of_any_history import DAYS, happened
from tests.examples import examples

LATE = re.compile(r"[Ll]ate since (\d+ \w+ \d{4})")
NONE_CAME = re.compile(r"overdue|none has come|none since|may still come")
LEFT = re.compile(r"so \d+ (more )?(is|are) expected|focused visits?\b.* (is|are) expected in the interval")
"""Words that say that something is late, did not come, or how many visits are left."""


@st.composite
def spans(draw: Any) -> KnownSpan:
    until = draw(DAYS)
    since = draw(st.none() | st.integers(0, 900).map(lambda days: until - timedelta(days=days)))
    return KnownSpan(draw(st.sampled_from(KnownKind)), until, since)


INADEQUATE = report("2023-09-11", "I", start="2023-07-17", end="2023-07-28")
VISITED = activity(Kind.MONITORING_VISIT, start="2024-06-11", end="2024-06-12", published="2024-07-20")
GOOD = report("2023-07-28", "G", start="2023-06-12", end="2023-06-16")
URGENT = focused(start="2024-03-05", end="2024-03-06", published="2024-04-12", priority_action=True)
JOINT = activity(Kind.JTAI, start="2024-03-04", end="2024-03-08", published="2024-05-16", statement_due="2024-08-23")
MEETING = activity(Kind.ENGAGEMENT_MEETING, on="2024-10-01")
HELD = st.builds(
    lambda reports, unlisted, others: [*reports, *unlisted, *others],
    st.sampled_from([[], [GOOD], [GOOD], [INADEQUATE], [INADEQUATE, VISITED], [report("2023-02-03", "R")]]),
    st.lists(st.sampled_from([URGENT, JOINT, MEETING]), unique_by=id, max_size=3),
    st.lists(happened(), max_size=4),
)
"""Often a report that governs, what leads to things of which no source tells (R-107), and whatever else happened."""

UNLISTED = {
    "action_plan_submission": KnownKind.ACTION_PLAN,
    "action_plan": KnownKind.ACTION_PLAN,
    "draft_action_plan": KnownKind.ACTION_PLAN,
    "priority_action_plan": KnownKind.ACTION_PLAN,
    "joint_statement_of_action": KnownKind.ACTION_PLAN,
    "engagement_meeting": KnownKind.ENGAGEMENT_MEETING,
    "self_evaluation": KnownKind.SELF_EVALUATION,
    "engagement_letter": KnownKind.ENGAGEMENT_LETTER,
    "action_planning_visit": KnownKind.ACTION_PLANNING_VISIT,
}
"""What is expected though no public source ever tells of it, and what somebody must say is held before it is late."""

KNOWN = st.lists(spans(), max_size=6).map(lambda drawn: KnownUntil(tuple(drawn)))


def told_until(known: KnownUntil, kind: KnownKind, since: date) -> date | None:
    """The last day of the unbroken run of days told of that begins on or before a day, counted day by day."""
    told = [(span.since or date.min, span.until) for span in known.spans if span.kind is kind]
    begun = [last for first, last in told if first <= since]
    if not begun:
        return None
    day = max(begun)
    while any(first <= day + timedelta(days=1) <= last for first, last in told):
        day += timedelta(days=1)
    return day


def texts(found: Reasoning) -> Iterator[str]:
    """Every sentence that an answer tells of what is expected, and of why."""
    yield from (found.standing.why, *found.standing.caveats)
    for one in found.expectations:
        yield from (one.expectation.why, *one.expectation.caveats, *(step.result for step in one.steps))
    yield from (one.why for one in found.unapplied)


@settings(deadline=None, max_examples=examples(400))
@given(HELD, DAYS, KNOWN)
def test_nothing_is_late_or_counted_from_silence(held: list[Activity], day: date, known: KnownUntil):
    found = reasons(day, *held, known_until=known)
    newest = {kind: max((span.until for span in known.spans if span.kind is kind), default=None) for kind in KnownKind}
    for one in found.standing.expectations:
        assert one.known_until is None or one.known_until in newest.values()
        if one.status is WindowStatus.OVERDUE:
            assert one.due_to is not None
            assert one.known_until is not None
            assert one.due_to <= one.known_until
            declared = newest[UNLISTED[one.activity]] if one.activity in UNLISTED else date.max
            assert declared is not None
            assert one.due_to <= declared
        elif one.is_owed and one.due_to is not None and one.due_to < day:
            assert one.status is WindowStatus.NOT_KNOWN
    now = situation(held, authority=TYNEHAVEN, on=day, holidays=england(), known_until=known)
    until = told_until(known, KnownKind.FOCUSED_VISIT, now.counts_from)
    counted = until is not None and (day - until).days <= 90
    visits = [one for one in found.standing.expectations if one.activity == "focused_visit"]
    assert all((one.status is WindowStatus.NOT_KNOWN) is not counted for one in visits)
    for text in texts(found):
        assert not NONE_CAME.search(text), text
        assert counted or not LEFT.search(text), text
        for late in LATE.findall(text):
            assert datetime.strptime(late, "%d %B %Y").date() <= max(filter(None, newest.values()), default=date.min)


@settings(deadline=None, max_examples=examples(200))
@given(HELD, DAYS, KNOWN)
def test_no_earlier_window_and_no_report_is_called_overdue_from_silence(
    held: list[Activity], day: date, known: KnownUntil
):
    for window in past_windows(held, authority=TYNEHAVEN, on=day, holidays=england(), known_until=known):
        if window.outcome is WindowOutcome.OVERDUE:
            assert window.stated.window_to is not None
            assert known.graded is not None
            assert window.stated.window_to <= known.graded
        report_of_it = window.publication
        if report_of_it is not None and report_of_it.outcome is PublicationOutcome.OVERDUE:
            assert report_of_it.late_after is not None
            assert known.graded is not None
            assert report_of_it.late_after <= known.graded


# --- the days beside it ---------------------------------------------------------------------------------------------


def until(day: str, *kinds: KnownKind, since: str | None = None) -> KnownUntil:
    first = None if since is None else on(since)
    return KnownUntil(tuple(KnownSpan(kind, on(day), first) for kind in kinds))


@pytest.mark.parametrize(
    ("known", "status"),
    [
        (until("2025-03-11", KnownKind.MONITORING_VISIT), WindowStatus.NOT_KNOWN),
        (until("2025-03-12", KnownKind.MONITORING_VISIT), WindowStatus.OVERDUE),
        (until("2025-03-31", KnownKind.MONITORING_VISIT, since="2024-06-12"), WindowStatus.OVERDUE),
        (until("2025-03-31", KnownKind.MONITORING_VISIT, since="2024-06-13"), WindowStatus.NOT_KNOWN),
        (until("2026-03-31", KnownKind.FOCUSED_VISIT, KnownKind.GRADED_INSPECTION), WindowStatus.NOT_KNOWN),
        (until("2026-03-31", KnownKind.FIRST_MONITORING_VISIT), WindowStatus.NOT_KNOWN),
    ],
)
def test_a_monitoring_visit_is_overdue_only_where_sources_tell_to_the_last_day(known: KnownUntil, status: WindowStatus):
    found = expectation(stands("2026-11-30", INADEQUATE, VISITED, known_until=known), "monitoring_visit")
    assert found.due_to == on("2025-03-12")
    assert found.status is status
    if status is WindowStatus.NOT_KNOWN:
        assert found.caveats[0].startswith("Not known")
        assert "R-105" in found.rules


def test_that_no_first_monitoring_visit_is_in_a_list_says_nothing():
    listed = until("2025-03-31", KnownKind.MONITORING_VISIT)
    found = expectation(stands("2025-04-01", INADEQUATE, known_until=listed), "monitoring_visit")
    assert (found.status, found.known_until) == (WindowStatus.NOT_KNOWN, on("2025-03-31"))
    assert found.caveats[0] == not_known(KnownKind.FIRST_MONITORING_VISIT, None)
    checked = until("2025-03-31", KnownKind.MONITORING_VISIT, KnownKind.FIRST_MONITORING_VISIT)
    assert expectation(stands("2025-04-01", INADEQUATE, known_until=checked), "monitoring_visit").status is (
        WindowStatus.OVERDUE
    )


@pytest.mark.parametrize(
    ("day", "status"),
    [("2025-06-29", WindowStatus.NO_WINDOW), ("2025-06-30", WindowStatus.NOT_KNOWN)],
    ids=["ninety days after", "a day later"],
)
def test_a_count_of_visits_holds_for_ninety_days(day: str, status: WindowStatus):
    known = until("2025-03-31", KnownKind.FOCUSED_VISIT, KnownKind.JTAI)
    found = expectation(stands(day, GOOD, known_until=known), "focused_visit")
    assert found.status is status
    assert ("is expected in the interval" in found.why) is (status is WindowStatus.NO_WINDOW)
    assert (not_known(KnownKind.FOCUSED_VISIT, on("2025-03-31")) in found.caveats) is (status is WindowStatus.NOT_KNOWN)


def test_a_list_that_begins_after_the_report_counts_nothing_before_it():
    known = until("2025-03-31", KnownKind.FOCUSED_VISIT, since="2024-04-01")
    answer = stands("2025-04-01", GOOD, known_until=known)
    found = expectation(answer, "focused_visit")
    assert (found.status, found.known_until) == (WindowStatus.NOT_KNOWN, on("2025-03-31"))
    assert found.caveats[0] == "Not known: no source read here tells of all focused visits since 16 June 2023."


def test_a_visit_that_is_held_is_told_whatever_is_not_known():
    visit = focused(start="2024-11-12", end="2024-11-13", published="2024-12-20")
    found = stands("2026-11-30", GOOD, visit, known_until=until("2026-08-22", KnownKind.GRADED_INSPECTION))
    assert not [one for one in found.expectations if one.activity == "focused_visit"], "as many came as are usual"


def test_a_window_that_ended_after_the_newest_reading_is_not_known_and_keeps_its_days():
    known = until("2027-01-27", KnownKind.GRADED_INSPECTION)
    answer = stands("2027-02-01", GOOD, known_until=known)
    found = expectation(answer, "short_inspection")
    assert (found.due_to, found.status, found.known_until) == (on("2027-01-28"), WindowStatus.NOT_KNOWN, known.graded)
    assert answer.expected_next.graded.status is WindowStatus.OVERDUE, "as its days say (R-099)"
    assert answer.window_status is WindowStatus.NOT_KNOWN
    later = until("2027-01-28", KnownKind.GRADED_INSPECTION)
    assert stands("2027-02-01", GOOD, known_until=later).window_status is WindowStatus.OVERDUE


def test_of_the_yearly_meeting_nothing_is_late_unless_somebody_says_that_all_are_held():
    meeting = activity(Kind.ENGAGEMENT_MEETING, on="2024-10-01")
    silent = expectation(
        stands("2026-11-30", GOOD, meeting, known_until=until("2026-11-30", KnownKind.JTAI)), "engagement_meeting"
    )
    assert (silent.status, silent.known_until) == (WindowStatus.NOT_KNOWN, None)
    said = until("2026-11-30", KnownKind.ENGAGEMENT_MEETING)
    assert expectation(stands("2026-11-30", GOOD, meeting, known_until=said), "engagement_meeting").status is (
        WindowStatus.OVERDUE
    )


def test_how_late_a_window_is_ends_with_what_is_known():
    known = until("2027-02-10", KnownKind.GRADED_INSPECTION)
    found = expectation(stands("2027-11-30", GOOD, known_until=known), "short_inspection")
    assert found.caveats[:2] == (
        "Late by 13 days when last known, on 10 February 2027.",
        "An inspection of the last weeks before 10 February 2027 would not be public yet: reports come out some 27 to "
        "50 working days after inspectors leave.",
    )
    waiting = past_windows([GOOD], authority=TYNEHAVEN, on=on("2027-11-30"), holidays=england(), known_until=known)[-1]
    assert (waiting.outcome, waiting.days) == (WindowOutcome.OVERDUE, 13)
    assert "late by 13 days when last known, on 10 February 2027" in waiting.said
