"""What runs in processes of its own while a test kills, races or copies the store: facts to write, and writers."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any
from uuid import UUID, uuid4

from domain.facts import EntryWithdrawn
from domain.ledger.store import migrate, open_ledger
from domain.values.errors import CommandAlreadyDone, ConcurrentChange
from domain.values.statements import Source

HEARD = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
SOURCE = Source("form", "An officer's note", None, date(2026, 5, 1))

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.faults.writers", "domain.ledger.sqlite", "domain.ledger.postgres"])


def withdrawals(count: int, command: UUID, *, stream: UUID | None = None, after: int = 0) -> list[EntryWithdrawn]:
    """Small facts of one stream that is at version `after`; a new stream unless one is named."""
    stream = stream or uuid4()
    return [
        EntryWithdrawn(
            originator_id=stream,
            originator_version=after + number,
            timestamp=HEARD,
            actor="local",
            command=command,
            source=SOURCE,
            reason="Entered twice",
            activity=stream,
            statements=(),
        )
        for number in range(1, count + 1)
    ]


def start(work: Callable[..., None], *arguments: Any) -> BaseProcess:
    process = processes.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def received(results: Connection) -> list[Any]:
    """All that a writer told before it ended, killed or not."""
    told = []
    try:
        while True:
            told.append(results.recv())
    except (EOFError, OSError):
        return told


def write_until_killed(where: str, results: Connection) -> None:
    """Save three facts at a time, and tell of each save once it is acknowledged."""
    with open_ledger(where) as ledger:
        while True:
            command = uuid4()
            results.send((command, *ledger.save(*withdrawals(3, command), command=command)))


def send_again(where: str, command: UUID, stream: UUID, times: int, results: Connection) -> None:
    """Save the same command several times; tell the positions answered, and whether this was the save that counted."""
    with open_ledger(where) as ledger:
        for _ in range(times):
            try:
                results.send((True, *ledger.save(*withdrawals(2, command, stream=stream), command=command)))
            except CommandAlreadyDone as done:
                results.send((False, done.first, done.last))


def append(where: str, streams: list[UUID], commands: int, results: Connection) -> None:
    """Add to one stream after another, deciding again on each conflict; tell each command, and the conflicts."""
    conflicts = 0
    with open_ledger(where) as ledger:
        for number in range(commands):
            stream = streams[number % len(streams)]
            command = uuid4()
            while True:
                newest = ledger.recorder.select_events(stream, desc=True, limit=1)
                after = newest[0].originator_version if newest else 0
                try:
                    ledger.save(*withdrawals(1, command, stream=stream, after=after), command=command)
                except ConcurrentChange:
                    conflicts += 1
                else:
                    break
            results.send(command)
    results.send(conflicts)


def import_much(where: str, saves: int, size: int, results: Connection) -> None:
    with open_ledger(where) as ledger:
        for _ in range(saves):
            command = uuid4()
            ledger.save(*withdrawals(size, command), command=command)
    results.send(saves * size)


def prepare(wheres: list[str], barrier: Any, results: Connection) -> None:
    """Prepare each store at the same moment as everyone else; tell what went wrong, or None."""
    for where in wheres:
        barrier.wait()
        try:
            migrate(where)
            open_ledger(where).close()
        except Exception as error:
            results.send(f"{error!r} from {error.__cause__!r}")
        else:
            results.send(None)
