"""From the call to the report: which days follow from a call, how far it is, and what is said (R-097 to R-103)."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.frameworks import Framework
from domain.rulebook.announced.days import days_after_call, last_day_after, usual_call
from domain.rulebook.results import GradedType, InterimType, WindowStatus
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.normalising import variant_from_days
from domain.values.statements import Kind, Variant
from tests.domain.rulebook.reasoned import reasons
from tests.domain.rulebook.story import activity, england, expectation, focused, on, report, stands
from tests.examples import examples
from tests.published import folder_of_real_files

SHORT, STANDARD = GradedType.SHORT, GradedType.STANDARD
GOOD = report("2022-04-19", "G", start="2022-02-28", end="2022-03-04", variant=Variant.SHORT)
WEAK = report("2022-04-19", "R", start="2022-02-21", end="2022-03-04", variant=Variant.STANDARD)
CALL = report(None, None, notified=on("2025-06-02"))


@pytest.mark.parametrize(
    ("called", "type_", "first", "last"),
    [
        ("2025-06-02", SHORT, "2025-06-09", "2025-06-13"),
        ("2025-06-02", STANDARD, "2025-06-09", "2025-06-20"),
        ("2025-06-02", None, "2025-06-09", "2025-06-20"),
        ("2019-09-16", STANDARD, "2019-09-23", "2019-10-04"),
        ("2025-06-03", SHORT, "2025-06-16", "2025-06-20"),
        ("2025-06-06", SHORT, "2025-06-16", "2025-06-20"),
        ("2026-05-18", SHORT, "2026-05-26", "2026-05-29"),
        ("2026-03-23", SHORT, "2026-03-30", "2026-04-02"),
    ],
)
def test_inspectors_come_on_the_monday_after_a_call_on_a_monday(called, type_, first, last):
    days = days_after_call(Kind.INSPECTION, type_, on(called), england())
    assert days is not None
    assert (days.first, days.last) == (on(first), on(last))


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [(Kind.FOCUSED_VISIT, "2025-06-10", "2025-06-12"), (Kind.JTAI, "2025-06-16", "2025-06-20")],
)
def test_a_visit_lies_in_its_week_after_the_call(kind, first, last):
    days = days_after_call(kind, None, on("2025-06-02"), england())
    assert days is not None
    assert (days.first, days.last) == (on(first), on(last))


def test_of_a_monitoring_visit_and_beyond_the_known_bank_holidays_no_days_follow_from_a_call():
    assert days_after_call(Kind.MONITORING_VISIT, None, on("2025-06-02"), england()) is None
    assert days_after_call(Kind.INSPECTION, SHORT, on("2040-06-04"), england()) is None
    assert last_day_after(on("2040-06-04"), SHORT, england()) is None


# --- how far it is --------------------------------------------------------------------------------------------------


def how_far(day: str, *held: Activity, **more: object) -> tuple[object, ...] | None:
    found = stands(day, *held, **more).expected_next.announced
    return None if found is None else (found.status, found.on_site_from, found.on_site_to)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2025-06-01", None),
        ("2025-06-02", WindowStatus.ANNOUNCED),
        ("2025-06-08", WindowStatus.ANNOUNCED),
        ("2025-06-09", WindowStatus.ON_SITE),
        ("2025-06-13", WindowStatus.ON_SITE),
        ("2025-06-14", WindowStatus.REPORT_AWAITED),
        ("2025-10-28", WindowStatus.REPORT_AWAITED),
    ],
)
def test_of_a_call_alone_each_state_comes_on_the_days_that_follow_from_it(day, status):
    found = how_far(day, GOOD, CALL)
    assert found == (None if status is None else (status, on("2025-06-09"), on("2025-06-13")))


def test_days_announced_come_before_those_that_follow_from_the_call_and_real_ones_before_both():
    announced = replace(CALL, expected_start=on("2025-06-16"), expected_end=on("2025-06-27"))
    assert how_far("2025-06-12", GOOD, announced) == (WindowStatus.ANNOUNCED, on("2025-06-16"), on("2025-06-27"))
    came = replace(announced, start=on("2025-06-17"))
    assert how_far("2025-06-18", GOOD, came) == (WindowStatus.ON_SITE, on("2025-06-17"), on("2025-06-27"))
    later = replace(announced, start=on("2025-07-07"))
    assert how_far("2025-07-08", GOOD, later) == (WindowStatus.ON_SITE, on("2025-07-07"), on("2025-07-11"))
    left = replace(came, end=on("2025-06-20"))
    assert how_far("2025-06-21", GOOD, left) == (WindowStatus.REPORT_AWAITED, on("2025-06-17"), on("2025-06-20"))


@pytest.mark.parametrize(
    ("before", "told", "type_"), [(GOOD, None, SHORT), (WEAK, None, STANDARD), (GOOD, Variant.STANDARD, STANDARD)]
)
def test_its_type_is_the_one_told_else_the_one_expected(before, told, type_):
    found = stands("2025-06-02", before, replace(CALL, variant=told)).expected_next.announced
    assert found is not None
    assert found.type is type_


def test_where_the_type_was_not_told_both_lengths_are():
    (said,) = (one for one in expectation(stands("2025-06-02", GOOD, CALL), SHORT.value).caveats if "R-100" in one)
    assert "9 to 13 June 2025" in said
    assert "9 to 20 June 2025" in said
    told = expectation(stands("2025-06-02", GOOD, replace(CALL, variant=Variant.SHORT)), SHORT.value)
    assert not any("type was not told" in caveat for caveat in told.caveats)


def test_a_pause_lasts_until_inspectors_come_back():
    broken_off = replace(CALL, start=on("2025-06-09"), paused=on("2025-06-11"))
    assert how_far("2025-06-11", GOOD, broken_off) == (WindowStatus.ON_SITE, on("2025-06-09"), None)
    assert how_far("2025-08-01", GOOD, broken_off) == (WindowStatus.PAUSED, on("2025-06-09"), None)
    back = replace(broken_off, resumed=on("2025-09-08"))
    assert how_far("2025-09-07", GOOD, back) == (WindowStatus.PAUSED, on("2025-06-09"), on("2025-09-09"))
    assert how_far("2025-09-08", GOOD, back) == (WindowStatus.ON_SITE, on("2025-06-09"), on("2025-09-09"))
    never_resumed = replace(broken_off, end=on("2025-06-13"))
    assert how_far("2025-06-14", GOOD, never_resumed) == (
        WindowStatus.REPORT_AWAITED,
        on("2025-06-09"),
        on("2025-06-13"),
    )
    answer = stands("2025-08-01", GOOD, broken_off)
    assert answer.expected_next.interim is None
    assert not [one for one in answer.expectations if one.activity == "report_publication"]
    assert "broken off on 11 June 2025" in expectation(answer, SHORT.value).why


def test_that_a_broken_off_inspection_was_not_resumed_is_said_only_where_that_is_known():
    broken_off = replace(CALL, start=on("2025-06-09"), paused=on("2025-06-11"))
    silent = expectation(stands("2025-08-01", GOOD, broken_off), SHORT.value).why
    assert "nothing recorded here says that it was resumed" in silent
    told = expectation(stands("2025-08-01", GOOD, replace(broken_off, resumed=on("2025-09-08"))), SHORT.value).why
    assert "had not been resumed" in told


def test_a_break_of_which_nothing_more_is_heard_does_not_last_for_ever():
    broken_off = replace(CALL, start=on("2025-06-09"), paused=on("2025-06-11"))
    assert stands("2025-10-23", GOOD, broken_off).window_status is WindowStatus.PAUSED
    answer = stands("2026-08-03", GOOD, broken_off)
    assert answer.window_status is WindowStatus.OVERDUE
    assert (
        "whether inspectors came back, or the report is out, is not known here" in expectation(answer, SHORT.value).why
    )
    assert answer.expected_next.interim is None


def test_a_visit_of_which_nothing_more_is_heard_is_not_to_come_for_ever():
    visit = activity(Kind.MONITORING_VISIT, notified=on("2025-06-02"))
    assert expectation(stands("2025-09-02", GOOD, visit), "monitoring_visit").status is WindowStatus.ANNOUNCED
    broken_off = replace(visit, start=on("2025-06-09"), paused=on("2025-06-10"))
    assert expectation(stands("2025-09-02", GOOD, broken_off), "monitoring_visit").status is WindowStatus.PAUSED
    for one in (visit, broken_off):
        assert not [row for row in stands("2026-08-03", GOOD, one).expectations if row.basis == "announced"]


def test_both_lengths_are_not_told_where_days_were_named():
    named = replace(CALL, expected_start=on("2025-06-16"), expected_end=on("2025-06-20"))
    assert not [one for one in expectation(stands("2025-06-02", GOOD, named), SHORT.value).caveats if "R-100" in one]


def test_a_call_that_was_withdrawn_changes_nothing_from_that_day():
    gone = replace(CALL, call_withdrawn=on("2025-06-04"))
    assert how_far("2025-06-03", GOOD, gone) is not None
    assert stands("2025-06-04", GOOD, gone) == stands("2025-06-04", GOOD)


def test_that_a_withdrawn_call_changes_nothing_is_said():
    gone = replace(CALL, call_withdrawn=on("2025-06-04"))
    (nearly,) = (one for one in reasons("2025-06-04", GOOD, gone).unapplied if one.rule == "R-103")
    assert nearly.why.startswith("The call of 2 June 2025 was withdrawn on 4 June 2025")
    assert not [one for one in reasons("2025-06-03", GOOD, gone).unapplied if one.rule == "R-103"]


def test_the_window_keeps_its_days_and_its_status_and_the_expectation_takes_that_of_the_call():
    answer = stands("2025-06-02", GOOD, CALL)
    assert answer.expected_next.graded == stands("2025-06-02", GOOD).expected_next.graded
    assert answer.window_status is WindowStatus.ANNOUNCED
    found = expectation(answer, SHORT.value)
    assert (found.status, found.due_from, found.due_to) == (
        WindowStatus.ANNOUNCED,
        on("2024-10-19"),
        on("2025-10-19"),
    )
    assert found.why.startswith("Ofsted called on 2 June 2025; inspectors are expected on site from 9 to 13 June 2025")
    assert "R-100" in found.rules
    assert not [one for one in answer.expectations if one.activity == Kind.FOCUSED_VISIT.value]


def test_an_authority_without_a_pathway_is_told_of_its_call_all_the_same():
    assert how_far("2025-06-02", CALL) == (WindowStatus.ANNOUNCED, on("2025-06-09"), on("2025-06-20"))
    assert stands("2025-06-02", CALL).expected_next.graded.type is None


def test_nothing_is_called_of_an_authority_that_has_ended():
    ended = AuthorityFacts(urn="80999", name="Tynehaven", abolished_on=on("2025-06-10"))
    assert how_far("2025-06-09", GOOD, CALL, authority=ended) is not None
    assert stands("2025-06-10", GOOD, CALL, authority=ended).expected_next.announced is None


def test_a_call_stands_whatever_the_end_of_the_authority_does_to_its_window():
    ends = activity(Kind.SUCCESSION_ANNOUNCED, on="2024-10-01", published="2024-01-02", successors=("East Tyne",))
    early = replace(CALL, notified=on("2024-09-02"))
    answer = stands("2024-09-02", GOOD, early, ends)
    assert answer.expected_next.graded.status is WindowStatus.NOT_APPLICABLE
    assert expectation(answer, SHORT.value).status is WindowStatus.ANNOUNCED
    assert answer.window_status is WindowStatus.ANNOUNCED


# --- when nothing more is heard -------------------------------------------------------------------------------------

READ = KnownUntil.of({KnownKind.GRADED_INSPECTION: on("2025-09-01")})


def test_longer_after_its_last_day_than_any_report_took_nobody_knows_what_came_of_a_call():
    soon, long_after = (stands(day, GOOD, CALL, known_until=READ) for day in ("2025-10-24", "2025-10-29"))
    assert expectation(soon, SHORT.value).status is WindowStatus.REPORT_AWAITED
    found = expectation(long_after, SHORT.value)
    assert found.status is WindowStatus.NOT_KNOWN
    assert "called off" in found.why
    assert long_after.window_status is WindowStatus.NOT_KNOWN
    assert long_after.expected_next.announced is not None
    assert long_after.expected_next.announced.status is WindowStatus.REPORT_AWAITED
    assert long_after.expected_next.interim is None
    all_read = stands("2025-10-29", GOOD, CALL)
    assert all_read.window_status is WindowStatus.OVERDUE
    assert expectation(all_read, SHORT.value).status is WindowStatus.OVERDUE


def test_of_a_call_alone_no_report_is_ever_late():
    late = stands("2025-09-15", GOOD, CALL)
    found = expectation(late, "report_publication")
    assert found.status is WindowStatus.NOT_KNOWN
    assert "R-103" in found.rules
    assert "R-105" not in found.rules
    assert found.caveats[0].startswith("Nothing recorded here says that inspectors came")
    assert reasons("2025-09-15", GOOD, CALL).standing == late


def test_a_report_is_late_only_as_far_as_sources_tell():
    left = replace(CALL, start=on("2025-06-09"), end=on("2025-06-13"))
    late = expectation(stands("2025-08-25", GOOD, left, known_until=READ), "report_publication")
    assert late.status is WindowStatus.OVERDUE
    unread = KnownUntil.of({KnownKind.GRADED_INSPECTION: on("2025-08-22")})
    assert (
        expectation(stands("2025-08-25", GOOD, left, known_until=unread), "report_publication").status
        is WindowStatus.OVERDUE
    )
    before = KnownUntil.of({KnownKind.GRADED_INSPECTION: on("2025-08-21")})
    unknown = expectation(stands("2025-08-25", GOOD, left, known_until=before), "report_publication")
    assert unknown.status is WindowStatus.NOT_KNOWN


def test_a_report_that_governs_since_ends_the_wait_for_one_never_heard_of():
    later = report("2026-02-02", "G", start="2025-12-01", end="2025-12-05", variant=Variant.SHORT)
    assert how_far("2026-02-02", GOOD, CALL, later) is None


# --- visits ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2025-06-01", None),
        ("2025-06-02", WindowStatus.ANNOUNCED),
        ("2025-06-10", WindowStatus.ON_SITE),
        ("2025-06-12", WindowStatus.ON_SITE),
        ("2025-06-13", None),
    ],
)
def test_a_focused_visit_is_told_from_its_call_to_its_last_day(day, status):
    visit = focused(notified=on("2025-06-02"))
    found = [one for one in stands(day, GOOD, visit).expectations if one.basis == "announced"]
    assert [one.status for one in found] == ([] if status is None else [status])
    for one in found:
        assert (one.activity, one.due_from, one.due_to, one.about) == (
            "focused_visit",
            on("2025-06-10"),
            on("2025-06-12"),
            visit.id,
        )


def test_that_inspectors_are_on_site_is_said_only_where_somebody_told():
    visit = focused(notified=on("2025-06-02"))
    unheard = expectation(stands("2025-06-11", GOOD, visit), "focused_visit", "announced").why
    assert unheard.endswith("until 12 June 2025; nothing recorded here says yet that they came.")
    came = replace(visit, start=on("2025-06-10"))
    told = expectation(stands("2025-06-11", GOOD, came), "focused_visit", "announced")
    assert (told.why, told.due_to) == ("Inspectors have been on site since 10 June 2025.", on("2025-06-11"))


def test_a_visit_that_was_only_called_is_not_counted_among_those_that_came():
    visit = focused(notified=on("2025-06-02"))
    for day in ("2025-06-05", "2025-07-01"):
        usual = expectation(stands(day, GOOD, visit), "focused_visit", "cycle")
        assert "One focused visit" in usual.why
        assert stands(day, GOOD, visit).expected_next.announced is None


def test_of_a_visit_that_was_only_called_the_letter_is_expected_and_that_it_came_is_not_known():
    visit = focused(notified=on("2025-06-02"))
    found = expectation(stands("2025-06-13", GOOD, visit), "letter_publication")
    assert (found.due_from, found.due_to, found.about) == (on("2025-07-11"), on("2025-07-25"), visit.id)
    assert found.why.startswith("The focused visit was to end on 12 June 2025")
    assert "Nothing recorded here says that inspectors came." in found.caveats
    left = replace(visit, start=on("2025-06-10"), end=on("2025-06-11"))
    assert expectation(stands("2025-06-13", GOOD, left), "letter_publication").due_from == on("2025-07-10")


def test_a_monitoring_visit_is_told_with_the_days_announced_or_none():
    known = activity(
        Kind.MONITORING_VISIT,
        notified=on("2025-06-02"),
        expected_start=on("2025-07-01"),
        expected_end=on("2025-07-02"),
    )
    weak = report("2024-04-19", "I", start="2024-02-19", end="2024-03-01")
    found = expectation(stands("2025-06-05", weak, known), "monitoring_visit", "announced")
    assert (found.due_from, found.due_to) == (on("2025-07-01"), on("2025-07-02"))
    without = activity(Kind.MONITORING_VISIT, notified=on("2025-06-02"))
    unknown = expectation(stands("2025-06-05", weak, without), "monitoring_visit", "announced")
    assert (unknown.due_from, unknown.due_to, unknown.status) == (None, None, WindowStatus.ANNOUNCED)


@pytest.mark.parametrize(
    "held", [CALL, focused(notified=on("2025-06-02")), activity(Kind.JTAI, notified=on("2025-06-03"))]
)
@pytest.mark.parametrize("day", ["2025-06-02", "2025-06-10", "2025-06-30", "2026-02-02"])
def test_what_is_called_is_explained(held, day):
    assert reasons(day, GOOD, held).standing == stands(day, GOOD, held)


# --- every inspection there was -------------------------------------------------------------------------------------

LEFT_OUT_IN_THE_LIST = 4
"""The list gives no days on site of three of the 321 ILACS inspections, and an older one of the fourth."""


@cache
def inspections() -> tuple[Activity, ...]:
    """The ILACS inspections of JT-39's history, each with the call on the day on which the rulebook infers it."""
    (newest,) = sorted(Path(folder_of_real_files() / "jt39_history").glob("*.csv"))[-1:]
    found = []
    with newest.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            start, end, published = (
                _day(row[name]) for name in ("inspection_start_date", "inspection_end_date", "publication_date")
            )
            if start is not None and end is not None and start.year >= 2018:
                variant = variant_from_days(Framework.ILACS, start, end)
                days = {
                    "start": start,
                    "end": end,
                    "published": published,
                    "notified": usual_call(Kind.INSPECTION, start),
                }
                found.append(
                    activity(Kind.INSPECTION, urn=row["urn"], framework=Framework.ILACS, variant=variant, **days)
                )
    assert len(found) == 321 - LEFT_OUT_IN_THE_LIST + 1
    return tuple(found)


def _day(text: str) -> date | None:
    for written in ("%d/%m/%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(text, written).date()
        except ValueError:
            continue
    return None


def test_days_on_site_follow_from_the_call_of_all_but_one():
    """Isles of Scilly, from a Tuesday to a Thursday, is the one; Wiltshire's of 2019 lasted longer."""
    others = []
    for one in inspections():
        assert one.start is not None
        assert one.variant is not None
        type_ = SHORT if one.variant is Variant.SHORT else STANDARD
        called = usual_call(Kind.INSPECTION, one.start)
        assert called is not None
        days = days_after_call(Kind.INSPECTION, type_, called, england())
        if days is None or (days.first, days.last) != (one.start, one.end):
            others.append((one.urn, one.start))
    assert others == [("80455", date(2023, 7, 11)), ("80580", date(2019, 6, 3))]


@settings(deadline=None, max_examples=examples(200))
@given(st.randoms(use_true_random=False))
def test_on_any_day_every_real_inspection_is_in_its_state(draw):
    by_urn = defaultdict(list)
    for one in inspections():
        by_urn[one.urn].append(one)
    for one in draw.sample(inspections(), 10):
        assert one.start is not None
        assert one.end is not None
        assert one.published is not None
        called = usual_call(Kind.INSPECTION, one.start)
        assert called is not None
        day = called + timedelta(days=draw.randint(-3, (one.published - called).days + 3))
        answer = stands(day.isoformat(), *by_urn[one.urn], authority=AuthorityFacts(urn=one.urn, name="Somewhere"))
        found, interim = answer.expected_next.announced, answer.expected_next.interim
        if day < called or day >= one.published:
            assert found is None
            continue
        assert found is not None
        assert (found.notified_on, found.on_site_from, found.on_site_to) == (called, one.start, one.end)
        assert found.type is (SHORT if one.variant is Variant.SHORT else STANDARD)
        assert found.status is (
            WindowStatus.ANNOUNCED
            if day < one.start
            else WindowStatus.ON_SITE
            if day <= one.end
            else WindowStatus.REPORT_AWAITED
        )
        assert (interim is not None and interim.type is InterimType.REPORT_PUBLICATION) is (day >= one.end)
