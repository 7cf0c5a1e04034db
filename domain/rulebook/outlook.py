"""One authority's outlook on a day: what past waits say of the next graded inspection, and what limits that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.activities import AuthorityFacts
from domain.rulebook.forecast import Forecast, Forecaster
from domain.rulebook.queue import Spell
from domain.rulebook.rows import FIRST_ILACS_ALL_DONE, ILACS_IN_FORCE, PANDEMIC_PAUSE
from domain.rulebook.standing import Pathway
from domain.rulebook.waits import PastWaits, past_waits, waits_like
from domain.rulebook.words import in_words

MOST = 0.9
"""Where reports of fewer than this part of all authorities are held, the national queue is seen in part only."""


@dataclass(frozen=True)
class Outlook:
    """`forecast` is None where none is made; `basis` then says why, and else what it rests on.

    `opens` and `due` are the window of the rules, None for an authority that does not wait. `waits` are past waits on
    the same pathway. `limits` say in sentences what must not be read into the answer."""

    authority: AuthorityFacts
    on: date
    forecast: Forecast | None
    opens: date | None
    due: date | None
    waits: PastWaits | None
    basis: str
    limits: tuple[str, ...]


class Outlooks:
    """Every authority's outlook on one day. `horizon` is the newest day on which any source was read."""

    def __init__(
        self, forecaster: Forecaster, authorities: Sequence[AuthorityFacts], on: date, horizon: date | None
    ) -> None:
        self._queue = forecaster.queue
        self._authorities = authorities
        self._on = on
        self._horizon = horizon
        self._forecasts: Mapping[str, Forecast] = forecaster.forecasts(on)
        self._waits = past_waits(forecaster.queue, on)

    def of(self, authority: AuthorityFacts) -> Outlook:
        """One authority's; whoever does not wait gets the reason in place of a forecast."""
        spell = self._queue.spell(authority.urn, self._on)
        forecast = self._forecasts.get(authority.urn)
        return Outlook(
            authority=authority,
            on=self._on,
            forecast=forecast,
            opens=spell.opens if spell else None,
            due=spell.due if spell else None,
            waits=waits_like(spell, self._waits) if spell else None,
            basis=_basis(forecast) if forecast else self._why_none(authority, spell),
            limits=tuple(self._limits(spell)),
        )

    def _why_none(self, authority: AuthorityFacts, spell: Spell | None) -> str:
        if authority.abolished_on is not None and authority.abolished_on <= self._on:
            return f"{authority.name} ceased to exist on {in_words(authority.abolished_on)}; nothing is to be expected."
        if self._on < ILACS_IN_FORCE:
            return "Nothing is forecast for days before January 2018, when the framework came into force."
        under_way = self._queue.fieldwork(authority.urn, self._on)
        if under_way is not None and spell is not None:
            return (
                f"Inspectors came to {authority.name} on {in_words(under_way.on)} and the report was not yet public on "
                f"{in_words(self._on)}; a new forecast begins with the report."
            )
        eve = self._on - timedelta(days=1)
        return f"No graded report of {authority.name} published by {in_words(eve)} is held, so nothing is forecast."

    def _limits(self, spell: Spell | None) -> Iterator[str]:
        on = self._on
        if self._horizon is not None and on > self._horizon:
            yield (
                f"No source was read after {in_words(self._horizon)}: what happened between then and {in_words(on)} is "
                "not known here, and counts as not having happened."
            )
        if self._horizon is None:
            yield "No source has been read, so nothing is known of any wait."
        there = [one for one in self._authorities if one.abolished_on is None or one.abolished_on > on]
        held = sum(self._queue.spell(one.urn, on) is not None for one in there)
        if 0 < held < MOST * len(there):
            yield (
                f"Reports of only {held} of {len(there)} authorities are held: most of the national queue is not seen, "
                "so take the figures as rough."
            )
        if PANDEMIC_PAUSE.in_force(on):
            yield (
                f"Inspections were paused from {in_words(PANDEMIC_PAUSE.start)} and nobody knew until when; the pause "
                "is taken to last as long again as it had lasted (R-011)."
            )
        if spell is not None and spell.pathway is Pathway.NOT_YET_JUDGED:
            yield "A new authority's first inspection: the months it is expected in are inferred (R-070)."
        if spell is not None and spell.pathway is Pathway.UNKNOWN:
            yield "The grades of the governing report are not known here; the usual window stands in for its own."
        if PANDEMIC_PAUSE.start < on <= FIRST_ILACS_ALL_DONE:
            yield "The pandemic's backlog lengthened every wait until December 2022 (R-081)."


def _basis(forecast: Forecast) -> str:
    eve = in_words(forecast.on - timedelta(days=1))
    waits_for = "formed" if forecast.pathway is Pathway.NOT_YET_JUDGED else "last report published"
    return (
        f"Place {forecast.place} of {forecast.waiting} in the national queue ({waits_for} on "
        f"{in_words(forecast.since)}); about {forecast.starts_a_year:.0f} graded inspections start in a year; fitted "
        f"to {forecast.weights.seen} inspections whose reports were public by {eve}."
    )
