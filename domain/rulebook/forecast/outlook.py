"""One authority's outlook on a day: what past waits say of the next graded inspection, and what limits that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

from domain.rulebook.forecast.choice_model import Weights
from domain.rulebook.forecast.ending import band_before, cut_in_words, end_ahead, graded_before
from domain.rulebook.forecast.forecast import BAND_LEVEL, STALE_AFTER_DAYS, Forecast, Forecaster
from domain.rulebook.forecast.queue import Come, DueBy, Spell
from domain.rulebook.forecast.waiting_times import PastWaits, past_waits, waits_like
from domain.rulebook.known_until import none_tells_of, not_known
from domain.rulebook.results import Pathway
from domain.rulebook.rows import FIRST_ILACS_ALL_DONE, ILACS_IN_FORCE, PANDEMIC_PAUSE
from domain.values.activities import AuthorityFacts
from domain.values.known_until import KnownKind
from domain.values.words import in_words, month_in_words, ordinal

MATTERS = 1.1
"""Odds nearer to even than this are told as even."""


@dataclass(frozen=True)
class Outlook:
    """`forecast` is None where none is made; `basis` then says why, and else what it rests on.

    `opens` and `due` are the days between which the rules expect it, by what `by` says; None for an authority that does
    not wait. `waits` are past waits on the same pathway, None where too few are seen. `limits` say in sentences what
    must not be read into the answer. `already_come` is the chance, at the usual pace, that an inspection has come since
    the day until which sources tell: the forecast holds only if it has not. None where that day is not past. `come`:
    it was called or has begun, so that it is waited for no more."""

    authority: AuthorityFacts
    on: date
    forecast: Forecast | None
    opens: date | None
    due: date | None
    by: DueBy | None
    waits: PastWaits | None
    basis: str
    limits: tuple[str, ...]
    already_come: float | None = None
    come: Come | None = None

    @property
    def ends_on(self) -> date | None:
        """The day on which the authority ends, where that is known and still to come: what is told stops before."""
        return end_ahead(self.authority, self.on)

    @property
    def median(self) -> date | None:
        """The day by which it has started as likely as not; None without a forecast, or where the authority ends."""
        found = self.forecast.median if self.forecast else None
        return found if found is None or self.ends_on is None or found < self.ends_on else None

    @property
    def band(self) -> tuple[date, date] | None:
        """First and last day between which four starts in five lie, both inclusive, or what is left before the end."""
        return band_before(self.forecast, self.ends_on) if self.forecast else None

    @property
    def band_level(self) -> float:
        """The chance that it starts within the band."""
        if self.band is None or self.forecast is None or self.band[1] == self.forecast.band_to:
            return BAND_LEVEL
        return max(0.0, sum(share.p for share in self.forecast.by_month) - (1 - BAND_LEVEL) / 2)


class Outlooks:
    """Every authority's outlook on one day."""

    def __init__(self, forecaster: Forecaster, on: date) -> None:
        self._queue = forecaster.queue
        self._on = on
        self._horizon = forecaster.read_until
        self._forecasts: Mapping[str, Forecast] = forecaster.forecasts(on)
        self._waits = past_waits(forecaster.queue, on) if self._queue.is_national(on) else {}

    def of(self, authority: AuthorityFacts, *, read_until: date | None) -> Outlook:
        """One authority's; whoever does not wait gets the reason in place of a forecast. `read_until` is the newest day
        on which a source was read that tells of this authority, None where none was."""
        spell = self._queue.spell(authority.urn, self._on)
        come = None if authority.ended_by(self._on) else self._queue.come(authority.urn, self._on)
        if come is not None and come.called is None and spell is None:
            come = None
        forecast = self._forecasts.get(authority.urn) if come is None else None
        ends = end_ahead(authority, self._on)
        if forecast is not None and ends is not None:
            forecast = graded_before(forecast, ends)
        return Outlook(
            authority=authority,
            on=self._on,
            forecast=forecast,
            opens=spell.opens if spell else None,
            due=spell.due if spell else None,
            by=spell.by if spell else None,
            waits=waits_like(spell, self._waits) if spell else None,
            basis=self._basis(forecast, read_until) if forecast else self._why_none(authority, spell, come),
            limits=tuple(self._limits(authority, spell, forecast, read_until)) if come is None else (),
            already_come=self._already_come(forecast, read_until),
            come=come,
        )

    def _already_come(self, forecast: Forecast | None, read_until: date | None) -> float | None:
        if forecast is None or forecast.queue is None or read_until is None or self._horizon is None:
            return None
        return forecast.queue.since_reading if read_until <= self._horizon < self._on else None

    def _why_none(self, authority: AuthorityFacts, spell: Spell | None, come: Come | None) -> str:
        if authority.abolished_on is not None and authority.abolished_on <= self._on:
            return f"{authority.name} ceased to exist on {in_words(authority.abolished_on)}; nothing is to be expected."
        if come is not None and come.called is not None:
            return _called(authority, come, self._on)
        if self._horizon is not None and self._on > self._horizon + timedelta(days=STALE_AFTER_DAYS):
            return f"Sources of a forecast were last read on {in_words(self._horizon)}, so long ago that none is made."
        if self._on < ILACS_IN_FORCE:
            began = month_in_words(ILACS_IN_FORCE)
            return f"Nothing is forecast for days before {began}, when the framework came into force."
        under_way = self._queue.fieldwork(authority.urn, self._on)
        if under_way is not None and spell is not None:
            return (
                f"Inspectors came to {authority.name} on {in_words(under_way.on)} and the report was not yet public on "
                f"{in_words(self._on)}; a new forecast begins with the report."
            )
        eve = self._on - timedelta(days=1)
        return f"No graded report of {authority.name} published by {in_words(eve)} is held, so nothing is forecast."

    def _limits(
        self, authority: AuthorityFacts, spell: Spell | None, forecast: Forecast | None, read_until: date | None
    ) -> Iterator[str]:
        on = self._on
        if authority.ended_by(on):
            return
        ends = end_ahead(authority, on)
        if ends is not None:
            yield cut_in_words(authority, ends)
        unread = (
            f"{not_known(KnownKind.GRADED_INSPECTION, read_until)} It is taken for granted that {authority.name} has "
            "not been inspected since then"
            if read_until is not None
            else ""
        )
        if self._horizon is None:
            yield "No source has been read, so nothing is known of any wait."
        elif read_until is None:
            yield f"{none_tells_of(authority.name)}."
        elif on > read_until == self._horizon:
            yield f"{unread}{_since_reading(forecast)}; of the others, as many as are usual."
        else:
            if on > read_until:
                yield f"{unread}."
            if on > self._horizon:
                yield (
                    f"No source that tells of every authority was read after {in_words(self._horizon)}: it is taken "
                    "that as many were inspected since then as are usual."
                )
        held, there = self._queue.held(on)
        if held and not self._queue.is_national(on):
            yield (
                f"Published reports of only {held} of {there} authorities are held, so the national queue is not seen: "
                "the figures follow the window alone, and say nothing of how busy Ofsted is."
            )
        if PANDEMIC_PAUSE.in_force(on):
            yield (
                f"Inspections were paused from {in_words(PANDEMIC_PAUSE.start)} and nobody knew until when; the pause "
                "is taken to last as long again as it had lasted (R-011)."
            )
        if spell is not None and spell.by is DueBy.FORMATION:
            yield "A new authority's first inspection: the months it is expected in are inferred (R-070)."
        if spell is not None and spell.by is DueBy.PRIORITY_ACTION:
            yield "After an area for priority action the months from the visit count, not those of the window (R-034)."
        if spell is not None and spell.by is DueBy.STAND_IN:
            yield "The grades of the governing report are not known here; the usual window stands in for its own."
        if spell is not None and spell.by is DueBy.NOT_SAID:
            yield (
                "Ofsted has not said what follows from the grades of the governing report; the usual window stands in "
                "for its own."
            )
        if PANDEMIC_PAUSE.start < on <= FIRST_ILACS_ALL_DONE:
            yield "The pandemic's backlog lengthened every wait in these years (R-081)."

    def _basis(self, forecast: Forecast, read_until: date | None) -> str:
        newest = max((day for day in (self._horizon, read_until) if day), default=date.max)
        known_to = in_words(min(self._on - timedelta(days=1), newest))
        since = "formed" if forecast.pathway is Pathway.NOT_YET_JUDGED else "last report published"
        if forecast.queue is None:
            return (
                f"The window alone, from what was public by {known_to} ({since} on {in_words(forecast.since)}): four "
                "inspections in five are taken to start within it."
            )
        queue = forecast.queue
        return (
            f"The {ordinal(queue.place)} longest wait of {queue.waiting} ({since} on {in_words(forecast.since)}); "
            f"about {queue.starts_a_year:.0f} graded inspections start in a year. Learned from {queue.weights.seen} "
            f"inspections whose reports were public by {known_to}.{_by_pathway(forecast.pathway, queue.weights)}"
        )


def _called(authority: AuthorityFacts, come: Come, on: date) -> str:
    first = come.first
    when = ""
    if first is not None:
        told = ("came" if come.begun else "were expected") if first <= on else "are expected"
        when = f", and inspectors {told} on {in_words(first)}"
    there = come.begun or (first is not None and first <= on)
    return (
        f"{'It has come: Ofsted called' if there else 'Ofsted has called'} {authority.name} on "
        f"{in_words(come.called or on)}{when}; a new forecast begins with the report."
    )


def _since_reading(forecast: Forecast | None) -> str:
    if forecast is None or forecast.queue is None or round(forecast.queue.since_reading * 10) == 0:
        return ""
    return f", though at the usual pace the chance that it has is about {forecast.queue.since_reading * 10:.0f} in 10"


def _by_pathway(pathway: Pathway, weights: Weights) -> str:
    """What the pathway adds to the place, where it adds something."""
    if pathway is Pathway.INADEQUATE:
        return " On the inadequate pathway progress under monitoring decides, not the place (R-040)."
    if pathway is Pathway.REQUIRES_IMPROVEMENT:
        times = exp(weights.improvement)
        often = f"{times:.1f} times as often" if times >= MATTERS or times <= 1 / MATTERS else "about as often"
        return f" Those that require improvement were chosen {often} as good ones at the same place."
    return ""
