"""The five elements of the system in the present cycle: what was done, what is left, what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.rulebook.elements.goes_in import GOES_IN, RETURNS, last_returns
from domain.rulebook.elements.picture import Element, ElementState, FiveElements, five_elements
from domain.rulebook.expectations import situation, worked
from domain.rulebook.rules import RULES
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import NOTHING_KNOWN, KnownKind, KnownUntil
from domain.values.statements import Kind, Variant
from tests.domain.rulebook.story import ALL_KNOWN, TYNEHAVEN, activity, england, focused, on, report

GOOD = report("2022-07-05", "G", start="2022-05-09", end="2022-05-20")
IMPROVING = report("2022-07-05", "R", start="2022-05-09", end="2022-05-20")
INADEQUATE = report("2024-01-30", "I", start="2023-11-27", end="2023-12-08")
VISIT = focused(start="2023-03-07", end="2023-03-08", published="2023-04-12")
MONITORED = activity(Kind.MONITORING_VISIT, start="2024-07-30", end="2024-07-31", published="2024-09-02")
EARLIER = activity(Kind.SELF_EVALUATION, on="2022-02-01")
SHARED = activity(Kind.SELF_EVALUATION, on="2024-02-20")
MET = activity(Kind.ENGAGEMENT_MEETING, on="2024-03-05", letter_received="2024-04-02")
CENSUS = activity(Kind.DATA_RETURN, on="2024-07-24", title="Children in need census")

E, S = Element, ElementState


def picture(day: str, *activities: Activity, authority: AuthorityFacts = TYNEHAVEN, **more: Any) -> FiveElements:
    more.setdefault("known_until", ALL_KNOWN)
    now = situation(activities, authority=authority, on=on(day), holidays=england(), **more)
    return five_elements(now, [one.expectation for one in worked(now)])


def test_what_was_done_in_the_cycle_is_counted_from_the_last_day_of_the_inspection_that_governs():
    found = picture("2024-09-01", GOOD, VISIT, EARLIER, SHARED, MET, CENSUS)
    assert found.since == date(2022, 5, 20)
    assert found.until == date(2026, 1, 5)
    assert {one.element: one.done for one in found.elements} == {
        E.SELF_EVALUATION: (SHARED,),
        E.ENGAGEMENT_MEETING: (MET,),
        E.HELD_BY_OFSTED: (CENSUS,),
        E.INSPECTION: (GOOD,),
        E.VISITS: (VISIT,),
    }
    assert {one.element: one.state for one in found.elements} == {
        E.SELF_EVALUATION: S.DONE,
        E.ENGAGEMENT_MEETING: S.DONE,
        E.HELD_BY_OFSTED: S.NOT_OURS,
        E.INSPECTION: S.EXPECTED,
        E.VISITS: S.DONE,
    }


def test_what_came_before_the_cycle_is_told_apart():
    shared = picture("2022-09-01", GOOD, EARLIER).of(E.SELF_EVALUATION)
    assert (shared.done, shared.before, shared.state) == ((), EARLIER, S.NOT_RECORDED)


@pytest.mark.parametrize(
    ("day", "met", "shared"),
    [
        ("2024-02-19", S.NOT_RECORDED, S.NOT_RECORDED),
        ("2024-02-20", S.NOT_RECORDED, S.DONE),
        ("2024-03-05", S.DONE, S.DONE),
        ("2025-02-19", S.DONE, S.DONE),
        ("2025-02-20", S.DONE, S.LATE),
        ("2025-03-05", S.DONE, S.LATE),
        ("2025-03-06", S.LATE, S.LATE),
    ],
)
def test_a_year_after_the_meeting_the_next_is_due_and_the_self_evaluation_ten_working_days_before(day, met, shared):
    found = picture(day, GOOD, SHARED, MET)
    assert found.of(E.ENGAGEMENT_MEETING).state is met
    assert found.of(E.SELF_EVALUATION).state is shared


def test_once_shared_for_the_next_meeting_a_self_evaluation_is_done():
    again = activity(Kind.SELF_EVALUATION, on="2025-02-10")
    found = picture("2025-02-25", GOOD, SHARED, MET, again).of(E.SELF_EVALUATION)
    assert (found.state, found.left, found.done) == (S.DONE, (), (again, SHARED))
    assert found.remarks == ("One is shared each year before the engagement meeting; no day is fixed (R-065).",)


def test_of_the_yearly_elements_no_list_tells_so_nothing_is_late_until_an_officer_says_that_all_are_held():
    found = picture("2025-06-01", GOOD, SHARED, MET, known_until=NOTHING_KNOWN)
    for element, called in ((E.SELF_EVALUATION, "self-evaluations"), (E.ENGAGEMENT_MEETING, "engagement meetings")):
        assert found.of(element).state is S.NOT_KNOWN
        assert found.of(element).not_known == (f"Not known: no source read here tells of all {called}.",)
    declared = KnownUntil.of({KnownKind.ENGAGEMENT_MEETING: on("2025-06-01")})
    found = picture("2025-06-01", GOOD, SHARED, MET, known_until=declared).of(E.ENGAGEMENT_MEETING)
    assert (found.state, found.not_known) == (S.LATE, ())


def test_the_letter_on_the_meeting_is_left_until_it_arrives():
    names = lambda day: [row.activity for row in picture(day, GOOD, MET).of(E.ENGAGEMENT_MEETING).left]  # noqa: E731
    assert names("2024-04-01") == ["engagement_meeting", "engagement_letter"]
    assert names("2024-04-02") == ["engagement_meeting"]


@pytest.mark.parametrize(
    ("governs", "visits", "state", "came", "usual"),
    [
        (GOOD, [], S.EXPECTED, 0, 1),
        (GOOD, [VISIT], S.DONE, 1, 1),
        (IMPROVING, [], S.EXPECTED, 0, 2),
        (IMPROVING, [VISIT], S.PARTLY, 1, 2),
        (INADEQUATE, [], S.EXPECTED, None, None),
        (INADEQUATE, [MONITORED], S.PARTLY, None, None),
    ],
)
def test_visits_are_counted_as_the_pathway_has_them(governs, visits, state, came, usual):
    found = picture("2024-09-01", governs, *visits).of(E.VISITS)
    assert (found.state, found.came, found.usual) == (state, came, usual)


def test_how_many_visits_are_left_is_not_known_where_no_source_tells_of_the_last_months():
    found = picture(
        "2024-09-01", GOOD, VISIT, known_until=KnownUntil.of({KnownKind.FOCUSED_VISIT: on("2023-04-01")})
    ).of(E.VISITS)
    assert found.not_known[0].startswith("Not known since 1 April 2023: no source read here tells of all focused")
    assert found.not_known[1] == "Not known: no source read here tells of all joint targeted area inspections."
    none = picture("2024-09-01", GOOD, known_until=KnownUntil.of({KnownKind.FOCUSED_VISIT: on("2023-04-01")}))
    assert none.of(E.VISITS).state is S.NOT_KNOWN


@pytest.mark.parametrize(
    ("day", "until", "state"),
    [
        ("2026-01-05", "2026-01-05", S.EXPECTED),
        ("2026-01-06", "2026-01-06", S.LATE),
        ("2026-01-06", "2025-12-31", S.NOT_KNOWN),
    ],
)
def test_an_inspection_is_late_only_as_far_as_sources_tell(day, until, state):
    known = KnownUntil.of({KnownKind.GRADED_INSPECTION: on(until)})
    assert picture(day, GOOD, known_until=known).of(E.INSPECTION).state is state


def test_once_inspectors_have_left_the_report_is_awaited_and_no_visit_is_expected_any_more():
    awaited = report(None, None, start="2025-06-02", end="2025-06-06")
    found = picture("2025-06-16", GOOD, awaited)
    assert found.of(E.INSPECTION).state is S.UNDER_WAY
    assert found.of(E.INSPECTION).left[0].activity == "report_publication"
    assert found.of(E.VISITS).state is S.NOT_EXPECTED


@pytest.mark.parametrize(
    ("day", "state", "said", "begun"),
    [
        ("2025-06-01", S.EXPECTED, None, 0),
        ("2025-06-02", S.CALLED, "Ofsted called on 2 June 2025", 0),
        ("2025-06-09", S.UNDER_WAY, "Inspectors have been on site since 9 June 2025", 1),
        ("2025-06-16", S.UNDER_WAY, "Inspectors were last on site on 13 June 2025", 1),
    ],
)
def test_from_the_call_to_the_report_the_inspection_is_under_way_and_the_picture_says_how_far(day, state, said, begun):
    coming = report(None, None, notified=on("2025-06-02"), start="2025-06-09", end="2025-06-13", variant=Variant.SHORT)
    found = picture(day, GOOD, coming).of(E.INSPECTION)
    assert (found.state, len(found.done)) == (state, 1 + begun)
    assert [one.startswith(said or "") for one in found.remarks] == [True] * bool(said)


@pytest.mark.parametrize("day", ["2024-09-01", "2024-09-04"])
def test_a_visit_that_was_called_is_under_way_once_inspectors_are_known_to_have_come(day):
    called = focused(notified=on("2024-08-26"))
    found = picture(day, GOOD, called).of(E.VISITS)
    assert (found.state, found.done) == (S.CALLED, ())
    came = replace(called, start=on("2024-09-03"))
    assert picture("2024-09-04", GOOD, came).of(E.VISITS).state is S.UNDER_WAY


@pytest.mark.parametrize("day", ["2025-06-05", "2025-06-10", "2025-06-16"])
def test_of_an_inspection_that_was_only_called_no_more_is_said(day):
    called = report(None, None, notified=on("2025-06-02"), variant=Variant.SHORT)
    assert picture(day, GOOD, called).of(E.INSPECTION).state is S.CALLED


def test_of_an_authority_that_has_ended_nothing_is_left():
    ended = AuthorityFacts(urn=TYNEHAVEN.urn, name="Tynehaven", abolished_on=on("2024-04-01"))
    found = picture("2024-09-01", GOOD, VISIT, SHARED, MET, authority=ended)
    assert found.until is None
    assert {one.state for one in found.elements} == {S.NOT_EXPECTED, S.NOT_OURS}
    assert not any(one.left for one in found.elements)
    assert not any(one.not_known for one in found.elements if one.element is not E.HELD_BY_OFSTED)


@pytest.mark.parametrize(
    ("ends", "until", "inspection"),
    [
        ("2027-04-01", "2026-01-05", S.EXPECTED),
        ("2025-04-01", "2025-03-31", S.EXPECTED),
        ("2024-12-01", "2024-11-30", S.NOT_EXPECTED),
    ],
)
def test_what_lies_after_the_end_of_an_authority_is_not_left(ends, until, inspection):
    order = activity(Kind.SUCCESSION_ANNOUNCED, on=ends, published="2024-06-01", successors=("Westhaven",))
    found = picture("2024-09-01", GOOD, SHARED, MET, order)
    assert found.until == on(until)
    assert found.of(E.INSPECTION).state is inspection
    assert found.of(E.ENGAGEMENT_MEETING).state is S.DONE


def test_where_no_report_governs_there_is_no_cycle_and_nothing_is_counted():
    found = picture("2024-09-01", SHARED)
    assert (found.since, found.until) == (None, None)
    assert found.of(E.INSPECTION).state is S.NOT_KNOWN
    assert found.of(E.SELF_EVALUATION).done == (SHARED,)
    assert picture("2017-06-01").of(E.VISITS).state is S.NOT_KNOWN


def test_a_visit_of_the_covid_round_is_told_but_not_counted():
    good = report("2019-07-01", "G", start="2019-05-20", end="2019-05-24")
    assurance = focused(start="2020-10-06", end="2020-10-07", subtype="covid_assurance")
    found = picture("2021-01-04", good, assurance).of(E.VISITS)
    assert (found.done, found.came) == ((assurance,), 0)
    assert found.remarks == ("Visits of the Covid round count towards no cycle (R-012).",)


def test_nothing_of_a_day_to_come_is_told():
    found = picture("2024-03-10", GOOD, SHARED, MET, CENSUS)
    assert found.of(E.HELD_BY_OFSTED).done == ()
    assert found.of(E.ENGAGEMENT_MEETING).done[0].letter_received is None


def test_each_thing_that_goes_into_what_ofsted_holds_has_its_source_and_a_rule_of_the_rulebook():
    assert {row.rule for row in GOES_IN} <= RULES.keys()
    assert all(row.source for row in GOES_IN)
    assert RETURNS[:2] == ("Children in need census", "Children looked after return (SSDA903)")


def test_the_last_return_of_each_kind_is_found_by_its_name_however_it_is_written():
    earlier = activity(Kind.DATA_RETURN, on="2023-07-20", title="children in need CENSUS")
    other = activity(Kind.DATA_RETURN, on="2024-05-01", title="Fostering return")
    assert last_returns([CENSUS, other, earlier]) == {
        "Children in need census": CENSUS,
        "Fostering return": other,
    }
