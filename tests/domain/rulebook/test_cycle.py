"""What comes between graded inspections: focused visits, monitoring, the yearly meeting, six months' peace."""

from __future__ import annotations

import pytest

from domain.rulebook.results import WindowStatus
from domain.values.activities import AuthorityFacts
from domain.values.statements import Kind
from tests.domain.rulebook.story import activity, expectation, focused, on, report, sif, stands

GOOD_2022 = report("2022-07-05", "G", start="2022-05-09", end="2022-05-20")
IMPROVING_2022 = report("2022-07-05", "R", start="2022-05-09", end="2022-05-20")
INADEQUATE = report("2024-01-30", "I", start="2023-11-27", end="2023-12-08")
JOINT = activity(Kind.JTAI, start="2023-06-05", end="2023-06-09", published="2023-07-27")
JOINT_AGAIN = activity(Kind.JTAI, start="2024-01-15", end="2024-01-19", published="2024-03-07")
VISIT = focused(start="2023-03-07", end="2023-03-08", published="2023-04-12")
VISIT_AGAIN = focused(start="2024-02-06", end="2024-02-07", published="2024-03-12")
EARLIER_JOINT = activity(Kind.JTAI, start="2021-11-01", end="2021-11-05", published="2021-12-17")


@pytest.mark.parametrize(
    ("visits", "sentence"),
    [
        ([], "Two focused visits are expected"),
        ([EARLIER_JOINT], "Two focused visits are expected"),
        ([VISIT], "One more focused visit"),
        ([JOINT], "One more focused visit"),
        ([JOINT, JOINT_AGAIN], "One more focused visit"),
        ([VISIT, JOINT], None),
        ([VISIT, VISIT_AGAIN], None),
    ],
)
def test_two_visits_are_expected_where_improvement_is_required_and_one_joint_inspection_counts(visits, sentence):
    answer = stands("2024-12-01", IMPROVING_2022, *visits)
    if sentence is None:
        assert not [one for one in answer.expectations if one.activity == "focused_visit"]
    else:
        assert expectation(answer, "focused_visit").why.startswith(sentence)
        assert expectation(answer, "focused_visit").rules == ("R-038",)


@pytest.mark.parametrize(
    ("visits", "said"),
    [
        (
            [VISIT],
            "One focused visit is held here since 20 May 2022; one is usual between inspections, and a second was",
        ),
        (
            [JOINT],
            "One joint inspection is held here since 20 May 2022; one is usual between inspections, and a second",
        ),
        ([VISIT, VISIT_AGAIN], "Two focused visits are held here since 20 May 2022; one is usual between inspections"),
    ],
)
def test_on_the_good_pathway_one_visit_is_expected_and_of_a_second_it_is_said_how_rare_it_was(visits, said):
    none_yet = expectation(stands("2024-12-01", GOOD_2022), "focused_visit")
    assert none_yet.why == (
        "One focused visit, or a joint inspection in its place, is expected in the interval since 20 May 2022."
    )
    assert none_yet.caveats[1].endswith("15 to 21 months after publication, here from 5 October 2023 to 5 April 2024.")
    answer = stands("2024-12-01", GOOD_2022, *visits)
    assert not [one for one in answer.expectations if one.activity == "focused_visit"]
    (caveat,) = [one for one in expectation(answer, "short_inspection").caveats if "usual between inspections" in one]
    assert caveat.startswith(said)
    assert "seen in 8 of 91 intervals (about 1 of 10)." in caveat


def test_a_second_visit_is_timed_from_the_first():
    found = expectation(stands("2024-12-01", IMPROVING_2022, VISIT), "focused_visit")
    assert found.caveats[1].endswith("5½ to 18 months after the first, here from 23 August 2023 to 8 September 2024.")


@pytest.mark.parametrize(("start", "counts"), [("2020-09-28", True), ("2020-09-29", False), ("2021-05-31", False)])
def test_a_visit_of_the_covid_round_counts_towards_no_interval(start, counts):
    good = report("2019-07-01", "G", start="2019-05-20", end="2019-05-24")
    names = [one.activity for one in stands("2021-12-01", good, focused(start=start, end=start)).expectations]
    assert ("focused_visit" not in names) is counts
    marked = focused(start="2021-06-09", end="2021-06-10", subtype="covid_assurance")
    assert "focused_visit" in [one.activity for one in stands("2021-12-01", good, marked).expectations]


def test_an_inadequate_authority_gets_no_ordinary_focused_visits():
    names = [one.activity for one in stands("2024-12-01", INADEQUATE).expectations]
    assert "focused_visit" not in names
    assert "monitoring_visit" in names


def test_after_priority_action_a_further_focused_visit_is_possible():
    urgent = focused(start="2023-03-07", end="2023-03-08", published="2023-04-12", priority_action=True)
    answer = stands("2024-12-01", GOOD_2022, urgent, VISIT_AGAIN)
    assert expectation(answer, "focused_visit").basis == "priority_action"


@pytest.mark.parametrize(("day", "said"), [("2023-09-07", True), ("2023-09-08", False)])
def test_six_months_between_visits_are_an_aim_not_a_bar(day, said):
    caveats = expectation(stands(day, IMPROVING_2022, VISIT), "focused_visit").caveats
    assert any("without being bound to it" in caveat for caveat in caveats) is said


class TestMonitoring:
    FIRST = activity(Kind.MONITORING_VISIT, start="2024-07-30", end="2024-07-31", number=1)

    def test_the_first_visit_is_meant_within_four_weeks_of_the_plan_s_date(self):
        found = expectation(stands("2024-05-11", INADEQUATE), "monitoring_visit")
        assert found.due_from == on("2024-06-07")
        assert found.due_to == on("2024-10-30")

    @pytest.mark.parametrize(
        ("day", "status", "colour"),
        [
            ("2024-10-30", WindowStatus.UPCOMING, "Late from 31 January 2025"),
            ("2024-10-31", WindowStatus.IN_WINDOW, "Late from 31 January 2025"),
            ("2025-01-31", WindowStatus.IN_WINDOW, "Late since 31 January 2025"),
            ("2025-04-29", WindowStatus.IN_WINDOW, "Late since 31 January 2025"),
            ("2025-04-30", WindowStatus.IN_WINDOW, "Very late since 30 April 2025"),
            ("2025-05-01", WindowStatus.OVERDUE, "Very late since 30 April 2025"),
        ],
    )
    def test_the_next_is_expected_after_three_months_amber_at_six_red_at_nine(self, day, status, colour):
        found = expectation(stands(day, INADEQUATE, self.FIRST), "monitoring_visit")
        assert (found.due_from, found.due_to) == (on("2024-10-31"), on("2025-04-30"))
        assert found.status is status
        assert any(told.startswith(colour) for told in found.caveats)

    def test_a_visit_known_by_its_month_counts_from_the_month_s_last_day(self):
        visit = activity(Kind.MONITORING_VISIT, period="2025-04", number=3)
        found = expectation(stands("2025-06-01", INADEQUATE, visit), "monitoring_visit")
        assert found.due_from == on("2025-07-30")

    def test_visits_of_an_earlier_inadequate_report_do_not_count(self):
        again = report("2025-05-12", "I", start="2025-02-03", end="2025-02-14")
        found = expectation(stands("2025-06-01", INADEQUATE, self.FIRST, again), "monitoring_visit")
        assert "first monitoring visit" in found.why

    def test_an_action_planning_visit_comes_before_the_plan_is_due(self):
        assert expectation(stands("2024-03-01", INADEQUATE), "action_planning_visit").rules == ("R-040", "R-055")
        held = activity(Kind.ACTION_PLANNING_VISIT, on="2024-02-20")
        for day, history in (("2024-03-01", (INADEQUATE, held)), ("2024-06-01", (INADEQUATE,))):
            assert "action_planning_visit" not in [one.activity for one in stands(day, *history).expectations]

    def test_inherited_monitoring_goes_on_from_the_day_of_formation(self):
        west = AuthorityFacts(urn="2637548", name="West Northamptonshire", formed_on=on("2021-04-01"))
        created = activity(Kind.AUTHORITY_CREATED, on="2021-04-01")
        found = expectation(stands("2021-06-30", created, authority=west), "monitoring_visit")
        assert found.due_from == on("2021-07-01")
        assert found.rules == ("R-070", "R-043")

    def test_single_inspections_before_2018_have_no_monitoring_row(self):
        names = [one.activity for one in stands("2018-06-01", sif("2017-04-07", "I")).expectations]
        assert "monitoring_visit" not in names


class TestTheYear:
    MEETING = activity(Kind.ENGAGEMENT_MEETING, on="2024-11-06")

    @pytest.mark.parametrize(
        ("day", "status", "colour"),
        [
            ("2025-11-06", WindowStatus.UPCOMING, "Late from 6 December 2025"),
            ("2025-11-07", WindowStatus.OVERDUE, "Late from 6 December 2025"),
            ("2025-12-06", WindowStatus.OVERDUE, "Late since 6 December 2025"),
            ("2026-02-06", WindowStatus.OVERDUE, "Very late since 6 February 2026"),
        ],
    )
    def test_a_meeting_is_inferred_to_be_due_a_year_after_the_last(self, day, status, colour):
        found = expectation(stands(day, GOOD_2022, self.MEETING), "engagement_meeting")
        assert (found.due_from, found.due_to) == (None, on("2025-11-06"))
        assert found.status is status
        assert any(told.startswith(colour) for told in found.caveats)
        assert found.inferred
        assert "inferred" in found.why

    def test_the_self_evaluation_is_inferred_ten_working_days_before_it(self):
        found = expectation(stands("2025-06-01", GOOD_2022, self.MEETING), "self_evaluation")
        assert found.due_to == on("2025-10-23")
        assert found.inferred
        shared = activity(Kind.SELF_EVALUATION, on="2025-05-20")
        names = [one.activity for one in stands("2025-06-01", GOOD_2022, self.MEETING, shared).expectations]
        assert "self_evaluation" not in names

    def test_its_letter_follows_within_a_month(self):
        found = expectation(stands("2024-11-20", GOOD_2022, self.MEETING), "engagement_letter")
        assert found.due_to == on("2024-12-06")
        assert not found.inferred
        answered = activity(Kind.ENGAGEMENT_MEETING, on="2024-11-06", letter_received="2024-12-02")
        names = [one.activity for one in stands("2024-12-03", GOOD_2022, answered).expectations]
        assert "engagement_letter" not in names
        names = [one.activity for one in stands("2024-12-01", GOOD_2022, answered).expectations]
        assert "engagement_letter" in names

    def test_without_a_recorded_meeting_no_date_is_made_up(self):
        found = expectation(stands("2024-11-20", GOOD_2022), "engagement_meeting")
        assert (found.due_from, found.due_to) == (None, None)
        assert not found.inferred
