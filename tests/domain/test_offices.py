"""Offices as people write them: which names can be of one office."""

from __future__ import annotations

import pytest

from domain.values.offices import is_office


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Head of Safeguarding", "head of safeguarding"),
        ("Head of Safeguarding", "The Head of Safeguarding, Haringey"),
        ("Safeguarding & Quality Service", "Safeguarding and quality services"),
        ("Director of Children’s Services", "Director of Children's Services"),
    ],
)
def test_an_office_is_known_however_it_is_written(one: str, other: str):
    assert is_office(one, other)
    assert is_office(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Head of Safeguarding", "Head of Fostering"),
        ("Director", "Assistant Director, Education"),
        ("", "Head of Safeguarding"),
        ("The", "the"),
    ],
)
def test_another_office_is_not_taken_for_it(one: str, other: str):
    assert not is_office(one, other)
    assert not is_office(other, one)
