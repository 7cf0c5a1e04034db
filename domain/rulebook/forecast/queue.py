"""The national queue: who waits for a graded inspection, since when and until when, as could be read on any day.

Ofsted works through some 150 authorities with a limited number of inspectors, so what one authority may expect hangs
on all the others. Everything here is told as on the morning of a day: from reports public the day before, and no later
(R-021, R-095). Fieldwork whose report is still to come is not public, so it takes nobody else out of the queue.

Where reports of few authorities are held, there is a queue of those few and none of the nation: see `is_national`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from domain.frameworks import Framework
from domain.rulebook.announced.calls import TYPE_OF, days_on_site, unheard_of_from
from domain.rulebook.graded_windows import (
    first_window,
    graded_after,
    interval,
    override_after,
    priority_action_visit,
    rules_changed_by,
)
from domain.rulebook.pathway import (
    DEFAULT_POLICY,
    Policy,
    formed_on,
    governing,
    is_graded_inspection,
    pathway_of,
    pathway_test,
    published_reports,
)
from domain.rulebook.results import Pathway
from domain.rulebook.rows import Interval, PathwayBasis
from domain.rulebook.working_days import BankHolidays, add_months
from domain.values.activities import Activity, AuthorityFacts
from domain.values.statements import Kind

_DAY = timedelta(days=1)

NATIONAL_FROM = 0.9
"""The queue is the nation's where published reports of so large a part of all authorities are held."""


class DueBy(Enum):
    """What sets the days between which a next inspection is expected.

    `STAND_IN`: the usual window, where the grades of the governing report are not known and the rules state none;
    `NOT_SAID`: the same, where they are known and Ofsted has not said what follows from them."""

    WINDOW = "window"
    PRIORITY_ACTION = "priority_action"
    FORMATION = "formation"
    STAND_IN = "stand_in"
    NOT_SAID = "not_said"


def usual(day: date) -> Interval:
    """The usual window, by the row in force on a day (R-025)."""
    return interval(Pathway.GOOD_OR_OUTSTANDING, Framework.ILACS, day)


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
    by: DueBy
    pathway: Pathway

    @property
    def in_turn(self) -> bool:
        """Whether its turn follows the queue: not while progress under monitoring, or its formation, decides."""
        return self.pathway not in (Pathway.INADEQUATE, Pathway.NOT_YET_JUDGED)

    @property
    def order(self) -> tuple[date, date, str]:
        """Of the queue: who is due first. On the ordinary path that is the order of publication."""
        return (self.due, self.since, self.urn)


@dataclass(frozen=True)
class Start:
    """A graded inspection began; `told_on` is the day its report was published, None while it is not.

    Where no report of it is ever published, that of a later inspection ends the wait for it on `overtaken_on`."""

    urn: str
    on: date
    told_on: date | None
    overtaken_on: date | None = None

    def told_by(self, day: date) -> bool:
        """Whether its report was public on the morning of a day."""
        return self.told_on is not None and self.told_on < day

    def under_way(self, day: date) -> bool:
        """Inspectors had come before that day, and neither their report nor a later one was public on its morning."""
        overtaken = self.overtaken_on is not None and self.overtaken_on < day
        return self.on < day and not self.told_by(day) and not overtaken


@dataclass(frozen=True)
class Come:
    """A graded inspection that has come: from its call, or the day after its first on site (`begins`, inclusive), until
    its report is public, or the call is withdrawn (`ends`, exclusive). `called` is None where the call is not known;
    `first` is the first day on site, as held, announced or following from the call; `begun`: it is held."""

    begins: date
    ends: date
    called: date | None
    first: date | None
    begun: bool


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
        self._held: dict[date, tuple[int, int]] = {}
        self._authorities = tuple(authorities)
        self._heard_of: dict[str, date] = {}
        self._come: dict[str, tuple[Come, ...]] = {}
        starts: list[Start] = []
        for authority in authorities:
            activities = histories.get(authority.urn, ())
            seen = [one.visible_on for one in activities if one.counts and not one.kind.by_others]
            self._heard_of[authority.urn] = min(seen, default=date.max)
            self.spells[authority.urn] = tuple(_spells(authority, activities, holidays, policy))
            starts += _starts(authority.urn, activities)
            self._come[authority.urn] = tuple(_come(activities, holidays))
        self.starts = tuple(sorted(starts, key=lambda start: (start.on, start.urn)))
        self._starts_of: dict[str, list[Start]] = {}
        for start in self.starts:
            self._starts_of.setdefault(start.urn, []).append(start)

    def waiting(self, day: date) -> list[Spell]:
        """Everybody who waits, the first due first."""
        found = [spell for urn in self.spells if (spell := self.spell(urn, day)) is not None]
        return sorted(found, key=lambda spell: spell.order)

    def held(self, day: date) -> tuple[int, int]:
        """Of how many authorities a published report is held on a day, and how many authorities there are."""
        if day not in self._held:  # asked for each authority that is forecast on the day
            there = [one for one in self._authorities if _exists(one, day)]
            spells = (self.spell(one.urn, day) for one in there)
            reported = sum(spell is not None and spell.by is not DueBy.FORMATION for spell in spells)
            self._held[day] = reported, len(there)
        return self._held[day]

    def is_national(self, day: date) -> bool:
        """Whether so many reports are held that this is the nation's queue."""
        held, there = self.held(day)
        return held >= NATIONAL_FROM * there

    def known_by(self, day: date) -> int:
        """A number that is the same for two queues of which the same was public on the morning of a day."""
        spells = (
            replace(spell, ends=min(spell.ends, day))
            for urn in sorted(self.spells)
            for spell in self.spells[urn]
            if spell.begins <= day
        )
        heard_of = (urn for urn in sorted(self._heard_of) if self.is_heard_of(urn, day))
        there = sum(_exists(one, day) for one in self._authorities)
        return hash((tuple(spells), tuple(self.starts_told_by(day)), tuple(heard_of), there))

    def is_heard_of(self, urn: str, day: date) -> bool:
        """Whether anything at all that happened in an authority was known on the morning of a day."""
        return self._heard_of.get(urn, date.max) < day

    def spell(self, urn: str, day: date) -> Spell | None:
        """How one authority waits; None for one with neither report nor formation, or abolished."""
        return next((spell for spell in self.spells.get(urn, ()) if spell.begins <= day < spell.ends), None)

    def fieldwork(self, urn: str, day: date) -> Start | None:
        """The inspection under way, or done and not yet published, in one authority."""
        return next((start for start in self._starts_of.get(urn, ()) if start.under_way(day)), None)

    def come(self, urn: str, day: date) -> Come | None:
        """The inspection that has come by a day (inclusive), its call told of or not; None where one is waited for."""
        return next((one for one in self._come.get(urn, ()) if one.begins <= day < one.ends), None)

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
    last: Spell | None = None
    for morning in sorted(day for day in _changes(authority, activities) if day < ends):
        told = _told(authority, activities, morning - _DAY, holidays, policy)
        if last is not None and (told is None or replace(told, begins=last.begins, ends=ends) != last):
            yield replace(last, ends=morning)
            last = None
        if told is not None and last is None:
            last = replace(told, begins=morning, ends=ends)
    if last is not None:
        yield last


def _changes(authority: AuthorityFacts, activities: Sequence[Activity]) -> set[date]:
    """The mornings on which something about the wait may be known, or in force, that was not before."""
    changes = {report.public_on + _DAY for report in published_reports(activities, date.max)}
    changes |= {turn + _DAY for turn in rules_changed_by(date.max)}
    for visit in activities:
        if visit.kind is Kind.FOCUSED_VISIT:
            changes.add(visit.public_on + _DAY)
            if visit.priority_action_resolved is not None:
                changes.add(visit.priority_action_resolved + _DAY)
    formed = formed_on(activities, authority, date.max)
    if formed is not None:
        changes.add(formed + _DAY)
    return changes


def _told(
    authority: AuthorityFacts, activities: Sequence[Activity], day: date, holidays: BankHolidays, policy: Policy
) -> Spell | None:
    report = governing(activities, day)
    if report is None:
        formed = formed_on(activities, authority, day)
        if formed is None:
            return None
        opens, due = first_window(formed, day)
        return Spell(authority.urn, day, day, formed, opens, due, DueBy.FORMATION, Pathway.NOT_YET_JUDGED)
    pathway = pathway_of(report, policy)
    window = graded_after(report, pathway, day, holidays, policy, standard=False)
    by = DueBy.WINDOW
    if window.window_to is None:
        by = DueBy.NOT_SAID if pathway_test(report).by is PathwayBasis.NOT_SAID else DueBy.STAND_IN
    opens = window.window_from or add_months(report.public_on, usual(day).from_months)
    due = window.window_to or add_months(report.public_on, usual(day).to_months)
    visit = priority_action_visit(activities, report.public_on, day) if pathway in _OVERRIDABLE else None
    if visit is not None:
        after = override_after(visit)
        if after.expected_to_month.last_day < due:
            by = DueBy.PRIORITY_ACTION
            opens, due = after.expected_from_month.first_day, after.expected_to_month.last_day
    return Spell(authority.urn, day, day, report.public_on, opens, due, by, pathway)


def _exists(authority: AuthorityFacts, day: date) -> bool:
    """Formed by that day and not yet abolished."""
    formed, abolished = authority.formed_on, authority.abolished_on
    return (formed is None or formed <= day) and (abolished is None or day < abolished)


def _starts(urn: str, activities: Sequence[Activity]) -> Iterator[Start]:
    inspections = [activity for activity in activities if is_graded_inspection(activity)]
    public = {report.id: report for report in published_reports(inspections, date.max)}
    for inspection in inspections:
        if inspection.start is None:
            continue
        if inspection.id in public:
            yield Start(urn, inspection.start, inspection.public_on)
            continue
        later = (
            other.public_on
            for other in public.values()
            if other.true_on > inspection.start and other.public_on > inspection.start
        )
        yield Start(urn, inspection.start, None, overtaken_on=min(later, default=None))


def _come(activities: Sequence[Activity], holidays: BankHolidays) -> Iterator[Come]:
    """Every inspection with the days on which it had come and was not reported; the last one first."""
    inspections = [activity for activity in activities if is_graded_inspection(activity)]
    public = {report.id: report.public_on for report in published_reports(inspections, date.max)}
    found = []
    for inspection in inspections:
        days = days_on_site(inspection, TYPE_OF.get(inspection.variant) if inspection.variant else None, holidays)
        began = None if inspection.start is None else inspection.start + _DAY
        known = min((day for day in (inspection.notified, began) if day is not None), default=None)
        if known is None:
            continue
        last = days.heard_until or known
        later = [day for other, day in public.items() if other != inspection.id and day >= last]
        ends = public.get(inspection.id) or min((*later, unheard_of_from(last, holidays)))
        withdrawn = inspection.call_withdrawn or date.max
        found.append(Come(known, min(ends, withdrawn), inspection.notified, days.first, days.begun))
    return iter(sorted(found, key=lambda one: one.begins, reverse=True))
