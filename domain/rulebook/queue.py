"""The national queue: who waits for a graded inspection, since when and until when, as could be read on any day.

Ofsted works through some 150 authorities with a limited number of inspectors, so what one authority may expect hangs
on all the others. Everything here is told as on the morning of a day: from reports public the day before, and no later
(R-021, R-095). Fieldwork whose report is still to come is not public, so it takes nobody else out of the queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.activities import Activity, AuthorityFacts
from domain.rulebook.pathway import (
    DEFAULT_POLICY,
    Policy,
    governing,
    is_graded_inspection,
    pathway_of,
    published_reports,
)
from domain.rulebook.rows import FIRST_INSPECTIONS, FORMED_SINCE, INTERVALS, row_on
from domain.rulebook.standing import Pathway
from domain.rulebook.windows import graded_after, override_after, priority_action_visit
from domain.rulebook.working_days import BankHolidays, add_months
from domain.statements import Kind

_DAY = timedelta(days=1)

USUAL = INTERVALS[0]
"""R-025: the usual window, 30 to 42 months after publication."""

_OVERRIDABLE = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)


@dataclass(frozen=True)
class Spell:
    """A time in which what was known of one authority's wait did not change: `begins` inclusive, `ends` exclusive.

    `since` is the day its governing report was published, or the day it was formed. `opens` and `due` are the first and
    the last day on which the rules expect the next graded inspection: the ends of its window, or of the range after
    priority action where that ends first (R-034), or of the months in which a new authority's first inspection is
    expected (R-070). Where the grades are not known the usual window stands in."""

    urn: str
    begins: date
    ends: date
    since: date
    opens: date
    due: date
    pathway: Pathway

    @property
    def order(self) -> tuple[date, date, str]:
        """Of the queue: who is due first. On the ordinary path that is the order of publication."""
        return (self.due, self.since, self.urn)


@dataclass(frozen=True)
class Start:
    """A graded inspection began; `told_on` is the day its report was published, None while it is not."""

    urn: str
    on: date
    told_on: date | None

    def told_by(self, day: date) -> bool:
        """Whether its report was public on the morning of a day."""
        return self.told_on is not None and self.told_on < day

    def under_way(self, day: date) -> bool:
        """Inspectors had come before that day, and the report was not public on its morning."""
        return self.on < day and not self.told_by(day)


class NationalQueue:
    """Every wait and every start in a set of histories. What is asked for a day is answered as on its morning."""

    def __init__(
        self,
        histories: Mapping[str, Sequence[Activity]],
        authorities: Sequence[AuthorityFacts],
        *,
        holidays: BankHolidays,
        policy: Policy = DEFAULT_POLICY,
    ) -> None:
        """`histories` are all activities as held, by URN; an `abolished_on` of any day must be in `authorities`."""
        self.spells: dict[str, tuple[Spell, ...]] = {}
        starts: list[Start] = []
        for authority in authorities:
            activities = histories.get(authority.urn, ())
            self.spells[authority.urn] = tuple(_spells(authority, activities, holidays, policy))
            starts += _starts(authority.urn, activities)
        self.starts = tuple(sorted(starts, key=lambda start: (start.on, start.urn)))
        self._starts_of: dict[str, list[Start]] = {}
        for start in self.starts:
            self._starts_of.setdefault(start.urn, []).append(start)

    def waiting(self, day: date) -> list[Spell]:
        """Everybody who waits, the first due first."""
        found = [spell for urn in self.spells if (spell := self.spell(urn, day)) is not None]
        return sorted(found, key=lambda spell: spell.order)

    def spell(self, urn: str, day: date) -> Spell | None:
        """How one authority waits; None for one with neither report nor formation, or abolished."""
        return next((spell for spell in self.spells.get(urn, ()) if spell.begins <= day < spell.ends), None)

    def fieldwork(self, urn: str, day: date) -> Start | None:
        """The inspection under way, or done and not yet published, in one authority."""
        return next((start for start in self._starts_of.get(urn, ()) if start.under_way(day)), None)

    def next_start(self, urn: str, day: date) -> Start | None:
        """The first graded inspection that began on a day or later, whenever it became known."""
        return next((start for start in self._starts_of.get(urn, ()) if start.on >= day), None)

    def starts_told_by(self, day: date) -> list[Start]:
        """Starts whose reports were public on the morning of a day, in order."""
        return [start for start in self.starts if start.told_by(day)]


def _spells(
    authority: AuthorityFacts, activities: Sequence[Activity], holidays: BankHolidays, policy: Policy
) -> Iterator[Spell]:
    ends = authority.abolished_on or date.max
    mornings = sorted(day for day in _changes(authority, activities) if day < ends)
    told: Spell | None = None
    for place, morning in enumerate(mornings):
        until = mornings[place + 1] if place + 1 < len(mornings) else ends
        told = _told(authority, activities, morning - _DAY, holidays, policy)
        if told is not None:
            yield replace(told, begins=morning, ends=until)


def _changes(authority: AuthorityFacts, activities: Sequence[Activity]) -> set[date]:
    """The mornings on which something about the wait may be known that was not known before."""
    changes = {report.public_on + _DAY for report in published_reports(activities, date.max)}
    for visit in activities:
        if visit.kind is Kind.FOCUSED_VISIT:
            changes.add(visit.public_on + _DAY)
            if visit.priority_action_resolved is not None:
                changes.add(visit.priority_action_resolved + _DAY)
    if authority.formed_on is not None and authority.formed_on >= FORMED_SINCE:
        changes.add(authority.formed_on + _DAY)
    return changes


def _told(
    authority: AuthorityFacts, activities: Sequence[Activity], day: date, holidays: BankHolidays, policy: Policy
) -> Spell | None:
    report = governing(activities, day)
    if report is None:
        formed = authority.formed_on
        if formed is None or not FORMED_SINCE <= formed <= day:
            return None
        row = row_on(FIRST_INSPECTIONS, day)
        opens, due = add_months(formed, row.from_months), add_months(formed, row.to_months)
        return Spell(authority.urn, day, day, formed, opens, due, Pathway.NOT_YET_JUDGED)
    pathway = pathway_of(report, policy)
    window = graded_after(report, pathway, day, holidays, policy, standard=False)
    opens = window.window_from or add_months(report.public_on, USUAL.from_months)
    due = window.window_to or add_months(report.public_on, USUAL.to_months)
    visit = priority_action_visit(activities, report.public_on, day) if pathway in _OVERRIDABLE else None
    if visit is not None:
        after = override_after(visit)
        if after.expected_to_month.last_day < due:
            opens, due = after.expected_from_month.first_day, after.expected_to_month.last_day
    return Spell(authority.urn, day, day, report.public_on, opens, due, pathway)


def _starts(urn: str, activities: Sequence[Activity]) -> Iterator[Start]:
    inspections = [activity for activity in activities if is_graded_inspection(activity)]
    public = {report.id for report in published_reports(inspections, date.max)}
    for inspection in inspections:
        if inspection.start is None:
            continue
        overtaken = any(
            other.id in public and other.true_on > inspection.start and other.public_on > inspection.start
            for other in inspections
        )
        if inspection.id in public:
            yield Start(urn, inspection.start, inspection.public_on)
        elif not overtaken:
            yield Start(urn, inspection.start, None)
