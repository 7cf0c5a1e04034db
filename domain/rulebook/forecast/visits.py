"""How likely a focused visit is to start within six months: from what came since the report, and nothing public later.

A good or outstanding authority has one visit between two inspections and one that requires improvement has two; a joint
targeted area inspection takes the place of one (R-030, R-038). None comes while an authority is inadequate (R-040), few
soon after a report or another episode (R-050), and hardly any when the next graded inspection is near:

    log odds = LEVEL + GOOD_AND_NONE * (good or outstanding, no visit or JTAI since the report)
                     + IMPROVEMENT_AND_NONE * (requires improvement, none) + IMPROVEMENT_AND_ONE * (the same, one)
                     + REPORT_FRESH * (under six months since the report)
                     + EPISODE_FRESH * (under six months since the last visit or JTAI ended)
                     + GRADED * (chance of a graded inspection within the same six months)

The seven weights are fitted to what came within six months of earlier quarters, each counting less with its age, and
only of quarters so long ago that letters on such visits had come. What no source told of is left out of the fit: half
a year of an authority of which sources do not tell whole, and quarters in which not one visit is held.

How often it came true is worked out in `domain.rulebook.forecast.visit_backtest`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.rulebook.forecast.forecast import MEMORY_DAYS, SIX_MONTHS_DAYS, Forecaster
from domain.rulebook.forecast.queue import Spell
from domain.rulebook.forecast.visit_model import Outcome, Signs, VisitWeights, fit
from domain.rulebook.results import Pathway
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity
from domain.values.known_until import NOTHING_KNOWN, KnownKind, KnownUntil
from domain.values.statements import Kind

LETTER_WITHIN_DAYS = 60
"""So many days after a visit its letter has come (measured on 371 letters: nearly all within nine weeks)."""

FIRST_QUARTER = date(2018, 7, 1)
"""The first quarter fitted to: half a year after the framework came into force."""

PANDEMIC_QUARTERS = (date(2019, 10, 1), date(2021, 1, 31))
"""Quarters that begin between these days (inclusive) are left out of the fit: their six months were interrupted, or
filled with visits to see how authorities coped."""

FRESH_MONTHS = 6

FORECAST = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)
"""The pathways on which focused visits come."""


@dataclass(frozen=True)
class VisitForecast:
    """The next focused visit of one authority, from what was public the day before `on`.

    `episodes` are visits and JTAIs known since the governing report of `since`, `last_episode` the last day of the
    newest of any time. `graded` is the chance of a graded inspection, None with `weights` where none counted: on the
    inadequate pathway, where no visit comes."""

    urn: str
    on: date
    p_six_months: float
    since: date
    pathway: Pathway
    episodes: int
    last_episode: date | None
    graded: float | None = None
    weights: VisitWeights | None = None


class VisitForecaster:
    """Forecasts of focused visits from one set of histories.

    `known` is what sources tell of each authority; of one without an entry nothing is known."""

    def __init__(
        self,
        graded: Forecaster,
        histories: Mapping[str, Sequence[Activity]],
        known: Mapping[str, KnownUntil],
    ) -> None:
        self.graded = graded
        self._known = known
        self._episodes = {
            urn: sorted(filter(_is_episode, activities), key=lambda one: (one.public_on, one.true_on))
            for urn, activities in histories.items()
        }

    @property
    def newest_known(self) -> date | None:
        """The newest day until which visits to some authority are known."""
        return max(filter(None, map(self.known_until, self._known)), default=None)

    def known_until(self, urn: str) -> date | None:
        """The newest day until which visits to one authority are known."""
        return self._known.get(urn, NOTHING_KNOWN).until(KnownKind.FOCUSED_VISIT)

    def told_through(self, urn: str, since: date) -> date | None:
        """The day until which no visit to one authority can have been missed since a day; None where none is told."""
        return self._known.get(urn, NOTHING_KNOWN).from_then(KnownKind.FOCUSED_VISIT, since)

    def is_known(self, urn: str, on: date) -> bool:
        """Whether visits are known until a day near enough for a forecast from `on`: 183 days before, or later."""
        until = self.known_until(urn)
        return until is not None and until >= on - timedelta(days=SIX_MONTHS_DAYS)

    def forecasts(self, on: date) -> dict[str, VisitForecast]:
        """Of everybody of whom a graded inspection is forecast and visits are known, by URN.

        None for a new authority that waits for its first report, nor where the grades leave the pathway open."""
        graded = self.graded.forecasts(on)
        known = [urn for urn in graded if self.is_known(urn, on)]
        weights = self._weights(on) if known else None
        found = {}
        for urn in known:
            spell = self.graded.queue.spell(urn, on)
            if spell is None or weights is None:
                continue
            if spell.pathway in FORECAST:
                chance = graded[urn].p_six_months
                found[urn] = self._forecast(spell, on, weights.chance(self._signs(spell, on, chance)), chance, weights)
            elif spell.pathway is Pathway.INADEQUATE:
                found[urn] = self._forecast(spell, on, 0.0)
        return found

    def next_start(self, urn: str, day: date) -> date | None:
        """The first day on site of the first focused visit that began on a day or later, whenever it became known."""
        return min(
            (began for began in map(_began, self._episodes.get(urn, ())) if began and began >= day), default=None
        )

    def _forecast(
        self, spell: Spell, on: date, p: float, graded: float | None = None, weights: VisitWeights | None = None
    ) -> VisitForecast:
        episodes = self._told(spell.urn, on)
        return VisitForecast(
            urn=spell.urn,
            on=on,
            p_six_months=p,
            since=spell.since,
            pathway=spell.pathway,
            episodes=sum(one.public_on > spell.since for one in episodes),
            last_episode=max(map(_ended, episodes), default=None),
            graded=graded,
            weights=weights,
        )

    def _told(self, urn: str, on: date) -> list[Activity]:
        """Visits and JTAIs public on the morning of a day."""
        return [one for one in self._episodes.get(urn, ()) if one.public_on < on]

    def _signs(self, spell: Spell, on: date, graded: float) -> Signs:
        episodes = self._told(spell.urn, on)
        since = sum(one.public_on > spell.since for one in episodes)
        improvement = spell.pathway is Pathway.REQUIRES_IMPROVEMENT
        return Signs(
            good_and_none=spell.pathway is Pathway.GOOD_OR_OUTSTANDING and since == 0,
            improvement_and_none=improvement and since == 0,
            improvement_and_one=improvement and since == 1,
            report_fresh=on < add_months(spell.since, FRESH_MONTHS),
            episode_fresh=any(on < add_months(_ended(one), FRESH_MONTHS) for one in episodes),
            graded=graded,
        )

    def _weights(self, on: date) -> VisitWeights:
        """Fitted to what came of every quarter told of on the morning of a day."""
        return fit(self._outcomes(on))

    def _outcomes(self, on: date) -> Iterator[Outcome]:
        eve = on - timedelta(days=1)
        quarters = _Quarters(self._starts_told_by(on))
        queue = self.graded.queue
        for origin in quarters.to_fit(eve):
            over = origin + timedelta(days=SIX_MONTHS_DAYS + LETTER_WITHIN_DAYS)
            weight = 0.5 ** ((on - origin).days / MEMORY_DAYS)
            chances = self.graded.chances(origin)
            for urn, chance in chances.items():
                spell, until = queue.spell(urn, origin), self.told_through(urn, origin)
                if spell is None or spell.pathway not in FORECAST or until is None or over > until:
                    continue
                under_way = queue.fieldwork(urn, origin)
                if under_way is not None and under_way.told_by(on):
                    continue
                came = any(origin <= start <= origin + timedelta(days=SIX_MONTHS_DAYS) for start in quarters.of(urn))
                yield self._signs(spell, origin, chance), came, weight

    def _starts_told_by(self, on: date) -> dict[str, list[date]]:
        return {
            urn: [began for one in episodes if one.public_on < on and (began := _began(one)) is not None]
            for urn, episodes in self._episodes.items()
        }


class _Quarters:
    """The starts of visits that were told of, and the quarters in which there are some."""

    def __init__(self, starts: Mapping[str, Sequence[date]]) -> None:
        self._starts = starts
        self._told_of = {_quarter(start) for found in starts.values() for start in found}

    def of(self, urn: str) -> Sequence[date]:
        return self._starts.get(urn, ())

    def to_fit(self, eve: date) -> Iterator[date]:
        """First days of quarters of whose six months letters had come by `eve`, and told of visits in both halves.

        In every quarter visits are made; where none is held, nobody told of them."""
        origin = FIRST_QUARTER
        while origin + timedelta(days=SIX_MONTHS_DAYS + LETTER_WITHIN_DAYS) <= eve:
            after = add_months(origin, 3)
            first, last = PANDEMIC_QUARTERS
            if not first <= origin <= last and {origin, after} <= self._told_of:
                yield origin
            origin = after


def _quarter(day: date) -> date:
    """The first day of the quarter in which a day lies."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _is_episode(activity: Activity) -> bool:
    """A focused visit, or a joint inspection that takes the place of one, that nobody withdrew and that came."""
    return activity.kind in (Kind.FOCUSED_VISIT, Kind.JTAI) and activity.counts and not activity.only_called


def _began(episode: Activity) -> date | None:
    """The first day known on site of a focused visit; None where only publication is known, or of a JTAI."""
    return (episode.start or episode.last_day) if episode.kind is Kind.FOCUSED_VISIT else None


def _ended(episode: Activity) -> date:
    return episode.last_day or episode.true_on
