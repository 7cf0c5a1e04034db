"""The read side keeps up with the log: once each, whole, and whatever stops it is seen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, func, select, text, update

from domain.facts import FACTS, Fact
from domain.ledger.store import is_postgres
from domain.values.statements import Source
from projections.authorities.files import FILES
from projections.authorities.projection import HANDLES, IGNORES, TIMELINE, Histories
from projections.authorities.register import register
from projections.authorities.timeline import timeline
from projections.catalogue import PROJECTIONS
from projections.engine import projector as projectors
from projections.engine.database import insert, open_store, reading, writing
from projections.engine.health import health
from projections.engine.log import Command
from projections.engine.projector import PositionMoved, Projection, ProjectionMark, Projector, Stopped, migrate
from projections.engine.tables import Shelf
from tests import CHECKOUT
from tests.projections.story import (
    LEEDS,
    STOCKTON,
    Store,
    contents,
    inspection,
    tell_a_varied_history,
)

TODAY = date(2024, 7, 1)

# A projection as small as can be: how many facts each stream has, counted up as they come.
counted = MetaData()
tally = Table("tally", counted, Column("stream", String(32), primary_key=True), Column("facts", BigInteger))


class Tally:
    def __init__(self, ledger: Any, shelf: Shelf) -> None:
        self.table = shelf[tally]

    def forget(self) -> None:
        pass

    def keep(self, connection: Connection, commands: Iterable[Command]) -> None:
        for command in commands:
            stream = self.table.c.stream == command.originator_id.hex
            number = len(command.facts)
            if not connection.execute(
                update(self.table).where(stream).values(facts=self.table.c.facts + number)
            ).rowcount:
                insert(connection, self.table, [(command.originator_id.hex, number)])


TALLY = Projection("tally", 1, counted, (), Tally, HANDLES | IGNORES, frozenset())


class Unguarded(Projector):
    """The control: moves the position without asking where it was."""

    def claim(self, connection: Connection, mark: ProjectionMark, end: int) -> None:
        p = projectors.t.projection
        connection.execute(update(p).where(p.c.name == mark.name).values(position=end))


def all_facts() -> set[type[Fact]]:
    found = set(FACTS.values())
    assert found
    return found


def total(store: Store) -> int:
    with reading(store.engine) as connection:
        return connection.scalar(select(func.sum(tally.c.facts))) or 0


@pytest.fixture
def tallied(store: Store) -> Store:
    """Two dozen commands, none of them counted yet."""
    migrate(store.engine, [TALLY])
    store.register(LEEDS, "Leeds")
    for month in range(1, 25):
        store.state(LEEDS, inspection(date(2010 + month // 12, month % 12 + 1, 1)), read_on=TODAY)
    return store


# --- what it takes in -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda projection: projection.name)
def test_every_fact_there_is_is_named_as_handled_or_ignored(projection: Projection):
    assert projection.handles | projection.ignores == all_facts()
    assert not projection.handles & projection.ignores


def test_a_fact_nobody_named_stops_the_projection(sqlite_store: Store):
    class Unheard(Fact):
        pass

    fact = Unheard(
        originator_id=UUID(int=1),
        originator_version=1,
        timestamp=sqlite_store.now,
        actor="local",
        command=UUID(int=2),
        source=Source("form", "Form"),
        reason=None,
    )
    command = Command(fact.originator_id, 1, ((1, fact),))
    for projection in PROJECTIONS:
        writer = projection.writer(sqlite_store.ledger, projection.shelf(1))
        with (
            pytest.raises(TypeError, match="does not know the fact Unheard"),
            writing(sqlite_store.engine) as connection,
        ):
            writer.keep(connection, [command])


def test_people_read_what_was_told_just_before(store: Store):
    store.register(LEEDS, "Leeds")
    projector = store.projector
    projector.catch_up()
    store.state(LEEDS, inspection(date(2022, 2, 21), date(2022, 4, 25)), read_on=TODAY)
    projector.catch_up()
    assert len(timeline(store.reader, LEEDS, as_at=TODAY).entries) == 1


def test_two_projectors_take_turns_without_trusting_what_they_remember(store: Store):
    one, other = store.projector, store.projector
    store.register(LEEDS, "Leeds")
    one.catch_up()
    for number, projector in enumerate((other, one, other, one), start=1):
        store.state(
            LEEDS,
            inspection(date(2022, 2, 21), grade=list(inspection.__defaults__)[1], published=date(2022, 4, 20 + number)),
            read_on=date(2024, 1, number),
        )
        projector.catch_up()
    before = contents(store.engine, TIMELINE)
    one.rebuild()
    assert contents(store.engine, TIMELINE) == before


# --- once each ------------------------------------------------------------------------------------------------------


def test_of_two_projectors_with_the_same_work_one_writes(tallied: Store):
    store, ledger = tallied, tallied.ledger
    one, other = (Projector(store.engine, ledger, [TALLY]) for _ in range(2))
    mark = one.marks()["tally"]
    commands = projectors.page_after(ledger, 0).commands
    one._step(mark, commands)
    with pytest.raises(PositionMoved):
        other._step(mark, commands)
    assert total(store) == ledger.max_position()


def test_without_the_guard_facts_are_counted_twice(tallied: Store):
    store, ledger = tallied, tallied.ledger
    one, other = (Unguarded(store.engine, ledger, [TALLY]) for _ in range(2))
    mark = one.marks()["tally"]
    commands = projectors.page_after(ledger, 0).commands
    one._step(mark, commands)
    other._step(mark, commands)
    assert total(store) == 2 * ledger.max_position()


def test_four_racing_projectors_count_every_fact_once(tallied: Store):
    store, ledger = tallied, tallied.ledger
    start = Barrier(4)
    faults: list[BaseException] = []

    def race() -> None:
        engine = store.engine
        try:
            start.wait()
            Projector(engine, ledger, [TALLY, *PROJECTIONS], page=3).catch_up()
        except BaseException as fault:
            faults.append(fault)

    racers = [Thread(target=race) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert not faults
    assert total(store) == ledger.max_position()
    before = contents(store.engine, TIMELINE)
    Projector(store.engine, ledger, PROJECTIONS).rebuild()
    assert contents(store.engine, TIMELINE) == before


# --- killed in the middle -------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from dataclasses import replace
from domain.ledger.store import open_ledger
from projections.authorities.projection import TIMELINE, Histories
from projections.engine.projector import Projector
from projections.engine.database import open_store

class Killed(Histories):
    steps = 0
    def keep(self, connection, commands):
        super().keep(connection, commands)
        Killed.steps += 1
        if Killed.steps == int(sys.argv[4]):
            os.kill(os.getpid(), signal.SIGKILL)

doomed = replace(TIMELINE, writer=Killed)
projector = Projector(open_store(sys.argv[2]), open_ledger(sys.argv[1]), [doomed], page=4)
projector.rebuild() if sys.argv[3] == "rebuild" else projector.catch_up()
"""


@pytest.mark.parametrize(("way", "step"), [("catch-up", 3), ("catch-up", 6), ("rebuild", 4)])
def test_killed_between_rows_and_position_nothing_is_missed_and_nothing_twice(
    store: Store, store_url: str, way: str, step: int
):
    tell_a_varied_history(store)
    if way == "rebuild":
        store.projector.catch_up()
    where = store_url if is_postgres(store_url) else str(Path(store_url).with_name("projections.db"))
    killed = subprocess.run([sys.executable, "-c", KILLED, store_url, where, way, str(step)], cwd=CHECKOUT, check=False)
    assert killed.returncode == -signal.SIGKILL
    if way == "catch-up":
        assert 0 < store.projector.marks()["timeline"].position < store.ledger.max_position()
    store.projector.catch_up()
    after = contents(store.engine, TIMELINE)
    assert len(after["moment"]) > 10
    store.projector.rebuild()
    assert contents(store.engine, TIMELINE) == after


# --- what cannot be taken in ----------------------------------------------------------------------------------------


def poison(store: Store, topic: str, state: bytes) -> int:
    """A row that no command of ours wrote; its position."""
    ledger = store.ledger
    place = "ledger.stored_events" if store.engine.dialect.name == "postgresql" else "stored_events"
    mark = "%s" if store.engine.dialect.name == "postgresql" else "?"
    originator = UUID(int=99)
    with ledger.recorder.datastore.transaction(commit=True) as cursor:  # type: ignore[attr-defined]
        cursor.execute(
            f"INSERT INTO {place} (originator_id, originator_version, topic, state) "
            f"VALUES ({mark}, {mark}, {mark}, {mark})",
            (originator if mark == "%s" else originator.hex, 1, topic, state),
        )
    return ledger.max_position()


@pytest.mark.parametrize(("topic", "state"), [("os:system", b"{}"), ("source.stated", b'{"_type_":"bogus"}')])
def test_an_event_that_cannot_be_read_stops_the_projections_at_its_position_and_the_rest_serves(
    store: Store, topic: str, state: bytes
):
    tell_a_varied_history(store)
    good = store.ledger.max_position()
    at = poison(store, topic, state)
    store.state(LEEDS, inspection(date(2024, 1, 8)), read_on=TODAY)
    marks = store.projector.catch_up()
    assert {(mark.position, mark.stopped_at) for mark in marks.values()} == {(good, at)}
    assert all(str(at) in (mark.error or "") for mark in marks.values())
    assert [one.healthy for one in health(store.engine, store.ledger)] == [False] * len(PROJECTIONS)
    assert len(register(store.reader, as_at=TODAY).rows) == 2
    with pytest.raises(Stopped) as stopped:
        store.projector.rebuild()
    assert stopped.value.position == at
    assert len(register(store.reader, as_at=TODAY).rows) == 2


def test_a_fact_that_cannot_be_kept_stops_only_the_projection_that_could_not(store: Store):
    class Refusing(Histories):
        def _identify(self, history: Any, identity: Any) -> None:
            if identity.urn == STOCKTON:
                raise ValueError("no room")
            super()._identify(history, identity)

    store.register(LEEDS, "Leeds")
    store.register(STOCKTON, "Stockton-on-Tees")
    store.read_file("JT-39", read_on=TODAY)
    refusing = Projector(store.engine, store.ledger, [replace(TIMELINE, writer=Refusing), FILES])
    marks = refusing.catch_up()
    assert (marks["timeline"].position, marks["timeline"].stopped_at) == (1, 2)
    assert marks["timeline"].error == "ValueError: no room"
    assert (marks["files"].position, marks["files"].stopped_at) == (store.ledger.max_position(), None)
    healthy = {one.name: one.healthy for one in health(store.engine, store.ledger)}
    assert healthy == {
        "audit": True,
        "documents": True,
        "files": True,
        "meetings": True,
        "plans": True,
        "timeline": False,
    }
    assert [row.authority.name for row in register(store.reader, as_at=TODAY).rows] == ["Leeds"]
    assert store.projector.catch_up()["timeline"].stopped_at == 2
    mended = store.projector.catch_up(retry=True)["timeline"]
    assert (mended.position, mended.stopped_at, mended.error) == (store.ledger.max_position(), None, None)
    assert [one.behind for one in health(store.engine, store.ledger)] == [0] * len(PROJECTIONS)


# --- rebuilt --------------------------------------------------------------------------------------------------------


def test_rebuilt_tables_equal_those_kept_as_the_facts_came(store: Store):
    projector = store.projector
    tell_a_varied_history(store)
    for mark in projector.marks().values():
        for command in projectors.page_after(store.ledger, 0).commands:
            projector._step(mark, [command])
            mark = projectors.moved(mark, [command])
    before = {projection.name: contents(store.engine, projection) for projection in PROJECTIONS}
    generation = projector.marks()["timeline"].generation
    projector.rebuild()
    assert {projection.name: contents(store.engine, projection) for projection in PROJECTIONS} == before
    assert projector.marks()["timeline"].generation == generation + 1
    assert all(len(rows) for rows in before["timeline"].values())


def test_with_no_room_to_remember_anything_the_tables_are_the_same(store: Store, monkeypatch: pytest.MonkeyPatch):
    tell_a_varied_history(store)
    store.projector.catch_up()
    before = contents(store.engine, TIMELINE)
    monkeypatch.setattr("projections.authorities.projection.AUTHORITIES_REMEMBERED", 1)
    Projector(store.engine, store.ledger, PROJECTIONS, page=2).rebuild()
    assert contents(store.engine, TIMELINE) == before


def test_readers_never_see_half_a_table_while_it_is_rebuilt(store: Store):
    tell_a_varied_history(store)
    store.projector.catch_up()
    expected = register(store.reader, as_at=TODAY), timeline(store.reader, STOCKTON, as_at=TODAY)
    done = Event()
    seen: list[Any] = []

    def read() -> None:
        reader = store.reader
        while not done.is_set():
            try:
                seen.append((register(reader, as_at=TODAY), timeline(reader, STOCKTON, as_at=TODAY)))
            except BaseException as fault:
                seen.append(fault)

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(4):
            Projector(store.engine, store.ledger, PROJECTIONS, page=3).rebuild()
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert len(seen) > 4
    assert [answer for answer in seen if answer != expected] == []


def test_a_second_rebuild_takes_over_from_the_first(store: Store):
    tell_a_varied_history(store)
    store.projector.catch_up()
    before = contents(store.engine, TIMELINE)
    first = projectors._Rebuild(store.engine, store.ledger, TIMELINE, 1000, lambda done, total: None)
    first._shelf = first._begin()
    first._writer = TIMELINE.writer(store.ledger, first._shelf)
    store.projector.rebuild(["timeline"])
    with pytest.raises(PositionMoved):
        first._follow()
    assert contents(store.engine, TIMELINE) == before


def test_what_is_told_during_a_rebuild_is_in_it(store: Store):
    tell_a_varied_history(store)
    projector = store.projector
    projector.catch_up()

    def meanwhile(done: int, total: int) -> None:
        if not told:
            told.append(store.state(LEEDS, inspection(date(2024, 1, 8)), read_on=TODAY))
            Projector(store.engine, store.ledger, PROJECTIONS).catch_up()

    told: list[Any] = []
    Projector(store.engine, store.ledger, PROJECTIONS, page=5).rebuild(["timeline"], meanwhile)
    assert told
    assert projector.marks()["timeline"].position == store.ledger.max_position()
    assert timeline(store.reader, LEEDS, as_at=TODAY).entries[-1].activity.start == date(2024, 1, 8)


def test_tables_of_an_earlier_version_are_started_afresh(store: Store):
    tell_a_varied_history(store)
    store.projector.catch_up()
    before = contents(store.engine, TIMELINE)
    later = [replace(projection, version=projection.version + 1) for projection in PROJECTIONS]
    migrate(store.engine, later)
    assert store.projector.marks()["timeline"].position == 0
    store.projector.catch_up()
    assert contents(store.engine, TIMELINE) == before


def test_the_file_of_the_read_side_is_its_owner_s_alone(sqlite_store: Store, tmp_path: Path):
    assert (os.stat(tmp_path / "projections.db").st_mode & 0o077) == 0
    with reading(sqlite_store.engine) as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    assert open_store(tmp_path / "projections.db").dialect.name == "sqlite"
