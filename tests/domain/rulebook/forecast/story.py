"""A made-up England: authorities inspected in turn, a little out of order, since 2014."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from domain.frameworks import Grade
from domain.rulebook.forecast.forecast import Forecaster
from domain.rulebook.forecast.queue import NationalQueue
from domain.rulebook.forecast.simulation import open_mondays
from domain.rulebook.forecast.visits import VisitForecaster
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import KnownKind, KnownUntil
from tests.domain.rulebook.story import england, focused, report

GRADES = "OGGGRRI"
KNOWN = date(2030, 1, 1)
"""A day from which the pandemic's pause is known whole."""


def authorities(number: int) -> list[AuthorityFacts]:
    return [AuthorityFacts(urn=str(81_000 + place), name=f"Authority {place}") for place in range(number)]


def histories(number: int = 24, *, seed: int = 1, until: date = date(2026, 1, 1)) -> dict[str, list[Activity]]:
    """One inspection every five open weeks or so, mostly of whoever has waited longest."""
    dice = Random(seed)
    held: dict[str, list[Activity]] = {}
    waiting = []
    for place, authority in enumerate(authorities(number)):
        published = date(2014, 6, 2) + timedelta(days=840 * place // number)
        held[authority.urn] = [_report(authority.urn, published, dice)]
        waiting.append((published, authority.urn))
    every = 42 / (number / 3)
    due = 0.0
    for monday in open_mondays(date(2018, 1, 15), until, known=KNOWN):
        due += 1
        if due < every:
            continue
        due -= every
        waiting.sort()
        _, urn = waiting.pop(min(int(dice.expovariate(1 / 2)), len(waiting) - 1))
        inspection = _report(urn, monday + timedelta(days=dice.randint(49, 70)), dice, start=monday)
        held[urn].append(inspection)
        waiting.append((inspection.public_on, urn))
    return held


def _report(urn: str, published: date, dice: Random, start: date | None = None) -> Activity:
    end = start + timedelta(days=4) if start else None
    return report(published.isoformat(), dice.choice(GRADES), urn=urn, start=start, end=end)


def forecaster(held: dict[str, list[Activity]]) -> Forecaster:
    return Forecaster(NationalQueue(held, authorities(len(held)), holidays=england()))


def visited(
    held: dict[str, list[Activity]], *, seed: int = 2, until: date = date(2026, 1, 1)
) -> dict[str, list[Activity]]:
    """The same England with focused visits: one between two inspections, two where improvement is required, none of the
    inadequate; each with its letter some weeks later."""
    dice = Random(seed)
    found = {}
    for urn, reports in held.items():
        visits = []
        for place, judged in enumerate(reports):
            overall = judged.overall
            many = {Grade.REQUIRES_IMPROVEMENT: 2, Grade.INADEQUATE: 0}.get(overall, 1) if overall else 0
            began = max(judged.public_on, date(2018, 1, 1))
            over = reports[place + 1].start if place + 1 < len(reports) else until
            for _ in range(many):
                began += timedelta(days=dice.randint(300, 560))
                letter = began + timedelta(days=dice.randint(30, 55))
                if over is None or letter + timedelta(days=60) > over:
                    break
                visits.append(focused(urn=urn, start=began, end=began + timedelta(days=1), published=letter))
        found[urn] = [*reports, *visits]
    return found


def visit_forecaster(
    held: dict[str, list[Activity]], known_until: date | None = date(2026, 1, 1), **others: date | None
) -> VisitForecaster:
    """Of everybody's visits known until the same day; of an authority named with a `u` before its number, another."""
    days = dict.fromkeys(held, known_until) | {urn.removeprefix("u"): day for urn, day in others.items()}
    known = {urn: KnownUntil.of({KnownKind.FOCUSED_VISIT: day}) for urn, day in days.items() if day is not None}
    return VisitForecaster(forecaster(held), held, known)
