"""Importing from empty: published tables into a store that did not exist. Reading documents has a line of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks import facts
from tests.benchmarks.measuring import Bench, Figure, answer, apart, children_peak_mb, peak_mb, run_line, timed

SECONDS, MEGABYTES = 60.0, 300.0
"""What every table published may take from empty, on two cores."""

TABLES = (
    "ofsted_official",
    "jt39_history",
    "d2i_overview",
    "recommendations",
    "authorities",
    "other_inspections",
    "visits",
)
"""The folders of published tables."""


def importing(bench: Bench) -> Iterator[Figure]:
    runs = bench.pick(quick=1, usual=3, full=5)
    yield from _figures("import-four-files", "four", runs)
    if facts.real_files() is not None and bench.size != "quick":
        yield from _figures("import-everything", "all", 1)


def _figures(name: str, what: str, runs: int) -> Iterator[Figure]:
    beside = "limit for every table published" if facts.real_files() else f"limit ({facts.origin()})"
    found = [apart("importing", "once", what) for _ in range(runs)]
    seconds, megabytes = (median(one[key] for one in found) for key in ("seconds", "megabytes"))
    yield Figure(f"{name}-seconds", seconds, SECONDS, beside, "s", runs)
    yield Figure(f"{name}-memory", megabytes, MEGABYTES, f"{beside}; ours + largest child", "MB", runs)


def _once(what: str) -> None:
    from web.files.run import import_paths
    from web.store.settings import Settings
    from web.store.store import Store

    def whole(store: Store) -> None:
        store.migrate()
        real = facts.real_files()
        if real is None:
            facts.import_reports(store.application)
        else:
            paths = facts.four_files(real) if what == "four" else [real / name for name in TABLES]
            import_paths(store.application, paths, actor="import")
        store.projector.catch_up()

    with TemporaryDirectory(prefix="timeline-bench-") as home:
        store = Store(Settings(home=Path(home)))
        seconds = timed(lambda: whole(store))
        events = store.ledger.max_position()
    answer({"seconds": seconds, "megabytes": peak_mb() + children_peak_mb(), "events": events})


if __name__ == "__main__":
    if sys.argv[1] == "once":
        _once(sys.argv[2])
    else:
        run_line({"import": importing}, sys.argv[1:])
