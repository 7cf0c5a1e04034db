"""What every decision about an authority asks first: what is held, and whether the dates can be.

Refusals are `RuleBroken`, in words safe to show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain import facts
from domain.authorities.dossier import Dossier
from domain.authorities.matching import NEAR
from domain.authorities.reconciliation import reconcile
from domain.facts import Told
from domain.values.activities import Activity, Status
from domain.values.days import london_day
from domain.values.errors import EntryChangedMeanwhile, NotFound, RuleBroken
from domain.values.roles import Listed, Role
from domain.values.statements import Family, Kind, Period
from domain.values.words import in_words

EARLIEST = date(1990, 1, 1)
"""Nothing this product keeps happened before the Children Act 1989 was in force."""


INTERVENTIONS: dict[Kind, tuple[type[facts.Fact], str]] = {
    Kind.IMPROVEMENT_NOTICE: (facts.ImprovementNoticeIssued, "issued_on"),
    Kind.STATUTORY_DIRECTION: (facts.StatutoryDirectionIssued, "issued_on"),
    Kind.COMMISSIONER: (facts.CommissionerAppointed, "appointed_on"),
    Kind.INTERVENTION_LIFTED: (facts.InterventionLifted, "lifted_on"),
}
"""The fact that tells of each kind of intervention, and the name of its day."""


class Preconditions:
    """What is known of an authority at this point of its stream, and the rules that all decisions share."""

    dossier: Dossier
    _activities: tuple[Activity, ...] | None

    # --- what is known ----------------------------------------------------------------------------------------------

    @property
    def activities(self) -> tuple[Activity, ...]:
        """What is held at this point of the stream."""
        if self._activities is None:
            self._activities = reconcile(self.dossier)
        return self._activities

    def activity(self, name: UUID) -> Activity:
        """The entry of that id, or that holds the statement of that id.

        Raises NotFound, and RuleBroken where the entry was withdrawn: nothing more is recorded of it."""
        for activity in self.activities:
            if name == activity.id or name in activity.statements:
                if activity.status is Status.WITHDRAWN:
                    raise RuleBroken("That entry was withdrawn. Record it anew if it should stand after all.")
                return activity
        raise NotFound("No such inspection, visit or meeting is recorded for this authority.")

    def must_be_as_seen(self, name: UUID, seen: str, by: Told) -> None:
        """Raises EntryChangedMeanwhile where the entry has another mark than it had for whoever decided on it."""
        shown = self.activity(name).as_seen_on(london_day(by.at))
        if shown is None or shown.mark != seen:
            raise EntryChangedMeanwhile

    # --- rules every decision shares --------------------------------------------------------------------------------

    def must_have_happened(self, day: date, by: Told) -> None:
        """Raises RuleBroken for a day to come, or one before anything is kept of."""
        self._in_order(day, None, by=by)

    def _in_order(self, first: date, last: date | None, *, by: Told) -> None:
        today = london_day(by.at)
        for day in (first, last):
            if day is not None and not EARLIEST <= day <= today:
                raise RuleBroken(
                    f"{in_words(day)} is not a day this can have happened: it lies in the future or before 1990."
                )
        if last is not None and last < first:
            raise RuleBroken("The last day cannot be before the first day.")

    def _not_before(self, earliest: date | None, day: date, otherwise: str, by: Told) -> None:
        self._in_order(day, None, by=by)
        if earliest is not None and day < earliest:
            raise RuleBroken(f"{otherwise} It began or ended on {in_words(earliest)}.")

    def _not_twice(self, kind: Kind, started_on: date) -> None:
        for known in self.activities:
            if (
                known.kind is kind
                and known.start is not None
                and abs((known.start - started_on).days) <= NEAR
                and known.status is not Status.WITHDRAWN
                and any(self.dossier.statements[s].about is not None for s in known.statements)
            ):
                raise RuleBroken(
                    f"One that began on {in_words(known.start)} is already recorded by hand, and two within a week "
                    "are taken for one."
                )

    def _recorded(self, known: Activity, which: str) -> date | None:
        """A date that a person with the report in hand has given already; what other sources say does not count."""
        statements = (self.dossier.statements[name] for name in known.statements)
        dates: Iterable[date | None] = (getattr(s.said, which) for s in statements if s.family is Family.REPORT_IN_HAND)
        return next((day for day in dates if day is not None), None)

    def _not_recorded(self, kind: Kind, on: date | None) -> None:
        live = (known for known in self.activities if known.status is not Status.WITHDRAWN)
        if on is not None and any(known.kind is kind and known.on == on for known in live):
            raise RuleBroken(f"That is already recorded for {in_words(on)}.")

    def on_or_in(self, kind: Kind, on: date | None, period: Period | None, by: Told) -> None:
        if (on is None) == (period is None):
            raise RuleBroken("Give either the day or the month.")
        self._in_order(on or (period.first_day if period else EARLIEST), None, by=by)
        self._not_recorded(kind, on)

    def of_kind(self, activity: UUID, *kinds: Kind, otherwise: str) -> Activity:
        known = self.activity(activity)
        if known.kind not in kinds:
            raise RuleBroken(otherwise)
        return known


def must_give_a_reason(by: Told) -> None:
    if not (by.reason or "").strip():
        raise RuleBroken("Give the reason: it stands beside what was recorded before.")


def must_administer(person: Listed | None, otherwise: str) -> None:
    """Raises RuleBroken for somebody on the roll who is no administrator; None is the machine's own."""
    if person is not None and not person.has(Role.ADMINISTRATOR):
        raise RuleBroken(otherwise)
