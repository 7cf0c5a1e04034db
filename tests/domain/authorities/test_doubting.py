"""What cannot be right is kept as said, governs and dates nothing, and is a question for an officer."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.authorities import answering
from domain.authorities.authority import Authority
from domain.facts import DateKind, Told
from domain.frameworks import Area, Framework, Grade
from domain.rulebook.plausibility import DaysOnSite, doubts_about, weighing
from domain.rulebook.results import Pathway
from domain.values.activities import Activity, Status
from domain.values.errors import RuleBroken
from domain.values.statements import (
    Channel,
    Family,
    Kind,
    Observation,
    PeriodOnSite,
    Source,
    Stated,
    Statement,
    Variant,
)
from tests.domain.authorities.test_authority import ALL_GOOD, tynehaven
from tests.domain.authorities.test_reconciliation import URN, held, one, said
from tests.domain.rulebook.story import stands
from tests.examples import examples

READ = date(2026, 11, 20)
OE = Area.OVERALL_EFFECTIVENESS
GOOD, INADEQUATE = Grade.GOOD, Grade.INADEQUATE

BEFORE = said(
    Channel.JT39_HISTORY,
    read_on=READ,
    start=date(2024, 5, 13),
    end=date(2024, 5, 17),
    published=date(2024, 7, 12),
    variant=Variant.SHORT,
    grades={OE: GOOD},
)
"""A good report of 2024, which governs."""


def row(start, end, published, grades=None, *, channel=Channel.JT39_HISTORY, **more):
    return said(channel, read_on=READ, start=start, end=end, published=published, grades=grades or {}, **more)


def questions(activities):
    return [(doubt.field, doubt.weighs) for activity in activities for doubt in activity.doubts]


def unmoved(*statements: Statement, day: str = "2026-11-30") -> tuple[Activity, ...]:
    """What is held with these beside the report of 2024, after the standing was found to be as without them."""
    activities = held(BEFORE, *statements)
    without, now = stands(day, *held(BEFORE)), stands(day, *activities)
    assert now.pathway is Pathway.GOOD_OR_OUTSTANDING
    assert (now.expected_next, now.governing) == (without.expected_next, without.governing)
    return activities


# --- rows that cannot be right --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "published"),
    [
        (date(2026, 10, 6), date(2026, 10, 7), date(2026, 11, 5)),
        (date(2025, 9, 7), date(2026, 9, 18), date(2026, 10, 20)),
        (date(2026, 9, 6), date(2026, 9, 18), date(2026, 10, 20)),
        (date(2026, 9, 18), date(2026, 9, 18), date(2026, 10, 20)),
        (date(2026, 9, 7), date(2026, 9, 18), date(2026, 9, 22)),
    ],
    ids=["two days without grades", "376 days", "from a Sunday", "its last day for both", "published too soon"],
)
@pytest.mark.parametrize("grades", [{}, dict.fromkeys((Area.IMPACT_OF_LEADERS, Area.IN_CARE), INADEQUATE)])
def test_a_row_that_cannot_be_right_is_kept_as_said_and_moves_nothing(start, end, published, grades):
    first, doubtful = unmoved(row(start, end, published, grades))
    assert first.doubts == ()
    assert (doubtful.doubtful, doubtful.counts) == (True, False)
    assert (doubtful.start, doubtful.end, doubtful.published) == (start, end, published)


def test_before_its_publication_a_doubtful_entry_is_doubtful_too_and_tells_no_day_to_come():
    (_, doubtful) = unmoved(row(date(2026, 9, 7), date(2026, 9, 18), date(2026, 9, 22)), day="2026-09-20")
    seen = doubtful.as_seen_on(date(2026, 9, 20))
    assert seen is not None
    assert seen.doubtful
    assert "22 September" not in str(seen.doubts)
    (later,) = held(row(date(2026, 9, 7), date(2026, 9, 24), date(2026, 11, 10)))
    begun = later.as_seen_on(date(2026, 9, 20))
    assert begun is not None
    assert begun.doubtful
    assert "24 September" not in str(begun.doubts)
    assert "24 September" in str(later.doubts)


def test_a_report_whose_grades_nobody_could_read_leaves_the_pathway_and_is_asked_about():
    unreadable = row(date(2026, 9, 21), date(2026, 9, 25), date(2026, 11, 10), variant=Variant.SHORT)
    _, report = unmoved(unreadable)
    assert questions([report]) == [("grades", False)]
    assert stands("2026-11-30", *held(BEFORE, unreadable)).caveats == (
        "A report published on 10 November 2026 is left out of this answer: no source held here knows its grades.",
    )
    assert stands("2026-11-09", *held(BEFORE, unreadable)).governing == stands("2026-11-09", *held(BEFORE)).governing
    read = replace(unreadable, said=replace(unreadable.said, grades=ALL_GOOD))
    assert one(read).doubts == one(BEFORE).doubts == ()


def test_a_report_whose_deciding_grade_is_not_known_is_asked_about():
    report = one(row(date(2024, 5, 13), date(2024, 5, 17), date(2024, 7, 12), {Area.IN_CARE: GOOD}))
    assert questions([report]) == [("grades", False)]


def test_a_doubtful_visit_with_priority_action_overrides_nothing():
    visit = row(date(2026, 8, 30), date(2026, 8, 31), date(2026, 9, 24), kind=Kind.FOCUSED_VISIT, priority_action=True)
    _, doubtful = unmoved(visit)
    assert doubtful.doubtful
    assert stands("2026-11-30", *held(BEFORE, visit)).caveats == (
        "What is held of a focused visit on 31 August 2026 cannot be right: it is left out of this answer until an "
        "officer has looked.",
    )
    right = replace(visit, said=replace(visit.said, start=date(2026, 9, 1), end=date(2026, 9, 2)))
    assert stands("2026-11-30", *held(BEFORE, right)).expected_next.priority_action_override


# --- one source is right --------------------------------------------------------------------------------------------


def test_what_cannot_be_right_loses_to_a_lesser_source_that_can_be():
    slip = row(
        date(2026, 9, 8),
        date(2026, 9, 18),
        date(2026, 10, 20),
        channel=Channel.OFSTED_LATEST,
        edition=date(2027, 3, 31),
        grades={Area.IN_CARE: INADEQUATE},
    )
    right = row(date(2026, 9, 7), date(2026, 9, 18), date(2026, 10, 20), {Area.IN_CARE: GOOD})
    report = one(right, slip)
    assert (report.start, report.grades.get(Area.IN_CARE), report.doubtful) == (date(2026, 9, 7), GOOD, False)
    disputed = [(one.field, one.held) for one in report.disagreements]
    assert disputed == [("start", "2026-09-07"), ("grades.in_care", "good")]
    assert questions([report])[0] == ("start", False)


def test_of_two_sources_days_those_that_can_be_right_together_are_held():
    start_is_last_day = said(
        Channel.OFSTED_LATEST, read_on=READ, edition=date(2018, 3, 31), start=date(2017, 7, 6), framework=Framework.SIF
    )
    report = said(
        Channel.OFSTED_REPORT,
        family=Family.OFSTED_DOCUMENT,
        read_on=READ,
        start=date(2017, 6, 12),
        end=date(2017, 7, 6),
        published=date(2017, 8, 25),
        framework=Framework.SIF,
        grades={OE: GOOD},
    )
    (right,) = (activity for activity in held(report, start_is_last_day) if not activity.doubtful)
    assert (right.start, right.end) == (date(2017, 6, 12), date(2017, 7, 6))


def test_a_first_day_too_near_to_publication_is_left_out_and_the_report_counts():
    history = said(
        Channel.OFSTED_HISTORY,
        read_on=READ,
        edition=date(2023, 3, 31),
        published=date(2017, 8, 25),
        framework=Framework.SIF,
        grades={OE: GOOD},
    )
    first_day = said(Channel.OFSTED_LATEST, read_on=READ, edition=date(2022, 3, 31), start=date(2017, 7, 6))
    merton = one(history, first_day)
    assert (merton.start, merton.published, merton.counts) == (None, date(2017, 8, 25), True)
    assert questions([merton]) == [("published", False)]
    asked = merton.doubts[0].text
    assert "gives 6 July 2017 as the first day on site; " in asked
    assert "gives 25 August 2017 as the day of publication. It was published 36 working days after" in asked
    assert "So that day on site is left out here. Look into the report" in asked


def test_a_graded_first_day_beside_the_report_of_other_days_is_of_no_inspection_of_its_own():
    report = said(
        Channel.OFSTED_REPORT,
        family=Family.OFSTED_DOCUMENT,
        read_on=READ,
        start=date(2016, 4, 11),
        end=date(2016, 5, 5),
        published=date(2016, 6, 27),
        framework=Framework.SIF,
        grades={OE: Grade.REQUIRES_IMPROVEMENT},
    )
    slip = said(
        Channel.OFSTED_LATEST,
        read_on=READ,
        edition=date(2022, 3, 31),
        start=date(2016, 2, 22),
        grades={OE: Grade.REQUIRES_IMPROVEMENT},
    )
    doubtful, sefton = held(report, slip)
    assert (doubtful.doubtful, sefton.doubts) == (True, ())
    assert not held(slip)[0].doubtful
    assert stands("2016-05-20", doubtful, sefton).governing is None


def test_the_days_of_a_joint_inspection_read_anew_replace_the_day_of_its_letter():
    letter_day = said(
        Channel.JTAI_OVERVIEW, family=Family.SCRAPE, kind=Kind.JTAI, read_on=date(2026, 6, 29),
        start=date(2016, 12, 9), published=date(2017, 2, 1),
    )  # fmt: skip
    assert one(letter_day).doubtful
    days = {"start": date(2016, 12, 5), "end": date(2016, 12, 9)}
    right = replace(letter_day, id=UUID(int=5), said=replace(letter_day.said, **days))
    for order in ((letter_day, right), (right, letter_day)):
        hampshire = one(*order)
        assert (hampshire.start, hampshire.end) == (days["start"], days["end"])
        assert not hampshire.doubtful


def test_the_outer_days_and_the_second_period_of_a_paused_inspection_are_no_slips():
    periods = (PeriodOnSite(date(2024, 9, 30), date(2024, 10, 11)), PeriodOnSite(date(2025, 1, 13), date(2025, 1, 16)))
    published = date(2025, 5, 13)
    report = said(
        Channel.OFSTED_REPORT,
        family=Family.OFSTED_DOCUMENT,
        read_on=READ,
        start=periods[0].start,
        end=periods[1].end,
        periods=periods,
        published=published,
        grades={OE: INADEQUATE},
    )
    outer = row(periods[0].start, periods[1].end, published, {OE: INADEQUATE})
    assert questions(held(report)) == questions(held(report, outer)) == []
    assert one(outer).doubtful
    assert questions(held(row(periods[0].start, periods[0].end, published, {OE: INADEQUATE}))) == [("published", False)]


# --- an officer answers ---------------------------------------------------------------------------------------------

AT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
OFFICER = Told("local", UUID(int=7), Source("report", "The report itself"), AT, reason="The front page says so.")
TYPO = Stated(
    Kind.INSPECTION, start=date(2025, 9, 7), end=date(2026, 9, 18), published=date(2026, 10, 20),
    grades=ALL_GOOD, improvements=("Supervision.",),
)  # fmt: skip


FROM_A_SUNDAY = replace(TYPO, start=date(2026, 9, 6))


def in_question(stated: Stated = TYPO) -> tuple[Authority, Activity]:
    authority = tynehaven()
    authority.state(
        [Observation("80999", Family.SCRAPE, Channel.JT39_HISTORY, stated)],
        edition=None,
        by=replace(OFFICER, reason=None),
    )
    (activity,) = authority.activities
    assert activity.doubtful
    return authority, activity


def test_an_officer_who_confirms_it_makes_it_count_as_it_stands():
    authority, asked = in_question(FROM_A_SUNDAY)
    answering.confirm(authority, asked.id, by=OFFICER)
    (confirmed,) = authority.activities
    assert (confirmed.id, confirmed.doubts, confirmed.counts) == (asked.id, (), True)
    assert [getattr(confirmed, name) for name in ("start", "end", "published", "grades", "improvements")] == [
        getattr(asked, name) for name in ("start", "end", "published", "grades", "improvements")
    ]


def test_an_officer_who_corrects_the_wrong_day_makes_the_rest_count():
    authority, asked = in_question()
    authority.correct_date(asked.id, which=DateKind.START, now=date(2026, 9, 7), by=OFFICER)
    (corrected,) = authority.activities
    assert (corrected.start, corrected.end, corrected.doubts) == (date(2026, 9, 7), date(2026, 9, 18), ())
    assert (corrected.grades, corrected.improvements) == (asked.grades, asked.improvements)


def test_a_correction_of_another_day_does_not_answer_the_question():
    authority, asked = in_question()
    authority.correct_date(asked.id, which=DateKind.PUBLISHED, now=date(2026, 10, 21), by=OFFICER)
    (still,) = authority.activities
    assert (still.doubtful, still.published, still.end) == (True, date(2026, 10, 21), asked.end)


@pytest.mark.parametrize("kind", [Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT])
def test_an_officer_who_recognises_a_visit_has_one_with_its_days_and_letter(kind):
    two_days = Stated(Kind.INSPECTION, start=date(2026, 10, 6), end=date(2026, 10, 7), published=date(2026, 11, 5))
    authority, asked = in_question(two_days)
    answering.recognise_as_visit(authority, asked.id, kind=kind, by=OFFICER)
    by_status = {activity.status: activity for activity in authority.activities}
    visit = by_status[Status.CURRENT]
    assert (visit.kind, visit.start, visit.end, visit.published) == (kind, asked.start, asked.end, asked.published)
    assert (visit.doubts, by_status[Status.WITHDRAWN].id) == ((), asked.id)
    authority.state([Observation("80999", Family.SCRAPE, Channel.JT39_HISTORY, two_days)], edition=None, by=OFFICER)
    assert len(authority.activities) == 2, "reading it again tells nothing"


def test_what_is_not_in_question_is_neither_confirmed_nor_recognised():
    authority, asked = in_question(FROM_A_SUNDAY)
    with pytest.raises(RuleBroken, match="It has grades"):
        answering.recognise_as_visit(authority, asked.id, kind=Kind.FOCUSED_VISIT, by=OFFICER)
    with pytest.raises(RuleBroken, match="Give the reason"):
        answering.confirm(authority, asked.id, by=replace(OFFICER, reason=""))
    with pytest.raises(RuleBroken, match="Choose a focused visit"):
        answering.recognise_as_visit(authority, asked.id, kind=Kind.JTAI, by=OFFICER)
    answering.confirm(authority, asked.id, by=OFFICER)
    with pytest.raises(RuleBroken, match="Nothing about this entry is in question"):
        answering.confirm(authority, asked.id, by=OFFICER)


def test_what_an_officer_recorded_is_never_asked_about():
    authority = tynehaven()
    sunday = date(2026, 9, 6)
    authority.record_inspection(UUID(int=1), started_on=sunday, ended_on=sunday, kind=None, by=OFFICER)
    assert authority.activities[0].doubts == ()


# --- any history ----------------------------------------------------------------------------------------------------

PLAUSIBLE = (
    BEFORE,
    row(date(2021, 9, 20), date(2021, 10, 1), date(2021, 11, 12), {OE: Grade.REQUIRES_IMPROVEMENT}),
    said(
        Channel.OFSTED_HISTORY, read_on=READ, edition=date(2025, 3, 31), published=date(2024, 7, 12), grades={OE: GOOD}
    ),
    row(date(2025, 11, 18), date(2025, 11, 19), date(2025, 12, 18), kind=Kind.FOCUSED_VISIT, priority_action=True),
)
CHANNELS = (Channel.OFSTED_LATEST, Channel.JT39_HISTORY, Channel.D2I_OVERVIEW)


@st.composite
def slips(draw: st.DrawFn) -> Statement:
    """A statement on days that cannot be right, near to those of the history or anywhere."""
    near = draw(st.sampled_from([date(2024, 5, 13), date(2021, 9, 20), date(2025, 11, 18), date(2026, 9, 7)]))
    start = near + timedelta(draw(st.integers(-10, 10)))
    end = draw(st.none() | st.integers(0, 400).map(lambda days: start + timedelta(days)))
    published = draw(st.none() | st.integers(0, 120).map(lambda days: (end or start) + timedelta(days)))
    published = draw(st.sampled_from([published, date(2024, 7, 12), date(2021, 11, 12)]))
    kind = draw(st.sampled_from([Kind.INSPECTION, Kind.FOCUSED_VISIT]))
    channel = draw(st.sampled_from(CHANNELS))
    made = said(
        channel,
        kind=kind,
        read_on=date(2026, 11, 29),
        edition=date(2027, 3, 31) if channel is Channel.OFSTED_LATEST else None,
        start=start,
        end=end,
        published=published,
        grades={OE: INADEQUATE} if kind is Kind.INSPECTION and draw(st.booleans()) else None,
        priority_action=True if kind is Kind.FOCUSED_VISIT else None,
    )
    framework = Framework.ILACS if kind is Kind.INSPECTION else None
    hypothetical = DaysOnSite(URN, kind, framework, start, end, published)
    return made if weighing(doubts_about(hypothetical)) else draw(slips())


@given(st.lists(slips(), min_size=1, max_size=4), st.dates(date(2021, 9, 1), date(2027, 6, 1)), st.randoms())
@settings(max_examples=examples(300), deadline=None)
def test_what_cannot_be_right_never_moves_a_pathway_a_window_or_a_deadline(
    found: list[Statement], day: date, shuffle: random.Random
):
    told = [*PLAUSIBLE, *found]
    shuffle.shuffle(told)
    without, now = stands(day.isoformat(), *held(*PLAUSIBLE)), stands(day.isoformat(), *held(*told))
    assert (now.pathway, now.expected_next) == (without.pathway, without.expected_next)
    assert [one.activity for one in now.expectations] == [one.activity for one in without.expectations]
    assert {(one.due_from, one.due_to) for one in now.expectations} == {
        (one.due_from, one.due_to) for one in without.expectations
    }
