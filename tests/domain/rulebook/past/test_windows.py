"""Earlier windows held to account: what was stated, what came, by how much, and why where a rule says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.frameworks import Framework
from domain.rulebook.past.reports import PublicationOutcome
from domain.rulebook.past.windows import WindowOutcome, past_windows
from domain.rulebook.results import GradedType, Pathway
from domain.values.activities import Activity, Status
from tests.domain.rulebook.past.story import (
    DORSET,
    HARINGEY,
    HISTORIES,
    LUTON,
    NOTTINGHAM,
    STOCKTON,
    TOWER_HAMLETS,
    first,
    inspected,
    rules,
    windows,
)
from tests.domain.rulebook.story import TYNEHAVEN, england, focused, four, on, report, sif

# --- real histories, checked by hand --------------------------------------------------------------------------------


def test_stockton_came_late_and_in_the_months_after_priority_action():
    good, improving, running = windows("2026-08-22", *STOCKTON)
    assert (good.outcome, good.type_as_expected) == (WindowOutcome.INSIDE, True)
    assert (improving.outcome, improving.days) == (WindowOutcome.LATE, 64)
    assert (improving.stated.window_from, improving.stated.window_to) == (on("2022-01-01"), on("2023-01-01"))
    assert improving.stated.on == on("2023-03-05"), "the eve of the first day on site"
    assert improving.inside_priority_range is True
    assert improving.first_stated is not None
    assert improving.first_stated.priority is None
    assert improving.change is not None
    assert "focused visit of September 2022" in improving.change.text
    assert rules(improving) == ["R-034", "R-081"]
    assert (
        improving.said
        == "A standard inspection was expected between 1 January 2022 and 1 January 2023; inspectors came "
        "on 6 March 2023, 64 days after it closed."
    )
    assert (running.outcome, running.days, running.came) == (WindowOutcome.OPEN, 79, None)


def test_tower_hamlets_came_inside_a_window_counted_from_its_plan():
    inside, _ = windows("2026-08-22", *TOWER_HAMLETS)
    assert (inside.stated.window_from, inside.stated.window_to) == (on("2018-07-20"), on("2019-07-20"))
    assert (inside.outcome, inside.days, inside.explanations) == (WindowOutcome.INSIDE, 0, ())
    assert inside.first_stated is not None
    assert (inside.first_stated.type, inside.stated.type) == (GradedType.POST_MONITORING, GradedType.STANDARD)
    assert inside.change is not None
    assert inside.change.rules == ("R-041",)


def test_nottingham_is_overdue_and_no_rule_explains_it():
    before_ilacs, by_days, waiting = windows("2026-08-22", *NOTTINGHAM)
    assert (before_ilacs.outcome, rules(before_ilacs)) == (WindowOutcome.LATE, ["R-002"])
    assert (by_days.outcome, by_days.days, rules(by_days)) == (WindowOutcome.LATE, 4, ["R-081", "R-050"])
    assert "was 11 July 2022" in by_days.explanations[-1].text
    assert (waiting.outcome, waiting.days, waiting.explanations) == (WindowOutcome.OVERDUE, 170, ())
    assert waiting.stated.window_to == on("2026-03-05")


def test_haringey_came_late_through_the_pandemic():
    late = first("2026-08-22", *HARINGEY)
    assert (late.outcome, late.days) == (WindowOutcome.LATE, 244)
    assert rules(late) == ["R-011", "R-081"]
    assert "on 14 days of this window" in late.explanations[0].text
    assert "read as 14 September 2023, and inspectors came by then" in late.explanations[1].text


def test_luton_came_early_and_no_rule_says_why():
    early = first("2026-08-22", *LUTON)
    assert (early.outcome, early.days, early.explanations) == (WindowOutcome.EARLY, 44, ())
    assert early.said.endswith("inspectors came on 11 July 2022, 44 days before the window opened.")


# --- inside, early, late: the days around each end ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "outcome", "days"),
    [
        ("2025-11-08", WindowOutcome.EARLY, 1),
        ("2025-11-09", WindowOutcome.INSIDE, 0),
        ("2026-11-09", WindowOutcome.INSIDE, 0),
        ("2026-11-10", WindowOutcome.LATE, 1),
    ],
)
def test_both_ends_of_a_window_are_inside_it(start: str, outcome: WindowOutcome, days: int):
    came = report(None, None, start=start)
    found = first("2026-12-01", report("2023-05-09", "R"), came)
    assert (found.outcome, found.days) == (outcome, days)


@pytest.mark.parametrize(
    ("day", "outcome", "days"),
    [
        ("2025-11-08", WindowOutcome.NOT_DUE, 1),
        ("2025-11-09", WindowOutcome.OPEN, 365),
        ("2026-11-09", WindowOutcome.OPEN, 0),
        ("2026-11-10", WindowOutcome.OVERDUE, 1),
    ],
)
def test_a_window_that_nothing_came_in_yet_runs_until_its_last_day(day: str, outcome: WindowOutcome, days: int):
    found = first(day, report("2023-05-09", "R"))
    assert (found.outcome, found.days, found.came) == (outcome, days, None)
    assert found.stated.on == on(day)


def test_a_call_is_told_beside_the_window_until_inspectors_come():
    call = report(None, None, notified=on("2022-08-01"))
    (window,) = windows("2022-08-03", inspected("2019-05-20", "2019-05-24", "2019-07-01", "R"), call)
    assert (window.outcome, window.came) == (WindowOutcome.OPEN, None)
    assert window.said.endswith("Ofsted called on 1 August 2022 (R-097).")
    gone = replace(call, call_withdrawn=on("2022-08-02"))
    (without,) = windows("2022-08-03", inspected("2019-05-20", "2019-05-24", "2019-07-01", "R"), gone)
    assert "called" not in without.said


def test_while_a_monday_on_which_inspections_start_has_not_passed_the_calendar_explains_the_wait():
    closed_on_a_monday = report("2023-05-09", "R")
    assert rules(first("2026-11-15", closed_on_a_monday)) == ["R-050"], "the next Monday is the 16th"
    assert rules(first("2026-11-16", closed_on_a_monday)) == []


def test_before_the_first_report_there_is_no_window():
    assert windows("2023-05-08", report("2023-05-09", "R")) == ()
    assert windows("2023-05-09") == ()


# --- what is not known exactly --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "outcome", "days", "words"),
    [
        (sif("2016-02-01", "G"), WindowOutcome.EARLY, 93, "at least 93 days before the window opened"),
        (sif("2016-07-01", "G"), WindowOutcome.NOT_JUDGED, 0, "only the day of publication, 1 July 2016, is known"),
        (sif("2017-07-01", "G"), WindowOutcome.NOT_JUDGED, 0, "beyond that this was 58 days after the window closed"),
        (
            sif("2016-09-01", "G", end="2016-07-08"),
            WindowOutcome.NOT_JUDGED,
            0,
            "only the last day on site, 8 July 2016",
        ),
        (sif("2016-09-01", "G", period="2016-07"), WindowOutcome.INSIDE, 0, "all of it inside the window"),
        (sif("2017-09-01", "G", period="2017-07"), WindowOutcome.LATE, 58, "at least 58 days after the window closed"),
        (sif("2017-07-01", "G", period="2017-05"), WindowOutcome.NOT_JUDGED, 0, "only the month or year is known"),
    ],
)
def test_an_inspection_known_only_by_some_of_its_days_is_judged_by_what_they_prove(
    came: Activity, outcome: WindowOutcome, days: int, words: str
):
    """The window of this report runs from 4 May 2016 to 4 May 2017."""
    governs = sif("2013-11-04", "R", start="2013-10-01", end="2013-10-10")
    found = first("2018-01-01", governs, came)
    assert (found.stated.window_from, found.stated.window_to) == (on("2016-05-04"), on("2017-05-04"))
    assert (found.outcome, found.days) == (outcome, days), found.said
    assert found.at_least is (outcome in (WindowOutcome.EARLY, WindowOutcome.LATE, WindowOutcome.INSIDE))
    assert words in found.said


def test_a_report_whose_grades_are_not_known_has_no_window_to_be_held_to():
    found = first("2026-01-01", report("2019-05-09", None), inspected("2022-05-09", "2022-05-20", "2022-07-01", "G"))
    assert (found.outcome, found.stated.pathway) == (WindowOutcome.NOT_JUDGED, Pathway.UNKNOWN)
    assert "not known here, so no window was stated" in found.said


def test_a_report_published_when_the_next_inspection_had_begun_has_no_window_to_be_held_to():
    odd = (report("2019-05-09", "R", start="2019-04-01"), report("2019-07-09", "G", start="2019-05-06"))
    assert first("2020-01-01", *odd).outcome is WindowOutcome.NOT_JUDGED
    assert "had begun before this report was published" in first("2020-01-01", *odd).said


# --- why ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "start", "whole", "part"),
    [
        ("2018-01-08", "2021-09-06", ["R-011", "R-081"], []),
        ("2018-01-08", "2024-09-09", ["R-011"], ["R-081"]),
        ("2017-05-08", "2021-09-06", ["R-011"], []),
        ("2016-05-09", "2021-09-06", [], ["R-011"]),
        ("2016-05-09", "2020-03-09", [], []),
        ("2020-03-16", "2023-10-02", ["R-081"], []),
        ("2020-03-17", "2023-10-02", [], []),
        ("2018-01-29", "2021-09-06", ["R-011", "R-081", "R-050"], []),
        ("2021-06-24", "2025-01-20", [], ["R-050"]),
        ("2021-06-24", "2025-01-13", ["R-050"], []),
        ("2021-06-24", "2025-02-03", [], []),
    ],
)
def test_what_explains_a_late_inspection(published: str, start: str, whole: list[str], part: list[str]):
    """Windows of requires improvement: 42 months from publication."""
    end = str(on(start) + timedelta(days=11))
    found = first("2026-01-01", report(published, "R"), inspected(start, end, None, None))
    assert found.outcome is WindowOutcome.LATE, found.said
    assert (rules(found, in_part=False), rules(found, in_part=True)) == (whole, part)


def test_priority_action_explains_an_early_standard_inspection():
    visit = focused(start="2023-05-09", end="2023-05-10", published="2023-06-12", priority_action=True)
    came = inspected("2024-02-05", "2024-02-16", "2024-04-02", "R")
    found = first("2025-01-01", report("2022-05-09", "G"), visit, came)
    assert (found.outcome, found.inside_priority_range, rules(found)) == (WindowOutcome.EARLY, True, ["R-034"])
    assert (found.stated.type, found.type_as_expected) == (GradedType.STANDARD, True)
    assert found.change is not None
    assert "no longer a short one; it came in those months" in found.change.text


def test_priority_action_explains_nothing_outside_its_months():
    visit = focused(start="2022-09-06", end="2022-09-07", published="2022-10-12", priority_action=True)
    came = inspected("2024-04-15", "2024-04-26", "2024-06-02", "R")
    found = first("2025-01-01", report("2022-05-09", "G"), visit, came)
    assert (found.outcome, found.inside_priority_range, rules(found)) == (WindowOutcome.EARLY, False, [])
    assert found.change is not None
    assert "it came outside those months" in found.change.text


def test_priority_action_whose_months_are_not_over_explains_a_wait():
    visit = focused(start="2022-11-08", end="2022-11-09", published="2022-12-12", priority_action=True)
    governs = report("2019-07-01", "R")
    assert rules(first("2023-06-01", governs, visit), in_part=False)[0] == "R-034"
    assert "R-034" not in rules(first("2024-06-01", governs, visit))


def test_a_priority_action_that_was_not_public_on_the_eve_counts_for_nothing():
    visit = focused(start="2024-01-16", end="2024-01-17", published="2024-02-20", priority_action=True)
    came = inspected("2024-02-05", "2024-02-16", "2024-04-02", "R")
    found = first("2025-01-01", report("2022-05-09", "G"), visit, came)
    assert (found.stated.priority, found.stated.type) == (None, GradedType.SHORT)


@pytest.mark.parametrize(
    ("overall", "came", "as_expected", "rule"),
    [
        ("G", inspected("2022-05-09", "2022-05-13", None, None), True, None),
        ("G", inspected("2022-05-09", "2022-05-20", None, None), False, "R-032"),
        ("R", inspected("2022-05-09", "2022-05-20", None, None), True, None),
        ("R", inspected("2022-05-09", "2022-05-13", None, None), False, None),
        ("G", report(None, None, start="2022-05-09"), None, None),
        ("G", sif("2022-05-09", "G", start="2022-04-04", end="2022-04-28"), None, None),
    ],
)
def test_the_kind_of_inspection_is_compared_where_it_can_be(
    overall: str, came: Activity, as_expected: bool | None, rule: str | None
):
    found = first("2022-06-01", report("2019-05-09", overall), came)
    assert found.type_as_expected is as_expected
    assert (found.type_explanation.rules if found.type_explanation else None) == ((rule,) if rule else None)


def test_a_single_inspection_of_an_inadequate_authority_is_the_post_monitoring_one():
    came = sif("2017-06-13", "R", start="2017-04-24", end="2017-05-18")
    found = first("2018-01-01", sif("2015-05-12", "I"), came)
    assert (found.stated.type, found.type_as_expected) == (GradedType.POST_MONITORING, True)


def test_the_kind_is_not_told_while_inspectors_are_on_site():
    came = inspected("2022-05-09", "2022-05-20", "2022-07-01", "G")
    assert first("2022-05-19", report("2019-05-09", "G"), came).came_type is None
    assert first("2022-05-20", report("2019-05-09", "G"), came).came_type is GradedType.STANDARD


# --- new and abolished authorities ----------------------------------------------------------------------------------


def test_the_first_inspection_of_a_new_authority_is_held_to_the_inferred_months():
    late, running = windows("2026-08-22", inspected("2021-09-27", "2021-10-08", "2021-11-19", "G"), authority=DORSET)
    assert (late.report, late.since, late.stated.inferred) == (None, date(2019, 4, 1), True)
    assert (late.stated.window_from, late.stated.window_to) == (on("2020-04-01"), on("2021-04-01"))
    assert (late.outcome, late.days, rules(late)) == (WindowOutcome.LATE, 179, ["R-011"])
    assert running.stated.inferred is False


def test_a_new_authority_of_which_nothing_is_held_is_held_to_nothing():
    assert windows("2026-08-22", authority=DORSET) == ()
    seen = focused(start="2020-02-04", end="2020-02-05", published="2020-03-06")
    assert windows("2020-02-03", seen, authority=DORSET) == ()
    assert first("2020-02-04", seen, authority=DORSET).outcome is WindowOutcome.NOT_DUE


def test_of_an_abolished_authority_nothing_is_overdue():
    gone = replace(TYNEHAVEN, abolished_on=date(2021, 4, 1))
    governs = report("2016-05-09", "R")
    assert first("2021-03-31", governs, authority=gone).outcome is WindowOutcome.OVERDUE
    ended = first("2021-04-01", governs, authority=gone)
    assert (ended.outcome, ended.days) == (WindowOutcome.ENDED, 0)
    assert "abolished on 1 April 2021, before another inspection came" in ended.said


# --- which reports governed -----------------------------------------------------------------------------------------


def test_reports_follow_one_another_as_each_governed():
    graded = report("2019-05-09", "R", start="2019-04-01")
    again = report("2019-06-09", None)
    same_day = report("2019-05-09", "G", start="2019-03-01")
    struck = replace(report("2020-05-09", "I"), status=Status.WITHDRAWN)
    older = report("2013-05-09", "R", framework=Framework.CPI)
    found = windows("2021-01-01", older, graded, again, same_day, struck)
    assert [window.report.id for window in found if window.report] == [graded.id]


def test_four_judgements_have_a_window_like_an_overall_grade():
    found = first("2026-12-01", four("2026-06-17", "GGGG"))
    assert (found.outcome, found.stated.pathway) == (WindowOutcome.NOT_DUE, Pathway.GOOD_OR_OUTSTANDING)


# --- when the report came out ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "published", "day", "outcome", "working_days"),
    [
        ("2022-05-20", "2022-07-05", "2022-12-01", PublicationOutcome.ON_TIME, 30),
        ("2022-05-20", "2022-07-06", "2022-12-01", PublicationOutcome.SLOW, 31),
        ("2022-05-20", "2022-08-02", "2022-12-01", PublicationOutcome.SLOW, 50),
        ("2022-05-20", "2022-08-03", "2022-12-01", PublicationOutcome.LATE, 51),
        ("2022-05-20", None, "2022-08-02", PublicationOutcome.AWAITED, None),
        ("2022-05-20", None, "2022-08-03", PublicationOutcome.OVERDUE, None),
        ("2022-03-18", "2022-05-16", "2022-12-01", PublicationOutcome.ON_TIME, 38),
        ("2022-03-18", "2022-05-20", "2022-12-01", PublicationOutcome.SLOW, 42),
        ("2022-03-18", "2022-04-28", "2022-12-01", PublicationOutcome.ON_TIME, 27),
        ("2025-11-14", "2026-01-12", "2026-06-01", PublicationOutcome.ON_TIME, 38),
        ("2025-11-14", "2026-01-13", "2026-06-01", PublicationOutcome.SLOW, 39),
    ],
)
def test_a_report_is_held_to_the_usual_working_days_and_to_elections(
    end: str, published: str | None, day: str, outcome: PublicationOutcome, working_days: int | None
):
    start = str(on(end) - timedelta(days=11))
    came = inspected(start, end, published, "G" if published else None)
    account = first(day, report("2019-05-09", "R"), came).publication
    assert account is not None
    assert (account.outcome, account.working_days) == (outcome, working_days), account.said
    assert account.held_for == (date(2022, 5, 5) if end == "2022-03-18" else None)
    assert ("(inferred)" in account.said) is (account.held_for is not None and published != "2022-04-28")


def test_while_inspectors_are_on_site_nothing_is_said_of_their_report():
    came = inspected("2022-05-09", "2022-05-20", "2022-07-05", "G")
    assert first("2022-05-19", report("2019-05-09", "R"), came).publication is None


def test_a_report_without_a_last_day_on_site_cannot_be_held_to_a_day():
    account = first("2026-01-01", report("2019-05-09", "R"), report("2022-07-05", "G")).publication
    assert account is not None
    assert account.outcome is PublicationOutcome.NOT_JUDGED


# --- nothing later leaks into an earlier day ------------------------------------------------------------------------

DAYS = st.dates(date(2014, 1, 1), date(2027, 12, 31))


@given(history=st.sampled_from(HISTORIES), day=DAYS, extra=st.lists(st.tuples(DAYS, st.sampled_from("OGRI"))))
def test_what_comes_later_changes_nothing_shown_for_an_earlier_day(
    history: tuple[Activity, ...], day: date, extra: list[tuple[date, str]]
):
    later = [
        inspected(str(start), str(start + timedelta(days=11)), str(start + timedelta(days=50)), grade)
        for start, grade in extra
        if start > day
    ]
    visits = [
        focused(start=str(start), published=str(start), priority_action=True) for start, _ in extra if start > day
    ]
    shown = past_windows(history, authority=TYNEHAVEN, on=day, holidays=england())
    assert past_windows([*history, *later, *visits], authority=TYNEHAVEN, on=day, holidays=england()) == shown
    seen = [found for one in history if (found := one.as_seen_on(day)) is not None]
    assert past_windows(seen, authority=TYNEHAVEN, on=day, holidays=england()) == shown


@given(history=st.sampled_from(HISTORIES), day=DAYS, later=DAYS)
def test_a_window_that_was_answered_keeps_its_verdict(history: tuple[Activity, ...], day: date, later: date):
    day, later = min(day, later), max(day, later)
    then = past_windows(history, authority=TYNEHAVEN, on=day, holidays=england())
    now = past_windows(history, authority=TYNEHAVEN, on=later, holidays=england())
    answered = [window for window in then if window.came is not None]
    assert [(w.since, w.outcome, w.days, w.stated) for w in answered] == [
        (w.since, w.outcome, w.days, w.stated) for w in now[: len(answered)]
    ]
