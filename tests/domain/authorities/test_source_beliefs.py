"""What a reader of one source would have believed on a day, and when the source corrected itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.authorities.source_beliefs import NOT_JUDGED, Heard, Reworded, believed, reworded, turns
from domain.frameworks import Area, Grade
from domain.values.judgements import Judgements
from domain.values.statements import Kind, Stated

OLD, NEW = UUID(int=1), UUID(int=2)
AUGUST, MARCH, MAY = date(2023, 8, 17), date(2024, 3, 20), date(2024, 5, 31)


def says(grade: Grade, **words: object) -> Stated:
    given = {"published": date(2022, 4, 25), "grades": Judgements.of({Area.CARE_LEAVERS: grade})} | words
    return Stated(Kind.INSPECTION, **given)  # type: ignore[arg-type]


GOOD = Heard(UUID(int=11), says(Grade.GOOD), (AUGUST, MAY))
NOT_GRADED = Heard(UUID(int=12), Stated(Kind.INSPECTION, not_judged=(Area.CARE_LEAVERS,)), (MARCH,))
NEXT = Heard(UUID(int=13), says(Grade.GOOD, published=date(2024, 3, 1)), (MARCH,))


@pytest.mark.parametrize(
    ("on", "statement"),
    [
        (date(2023, 8, 16), None),
        (AUGUST, GOOD),
        (date(2024, 3, 19), GOOD),
        (MARCH, NOT_GRADED),
        (date(2024, 5, 30), NOT_GRADED),
        (MAY, GOOD),
    ],
)
def test_the_newest_reading_by_the_day_is_believed_even_if_it_returns_to_an_older_word(on: date, statement: Heard):
    found = believed([(OLD, [GOOD, NOT_GRADED])], on=on)
    assert [one.heard for one in found] == ([] if statement is None else [statement])


def test_another_word_on_the_same_activity_is_a_correction_and_another_activity_is_news():
    told = [*turns(OLD, [GOOD, NOT_GRADED]), *turns(NEW, [NEXT])]
    assert [(turn.day, turn.activity, turn.is_correction) for turn in told] == [
        (AUGUST, OLD, False),
        (MARCH, OLD, True),
        (MAY, OLD, True),
        (MARCH, NEW, False),
    ]


def test_an_activity_that_the_newest_reading_names_no_more_is_marked():
    old, new = believed([(OLD, [Heard(UUID(int=11), says(Grade.GOOD), (AUGUST,))]), (NEW, [NEXT])], on=MAY)[::-1]
    assert (old.still, old.last) == (False, AUGUST)
    assert (new.still, new.last) == (True, MARCH)


def test_two_words_of_one_day_take_nothing_back():
    twice = Heard(UUID(int=14), says(Grade.INADEQUATE), (MARCH,))
    assert len(turns(OLD, [NOT_GRADED, twice])) == 1
    first = Heard(UUID(int=15), says(Grade.GOOD), (AUGUST, MARCH))
    assert [turn.now for turn in turns(OLD, [first, twice])] == [first]


def test_what_differs_is_told_by_value_and_a_taken_back_grade_is_not_a_blank():
    assert reworded(GOOD.said, NOT_GRADED.said) == (
        Reworded("grades.care_leavers", Grade.GOOD, NOT_JUDGED),
        Reworded("published", date(2022, 4, 25), None),
    )
    assert reworded(GOOD.said, GOOD.said) == ()
