"""The queue moved on week by week, from a day into the future: of everybody, the share still waiting."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import exp, log
from operator import mul

from domain.rulebook.calendar_rows import CLOSED_SEASONS
from domain.rulebook.forecast.choice_model import Weights
from domain.rulebook.forecast.queue import Spell
from domain.rulebook.results import Pathway
from domain.rulebook.rows import PANDEMIC_PAUSE
from domain.rulebook.working_days import add_months

TOLD_WITHIN_DAYS = 75
"""Nine in ten reports are public so many days after the first day on site (measured on 316 reports since 2018)."""

_DAYS_A_YEAR = 365.25
_WEEK = timedelta(days=7)
_FOUR_WEEKS_DAYS = 28
_SCALINGS = 3
"""After so many corrections a week's starts equal the capacity to a few millionths."""

_NEXT_TO_NOBODY = 0.05
"""The course ends when less than this part of everybody first in the queue still waits: the band ends at 0.1."""

_NOBODY = 0.001

_AT_MOST = 0.9
"""Of all who wait, so large a part at most can be inspected in one week: a queue nearly empty does not run dry."""

_AT_ITS_OPENING, _AT_ITS_END = log(10 / 9), log(10)
"""What has accumulated of a window's hazard when one in ten, and nine in ten, have been inspected."""


def open_mondays(first: date, last: date, *, known: date) -> Iterator[date]:
    """The Mondays from `first` (inclusive) to `last` (exclusive) on which inspections may start (R-050, R-011).

    Closed are August, Christmas and the pandemic's pause, as far as it was known on the morning of `known`. While it
    went on nobody knew its end; it is then taken to last as long again as it has lasted."""
    monday = first + timedelta(days=-first.weekday() % 7)
    while monday < last:
        if not any(monday in season for season in CLOSED_SEASONS) and not _paused(monday, known):
            yield monday
        monday += _WEEK


def _paused(monday: date, known: date) -> bool:
    began, ended = PANDEMIC_PAUSE.start, PANDEMIC_PAUSE.end or date.max
    if known < began:
        return False
    until = ended if known >= ended else known + (known - began)
    return began <= monday < until


OPEN_MONDAYS_A_YEAR = sum(1 for _ in open_mondays(date(2023, 1, 1), date(2027, 1, 1), known=date(2023, 1, 1))) / 4
"""R-050: how many Mondays of an ordinary year lie outside August and Christmas."""


def years_missing(due: date, day: date) -> float:
    """From a day to the end of the window, in years; 0 once it has come."""
    days = due.toordinal() - day.toordinal()
    return days / _DAYS_A_YEAR if days > 0 else 0.0


class Course:
    """The queue moved on week by week: of everybody, the share that is still waiting.

    Those inspected on the way join again behind, due `again_months` after their report: they take up capacity."""

    def __init__(
        self, waiting: Sequence[Spell], weights: Weights, a_monday: float, a_year: float, *, again_months: int
    ) -> None:
        self._again_months = again_months
        self._weights = weights
        self._a_monday = a_monday
        self._a_year = a_year
        self._first = len(waiting)
        self._dues = [spell.due for spell in waiting]
        self._grades = [
            weights.inadequate * (spell.pathway is Pathway.INADEQUATE)
            + weights.improvement * (spell.pathway is Pathway.REQUIRES_IMPROVEMENT)
            for spell in waiting
        ]
        self._in_turn = [float(spell.in_turn) for spell in waiting]
        self._left = [1.0] * len(waiting)

    @property
    def left(self) -> list[float]:
        """Of everybody first in the queue, the share that still waits now."""
        return self._left[: self._first]

    def run(self, mondays: Iterable[date]) -> tuple[list[date], list[tuple[float, ...]]]:
        """Moves on until next to nobody of those first in the queue is left, or the Mondays end.

        The Mondays passed and, for each authority, the share still waiting after each of them, of now."""
        now = self.left
        passed, shares = [], []
        for monday in mondays:
            self.week(monday)
            passed.append(monday)
            shares.append([left / then if then else 0.0 for left, then in zip(self.left, now, strict=True)])
            if max(shares[-1]) < _NEXT_TO_NOBODY:
                break
        return passed, list(zip(*shares, strict=True))

    def week(self, monday: date) -> None:
        """The inspections that start on one Monday."""
        weights, left = self._weights, self._left
        place, wait = weights.place / self._a_year, weights.wait
        ahead = list(accumulate(left, initial=0.0))[:-1]
        logs = [
            grade - place * before * in_turn - wait * years_missing(due, monday)
            for grade, due, in_turn, before in zip(self._grades, self._dues, self._in_turn, ahead, strict=True)
        ]
        highest = max(value for value, share in zip(logs, left, strict=True) if share > 0)
        gone = _gone(left, [exp(min(value - highest, 0.0)) for value in logs], self._a_monday)
        begun = sum(map(mul, left, gone))
        self._left = [share * (1 - part) for share, part in zip(left, gone, strict=True)]
        self._rejoin(monday, begun)

    def _rejoin(self, monday: date, begun: float) -> None:
        due = add_months(monday + timedelta(days=TOLD_WITHIN_DAYS), self._again_months)
        if len(self._dues) > self._first and (due - self._dues[-1]).days < _FOUR_WEEKS_DAYS:
            self._left[-1] += begun
            return
        self._dues.append(due)
        self._grades.append(0.0)
        self._in_turn.append(1.0)
        self._left.append(begun)


def _gone(left: Sequence[float], odds: Sequence[float], begun: float) -> list[float]:
    """Of each, the part that starts in a week in which `begun` of all start: 1 - exp(-scale * odds), scaled to fit."""
    begun = min(begun, _AT_MOST * sum(left))
    scale = begun / sum(map(mul, left, odds))
    gone = [1 - exp(-scale * odd) for odd in odds]
    for _ in range(_SCALINGS):
        scale *= begun / sum(map(mul, left, gone))
        gone = [1 - exp(-scale * odd) for odd in odds]
    return gone


@dataclass(frozen=True)
class StillWaiting:
    """The share of one authority still waiting after each Monday."""

    mondays: Sequence[date]
    shares: Sequence[float]

    def before(self, day: date) -> float:
        """On the morning of a day."""
        passed = bisect_left(self.mondays, day)
        return self.shares[passed - 1] if passed else 1.0

    def reached(self, part: float) -> date:
        """The Monday by which so large a part has started; the last one looked at where it never has."""
        place = bisect_left(self.shares, part - 1, key=lambda share: -share)
        return self.mondays[min(place, len(self.mondays) - 1)]


def left_by_window(spell: Spell, on: date, mondays: Iterable[date]) -> StillWaiting:
    """What an authority's window alone says: one in ten inspected when it opens, nine in ten when it ends.

    The odds grow by the same factor each day, as in a Gumbel law, until the window ends; from then on they stay as they
    are. Of those who still wait on the day asked."""
    scale = max((spell.due - spell.opens).days, 1) / log(_AT_ITS_END / _AT_ITS_OPENING)

    def hazard(day: date) -> float:
        past = (day - spell.due).days
        return _AT_ITS_END * (1 + past / scale if past > 0 else exp(past / scale))

    before, passed, shares = hazard(on), [], []
    for monday in mondays:
        passed.append(monday)
        shares.append(exp(before - hazard(monday + timedelta(days=1))))
        if shares[-1] < _NOBODY:
            break
    return StillWaiting(passed, shares)
