"""What do past waits say of the next graded inspection, and how often did that come true?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from domain.rulebook.forecast.backtest import Trial, quarters, summed, trials_on
from domain.rulebook.forecast.forecast import Forecast, Forecaster, Known
from domain.rulebook.forecast.outlook import Outlooks
from domain.rulebook.forecast.queue import NationalQueue
from domain.values.errors import Busy
from projections.engine.answers import BacktestAnswer, Moment, OutlookAnswer, OutlooksAnswer
from projections.engine.reader import Reader

POSITIONS_REMEMBERED = 3
DAYS_REMEMBERED = 64
PATIENCE_SECONDS = 20.0


class RememberedForecasts(OrderedDict[Known, dict[str, Forecast]]):
    """Forecasts worked out for some day from what was public then: the last few, whatever became public later."""

    def __setitem__(self, known: Known, forecasts: dict[str, Forecast]) -> None:
        super().__setitem__(known, forecasts)
        while len(self) > DAYS_REMEMBERED:
            self.popitem(last=False)


class Forecasts:
    """Forecasts from the log up to one position, which never change: what was worked out is remembered.

    Many threads may ask. One works something out at a time, for it takes a while; what is remembered waits for nobody.
    Who has waited too long is told so, rather than kept."""

    def __init__(self, forecaster: Forecaster, at_work: Lock) -> None:
        self._forecaster = forecaster
        self._outlooks: OrderedDict[date, Outlooks] = OrderedDict()
        self._trials: dict[date, list[Trial]] = {}
        self._at_work = at_work

    def outlooks(self, on: date) -> Outlooks:
        """Of one day. Raises Busy where others are worked out for too long."""
        found = self._outlooks.get(on)
        if found is None:
            with self._turn():
                found = self._outlooks.get(on) or Outlooks(self._forecaster, on)
                self._outlooks[on] = found
                if len(self._outlooks) > DAYS_REMEMBERED:
                    self._outlooks.popitem(last=False)
        return found

    def trials(self, origin: date) -> list[Trial]:
        """The forecasts of one day that are held to account. Raises Busy where others are worked out for too long."""
        found = self._trials.get(origin)
        if found is None:
            with self._turn():
                found = self._trials.get(origin)
                if found is None:
                    found = self._trials[origin] = trials_on(self._forecaster, origin)
        return found

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._at_work.acquire(timeout=PATIENCE_SECONDS):
            raise Busy("Many forecasts are being worked out at the moment. Try again in a minute.")
        try:
            yield
        finally:
            self._at_work.release()


class _Kept:
    """What one reader keeps: the forecasts of the last few moments asked for, and days that they have in common."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[int, int], Forecasts] = OrderedDict()
        self._remembered = RememberedForecasts()
        self._guard = Lock()
        self._at_work = Lock()

    def of(self, now: int, moment: Moment, queue: Callable[[], NationalQueue], read_until: date | None) -> Forecasts:
        """Who an authority is does not depend on the moment asked, so what is told now counts as well as what was."""
        with self._guard:
            key = (now, moment.position)
            if key not in self._found:
                made = Forecaster(queue(), read_until=read_until, remembered=self._remembered)
                self._found[key] = Forecasts(made, self._at_work)
            self._found.move_to_end(key)
            while len(self._found) > POSITIONS_REMEMBERED:
                of_now = (now, now)
                del self._found[next(each for each in self._found if each not in (key, of_now))]
            return self._found[key]


_KEPT: WeakKeyDictionary[Reader, _Kept] = WeakKeyDictionary()
_KEPT_GUARD = Lock()


def outlook_of(reader: Reader, urn: str, *, on: date, known_at: datetime | None = None) -> OutlookAnswer:
    """One authority's outlook from what was public the day before. Raises NotFound for an unknown number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at, of=urn)
        authority = reader.identity(connection, urn).on(on)
        kept = _kept(reader, connection, moment)
    return OutlookAnswer(moment, kept.outlooks(on).of(authority, read_until=moment.read_until))


def outlooks(reader: Reader, *, on: date, known_at: datetime | None = None) -> OutlooksAnswer:
    """The outlook of every authority that existed on the day, in order of name."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at)
        there = [identity.on(on) for identity in reader.identities(connection) if identity.existed_on(on)]
        kept = _kept(reader, connection, moment)
        read = reader.read_until(connection, moment, [authority.urn for authority in there])
    found = kept.outlooks(on)
    there.sort(key=lambda authority: (authority.name, authority.urn))
    return OutlooksAnswer(moment, tuple(found.of(authority, read_until=read[authority.urn]) for authority in there))


def backtest_of(
    reader: Reader, *, first: date, last: date, as_at: date, known_at: datetime | None = None
) -> BacktestAnswer:
    """How forecasts from each quarter's first day between two days (inclusive) did, by what is known now.

    Quarters whose six months were not over by the newest reading, or by `as_at` where that is earlier, are left out."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        kept = _kept(reader, connection, moment)
    until = min(moment.read_until or moment.data_horizon or date.min, as_at)
    return BacktestAnswer(moment, summed(quarters(first, last), kept.trials, until))


def _kept(reader: Reader, connection: Connection, moment: Moment) -> Forecasts:
    """Forecasts of one moment, from what was held then."""

    def queue() -> NationalQueue:
        held = reader.versions(connection, moment)
        return NationalQueue(
            {urn: [version.activity for version in versions] for urn, versions in held.items()},
            [identity.on(date.max) for identity in reader.identities(connection)],
            holidays=reader.holidays,
            policy=reader.policy,
        )

    with _KEPT_GUARD:
        kept = _KEPT.setdefault(reader, _Kept())
    read_until = reader.read_until(connection, moment, [None])[None] or moment.data_horizon
    return kept.of(reader.position(connection), moment, queue, read_until)
