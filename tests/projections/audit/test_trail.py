"""Which events are asked for, on either database: numbers as in the tree, search as typed, pages without gaps."""

from __future__ import annotations

from datetime import date

import pytest

from domain import facts
from domain.values.activities import Status
from domain.values.errors import NotFound
from projections.audit.trail import EventsWanted, event_of, trail, whole_trail
from tests.projections.story import LEEDS, STOCKTON, Store, inspection, tell_a_varied_history

TODAY = date(2024, 7, 1)


@pytest.fixture
def told(store: Store) -> Store:
    """Two authorities, a statement of each, and a file that says one of them again."""
    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    ids = store.state(LEEDS, inspection(date(2022, 2, 1)), read_on=date(2024, 1, 1))
    store.state(STOCKTON, inspection(date(2023, 3, 6)), read_on=date(2024, 1, 1))
    store.tell(LEEDS, (facts.AreaForImprovementFound, {"text": "100% of plans, in_time"}))
    store.read_file("JT-39", read_on=TODAY, restated=ids)
    store.projector.catch_up()
    return store


def names(store: Store, wanted: EventsWanted) -> list[str]:
    return [row.name for row in trail(store.reader, store.ledger, wanted, as_at=TODAY, most=50).rows]


def test_every_event_has_the_number_that_the_tree_has(told: Store):
    rows = list(whole_trail(told.reader, told.ledger, EventsWanted(), as_at=TODAY, size=7))
    with told.ledger.trail() as tree:
        assert [(row.seq, row.position) for row in rows] == [(seq, position) for seq, position, _ in tree.leaves()]
    assert [row.seq for row in rows] == list(range(1, 8))


def test_what_is_recorded_while_all_are_read_is_not_among_them(told: Store):
    rows = whole_trail(told.reader, told.ledger, EventsWanted(), as_at=TODAY, size=7)
    told.tell(LEEDS, (facts.AreaForImprovementFound, {"text": "Told meanwhile."}))
    told.projector.catch_up()
    assert [row.seq for row in rows] == list(range(1, 8))


def test_facts_are_read_together_wherever_in_the_log_they_stand(told: Store):
    positions = [at for at, _ in told.ledger.read_facts()]
    apart = [positions[5], positions[0], positions[3]]
    found = told.ledger.facts_at([*apart, positions[-1] + 1])
    assert found == {at: fact for at, fact in told.ledger.read_facts() if at in apart}
    assert told.ledger.facts_at([]) == {}


def test_pages_follow_one_another_without_a_gap(told: Store):
    seen: list[int] = []
    before = None
    for _ in range(4):
        answer = trail(told.reader, told.ledger, EventsWanted(before=before), as_at=TODAY, most=2)
        assert answer.total == 7
        seen += [row.seq for row in answer.rows]
        before = answer.older
    assert (seen, before) == ([7, 6, 5, 4, 3, 2, 1], None)


def test_an_authority_s_events_are_found_by_its_number(told: Store):
    assert names(told, EventsWanted(urn=LEEDS)) == ["improvement.found", "source.stated", "authority.registered"]


@pytest.mark.parametrize("words", ["plans", "100%", "IN_TIME", "improvement plans", "1 february 2022"])
def test_words_are_looked_for_as_they_are_typed(told: Store, words: str):
    found = names(told, EventsWanted(words=words))
    assert found == (["source.stated"] if "february" in words else ["improvement.found"])


@pytest.mark.parametrize("words", ["inXtime", "100_", "%zz"])
def test_nothing_typed_is_a_pattern(told: Store, words: str):
    assert names(told, EventsWanted(words=words)) == []


def test_one_event_shows_what_its_command_changed(told: Store):
    answer = event_of(told.reader, told.ledger, 3)
    assert (answer.row.name, answer.before) == ("source.stated", ())
    assert [one.urn for one in answer.after] == [LEEDS]
    assert (answer.earlier, answer.later) == (2, 4)
    assert [step.seq for step in answer.chain] == [3]


def test_rulings_are_about_the_entries_as_they_were_held_just_before(store: Store):
    tell_a_varied_history(store)
    store.projector.catch_up()
    rows = whole_trail(store.reader, store.ledger, EventsWanted(), as_at=TODAY, size=store.ledger.max_position())
    about = {row.name: [(one.urn, one.start, one.status) for one in row.about] for row in rows if row.about}
    assert about == {
        "entry.withdrawn": [(LEEDS, date(2022, 9, 6), Status.CURRENT)],
        "disagreement.settled": [(STOCKTON, date(2019, 5, 20), Status.CURRENT)],
        "entries.recognised_as_distinct": [(STOCKTON, date(2019, 5, 20), Status.CURRENT)],
        "finding.compared": [(STOCKTON, date(2019, 5, 20), Status.CURRENT)],
    }


def test_an_authority_s_events_are_found_by_how_words_of_its_name_begin(told: Store):
    assert names(told, EventsWanted(words="tees")) == names(told, EventsWanted(urn=STOCKTON))
    assert names(told, EventsWanted(words="stockton inspection")) == ["source.stated"]
    assert names(told, EventsWanted(words="ees")) == ["authority.registered"], (
        "what an event states is found inside words"
    )


@pytest.mark.parametrize("seq", [0, 8])
def test_there_is_no_event_before_the_first_or_after_the_last(told: Store, seq: int):
    with pytest.raises(NotFound):
        event_of(told.reader, told.ledger, seq)
