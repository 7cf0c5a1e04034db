"""Why no visit overrides the type, and which windows were not counted (R-011, R-044, R-045, R-081, R-092)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.rulebook.episodes import last_time
from domain.rulebook.graded_windows import NoOverride, has_priority_action, why_no_override
from domain.rulebook.results import PATHWAY_IN_WORDS, Pathway
from domain.rulebook.row_words import in_force
from domain.rulebook.rows import INTERVALS, PANDEMIC_COHORT, PANDEMIC_PAUSE, CountedFrom, Interval
from domain.rulebook.situation import Situation
from domain.rulebook.steps import ASKED, ROW_NUMBERS, Input, RowUsed, Unapplied, from_activity
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import capital, in_words, listed

_WHY_NO_OVERRIDE = {
    NoOverride.NOT_YET_PUBLIC: "its letter is not public yet, so what it found is not known",
    NoOverride.NO_PRIORITY_ACTION: "its letter, as held here, names no area for priority action",
    NoOverride.NOT_STATED: "no source held here says whether its letter names an area for priority action",
    NoOverride.BEFORE_REPORT: "it began before the governing report was published",
    NoOverride.RESOLVED: "its priority action was resolved",
}


def priority_action(now: Situation) -> Iterator[Unapplied]:
    """Each visit since the governing report, or with priority action, that does not override the type, and why."""
    report = now.governs
    if report is None:
        return
    found = False
    for visit in now.visible(Kind.FOCUSED_VISIT, Kind.JTAI, Kind.MONITORING_VISIT):
        why = _why_it_does_not(now, visit, report)
        if why is not None:
            found = True
            when = last_time(now.known(visit))
            yield Unapplied(
                rule="R-092",
                why=f"{capital(_named_only(visit))} {when}: {why}.",
                inputs=(from_activity("Visit", visit, now.on),),
            )
    if not found and now.priority_visit is None:
        yield Unapplied(
            rule="R-092",
            why="No focused visit since the governing report, "
            f"{in_words(report.public_on)}, is held that is public by {in_words(now.on)}.",
        )


def _why_it_does_not(now: Situation, visit: Activity, report: Activity) -> str | None:
    """None where nobody would ask: of the visit that overrides, and of earlier ones without priority action."""
    since = visit.true_on >= report.public_on
    with_action = visit.public_on <= now.on and has_priority_action(visit)
    if not (since or with_action) or (now.priority_visit is not None and visit.id == now.priority_visit.id):
        return None
    reason = why_no_override(visit, report.public_on, now.on)
    if reason is NoOverride.NOT_FOCUSED:
        what = "a joint inspection" if visit.kind is Kind.JTAI else "a monitoring visit"
        return f"it was {what}: only a focused visit overrides the type" if with_action and since else None
    if reason is NoOverride.RESOLVED and visit.priority_action_resolved is not None:
        return f"{_WHY_NO_OVERRIDE[reason]} on {in_words(visit.priority_action_resolved)}"
    if reason is not None:
        return _WHY_NO_OVERRIDE[reason]
    if now.pathway is Pathway.INADEQUATE:
        return "the pathway is inadequate, on which the next is a standard inspection anyway"
    if now.pathway is Pathway.UNKNOWN:
        return "the pathway is unknown, so no type is expected that could be overridden"
    return "a later focused visit with priority action counts instead"


def _named_only(visit: Activity) -> str:
    return {
        Kind.FOCUSED_VISIT: "the focused visit",
        Kind.JTAI: "the joint inspection",
        Kind.MONITORING_VISIT: "the monitoring visit",
    }[visit.kind]


def other_windows(now: Situation) -> Iterator[Unapplied]:
    """The pandemic where it does not bear on the window, and the intervals of other frameworks."""
    report = now.governs
    if report is None or now.pathway is Pathway.UNKNOWN:
        return
    if not PANDEMIC_COHORT.in_force(report.public_on):
        yield Unapplied(
            rule=PANDEMIC_COHORT.rule,
            why=f"The report was published on {in_words(report.public_on)}, not "
            f"{in_force(PANDEMIC_COHORT)}, so the pandemic is not noted on its window.",
            inputs=(Input("Published", report.public_on, report.id),),
        )
    if PANDEMIC_PAUSE.in_force(now.on):
        yield Unapplied(
            rule=PANDEMIC_PAUSE.rule,
            why=f"Graded inspections were paused {in_force(PANDEMIC_PAUSE)}; no window is moved for it.",
            row=RowUsed(PANDEMIC_PAUSE, ASKED, now.on),
        )
    for row in INTERVALS:
        if row.pathway is Pathway.INADEQUATE and row.rule in ("R-044", "R-045"):
            yield from _other_interval(now, report, row)


def _other_interval(now: Situation, report: Activity, row: Interval) -> Iterator[Unapplied]:
    fits = report.framework in row.frameworks
    inadequate = now.pathway is Pathway.INADEQUATE
    if fits and inadequate:
        return
    framework = report.framework.value if report.framework else "not known"
    if inadequate:
        others = listed(sorted(one.value for one in row.frameworks))
        why = f"The framework of the governing report is {framework}, not {others}."
    elif fits and row.counted_from is CountedFrom.PLAN_DUE:
        why = f"The report is of the single inspection framework, but its pathway is {PATHWAY_IN_WORDS[now.pathway]}."
    else:
        return
    yield Unapplied(row.rule, why, (Input(ROW_NUMBERS["frameworks"], framework, report.id),))
