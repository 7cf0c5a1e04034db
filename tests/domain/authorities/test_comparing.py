"""What differs between two answers, and whether it is news, was learned late, or corrects what was held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.authorities.comparing import Change, Sort, Why, compare
from domain.frameworks import Area, Grade
from domain.values.activities import Activity, Disagreement, Status
from domain.values.judgements import Judgements
from domain.values.statements import Citation, Kind, Period
from tests.comparing import applied

SINCE = date(2024, 6, 1)


def of(grade: Grade) -> Judgements:
    return Judgements.of({Area.OVERALL_EFFECTIVENESS: grade})


REPORT = Activity(
    id=UUID(int=1),
    urn="80563",
    kind=Kind.INSPECTION,
    start=date(2024, 4, 29),
    end=date(2024, 5, 3),
    published=date(2024, 6, 17),
    grades=of(Grade.GOOD),
    statements=(UUID(int=11),),
)
OLD_REPORT = replace(
    REPORT,
    id=UUID(int=3),
    statements=(UUID(int=13),),
    start=date(2019, 5, 20),
    end=date(2019, 5, 24),
    published=date(2019, 7, 1),
)


def only(was: Activity, now: Activity) -> tuple[Sort, Why, tuple[Change, ...]]:
    (one,) = compare([was], [now], since=SINCE).differences
    return one.sort, one.why, one.telling


def test_what_did_not_change_is_counted_and_nothing_more():
    found = compare([REPORT, OLD_REPORT], [OLD_REPORT, REPORT], since=SINCE)
    assert (found.differences, found.unchanged) == ((), 2)


def test_what_was_withdrawn_and_what_was_told_of_it_since_may_bear_one_name():
    struck_out = replace(REPORT, status=Status.WITHDRAWN, reason="Twice")
    both = [struck_out, replace(REPORT, statements=(UUID(int=12),))]
    same = compare(both, list(reversed(both)), since=SINCE)
    assert (same.differences, same.unchanged) == ((), 2)
    assert sorted(applied([REPORT], compare([REPORT], both, since=SINCE)), key=repr) == sorted(both, key=repr)


def test_a_report_published_after_the_earlier_day_is_news():
    before = REPORT.as_seen_on(SINCE)
    assert before is not None, "the days on site are known before the report is"
    sort, why, changes = only(before, REPORT)
    assert (sort, why) == (Sort.CHANGED, Why.NEWS)
    assert changes == (
        Change("grades.overall_effectiveness", None, Grade.GOOD, Why.NEWS),
        Change("published", None, date(2024, 6, 17), Why.NEWS),
    )


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        pytest.param(OLD_REPORT, replace(OLD_REPORT, grades=of(Grade.INADEQUATE)), Why.CORRECTED, id="another grade"),
        pytest.param(OLD_REPORT, replace(OLD_REPORT, grades=Judgements()), Why.CORRECTED, id="a grade taken back"),
        pytest.param(replace(OLD_REPORT, grades=Judgements()), OLD_REPORT, Why.LEARNED, id="an old grade heard of"),
        pytest.param(OLD_REPORT, replace(OLD_REPORT, published=date(2024, 7, 2)), Why.CORRECTED, id="another date"),
        pytest.param(replace(OLD_REPORT, end=None), OLD_REPORT, Why.LEARNED, id="an old date heard of"),
        pytest.param(OLD_REPORT, replace(OLD_REPORT, received=date(2024, 6, 2)), Why.NEWS, id="a date after"),
        pytest.param(OLD_REPORT, replace(OLD_REPORT, received=SINCE), Why.LEARNED, id="a date on the day itself"),
        pytest.param(
            replace(OLD_REPORT, start=None, period=Period("2019-05")),
            replace(OLD_REPORT, period=None),
            Why.LEARNED,
            id="the day where only the month was known",
        ),
        pytest.param(
            replace(OLD_REPORT, improvements=("Plans.",)),
            replace(OLD_REPORT, improvements=("Plans.", "Visits.")),
            Why.LEARNED,
            id="one finding more",
        ),
        pytest.param(
            replace(OLD_REPORT, improvements=("Plans.",)),
            replace(OLD_REPORT, improvements=("Visits.",)),
            Why.CORRECTED,
            id="another finding instead",
        ),
        pytest.param(
            OLD_REPORT,
            replace(OLD_REPORT, disagreements=(Disagreement("start", "2019-05-20", ()),)),
            Why.LEARNED,
            id="a disagreement",
        ),
    ],
)
def test_a_change_says_why(was: Activity, now: Activity, why: Why):
    assert only(was, now)[:2] == (Sort.CHANGED, why)


def test_another_source_that_says_the_same_changes_nothing_to_show():
    found = compare(
        [REPORT], [replace(REPORT, sources=(Citation("Another"),), statements=(UUID(int=11),))], since=SINCE
    )
    assert (found.confirmed, found.unchanged, found.shown) == (1, 0, ())


def test_an_entry_heard_of_late_is_not_news():
    found = compare([], [OLD_REPORT, replace(REPORT, id=UUID(int=2), start=date(2024, 6, 3))], since=SINCE)
    assert [one.why for one in found.differences] == [Why.LEARNED, Why.NEWS]
    assert found.count(sort=Sort.ADDED) == 2


def test_a_withdrawal_is_a_correction_whether_or_not_the_entry_was_known_before():
    struck = replace(OLD_REPORT, status=Status.WITHDRAWN, reason="Another authority's.")
    for before in ([OLD_REPORT], []):
        (one,) = compare(before, [struck], since=SINCE).differences
        assert (one.sort, one.why) == (Sort.WITHDRAWN, Why.CORRECTED)


def test_an_entry_keeps_its_place_when_its_name_changes_with_the_best_source():
    renamed = replace(OLD_REPORT, id=UUID(int=9), statements=(UUID(int=9), UUID(int=13)))
    found = compare([OLD_REPORT], [renamed], since=SINCE)
    assert (found.confirmed, found.count()) == (1, 0)


def test_two_entries_recognised_as_one_leave_word_of_where_the_other_went():
    other = replace(OLD_REPORT, id=UUID(int=2), statements=(UUID(int=12),))
    both = replace(OLD_REPORT, statements=(UUID(int=13), UUID(int=12)))
    (gone,) = compare([OLD_REPORT, other], [both], since=SINCE).shown
    assert (gone.sort, gone.was, gone.into) == (Sort.GONE, other, both)


def test_the_earlier_answer_and_what_differs_make_the_later_one():
    struck = replace(OLD_REPORT, id=UUID(int=5), statements=(UUID(int=15),), status=Status.WITHDRAWN, reason="No.")
    before = [OLD_REPORT, replace(struck, status=Status.CURRENT, reason=None)]
    after = [replace(OLD_REPORT, grades=Judgements()), struck, replace(REPORT, id=UUID(int=2), statements=())]
    assert set(applied(before, compare(before, after, since=SINCE))) == set(after)
