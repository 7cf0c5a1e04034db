"""The peer of a rebuild: the same rows, one event a transaction, as an event-at-a-time projector writes them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Engine

from projections.engine.database import writing
from projections.engine.log import Command, ReadableLedger
from projections.engine.projector import Projection, Projector, moved


def one_by_one(
    engine: Engine, ledger: ReadableLedger, projector: Projector, projection: Projection, sample: int
) -> None:
    """Take the first `sample` events of the log, each with its position in a transaction of its own."""
    mark = projector.marks()[projection.name]
    writer = projection.writer(ledger, projection.shelf(mark.generation))
    for told in islice(single_events(ledger), sample):
        with writing(engine) as connection:
            projector.claim(connection, mark, told.position)
            writer.keep(connection, [told])
        mark = moved(mark, [told])


def single_events(ledger: ReadableLedger) -> Iterator[Command]:
    """The log as if every event were a command."""
    for position, fact in ledger.read_facts():
        yield Command(fact.originator_id, position, ((position, fact),))
