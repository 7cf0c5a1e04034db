"""What is news in what came to be held of an entry, and what only corrects or confirms it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.authorities.news import SHIPPED, NewsKind, corrected, day_of, is_history, learned_late, news_in
from domain.frameworks import Area, Grade
from domain.values.activities import Activity, Doubt, Status
from domain.values.judgements import Judgements
from domain.values.statements import Kind

CALLED = Activity(UUID(int=1), "80563", Kind.INSPECTION, notified=date(2026, 11, 2))
ON_SITE = replace(CALLED, start=date(2026, 11, 9), end=date(2026, 11, 13))
GOOD = Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.GOOD})
REPORTED = replace(ON_SITE, published=date(2026, 11, 30), grades=GOOD)
WITHDRAWN = replace(REPORTED, status=Status.WITHDRAWN)
VISIT = Activity(UUID(int=2), "80563", Kind.FOCUSED_VISIT, start=date(2026, 9, 1), published=date(2026, 10, 1))


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (None, CALLED, [NewsKind.CALL]),
        (CALLED, replace(CALLED, call_withdrawn=date(2026, 11, 4)), [NewsKind.CALL_WITHDRAWN]),
        (CALLED, ON_SITE, [NewsKind.ON_SITE]),
        (ON_SITE, REPORTED, [NewsKind.REPORT]),
        (None, REPORTED, [NewsKind.REPORT]),
        (None, VISIT, [NewsKind.LETTER]),
        (None, replace(VISIT, kind=Kind.JTAI), [NewsKind.LETTER]),
        (None, replace(VISIT, kind=Kind.AREA_SEND), [NewsKind.OTHER_INSPECTION]),
        (None, replace(VISIT, kind=Kind.STATUTORY_DIRECTION), [NewsKind.INTERVENTION]),
        (None, replace(VISIT, kind=Kind.SUCCESSION_ANNOUNCED), [NewsKind.SUCCESSION]),
        (None, replace(VISIT, kind=Kind.SELF_EVALUATION), []),
        (REPORTED, WITHDRAWN, [NewsKind.WITHDRAWN]),
        (None, WITHDRAWN, []),
        (WITHDRAWN, replace(WITHDRAWN, reason="again"), []),
    ],
)
def test_each_thing_that_happens_is_news_once(was: Activity | None, now: Activity, told: list[NewsKind]):
    assert list(news_in(was, now)) == told


def test_what_sources_confirm_or_fill_in_is_no_news():
    assert news_in(REPORTED, replace(REPORTED, statements=(UUID(int=9),))) == ()
    assert news_in(replace(VISIT, priority_action=None), replace(VISIT, priority_action=False)) == ()
    assert news_in(VISIT, replace(VISIT, focus="front door", improvements=("Plans.",), note="a note")) == ()


def test_a_value_that_had_been_held_otherwise_is_a_correction_that_names_both():
    worse = replace(REPORTED, grades=Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.INADEQUATE}))
    assert news_in(worse, REPORTED) == (NewsKind.CORRECTION,)
    (change,) = corrected(worse, REPORTED)
    assert (change.field, change.was, change.now) == ("grades.overall_effectiveness", Grade.INADEQUATE, Grade.GOOD)


def test_other_words_for_a_focus_are_no_correction():
    assert news_in(replace(VISIT, focus="front door"), replace(VISIT, focus="the front door")) == ()


def test_what_cannot_be_right_is_no_news_until_somebody_says_what_is():
    doubtful = replace(REPORTED, doubts=(Doubt("published", "Published before it began.", ("R-056",)),))
    assert news_in(None, doubtful) == ()
    assert news_in(doubtful, REPORTED) == (NewsKind.REPORT,)


@pytest.mark.parametrize(("told_on", "late"), [(date(2026, 10, 15), False), (date(2026, 10, 16), True)])
def test_after_more_than_two_weeks_it_was_learned_late(told_on: date, late: bool):
    assert learned_late(day_of(NewsKind.LETTER, VISIT), told_on) is late


def test_a_call_is_public_on_its_own_day():
    assert day_of(NewsKind.CALL, CALLED) == date(2026, 11, 2)
    withdrawn = replace(CALLED, call_withdrawn=date(2026, 11, 4))
    assert day_of(NewsKind.CALL_WITHDRAWN, withdrawn) == date(2026, 11, 4)


BEGUN = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("public_on", "told_on", "by", "history"),
    [
        (date(2019, 7, 1), BEGUN, "import", True),
        (date(2019, 7, 1), date(2026, 6, 2), "import", False),
        (date(2026, 5, 31), date(2026, 11, 30), SHIPPED, True),
        (date(2026, 6, 1), date(2026, 11, 30), SHIPPED, False),
    ],
)
def test_what_comes_with_the_product_or_on_the_first_day_is_history(
    public_on: date, told_on: date, by: str, history: bool
):
    assert is_history(public_on, told_on, BEGUN, by=by) is history
