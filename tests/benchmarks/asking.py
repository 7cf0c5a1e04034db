"""What stood on a day, for one authority and for all: the entry table beside a replay of the streams."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import cycle
from statistics import median
from typing import Any

from tests.benchmarks.measuring import Bench, Figure, in_turns, milliseconds, run_line, timed
from tests.benchmarks.stores import installation

AS_AT = date(2023, 6, 30)
ANY_DAYS = tuple(
    date(2018 + months // 12, 1 + months % 12, 10 + months % 7) for months in (number * 11 // 2 for number in range(20))
)
"""From January 2018 to September 2026."""

WARM_LIMIT_MS = 150
KNOWN_AT = datetime(2100, 1, 1, tzinfo=UTC)


class _Asked:
    """Both ways to the same answers, over one store."""

    def __init__(self, bench: Bench) -> None:
        from projections.authorities.register import register
        from web.store.settings import Settings
        from web.store.store import Store

        self.store = Store(Settings(home=installation(bench.folder)))
        everyone = register(self.fresh_reader(), as_at=AS_AT, known_at=KNOWN_AT)
        self.authorities = [row.authority for row in everyone.rows]
        self.ours, self.peers = cycle(self.authorities), cycle(self.authorities)

    def fresh_reader(self) -> Any:
        """One that remembers no version it decoded: the first answer after a start."""
        from projections.engine.reader import Reader
        from web.store.settings import bank_holidays

        if not hasattr(self, "holidays"):
            self.holidays = bank_holidays()
        return Reader(self.store.engine, holidays=self.holidays, policy=self.store.policy)

    def replayed(self, authority: Any) -> Any:
        """The aggregate by the library's repository, nothing remembered."""
        from domain.authorities.authority import Authority

        return self.store.ledger.repository.get(Authority.create_id(authority.urn))

    def stands(self, authority: Any) -> Any:
        """The same rules over the replayed aggregate."""
        from domain.rulebook.expectations import standing

        return standing(
            self.replayed(authority).activities,
            authority=authority,
            on=AS_AT,
            holidays=self.holidays,
            policy=self.store.policy,
        )


def one(bench: Bench) -> Iterator[Figure]:
    from projections.outlook.standing import standing_of

    asked, runs = _Asked(bench), bench.pick(quick=10, usual=153)

    def rows() -> None:
        reader, urn = asked.fresh_reader(), next(asked.ours).urn
        with reader.connect() as connection:
            reader.versions_of(connection, urn, reader.moment(connection, AS_AT, KNOWN_AT))

    ours, peer = in_turns(runs, milliseconds(rows), milliseconds(lambda: asked.replayed(next(asked.peers))))
    yield Figure("as-at-one-rows", ours, peer, "repository.get of the aggregate", "ms", runs)
    ours, peer = in_turns(
        runs,
        milliseconds(lambda: standing_of(asked.fresh_reader(), next(asked.ours).urn, as_at=AS_AT, known_at=KNOWN_AT)),
        milliseconds(lambda: asked.stands(next(asked.peers))),
    )
    yield Figure("as-at-one-standing", ours, peer, "repository.get and the same rules", "ms", runs)


def everyone(bench: Bench) -> Iterator[Figure]:
    from projections.authorities.register import register

    asked, runs = _Asked(bench), bench.pick(quick=2, usual=7)
    count = len(asked.authorities)

    def rows(reader: Any) -> None:
        with reader.connect() as connection:
            moment = reader.moment(connection, AS_AT, KNOWN_AT)
            reader.versions(connection, moment)

    def replay_all() -> None:
        for authority in asked.authorities:
            asked.replayed(authority)

    def stand_all() -> None:
        for authority in asked.authorities:
            asked.stands(authority)

    ours, peer = in_turns(runs, milliseconds(lambda: rows(asked.fresh_reader())), milliseconds(replay_all))
    yield Figure(f"as-at-{count}-rows", ours, peer, "repository.get of every aggregate", "ms", runs)
    ours, bare = in_turns(runs, milliseconds(lambda: rows(asked.fresh_reader())), milliseconds(_bare_pass(asked)))
    yield Figure(f"as-at-{count}-sql", ours, bare, "limit: the bare SQL pass, nothing decoded", "ms", runs)
    ours, peer = in_turns(
        runs,
        milliseconds(lambda: register(asked.fresh_reader(), as_at=AS_AT, known_at=KNOWN_AT)),
        milliseconds(stand_all),
    )
    yield Figure(f"as-at-{count}-register", ours, peer, "repository.get and the same rules", "ms", runs)
    warm = asked.fresh_reader()
    register(warm, as_at=AS_AT, known_at=KNOWN_AT)
    ours, peer = in_turns(
        runs,
        milliseconds(lambda: register(warm, as_at=AS_AT, known_at=KNOWN_AT)),
        milliseconds(lambda: register(asked.fresh_reader(), as_at=AS_AT, known_at=KNOWN_AT)),
    )
    yield Figure(f"as-at-{count}-register-again", ours, peer, "ours with no version decoded yet", "ms", runs)
    answers = [timed(partial(register, warm, as_at=day, with_expectations=True)) * 1_000 for day in ANY_DAYS]
    beside = "limit: everything to expect of all, any day of 2018 to 2026, in a process that has answered before"
    yield Figure(f"standing-{count}-any-day", median(answers), WARM_LIMIT_MS, beside, "ms", len(answers))
    yield Figure(f"standing-{count}-any-day-worst", max(answers), WARM_LIMIT_MS, "limit: the same", "ms", len(answers))


def _bare_pass(asked: _Asked) -> Any:
    import sqlite3

    connection = sqlite3.connect(asked.store.projections_address)
    (position,) = connection.execute("SELECT position FROM projection WHERE name = 'timeline'").fetchone()
    statement = "SELECT row, body, known_from FROM entry WHERE known_to > ? AND known_from <= ? AND visible_on <= ?"
    return lambda: connection.execute(statement, (position, position, AS_AT.isoformat())).fetchall()


if __name__ == "__main__":
    run_line({"as-at-one": one, "as-at-all": everyone}, sys.argv[1:])
