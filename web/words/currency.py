"""How current what is held is, in one line: until when which kind is known, and when the places were looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.values.days import london_day
from domain.values.known_until import LISTED, KnownKind, KnownUntil
from domain.values.words import capital, listed
from web.words import words

SHORT: Mapping[KnownKind, str] = {
    KnownKind.GRADED_INSPECTION: "graded reports",
    KnownKind.FOCUSED_VISIT: "focused visits",
    KnownKind.MONITORING_VISIT: "monitoring visits",
    KnownKind.JTAI: "joint inspections",
    KnownKind.AREA_SEND: "area SEND inspections",
}

OUTCOMES: Mapping[str, str] = {
    "new": "Something new",
    "unchanged": "Nothing new",
    "waiting": "Something waits",
    "failed": "Failed",
}
"""What came of a look at a place."""

TITLES: Mapping[str, str] = {
    "jt39_history": "JT-39 history",
    "d2i_overview": "Data to Insight overview",
    "jtai_overview": "Data to Insight JTAI overview",
    "area_send_overview": "Data to Insight area SEND overview",
    "youth_justice_ratings": "Youth justice ratings",
    "ofsted_statistics": "Ofsted’s yearly statistics",
    "ofsted_site": "Documents on Ofsted’s site",
}
"""What people call the places of the built-in table, by name."""

TIMES_LATE = 2
"""A place is looked at too seldom once so many times the days between two looks have passed."""

NEVER_LOOKED = "Nothing was fetched here yet: all of it came with the product or was sent in by hand."


@dataclass(frozen=True)
class PlaceLooked:
    """A place as it was last looked at. `cadence_days` is how often it is to be; `looked_at` (UTC) the last look of
    all, None where there was none, `well_at` the last that did not fail."""

    place: str
    cadence_days: int
    looked_at: datetime | None
    well_at: datetime | None

    @property
    def failed(self) -> bool:
        return self.looked_at is not None and self.well_at != self.looked_at

    def is_late(self, on: date) -> bool:
        """Whether more than twice its days have passed since it was last looked at well."""
        if self.well_at is None:
            return self.looked_at is not None
        return on - london_day(self.well_at) > timedelta(days=TIMES_LATE * self.cadence_days)


def title_of_place(name: str) -> str:
    """What people call a place, also one that is in no table any more."""
    return TITLES.get(name) or name.replace("_", " ").replace("-", " ")


def known_here(known: KnownUntil, horizon: date | None) -> str:
    """`Known until 21 August 2026: graded reports; until 26 January 2026: focused visits. …`, of all authorities, in
    the few words that fit the foot of a page. `horizon` is the newest day on which any source was read."""
    if horizon is None:
        return "No source has been read here yet."
    by_day: dict[date, list[str]] = {}
    for kind in LISTED:
        if (day := known.until(kind)) is not None:
            by_day.setdefault(day, []).append(SHORT[kind])
    if not by_day:
        return f"The sources read here, the last on {words.day(horizon)}, tell of some authorities only."
    told = "; ".join(f"{listed(by_day[day])} until {words.day(day)}" for day in sorted(by_day, reverse=True))
    silent = [SHORT[kind] for kind in LISTED if known.until(kind) is None]
    nothing = f" Of all {listed(silent, last='or')} no source tells." if silent else ""
    return f"Known here: {told}.{nothing}"


def nothing_in_seven_days(known: KnownUntil, horizon: date | None, since: date) -> str:
    """What to say of seven days from `since` of which nothing is held. Silence is no knowledge: that nothing was
    published is said only where graded reports are known until one of these days. `horizon` as above."""
    if horizon is None:
        return "Whether anything is new is not known: no source has been read here yet."
    until = known.until(KnownKind.GRADED_INSPECTION)
    if until is None:
        return "Whether anything is new is not known: no source read here tells of all graded reports."
    told = f"graded reports are known until {words.day(until)}"
    if until < since:
        return f"Whether anything was published in these seven days is not known here: {told}."
    return f"Nothing new in seven days, as far as the sources read here tell: {told}."


def looked_here(places: Sequence[PlaceLooked], on: date) -> tuple[str, str]:
    """When the places that files come from were last looked at, as on a day, and what of that is not as it should be:
    that one failed, or was not looked at for longer than twice its days; blank where all is well."""
    looked = [(one, one.looked_at) for one in places if one.looked_at is not None]
    if not looked:
        return NEVER_LOOKED, ""
    last = words.day(london_day(max(at for _, at in looked)))
    failed = [one for one, _ in looked if one.failed]
    late = [one for one in places if one not in failed and one.is_late(on)]
    amiss = []
    if failed:
        amiss.append(f"The last look at {_named(failed)} failed{_since(failed)}.")
    if late:
        were = "was" if len(late) == 1 else "were"
        amiss.append(f"{capital(_named(late))} {were} not looked at for too long{_since(late)}.")
    return f"The places that files come from were last looked at on {last}.", " ".join(amiss)


def _named(places: Sequence[PlaceLooked]) -> str:
    return places[0].place if len(places) == 1 else f"{len(places)} of the places"


def _since(places: Sequence[PlaceLooked]) -> str:
    """The day of the last good look, the longest ago of several."""
    days = [one.well_at for one in places]
    if any(day is None for day in days):
        return "; it was never read" if len(days) == 1 else "; one of them was never read"
    oldest = words.day(london_day(min(day for day in days if day is not None)))
    return f"; it was last read on {oldest}" if len(days) == 1 else f"; the longest ago was read on {oldest}"
