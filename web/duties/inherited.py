"""What of an authority that ended is not known to go on with one that followed it: shown as context (R-070, R-074)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.rulebook.results import Pathway, Standing
from web.site import reader
from web.site.reader import Asked
from web.words import words


def not_inherited(standing: Standing, asked: Asked) -> list[tuple[tuple[str, str], str]]:
    """Of each predecessor, by number and name, whose monitoring or priority action no rule passes on, a sentence; none
    once the authority was judged itself, or where the rulebook says that monitoring carries over."""
    if standing.pathway is not Pathway.NOT_YET_JUDGED or standing.inherited_monitoring:
        return []
    found = []
    for urn in standing.authority.predecessors:
        was = reader.authority(urn)
        if was.abolished_on is None or was.abolished_on > asked.as_at:
            continue
        last = replace(asked, as_at=was.abolished_on - timedelta(days=1))
        then = reader.history(urn, last).standing.standing
        now = reader.history(urn, asked).standing.standing
        if Pathway.INADEQUATE in (then.pathway, now.pathway):
            late = "" if then.pathway is Pathway.INADEQUATE else ", by a report published later"
            said = f"{was.name} was inadequate when it ended{late}; whether monitoring goes on here is not known."
            found.append(((urn, was.name), said))
        if (after := then.expected_next.priority_action_override) is not None:
            month = words.period(after.visit_month)
            said = (
                f"A focused visit to {was.name} in {month} found an area for priority action; whether that stands here "
                "is not known."
            )
            found.append(((urn, was.name), said))
    return found
