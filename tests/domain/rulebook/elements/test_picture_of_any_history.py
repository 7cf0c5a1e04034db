"""Whatever happened and whatever was read: the picture tells nothing of a day to come, and nothing by silence."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from domain.rulebook.elements.picture import Element, ElementState, five_elements
from domain.rulebook.expectations import rests_on, situation, worked
from domain.values.activities import Activity
from domain.values.known_until import KnownUntil
from tests.domain.rulebook.story import TYNEHAVEN, england
from tests.domain.rulebook.test_reasoning_of_any_history import DAYS
from tests.domain.rulebook.test_silence import HELD, KNOWN
from tests.examples import examples


@settings(max_examples=examples(200), deadline=None)
@given(held=HELD, known=KNOWN, on=DAYS)
def test_the_picture_tells_of_no_day_to_come_and_calls_nothing_late_that_no_source_tells_of(
    held: list[Activity], known: KnownUntil, on: date
):
    now = situation(held, authority=TYNEHAVEN, on=on, holidays=england(), known_until=known)
    workings = list(worked(now))
    found = five_elements(now, [one.expectation for one in workings])
    kinds = {id(one.expectation): rests_on(one.workings) for one in workings}
    assert [one.element for one in found.elements] == list(Element)
    for one in found.elements:
        assert all(done.begun_on <= on for done in one.done)
        if one.element is not Element.INSPECTION:
            assert sorted(one.done, key=lambda done: done.true_on, reverse=True) == list(one.done)
        assert one.known_until is None or one.known_until >= on or one.not_known
        if one.state is ElementState.LATE:
            passed = [row for row in one.left if row.due_to is not None and row.due_to < on]
            assert any((known.from_then(*kinds[id(row)]) or date.min) >= row.due_to for row in passed if row.due_to)
        if one.state is ElementState.DONE:
            assert one.done
