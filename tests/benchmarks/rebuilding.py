"""Making the read side anew on SQLite, beside the same rows written one event a transaction."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import process_time

from tests.benchmarks import facts
from tests.benchmarks.measuring import Bench, Figure, answer, apart, in_turns, peak_mb, run_line, timed
from tests.benchmarks.stores import log_of

MEGABYTES = 100.0


def rebuild_sqlite(bench: Bench) -> Iterator[Figure]:
    """Beside the same rows one event a transaction, and beside ours of 10,000 events: the cost may not grow."""
    runs = bench.pick(quick=1, usual=3)
    many = bench.pick(quick=5_000, usual=100_000)
    yield from _figures(bench, many, bench.pick(quick=2_110, usual=10_000), bench.pick(quick=600, usual=2_110), runs)


def rebuild_million(bench: Bench) -> Iterator[Figure]:
    """Minutes: measured with `--full`, or when asked for by name."""
    yield from _figures(bench, 1_000_000, 10_000, 2_110, 1)


def _figures(bench: Bench, many: int, few: int, sample: int, runs: int) -> Iterator[Figure]:
    large, small = log_of(bench.folder, many), log_of(bench.folder, few)
    peaks: list[float] = []
    busy: dict[Path, list[float]] = {large: [], small: []}

    def ours(log: Path) -> float:
        found = apart("rebuilding", "ours", log)
        busy[log].append(found["events_a_cpu_second"])
        if log == large:
            peaks.append(found["megabytes"])
        return float(found["rate"])

    rate, durable, relaxed, of_few = in_turns(
        runs,
        lambda: ours(large),
        lambda: apart("rebuilding", "peer", large, sample, "FULL")["rate"],
        lambda: apart("rebuilding", "peer", large, sample, "NORMAL")["rate"],
        lambda: ours(small),
    )
    name, unit = f"rebuild-sqlite-{many}", "events/s"
    one = f"one event a transaction, {sample:,} events of {facts.origin()}"
    yield Figure(name, rate, durable, f"{one}, synchronous=FULL as the library", unit, runs, more=True)
    yield Figure(f"{name}-relaxed", rate, relaxed, f"{one}, synchronous=NORMAL as ours", unit, runs, more=True)
    yield Figure(f"{name}-flat", rate, of_few, f"ours of {few:,} events (goal: 0.9 at least)", unit, runs, more=True)
    of_many, of_few = median(busy[large]), median(busy[small])
    beside = f"ours of {few:,} events, by the processor's clock: other work on the machine does not count"
    yield Figure(f"{name}-flat-cpu", of_many, of_few, beside, "events/s", runs, more=True)
    yield Figure(f"{name}-memory", median(peaks), MEGABYTES, "limit", "MB", runs)


# --- run apart ------------------------------------------------------------------------------------------------------


def _ours(log: Path) -> None:
    """`projections rebuild`: every projection, indexes and the swap included."""
    from domain.ledger.store import open_ledger
    from projections.catalogue import PROJECTIONS
    from projections.engine.database import open_store
    from projections.engine.projector import Projector, migrate

    rows = log.with_name("rows.db")
    engine = open_store(rows)
    migrate(engine, PROJECTIONS)
    with open_ledger(log) as ledger:
        projector = Projector(engine, ledger, PROJECTIONS)
        events = ledger.max_position()
        before = process_time()
        seconds = timed(projector.rebuild)
        busy = process_time() - before
    engine.dispose()
    _remove(rows)
    answer({"rate": events / seconds, "megabytes": peak_mb(), "events_a_cpu_second": events / busy})


def _peer(log: Path, sample: int, durable: str) -> None:
    """The `timeline` projection's own writer, given one event at a time: its rows and the position in a transaction
    each, into tables with their indexes. The list of files is left out, in the peer's favour."""
    from sqlalchemy import event

    from domain.ledger.store import open_ledger
    from projections.authorities.projection import TIMELINE
    from projections.engine.database import open_store
    from projections.engine.projector import Projector, migrate
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
        run_line({"rebuild-sqlite": rebuild_sqlite, "rebuild-million": rebuild_million}, sys.argv[1:])
