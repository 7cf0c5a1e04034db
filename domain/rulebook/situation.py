"""One authority on one day: what every expectation is worked out from, gathered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from domain.rulebook.announced.calls import UnderWay, called_by
from domain.rulebook.pathway import Policy
from domain.rulebook.results import ExpectedNext, Pathway
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts, Status
from domain.values.known_until import KnownUntil
from domain.values.statements import Kind


@dataclass(frozen=True)
class Situation:
    """`activities` are as held; whoever reads them masks them by `on`.

    `governs` is the governing report as seen on the day; `under_way` the inspection between its call and its report,
    and `awaits` that whose report is still to come, once inspectors have left;
    `priority_visit` the visit behind an override (R-092); `formed_on` is asked only where no report governs;
    `known_until` is what sources tell of the authority."""

    activities: Sequence[Activity]
    authority: AuthorityFacts
    on: date
    holidays: BankHolidays
    policy: Policy
    pathway: Pathway
    governs: Activity | None
    under_way: UnderWay | None
    awaits: Activity | None
    priority_visit: Activity | None
    formed_on: date | None
    inherited_monitoring: bool
    expected_next: ExpectedNext
    known_until: KnownUntil

    def visible(self, *kinds: Kind) -> Iterator[Activity]:
        """Activities of these kinds that nobody withdrew and that had begun, or were public, by the day (R-095); not
        those that were only called."""
        for activity in self._visible:
            if activity.kind in kinds:
                yield activity

    def only_called(self, *kinds: Kind) -> Iterator[Activity]:
        """Activities of these kinds of which only a call that stands was known by the day, as they were known then."""
        for activity in self.activities:
            if activity.kind in kinds and activity.counts and called_by(activity, self.on):
                then = self.known(activity)
                if then.only_called:
                    yield then

    @cached_property
    def _visible(self) -> tuple[Activity, ...]:
        return tuple(activity for activity in self.activities if activity.counts and activity.begun_on <= self.on)

    def in_doubt(self) -> Iterator[Activity]:
        """What is left out because it cannot be right, of the present interval, as it was known by the day."""
        for activity in self.activities:
            if not activity.doubtful or activity.status is Status.WITHDRAWN or activity.kind.by_others:
                continue
            if activity.true_on > self.counts_from:
                then = activity.as_seen_on(self.on)
                if then is not None:
                    yield then

    def seen(self) -> Iterator[Activity]:
        """Every activity with only what was known of it by the day; withdrawn ones, and what others inspect, left out
        (R-095)."""
        for activity in self.activities:
            if activity.kind.by_others or not activity.counts:
                continue
            if (then := activity.as_seen_on(self.on)) is not None:
                yield then

    def known(self, activity: Activity) -> Activity:
        """An activity with only what was known of it by the day; one that is visible by then."""
        return activity.as_seen_on(self.on) or activity

    @property
    def inspected(self) -> bool:
        """A graded inspection was called, has begun, or its report is awaited."""
        return self.under_way is not None or self.awaits is not None

    @property
    def awaited(self) -> UnderWay | None:
        """The inspection whose report is awaited, where it is the one under way."""
        coming = self.under_way
        return coming if coming is not None and coming.activity is self.awaits else None

    @property
    def awaited_from(self) -> date | None:
        """The last day on site of the inspection whose report is awaited, or the last expected; None without one."""
        if self.awaits is None:
            return None
        return self.awaited.days.last if self.awaited is not None else self.awaits.last_day

    @property
    def abolished(self) -> bool:
        """The authority had ceased to exist by the day."""
        return self.authority.ended_by(self.on)

    @property
    def counts_from(self) -> date:
        """The end of the governing inspection: what lies after it belongs to the present interval (C-9)."""
        if self.governs is None:
            return self.formed_on or date.min
        return self.governs.last_day or self.governs.public_on
