"""What is told of an inspection or visit from the call to its last day on site (R-059, R-097, R-100)."""

from __future__ import annotations

from datetime import date

from domain.facts.authority_base import EntryFact
from domain.values.statements import Kind, PeriodOnSite, Variant


class InspectionNotified(EntryFact, name="inspection.notified"):
    """Ofsted told the authority that inspectors will come. Source: Ofsted's notification.

    `kind` is the form of a graded inspection where it was told; `visit` what else was called: None for a graded
    inspection. `expected_start` and `expected_end` are the first and last day on site as announced, inclusive. Who
    called is not kept."""

    kind: Variant | None
    notified_on: date
    visit: Kind | None
    expected_start: date | None
    expected_end: date | None


class CallWithdrawn(EntryFact, name="call.withdrawn"):
    """Ofsted took the call back, or put the inspection off before it began (R-103); `reason` says why."""

    withdrawn_on: date


class FieldworkPaused(EntryFact, name="fieldwork.paused"):
    """The inspection was broken off; `paused_on` is the last day on site before the break (R-059)."""

    paused_on: date


class FieldworkResumed(EntryFact, name="fieldwork.resumed"):
    """Inspectors came back; `resumed_on` is the first day on site after the break (R-059)."""

    resumed_on: date


class PeriodsOnSiteRecorded(EntryFact, name="periods.recorded"):
    """The periods on site as the report prints them, two or more, in order (R-059)."""

    periods: tuple[PeriodOnSite, ...]
