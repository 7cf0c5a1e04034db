"""What a calendar program needs to tell versions apart: names that stay, and numbers that only grow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from domain.rulebook.results import Pathway
from domain.values.errors import NotFound
from domain.values.statements import Channel, Kind, Stated
from projections.engine.answers import CalendarRow
from projections.outlook.calendar import CalendarScope, calendar
from tests.examples import examples
from tests.projections.story import CUMBRIA, FIRST, LEEDS, STOCKTON, Store, inspection, tell_a_varied_history
from tests.projections.test_any_history import days, told_to_a_store
from tests.projections.test_any_history import steps as histories

TODAY = date(2024, 7, 1)
BOTH = CalendarScope(urns=frozenset({STOCKTON, LEEDS}))


@pytest.fixture
def told(store: Store) -> Store:
    tell_a_varied_history(store)
    store.projector.catch_up()
    return store


def names(store: Store, chosen: CalendarScope, as_at: date = TODAY) -> list[str]:
    return [row.standing.authority.name for row in calendar(store.reader, chosen, as_at=as_at).rows]


def row_of(store: Store, urn: str, as_at: date = TODAY, **more: Any) -> CalendarRow:
    (row,) = calendar(store.reader, CalendarScope(urns=frozenset({urn})), as_at=as_at, **more).rows
    return row


def test_authorities_are_chosen_by_number_and_by_region_and_pathway_together(told: Store):
    assert names(told, CalendarScope()) == []
    assert names(told, CalendarScope(urns=frozenset({STOCKTON}))) == ["Stockton-on-Tees"]
    assert names(told, CalendarScope(regions=frozenset({"North East"}))) == ["City of Leeds", "Stockton-on-Tees"]
    assert names(told, CalendarScope(regions=frozenset({"London"}))) == []
    good = frozenset({Pathway.GOOD_OR_OUTSTANDING})
    assert names(told, CalendarScope(pathways=good)) == ["Stockton-on-Tees"]
    assert names(told, CalendarScope(regions=frozenset({"London"}), pathways=good, urns=frozenset({LEEDS}))) == [
        "City of Leeds"
    ]


def test_an_abolished_authority_is_in_a_calendar_only_by_number(told: Store):
    assert "Cumbria" not in names(told, CalendarScope(regions=frozenset({"North East"})))
    assert "Cumbria" in names(told, CalendarScope(regions=frozenset({"North East"})), as_at=date(2023, 3, 31))
    row = row_of(told, CUMBRIA)
    assert row.standing.expectations == ()
    assert row.standing.authority.abolished_on == date(2023, 4, 1)


def test_a_number_that_nobody_has_is_not_found(told: Store):
    with pytest.raises(NotFound, match="80999"):
        calendar(told.reader, CalendarScope(urns=frozenset({"80999", STOCKTON})), as_at=TODAY)


def test_a_row_stands_where_the_register_says(told: Store):
    from projections.authorities.register import register

    standings = {
        row.authority.urn: row.standing for row in register(told.reader, as_at=TODAY, with_expectations=True).rows
    }
    rows = calendar(told.reader, BOTH, as_at=TODAY).rows
    assert {row.standing.authority.urn for row in rows} == BOTH.urns
    for row in rows:
        assert row.standing == standings[row.standing.authority.urn]


def test_a_fact_about_one_authority_raises_its_revision_and_no_other_s(told: Store):
    before = {urn: row_of(told, urn) for urn in (STOCKTON, LEEDS)}
    told.now += timedelta(days=180)
    told.state(STOCKTON, inspection(date(2024, 5, 13), date(2024, 6, 20)), read_on=date(2024, 6, 25))
    told.projector.catch_up()
    after = row_of(told, STOCKTON)
    assert after.revision > before[STOCKTON].revision
    assert after.revised_at == told.now
    assert row_of(told, LEEDS).revision == before[LEEDS].revision


def test_a_file_that_changes_what_counts_by_saying_it_again_raises_the_revision(store: Store):
    store.register(STOCKTON, "Stockton-on-Tees")
    first = store.state(STOCKTON, inspection(date(2023, 1, 30), date(2023, 3, 20)), read_on=date(2024, 1, 5))
    store.state(
        STOCKTON,
        inspection(date(2023, 1, 30), date(2023, 3, 27)),
        channel=Channel.D2I_OVERVIEW,
        read_on=date(2024, 2, 1),
    )
    store.projector.catch_up()
    before = row_of(store, STOCKTON)
    store.read_file("The first file again, later", read_on=date(2024, 6, 1), restated=first)
    store.projector.catch_up()
    after = row_of(store, STOCKTON)
    assert after.standing.expected_next.graded != before.standing.expected_next.graded
    assert after.revision > before.revision
    assert after.revised_at == store.now


def test_a_document_about_one_authority_leaves_the_calendar_of_another_as_it_was(told: Store):
    before = row_of(told, LEEDS)
    told.now = datetime(2024, 6, 21, 9, 0, tzinfo=UTC)
    visit = Stated(Kind.FOCUSED_VISIT, start=date(2023, 6, 6))
    told.state(STOCKTON, visit, channel=Channel.HISTORY_DOCUMENT, read_on=date(2024, 6, 20))
    told.projector.catch_up()
    assert row_of(told, STOCKTON).revised_at == told.now
    assert row_of(told, LEEDS) == before


def test_a_day_on_which_something_becomes_public_raises_the_revision_and_dates_it(told: Store):
    before = row_of(told, STOCKTON, as_at=date(2023, 3, 19), known_at=FIRST + timedelta(days=1))
    after = row_of(told, STOCKTON, as_at=date(2023, 3, 20), known_at=FIRST + timedelta(days=1))
    assert after.standing.governing != before.standing.governing
    assert after.revision > before.revision


def test_an_activity_keeps_its_first_name_when_a_better_source_renames_it(store: Store):
    store.register(STOCKTON, "Stockton-on-Tees")
    visit = Stated(Kind.FOCUSED_VISIT, start=date(2024, 6, 4), end=date(2024, 6, 5))
    (first,) = store.state(STOCKTON, visit, read_on=date(2024, 6, 10))
    store.projector.catch_up()
    before = row_of(store, STOCKTON)
    (better,) = store.state(STOCKTON, visit, channel=Channel.OFSTED_LATEST, read_on=date(2024, 6, 20))
    store.projector.catch_up()
    after = row_of(store, STOCKTON)
    assert before.first_said == {first: first}
    assert after.first_said == {better: first}


@pytest.fixture
def asked_of(told: Store) -> Iterator[list[str]]:
    """Every question put to the store, as the database reads it."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(told.engine, "before_cursor_execute", listen)
    yield said
    event.remove(told.engine, "before_cursor_execute", listen)


def test_however_many_authorities_are_chosen_the_same_few_questions_are_asked(told: Store, asked_of: list[str]):
    everyone = CalendarScope(urns=frozenset({STOCKTON, LEEDS, CUMBRIA}))
    for urn in everyone.urns:
        told.state(urn, Stated(Kind.FOCUSED_VISIT, start=date(2023, 3, 7), end=date(2023, 3, 8)), read_on=TODAY)
    told.projector.catch_up()
    numbers = []
    for chosen in (BOTH, everyone):
        asked_of.clear()
        rows = calendar(told.reader, chosen, as_at=date(2023, 3, 20)).rows
        assert len(rows) == len(chosen.urns)
        assert all(row.first_said for row in rows)
        numbers.append(len(asked_of))
    assert numbers[0] == numbers[1] > 0


def test_more_statements_than_one_question_names_are_all_found(told: Store, monkeypatch: pytest.MonkeyPatch):
    as_at = date(2023, 3, 10)
    whole = calendar(told.reader, CalendarScope(urns=frozenset({STOCKTON, LEEDS, CUMBRIA})), as_at=as_at)
    monkeypatch.setattr("projections.outlook.calendar.IDS_AT_ONCE", 1)
    assert calendar(told.reader, CalendarScope(urns=frozenset({STOCKTON, LEEDS, CUMBRIA})), as_at=as_at) == whole
    assert any(row.first_said for row in whole.rows)


def dated(row: CalendarRow) -> dict[Any, Any]:
    """What a calendar shows of an authority, by the names it keeps."""
    found = {
        (one.activity if one.basis == "cycle" else one.basis, one.about and row.first_said[one.about]): (
            row.standing.authority.name,
            one.activity,
            one.due_from,
            one.due_to,
        )
        for one in row.standing.expectations
        if one.due_from or one.due_to
    }
    assert len(found) == sum(bool(one.due_from or one.due_to) for one in row.standing.expectations)
    return found


moments = st.tuples(st.integers(0, 20), days.map(lambda day: day + timedelta(days=300)))


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=histories, one=moments, other=moments)
def test_whatever_is_told_a_revision_never_falls_and_grows_where_a_thing_of_the_same_name_changed(
    told: list[Any], one: tuple[int, date], other: tuple[int, date]
):
    (earlier, first_day), (later, last_day) = (tuple(map(pick, zip(one, other, strict=True))) for pick in (min, max))
    with TemporaryDirectory() as folder:
        store = told_to_a_store(folder, told)
        store.projector.catch_up()
        reader = store.reader
        then, now = (
            calendar(reader, BOTH, as_at=day, known_at=FIRST + timedelta(minutes=minute)).rows
            for minute, day in ((earlier, first_day), (later, last_day))
        )
        for before, after in zip(
            sorted(then, key=lambda row: row.standing.authority.urn),
            sorted(now, key=lambda row: row.standing.authority.urn),
            strict=True,
        ):
            assert after.revision >= before.revision
            was, becomes = dated(before), dated(after)
            if any(becomes[name] != was[name] for name in was.keys() & becomes.keys()):
                assert after.revision > before.revision
                assert after.revised_at >= before.revised_at
        store.engine.dispose()
        store.ledger.close()
