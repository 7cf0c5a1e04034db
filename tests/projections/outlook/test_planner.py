"""Windows by month: a pure grouping of what the register answers, in which nobody is lost or counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.rulebook.graded_windows import status_on
from domain.rulebook.results import (
    Announced,
    Expectation,
    ExpectedNext,
    Graded,
    GradedType,
    Pathway,
    PriorityActionOverride,
    Standing,
    WindowStatus,
)
from domain.rulebook.succession.ending import graded_before_the_end
from domain.rulebook.working_days import add_months
from domain.values.activities import AuthorityFacts
from domain.values.errors import NotFound
from domain.values.known_until import KnownUntil
from domain.values.statements import Period
from projections.authorities.regions import regions
from projections.authorities.register import register
from projections.engine.answers import Moment, PlannedWindow, PlannerAnswer, RegisterAnswer, RegisterRow, WithoutWindow
from projections.outlook.planner import MONTHS_AHEAD, months_from, planner
from tests.domain.rulebook.story import ALL_KNOWN, focused
from tests.projections.story import Store, tell_a_varied_history

ON = date(2026, 11, 24)


def row(
    name: str,
    opens: date | None = None,
    closes: date | None = None,
    *,
    on: date = ON,
    pathway: Pathway = Pathway.GOOD_OR_OUTSTANDING,
    region: str = "North East",
    abolished_on: date | None = None,
    ends_on: date | None = None,
    **expected: Any,
) -> RegisterRow:
    authority = AuthorityFacts(urn=name, name=name, region=region, abolished_on=abolished_on, ends_on=ends_on)
    graded = graded_before_the_end(Graded(GradedType.SHORT, opens, closes, status_on(on, opens, closes)), authority)
    standing = Standing(
        authority, on, pathway, None, False, ExpectedNext(graded, **expected), (), "Why.", (), known_until=ALL_KNOWN
    )
    return RegisterRow(authority, standing, 0, 0)


def answer(*rows: RegisterRow, on: date = ON, **more: Any) -> PlannerAnswer:
    return planner(RegisterAnswer(Moment(on, None, 7, date(2026, 8, 22), date(2026, 8, 22)), rows), **more)


def names(windows: tuple[PlannedWindow, ...]) -> list[str]:
    return [window.authority.name for window in windows]


def month_of(found: PlannerAnswer, text: str) -> tuple[list[str], list[str], list[str], list[str]]:
    (month,) = [month for month in found.months if f"{month.first_day:%Y-%m}" == text]
    return names(month.opening), names(month.open), names(month.closing), names(month.overdue_from)


def test_a_window_that_the_end_of_its_authority_cuts_closes_the_day_before_and_is_never_overdue():
    found = answer(row("Ending", date(2027, 1, 15), date(2028, 1, 1), ends_on=date(2027, 4, 1)))
    assert month_of(found, "2027-01") == (["Ending"], ["Ending"], [], [])
    assert month_of(found, "2027-03") == ([], ["Ending"], ["Ending"], [])
    assert month_of(found, "2027-04") == ([], [], [], [])


def test_there_are_24_months_from_that_of_the_day():
    found = answer()
    assert [month.first_day for month in found.months] == list(months_from(ON))
    assert (found.months[0].first_day, found.months[-1].first_day) == (date(2026, 11, 1), date(2028, 10, 1))
    assert len(found.months) == MONTHS_AHEAD == 24


@pytest.mark.parametrize(
    ("month", "opening", "opened", "closing", "overdue"),
    [
        ("2027-01", [], [], [], []),
        ("2027-02", ["Tynehaven"], ["Tynehaven"], [], []),
        ("2027-03", [], ["Tynehaven"], [], []),
        ("2028-01", [], ["Tynehaven"], ["Tynehaven"], []),
        ("2028-02", [], [], [], ["Tynehaven"]),
        ("2028-03", [], [], [], []),
    ],
)
def test_a_window_opens_is_open_closes_and_is_overdue_from_the_day_after(
    month: str, opening: list[str], opened: list[str], closing: list[str], overdue: list[str]
):
    found = answer(row("Tynehaven", date(2027, 2, 1), date(2028, 1, 31)))
    assert month_of(found, month) == (opening, opened, closing, overdue)


def test_a_window_that_closes_within_a_month_is_overdue_in_the_same_month():
    found = answer(row("Tynehaven", date(2026, 1, 30), date(2027, 1, 30)))
    assert month_of(found, "2027-01") == ([], ["Tynehaven"], ["Tynehaven"], ["Tynehaven"])


def test_the_month_that_has_begun_counts_whole():
    found = answer(
        row("Opened", date(2026, 11, 2), date(2027, 11, 2)), row("Closed", date(2025, 11, 3), date(2026, 11, 3))
    )
    assert month_of(found, "2026-11") == (["Opened"], ["Closed", "Opened"], ["Closed"], ["Closed"])
    assert (names(found.open), names(found.overdue)) == (["Opened"], ["Closed"])


def test_those_open_and_those_overdue_are_listed_the_longest_first():
    found = answer(
        row("Late", date(2024, 3, 1), date(2025, 3, 1)),
        row("Later", date(2025, 1, 1), date(2025, 2, 1)),
        row("Fresh", date(2026, 11, 1), date(2027, 2, 1)),
        row("Stale", date(2026, 1, 1), date(2027, 11, 1)),
    )
    assert names(found.overdue) == ["Later", "Late"]
    assert names(found.open) == ["Stale", "Fresh"]


def test_who_has_no_window_is_counted_by_the_reason():
    found = answer(
        row("New", pathway=Pathway.NOT_YET_JUDGED),
        row("Dark", pathway=Pathway.UNKNOWN),
        row("Beyond", pathway=Pathway.INADEQUATE),
        row("Gone", date(2020, 1, 1), date(2021, 1, 1), abolished_on=date(2023, 4, 1)),
        row("Ending", date(2027, 4, 1), date(2028, 1, 1), ends_on=date(2027, 4, 1)),
        row("Tynehaven", date(2029, 1, 1), date(2030, 1, 1)),
    )
    assert found.without == tuple((reason, 1) for reason in WithoutWindow)
    assert (found.authorities, found.later, found.overdue, found.open) == (6, 1, (), ())


def test_a_priority_action_is_said():
    override = PriorityActionOverride(Period("2026-07"), Period("2026-12"), Period("2028-01"))
    found = answer(row("Acting", date(2026, 2, 1), date(2027, 1, 1), priority_action_override=override))
    assert [window.after_priority_action for window in found.open] == [override]


def test_an_inspection_that_has_come_is_counted_apart_and_its_window_in_no_month():
    awaited = Announced(GradedType.SHORT, None, date(2026, 10, 5), date(2026, 10, 9), WindowStatus.REPORT_AWAITED)
    called = Announced(GradedType.SHORT, date(2026, 11, 23), date(2026, 11, 30), None, WindowStatus.ANNOUNCED)
    found = answer(
        row("Called", date(2026, 1, 1), date(2027, 1, 1), announced=called),
        row("Awaiting", date(2024, 1, 1), date(2025, 1, 1), announced=awaited),
        row("New", pathway=Pathway.NOT_YET_JUDGED, announced=called),
        row("Tynehaven", date(2027, 2, 1), date(2028, 1, 31)),
    )
    assert [(one.authority.name, one.announced) for one in found.called] == [
        ("Awaiting", awaited),
        ("Called", called),
        ("New", called),
    ]
    assert (found.overdue, found.open, found.without, found.upcoming) == ((), (), (), 1)
    assert {name for month in found.months for name in names(month.open)} == {"Tynehaven"}


def test_region_and_pathway_narrow_together_and_an_unknown_region_is_refused_in_words():
    rows = (
        row("Tynehaven", date(2026, 1, 1), date(2027, 1, 1)),
        row("Wearmouth", date(2026, 1, 1), date(2027, 1, 1), pathway=Pathway.INADEQUATE),
        row("Southwark", date(2026, 1, 1), date(2027, 1, 1), region="London"),
    )
    assert names(answer(*rows, region="North East").open) == ["Tynehaven", "Wearmouth"]
    assert names(answer(*rows, region="North East", pathway=Pathway.INADEQUATE).open) == ["Wearmouth"]
    assert answer(*rows, region="London", pathway=Pathway.INADEQUATE).authorities == 0
    with pytest.raises(NotFound, match=r"'Wessex'\. There are London and North East\."):
        answer(*rows, region="Wessex")


def test_it_groups_what_the_register_of_a_store_answers(store: Store):
    tell_a_varied_history(store)
    store.projector.catch_up()
    then = register(store.reader, as_at=date(2026, 7, 1), include_abolished=True)
    found = planner(then)
    assert regions(row.authority for row in then.rows) == ("North East",)
    assert found.authorities == 3
    assert names(found.open) == ["Stockton-on-Tees"]
    assert dict(found.without) == {WithoutWindow.UNKNOWN: 1, WithoutWindow.ABOLISHED: 1}
    assert found.moment == then.moment


day = some.dates(date(2019, 1, 1), date(2032, 12, 31))
rows_of_a_register = some.lists(
    some.tuples(some.none() | day, some.integers(0, 800), some.sampled_from(Pathway), some.booleans()), max_size=30
)


@given(on=day, drawn=rows_of_a_register)
def test_nobody_is_lost_or_counted_twice(on: date, drawn: list[Any]):
    rows = [
        row(
            str(number),
            opens,
            opens + timedelta(days=length) if opens else None,
            on=on,
            pathway=pathway,
            abolished_on=date(2018, 4, 1) if abolished else None,
        )
        for number, (opens, length, pathway, abolished) in enumerate(drawn)
    ]
    found = answer(*rows, on=on)
    upcoming = [
        one.authority.name
        for one in rows
        if one.authority.abolished_on is None
        and (opens := one.standing.expected_next.graded.window_from)
        and opens > on
    ]
    counted = [*names(found.overdue), *names(found.open), *upcoming]
    assert len(counted) == len(set(counted))
    assert len(counted) + sum(number for _, number in found.without) == found.authorities == len(rows)
    assert found.upcoming == len(upcoming)
    assert found.current == sum(one.authority.abolished_on is None for one in rows)
    for before, after in zip(found.months, found.months[1:], strict=False):
        assert after.first_day == add_months(before.first_day, 1)
        stay = set(names(before.open)) - set(names(before.closing))
        assert stay | set(names(after.opening)) == set(names(after.open))
        assert set(names(after.closing)) <= set(names(after.open))
    late = set(names(found.overdue))
    at_once = {name for name in names(found.months[0].overdue_from) if name in late}
    for month in found.months[1:]:
        assert not late & set(names(month.overdue_from)), "what is overdue already does not become so again"
        assert at_once.isdisjoint(names(month.open))


# --- who else comes -------------------------------------------------------------------------------------------------


def expected_about(day: str, status: WindowStatus = WindowStatus.UPCOMING) -> Expectation:
    return Expectation(
        "area_send_full_inspection", "other_inspection", None, date.fromisoformat(day), status, "Why.", ("R-077",)
    )


@pytest.mark.parametrize(
    ("about", "days"),
    [
        ("2026-08-01", None),
        ("2026-08-02", -183),
        ("2027-01-31", -1),
        ("2027-02-01", 0),
        ("2028-01-31", 0),
        ("2028-02-01", 1),
        ("2028-07-30", 181),
        ("2028-07-31", None),
    ],
)
def test_another_inspection_is_near_a_window_less_than_six_months_from_it(about: str, days: int | None):
    alone = row("Tynehaven", date(2027, 2, 1), date(2028, 1, 31))
    found = answer(replace(alone, others_expected=(expected_about(about),)))
    assert [one.found.days for one in found.near] == ([] if days is None else [days])
    assert {one.found.rule for one in found.near} <= {"R-079"}
    assert found == replace(answer(alone), near=found.near)


def test_of_what_may_have_come_already_nothing_is_said_but_that():
    passed = expected_about("2026-11-01", WindowStatus.NOT_KNOWN)
    waits = replace(row("Tynehaven", date(2026, 2, 1), date(2028, 1, 31)), others_expected=(passed,))
    unknown = row("Wearmouth", date(2025, 1, 1), date(2026, 9, 1))
    not_known = replace(unknown, standing=replace(unknown.standing, known_until=KnownUntil()), lately_held=(VISIT,))
    found = answer(waits, not_known)
    assert (names(found.not_known), found.near, found.near_not_known) == (["Wearmouth"], (), 2)


VISIT = focused(start="2026-06-16", end="2026-06-17", published="2026-07-20")


def test_what_is_called_is_near_by_its_days_and_what_was_held_by_its_last():
    called = Announced(
        GradedType.SHORT, date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 4), WindowStatus.ANNOUNCED
    )
    visited = Expectation(
        "area_send", "announced", date(2026, 11, 23), date(2026, 11, 27), WindowStatus.ON_SITE, "Why.", ("R-079",)
    )
    one = replace(
        row("Called", date(2026, 1, 1), date(2027, 1, 1), announced=called),
        called=(visited,),
        others_expected=(expected_about("2027-04-01"),),
        lately_held=(VISIT, focused(start="2026-05-29", end="2026-05-30")),
    )
    pairs = [near.found for near in answer(one).near]
    assert [(pair.one.activity, pair.one.told.value, pair.other.activity, pair.days, pair.rule) for pair in pairs] == [
        ("focused_visit", "held", "area_send", -177, "R-079"),
        ("focused_visit", "held", "short_inspection", -166, "R-050"),
        ("focused_visit", "held", "area_send", -159, "R-079"),
        ("area_send", "called", "short_inspection", -3, "R-079"),
        ("area_send_full_inspection", "expected", "short_inspection", 118, "R-079"),
        ("area_send_full_inspection", "expected", "area_send", 125, "R-079"),
    ]


def test_of_an_authority_that_ends_nothing_on_or_after_that_day_is_near():
    ends = row("Ending", date(2027, 1, 15), date(2028, 1, 1), ends_on=date(2027, 4, 1))
    for about, number in (("2027-03-31", 1), ("2027-04-01", 0)):
        assert len(answer(replace(ends, others_expected=(expected_about(about),))).near) == number
