"""When reports and letters should appear, and by when plans are due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rulebook.deadline_rows import POLLING_DAYS
from domain.rulebook.deadlines import (
    WHERE_SENT,
    around_christmas,
    expected_publication,
    polling_hold,
    publication_range,
    publication_time,
)
from domain.rulebook.known_until import not_known
from domain.rulebook.results import WindowStatus
from domain.rulebook.working_days import BankHolidays, working_days_between
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.statements import Kind
from tests.domain.rulebook.story import activity, england, expectation, focused, four, on, report, stands

GOOD_2019 = report("2019-07-01", "G", start="2019-05-20", end="2019-05-24")


@pytest.mark.parametrize(
    ("kind", "first_day", "working_days"),
    [
        (Kind.INSPECTION, "2017-12-31", None),
        (Kind.INSPECTION, "2018-01-01", 21),
        (Kind.INSPECTION, "2021-05-31", 21),
        (Kind.INSPECTION, "2021-06-01", 30),
        (Kind.INSPECTION, "2024-02-29", 30),
        (Kind.INSPECTION, "2024-03-01", 27),
        (Kind.FOCUSED_VISIT, "2017-12-31", None),
        (Kind.FOCUSED_VISIT, "2018-01-01", 16),
        (Kind.FOCUSED_VISIT, "2020-09-28", 16),
        (Kind.FOCUSED_VISIT, "2020-09-29", 30),
        (Kind.FOCUSED_VISIT, "2021-05-31", 30),
        (Kind.FOCUSED_VISIT, "2021-06-01", 24),
        (Kind.FOCUSED_VISIT, "2021-12-31", 24),
        (Kind.FOCUSED_VISIT, "2022-01-01", 24),
        (Kind.FOCUSED_VISIT, "2024-03-31", 24),
        (Kind.FOCUSED_VISIT, "2024-04-01", 21),
        (Kind.MONITORING_VISIT, "2021-12-31", None),
        (Kind.MONITORING_VISIT, "2024-03-31", 24),
        (Kind.MONITORING_VISIT, "2024-04-01", 21),
        (Kind.JTAI, "2015-12-31", None),
        (Kind.JTAI, "2021-12-31", 30),
        (Kind.JTAI, "2022-01-01", 34),
    ],
)
def test_the_usual_time_to_publication_changes_with_the_first_day_on_site(kind, first_day, working_days):
    row = publication_time(kind, on(first_day))
    assert (row.working_days if row else None) == working_days


@pytest.mark.parametrize(
    ("where", "last_day", "published"),
    [
        ("Haringey 2018", "2018-11-09", "2018-12-10"),
        ("Portsmouth 2018", "2018-09-14", "2018-10-15"),
        ("Gateshead 2019, over two bank holidays", "2019-05-03", "2019-06-05"),
        ("Durham 2022", "2022-05-20", "2022-07-05"),
        ("Leeds 2025", "2025-07-04", "2025-08-12"),
        ("Portsmouth 2026", "2026-07-10", "2026-08-18"),
        ("Brent 2026", "2026-05-01", "2026-06-11"),
    ],
)
def test_a_report_is_expected_the_usual_working_days_after_the_last_day_on_site(where, last_day, published):
    found = expected_publication(Kind.INSPECTION, on(last_day), england())
    assert found is not None
    assert found.first == on(published), where
    assert working_days_between(on(last_day), found.last, england()) == 50


def test_a_report_on_fieldwork_over_a_change_is_counted_as_on_its_first_day():
    found = expected_publication(Kind.INSPECTION, on("2024-03-08"), england(), first_day=on("2024-02-26"))
    assert found is not None
    assert found.row.working_days == 30


@pytest.mark.parametrize(
    ("kind", "last_day", "usual", "expected"),
    [
        (Kind.INSPECTION, "2022-10-31", "2022-12-12", "2022-12-12"),
        (Kind.INSPECTION, "2022-11-04", "2022-12-16", "2022-12-16"),
        (Kind.INSPECTION, "2022-11-07", "2022-12-19", "2023-01-12"),
        (Kind.INSPECTION, "2024-11-08", "2024-12-17", "2024-12-17"),
        (Kind.INSPECTION, "2024-11-11", "2024-12-18", "2025-01-13"),
        (Kind.INSPECTION, "2024-11-29", "2025-01-10", "2025-01-13"),
        (Kind.INSPECTION, "2024-12-02", "2025-01-13", "2025-01-13"),
        (Kind.INSPECTION, "2025-11-14", "2025-12-23", "2026-01-12"),
        (Kind.INSPECTION, "2021-11-19", "2022-01-05", "2022-01-05"),
        (Kind.FOCUSED_VISIT, "2025-11-19", "2025-12-18", "2025-12-18"),
        (Kind.FOCUSED_VISIT, "2025-11-20", "2025-12-19", "2026-01-12"),
        (Kind.FOCUSED_VISIT, "2025-12-04", "2026-01-07", "2026-01-12"),
        (Kind.JTAI, "2022-11-17", "2023-01-09", "2023-01-09"),
    ],
)
def test_what_would_be_published_over_christmas_is_expected_on_12_january_or_after(kind, last_day, usual, expected):
    found = expected_publication(kind, on(last_day), england())
    assert found is not None
    assert (found.usual, found.ordinary) == (on(usual), on(expected))
    assert (found.closed is not None) is (usual != expected)


def test_christmas_between_moves_no_day_and_is_said_with_what_was_measured():
    over = expected_publication(Kind.INSPECTION, on("2023-12-08"), england())
    before = expected_publication(Kind.INSPECTION, on("2018-11-09"), england())
    assert over is not None
    assert before is not None
    assert over.over_christmas
    assert (over.usual, over.ordinary) == (on("2024-01-24"), on("2024-01-24"))
    assert "7 more in the middle of 55 cases" in around_christmas(over, Kind.INSPECTION)
    assert not before.over_christmas
    assert around_christmas(before, Kind.INSPECTION) == ""


@pytest.mark.parametrize(
    ("kind", "first_day", "half", "mostly", "nearly"),
    [
        (Kind.INSPECTION, "2024-02-29", None, None, None),
        (Kind.INSPECTION, "2024-03-01", 31, 41, 53),
        (Kind.FOCUSED_VISIT, "2024-03-31", None, None, None),
        (Kind.FOCUSED_VISIT, "2024-04-01", None, 31, None),
        (Kind.MONITORING_VISIT, "2024-04-01", None, 31, None),
        (Kind.JTAI, "2021-12-31", None, None, None),
        (Kind.JTAI, "2022-01-01", None, 49, None),
    ],
)
def test_most_come_between_the_usual_day_and_another_since_it_was_measured(kind, first_day, half, mostly, nearly):
    row = publication_range(kind, on(first_day))
    found = (row.half_working_days, row.mostly_working_days, row.nearly_working_days) if row else (None, None, None)
    assert found == (half, mostly, nearly)


@pytest.mark.parametrize(
    ("where", "first_day", "last_day", "first", "mostly", "nearly"),
    [
        ("Bath 2025", "2025-06-09", "2025-06-13", "2025-07-22", "2025-08-11", "2025-08-28"),
        ("Devon 2025", "2024-09-30", "2025-01-16", "2025-02-24", "2025-03-14", "2025-04-01"),
        ("over Christmas", "2025-11-17", "2025-11-28", "2026-01-12", "2026-01-30", "2026-02-17"),
        ("Hull 2026, before an election", "2026-03-02", "2026-03-13", "2026-05-08", "2026-05-29", "2026-06-16"),
    ],
)
def test_what_moves_the_first_day_moves_the_last_by_as_many_working_days(
    where, first_day, last_day, first, mostly, nearly
):
    found = expected_publication(Kind.INSPECTION, on(last_day), england(), first_day=on(first_day))
    assert found is not None
    assert (found.first, found.mostly, found.nearly) == (on(first), on(mostly), on(nearly)), where
    assert working_days_between(found.first, found.mostly, england()) == 14
    assert found.mostly <= found.last


@pytest.mark.parametrize(
    ("where", "last_day", "published"),
    [
        ("Leeds", "2022-03-04", "2022-05-09"),
        ("Stockton", "2023-03-17", "2023-05-09"),
        ("Leicestershire, before a general election", "2024-05-03", "2024-07-12"),
    ],
)
def test_a_report_due_before_polling_day_is_expected_in_the_two_weeks_after(where, last_day, published):
    found = expected_publication(Kind.INSPECTION, on(last_day), england())
    assert found is not None
    assert found.held_for is not None, where
    assert found.ordinary < found.held_for.start < found.first <= on(published)
    assert on(published) <= found.held_for.start + timedelta(days=14)


@pytest.mark.parametrize(
    ("day", "held"),
    [("2026-03-25", False), ("2026-03-26", True), ("2026-05-07", True), ("2026-05-08", False)],
)
def test_the_hold_lasts_six_weeks_up_to_polling_day(day, held):
    assert (polling_hold(on(day)) is not None) is held


def test_polling_days_are_thursdays_and_say_that_they_are_inferred():
    assert len(POLLING_DAYS) == 12
    for poll in POLLING_DAYS:
        assert poll.start.strftime("%A") == "Thursday"
        assert "nferred" in poll.source


def test_beyond_the_known_bank_holidays_no_publication_is_expected():
    known = BankHolidays(frozenset(), on("2024-01-01"), on("2024-03-31"))
    assert expected_publication(Kind.INSPECTION, on("2024-03-08"), known) is None


@settings(deadline=None)
@given(st.dates(date(2022, 1, 1), date(2028, 6, 30)), st.sampled_from([Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.JTAI]))
def test_nothing_is_expected_inside_a_hold_or_later_than_it_is_late(last_day, kind):
    found = expected_publication(kind, last_day, england())
    assert found is not None
    assert last_day < found.ordinary <= found.first <= found.last
    assert polling_hold(found.first) is None or polling_hold(found.first) is not found.held_for


class TestReports:
    AWAITED = report("2022-07-05", "G", start="2022-05-09", end="2022-05-20")

    @pytest.mark.parametrize(
        ("day", "status"),
        [
            ("2022-05-20", WindowStatus.UPCOMING),
            ("2022-07-04", WindowStatus.UPCOMING),
        ],
    )
    def test_a_report_awaited_is_expected_on_its_usual_day(self, day, status):
        found = expectation(stands(day, GOOD_2019, self.AWAITED), "report_publication")
        assert found.due_from == on("2022-07-05")
        assert found.status is status
        assert "5 July 2022" in found.why
        assert "20 May 2022" in found.why
        assert "R-051" in found.rules

    def test_a_report_not_out_after_50_working_days_is_late(self):
        found = expectation(stands("2022-08-05", GOOD_2019, report(None, None, end="2022-05-20")), "report_publication")
        assert found.due_to == on("2022-08-02")
        assert found.status is WindowStatus.OVERDUE

    def test_a_hold_says_that_it_is_inferred(self):
        waiting = report("2023-05-09", "R", start="2023-03-06", end="2023-03-17")
        found = expectation(stands("2023-04-20", GOOD_2019, waiting), "report_publication")
        assert found.due_from == on("2023-05-05")
        assert "inferred" in found.why
        assert "R-054" in found.rules
        assert any("3 May 2023" in caveat for caveat in found.caveats)

    def test_single_inspections_have_no_measured_time(self):
        waiting = report("2015-03-27", "G", start="2015-01-20", end="2015-02-11")
        found = expectation(stands("2015-02-20", waiting), "report_publication")
        assert (found.due_from, found.due_to, found.status) == (None, None, WindowStatus.NO_WINDOW)


class TestLetters:
    def test_a_focused_visit_s_letter_follows_its_visit(self):
        visit = focused(start="2024-09-17", end="2024-09-18", published="2024-10-18")
        found = expectation(stands("2024-09-20", GOOD_2019, visit), "letter_publication")
        assert found.due_from == on("2024-10-17")
        assert not [
            x for x in stands("2024-10-18", GOOD_2019, visit).expectations if x.activity == "letter_publication"
        ]

    def test_a_joint_inspection_s_letter_takes_34_to_49_working_days(self):
        joint = activity(Kind.JTAI, start="2024-11-04", end="2024-11-08", published="2025-01-06")
        found = expectation(stands("2024-11-20", GOOD_2019, joint), "letter_publication")
        assert "34 to 49 working days" in found.why
        assert found.rules == ("R-053", "R-102")

    @pytest.mark.parametrize("first", [{"number": 1}, {"published_by_ofsted": False}])
    def test_no_letter_of_a_first_monitoring_visit_is_expected_from_ofsted(self, first):
        visit = activity(Kind.MONITORING_VISIT, start="2024-07-30", end="2024-07-31", **first)
        answer = stands("2024-08-05", report("2024-01-30", "I"), visit)
        assert not [one for one in answer.expectations if one.activity == "letter_publication"]

    def test_without_a_publication_date_nothing_is_said_once_it_would_be_late(self):
        visit = focused(start="2024-09-17", end="2024-09-18")
        soon = expectation(stands("2024-10-01", GOOD_2019, visit), "letter_publication")
        assert any("may be out already" in caveat for caveat in soon.caveats)
        for day in ("2024-12-15", "2026-01-01"):
            later = stands(day, GOOD_2019, visit)
            assert not [one for one in later.expectations if one.activity == "letter_publication"]


class TestPlans:
    INADEQUATE = report("2023-05-25", "I", start="2023-03-13", end="2023-03-24")

    @pytest.mark.parametrize(("day", "expected"), [("2023-09-03", True), ("2023-09-04", True), ("2023-09-05", False)])
    def test_an_action_plan_is_expected_until_its_last_day(self, day, expected):
        answer = stands(day, self.INADEQUATE)
        found = [one for one in answer.expectations if one.activity == "action_plan_submission"]
        assert bool(found) is expected
        for one in found:
            assert (one.due_from, one.due_to) == (None, on("2023-09-04"))
            assert "latest possible day" in one.caveats[0]

    def test_every_graded_report_has_its_plan(self):
        found = expectation(stands("2026-08-22", four("2026-06-17", "GGGG")), "action_plan")
        assert found.due_to == on("2026-09-24")

    def test_a_known_receipt_is_counted_beside_it(self):
        received = report("2023-04-11", "G", received="2023-04-05")
        found = expectation(stands("2023-05-01", received), "action_plan")
        assert found.due_to == on("2023-07-21")
        assert any("receipt on 5 April 2023, the last day is 19 July 2023" in caveat for caveat in found.caveats)

    def test_a_plan_that_went_in_is_no_longer_expected(self):
        sent = activity(Kind.ACTION_PLAN_SUBMITTED, on="2023-08-21")
        assert [x for x in stands("2023-08-20", self.INADEQUATE, sent).expectations if x.basis == "deadline"]
        assert not [x for x in stands("2023-08-22", self.INADEQUATE, sent).expectations if x.basis == "deadline"]

    def test_priority_action_asks_for_a_draft_in_20_and_a_final_plan_in_70_working_days(self):
        visit = focused(start="2018-07-17", end="2018-07-18", published="2018-08-10", priority_action=True)
        answer = stands("2018-08-22", report("2018-07-02", "R"), visit)
        assert expectation(answer, "draft_action_plan").due_to == on("2018-09-10")
        assert expectation(answer, "priority_action_plan").due_to == on("2018-11-19")

    @pytest.mark.parametrize(
        ("day", "held", "told"),
        [
            ("2018-09-11", (), {"draft_action_plan"}),
            ("2018-11-20", (), {"draft_action_plan", "priority_action_plan"}),
            ("2019-09-11", (), {"priority_action_plan"}),
            ("2018-11-20", (activity(Kind.ACTION_PLAN_SUBMITTED, on="2018-11-15"),), set()),
            ("2018-11-20", (report("2018-11-16", "G", start="2018-10-08", end="2018-10-12"),), set()),
        ],
        ids=["draft", "both", "a year after the draft", "sent", "a graded report since"],
    )
    def test_a_plan_of_which_nothing_is_heard_after_its_last_day_is_not_known_for_a_year(self, day, held, told):
        until = KnownUntil.of({kind: on(day) for kind in KnownKind if kind is not KnownKind.ACTION_PLAN})
        visit = focused(start="2018-07-17", end="2018-07-18", published="2018-08-10", priority_action=True)
        answer = stands(day, report("2018-07-02", "R"), visit, *held, known_until=until)
        passed = [one for one in answer.expectations if one.is_owed and one.due_to < on(day) and one.about == visit.id]
        assert {one.activity for one in passed} == told
        for one in passed:
            assert one.status is WindowStatus.NOT_KNOWN
            assert "was due within" in one.why
            assert one.caveats[:2] == (not_known(KnownKind.ACTION_PLAN, None), WHERE_SENT)

    def test_its_days_count_from_receipt_where_that_is_known(self):
        visit = focused(
            start="2023-03-07",
            end="2023-03-08",
            letter_received="2023-04-03",
            published="2023-04-11",
            priority_action=True,
        )
        found = expectation(stands("2023-04-12", GOOD_2019, visit), "draft_action_plan")
        assert found.due_to == on("2023-05-04")
        assert "received on 3 April 2023" in found.why

    def test_before_august_2018_only_the_final_plan_was_asked_for(self):
        visit = focused(start="2018-06-26", published="2018-07-31", priority_action=True)
        names = [one.activity for one in stands("2018-08-02", report("2018-04-02", "R"), visit).expectations]
        assert "draft_action_plan" not in names
        assert "priority_action_plan" in names

    def test_a_joint_statement_is_due_on_the_day_its_letter_states(self):
        joint = activity(
            Kind.JTAI, start="2024-03-04", end="2024-03-08", published="2024-05-16", statement_due="2024-08-23"
        )
        assert expectation(stands("2024-06-01", GOOD_2019, joint), "joint_statement_of_action").due_to == on(
            "2024-08-23"
        )
        for day in ("2024-05-15", "2024-08-24"):
            names = [one.activity for one in stands(day, GOOD_2019, joint).expectations]
            assert "joint_statement_of_action" not in names


def test_what_follows_from_one_report_or_visit_names_it_and_all_else_names_nothing():
    visit = focused(
        start="2019-09-03", end="2019-09-04", published="2019-10-08", priority_action=True, letter_received="2019-09-20"
    )
    awaiting = report(None, None, start="2019-09-23", end="2019-09-27")
    found = stands("2019-10-09", GOOD_2019, visit, awaiting).expectations
    about = {one.activity: one.about for one in found if one.about is not None}
    assert about == {
        "report_publication": awaiting.id,
        "draft_action_plan": visit.id,
        "priority_action_plan": visit.id,
    }
    assert expectation(stands("2019-10-08", GOOD_2019), "action_plan").about == GOOD_2019.id


def test_only_what_the_authority_itself_delivers_is_owed():
    meeting = activity(Kind.ENGAGEMENT_MEETING, on="2019-09-30")
    jtai = activity(Kind.JTAI, start="2019-07-01", end="2019-07-05", published="2019-08-20", statement_due="2019-11-29")
    found = stands("2019-10-07", GOOD_2019, meeting, jtai).expectations
    assert {one.activity for one in found if one.is_owed} == {"action_plan", "joint_statement_of_action"}
    assert {"engagement_letter", "standard_inspection", "short_inspection"} & {one.activity for one in found}
    inadequate = stands("2019-08-01", report("2019-07-01", "I", start="2019-05-20", end="2019-05-24")).expectations
    assert [one.activity for one in inadequate if one.is_owed] == ["action_plan_submission"]
