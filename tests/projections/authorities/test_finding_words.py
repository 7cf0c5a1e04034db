"""Findings are found by the stems and the beginnings of their words, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.values.statements import Kind, Stated
from projections.authorities.finding_words import LONGEST, kept_words, marked, stem_of, stems_of, words_of
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
    """Whether each word looked for begins a word of the text or has its stem; False where none is looked for."""
    held, wanted = words_of(text), words_of(sought)
    return bool(wanted) and all(
        any(word.startswith(one) or stem_of(word) == stem_of(one) for word in held) for one in wanted
    )


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


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("children", "The experience of each child."),
        ("child", "The children’s plans."),
        ("person", "Young people who leave care."),
        ("planning", "The quality of plans."),
        ("supervise", "Supervision of social workers."),
        ("lead", "How the service is led."),
        ("analysis", "Plans are analysed."),
        ("permanency", "Planning for permanence."),
        ("safeguard", "Safeguarding arrangements"),
        ("crises", "In a crisis"),
    ],
)
def test_a_word_is_found_in_its_other_forms(store: Store, sought: str, text: str):
    store.register(STOCKTON, "Stockton-on-Tees")
    store.state(
        STOCKTON, Stated(Kind.INSPECTION, published=date(2019, 7, 1), improvements=(text,)), read_on=date(2024, 1, 5)
    )
    store.projector.catch_up()
    assert [row.text for row in findings(store.reader, containing=sought, as_at=TODAY)] == [text]
    assert any(hit for _, hit in marked(text, sought))


def test_words_and_stems_are_kept_apart():
    assert kept_words("Children’s plans") == " childrens plans =child =plan "
    assert "=child" not in words_of("=child")


def test_the_stems_are_those_that_the_tables_were_made_with():
    """Another release of the library may cut otherwise: the projections then need another version."""
    words = "assessments authority business policies police timely timeliness homelessness university fostered carers"
    assert sorted(stems_of(words)) == sorted(
        ["assess", "author", "busi", "polici", "polic", "time", "timeli", "homeless", "universiti", "foster", "carer"]
    )


@pytest.mark.parametrize(
    ("text", "sought", "marks"),
    [
        ("Supervision of social workers, and supervisors.", "supervis", ["Supervision", "supervisors"]),
        ("Children’s plans and the child's plan", "childrens plan", ["Children’s", "plans", "child's", "plan"]),
        ("Childhood, children and a child", "child", ["Childhood", "children", "child"]),
        ("Childhood, children and a child", "children", ["children", "child"]),
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
