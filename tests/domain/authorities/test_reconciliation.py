"""What is held, what is disputed and what was corrected, from statements alone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.authorities.buckets import Bucket, buckets
from domain.authorities.dossier import Dossier, statement_id
from domain.authorities.reconciliation import reconcile
from domain.frameworks import Area, Framework, Grade
from domain.values.activities import Activity, Status
from domain.values.judgements import Judgements
from domain.values.statements import (
    Channel,
    Citation,
    Family,
    Kind,
    Observation,
    Period,
    Source,
    Stated,
    Statement,
    Variant,
)
from tests.examples import examples

URN = "80560"
OE, LEADERS, HELP = Area.OVERALL_EFFECTIVENESS, Area.IMPACT_OF_LEADERS, Area.HELP_AND_PROTECTION
CARE, LEAVERS, BOTH = Area.IN_CARE, Area.CARE_LEAVERS, Area.IN_CARE_AND_CARE_LEAVERS
GOOD, RI, OUTSTANDING = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.OUTSTANDING


def said(
    channel: Channel,
    *,
    read_on: date,
    family: Family | None = None,
    edition: date | None = None,
    kind: Kind = Kind.INSPECTION,
    grades: dict[Area, Grade] | None = None,
    about: UUID | None = None,
    reason: str | None = None,
    **values: object,
) -> Statement:
    words = Stated(kind, grades=Judgements.of(grades or {}), **values)  # type: ignore[arg-type]
    of = family or FAMILY_OF[channel]
    observation = Observation(URN, of, channel, words)
    return Statement(
        id=statement_id(observation),
        family=of,
        channel=channel,
        said=words,
        source=Source("file", channel.value),
        read_on=read_on,
        edition=edition,
        about=about,
        reason=reason,
    )


FAMILY_OF = {
    Channel.FORM: Family.REPORT_IN_HAND,
    Channel.HISTORY_DOCUMENT: Family.REPORT_IN_HAND,
    Channel.OFSTED_HISTORY: Family.OFSTED_STATISTICS,
    Channel.OFSTED_LATEST: Family.OFSTED_STATISTICS,
    Channel.OFSTED_IN_YEAR: Family.OFSTED_STATISTICS,
    Channel.JT39_HISTORY: Family.SCRAPE,
    Channel.D2I_OVERVIEW: Family.SCRAPE,
}


def held(*statements: Statement, rulings: object = None) -> tuple[Activity, ...]:
    dossier = Dossier(URN)
    dossier.statements = {statement.id: statement for statement in statements}
    return reconcile(dossier)


def one(*statements: Statement) -> Activity:
    (activity,) = held(*statements)
    return activity


JT39 = said(
    Channel.JT39_HISTORY,
    read_on=date(2026, 8, 4),
    start=date(2023, 7, 10),
    end=date(2023, 7, 21),
    published=date(2023, 9, 4),
    variant=Variant.STANDARD,
    grades={OE: RI, LEADERS: GOOD, HELP: GOOD, CARE: RI, LEAVERS: OUTSTANDING},
)
OFSTED_HISTORY = said(
    Channel.OFSTED_HISTORY,
    read_on=date(2024, 3, 31),
    edition=date(2024, 3, 31),
    framework=Framework.ILACS,
    variant=Variant.STANDARD,
    published=date(2023, 9, 4),
    grades={OE: RI, LEADERS: GOOD, HELP: RI, CARE: GOOD, LEAVERS: OUTSTANDING},
)
OFSTED_LATEST = said(
    Channel.OFSTED_LATEST,
    read_on=date(2024, 3, 31),
    edition=date(2024, 3, 31),
    framework=Framework.ILACS,
    start=date(2023, 7, 10),
    grades={OE: RI, LEADERS: GOOD, HELP: RI, CARE: GOOD, LEAVERS: OUTSTANDING},
)


def test_a_start_and_a_publication_weeks_later_are_one_inspection():
    activity = one(OFSTED_HISTORY, OFSTED_LATEST)
    assert (activity.start, activity.published) == (date(2023, 7, 10), date(2023, 9, 4))


def test_the_better_source_is_held_and_the_difference_is_shown_with_both_sides():
    activity = one(JT39, OFSTED_HISTORY, OFSTED_LATEST)
    assert activity.grades.get(HELP) is RI
    assert {d.field: (d.held, [s.value for s in d.says]) for d in activity.disagreements} == {
        "grades.help_and_protection": ("requires_improvement", ["requires_improvement", "good"]),
        "grades.in_care": ("good", ["good", "requires_improvement"]),
    }
    assert activity.end == date(2023, 7, 21), "what only the lesser source states is held too"
    assert activity.status is Status.CURRENT


def test_a_settlement_is_held_above_all_and_carries_its_reason():
    settlement = said(
        Channel.FORM,
        family=Family.SETTLEMENT,
        read_on=date(2026, 9, 1),
        about=JT39.id,
        reason="Page 1 of the report says so.",
        grades={HELP: GOOD},
    )
    activity = one(JT39, OFSTED_HISTORY, settlement)
    dispute = next(d for d in activity.disagreements if d.field == "grades.help_and_protection")
    assert activity.grades.get(HELP) is GOOD
    assert (dispute.settled, dispute.reason) == (True, "Page 1 of the report says so.")
    assert [saying.family for saying in dispute.says] == [
        Family.SETTLEMENT,
        Family.OFSTED_STATISTICS,
        Family.SCRAPE,
    ]


def test_a_source_that_changes_its_own_value_has_corrected_itself_and_disagrees_with_nobody():
    first = replace(said(Channel.D2I_OVERVIEW, read_on=date(2023, 8, 17), **_same(JT39, LEAVERS, GOOD)))
    activity = one(first, JT39)
    assert activity.grades.get(LEAVERS) is OUTSTANDING
    assert not activity.disagreements
    assert [(c.field, c.was.value, c.now.value) for c in activity.corrections] == [
        ("grades.care_leavers", "good", "outstanding")
    ]
    assert activity.status is Status.CORRECTED


def _same(statement: Statement, area: Area, grade: Grade) -> dict[str, object]:
    words = statement.said
    return {
        "start": words.start,
        "published": words.published,
        "grades": dict(words.grades) | {area: grade},
    }


def test_a_reading_seen_again_later_is_the_newest_word_of_its_source():
    a = said(Channel.D2I_OVERVIEW, read_on=date(2023, 9, 1), start=date(2023, 7, 10), grades={HELP: GOOD})
    b = said(Channel.D2I_OVERVIEW, read_on=date(2024, 9, 1), start=date(2023, 7, 10), grades={HELP: RI})
    dossier = Dossier(URN)
    dossier.statements = {a.id: a, b.id: b}
    assert reconcile(dossier)[0].grades.get(HELP) is RI
    dossier.restate(a.id, read_on=date(2025, 9, 1), edition=None)
    assert reconcile(dossier)[0].grades.get(HELP) is GOOD
    dossier.restate(a.id, read_on=date(2022, 9, 1), edition=None)
    assert reconcile(dossier)[0].grades.get(HELP) is GOOD, "an older reading changes nothing"


def test_before_2023_a_grade_for_children_in_care_is_the_combined_one():
    activity = one(
        said(Channel.JT39_HISTORY, read_on=date(2026, 8, 4), start=date(2018, 6, 4), grades={CARE: RI}),
        said(Channel.D2I_OVERVIEW, read_on=date(2023, 9, 1), start=date(2018, 6, 4), grades={CARE: RI, LEAVERS: GOOD}),
    )
    assert list(activity.grades) == [(BOTH, RI)]


def test_a_lone_care_leavers_grade_before_2023_is_the_combined_one():
    activity = one(said(Channel.D2I_OVERVIEW, read_on=date(2023, 9, 1), start=date(2018, 6, 4), grades={LEAVERS: GOOD}))
    assert list(activity.grades) == [(BOTH, GOOD)]


@pytest.mark.parametrize(
    ("start", "held_overall"),
    [(date(2026, 3, 30), True), (date(2026, 3, 31), True), (date(2026, 4, 1), False), (date(2026, 4, 27), False)],
)
def test_no_overall_grade_is_held_for_inspections_from_april_2026(start: date, held_overall: bool):
    activity = one(said(Channel.JT39_HISTORY, read_on=date(2026, 8, 4), start=start, grades={OE: GOOD, LEADERS: GOOD}))
    assert (activity.grades.get(OE) is not None) is held_overall


def test_on_a_single_inspection_scraped_grades_take_that_frameworks_names():
    activity = one(
        said(
            Channel.JT39_HISTORY,
            read_on=date(2026, 8, 4),
            start=date(2016, 1, 11),
            grades={CARE: GOOD, LEADERS: RI},
            variant=Variant.STANDARD,
        )
    )
    assert activity.framework is Framework.SIF
    assert activity.variant is None, "a scrape works the type out from days, which says nothing of a single inspection"
    assert dict(activity.grades) == {
        Area.LOOKED_AFTER_AND_PERMANENCE: GOOD,
        Area.LEADERSHIP_MANAGEMENT_GOVERNANCE: RI,
    }


def test_one_release_that_contradicts_itself_is_neither_a_correction_nor_a_disagreement():
    latest = said(
        Channel.OFSTED_LATEST,
        read_on=date(2024, 3, 31),
        edition=date(2024, 3, 31),
        start=date(2023, 7, 10),
        grades={HELP: GOOD},
    )
    activity = one(OFSTED_HISTORY, latest)
    assert activity.grades.get(HELP) is RI, "the history sheet comes before the latest sheet"
    assert not activity.disagreements
    assert not activity.corrections


def test_the_newest_release_counts_even_when_it_was_read_first():
    older = said(
        Channel.OFSTED_HISTORY,
        read_on=date(2026, 1, 1),
        edition=date(2023, 3, 31),
        published=date(2022, 11, 5),
        grades={HELP: GOOD},
    )
    newer = said(
        Channel.OFSTED_HISTORY,
        read_on=date(2025, 1, 1),
        edition=date(2025, 3, 31),
        published=date(2022, 11, 5),
        grades={HELP: RI},
    )
    assert one(older, newer).grades.get(HELP) is RI


def test_starts_more_than_a_week_apart_are_two_visits_whatever_lies_between():
    days = (date(2023, 7, 3), date(2023, 7, 10), date(2023, 7, 11))
    visits = [said(Channel.JT39_HISTORY, read_on=days[0], kind=Kind.FOCUSED_VISIT, start=day) for day in days]
    activities = held(*visits)
    assert [len(a.statements) for a in activities] == [1, 2], "the nearest pair is joined and the third stands alone"


def test_a_month_joins_the_one_visit_that_began_in_it():
    month = said(
        Channel.HISTORY_DOCUMENT,
        kind=Kind.FOCUSED_VISIT,
        read_on=date(2026, 8, 22),
        period=Period("2023-03"),
        priority_action=True,
    )
    day = said(
        Channel.OFSTED_IN_YEAR,
        kind=Kind.FOCUSED_VISIT,
        read_on=date(2024, 3, 31),
        edition=date(2024, 3, 31),
        start=date(2023, 3, 1),
    )
    other = replace(day, id=UUID(int=1), said=replace(day.said, start=date(2023, 3, 22)))
    assert one(month, day).start == date(2023, 3, 1)
    assert one(month, day).priority_action is True
    assert len(held(month, day, other)) == 3, "two candidates: nobody knows which"


def test_an_officers_same_and_not_the_same_come_before_dates():
    early = said(Channel.JT39_HISTORY, read_on=date(2026, 8, 4), start=date(2023, 7, 3))
    late = said(Channel.OFSTED_LATEST, read_on=date(2024, 8, 4), edition=date(2024, 3, 31), start=date(2023, 9, 11))
    near = said(Channel.OFSTED_LATEST, read_on=date(2024, 8, 4), edition=date(2024, 3, 31), start=date(2023, 7, 4))
    dossier = Dossier(URN)
    dossier.statements = {s.id: s for s in (early, late)}
    dossier._rulings[early.id, late.id] = (True, None)
    assert len(reconcile(dossier)) == 1
    dossier.statements = {s.id: s for s in (early, near)}
    dossier._rulings = {(early.id, near.id): (False, None)}
    assert len(reconcile(dossier)) == 2


# --- any order --------------------------------------------------------------------------------------------------------

days = st.dates(date(2018, 1, 1), date(2018, 3, 31))
grades = st.dictionaries(st.sampled_from([OE, LEADERS, HELP, CARE]), st.sampled_from(list(Grade)), max_size=4)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    channel = draw(st.sampled_from([c for c in FAMILY_OF if c is not Channel.FORM]))
    start, published, notified = (draw(st.none() | days) for _ in range(3))
    start = start or (draw(days) if published is notified is None else None)
    read_on = draw(st.sampled_from([date(2023, 4, 1), date(2024, 4, 1), date(2025, 4, 1)]))
    edition = read_on if FAMILY_OF[channel] is Family.OFSTED_STATISTICS else None
    kind = draw(st.sampled_from([Kind.INSPECTION, Kind.FOCUSED_VISIT]))
    return said(
        channel,
        kind=kind,
        read_on=read_on,
        edition=edition,
        start=start,
        published=published,
        notified=notified,
        call_withdrawn=draw(st.none() | days) if notified is not None else None,
        grades=draw(grades) if kind is Kind.INSPECTION else None,
    )


@given(st.lists(statements(), min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=examples(300), deadline=None)
def test_the_order_in_which_statements_came_in_never_matters(found: list[Statement], shuffle: random.Random):
    unique = {}
    for statement in found:
        known = unique.get(statement.id)
        if known is None or known.read_on < statement.read_on:
            unique[statement.id] = statement
    shuffled = list(unique.values())
    shuffle.shuffle(shuffled)
    assert held(*unique.values()) == held(*shuffled)


@given(st.lists(statements(), min_size=1, max_size=12))
@settings(max_examples=examples(200), deadline=None)
def test_every_statement_is_in_exactly_one_entry_and_no_entry_holds_starts_over_a_week_apart(found: list[Statement]):
    unique = {statement.id: statement for statement in found}
    activities = held(*unique.values())
    assert sorted(s for a in activities for s in a.statements) == sorted(unique)
    for activity in activities:
        starts = [unique[s].said.start for s in activity.statements if unique[s].said.start]
        assert not starts or (max(starts) - min(starts)).days <= 7


# --- one id, one entry ------------------------------------------------------------------------------------------------

own_names = st.integers(1, 3).map(lambda number: UUID(int=number))


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """What sources said, what officers said of entries by name, which were withdrawn, joined or told apart."""
    dossier = Dossier(URN)
    months = st.sampled_from(["2018-01", "2018-02"]).map(
        lambda month: said(Channel.JT39_HISTORY, read_on=date(2023, 4, 1), period=Period(month))
    )
    for statement in draw(st.lists(statements() | months, min_size=1, max_size=8)):
        dossier.statements[statement.id] = statement
    for statement in draw(st.lists(statements(), max_size=5)):
        name = draw(own_names | st.sampled_from(list(dossier.statements)))
        by_hand = replace(
            statement,
            id=uuid5(name, str(statement.id)),
            family=Family.REPORT_IN_HAND,
            channel=Channel.FORM,
            about=name,
        )
        dossier.statements[by_hand.id] = by_hand
    some = st.lists(st.sampled_from(list(dossier.statements)), min_size=1, max_size=3, unique=True)
    for names in draw(st.lists(some, max_size=3)):
        dossier.withdrawn.update(dict.fromkeys(names, "No."))
        dossier.withdrawn_together += pairwise(names)
    pairs = st.tuples(own_names | st.sampled_from(list(dossier.statements)), st.sampled_from(list(dossier.statements)))
    dossier._rulings = draw(st.dictionaries(pairs, st.tuples(st.booleans(), st.none()), max_size=2))
    return dossier


@given(dossiers(), st.randoms(use_true_random=False))
@settings(max_examples=examples(200), deadline=None)
def test_no_two_entries_of_a_kind_bear_one_id_whatever_was_told_and_in_whatever_order(
    dossier: Dossier, shuffle: random.Random
):
    activities = reconcile(dossier)
    names = [(activity.kind, activity.id) for activity in activities]
    assert len(set(names)) == len(names)
    assert sorted(s for a in activities for s in a.statements) == sorted(dossier.statements)
    struck = {s for a in activities if a.status is Status.WITHDRAWN for s in a.statements}
    assert struck >= set(dossier.withdrawn), "what was withdrawn stays struck out"
    shuffled = list(dossier.statements.items())
    shuffle.shuffle(shuffled)
    dossier.statements = dict(shuffled)
    assert reconcile(dossier) == activities


# --- buckets ----------------------------------------------------------------------------------------------------------


def bucket_of(before: list[Statement], added: list[Statement], again: list[Statement] | None = None) -> Bucket:
    after = before + added
    observed = [s.id for s in added + (again or [])]
    ((_, bucket),) = buckets(held(*before), held(*after), observed=observed, added=[s.id for s in added])
    return bucket


def test_what_a_file_does_to_an_activity_has_one_name():
    agrees = replace(JT39, said=replace(JT39.said, grades=OFSTED_HISTORY.said.grades))
    assert bucket_of([], [OFSTED_HISTORY]) is Bucket.NEW
    assert bucket_of([OFSTED_HISTORY], [JT39]) is Bucket.DISAGREED
    assert bucket_of([OFSTED_LATEST], [OFSTED_HISTORY]) is Bucket.FILLED
    assert bucket_of([agrees, OFSTED_HISTORY], [OFSTED_LATEST]) is Bucket.CONFIRMED
    assert bucket_of([OFSTED_HISTORY, JT39], [], again=[JT39]) is Bucket.UNCHANGED
    earlier = said(Channel.D2I_OVERVIEW, read_on=date(2023, 9, 10), **_same(JT39, LEAVERS, GOOD))
    assert bucket_of([earlier], [JT39]) is Bucket.CORRECTED
    assert bucket_of([OFSTED_HISTORY, OFSTED_LATEST, JT39], [], again=[OFSTED_LATEST]) is Bucket.UNCHANGED


def test_sources_are_cited_best_first_with_their_addresses():
    cited = replace(JT39, citations=(Citation("Ofsted report", "https://files.ofsted.gov.uk/v1/file/50229999"),))
    activity = one(cited, OFSTED_HISTORY)
    assert [citation.title for citation in activity.sources] == [
        "Ofsted statistics as at 31 March 2024, history of inspections",
        "Ofsted report",
    ]


def test_a_source_that_says_a_judgement_was_never_made_takes_its_grade_back():
    """A scrape gave care-leavers grades for inspections before 2023 until its parser was mended in March 2024."""
    copied = said(
        Channel.D2I_OVERVIEW, read_on=date(2024, 3, 17), start=date(2018, 6, 4), grades={CARE: RI, LEAVERS: RI}
    )
    mended = said(
        Channel.D2I_OVERVIEW,
        read_on=date(2024, 3, 20),
        start=date(2018, 6, 4),
        grades={CARE: RI},
        not_judged=(LEAVERS,),
    )
    activity = one(copied, mended)
    assert list(activity.grades) == [(BOTH, RI)]
    assert [(c.field, c.was.value, c.now.value) for c in activity.corrections] == [
        ("grades.care_leavers", "requires_improvement", "not_judged")
    ]
    assert activity.status is Status.CURRENT, "what is held was never touched"
    assert bucket_of([copied], [mended]) is Bucket.CORRECTED
