"""What is the next graded inspection, and the next focused visit, forecast to be, and how often did that come true?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from domain.rulebook.forecast.backtest import Backtest, Trial, quarters, summed, trials_on
from domain.rulebook.forecast.forecast import Forecast, Forecaster, Known
from domain.rulebook.forecast.outlook import Outlook, Outlooks
from domain.rulebook.forecast.queue import NationalQueue
from domain.rulebook.forecast.visit_backtest import VisitBacktest, VisitTrial, visit_trials_on, visits_summed
from domain.rulebook.forecast.visit_outlook import VisitOutlooks
from domain.rulebook.forecast.visits import VisitForecaster
from domain.values.activities import Activity
from domain.values.errors import Busy
from domain.values.known_until import KnownKind, KnownUntil
from projections.engine.answers import (
    BacktestAnswer,
    Moment,
    OutlookAnswer,
    OutlooksAnswer,
    PlannedWindow,
    VisitBacktestAnswer,
    VisitOutlookAnswer,
    VisitOutlooksAnswer,
)
from projections.engine.kept import kept
from projections.engine.reader import Reader

POSITIONS_REMEMBERED = 3
DAYS_REMEMBERED = 64
PATIENCE_SECONDS = 20.0


F = TypeVar("F")


class RememberedDays(OrderedDict[Known, dict[str, F]]):
    """What was worked out for some day from what was public then: the last few, whatever became public later."""

    def __setitem__(self, known: Known, found: dict[str, F]) -> None:
        super().__setitem__(known, found)
        while len(self) > DAYS_REMEMBERED:
            self.popitem(last=False)


class Forecasts:
    """Forecasts from the log up to one position, which never change: what was worked out is remembered.

    Many threads may ask. One works something out at a time, for it takes a while; what is remembered waits for nobody.
    Who has waited too long is told so, rather than kept."""

    def __init__(self, forecaster: Forecaster, visits: VisitForecaster, at_work: Lock) -> None:
        self._forecaster = forecaster
        self._visits = visits
        self._outlooks: dict[date, Outlooks] = {}
        self._visit_outlooks: dict[date, VisitOutlooks] = {}
        self._trials: dict[date, list[Trial]] = {}
        self._visit_trials: dict[date, list[VisitTrial]] = {}
        self._at_work = at_work

    def outlooks(self, on: date) -> Outlooks:
        """Of one day. Raises Busy where others are worked out for too long."""
        return self._of_day(self._outlooks, on, lambda: Outlooks(self._forecaster, on), DAYS_REMEMBERED)

    def visit_outlooks(self, on: date) -> VisitOutlooks:
        """The same of focused visits."""
        graded = self.outlooks(on)
        return self._of_day(self._visit_outlooks, on, lambda: VisitOutlooks(self._visits, graded, on), DAYS_REMEMBERED)

    def trials(self, origin: date) -> list[Trial]:
        """The forecasts of one day that are held to account. Raises Busy where others are worked out for too long."""
        return self._of_day(self._trials, origin, lambda: trials_on(self._forecaster, origin))

    def visit_trials(self, origin: date) -> list[VisitTrial]:
        """The same of focused visits."""
        return self._of_day(self._visit_trials, origin, lambda: visit_trials_on(self._visits, origin))

    def _of_day(self, kept: dict[date, F], day: date, made: Callable[[], F], most: int | None = None) -> F:
        """What is kept of a day, else what is made now; of so many days at most, the oldest given up first."""
        found = kept.get(day)
        if found is None:
            with self._turn():
                found = kept.get(day)
                if found is None:
                    found = kept[day] = made()
                    if most is not None and len(kept) > most:
                        del kept[next(iter(kept))]
        return found

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._at_work.acquire(timeout=PATIENCE_SECONDS):
            raise Busy("Many forecasts are being worked out at the moment. Try again in a minute.")
        try:
            yield
        finally:
            self._at_work.release()


@dataclass(frozen=True)
class _Held:
    """What forecasts of one moment are made from; `known` is until when sources tell of each authority."""

    queue: NationalQueue
    histories: Mapping[str, list[Activity]]
    known: Mapping[str, KnownUntil]


class _Kept:
    """What one reader keeps: the forecasts of the last few moments asked for, and days that they have in common."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[int, int], Forecasts] = OrderedDict()
        self._remembered: RememberedDays[Forecast] = RememberedDays()
        self._chances: RememberedDays[float] = RememberedDays()
        self._guard = Lock()
        self._at_work = Lock()

    def of(self, now: int, moment: Moment, held: Callable[[], _Held], read_until: date | None) -> Forecasts:
        """Who an authority is does not depend on the moment asked, so what is told now counts as well as what was."""
        with self._guard:
            key = (now, moment.position)
            if key not in self._found:
                found = held()
                made = Forecaster(
                    found.queue, read_until=read_until, remembered=self._remembered, chances=self._chances
                )
                visits = VisitForecaster(made, found.histories, found.known)
                self._found[key] = Forecasts(made, visits, self._at_work)
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
        authority = reader.identity(connection, urn, moment.position).on(on)
        kept = _kept(reader, connection, moment)
    return OutlookAnswer(moment, kept.outlooks(on).of(authority, read_until=moment.known_until.graded))


def outlooks(reader: Reader, *, on: date, known_at: datetime | None = None) -> OutlooksAnswer:
    """The outlook of every authority that existed on the day, in order of name."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at)
        identities = [
            identity for identity in reader.identities(connection, moment.position) if identity.existed_on(on)
        ]
        there = [identity.on(on) for identity in identities]
        kept = _kept(reader, connection, moment)
        known = reader.known_until(connection, moment.position, identities)
    found = kept.outlooks(on)
    there.sort(key=lambda authority: (authority.name, authority.urn))
    return OutlooksAnswer(
        moment, tuple(found.of(authority, read_until=known[authority.urn].graded) for authority in there)
    )


def outlooks_of(reader: Reader, windows: Iterable[PlannedWindow], moment: Moment) -> tuple[Outlook, ...]:
    """Of those whose windows were answered at a moment, as far as each is known; in the order given."""
    with reader.connect() as connection:
        kept = _kept(reader, connection, moment)
    found = kept.outlooks(moment.as_at)
    return tuple(found.of(window.authority, read_until=window.known_until) for window in windows)


def backtest_of(
    reader: Reader, *, first: date, last: date, as_at: date, known_at: datetime | None = None
) -> BacktestAnswer:
    """How forecasts from each quarter's first day between two days (inclusive) did, by what is known now.

    Quarters whose six months were not over by the newest reading, or by `as_at` where that is earlier, are left out."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        until = min(moment.known_until.graded or moment.data_horizon or date.min, as_at)
        asked = tuple(quarters(first, last))

        def made() -> Backtest:
            return summed(asked, _kept(reader, connection, moment).trials, until)

        found = made() if known_at else kept(reader, connection, f"graded {asked} {until}", Backtest, made)
    return BacktestAnswer(moment, found)


def visit_outlook_of(reader: Reader, urn: str, *, on: date, known_at: datetime | None = None) -> VisitOutlookAnswer:
    """One authority's next focused visit, from what was public the day before. Raises NotFound."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(on)
        kept = _kept(reader, connection, moment)
    return VisitOutlookAnswer(moment, kept.visit_outlooks(on).of(authority, read_until=moment.known_until.graded))


def visit_outlooks(reader: Reader, *, on: date, known_at: datetime | None = None) -> VisitOutlooksAnswer:
    """The next focused visit to every authority that existed on the day, in order of name."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at)
        identities = [
            identity for identity in reader.identities(connection, moment.position) if identity.existed_on(on)
        ]
        there = sorted(
            (identity.on(on) for identity in identities), key=lambda authority: (authority.name, authority.urn)
        )
        kept = _kept(reader, connection, moment)
        known = reader.known_until(connection, moment.position, identities)
    found = kept.visit_outlooks(on)
    told = (found.of(authority, read_until=known[authority.urn].graded) for authority in there)
    return VisitOutlooksAnswer(moment, tuple(told))


def visit_backtest_of(
    reader: Reader, *, first: date, last: date, as_at: date, known_at: datetime | None = None
) -> VisitBacktestAnswer:
    """How forecasts of focused visits from each quarter's first day between two days (inclusive) did.

    Left out is what was not over by the day until which visits are known, or by `as_at` where that is earlier."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        told = reader.known_until(connection, moment.position, reader.identities(connection, moment.position))
        known = max((day for of in told.values() if (day := of.until(KnownKind.FOCUSED_VISIT))), default=None)
        until = min(known, as_at) if known is not None else None
        asked = tuple(quarters(first, last))

        def made() -> VisitBacktest:
            return visits_summed(asked, _kept(reader, connection, moment).visit_trials, until)

        found = made() if known_at else kept(reader, connection, f"visits {asked} {until}", VisitBacktest, made)
    return VisitBacktestAnswer(moment, found)


def _kept(reader: Reader, connection: Connection, moment: Moment) -> Forecasts:
    """Forecasts of one moment, from what was held then."""

    def held() -> _Held:
        versions = reader.versions(connection, moment)
        histories = {urn: [version.activity for version in found] for urn, found in versions.items()}
        identities = reader.identities(connection, moment.position)
        known = reader.known_until(connection, moment.position, identities)
        authorities = [identity.on(date.max) for identity in identities if not identity.never]
        queue = NationalQueue(histories, authorities, holidays=reader.holidays, policy=reader.policy)
        return _Held(queue, histories, {identity.urn: known[identity.urn] for identity in identities})

    with _KEPT_GUARD:
        kept = _KEPT.setdefault(reader, _Kept())
    read_until = reader.known_until(connection, moment.position, [None])[None].graded or moment.data_horizon
    return kept.of(reader.position(connection), moment, held, read_until)
