"""One authority's next focused visit on a day: how likely within six months, what that rests on, what limits it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.rulebook.forecast.ending import end_ahead, visit_before
from domain.rulebook.forecast.forecast import SIX_MONTHS_DAYS
from domain.rulebook.forecast.outlook import Outlook, Outlooks
from domain.rulebook.forecast.visits import VisitForecast, VisitForecaster
from domain.rulebook.known_until import not_known
from domain.rulebook.results import Pathway
from domain.rulebook.rows import ILACS_IN_FORCE
from domain.values.activities import AuthorityFacts
from domain.values.known_until import KnownKind
from domain.values.words import capital, in_words, percent, spelt


@dataclass(frozen=True)
class VisitOutlook:
    """`forecast` is None where none is made; `basis` then says why, and else what it rests on.

    `known_until` is the newest day until which visits to this authority are known. `limits` say in sentences what must
    not be read into the answer."""

    authority: AuthorityFacts
    on: date
    forecast: VisitForecast | None
    known_until: date | None
    basis: str
    limits: tuple[str, ...]


class VisitOutlooks:
    """Every authority's next focused visit on one day. `graded` are the outlooks of the same day."""

    def __init__(self, forecaster: VisitForecaster, graded: Outlooks, on: date) -> None:
        self._forecaster = forecaster
        self._graded = graded
        self._on = on
        self._forecasts = forecaster.forecasts(on)

    def of(self, authority: AuthorityFacts, *, read_until: date | None) -> VisitOutlook:
        """One authority's; the reason in place of a forecast where none is made. `read_until` is the newest day on
        which a source was read that tells of this authority, None where none was."""
        graded = self._graded.of(authority, read_until=read_until)
        forecast = self._forecasts.get(authority.urn) if graded.come is None else None
        ends = end_ahead(authority, self._on)
        if forecast is not None and ends is not None:
            forecast = visit_before(forecast, ends)
        return VisitOutlook(
            authority=authority,
            on=self._on,
            forecast=forecast,
            known_until=self._forecaster.known_until(authority.urn),
            basis=self._basis(forecast) if forecast else self._why_none(authority, graded),
            limits=(*self._limits(authority, forecast), *graded.limits),
        )

    def _why_none(self, authority: AuthorityFacts, graded: Outlook) -> str:
        until, on = self._forecaster.known_until(authority.urn), in_words(self._on)
        if graded.come is not None and graded.come.called is not None:
            return (
                f"Ofsted called {authority.name} on {in_words(graded.come.called)} for a graded inspection, so no "
                "focused visit is forecast until its report is public."
            )
        if graded.forecast is None:
            return graded.basis
        if not self._forecaster.is_known(authority.urn, self._on):
            unknown = not_known(KnownKind.FOCUSED_VISIT, until)
            if until is None:
                return f"{unknown} So none is forecast."
            return f"{unknown} {on} is more than {SIX_MONTHS_DAYS} days later, so none is forecast."
        if graded.forecast.pathway is Pathway.NOT_YET_JUDGED:
            return f"{authority.name} waits for its first report, before which no focused visit is forecast."
        return (
            f"What is held of the report of {in_words(graded.forecast.since)} leaves the pathway of {authority.name} "
            "open, and with it whether focused visits come; none is forecast."
        )

    def _basis(self, forecast: VisitForecast) -> str:
        if forecast.weights is None or forecast.graded is None:
            return (
                "On the inadequate pathway monitoring visits come and focused visits do not (R-040), so none is to be "
                "expected."
            )
        rule = "R-030" if forecast.pathway is Pathway.GOOD_OR_OUTSTANDING else "R-038"
        eve = in_words(self._on - timedelta(days=1))
        return (
            f"{_came(forecast.episodes)} known since the report of {in_words(forecast.since)} ({rule}); the chance of "
            f"a graded inspection within the same six months is {percent(forecast.graded)}. Fitted to what came of "
            f"{forecast.weights.seen:,} half-years of authorities, by letters public by {eve}."
        )

    def _limits(self, authority: AuthorityFacts, forecast: VisitForecast | None) -> Iterator[str]:
        if forecast is None or forecast.weights is None:
            return
        until = self._forecaster.known_until(authority.urn)
        if until is not None and self._on > until + timedelta(days=1):
            yield f"A focused visit to {authority.name} whose letter came after {in_words(until)} is not counted."
        told = self._forecaster.told_through(authority.urn, max(forecast.since, ILACS_IN_FORCE))
        if until is not None and (told is None or told < until):
            yield (
                f"Sources do not tell of every focused visit since the report of {in_words(forecast.since)}; one of "
                "which none tells is not counted."
            )


def _came(episodes: int) -> str:
    if episodes in (0, 1):
        return f"{capital(spelt(episodes))} focused visit or joint inspection is"
    return f"{capital(spelt(episodes))} focused visits or joint inspections are"
