"""Every kind of event has a sentence; what was replaced is told where the event says it."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from domain.facts import FACTS, STREAMS, Fact
from domain.ledger.mapper import LedgerMapper
from projections.audit.projection import searched, true_on
from tests.test_event_contract import STORED
from web.audit.filters import KINDS
from web.words.event_values import change
from web.words.events import said

STREAM = UUID("9b2f4c0e-5d0a-5c6e-9a3b-0d8f1a2b3c4d")
PAYLOADS = dict(STORED)
WITHOUT = "An event of kind"
LEAKED = re.compile(r"<|object at|UUID|\b[a-z]+_[a-z]+\b|\{|\bNone\b|\.\.$")


def fact(name: str) -> Fact:
    version = 1 if FACTS[name] in STREAMS else 7
    stored = StoredEvent(STREAM, version, name, PAYLOADS[name].encode())
    return LedgerMapper().to_domain_event(stored)


def test_there_are_events_to_walk():
    assert len(FACTS) >= 77


@pytest.mark.parametrize("name", FACTS)
def test_every_kind_of_event_is_told_as_a_sentence(name: str):
    sentence = said(fact(name))
    assert re.fullmatch(r"[A-Z].+[.!?]", sentence, re.DOTALL), sentence
    assert not LEAKED.search(sentence), sentence
    assert WITHOUT not in sentence


@pytest.mark.parametrize("name", FACTS)
def test_every_kind_of_event_is_of_one_kind_to_choose(name: str):
    assert len([key for key, (_, subjects) in KINDS.items() if name.partition(".")[0] in subjects]) == 1


def test_an_event_without_a_sentence_takes_no_page_down():
    class Unheard:
        action = 1

    assert said(Unheard()) == f"{WITHOUT} Unheard was recorded."


@pytest.mark.parametrize(
    ("name", "was", "now"),
    [
        ("judgement.corrected", "good", "requires improvement"),
        ("date.corrected", "10 July 2023", "11 July 2023"),
        ("action.owner_changed", "Head of Safeguarding", "Director of Children's Services"),
        ("action.due_date_moved", "7 July 2023", "10 July 2023"),
    ],
)
def test_what_an_event_replaced_is_told_by_itself(name: str, was: str, now: str):
    assert change(fact(name)) == (was, now)


def test_progress_is_told_beside_the_report_before_it():
    report = fact("action.progress_reported")
    assert change(report) is None
    assert change(report, report) == ("in progress, at risk, 71", "in progress, at risk, 71")


@pytest.mark.parametrize("name", FACTS)
def test_a_text_that_can_be_erased_is_never_searched(name: str):
    text = searched(fact(name))
    assert name.split(".")[1].split("_")[0] in text
    assert not re.search(r"[a-z0-9+/]{20,}={1,2}", text), "ciphertext"


def test_the_day_of_an_event_is_the_first_that_it_states():
    assert str(true_on(fact("report.published"))) == "2023-07-10"
    assert str(true_on(fact("focused_visit.held"))) == "2023-07-10"
    assert str(true_on(fact("source.stated"))) == "2023-05-15"
    assert true_on(fact("judgement.corrected")) is None
