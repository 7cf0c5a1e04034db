"""Visits between inspections that do not come, or of which nothing is to be expected (R-030, R-040, R-043, R-050)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.rulebook.calendar_rows import EPISODE_GAP_MONTHS, FOCUSED_VISITS_A_CYCLE
from domain.rulebook.cycle import focused_visits, last_there, last_time, monitoring_row
from domain.rulebook.deadline_rows import MONITORING_INTERVALS
from domain.rulebook.evidence import FocusedVisits
from domain.rulebook.results import PATHWAY_IN_WORDS, Pathway
from domain.rulebook.rows import ILACS_IN_FORCE
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Input, Unapplied, from_activity
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import in_words, number_in_words


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
        yield from _while_inadequate(now.governs)
    elif now.pathway is not Pathway.UNKNOWN:
        yield from _while_not_inadequate(now)
    yield from _six_months_over(now)
    yield from _letters(now)


def _while_inadequate(report: Activity) -> Iterator[Unapplied]:
    yield Unapplied(
        rule="R-030",
        why="While the pathway is inadequate, monitoring visits come in place of focused visits (R-040).",
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
    if now.on < ILACS_IN_FORCE:
        return
    counted = focused_visits(now)
    if now.awaits is not None:
        yield Unapplied("R-030", "A report is awaited, so no focused visit is expected before it.")
    elif counted.left == 0 and now.priority_visit is None:
        yield Unapplied(
            rule="R-030",
            why=f"Since {in_words(counted.since)} {number_in_words(len(counted.visits), 'focused visit')} and "
            f"{number_in_words(len(counted.joint), 'joint inspection')} use up the {FOCUSED_VISITS_A_CYCLE} of a "
            "cycle; a joint inspection counts for one at most.",
            inputs=_visits(counted, now.on),
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
