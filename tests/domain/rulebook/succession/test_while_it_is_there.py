"""Inspections and visits of an authority that was not there: a question for an officer, and nothing follows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.rulebook.plausibility import while_it_is_there
from domain.rulebook.succession.lineage import Lineage, RecordedSpan
from domain.rulebook.succession.successions import Succession
from domain.values.activities import Activity, Status
from domain.values.statements import Kind, Period

END = date(2027, 4, 1)
ORDER = Succession(UUID(int=1), "80567", END, date(2025, 10, 28), ("East Surrey",))
LINEAGE = Lineage(
    {"80567": RecordedSpan(), "east-surrey": RecordedSpan(END, predecessors=("80567",)), "80468": RecordedSpan()},
    {"80567": (ORDER,)},
    find=lambda name: "east-surrey" if name == "East Surrey" else name,
)


def questions(urn: str, kind: Kind = Kind.FOCUSED_VISIT, **days: Any) -> list[tuple[str, str, bool]]:
    held = while_it_is_there(Activity(UUID(int=2), urn, kind, **days), LINEAGE)
    assert not (held.counts and held.doubts)
    return [(one.field, one.text, one.weighs) for one in held.doubts]


@pytest.mark.parametrize(
    ("urn", "days", "text"),
    [
        (
            "80567",
            {"start": END},
            "It would be of 1 April 2027, but the authority ended on 1 April 2027.",
        ),
        (
            "80567",
            {"period": Period("2027-05")},
            "It would be of May 2027, but the authority ended on 1 April 2027.",
        ),
        (
            "east-surrey",
            {"start": date(2026, 9, 7), "published": date(2026, 11, 2)},
            "It would be of 7 September 2026, but the authority had not begun by then: it begins on 1 April 2027.",
        ),
        (
            "east-surrey",
            {"start": date(2024, 9, 9)},
            "It would be of 9 September 2024, but the authority had not begun by then.",
        ),
    ],
)
def test_what_began_while_the_authority_was_not_there_is_a_question(urn: str, days: dict[str, Any], text: str):
    assert questions(urn, **days) == [("start", text, True)]


@pytest.mark.parametrize(
    ("urn", "days"),
    [
        ("80567", {"start": date(2027, 3, 31), "end": END, "published": date(2027, 6, 1)}),
        ("80567", {"published": date(2027, 6, 1)}),
        ("east-surrey", {"start": END}),
        ("80468", {"start": date(2030, 1, 7)}),
        ("80567", {"start": END, "status": Status.WITHDRAWN}),
    ],
)
def test_what_began_while_it_was_there_is_none(urn: str, days: dict[str, Any]):
    assert questions(urn, **days) == []


def test_what_is_published_of_one_that_has_not_begun_is_a_question():
    ((field, _, weighs),) = questions("east-surrey", published=date(2026, 11, 2))
    assert (field, weighs) == ("published", True)


def test_a_meeting_is_no_visit():
    assert questions("80567", Kind.ENGAGEMENT_MEETING, on=date(2027, 5, 4)) == []
