"""Inspections beside Ofsted's of children's services, told by an officer with the report in hand (R-075 to R-079)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler, Done
from domain.facts import Told
from domain.rulebook.other_inspections.words import MONITORING, OUTCOMES, PROBATION, RATINGS
from domain.values.activities import Status
from domain.values.errors import RuleBroken
from domain.values.statements import OTHER_INSPECTIONS, Kind, Rating

OFSTED_AND_CQC = "Ofsted and the Care Quality Commission"
"""Who inspects area SEND together."""


@dataclass(frozen=True)
class OtherInspection:
    """What an officer says of one. Days on site are inclusive; `title` is what was inspected, for one that has no kind
    of its own; `outcome` is that of a full area SEND inspection, `monitoring` one that only looks again."""

    kind: Kind
    inspectorate: str = ""
    title: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    published_on: date | None = None
    outcome: int | None = None
    ratings: tuple[Rating, ...] = ()
    link: str | None = None
    monitoring: bool = False


class OtherInspectionCommands:
    """What officers tell of inspections by others. Raises as `AuthorityCommands` does."""

    def __init__(self, histories: AuthorityHandler) -> None:
        self._histories = histories

    def record(self, urn: str, held: OtherInspection, *, by: Told) -> Done:
        """An inspection that was held, with what it found where that is published."""
        return self._histories.decide(urn, by, lambda known, new: record_other_inspection(known, new, held, by=by))


def record_other_inspection(authority: Authority, activity: UUID, held: OtherInspection, *, by: Told) -> None:
    """Raises RuleBroken where it is of no such kind, its days cannot be, what it found is not public or not of its
    scale, or it is recorded by hand already."""
    _must_be_told(held)
    _must_be_in_order(authority, held, by)
    _must_have_found(held)
    _must_be_new(authority, held)
    authority.tell(
        facts.OtherInspectionHeld,
        by,
        activity=activity,
        kind=held.kind,
        inspectorate=_inspectorate(held),
        title=held.title.strip() or None,
        started_on=held.started_on,
        ended_on=held.ended_on,
        published_on=held.published_on,
        outcome=held.outcome,
        ratings=held.ratings,
        link=held.link,
        subtype=MONITORING if held.monitoring else None,
    )


def _inspectorate(held: OtherInspection) -> str:
    by_kind = {Kind.AREA_SEND: OFSTED_AND_CQC, Kind.YOUTH_JUSTICE: PROBATION}
    return by_kind.get(held.kind) or held.inspectorate.strip()


def _must_be_told(held: OtherInspection) -> None:
    if held.kind not in OTHER_INSPECTIONS:
        raise RuleBroken("Inspections of children's services and visits of Ofsted's are recorded each by its own form.")
    if held.kind is Kind.OTHER_INSPECTION and not (held.inspectorate.strip() and held.title.strip()):
        raise RuleBroken("Say who inspected, and what was inspected.")
    if not (held.started_on or held.published_on):
        raise RuleBroken("Give the first day on site, or the day on which the report was published.")


def _must_be_in_order(authority: Authority, held: OtherInspection, by: Told) -> None:
    days = [day for day in (held.started_on, held.ended_on, held.published_on) if day is not None]
    for day in days:
        authority.must_have_happened(day, by)
    if days != sorted(days):
        raise RuleBroken("The first day, the last day and the publication would be out of order. Look again.")
    if held.ended_on is not None and held.started_on is None:
        raise RuleBroken("Give the first day on site as well as the last.")


def _must_have_found(held: OtherInspection) -> None:
    if held.published_on is None and (held.outcome is not None or held.ratings):
        raise RuleBroken("What an inspection found is public only with its report. Enter the day it was published.")
    if held.outcome is not None and (held.kind is not Kind.AREA_SEND or held.outcome not in OUTCOMES):
        raise RuleBroken("Only an area SEND inspection has an outcome, and it is 1, 2 or 3.")
    if held.monitoring and (held.kind is not Kind.AREA_SEND or held.outcome is not None):
        raise RuleBroken("A monitoring inspection of area SEND has no outcome of its own.")
    if held.ratings and held.kind is Kind.AREA_SEND:
        raise RuleBroken("An area SEND inspection gives no ratings.")
    of_scale = held.kind is not Kind.YOUTH_JUSTICE or all(one.rating in RATINGS for one in held.ratings)
    if not of_scale or len({one.area for one in held.ratings}) != len(held.ratings):
        raise RuleBroken("Give each rating once, in the words of HM Inspectorate of Probation.")


def _must_be_new(authority: Authority, held: OtherInspection) -> None:
    """Two that began, or were published, on one day are one, unless who inspected what is another."""
    for known in authority.activities:
        same_day = (known.start, known.published) == (held.started_on, held.published_on)
        same = known.kind is held.kind and same_day and (known.title or "") == held.title.strip()
        by_hand = any(authority.dossier.statements[name].about is not None for name in known.statements)
        if same and by_hand and known.status is not Status.WITHDRAWN:
            raise RuleBroken("That inspection is recorded by hand already.")
