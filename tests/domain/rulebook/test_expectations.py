"""Checkpoints of our own: window, plan, override and interim on the days where they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rulebook.expectations import NOTHING_EXPECTED
from domain.rulebook.pathway import Policy, WindowAnchor
from domain.rulebook.results import GradedType, InterimType, Pathway, Standing, WindowStatus
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import AuthorityFacts
from domain.values.statements import Kind
from tests.domain.rulebook.story import activity, expectation, focused, four, on, report, sif, stands
from tests.examples import examples

FIRST_SIF = sif("2014-07-18", "R", start="2014-05-20", end="2014-06-11")
SIF_INADEQUATE = sif("2017-04-07", "I", start="2017-01-23", end="2017-02-16")
SIF_INADEQUATE_2018 = sif("2018-05-16", "I", start="2018-02-26", end="2018-03-09")
GOOD_2018 = report("2018-08-06", "G", start="2018-06-25", end="2018-07-06")
RI_2019 = report("2019-07-01", "R", start="2019-05-20", end="2019-05-24")
INADEQUATE_2024 = report("2024-01-30", "I", start="2023-11-27", end="2023-12-08")
INADEQUATE_AGAIN = report("2026-08-03", "I", start="2026-03-16", end="2026-03-27")
PRIORITY_2023 = focused(period="2023-03", priority_action=True)

SHORT, STANDARD, POST = (
    GradedType.SHORT.value,
    GradedType.STANDARD.value,
    GradedType.POST_MONITORING.value,
)


def told(answer: Standing) -> tuple[str | None, str, str]:
    """Type, window and status in short: `short_inspection`, `2022-01-01..2023-01-01`, `in_window`."""
    graded = answer.expected_next.graded
    window = f"{graded.window_from}..{graded.window_to}"
    return (graded.type.value if graded.type else None, window, graded.status.value)


CHECKPOINTS = [
    ("good, before the window", [GOOD_2018], "2021-02-05", SHORT, "2021-02-06..2022-02-06", "upcoming"),
    ("good, the window's first day", [GOOD_2018], "2021-02-06", SHORT, "2021-02-06..2022-02-06", "in_window"),
    ("good, the window's last day", [GOOD_2018], "2022-02-06", SHORT, "2021-02-06..2022-02-06", "in_window"),
    ("good, the day after", [GOOD_2018], "2022-02-07", SHORT, "2021-02-06..2022-02-06", "overdue"),
    ("requires improvement", [RI_2019], "2022-10-31", STANDARD, "2022-01-01..2023-01-01", "in_window"),
    ("requires improvement, SIF", [FIRST_SIF], "2018-03-08", STANDARD, "2017-01-18..2018-01-18", "overdue"),
    ("inadequate", [INADEQUATE_2024], "2024-03-01", STANDARD, "2026-07-30..2027-07-30", "upcoming"),
    ("SIF inadequate, eve of the change", [SIF_INADEQUATE], "2018-09-16", POST, "2018-07-20..2019-07-20", "in_window"),
    ("SIF inadequate, the change", [SIF_INADEQUATE], "2018-09-17", STANDARD, "2018-07-20..2019-07-20", "in_window"),
    ("SIF inadequate, day after", [SIF_INADEQUATE], "2018-09-18", STANDARD, "2018-07-20..2019-07-20", "in_window"),
    ("SIF inadequate, overdue", [SIF_INADEQUATE], "2019-07-21", STANDARD, "2018-07-20..2019-07-20", "overdue"),
    ("SIF inadequate of 2018", [SIF_INADEQUATE_2018], "2018-06-01", POST, "2019-08-23..2020-08-23", "upcoming"),
    (
        "SIF inadequate, re-inspected and better",
        [SIF_INADEQUATE, sif("2018-07-20", "R", start="2018-06-04")],
        "2018-08-01",
        STANDARD,
        "2021-01-20..2022-01-20",
        "upcoming",
    ),
    (
        "inadequate twice",
        [INADEQUATE_2024, INADEQUATE_AGAIN],
        "2026-08-22",
        STANDARD,
        "2029-02-03..2030-02-03",
        "upcoming",
    ),
    ("four judgements", [four("2026-06-17", "GGGR")], "2026-08-22", SHORT, "2028-12-17..2029-12-17", "upcoming"),
    ("leap day", [report("2024-02-29", "G")], "2026-08-28", SHORT, "2026-08-29..2027-08-29", "upcoming"),
    ("end of August", [report("2020-08-31", "G")], "2023-02-28", SHORT, "2023-02-28..2024-02-29", "in_window"),
    ("priority action", [GOOD_2018, PRIORITY_2023], "2023-06-30", STANDARD, "2021-02-06..2022-02-06", "overdue"),
]


@pytest.mark.parametrize(
    ("name", "history", "day", "expected", "window", "status"), CHECKPOINTS, ids=[row[0] for row in CHECKPOINTS]
)
def test_the_next_graded_inspection_and_its_window(name, history, day, expected, window, status):
    assert told(stands(day, *history)) == (expected, window, status)


def test_the_midpoint_is_36_months_after_publication():
    assert stands("2020-01-01", RI_2019).expected_next.graded.midpoint == on("2022-07-01")
    assert stands("2025-01-01", report("2024-02-29", "G")).expected_next.graded.midpoint == on("2027-02-28")


def test_after_an_inadequate_single_inspection_the_midpoint_is_the_policys_24_months():
    assert stands("2018-06-01", SIF_INADEQUATE).expected_next.graded.midpoint == on("2019-07-20")


@pytest.mark.parametrize(
    ("anchor", "window_from"),
    [
        (WindowAnchor.PUBLICATION, "2022-01-01"),
        (WindowAnchor.LAST_DAY_ON_SITE, "2021-11-24"),
        (WindowAnchor.FIRST_DAY_ON_SITE, "2021-11-20"),
    ],
)
def test_the_windows_anchor_is_a_switch(anchor, window_from):
    answer = stands("2020-01-01", RI_2019, policy=Policy(window_anchor=anchor))
    assert answer.expected_next.graded.window_from == on(window_from)
    undated = stands("2020-01-01", report("2019-07-01", "R"), policy=Policy(window_anchor=anchor))
    assert undated.expected_next.graded.window_from == on("2022-01-01")


def test_the_anchor_switch_does_not_move_a_window_counted_from_the_plan():
    answer = stands("2018-06-01", SIF_INADEQUATE, policy=Policy(window_anchor=WindowAnchor.FIRST_DAY_ON_SITE))
    assert answer.expected_next.graded.window_from == on("2018-07-20")


class TestActionPlan:
    @pytest.mark.parametrize(
        ("published", "due"),
        [
            ("2017-12-31", None),
            ("2018-01-01", "2018-04-11"),
            ("2018-07-02", "2018-10-09"),
            ("2023-05-09", "2023-08-16"),
            ("2026-08-03", "2026-11-10"),
        ],
    )
    @pytest.mark.parametrize("overall", ["O", "R", "I"])
    def test_it_is_due_70_working_days_after_every_report_since_2018(self, published, due, overall):
        answer = stands("2026-12-01", report(published, overall))
        assert answer.expected_next.action_plan_due == (on(due) if due else None)

    def test_a_single_inspection_of_2018_has_one_too(self):
        assert stands("2018-06-01", SIF_INADEQUATE_2018).expected_next.action_plan_due == on("2018-08-23")

    def test_receipt_and_a_council_s_own_date_do_not_move_it(self):
        stated = activity(Kind.ACTION_PLAN_DUE, on="2023-07-18")
        answer = stands("2023-07-19", report("2023-04-11", "G", received="2023-04-05"), stated)
        assert answer.expected_next.action_plan_due == on("2023-07-21")

    def test_it_stays_until_the_next_graded_report(self):
        later = report("2023-05-09", "R")
        assert stands("2023-05-08", RI_2019, later).expected_next.action_plan_due == on("2019-10-08")
        assert stands("2023-05-09", RI_2019, later).expected_next.action_plan_due == on("2023-08-16")

    def test_beyond_the_known_bank_holidays_it_is_absent_with_a_caveat(self):
        answer = stands("2028-10-03", report("2028-10-02", "I"))
        assert answer.expected_next.action_plan_due is None
        assert any("31 December 2028" in caveat for caveat in answer.caveats)
        assert answer.expected_next.graded.window_from == on("2031-04-02")

    def test_a_window_that_hangs_on_an_unknown_plan_date_is_absent(self):
        known = BankHolidays(frozenset(), on("2018-01-01"), on("2018-12-31"))
        answer = stands("2018-06-01", SIF_INADEQUATE, holidays=known)
        assert told(answer) == (POST, "None..None", "no_window")


class TestPriorityAction:
    def override(self, day: str, *history):
        return stands(day, *history).expected_next.priority_action_override

    def test_its_months_are_counted_from_the_month_of_the_visit(self):
        found = self.override("2023-06-30", GOOD_2018, PRIORITY_2023)
        assert found is not None
        assert found.visit_month.text == "2023-03"
        assert found.expected_from_month.text == "2023-08"
        assert found.expected_to_month.text == "2024-09"
        assert found.type is GradedType.STANDARD

    @pytest.mark.parametrize(
        ("visit", "counts"),
        [
            (focused(start="2019-06-30", published="2019-08-01", priority_action=True), False),
            (focused(start="2019-07-01", published="2019-08-01", priority_action=True), True),
            (focused(start="2019-07-02", published="2019-08-01", priority_action=True), True),
            (focused(start="2020-03-03", published="2020-04-03", priority_action=False), False),
            (focused(start="2020-03-03", published="2020-04-03"), False),
            (focused(start="2020-03-03", published="2020-04-03", priority_action_count=2), True),
            (focused(start="2020-03-03", published="2020-04-03", priority_actions=("Unallocated work",)), True),
            (
                focused(start="2020-10-13", published="2020-11-20", priority_action=True, subtype="covid_assurance"),
                True,
            ),
            (activity(Kind.JTAI, start="2020-03-02", published="2020-04-03", priority_action=True), False),
            (activity(Kind.MONITORING_VISIT, start="2020-03-03", published="2020-04-03", priority_action=True), False),
        ],
    )
    def test_only_a_focused_visit_with_priority_action_since_the_governing_report_counts(self, visit, counts):
        assert (self.override("2021-01-01", RI_2019, visit) is not None) is counts

    @pytest.mark.parametrize(("day", "counts"), [("2020-04-02", False), ("2020-04-03", True)])
    def test_it_counts_from_the_day_its_letter_is_public(self, day, counts):
        visit = focused(start="2020-03-03", published="2020-04-03", priority_action=True)
        assert (self.override(day, RI_2019, visit) is not None) is counts

    @pytest.mark.parametrize(("day", "counts"), [("2023-03-30", False), ("2023-03-31", True)])
    def test_a_visit_known_by_its_month_is_public_on_the_months_last_day(self, day, counts):
        assert (self.override(day, GOOD_2018, PRIORITY_2023) is not None) is counts

    @pytest.mark.parametrize(("day", "counts"), [("2023-09-30", True), ("2023-10-01", False)])
    def test_it_ends_with_the_day_it_is_resolved(self, day, counts):
        resolved = replace(PRIORITY_2023, priority_action_resolved=on("2023-10-01"))
        assert (self.override(day, GOOD_2018, resolved) is not None) is counts

    def test_an_earlier_unresolved_one_remains_when_the_latest_is_resolved(self):
        first = focused(start="2022-01-11", published="2022-02-11", priority_action=True)
        latest = replace(PRIORITY_2023, priority_action_resolved=on("2023-10-01"))
        found = self.override("2023-09-01", GOOD_2018, first, latest)
        assert found is not None
        assert found.visit_month.text == "2023-03"
        found = self.override("2023-11-01", GOOD_2018, first, latest)
        assert found is not None
        assert found.visit_month.text == "2022-01"

    def test_it_ends_with_the_next_graded_report(self):
        assert self.override("2024-01-30", GOOD_2018, PRIORITY_2023, INADEQUATE_2024) is None
        assert self.override("2024-01-29", GOOD_2018, PRIORITY_2023, INADEQUATE_2024) is not None

    def test_an_inadequate_authority_has_none(self):
        visit = focused(start="2024-06-04", published="2024-07-04", priority_action=True)
        assert self.override("2024-08-01", INADEQUATE_2024, visit) is None

    def test_the_last_month_stands_for_a_visit_known_by_its_year(self):
        found = self.override("2023-01-01", GOOD_2018, focused(period="2022", priority_action=True))
        assert found is not None
        assert found.visit_month.text == "2022-12"
        assert (found.expected_from_month.text, found.expected_to_month.text) == ("2023-05", "2024-06")


class TestInterim:
    @pytest.mark.parametrize(
        ("day", "kind"),
        [
            ("2024-01-30", InterimType.ACTION_PLAN_SUBMISSION),
            ("2024-05-09", InterimType.ACTION_PLAN_SUBMISSION),
            ("2024-05-10", InterimType.ACTION_PLAN_SUBMISSION),
            ("2024-05-11", InterimType.MONITORING_VISIT),
            ("2026-08-22", InterimType.MONITORING_VISIT),
        ],
    )
    def test_an_inadequate_authority_submits_its_plan_and_is_then_monitored(self, day, kind):
        interim = stands(day, INADEQUATE_2024).expected_next.interim
        assert interim is not None
        assert interim.type is kind
        if kind is InterimType.ACTION_PLAN_SUBMISSION:
            assert (interim.due, interim.nominal_interval_days) == (on("2024-05-10"), None)
        else:
            assert (interim.due, interim.nominal_interval_days) == (None, 91)

    def test_single_inspections_before_2018_had_an_older_scheme(self):
        assert stands("2018-06-01", SIF_INADEQUATE).expected_next.interim is None
        found = stands("2018-06-01", SIF_INADEQUATE_2018).expected_next.interim
        assert found is not None
        assert found.due == on("2018-08-23")

    @pytest.mark.parametrize("overall", ["O", "G", "R"])
    def test_the_other_pathways_have_none(self, overall):
        assert stands("2024-03-01", report("2024-01-30", overall)).expected_next.interim is None

    def test_a_report_awaited_comes_first(self):
        again = report("2026-08-03", "I", start="2026-03-16", end="2026-03-27")
        interim = stands("2026-04-01", INADEQUATE_2024, again).expected_next.interim
        assert interim is not None
        assert interim.type is InterimType.REPORT_PUBLICATION

    def test_a_second_inadequate_report_starts_the_plan_again(self):
        interim = stands("2026-08-22", INADEQUATE_2024, INADEQUATE_AGAIN).expected_next.interim
        assert interim is not None
        assert (interim.type, interim.due) == (InterimType.ACTION_PLAN_SUBMISSION, on("2026-11-10"))


class TestGradedExpectation:
    def test_it_names_report_window_and_rules(self):
        found = expectation(stands("2022-10-31", RI_2019), STANDARD, "pathway")
        assert found.why == (
            "The report published on 1 July 2019 put the authority on the requires improvement pathway, so a standard "
            "inspection is expected between 1 January 2022 and 1 January 2023, 30 to 42 months after publication."
        )
        assert {"R-020", "R-025", "R-038"} <= set(found.rules)

    @pytest.mark.parametrize(
        ("published", "affected"),
        [("2017-06-30", False), ("2017-07-01", True), ("2020-03-16", True), ("2020-03-17", False)],
    )
    def test_the_pandemic_adds_a_caveat_and_moves_nothing(self, published, affected):
        found = expectation(stands("2021-01-01", report(published, "G")), SHORT, "pathway")
        assert any("pandemic" in caveat for caveat in found.caveats) is affected
        assert ("R-081" in found.rules) is affected

    def test_the_pandemic_caveat_states_an_end_15_months_later(self):
        found = expectation(stands("2021-01-01", RI_2019), STANDARD)
        assert found.due_to == on("2023-01-01")
        assert any("1 April 2024" in caveat for caveat in found.caveats)

    def test_six_months_of_peace_are_said_only_where_they_reach_into_the_window(self):
        visit = focused(start="2021-11-09", end="2021-11-10", published="2021-12-10")
        for day, said in (("2021-12-20", True), ("2022-05-09", True), ("2022-05-10", False)):
            found = expectation(stands(day, RI_2019, visit), STANDARD)
            assert any("until 10 May 2022" in caveat for caveat in found.caveats) is said
        found = expectation(stands("2019-08-01", RI_2019), STANDARD)
        assert not any("six months" in caveat for caveat in found.caveats)

    def test_a_visit_known_by_its_month_is_named_by_its_month(self):
        found = expectation(stands("2023-06-30", GOOD_2018, PRIORITY_2023), STANDARD, "pathway")
        assert any("last there in March 2023" in caveat for caveat in found.caveats)
        assert "R-030" not in found.rules

    def test_priority_action_adds_an_expectation_of_its_own(self):
        answer = stands("2023-06-30", GOOD_2018, PRIORITY_2023)
        window = expectation(answer, STANDARD, "pathway")
        after = expectation(answer, STANDARD, "priority_action")
        assert (window.status, after.status) == (WindowStatus.OVERDUE, WindowStatus.UPCOMING)
        assert (after.due_from, after.due_to) == (on("2023-08-01"), on("2024-09-30"))

    def test_a_first_inspection_is_inferred_to_come_within_two_years(self):
        new = AuthorityFacts(urn="2733690", name="Cumberland", formed_on=on("2023-04-01"))
        answer = stands("2023-06-30", activity(Kind.AUTHORITY_CREATED, on="2023-04-01"), authority=new)
        found = expectation(answer, STANDARD)
        assert (found.due_from, found.due_to) == (on("2024-04-01"), on("2025-04-01"))
        assert found.inferred
        assert "inferred" in found.why

    def test_a_window_opening_in_a_closed_season_names_the_first_likely_monday(self):
        found = expectation(stands("2026-03-01", report("2024-02-01", "G")), SHORT)
        assert any("7 September 2026" in caveat for caveat in found.caveats)

    def test_fieldwork_going_on_is_said(self):
        inspection = report("2022-07-04", "G", start="2022-05-09", end="2022-05-20")
        found = expectation(stands("2022-05-12", RI_2019, inspection), STANDARD)
        assert found.why.startswith("Inspectors have been on site since 9 May 2022")


def test_an_abolished_authority_keeps_its_history_and_expects_nothing():
    cumbria = AuthorityFacts(urn="80457", name="Cumbria", abolished_on=on("2023-04-01"))
    history = report("2022-11-25", "R")
    before = stands("2023-03-31", history, authority=cumbria)
    after = stands("2023-04-01", history, authority=cumbria)
    assert before.expectations
    assert before.expected_next.graded.window_from is not None
    assert after.expectations == ()
    assert after.expected_next == NOTHING_EXPECTED
    assert after.pathway is Pathway.REQUIRES_IMPROVEMENT
    assert any("abolished on 1 April 2023" in caveat for caveat in after.caveats)


def test_an_empty_store_answers_unknown():
    answer = stands("2026-08-22")
    assert answer.pathway is Pathway.UNKNOWN
    assert told(answer) == (None, "None..None", "no_window")
    assert answer.governing is None
    assert answer.expectations == ()


def test_leaving_the_expectations_out_changes_nothing_else():
    full = stands("2023-06-30", GOOD_2018, PRIORITY_2023)
    brief = stands("2023-06-30", GOOD_2018, PRIORITY_2023, with_expectations=False)
    assert brief == replace(full, expectations=())


A_LIFE = (
    FIRST_SIF,
    GOOD_2018,
    activity(Kind.JTAI, start="2019-12-09", end="2019-12-13", published="2020-01-31", statement_due="2020-05-13"),
    activity(Kind.ENGAGEMENT_MEETING, on="2022-11-08"),
    activity(Kind.SELF_EVALUATION, period="2022-10"),
    focused(start="2021-06-22"),
    PRIORITY_2023,
    INADEQUATE_2024,
    activity(Kind.MONITORING_VISIT, start="2024-07-30", end="2024-07-31", number=1),
    activity(Kind.MONITORING_VISIT, start="2025-01-21", end="2025-01-22", published="2025-02-20", number=2),
    four("2026-07-07", "GIGR", start="2026-05-11", end="2026-05-22"),
)


@given(st.dates(date(2013, 1, 1), date(2028, 6, 30)))
@settings(max_examples=examples(300), deadline=None)
def test_on_every_day_of_a_life_the_answer_is_whole(day):
    answer = stands(day.isoformat(), *A_LIFE)
    graded = answer.expected_next.graded
    assert (graded.type is None) is (answer.pathway is Pathway.UNKNOWN)
    assert (graded.window_from is None) is (graded.status is WindowStatus.NO_WINDOW)
    if answer.governing is not None:
        assert answer.governing.public_on <= day
    for one in (answer, *answer.expectations):
        assert one.why.endswith(".")
        assert one.why.count("None") == 0
        assert one.rules
        if one.inferred:
            assert "inferred" in " ".join((one.why, *one.caveats))


@given(st.permutations(A_LIFE), st.dates(date(2014, 1, 1), date(2027, 1, 1)))
@settings(max_examples=examples(60), deadline=None)
def test_the_order_in_which_activities_are_given_does_not_matter(shuffled, day):
    assert stands(day.isoformat(), *shuffled) == stands(day.isoformat(), *A_LIFE)


@given(st.dates(date(2014, 1, 1), date(2027, 1, 1)))
@settings(max_examples=examples(100), deadline=None)
def test_what_comes_later_changes_nothing_earlier(day):
    known = [one for one in A_LIFE if one.visible_on <= day]
    assert stands(day.isoformat(), *known) == stands(day.isoformat(), *A_LIFE)


@settings(deadline=None)
@given(st.dates(date(2018, 1, 1), date(2026, 1, 1)), st.sampled_from("OGRI"))
def test_the_window_is_twelve_months_long_around_its_midpoint(published, overall):
    graded = stands(
        (published + timedelta(days=1)).isoformat(), report(published.isoformat(), overall)
    ).expected_next.graded
    assert graded.window_from < graded.midpoint < graded.window_to
    assert 365 <= (graded.window_to - graded.window_from).days <= 366
