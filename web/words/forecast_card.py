"""One authority's outlook as its page shows it: what the queue and past waits say, beside what policy says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.rulebook.forecast.forecast import Forecast, ForecastOf
from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.forecast.queue import DueBy
from domain.rulebook.forecast.visit_outlook import VisitOutlook
from domain.values.errors import RuleBroken
from domain.values.words import LIKELIEST, percent
from web.words import words


def forecast_asked(text: str) -> ForecastOf:
    """What an address asks for; graded inspections where it says nothing. Raises RuleBroken for anything else."""
    try:
        return ForecastOf(text or ForecastOf.GRADED_INSPECTION.value)
    except ValueError:
        can = " or ".join(one.value for one in ForecastOf)
        raise RuleBroken(f"Forecasts are of {can}, not of {text[:40]!r}.") from None


WORTH_TELLING = 0.01
"""A month less likely than this has no line of its own."""

WORTH_SAYING = 0.05
"""A chance that an inspection has come already that is smaller is not told."""

POLICY_SAYS: Mapping[DueBy, str] = {
    DueBy.WINDOW: "the window that the rules state",
    DueBy.PRIORITY_ACTION: "the months after an area for priority action, which end before the window (R-034)",
    DueBy.FORMATION: "the months in which a new authority’s first inspection is inferred to come (R-070)",
    DueBy.STAND_IN: "the usual window; the rules state none, as the grades are not known",
    DueBy.NOT_SAID: "the usual window; the rules state none, as Ofsted has not said what the grades mean",
}


@dataclass(frozen=True)
class MonthBar:
    """A month's probability, or that of several together: in words, and in hundredths of the likeliest month's."""

    month: str
    chance: str
    length: int


@dataclass(frozen=True)
class SpanShown:
    """What one way of looking says: from when to when, and what that is."""

    says: str
    first: str
    last: str
    note: str


@dataclass(frozen=True)
class OutlookShown:
    """One authority's outlook in words; without a forecast only `basis` and `limits` say something."""

    made: bool
    quote: bool
    chance: str
    in_words: str
    already: str
    median: str
    band: str
    spans: tuple[SpanShown, ...]
    months: tuple[MonthBar, ...]
    later: str
    later_is: str
    basis: str
    limits: tuple[str, ...]


def outlook_shown(outlook: Outlook) -> OutlookShown:
    forecast = outlook.forecast
    return OutlookShown(
        made=forecast is not None,
        quote=forecast is not None and forecast.queue is not None,
        chance=percent(forecast.p_six_months) if forecast else "",
        in_words=_in_words(forecast.p_six_months) if forecast else "",
        already=already_in_words(outlook),
        median=words.day(outlook.median) if outlook.median else "",
        band=words.span(*outlook.band) if outlook.band else "",
        spans=tuple(_spans(outlook)),
        months=_months(forecast) if forecast else (),
        later=percent(1 - sum(share.p for share in forecast.by_month)) if forecast else "",
        later_is=f"None before {words.day(outlook.ends_on)}" if outlook.ends_on else "After these two years",
        basis=outlook.basis,
        limits=outlook.limits,
    )


@dataclass(frozen=True)
class VisitOutlookShown:
    """One authority's next focused visit in words; without a forecast only `basis` and `limits` say something."""

    made: bool
    chance: str
    in_words: str
    basis: str
    limits: tuple[str, ...]


def visit_outlook_shown(outlook: VisitOutlook) -> VisitOutlookShown:
    forecast = outlook.forecast
    counted = forecast is not None and forecast.weights is not None
    return VisitOutlookShown(
        made=forecast is not None,
        chance=percent(forecast.p_six_months) if forecast and counted else "",
        in_words=(_in_words(forecast.p_six_months) if counted else "none expected") if forecast else "",
        basis=outlook.basis,
        limits=outlook.limits,
    )


def visit_chance_of(outlook: VisitOutlook) -> str:
    """`about 3 in 10 (28%)`; nothing where none is forecast, or no focused visit comes on the pathway."""
    shown = visit_outlook_shown(outlook)
    return f"{shown.in_words} ({shown.chance})" if shown.chance else ""


def already_in_words(outlook: Outlook) -> str:
    """The end of a sentence on a chance, where an inspection may have come that no source tells of."""
    share = outlook.already_come
    if share is None or share < WORTH_SAYING:
        return ""
    return f", if it has not already come; {_in_words(share)} that it has"


def _spans(outlook: Outlook) -> list[SpanShown]:
    spans = []
    forecast, waits = outlook.forecast, outlook.waits
    if outlook.opens and outlook.due and outlook.by:
        spans.append(SpanShown("Policy", words.day(outlook.opens), words.day(outlook.due), POLICY_SAYS[outlook.by]))
    if forecast is not None and outlook.band is not None:
        first, last = map(words.day, outlook.band)
        if forecast.queue is not None:
            spans.append(SpanShown("The queue", first, last, "four starts in five, by how long others wait"))
        else:
            spans.append(SpanShown("Still waiting", first, last, "four starts in five, as none has come so far"))
    if waits is not None and forecast is not None:
        shortest, longest = waits.usual(forecast.since)
        like = words.PATHWAYS[waits.pathway].lower() if waits.pathway else "any pathway"
        spans.append(
            SpanShown(
                "Past waits",
                words.day(shortest),
                words.day(longest),
                f"four in five of {waits.number} past waits ({like}), whatever the queue was then",
            )
        )
    return spans


def _months(forecast: Forecast) -> tuple[MonthBar, ...]:
    told = [share for share in forecast.by_month if share.p >= WORTH_TELLING]
    most = max((share.p for share in told), default=1.0)
    bars = [
        MonthBar(words.month(date.fromisoformat(f"{share.month}-01")), percent(share.p), round(100 * share.p / most))
        for share in told
    ]
    if others := [share.p for share in forecast.by_month if share not in told]:
        bars.append(MonthBar(f"The other {words.count(len(others), 'month')} together", percent(sum(others)), 0))
    return tuple(bars)


def _in_words(share: float) -> str:
    """A chance as people say it, in tenths."""
    tenths = round(share * 10)
    if share < 0.05:
        return "very unlikely"
    if share > LIKELIEST:
        return "very likely"
    return f"about {tenths} in 10"
