"""Which monitoring visit the next one is, counted from the inadequate report that counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.rulebook.pathway import governing, pathway_of
from domain.rulebook.results import Pathway
from domain.values.activities import Activity
from domain.values.statements import Kind


def next_monitoring_number(activities: Sequence[Activity], on: date) -> int | None:
    """One more than the highest number since the report (R-043), or than how many came after it.

    The first visit is in no public list (R-046), so without a number the count may be too low: an officer looks at it.
    None where no inadequate report counts on the day."""
    report = governing(activities, on)
    if report is None or pathway_of(report) is not Pathway.INADEQUATE:
        return None
    visits = [one for one in activities if one.kind is Kind.MONITORING_VISIT and one.counts and not one.only_called]
    since = sorted((one for one in visits if report.public_on <= one.true_on <= on), key=lambda one: one.true_on)
    number = 0
    for visit in since:
        number = max(number + 1, visit.number or 0)
    return number + 1
