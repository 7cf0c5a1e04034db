"""Visits and joint inspections that were called, from the call to their last day (R-049, R-100).

They are told among what is expected, and change nothing else before they have come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.rulebook.announced.calls import FieldworkDays, called_by, days_on_site, unheard_of_from
from domain.rulebook.announced.days import FURTHEST
from domain.rulebook.announced.words import expected_by_now, expected_on_site
from domain.rulebook.evidence import CalledVisit, Worked
from domain.rulebook.results import Expectation, WindowStatus
from domain.rulebook.situation import Situation
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import in_words

RULE_OF_VISIT = {
    Kind.FOCUSED_VISIT: "R-049c",
    Kind.MONITORING_VISIT: "R-049d",
    Kind.JTAI: "R-049e",
    Kind.AREA_SEND: "R-079",
}


def visits_called(now: Situation) -> Iterator[Worked]:
    """Every visit whose call is known and which has not ended, as far as is known; nothing of one of which nobody heard
    for longer than any was waited for."""
    for visit in now.activities:
        public = visit.published or visit.published_by_council
        out = public is not None and public <= now.on
        if visit.kind in RULE_OF_VISIT and visit.counts and called_by(visit, now.on) and not out:
            found = _called(now, visit)
            if found is not None:
                yield found


def _called(now: Situation, visit: Activity) -> Worked | None:
    seen = now.known(visit)
    days = days_on_site(seen, None, now.holidays)
    status = days.status(now.on)
    if status is WindowStatus.REPORT_AWAITED or _long_unheard_of(days, seen, now):
        return None
    row = days.by_call.row if days.by_call is not None else None
    expected = Expectation(
        activity=visit.kind.value,
        basis="announced",
        due_from=days.first,
        due_to=days.last,
        status=status,
        why=_why(days, status, seen, now.on),
        rules=tuple(dict.fromkeys((RULE_OF_VISIT[visit.kind], *((row.rule,) if row else ())))),
        about=visit.id,
    )
    return Worked(expected, CalledVisit(visit, days.first, days.last, row))


def _long_unheard_of(days: FieldworkDays, visit: Activity, now: Situation) -> bool:
    if days.heard_until is None:
        return visit.notified is not None and now.on > visit.notified + FURTHEST
    return now.on >= unheard_of_from(days.heard_until, now.holidays)


def _why(days: FieldworkDays, status: WindowStatus, visit: Activity, on: date) -> str:
    if status is WindowStatus.ANNOUNCED or days.first is None:
        return expected_on_site(visit.notified, days)
    if status is WindowStatus.PAUSED and days.heard_until is not None:
        return f"It was broken off on {in_words(days.heard_until)}; nothing recorded here says that it was resumed."
    if days.begun:
        since = max(start for start, _ in days.periods if start <= on)
        return f"Inspectors have been on site since {in_words(since)}."
    return expected_by_now(days.first, days.last)
