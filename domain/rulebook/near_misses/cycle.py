"""Visits between inspections that do not come, or of which nothing is to be expected (R-030, R-040, R-043, R-050)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.rulebook.calendar_rows import EPISODE_GAP_MONTHS, JTAI_REPLACES
from domain.rulebook.cycle import (
    came_in_words,
    focused_visits,
    monitoring_row,
    more_in_words,
    visits_between,
)
from domain.rulebook.deadline_rows import MONITORING_INTERVALS
from domain.rulebook.episodes import last_there, last_time
from domain.rulebook.evidence import FocusedVisits
from domain.rulebook.results import PATHWAY_IN_WORDS, Pathway
from domain.rulebook.rows import ILACS_IN_FORCE
from domain.rulebook.situation import Situation
from domain.rulebook.steps import ASKED, Input, RowUsed, Unapplied, from_activity
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import in_words, spelt


def between(now: Situation) -> Iterator[Unapplied]:
    """Visits that do not come on this pathway, a cycle that is used up, and months of peace that are over."""
    if now.abolished or now.governs is None:
        return
    if now.on < ILACS_IN_FORCE:
        yield Unapplied(
            rule="R-002",
            why=f"On {in_words(now.on)} the present framework was not in use: neither focused visits nor a yearly "
            "meeting are expected.",
        )
    if now.pathway is Pathway.INADEQUATE:
        yield from _while_inadequate(now.governs, now.on)
    elif now.pathway is not Pathway.UNKNOWN:
        yield from _while_not_inadequate(now)
    yield from _six_months_over(now)
    yield from _letters(now)
    yield from _calls_withdrawn(now)


def _calls_withdrawn(now: Situation) -> Iterator[Unapplied]:
    """Calls of the present interval that were taken back."""
    for called in now.seen():
        if called.notified is None or called.call_withdrawn is None or called.notified < now.counts_from:
            continue
        yield Unapplied(
            rule="R-103",
            why=f"The call of {in_words(called.notified)} was withdrawn on {in_words(called.call_withdrawn)}; one of "
            "which nothing came changes nothing.",
            inputs=(
                Input("Called", called.notified, called.id),
                Input("Withdrawn", called.call_withdrawn, called.id),
            ),
        )


def _while_inadequate(report: Activity, on: date) -> Iterator[Unapplied]:
    row = visits_between(Pathway.INADEQUATE, on)
    yield Unapplied(
        rule=row.rule,
        why="While the pathway is inadequate, monitoring visits come in place of focused visits and joint inspections: "
        f"neither came in any of {row.intervals} such intervals.",
        row=RowUsed(row, ASKED, on),
    )
    if monitoring_row(report.public_on) is None:
        since = in_words(min(row.start for row in MONITORING_INTERVALS))
        yield Unapplied(
            rule="R-043",
            why=f"The report was published on {in_words(report.public_on)}; single inspections published before "
            f"{since} followed an older monitoring scheme, whose times are not held here.",
        )


def _while_not_inadequate(now: Situation) -> Iterator[Unapplied]:
    if not now.inherited_monitoring:
        yield Unapplied(
            rule="R-040",
            why=f"The pathway is {PATHWAY_IN_WORDS[now.pathway]}: monitoring visits and action planning visits go to "
            "inadequate authorities only.",
        )
    if now.on < ILACS_IN_FORCE or now.pathway is Pathway.NOT_YET_JUDGED:
        return
    counted = focused_visits(now)
    if now.inspected:
        come = "A report is awaited" if now.awaits is not None else "An inspection has been called or is on site"
        yield Unapplied(counted.row.rule, f"{come}, so no focused visit is expected before its report.")
    elif counted.left == 0 and now.priority_visit is None:
        yield Unapplied(
            rule=counted.row.rule,
            why=f"{came_in_words(counted)}{_joint_count(counted)}; {more_in_words(counted)}. So no further one is "
            "expected.",
            inputs=_visits(counted, now.on),
            row=RowUsed(counted.row, ASKED, now.on),
        )


def _six_months_over(now: Situation) -> Iterator[Unapplied]:
    found = last_there(now)
    if found is not None and found.clear_from <= now.on:
        yield Unapplied(
            rule="R-050",
            why=f"Inspectors were last there {last_time(now.known(found.latest))}, as held here; the "
            f"{EPISODE_GAP_MONTHS} months that Ofsted aims to leave ended on {in_words(found.clear_from)}.",
            inputs=(from_activity("Inspectors were last there", found.latest, now.on),),
        )


def _joint_count(counted: FocusedVisits) -> str:
    more = len(counted.joint) > JTAI_REPLACES
    return f", of joint inspections {spelt(JTAI_REPLACES)} counted" if more else ""


def _visits(counted: FocusedVisits, on: date) -> tuple[Input, ...]:
    return tuple(from_activity("Counted", visit, on) for visit in (*counted.visits, *counted.joint))


def _letters(now: Situation) -> Iterator[Unapplied]:
    """A first monitoring visit whose letter would by now be awaited, were it published."""
    for visit in now.visible(Kind.MONITORING_VISIT):
        if visit.true_on < now.counts_from or visit.number != 1:
            continue
        if visit.published is None and visit.published_by_council is None and visit.last_day:
            yield Unapplied(
                rule="R-046",
                why=f"No letter of Ofsted's is expected on the first monitoring visit {last_time(now.known(visit))}.",
                inputs=(from_activity("Visit", visit, now.on),),
            )
