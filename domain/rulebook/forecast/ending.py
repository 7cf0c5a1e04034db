"""What a forecast says of an authority that is known to end: only of days before (R-073)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain.rulebook.forecast.forecast import SIX_MONTHS_DAYS, Forecast, MonthShare
from domain.rulebook.forecast.visits import VisitForecast
from domain.rulebook.working_days import add_months
from domain.values.activities import AuthorityFacts
from domain.values.words import in_words

_DAY = timedelta(days=1)


def end_ahead(authority: AuthorityFacts, on: date) -> date | None:
    """The day on which it ends, where that is known and still to come."""
    return authority.ends_on if authority.ends_on is not None and authority.ends_on > on else None


def graded_before(forecast: Forecast, ends: date) -> Forecast:
    """The chance, and that of each month, of a start before a day. Of a month in which it lies so much is taken as has
    passed of it by then."""
    months = []
    for share in forecast.by_month:
        first = date.fromisoformat(f"{share.month}-01")
        if first < ends:
            months.append(MonthShare(share.month, share.p * _part_before(max(first, forecast.on), first, ends)))
    within = forecast.on + timedelta(days=SIX_MONTHS_DAYS) < ends
    p = forecast.p_six_months if within else min(forecast.p_six_months, sum(share.p for share in months))
    return replace(forecast, p_six_months=p, by_month=tuple(months))


def _part_before(begins: date, first: date, ends: date) -> float:
    after = add_months(first, 1)
    return 1.0 if after <= ends else (ends - begins).days / (after - begins).days


def band_before(forecast: Forecast, ends: date | None) -> tuple[date, date] | None:
    """The band, cut off the day before; None where none of it is left."""
    if ends is None:
        return forecast.band_from, forecast.band_to
    last = min(forecast.band_to, ends - _DAY)
    return (forecast.band_from, last) if forecast.band_from <= last else None


def visit_before(forecast: VisitForecast, ends: date) -> VisitForecast:
    """The chance of a visit before a day, where that comes within the six months: as if each day were as likely."""
    days = (ends - forecast.on).days
    if days > SIX_MONTHS_DAYS:
        return forecast
    return replace(forecast, p_six_months=1 - (1 - forecast.p_six_months) ** (days / (SIX_MONTHS_DAYS + 1)))


def cut_in_words(authority: AuthorityFacts, ends: date) -> str:
    """Why a forecast stops, in a sentence."""
    return f"{authority.name} ends on {in_words(ends)}: only days before that are counted, whatever would come later."
