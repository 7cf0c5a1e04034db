"""Histories whose windows are past: real ones, and any that a test tells."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.rulebook.past.windows import PastWindow, past_windows
from domain.values.activities import Activity, AuthorityFacts
from domain.values.statements import Variant
from tests.domain.rulebook.story import ALL_KNOWN, TYNEHAVEN, england, focused, on, report, sif

DORSET = AuthorityFacts(urn="2532283", name="Dorset", formed_on=date(2019, 4, 1))


def windows(day: str, *activities: Activity, authority: AuthorityFacts = TYNEHAVEN) -> tuple[PastWindow, ...]:
    return past_windows(activities, authority=authority, on=on(day), holidays=england(), known_until=ALL_KNOWN)


def first(day: str, *activities: Activity, authority: AuthorityFacts = TYNEHAVEN) -> PastWindow:
    return windows(day, *activities, authority=authority)[0]


def inspected(start: str, end: str, published: str | None, overall: str | None, **more: Any) -> Activity:
    more.setdefault("variant", Variant.SHORT if (on(end) - on(start)).days < 5 else Variant.STANDARD)
    return report(published, overall, start=start, end=end, **more)


def rules(window: PastWindow, *, in_part: bool | None = None) -> list[str]:
    return [
        rule for one in window.explanations if in_part in (None, one.in_part) for rule in one.rules if rule != "R-092"
    ]


STOCKTON = (
    sif("2016-08-05", "G", start="2016-05-23", end="2016-06-16"),
    inspected("2019-05-20", "2019-05-24", "2019-07-01", "R"),
    focused(period="2022-09", priority_action=True),
    inspected("2023-03-06", "2023-03-17", "2023-05-09", "R"),
)
TOWER_HAMLETS = (
    sif("2017-04-07", "I", start="2017-01-23", end="2017-02-16"),
    inspected("2019-06-10", "2019-06-21", "2019-07-22", "G"),
)
NOTTINGHAM = (
    sif("2014-05-14", "R", start="2014-03-04", end="2014-03-26"),
    inspected("2018-11-05", "2018-11-16", "2019-01-07", "R"),
    inspected("2022-07-11", "2022-07-22", "2022-09-05", "I"),
)
HARINGEY = (
    inspected("2018-10-29", "2018-11-09", "2018-12-14", "R"),
    inspected("2023-02-13", "2023-02-24", "2023-04-11", "G"),
)
LUTON = (
    inspected("2020-01-13", "2020-01-24", "2020-02-24", "I"),
    inspected("2022-07-11", "2022-07-22", "2022-09-02", "R"),
)
HISTORIES = (STOCKTON, TOWER_HAMLETS, NOTTINGHAM, HARINGEY, LUTON)
