"""Making the read side anew on SQLite, beside the same rows written one event a transaction."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from tests.benchmarks import facts
from tests.benchmarks.measuring import Bench, Figure, answer, apart, in_turns, peak_mb, run_line, timed
from tests.benchmarks.stores import log_of

MEGABYTES = 100.0
_numbers = count(1)


def rebuild_sqlite(bench: Bench) -> Iterator[Figure]:
    events = bench.pick(quick=5_000, usual=100_000)
    sample = bench.pick(quick=600, usual=2_110)
    runs = bench.pick(quick=1, usual=3)
    log = log_of(bench.folder, events)
    peaks = []

    def ours() -> float:
        found = apart("rebuilding", "ours", log)
        peaks.append(found["megabytes"])
        return found["rate"]

    for durable, name in (("FULL", "synchronous=FULL as the library runs"), ("NORMAL", "synchronous=NORMAL as ours")):
        rate, peer = in_turns(
            runs, ours, lambda durable=durable: apart("rebuilding", "peer", log, sample, durable)["rate"]
        )
        yield Figure(
            f"rebuild-sqlite-{events}-{durable.lower()}",
            rate,
            peer,
            f"one event a transaction, {name} ({facts.origin()})",
            "events/s",
            runs,
            more=True,
        )
    yield Figure(f"rebuild-sqlite-{events}-memory", median(peaks), MEGABYTES, "limit", "MB", len(peaks))


def rebuild_flat(bench: Bench) -> Iterator[Figure]:
    """A rebuild of many events against one of 10,000: the same events a second, or the cost grows with the log."""
    runs = bench.pick(quick=1, usual=3)
    few = bench.pick(quick=2_110, usual=10_000)
    lengths = {"quick": [5_000], "usual": [100_000], "full": [100_000, 1_000_000]}[bench.size]
    small = log_of(bench.folder, few)
    for many in lengths:
        large = log_of(bench.folder, many)
        peaks = []

        def of_many(log: Path = large, peaks: list[float] = peaks) -> float:
            found = apart("rebuilding", "ours", log)
            peaks.append(found["megabytes"])
            return found["rate"]

        times = 1 if many >= 1_000_000 else runs
        rate, peer = in_turns(times, of_many, lambda: apart("rebuilding", "ours", small)["rate"])
        yield Figure(f"rebuild-flat-{many}", rate, peer, f"ours of {few:,} events", "events/s", times, more=True)
        yield Figure(f"rebuild-flat-{many}-memory", median(peaks), MEGABYTES, "limit", "MB", len(peaks))


# --- run apart ------------------------------------------------------------------------------------------------------


def _ours(log: Path) -> None:
    """`projections rebuild`: every projection, indexes and the swap included."""
    from domain.ledger.store import open_ledger
    from projections.catalogue import PROJECTIONS
    from projections.projector import Projector, migrate
    from projections.store import open_store

    rows = log.with_name(f"rows-{next(_numbers)}.db")
    engine = open_store(rows)
    migrate(engine, PROJECTIONS)
    with open_ledger(log) as ledger:
        projector = Projector(engine, ledger, PROJECTIONS)
        events = ledger.max_position()
        seconds = timed(projector.rebuild)
    engine.dispose()
    _remove(rows)
    answer({"rate": events / seconds, "megabytes": peak_mb(), "seconds": seconds})


def _peer(log: Path, sample: int, durable: str) -> None:
    """The `timeline` projection's own keeper, given one event at a time: its rows and the position in a transaction
    each, into tables with their indexes. The list of files is left out, in the peer's favour."""
    from sqlalchemy import event

    from domain.ledger.store import open_ledger
    from projections.histories import TIMELINE
    from projections.projector import Projector, migrate
    from projections.store import open_store
    from tests.benchmarks.one_by_one import one_by_one

    rows = log.with_name("rows-of-peer.db")
    engine = open_store(rows)
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA synchronous={durable}"))
    migrate(engine, [TIMELINE])
    with open_ledger(log) as ledger:
        projector = Projector(engine, ledger, [TIMELINE])
        seconds = timed(lambda: one_by_one(engine, ledger, projector, TIMELINE, sample))
    engine.dispose()
    _remove(rows)
    answer({"rate": sample / seconds})


def _remove(rows: Path) -> None:
    for side in ("", "-wal", "-shm"):
        Path(f"{rows}{side}").unlink(missing_ok=True)


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        _ours(Path(sys.argv[2]))
    elif sys.argv[1] == "peer":
        _peer(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        run_line({"rebuild-sqlite": rebuild_sqlite, "rebuild-flat": rebuild_flat}, sys.argv[1:])
