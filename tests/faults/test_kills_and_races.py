"""Processes are killed, race and repeat themselves; what was acknowledged is kept, once. Figures are printed."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import OperationalError

from domain.ledger.backups import check
from domain.ledger.postgres import PostgresLedgerDatastore, PostgresLedgerRecorder
from domain.ledger.store import Ledger, migrate, open_ledger
from domain.values.errors import CommandAlreadyDone, ConcurrentChange
from tests.faults.writers import (
    append,
    import_much,
    prepare,
    processes,
    received,
    send_again,
    start,
    withdrawals,
    write_until_killed,
)


def test_an_acknowledged_save_survives_the_kill_of_its_writer(store_url: str):
    chance = random.Random(42)
    kills = 5 if store_url.startswith("postgresql") else 25
    acknowledged = []
    for _ in range(kills):
        ours, theirs = processes.Pipe(duplex=False)
        writer = start(write_until_killed, store_url, theirs)
        theirs.close()
        acknowledged.append(ours.recv())
        time.sleep(chance.uniform(0, 0.08))
        writer.kill()
        acknowledged += received(ours)
        writer.join()
    with open_ledger(store_url) as ledger:
        lost = [command for command, *positions in acknowledged if ledger.positions_of(command) != tuple(positions)]
        found = check(ledger)
    print(f"\n{kills} kills: {len(acknowledged)} saves acknowledged, {found.facts // 3} kept, {len(lost)} lost")
    assert len(acknowledged) > kills
    assert lost == []
    assert found.faults == ()
    assert found.facts % 3 == 0


def test_a_command_sent_twenty_times_at_once_acts_once_and_answers_the_same(ledger: Ledger, store_url: str):
    command, stream = uuid4(), uuid4()
    pipes = [processes.Pipe(duplex=False) for _ in range(4)]
    senders = [start(send_again, store_url, command, stream, 5, theirs) for _, theirs in pipes]

    def send(_: int) -> tuple[bool, int, int]:
        try:
            return True, *ledger.save(*withdrawals(2, command, stream=stream), command=command)
        except CommandAlreadyDone as done:
            return False, done.first, done.last

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(send, range(20)))
    for _, theirs in pipes:
        theirs.close()
    answers += [answer for ours, _ in pipes for answer in received(ours)]
    for sender in senders:
        sender.join()
    assert len(answers) == 40
    assert sum(acted for acted, *_ in answers) == 1
    assert len({tuple(positions) for _, *positions in answers}) == 1
    assert [fact.command for _, fact in ledger.read_facts()] == [command, command]


def test_two_processes_on_the_same_streams_lose_no_update(store_url: str):
    streams = [uuid4() for _ in range(3)]
    pipes = [processes.Pipe(duplex=False) for _ in range(2)]
    writers = [start(append, store_url, streams, 200, theirs) for _, theirs in pipes]
    for _, theirs in pipes:
        theirs.close()
    told = [item for ours, _ in pipes for item in received(ours)]
    for writer in writers:
        writer.join()
    acknowledged = [item for item in told if not isinstance(item, int)]
    with open_ledger(store_url) as ledger:
        kept = [fact.command for _, fact in ledger.read_facts()]
        found = check(ledger)
    conflicts = sum(item for item in told if isinstance(item, int))
    print(f"\n2 x 200 commands on 3 streams: {len(kept)} kept, {conflicts} conflicts told")
    assert len(acknowledged) == 400
    assert sorted(kept) == sorted(acknowledged)
    assert found.faults == ()


def test_a_stream_that_moved_on_is_told_as_a_conflict_and_nothing_is_kept(ledger: Ledger):
    stream = uuid4()
    for command in (first := uuid4(), uuid4()):
        facts = withdrawals(1, command, stream=stream)
        if command == first:
            ledger.save(*facts, command=command)
            continue
        with pytest.raises(ConcurrentChange, match="Someone else changed this"):
            ledger.save(*withdrawals(1, command), *facts, command=command)
        assert ledger.positions_of(command) is None
    assert len(list(ledger.read_facts())) == 1


class CutOnce(PostgresLedgerDatastore):
    """A connection that breaks once, after the server has committed and before the answer arrives."""

    cut = False

    @contextmanager
    def transaction(self, *, commit: bool = False) -> Iterator[Any]:
        with super().transaction(commit=commit) as cursor:
            yield cursor
        if commit and not self.cut:
            self.cut = True
            raise OperationalError("the connection was cut")


def test_a_save_whose_answer_was_lost_is_answered_as_done_and_kept_once(postgres_url: str):
    migrate(postgres_url)
    command = uuid4()
    with Ledger(PostgresLedgerRecorder(CutOnce(postgres_url))) as ledger:
        with pytest.raises(CommandAlreadyDone) as done:
            ledger.save(*withdrawals(2, command), command=command)
        assert (done.value.first, done.value.last) == ledger.positions_of(command)
        assert len(list(ledger.read_facts())) == 2


@pytest.mark.parametrize(("kind", "rounds"), [("sqlite", 20), ("postgres", 4)])
def test_any_number_of_processes_may_prepare_the_same_store_at_once(
    kind: str, rounds: int, tmp_path: Any, request: pytest.FixtureRequest
):
    if kind == "sqlite":
        wheres = [str(tmp_path / f"{number}.db") for number in range(rounds)]
    else:
        import psycopg

        server = request.getfixturevalue("postgres_server")
        with psycopg.connect(server, autocommit=True) as connection:
            for number in range(rounds):
                connection.execute(f"CREATE DATABASE race_{number}")
        wheres = [server.replace("/postgres?", f"/race_{number}?", 1) for number in range(rounds)]
    barrier = processes.Barrier(4)
    pipes = [processes.Pipe(duplex=False) for _ in range(4)]
    racers = [start(prepare, wheres, barrier, theirs) for _, theirs in pipes]
    for _, theirs in pipes:
        theirs.close()
    told = [item for ours, _ in pipes for item in received(ours)]
    for racer in racers:
        racer.join()
    print(f"\n{rounds} rounds of 4 processes: {len(told) - told.count(None)} failures")
    assert told == [None] * (4 * rounds)


@pytest.mark.parametrize(("saves", "size"), [(1_000, 30), (20, 490)])
def test_a_large_import_into_postgresql_comes_to_its_end(postgres_url: str, saves: int, size: int):
    migrate(postgres_url)
    ours, theirs = processes.Pipe(duplex=False)
    began = time.monotonic()
    importer = start(import_much, postgres_url, saves, size, theirs)
    theirs.close()
    importer.join(timeout=120)
    hung = importer.is_alive()
    importer.kill()
    assert not hung
    assert received(ours) == [saves * size]
    with open_ledger(postgres_url) as ledger:
        assert ledger.max_position() == saves * size
    print(f"\n{saves} saves of {size} events: {saves * size / (time.monotonic() - began):,.0f} events a second")
