"""How likely a graded inspection is to start, and when: from the national queue, and from nothing public later.

Inspectors are a limited capacity: about one graded inspection starts on each Monday outside August, Christmas and the
pandemic. Each time, somebody of those waiting is chosen. The odds of being the one fall with the work that lies ahead
in the queue and with the time still missing to the end of the window that the rules state, and differ by pathway:

    log odds = - PLACE * (those due before / starts a year)    not for the inadequate, where progress decides (R-040),
                                                               nor for new authorities, whose formation does (R-070)
               - WAIT * (years until the window ends, 0 once it has)
               + INADEQUATE * (pathway inadequate) + IMPROVEMENT * (pathway requires improvement)

The four weights are those of a conditional logit (McFadden 1974), fitted to every earlier start whose report was public
on the morning of the day asked, each counting less with its age. Before any start is seen they stand where policy puts
them (R-025): at the weight whose four-in-five span of starts is the twelve months of the window. That prior goes on
counting, so that few starts cannot carry the weights away. Starts of the last weeks are not public: the queue is first
moved on by as many as are usual, then week by week through the time asked for. Nothing is drawn at random.

Where the reports of most authorities are not held there is no queue to see. Each authority is then taken by itself: its
chance follows its window alone, four starts in five within it (`domain.rulebook.forecast.simulation.left_by_window`).

Nobody outside Ofsted knows its plans: this says what past waits make likely, not what will be. How often it came true
is worked out in `domain.rulebook.forecast.backtest`."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise

from domain.rulebook.forecast.choice_model import Choice, Weights, fit
from domain.rulebook.forecast.queue import DueBy, NationalQueue, Spell, Start, usual
from domain.rulebook.forecast.simulation import (
    TOLD_WITHIN_DAYS,
    Course,
    StillWaiting,
    left_by_window,
    open_mondays,
    years_missing,
)
from domain.rulebook.results import Pathway
from domain.rulebook.rows import ILACS_IN_FORCE
from domain.rulebook.working_days import add_months

SIX_MONTHS_DAYS = 183
"""A start on the day asked or up to so many days later counts as within six months."""

MONTHS_AHEAD = 24
"""For so many calendar months, that of the day asked first, a probability is given."""

BAND_LEVEL = 0.8
"""The band's share: one start in ten is expected before it, one in ten after."""

MEMORY_DAYS = 731
"""The half-life of evidence: a start so many days before counts half as much as one today."""

CAPACITY_DAYS = 731
"""The starts of so many days are counted to see how many Ofsted begins on an open Monday."""

STALE_AFTER_DAYS = 365
"""So long after the newest reading nothing is forecast any more."""

PRIOR_MONDAYS = 10
"""What policy says of the capacity counts for as much as so many Mondays seen."""

OPEN_MONDAYS_A_YEAR = sum(1 for _ in open_mondays(date(2023, 1, 1), date(2027, 1, 1), known=date(2023, 1, 1))) / 4
"""R-050: how many Mondays of an ordinary year lie outside August and Christmas."""

_TAIL = (1 - BAND_LEVEL) / 2
_FURTHEST = timedelta(days=3653)


class ForecastOf(Enum):
    """What is forecast: the next graded inspection, or the next focused visit (`domain.rulebook.forecast.visits`)."""

    GRADED_INSPECTION = "graded_inspection"
    FOCUSED_VISIT = "focused_visit"


@dataclass(frozen=True)
class MonthShare:
    """The probability that the start falls into a calendar month, written `2026-01`."""

    month: str
    p: float


@dataclass(frozen=True)
class InQueue:
    """Where one authority stands among all that wait: `place` counts from 1 in the order in which they are due.

    `starts_a_year` is the capacity counted with, `weights` those fitted. `since_reading` is the chance that it was
    inspected between the newest reading and the day asked, at the usual pace; 0 where nothing lies between."""

    place: int
    waiting: int
    starts_a_year: float
    weights: Weights
    since_reading: float = 0.0


@dataclass(frozen=True)
class Forecast:
    """The next graded inspection of one authority, from what was public the day before `on`.

    It waits `since` the governing report, or since it was formed. Probabilities are of a start given that none is under
    way. The band's ends are both inclusive. `queue` is None where the national queue is not seen, and only the window
    speaks."""

    urn: str
    on: date
    p_six_months: float
    by_month: tuple[MonthShare, ...]
    median: date
    band_from: date
    band_to: date
    since: date
    due: date
    pathway: Pathway
    queue: InQueue | None


Known = tuple[date, date, int]
"""A day asked, the last day of which anything could be known, and what of the queue was: one forecast for each."""


class Forecaster:
    """Forecasts from one set of histories. What was worked out is put into `remembered` and `chances`, which other sets
    may share.

    `read_until` is the newest day on which a source was read that tells of everybody; later days are forecast from what
    was known then."""

    def __init__(
        self,
        queue: NationalQueue,
        *,
        read_until: date | None = None,
        remembered: MutableMapping[Known, dict[str, Forecast]] | None = None,
        chances: MutableMapping[Known, dict[str, float]] | None = None,
    ) -> None:
        self.queue = queue
        self.read_until = read_until
        self._remembered = {} if remembered is None else remembered
        self._chances = {} if chances is None else chances
        self._choices: dict[Start, Choice | None] = {}

    def forecasts(self, on: date) -> dict[str, Forecast]:
        """Of everybody who waits on a day, but for whom an inspection is known to be under way in, by URN.

        Nothing before 2018, when the framework came into force, nor a year after the newest reading."""
        if on < ILACS_IN_FORCE or on > self._seen_to(on) + timedelta(days=STALE_AFTER_DAYS):
            return {}
        known = (on, self._seen_to(on), self.queue.known_by(on))
        found = self._remembered.get(known)
        if found is None:
            left = self._left(on, on + _FURTHEST)
            found = {spell.urn: _forecast(spell, on, waits, queue) for spell, waits, queue in left}
            self._remembered[known] = found
        return {urn: forecast for urn, forecast in found.items() if self.queue.fieldwork(urn, on) is None}

    def chances(self, on: date) -> dict[str, float]:
        """Of everybody who waits on a day, the chance of a start within six months that a forecast of that day gives.

        Also where an inspection was under way: that may have become public only later. In a fraction of the time."""
        known = (on, self._seen_to(on), self.queue.known_by(on))
        found = self._chances.get(known)
        if found is None:
            over = on + timedelta(days=SIX_MONTHS_DAYS + 1)
            found = {spell.urn: 1 - waits.before(over) for spell, waits, _ in self._left(on, over)}
            self._chances[known] = found
        return found

    def _left(self, on: date, until: date) -> Iterator[tuple[Spell, StillWaiting, InQueue | None]]:
        """Of everybody who waits on a day, the share still waiting after each Monday before `until`."""
        waiting = self.queue.waiting(on)
        if not waiting:
            return iter(())
        by = self._from_the_queue if self.queue.is_national(on) else self._one_by_one
        return by(waiting, on, until)

    def _seen_to(self, on: date) -> date:
        """The day asked, or the morning after the newest reading where that was earlier."""
        return on if self.read_until is None else min(on, self.read_until + timedelta(days=1))

    def _from_the_queue(
        self, waiting: Sequence[Spell], on: date, until: date
    ) -> Iterator[tuple[Spell, StillWaiting, InQueue | None]]:
        seen_to = self._seen_to(on)
        a_monday = self.capacity(seen_to, len(waiting))
        a_year = a_monday * OPEN_MONDAYS_A_YEAR
        weights = self.weights(on, a_year)
        course = Course(waiting, weights, a_monday, a_year, again_months=usual(on).to_months)
        for monday in open_mondays(seen_to - timedelta(days=TOLD_WITHIN_DAYS), seen_to, known=on):
            course.week(monday)
        when_read = course.left
        for monday in open_mondays(seen_to, on, known=on):
            course.week(monday)
        by_now = course.left
        mondays, columns = course.run(open_mondays(on, until, known=on))
        for place, spell in enumerate(waiting):
            since_reading = 1 - by_now[place] / when_read[place] if when_read[place] else 1.0
            queue = InQueue(place + 1, len(waiting), a_year, weights, since_reading)
            yield spell, StillWaiting(mondays, columns[place] if mondays else ()), queue

    def _one_by_one(
        self, waiting: Sequence[Spell], on: date, until: date
    ) -> Iterator[tuple[Spell, StillWaiting, InQueue | None]]:
        for spell in waiting:
            if spell.by is DueBy.FORMATION and not self.queue.is_heard_of(spell.urn, on):
                continue
            yield spell, left_by_window(spell, on, open_mondays(on, until, known=on)), None

    def capacity(self, on: date, waiting: int) -> float:
        """Graded inspections begun on an open Monday, from those of two years that could be public (R-050).

        Those before 2018 were of another framework and do not count; the pandemic's Mondays are not open ones (R-011).
        Policy's rate, all who wait in the middle of the usual window (R-025), stands in where few Mondays were seen."""
        until = on - timedelta(days=TOLD_WITHIN_DAYS)
        since = max(until - timedelta(days=CAPACITY_DAYS), ILACS_IN_FORCE)
        begun = sum(since <= start.on < until for start in self.queue.starts_told_by(on))
        mondays = sum(1 for _ in open_mondays(since, until, known=on))
        policy = waiting / (usual(on).middle_months / 12) / OPEN_MONDAYS_A_YEAR
        return (begun + policy * PRIOR_MONDAYS) / (mondays + PRIOR_MONDAYS)

    def weights(self, on: date, a_year: float) -> Weights:
        """The weights fitted to every start since 2018 whose report was public the day before, a posteriori.

        Places in the queue of the time are put in years by today's capacity `a_year`."""
        seen = [
            (choice, 0.5 ** ((on - start.on).days / MEMORY_DAYS))
            for start in self.queue.starts_told_by(on)
            if start.on >= ILACS_IN_FORCE and (choice := self._choice(start)) is not None
        ]
        return fit(seen, a_year)

    def _choice(self, start: Start) -> Choice | None:
        """Whom a start was chosen from, as far as it was public when its report came out."""
        if start not in self._choices:
            self._choices[start] = self._made(start) if start.told_on is not None else None
        return self._choices[start]

    def _made(self, start: Start) -> Choice | None:
        told_on = start.told_on or date.max
        free = []
        for spell in self.queue.waiting(start.on):
            under_way = self.queue.fieldwork(spell.urn, start.on)
            if under_way is None or under_way.told_on is None or under_way.told_on > told_on:
                free.append(spell)
        chosen = next((place for place, spell in enumerate(free) if spell.urn == start.urn), None)
        if chosen is None:
            return None
        return Choice(
            chosen=chosen,
            places=[float(place) if spell.in_turn else 0.0 for place, spell in enumerate(free)],
            missing=[years_missing(spell.due, start.on) for spell in free],
            inadequate=[float(spell.pathway is Pathway.INADEQUATE) for spell in free],
            improvement=[float(spell.pathway is Pathway.REQUIRES_IMPROVEMENT) for spell in free],
        )


def _forecast(spell: Spell, on: date, left: StillWaiting, queue: InQueue | None) -> Forecast:
    months = [add_months(on.replace(day=1), month) for month in range(MONTHS_AHEAD + 1)]
    return Forecast(
        urn=spell.urn,
        on=on,
        p_six_months=1 - left.before(on + timedelta(days=SIX_MONTHS_DAYS + 1)),
        by_month=tuple(
            MonthShare(f"{first.year:04}-{first.month:02}", left.before(first) - left.before(after))
            for first, after in pairwise(months)
        ),
        median=left.reached(0.5),
        band_from=left.reached(_TAIL),
        band_to=left.reached(1 - _TAIL),
        since=spell.since,
        due=spell.due,
        pathway=spell.pathway,
        queue=queue,
    )
