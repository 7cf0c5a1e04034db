"""Findings are found by the beginnings of their words, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.values.statements import Kind, Stated
from projections.authorities.finding_words import LONGEST, last_beginning_with, marked, words_of
from projections.authorities.findings import findings
from tests.examples import examples
from tests.projections.story import STOCKTON, Store

TODAY = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The quality of Plans.", ["of", "plans", "quality", "the"]),
        (
            "Reviewing officers\u2019 challenge; children's plans",
            ["challenge", "childrens", "officers", "plans", "reviewing"],
        ),
        ("Caf\u00e9, na\u00efve, \u0141\u00f3d\u017a, Stra\u00dfe", ["cafe", "lodz", "naive", "strasse"]),
        ("16- and 17-year-olds", ["16", "17", "and", "olds", "year"]),
        ("%_ \\ --", []),
        ("", []),
        ("x" * 60, ["x" * LONGEST]),
    ],
)
def test_a_text_is_cut_into_words(text: str, words: list[str]):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("plan", True),
        ("PLANS quality", True),
        ("lans", False),
        ("plans visits", False),
        ("100%_", False),
        ("%", False),
        ("'", False),
        (" ", True),
    ],
)
def test_each_word_looked_for_must_begin_a_word(store: Store, sought: str, found: bool):
    store.register(STOCKTON, "Stockton-on-Tees")
    said = Stated(Kind.INSPECTION, published=date(2019, 7, 1), improvements=("The quality of plans.",))
    store.state(STOCKTON, said, read_on=date(2024, 1, 5))
    store.projector.catch_up()
    assert bool(findings(store.reader, containing=sought, as_at=TODAY)) is found


letters = st.sampled_from("abyz019 -.'%_\u00e9\u00df\u0142Z\u017e")
texts = st.text(letters, min_size=1, max_size=14).filter(str.strip)


def holds_all(text: str, sought: str) -> bool:
    """Whether each word looked for begins a word of the text; False where nothing is looked for that is a word."""
    held, wanted = words_of(text), words_of(sought)
    return bool(wanted) and all(any(word.startswith(beginning) for word in held) for beginning in wanted)


def test_whatever_is_looked_for_the_index_finds_what_reading_every_text_finds(store: Store):
    @settings(max_examples=examples(15), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(improvements=st.lists(texts, min_size=1, max_size=5, unique=True), sought=st.lists(texts, max_size=6))
    def found_alike(improvements: list[str], sought: list[str]) -> None:
        published = date(2019, 7, 1)
        said = Stated(Kind.INSPECTION, start=date(2019, 5, 20), published=published, improvements=tuple(improvements))
        store.state(STOCKTON, said, read_on=date(2024, 1, 5))
        store.projector.catch_up()
        held = findings(store.reader, as_at=TODAY)
        assert held
        for query in (*sought, *(text[:3] for text in improvements if text[:3].strip())):
            expected = [row for row in held if holds_all(row.text, query)]
            assert list(findings(store.reader, containing=query, as_at=TODAY)) == expected, query

    store.register(STOCKTON, "Stockton-on-Tees")
    found_alike()


@given(words=st.lists(st.text(st.sampled_from("az09m"), min_size=1, max_size=LONGEST), min_size=2, max_size=2))
def test_the_range_of_a_beginning_holds_exactly_the_words_that_begin_so(words: list[str]):
    beginning, word = words
    assert (beginning <= word <= last_beginning_with(beginning)) is word.startswith(beginning)


@pytest.mark.parametrize(
    ("text", "sought", "marks"),
    [
        ("Supervision of social workers, and supervisors.", "supervis", ["Supervision", "supervisors"]),
        ("Children’s plans and the child's plan", "childrens plan", ["Children’s", "plans", "plan"]),
        ("The café's end", "cafe", ["café's"]),
        ("Front-door decisions", "door", ["door"]),
        ("Nothing here", "zebra", []),
        ("Nothing sought", "", []),
        ("", "plan", []),
    ],
)
def test_the_words_that_were_found_are_marked_and_the_text_stays_as_it_was(text: str, sought: str, marks: list[str]):
    pieces = marked(text, sought)
    assert [piece for piece, hit in pieces if hit] == marks
    assert "".join(piece for piece, _ in pieces) == text
