"""What was raised before: suggested by words, ruled by officers, never by a later report."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from domain.facts import FindingsCompared
from domain.values.statements import Kind, Stated
from projections.authorities.findings import findings
from projections.authorities.raised_before import named, raised_before
from projections.engine.answers import EarlierFinding
from tests.projections.story import LEEDS, STOCKTON, Store

TODAY = date(2024, 7, 1)
FIRST, SECOND, THIRD = date(2018, 5, 1), date(2021, 6, 1), date(2023, 7, 3)
STORY, HOMELESS = "Life-story work for children in care.", "The response to homeless 16- and 17-year-olds."


@pytest.fixture
def told(store: Store) -> Store:
    """Three reports on Stockton and one on Leeds."""
    store.register(STOCKTON, "Stockton-on-Tees")
    store.register(LEEDS, "Leeds")
    for urn, published, items in (
        (STOCKTON, FIRST, ("The quality of life-story work.", "The use of bed and breakfast.")),
        (STOCKTON, SECOND, ("Children placed with parents.", "Life story work that helps children.")),
        (STOCKTON, THIRD, (STORY, HOMELESS)),
        (LEEDS, FIRST, ("Homeless young people aged 16 and 17.",)),
    ):
        said = Stated(Kind.INSPECTION, published=published, improvements=items)
        store.state(urn, said, read_on=date(2024, 1, 5))
    store.projector.catch_up()
    return store


def earlier(store: Store, text: str, known_at: datetime | None = None) -> tuple[EarlierFinding, ...]:
    rows = findings(store.reader, as_at=TODAY)
    (row,) = (one for one in rows if one.text == text)
    return raised_before(store.reader, [row], rows, as_at=TODAY, known_at=known_at)[named(row)]


def compare(store: Store, text: str, other: str, *, same: bool) -> None:
    entries: dict[str, UUID] = {row.text: row.activity for row in findings(store.reader, as_at=TODAY)}
    words = {
        "activity": entries[text],
        "text": text,
        "earlier": entries[other],
        "earlier_text": other,
        "same": same,
    }
    store.tell(STOCKTON, (FindingsCompared, words), by=store.by(reason="Read both."))
    store.projector.catch_up()


def test_the_nearest_of_earlier_reports_of_the_same_authority_are_suggested(told: Store):
    found = earlier(told, STORY)
    assert {one.finding.found_on for one in found} == {FIRST, SECOND}
    assert all("ory work" in one.finding.text and one.same is None for one in found)
    assert found[0].likeness >= found[1].likeness > 0.17


def test_neither_a_later_report_nor_another_authority_s_was_before(told: Store):
    assert earlier(told, "The quality of life-story work.") == ()
    assert earlier(told, HOMELESS) == ()


def test_what_an_officer_says_comes_before_any_likeness_and_the_last_word_counts(told: Store):
    before = told.now
    compare(told, HOMELESS, "The use of bed and breakfast.", same=True)
    (said,) = earlier(told, HOMELESS)
    assert (said.finding.text, said.same, said.reason) == ("The use of bed and breakfast.", True, "Read both.")
    compare(told, HOMELESS, "The use of bed and breakfast.", same=False)
    assert [one.same for one in earlier(told, HOMELESS)] == [False]
    assert earlier(told, HOMELESS, known_at=before) == ()


def test_a_suggestion_that_was_refused_is_shown_as_refused_after_those_confirmed(told: Store):
    first, second = earlier(told, STORY)
    compare(told, STORY, first.finding.text, same=False)
    compare(told, STORY, second.finding.text, same=True)
    assert [(one.finding.text, one.same) for one in earlier(told, STORY)] == [
        (second.finding.text, True),
        (first.finding.text, False),
    ]
