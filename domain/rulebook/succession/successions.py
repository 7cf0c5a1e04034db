"""Authorities that end and others that begin in their place: what is known of it on a day (R-072 to R-074).

Only an order or a minister's statement makes a succession known, from its own day; a consultation never does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.values.activities import Activity, AuthorityFacts
from domain.values.authority_keys import is_number
from domain.values.statements import Kind

SUCCESSIONS = (Kind.SUCCESSION_ANNOUNCED, Kind.SUCCESSION_CANCELLED)


@dataclass(frozen=True)
class Succession:
    """An announcement that an authority ends. `ends_on`, the vesting day, is the first on which it is no more and its
    successors are there. `successors` are named as the source names them: by name or by Ofsted's number.

    It is known on the days from `known_from` (inclusive) to `known_to` (exclusive): a cancellation, or a later
    announcement before the vesting day, takes its place. `cancelled_on` is the day of the cancellation, if that did."""

    entry: UUID
    urn: str
    ends_on: date
    known_from: date
    successors: tuple[str, ...]
    order: str | None = None
    known_to: date | None = None
    cancelled_on: date | None = None

    def known_on(self, day: date) -> bool:
        return self.known_from <= day and (self.known_to is None or day < self.known_to)

    @property
    def stands(self) -> bool:
        """Nothing that is held takes it back, or another one's place."""
        return self.known_to is None


def successions(activities: Iterable[Activity]) -> tuple[Succession, ...]:
    """Every announcement among an authority's activities, as held, in the order in which they became known.

    What was withdrawn or is doubtful never counts. One without a day of publication is known from the vesting day. Once
    that day has come nothing takes it back. A cancellation takes back what was announced before its day or, where that
    left nothing to take back, on it: order and counter-order of one day leave the new one."""
    announced: list[Succession] = []
    cancelled: list[date] = []
    for held in (one for one in activities if one.kind in SUCCESSIONS):
        day = held.published or held.on
        if not held.counts or day is None:
            continue
        if held.kind is Kind.SUCCESSION_CANCELLED:
            cancelled.append(day)
        elif held.on is not None:
            announced.append(Succession(held.id, held.urn, held.on, day, held.successors, held.order))
    announced.sort(key=lambda one: (one.known_from, one.ends_on, one.entry))
    found: list[Succession] = []
    for number, one in enumerate(announced):
        if found and found[-1].stands and found[-1].ends_on <= one.known_from:
            break
        back = min((day for day in cancelled if one.known_from <= day < one.ends_on), default=None)
        later = next((other.known_from for other in announced[number + 1 :]), None)
        if later is not None and later < one.ends_on and (back is None or later < back):
            found.append(replace(one, known_to=later))
            continue
        found.append(replace(one, known_to=back, cancelled_on=back))
        if back is not None:
            cancelled.remove(back)
    return tuple(found)


def known_on(found: Iterable[Succession], day: date) -> Succession | None:
    """The succession that is known on a day; None where none is."""
    return next((one for one in found if one.known_on(day)), None)


def authority_on(facts: AuthorityFacts, activities: Iterable[Activity], on: date) -> AuthorityFacts:
    """Who an authority is on a day, with `ends_on` and its successors from the day on which they are known, and
    `abolished_on` from the day it ends (R-072).

    `activities` are all that is held on it. An end that was recorded as carried out counts from its own day. Names and
    numbers of successors that `facts` give already stay; what only an announcement tells is taken from there. One that
    is keyed by name and has no day of beginning is not to come into being, and so does not end."""
    recorded = facts.abolished_on
    if recorded is not None and recorded <= on:
        return facts if facts.ends_on == recorded else replace(facts, ends_on=recorded)
    never = facts.formed_on is None and not is_number(facts.urn)
    known = None if never else known_on(successions(activities), on)
    if known is None:
        if not (facts.ends_on or recorded or facts.successors or facts.successor_names):
            return facts
        return replace(facts, ends_on=None, abolished_on=None, successors=(), successor_names=())
    told = facts.successor_names or known.successors
    return replace(
        facts,
        ends_on=known.ends_on,
        abolished_on=known.ends_on if known.ends_on <= on else None,
        successors=facts.successors or known.successors,
        successor_names=told,
    )
