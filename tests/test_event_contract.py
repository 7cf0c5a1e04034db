"""What was ever stored must always load: the stored name and one stored payload of every fact ever shipped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import StoredEvent
from eventsourcing.utils import resolve_topic

from domain.authorities.dossier import Dossier
from domain.authorities.officer_statements import said_by
from domain.facts import FACTS, STREAMS, EntryFact, Fact, fact_class, facts_that_erase, files, stored_name
from domain.facts.authority_groups import OF_AUTHORITIES
from domain.facts.meetings import OF_MEETINGS
from domain.facts.people import OF_PEOPLE
from domain.facts.plans import OF_PLANS, PlanFact
from domain.files.source_file import SourceFile
from domain.ledger.mapper import LedgerMapper
from domain.meetings.state import MeetingState
from domain.people.roll import Roll
from domain.plans.state import PlanState
from domain.questions.state import IN_A_STREAM, QuestionsState
from domain.values.errors import CorruptEvent
from domain.values.rights import Right
from tests import CHECKOUT

STORED = [
    line.split(" ", 1)
    for line in Path(__file__).with_name("stored_events.txt").read_text(encoding="utf-8").splitlines()
    if line
]
STREAM = UUID("9b2f4c0e-5d0a-5c6e-9a3b-0d8f1a2b3c4d")


def facts_declared(of: type[Fact] = Fact) -> Iterator[type[Fact]]:
    for cls in of.__subclasses__():
        if cls.__module__.startswith("domain.") and cls.stored_as:
            yield cls
        yield from facts_declared(cls)


def test_every_fact_has_a_stored_name_and_a_stored_payload():
    declared = set(facts_declared())
    assert len(declared) >= 69
    assert declared == set(FACTS.values())
    assert {name for name, _ in STORED} == set(FACTS)


@pytest.mark.parametrize(
    ("state", "apply", "facts"),
    [
        (PlanState, "_apply", OF_PLANS),
        (MeetingState, "apply", OF_MEETINGS),
        (QuestionsState, "apply", IN_A_STREAM),
        (Dossier, "_apply", OF_AUTHORITIES),
        (Roll, "apply", OF_PEOPLE),
        (SourceFile, "apply", frozenset(fact for fact in FACTS.values() if fact.__module__ == files.__name__)),
    ],
)
def test_every_fact_of_a_stream_is_understood_by_its_state(state: type, apply: str, facts: frozenset[type[Fact]]):
    """Without that it could be told, and never replayed."""
    dispatch = vars(state)[apply].dispatcher.dispatch
    assert facts
    assert [fact.__name__ for fact in facts if dispatch(fact) is dispatch(object)] == []


def test_every_fact_about_an_entry_states_something_or_is_told_apart():
    whole = vars(Dossier)["_apply"].dispatcher.dispatch
    left = [fact for fact in OF_AUTHORITIES if whole(fact) is whole(EntryFact)]
    assert len(left) >= 30
    assert [fact.__name__ for fact in left if said_by.dispatch(fact) is said_by.dispatch(object)] == []


def test_a_fact_that_erases_words_lists_them_and_is_looked_for():
    listing = {fact for fact in FACTS.values() if "subjects" in vars(fact).get("__annotations__", {})}
    assert len(listing) >= 3
    assert listing == facts_that_erase()


def test_a_new_fact_that_erases_is_looked_for_too():
    class PlantedErased(PlanFact, name="planted.erased", right=Right.ERASE):
        pass

    try:
        assert PlantedErased in facts_that_erase()
    finally:
        del FACTS["planted.erased"]


def stored_names_in(text: str) -> list[str]:
    """Stored names that a module spells out."""
    said = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    return [name.decode() if isinstance(name, bytes) else str(name) for name in said if name in NAMES]


NAMES = frozenset(FACTS) | {name.encode() for name in FACTS}


def test_stored_names_are_spelt_out_where_facts_are_declared_only():
    """Anywhere else they are asked of the facts: a list kept by hand lacks the next one."""
    found = [path for room in ("domain", "projections") for path in (CHECKOUT / room).rglob("*.py")]
    spelt = {path.relative_to(CHECKOUT).parts[:2] for path in found if stored_names_in(path.read_text("utf-8"))}
    assert spelt <= {("domain", "facts")}
    assert stored_names_in("x = ('words.erased', b'file.read', 'a word')") == ["words.erased", "file.read"]


def test_no_two_facts_share_a_stored_name():
    assert len(set(FACTS.values())) == len(FACTS)
    assert all(fact_class(stored_name(cls)) is cls for cls in FACTS.values())


def test_stored_names_are_a_subject_and_what_happened_to_it():
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", name) for name in FACTS)


def test_the_first_fact_of_a_stream_says_which_aggregate_it_is():
    first = {cls for cls in FACTS.values() if issubclass(cls, Aggregate.Created)}
    assert set(STREAMS) == first
    assert all(issubclass(resolve_topic(topic), Aggregate) for topic in STREAMS.values())


def test_an_unknown_name_is_refused():
    with pytest.raises(CorruptEvent, match=r"no fact is called 'os:system'"):
        fact_class("os:system")


@pytest.mark.parametrize(("name", "payload"), STORED, ids=[name for name, _ in STORED])
def test_what_was_stored_loads_and_is_stored_again_as_the_same_bytes(name: str, payload: str):
    mapper = LedgerMapper()
    version = 1 if FACTS[name] in STREAMS else 7
    stored = StoredEvent(originator_id=STREAM, originator_version=version, topic=name, state=payload.encode())
    fact = mapper.to_domain_event(stored)
    assert type(fact) is FACTS[name]
    assert (fact.originator_id, fact.originator_version) == (STREAM, version)
    assert mapper.to_stored_event(fact) == stored
