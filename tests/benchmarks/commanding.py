"""A whole durable command, rows visible, beside the library's load and save alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from tests.benchmarks.measuring import Bench, Figure, in_turns, milliseconds, run_line
from tests.benchmarks.stores import copy_of, installation

HEARD = datetime(2026, 8, 4, 9, 30, tzinfo=UTC)


class Notebook(Aggregate):
    """The least an aggregate can do: keep texts."""

    def __init__(self) -> None:
        self.texts = 0

    @event("Noted")
    def note(self, text: str) -> None:
        self.texts += 1


class Library(Application[UUID]):
    """The library as it comes: its own JSON, its own SQLite recorder, every save synced."""


def command(bench: Bench) -> Iterator[Figure]:
    from projections.authorities.register import register
    from web.store.settings import Settings
    from web.store.store import Store

    store = Store(Settings(home=copy_of(installation(bench.folder), bench.folder / "home-of-commands")))
    urns = [row.authority.urn for row in register(store.reader, as_at=HEARD.date()).rows]
    runs = bench.pick(quick=20, usual=153)
    ours = visits(store, urns)
    events, payload = _shape(store)
    library = Library(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(bench.folder / "library.db")}
    )
    peer = _notes(library, len(urns), events, "x" * payload)
    store.projector.catch_up()
    took, alone = in_turns(runs, milliseconds(ours), milliseconds(peer))
    yield Figure(
        "command-visible",
        took,
        alone,
        f"the library's load and save alone, {events} events of {payload} bytes in the stream",
        "ms",
        runs,
    )


def visits(store: Any, urns: list[str]) -> Callable[[], None]:
    """Record a focused visit with its letter and make its rows visible, one authority after another."""
    from domain.facts import Told
    from domain.values.statements import Source

    source = Source("report_in_hand", "Ofsted letter", None, HEARD.date())
    turn, days = cycle(urns), count()

    def whole() -> None:
        start = date(2024, 1, 8) + timedelta(weeks=next(days) // len(urns))
        store.application.authorities.record_focused_visit(
            next(turn),
            started_on=start,
            ended_on=start + timedelta(days=1),
            focus="front door",
            published_on=start + timedelta(days=30),
            by=Told("local", uuid4(), source, HEARD),
        )
        store.projector.catch_up()

    return whole


def _notes(library: Library, streams: int, events: int, text: str) -> Callable[[], None]:
    """Load a stream as long as an authority's, add as many events as the command does, save."""
    ids = []
    for _ in range(streams):
        notebook = Notebook()
        for _ in range(events - 1):
            notebook.note(text)
        library.save(notebook)
        ids.append(notebook.id)
    turn = cycle(ids)

    def load_and_save() -> None:
        notebook: Notebook = library.repository.get(next(turn))
        notebook.note(text)
        notebook.note(text)
        library.save(notebook)

    return load_and_save


def _shape(store: Any) -> tuple[int, int]:
    """Events of a middling stream, and bytes of a middling event."""
    log = store.ledger.recorder.select_notifications(1, store.ledger.max_position())
    lengths: dict[UUID, int] = {}
    for stored in log:
        lengths[stored.originator_id] = stored.originator_version
    return int(median(lengths.values())), int(median(len(stored.state) for stored in log))


if __name__ == "__main__":
    run_line({"command": command}, sys.argv[1:])
