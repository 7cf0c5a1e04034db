"""All of England on the first start, and a refresh of places that have nothing new."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks import facts
from tests.benchmarks.measuring import Bench, Figure, answer, apart, peak_mb, run_line, timed

FIRST_START, NOTHING_NEW, MEGABYTES = 15.0, 5.0, 300.0
"""Seconds that taking England in, and a refresh that finds nothing new, may take on two cores; and the memory."""

PLACES = {
    "jt39_history": "jt39_history/ofsted_csc_ilacs_history_2026-08-21.csv",
    "d2i_overview": "d2i_overview/2026-05-25_4f68df4_ofsted_csc_ilacs_overview.xlsx",
    "jtai_overview": "other_inspections/ofsted_csc_jtai_overview_2026-06-29.xlsx",
    "area_send_overview": "other_inspections/ofsted_csc_send_overview_2026-06-29.xlsx",
}


def keeping_current(bench: Bench) -> Iterator[Figure]:
    runs = bench.pick(quick=1, usual=3, full=5)
    found = [apart("keeping_current", "once") for _ in range(runs)]
    seconds, megabytes = (median(one[key] for one in found) for key in ("seconds", "megabytes"))
    yield Figure("england-first-start-seconds", seconds, FIRST_START, "limit of the first start", "s", runs)
    yield Figure("england-first-start-memory", megabytes, MEGABYTES, "limit of an import", "MB", runs)
    if all("again" in one for one in found):
        again = median(one["again"] for one in found)
        yield Figure("refresh-nothing-new-seconds", again, NOTHING_NEW, "limit; places on this machine", "s", runs)


def _once() -> None:
    from web.england.taking_in import take_in
    from web.store.settings import Settings
    from web.store.store import Store

    def whole(store: Store) -> None:
        store.migrate()
        take_in(store)

    with TemporaryDirectory(prefix="timeline-bench-") as home:
        store = Store(Settings(home=Path(home)))
        seconds = timed(lambda: whole(store))
        megabytes = peak_mb()
        real = facts.real_files()
        again = {} if real is None else {"again": _nothing_new(store, real)}
    answer({"seconds": seconds, "megabytes": megabytes} | again)


def _nothing_new(store: object, real: Path) -> float:
    """Seconds of a refresh of places on this machine a day after they were all taken in."""
    from tests.web.places.stub import site
    from web.places.client import Client
    from web.places.refresh import refresh
    from web.places.table import FilePlace
    from web.store.settings import VERSION
    from web.store.store import Store

    assert isinstance(store, Store)
    with site() as served:
        places = [
            FilePlace(name, served.gives(f"/{name}", (real / path).read_bytes()), name, "weekly", loopback=True)
            for name, path in PLACES.items()
        ]
        first = date(2026, 11, 30)
        with Client(VERSION) as client:
            refresh(store, places, client, on=first)
        with Client(VERSION) as client:
            return timed(lambda: refresh(store, places, client, on=first + timedelta(days=1)))


if __name__ == "__main__":
    if sys.argv[1] == "once":
        _once()
    else:
        run_line({"keeping-current": keeping_current}, sys.argv[1:])
