"""What do past waits say of the next graded inspection, and how often did that come true?"""

from __future__ import annotations

from datetime import date, datetime
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from domain.activities import AuthorityFacts
from domain.rulebook.backtest import Trial, quarters, summed, trials_on
from domain.rulebook.forecast import Forecaster
from domain.rulebook.outlook import Outlooks
from domain.rulebook.queue import NationalQueue
from projections.answers import BacktestAnswer, Moment, OutlookAnswer, OutlooksAnswer
from projections.reader import Reader

POSITIONS_REMEMBERED = 3
DAYS_REMEMBERED = 64


class Forecasts:
    """Forecasts from the log up to one position, which never change: days and quarters asked for are remembered."""

    def __init__(self, queue: NationalQueue, authorities: list[AuthorityFacts]) -> None:
        self.authorities = authorities
        self._forecaster = Forecaster(queue)
        self._outlooks: dict[tuple[date, date | None], Outlooks] = {}
        self._trials: dict[date, list[Trial]] = {}
        self._one_at_a_time = Lock()

    def outlooks(self, on: date, horizon: date | None) -> Outlooks:
        with self._one_at_a_time:
            found = self._outlooks.get((on, horizon))
            if found is None:
                found = Outlooks(self._forecaster, self.authorities, on, horizon)
                if len(self._outlooks) >= DAYS_REMEMBERED:
                    self._outlooks.clear()
                self._outlooks[on, horizon] = found
            return found

    def trials(self, origin: date) -> list[Trial]:
        with self._one_at_a_time:
            if origin not in self._trials:
                self._trials[origin] = trials_on(self._forecaster, origin)
            return self._trials[origin]


_KEPT: WeakKeyDictionary[Reader, dict[int, Forecasts]] = WeakKeyDictionary()


def outlook_of(reader: Reader, urn: str, *, on: date, known_at: datetime | None = None) -> OutlookAnswer:
    """One authority's outlook from what was public the day before. Raises NotFound for an unknown number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at)
        authority = reader.identity(connection, urn).on(on)
        kept = _kept(reader, connection, moment)
    return OutlookAnswer(moment, kept.outlooks(on, moment.data_horizon).of(authority))


def outlooks(reader: Reader, *, on: date, known_at: datetime | None = None) -> OutlooksAnswer:
    """The outlook of every authority that existed on the day, in order of name."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at)
        there = [identity.on(on) for identity in reader.identities(connection) if identity.existed_on(on)]
        kept = _kept(reader, connection, moment)
    found = kept.outlooks(on, moment.data_horizon)
    there.sort(key=lambda authority: (authority.name, authority.urn))
    return OutlooksAnswer(moment, tuple(found.of(authority) for authority in there))


def backtest_of(
    reader: Reader, *, first: date, last: date, as_at: date, known_at: datetime | None = None
) -> BacktestAnswer:
    """How forecasts from each quarter's first day between two days (inclusive) did, by what is known now.

    Quarters whose six months were not over by the newest reading, or by `as_at` where that is earlier, are left out."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        kept = _kept(reader, connection, moment)
    until = min(moment.data_horizon or date.min, as_at)
    return BacktestAnswer(moment, summed(quarters(first, last), kept.trials, until))


def _kept(reader: Reader, connection: Connection, moment: Moment) -> Forecasts:
    """Forecasts of one moment: those of the last few positions asked for are kept."""
    kept = _KEPT.setdefault(reader, {})
    found = kept.get(moment.position)
    if found is None:
        histories = {
            urn: [version.activity for version in versions]
            for urn, versions in reader.versions(connection, moment).items()
        }
        authorities = [identity.on(date.max) for identity in reader.identities(connection)]
        queue = NationalQueue(histories, authorities, holidays=reader.holidays, policy=reader.policy)
        found = Forecasts(queue, authorities)
        for oldest in list(kept)[: len(kept) - POSITIONS_REMEMBERED + 1]:
            kept.pop(oldest, None)
        kept[moment.position] = found
    return found
