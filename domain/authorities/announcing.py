"""From the call to the last day on site, as an officer tells it: what may be recorded, and the commands (R-059, R-097).

Only the day of a call, what was called and the days expected are kept; who called is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler, Done
from domain.authorities.preconditions import must_give_a_reason
from domain.facts import Told
from domain.rulebook.announced.days import CALLED, FURTHEST
from domain.values.activities import Activity, Status
from domain.values.errors import RuleBroken
from domain.values.statements import Kind, PeriodOnSite, Variant
from domain.values.words import in_words

VARIANTS = (Variant.SHORT, Variant.STANDARD)
"""The forms in which a graded inspection is called."""

NO_CALL = "No call is recorded for this entry. Record the call, or what came of it."


class AnnouncementCommands:
    """What is told of an inspection or visit from the call on. `by`, `urn`, `activity` and `seen` as in
    `AuthorityCommands`; every method raises RuleBroken, in words safe to show, where it is refused, and NotFound where
    the authority or entry is not known."""

    def __init__(self, histories: AuthorityHandler) -> None:
        self._histories = histories

    def announce(
        self,
        urn: str,
        *,
        kind: Kind,
        notified_on: date,
        variant: Variant | None = None,
        expected_start: date | None = None,
        expected_end: date | None = None,
        by: Told,
    ) -> Done:
        """Ofsted called: inspectors will come. `variant` and the days expected on site only where they were told."""
        return self._histories.decide(
            urn,
            by,
            lambda known, new: announce(
                known,
                new,
                kind=kind,
                variant=variant,
                notified_on=notified_on,
                expected=(expected_start, expected_end),
                by=by,
            ),
        )

    def withdraw_call(self, urn: str, activity: UUID, *, withdrawn_on: date, seen: str | None = None, by: Told) -> Done:
        """Ofsted took the call back, or put the inspection off before it began; `by.reason` says why (R-103)."""
        return self._histories.change(
            urn, activity, by, lambda known: withdraw_call(known, activity, withdrawn_on=withdrawn_on, by=by), seen=seen
        )

    def start(self, urn: str, activity: UUID, *, started_on: date, variant: Variant | None = None, by: Told) -> Done:
        """Inspectors came, after a call that is recorded."""
        return self._histories.change(
            urn, activity, by, lambda known: start(known, activity, started_on=started_on, variant=variant, by=by)
        )

    def pause(self, urn: str, activity: UUID, *, paused_on: date, by: Told) -> Done:
        """It was broken off; `paused_on` is the last day on site before the break (R-059)."""
        return self._histories.change(
            urn, activity, by, lambda known: pause(known, activity, paused_on=paused_on, by=by)
        )

    def resume(self, urn: str, activity: UUID, *, resumed_on: date, by: Told) -> Done:
        """Inspectors came back; `resumed_on` is the first day on site after the break (R-059)."""
        return self._histories.change(
            urn, activity, by, lambda known: resume(known, activity, resumed_on=resumed_on, by=by)
        )

    def end(self, urn: str, activity: UUID, *, ended_on: date, by: Told) -> Done:
        """Inspectors left for good; `ended_on` is the last day on site."""
        return self._histories.change(urn, activity, by, lambda known: end(known, activity, ended_on=ended_on, by=by))

    def record_periods(
        self, urn: str, activity: UUID, *, periods: Sequence[PeriodOnSite], seen: str | None = None, by: Told
    ) -> Done:
        """The periods on site as the report prints them, or as they should have been recorded (R-059)."""
        return self._histories.change(
            urn, activity, by, lambda known: record_periods(known, activity, periods=periods, by=by), seen=seen
        )


# --- what is decided ------------------------------------------------------------------------------------------------


def announce(
    known: Authority,
    new: UUID,
    *,
    kind: Kind,
    variant: Variant | None,
    notified_on: date,
    expected: tuple[date | None, date | None],
    by: Told,
) -> None:
    """Ofsted called. Raises RuleBroken for a day that cannot be, for days expected before the call or long after it,
    and where such a call stands already."""
    if kind not in CALLED:
        raise RuleBroken("Choose an inspection, a focused or monitoring visit, or a joint inspection: they are called.")
    if variant is not None and (kind is not Kind.INSPECTION or variant not in VARIANTS):
        raise RuleBroken("Only a graded inspection is called as a short or a standard one. Leave its type out.")
    known.must_have_happened(notified_on, by=by)
    first, last = expected
    if last is not None and first is None:
        raise RuleBroken("Give the first day on site as well, or leave both days out.")
    if first is not None and not notified_on <= first <= notified_on + FURTHEST:
        raise RuleBroken(
            f"Inspectors come within three months of the call of {in_words(notified_on)}. Look at the first day again."
        )
    if first is not None and last is not None and not first <= last <= first + FURTHEST:
        raise RuleBroken("The last day on site cannot be before the first day, or months after it.")
    _must_not_stand(known, kind, notified_on)
    known.tell(
        facts.InspectionNotified,
        by,
        activity=new,
        kind=variant,
        notified_on=notified_on,
        visit=None if kind is Kind.INSPECTION else kind,
        expected_start=first,
        expected_end=last,
    )


def _must_not_stand(known: Authority, kind: Kind, notified_on: date) -> None:
    """Raises RuleBroken where a call of the kind, of that day or since, is recorded and stands."""
    for one in known.activities:
        if one.kind is not kind or one.status is Status.WITHDRAWN or one.notified is None:
            continue
        if one.call_withdrawn is not None and one.call_withdrawn <= notified_on:
            continue
        out = one.published or one.published_by_council
        if out is None or abs((one.notified - notified_on).days) < 7:
            raise RuleBroken(
                f"The call of {in_words(one.notified)} is recorded and stands. Record what came of it, or that it was "
                "withdrawn, before another."
            )


def withdraw_call(known: Authority, activity: UUID, *, withdrawn_on: date, by: Told) -> None:
    """Ofsted took its call back. Needs a reason. Raises RuleBroken where none stands, or inspectors had come."""
    entry = _called(known, activity)
    must_give_a_reason(by)
    if entry.start is not None or entry.end is not None or entry.published is not None:
        raise RuleBroken(
            "Inspectors have come, so the call cannot be withdrawn any more. Where they left early, record a pause."
        )
    known.must_have_happened(withdrawn_on, by=by)
    _not_before_the_call(entry, withdrawn_on)
    known.tell(facts.CallWithdrawn, by, activity=entry.id, withdrawn_on=withdrawn_on)


def start(known: Authority, activity: UUID, *, started_on: date, variant: Variant | None, by: Told) -> None:
    """Inspectors came after a call. Raises RuleBroken before the call, or where the first day is recorded."""
    entry = _called(known, activity)
    if variant is not None and entry.kind is not Kind.INSPECTION:
        raise RuleBroken("Only a graded inspection is a short or a standard one. Leave its type out.")
    if entry.start is not None:
        raise RuleBroken(f"Inspectors came on {in_words(entry.start)}, as is recorded. Correct that if it is wrong.")
    known.must_have_happened(started_on, by=by)
    _not_before_the_call(entry, started_on)
    known.tell(facts.FieldworkStarted, by, activity=entry.id, kind=variant, started_on=started_on)


def pause(known: Authority, activity: UUID, *, paused_on: date, by: Told) -> None:
    """The inspection was broken off. Raises RuleBroken before it began, once it ended, or where it is paused."""
    entry = _on_site(known, activity)
    if entry.end is not None:
        raise RuleBroken(f"Its last day on site, {in_words(entry.end)}, is recorded. Record its periods instead.")
    if entry.paused is not None and entry.resumed is None:
        raise RuleBroken(f"It has been paused since {in_words(entry.paused)}, as is recorded.")
    if entry.paused is not None:
        raise RuleBroken("It was paused and resumed once already. Record its periods on site once they are over.")
    _in_its_time(known, entry, paused_on, by)
    known.tell(facts.FieldworkPaused, by, activity=entry.id, paused_on=paused_on)


def resume(known: Authority, activity: UUID, *, resumed_on: date, by: Told) -> None:
    """Inspectors came back after a pause. Raises RuleBroken without one, or for a day before it."""
    entry = _on_site(known, activity)
    if entry.paused is None:
        raise RuleBroken("No pause is recorded for it. Record the last day on site before the break first.")
    if entry.resumed is not None:
        raise RuleBroken(f"It was resumed on {in_words(entry.resumed)}, as is recorded.")
    _in_its_time(known, entry, resumed_on, by)
    if resumed_on <= entry.paused:
        raise RuleBroken(f"It was paused on {in_words(entry.paused)}; the first day after that is a later one.")
    known.tell(facts.FieldworkResumed, by, activity=entry.id, resumed_on=resumed_on)


def end(known: Authority, activity: UUID, *, ended_on: date, by: Told) -> None:
    """Inspectors left for good. Raises RuleBroken before they came, or where that is recorded; while it is paused, for
    any day but the last before the break, with which it then ended."""
    entry = _on_site(known, activity)
    if entry.end is not None:
        raise RuleBroken(f"Inspectors left on {in_words(entry.end)}, as is recorded. Correct that if it is wrong.")
    if entry.paused is not None and entry.resumed is None and ended_on != entry.paused:
        raise RuleBroken(
            f"It has been paused since {in_words(entry.paused)}. Record when it was resumed first, or give that day as "
            "the last one if it is not to be resumed."
        )
    _in_its_time(known, entry, ended_on, by)
    if entry.resumed is not None and ended_on < entry.resumed:
        raise RuleBroken(f"It was resumed on {in_words(entry.resumed)}; the last day on site cannot be before that.")
    known.tell(facts.FieldworkEnded, by, activity=entry.id, ended_on=ended_on)


def record_periods(known: Authority, activity: UUID, *, periods: Sequence[PeriodOnSite], by: Told) -> None:
    """All periods on site, two or more. Needs a reason where others are held.

    Raises RuleBroken where they do not follow each other, lie in the future or after publication, or are those held."""
    entry = known.of_kind(
        activity, *CALLED, otherwise="Only an inspection, a visit or a joint inspection has periods on site."
    )
    if len(periods) < 2:
        raise RuleBroken("Give two periods on site or more. One alone is its first and its last day.")
    days = [day for one in periods for day in (one.start, one.end)]
    if days != sorted(days) or any(one.end >= other.start for one, other in pairwise(periods)):
        raise RuleBroken("The periods do not follow each other. Give each with its first and last day, in order.")
    for day in days:
        known.must_have_happened(day, by=by)
    if entry.published is not None and days[-1] > entry.published:
        raise RuleBroken(f"The report was published on {in_words(entry.published)}, before the last of these days.")
    if entry.periods == tuple(periods):
        raise RuleBroken("Those are the periods already held.")
    if entry.periods:
        must_give_a_reason(by)
    known.tell(facts.PeriodsOnSiteRecorded, by, activity=entry.id, periods=tuple(periods))


def _called(known: Authority, activity: UUID) -> Activity:
    entry = known.activity(activity)
    if entry.notified is None:
        raise RuleBroken(NO_CALL)
    if entry.call_withdrawn is not None:
        raise RuleBroken(f"The call was withdrawn on {in_words(entry.call_withdrawn)}. Record a new one if one came.")
    return entry


def _on_site(known: Authority, activity: UUID) -> Activity:
    entry = known.of_kind(
        activity, *CALLED, otherwise="Only an inspection, a visit or a joint inspection takes place on site."
    )
    if entry.start is None:
        raise RuleBroken("Record first on which day inspectors came.")
    return entry


def _in_its_time(known: Authority, entry: Activity, day: date, by: Told) -> None:
    known.must_have_happened(day, by=by)
    if entry.start is not None and day < entry.start:
        raise RuleBroken(f"Inspectors came on {in_words(entry.start)}; that day is an earlier one.")
    if entry.published is not None and day > entry.published:
        raise RuleBroken(f"The report was published on {in_words(entry.published)}; that day is a later one.")


def _not_before_the_call(entry: Activity, day: date) -> None:
    if entry.notified is not None and day < entry.notified:
        raise RuleBroken(f"Ofsted called on {in_words(entry.notified)}; that day is an earlier one.")
