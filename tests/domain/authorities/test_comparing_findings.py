"""An officer says whether a finding was raised before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.authorities.authority import Authority
from domain.authorities.rulings import FindingPair, compare_findings
from domain.facts import FindingsCompared, Told
from domain.values.errors import NotFound, RuleBroken
from domain.values.statements import Source

EARLY, LATE = UUID(int=1), UUID(int=2)


def told(reason: str | None = None) -> Told:
    return Told("local", uuid4(), Source("report_in_hand", "Both letters"), datetime(2026, 9, 1, tzinfo=UTC), reason)


@pytest.fixture
def stockton() -> Authority:
    """Two focused visits, each with its letter and a finding."""
    made = Authority.register(
        urn="80563",
        name="Stockton-on-Tees",
        la_number="808",
        gss_code="E06000004",
        region="North East",
        ofsted_region="North East, Yorkshire and the Humber",
        aliases=(),
        by=told(),
    )
    for name, day, finding in (
        (EARLY, date(2023, 5, 9), "Supervision"),
        (LATE, date(2025, 6, 10), "Supervising staff"),
    ):
        made.record_focused_visit(name, started_on=day, ended_on=None, focus=None, assurance=False, by=told())
        made.record_finding(name, text=finding, priority=False, by=told())
    made.collect_events()
    return made


def compare(authority: Authority, *, activity: UUID = LATE, same: bool = True, **other: Any) -> None:
    words: dict[str, Any] = {"text": "Supervising staff", "earlier": EARLY, "earlier_text": "Supervision"}
    compare_findings(authority, activity, FindingPair(**words | other), same=same, by=told("Both ask for it."))


def test_it_is_kept_with_the_words_of_both(stockton: Authority):
    compare(stockton)
    (fact,) = stockton.collect_events()
    assert isinstance(fact, FindingsCompared)
    assert (fact.text, fact.earlier_text, fact.same, fact.reason) == (
        "Supervising staff",
        "Supervision",
        True,
        "Both ask for it.",
    )


def test_the_last_word_counts_and_the_same_word_twice_is_refused(stockton: Authority):
    compare(stockton)
    with pytest.raises(RuleBroken, match="recorded already"):
        compare(stockton)
    compare(stockton, same=False)
    assert [one.same for one in stockton.dossier.compared.values()] == [False]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"text": "Assessments"}, "not among those held any more"),
        ({"earlier_text": "Assessments"}, "not among those held any more"),
        (
            {"activity": EARLY, "text": "Supervision", "earlier": LATE, "earlier_text": "Supervising staff"},
            "published earlier",
        ),
        ({"earlier": LATE, "earlier_text": "Supervising staff"}, "published earlier"),
    ],
)
def test_both_must_be_held_and_one_be_earlier(stockton: Authority, other: dict[str, Any], words: str):
    with pytest.raises(RuleBroken, match=words):
        compare(stockton, **other)


def test_an_entry_that_is_not_known_is_not_found(stockton: Authority):
    with pytest.raises(NotFound):
        compare(stockton, earlier=UUID(int=9))
