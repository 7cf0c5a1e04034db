"""Rules that nearly applied, and why they did not: what a reader who knows the rulebook would ask next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date

from domain.activities import Activity
from domain.judgements import IN_WORDS, Area, Grade
from domain.rulebook.cycle import focused_visits, last_time, latest_episode, monitoring_row
from domain.rulebook.deadline_rows import (
    HOLD_BEFORE_DAYS,
    MONITORING_INTERVALS,
    PLAN_TIMES,
    POLLING_DAYS,
    PRIORITY_PLAN_TIMES,
    PUBLICATION_TIMES,
    YEARLY_CYCLES,
)
from domain.rulebook.graded import PATHWAY_IN_WORDS
from domain.rulebook.pathway import decided_by_inference, gave_way, pathway_test, published_reports
from domain.rulebook.row_words import in_force
from domain.rulebook.rows import (
    AFTER_PRIORITY_ACTION,
    EPISODE_GAP_MONTHS,
    FIRST_INSPECTIONS,
    FOCUSED_VISITS_A_CYCLE,
    FORMED_SINCE,
    GOVERNING_FRAMEWORKS,
    ILACS_IN_FORCE,
    INHERITED_MONITORING,
    INTERVALS,
    NEXT_GRADED,
    NEXT_MEASURED,
    PANDEMIC_COHORT,
    PANDEMIC_PAUSE,
    PATHWAY_TESTS,
    UNKNOWN_GRADES_DAYS,
    CountedFrom,
    Deciding,
    Interval,
    Row,
)
from domain.rulebook.rules import RULES, Rule
from domain.rulebook.situation import Situation
from domain.rulebook.standing import Pathway
from domain.rulebook.steps import Input, RowUsed, Step, from_activity, numbers_of
from domain.rulebook.windows import NoOverride, has_priority_action, plan_time, why_no_override
from domain.rulebook.words import GRADE_IN_WORDS, in_words, listed, number_in_words
from domain.rulebook.working_days import add_months
from domain.rulebook.workings import FocusedVisits, Publication, Worked
from domain.statements import Kind

TABLES: Sequence[Sequence[Row]] = (
    PATHWAY_TESTS,
    NEXT_GRADED,
    NEXT_MEASURED,
    INTERVALS,
    FIRST_INSPECTIONS,
    AFTER_PRIORITY_ACTION,
    PUBLICATION_TIMES,
    PLAN_TIMES,
    PRIORITY_PLAN_TIMES,
    MONITORING_INTERVALS,
    YEARLY_CYCLES,
)
"""Every table of rows of which one is in force at a time."""

WHOM = frozenset({"pathway", "pathways", "frameworks", "kinds"})
"""The fields of a row that say whom it speaks of: rows alike in these follow one another in time."""


@dataclass(frozen=True)
class Unapplied:
    """A rule that did not apply. `why` is a sentence; `row` the row that would have been read, where there is one."""

    rule: str
    why: str
    inputs: tuple[Input, ...] = ()
    row: RowUsed | None = None

    @property
    def says(self) -> Rule:
        """The rule's sentence, source and confidence."""
        return RULES[self.rule]


def unapplied(now: Situation, workings: Sequence[Worked], steps: Iterable[Step]) -> tuple[Unapplied, ...]:
    """In order of the question they answer: pathway, type, window, deadlines, what comes between, and other rows."""
    return (
        *_other_reports(now),
        *_other_judgements(now),
        *_new_authority(now),
        *_without_report(now),
        *_priority_action(now),
        *_other_windows(now),
        *_plans(now),
        *_between(now),
        *_elections(workings),
        *_other_rows(steps),
    )


# --- which report, and what it says ---------------------------------------------------------------------------------


def _other_reports(now: Situation) -> Iterator[Unapplied]:
    public = published_reports(now.activities, now.on)
    by_id = {report.id: report for report in public}
    for given, to in gave_way(public).items():
        report = by_id[given]
        yield Unapplied(
            rule="R-096",
            why=f"A report published on {in_words(report.public_on)} does not govern: no source knows its grades, and "
            f"one with known grades was published on {in_words(to.public_on)}, at most {UNKNOWN_GRADES_DAYS} days "
            "before it.",
            inputs=(from_activity("Report without known grades", report, now.on), from_activity("To", to, now.on)),
        )
    if now.governs is not None:
        for report in public:
            if report.id != now.governs.id and report.public_on == now.governs.public_on:
                yield Unapplied(
                    rule="R-096",
                    why=f"Another report was published on the same day, {in_words(report.public_on)}; the one that "
                    "began later governs.",
                    inputs=(from_activity("The other report", report, now.on),),
                )
    older = [one for one in now.seen() if one.kind is Kind.INSPECTION and one.framework not in GOVERNING_FRAMEWORKS]
    since = now.governs.public_on if now.governs else date.min
    for inspection in older:
        if inspection.public_on >= since:
            framework = inspection.framework.value if inspection.framework else "not known"
            yield Unapplied(
                rule="R-096",
                why=f"An inspection under an older or unknown framework ({framework}) is history only and never "
                "governs.",
                inputs=(from_activity("Inspection", inspection, now.on),),
            )


def _other_judgements(now: Situation) -> Iterator[Unapplied]:
    report = now.governs
    if report is None:
        return
    overall = report.grades.get(Area.OVERALL_EFFECTIVENESS)
    inadequate = [IN_WORDS[area] for area, grade in report.grades if grade is Grade.INADEQUATE]
    if pathway_test(report).by is Deciding.OVERALL:
        if overall is not None and overall is not Grade.INADEQUATE and inadequate:
            yield Unapplied(
                rule="R-022",
                why=f"The report is inadequate for {listed(inadequate)}, yet its overall grade is not; the overall "
                "grade decides and is never worked out from the others.",
            )
        yield Unapplied(
            rule="R-024",
            why="It is read only where there is no overall grade; this report has one"
            + ("." if overall is not None else ", though no source held here knows it."),
        )
    elif not decided_by_inference(report):
        known = len(report.grades) == len(_FOUR)
        yield Unapplied(
            rule="R-024",
            why="No judgement is inadequate." if known else "No judgement known here is inadequate.",
            inputs=tuple(
                Input(_capital(IN_WORDS[area]), GRADE_IN_WORDS[grade], report.id) for area, grade in report.grades
            ),
        )


_FOUR = (Area.IMPACT_OF_LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS)


def _new_authority(now: Situation) -> Iterator[Unapplied]:
    formed = _formed(now)
    if formed is not None and formed > now.on:
        yield Unapplied("R-070", "The authority had not been formed by the day asked.")
    elif now.governs is not None and formed is not None and formed >= FORMED_SINCE:
        yield Unapplied(
            rule="R-070",
            why=f"The authority was formed on {in_words(formed)}, and has had a graded report of its own since "
            f"{in_words(min(report.public_on for report in published_reports(now.activities, now.on)))}.",
            inputs=(Input("Authority formed", formed),),
        )
    elif now.governs is None and now.pathway is Pathway.UNKNOWN:
        if formed is None:
            why = "No day of formation is held, so the authority is not taken for a new one without a grade."
        elif formed < FORMED_SINCE:
            why = (
                f"The authority was formed on {in_words(formed)}, before {in_words(FORMED_SINCE)}: it must have been "
                "inspected since, so that nothing is held means only that nothing is known here."
            )
        else:
            why = "Nothing at all is held on the authority, so that it has no report is not known either."
        yield Unapplied("R-070", why)
    for row in INHERITED_MONITORING:
        if row.urn == now.authority.urn and not now.inherited_monitoring:
            began = row.in_force(now.on)
            yield Unapplied(
                rule=row.rule,
                why="Its predecessor's monitoring carried over only until its first own graded report."
                if began
                else "Its predecessor's monitoring had not carried over to it by the day asked.",
                row=RowUsed(row, "the day asked", now.on) if began else None,
            )


def _without_report(now: Situation) -> Iterator[Unapplied]:
    if now.pathway is not Pathway.NOT_YET_JUDGED:
        return
    yield Unapplied("R-025", "No graded report of its own governs, so no window can be counted from one.")
    yield Unapplied("R-092", "No graded report governs whose type a visit could override; the first is a standard one.")
    if not now.inherited_monitoring:
        yield Unapplied("R-040", "It is not yet judged: monitoring visits go to inadequate authorities only.")


def _formed(now: Situation) -> date | None:
    created = (one.true_on for one in now.seen() if one.kind is Kind.AUTHORITY_CREATED)
    return min([*created, *([now.authority.formed_on] if now.authority.formed_on else [])], default=None)


# --- the type and the window ----------------------------------------------------------------------------------------

_WHY_NO_OVERRIDE = {
    NoOverride.NOT_YET_PUBLIC: "its letter is not public yet, so what it found is not known",
    NoOverride.NO_PRIORITY_ACTION: "its letter, as held here, names no area for priority action",
    NoOverride.BEFORE_REPORT: "it began before the governing report was published",
    NoOverride.RESOLVED: "its priority action was resolved",
}


def _priority_action(now: Situation) -> Iterator[Unapplied]:
    report = now.governs
    if report is None:
        return
    found = False
    for visit in now.visible(Kind.FOCUSED_VISIT, Kind.JTAI, Kind.MONITORING_VISIT):
        since = visit.true_on >= report.public_on
        with_action = visit.public_on <= now.on and has_priority_action(visit)
        reason = why_no_override(visit, report.public_on, now.on)
        if not (since or with_action) or (now.priority_visit is not None and visit.id == now.priority_visit.id):
            continue
        told = from_activity("Visit", visit, now.on)
        if reason is NoOverride.NOT_FOCUSED:
            if not with_action or not since:
                continue
            what = "a joint inspection" if visit.kind is Kind.JTAI else "a monitoring visit"
            why = f"it was {what}: only a focused visit overrides the type"
        elif reason is not None:
            why = _WHY_NO_OVERRIDE[reason]
            if reason is NoOverride.RESOLVED and visit.priority_action_resolved is not None:
                why += f" on {in_words(visit.priority_action_resolved)}"
        elif now.pathway is Pathway.INADEQUATE:
            why = "the pathway is inadequate, on which the next is a standard inspection anyway"
        elif now.pathway is Pathway.UNKNOWN:
            why = "the pathway is unknown, so no type is expected that could be overridden"
        else:
            why = "a later focused visit with priority action counts instead"
        found = True
        yield Unapplied(rule="R-092", why=f"{_capital(named_only(visit))} {_time(now, visit)}: {why}.", inputs=(told,))
    if not found and now.priority_visit is None:
        yield Unapplied(
            rule="R-092",
            why="No focused visit since the governing report, "
            f"{in_words(report.public_on)}, is held that is public by {in_words(now.on)}.",
        )


def named_only(visit: Activity) -> str:
    """What a visit is called, without its days."""
    return {
        Kind.FOCUSED_VISIT: "the focused visit",
        Kind.JTAI: "the joint inspection",
        Kind.MONITORING_VISIT: "the monitoring visit",
    }[visit.kind]


def _other_windows(now: Situation) -> Iterator[Unapplied]:
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
            row=RowUsed(PANDEMIC_PAUSE, "the day asked", now.on),
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
    yield Unapplied(row.rule, why, (Input("Framework of the governing report", framework, report.id),))


# --- deadlines ------------------------------------------------------------------------------------------------------


def _plans(now: Situation) -> Iterator[Unapplied]:
    report, due = now.governs, now.expected_next.action_plan_due
    if report is not None and not now.abolished:
        if not plan_time(report.public_on).shown:
            yield Unapplied(
                rule="R-091",
                why=f"The report was published on {in_words(report.public_on)}; of one published "
                f"{in_force(plan_time(report.public_on))} no date of an action plan is shown.",
            )
        elif due is not None and due < now.on:
            yield Unapplied(
                rule="R-060",
                why=f"The action plan on the governing report was due on {in_words(due)}, which is past.",
                inputs=(Input("Published", report.public_on, report.id), Input("Due", due)),
            )
        elif due is not None:
            for plan in now.visible(Kind.ACTION_PLAN_SUBMITTED):
                if plan.true_on >= report.public_on:
                    yield Unapplied(
                        rule="R-060",
                        why=f"The action plan was submitted {_time(now, plan)}, so it is no longer to be expected.",
                        inputs=(from_activity("Submitted", plan, now.on), Input("Due", due)),
                    )
    for inspection in now.visible(Kind.JTAI):
        statement = inspection.statement_due
        if inspection.public_on > now.on or inspection.true_on < now.counts_from:
            continue
        if statement is None:
            why = f"The letter on the joint inspection {_time(now, inspection)}, as held here, names no day."
        elif statement < now.on:
            why = f"The joint statement was due on {in_words(statement)}, which is past."
        else:
            continue
        yield Unapplied("R-062", why, (from_activity("Joint inspection", inspection, now.on),))


def _elections(workings: Sequence[Worked]) -> Iterator[Unapplied]:
    for worked in workings:
        known = worked.workings
        if isinstance(known, Publication) and known.found is not None and known.found.held_for is None:
            usual = known.found.ordinary
            nearest = min(POLLING_DAYS, key=lambda poll: abs((poll.start - usual).days))
            yield Unapplied(
                rule="R-054",
                why=f"The usual day, {in_words(usual)}, does not lie in the {HOLD_BEFORE_DAYS} days up to a polling "
                f"day; the nearest held here is {in_words(nearest.start)}.",
                inputs=(Input("Usual day", usual, known.fieldwork.id), Input("Nearest polling day", nearest.start)),
            )


# --- between inspections --------------------------------------------------------------------------------------------


def _between(now: Situation) -> Iterator[Unapplied]:
    if now.abolished or now.governs is None:
        return
    if now.on < ILACS_IN_FORCE:
        yield Unapplied(
            rule="R-002",
            why=f"On {in_words(now.on)} the present framework was not in use: neither focused visits nor a yearly "
            "meeting are expected.",
        )
    report = now.governs
    if now.pathway is Pathway.INADEQUATE:
        yield Unapplied(
            rule="R-030",
            why="While the pathway is inadequate, monitoring visits come in place of focused visits (R-040).",
        )
        if monitoring_row(report.public_on) is None:
            yield Unapplied(
                rule="R-043",
                why=f"The report was published on {in_words(report.public_on)}; single inspections published "
                f"before {in_words(MONITORING_INTERVALS[0].start)} followed an older monitoring scheme, "
                "whose times are not held here.",
            )
    elif now.pathway is not Pathway.UNKNOWN:
        if not now.inherited_monitoring:
            yield Unapplied(
                rule="R-040",
                why=f"The pathway is {PATHWAY_IN_WORDS[now.pathway]}: monitoring visits and action planning visits go "
                "to inadequate authorities only.",
            )
        counted = focused_visits(now)
        if now.on < ILACS_IN_FORCE:
            pass
        elif now.awaits is not None:
            yield Unapplied("R-030", "A report is awaited, so no focused visit is expected before it.")
        elif counted.left == 0 and now.priority_visit is None:
            yield Unapplied(
                rule="R-030",
                why=f"Since {in_words(counted.since)} {number_in_words(len(counted.visits), 'focused visit')} and "
                f"{number_in_words(len(counted.joint), 'joint inspection')} use up the {FOCUSED_VISITS_A_CYCLE} of a "
                "cycle; a joint inspection counts for one at most.",
                inputs=_visits(counted, now.on),
            )
    latest = latest_episode(now)
    if latest is not None and latest.last_day is not None and latest.last_day <= now.on:
        clear_from = add_months(latest.last_day, EPISODE_GAP_MONTHS)
        if clear_from <= now.on:
            yield Unapplied(
                rule="R-050",
                why=f"Inspectors were last there {_time(now, latest)}, as held here; the {EPISODE_GAP_MONTHS} months "
                f"that Ofsted aims to leave ended on {in_words(clear_from)}.",
                inputs=(from_activity("Inspectors were last there", latest, now.on),),
            )
    yield from _letters(now)


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
                why=f"No letter of Ofsted's is expected on the first monitoring visit {_time(now, visit)}.",
                inputs=(from_activity("Visit", visit, now.on),),
            )


# --- other rows of the tables used ----------------------------------------------------------------------------------


def _other_rows(steps: Iterable[Step]) -> Iterator[Unapplied]:
    """For each dated row used, the row that was in force before it and the one after it."""
    told: set[int] = set()
    for step in steps:
        used = step.row
        if used is None:
            continue
        for other in neighbours(used.row):
            if id(other) in told:
                continue
            told.add(id(other))
            numbers = "; ".join(f"{_small(one.name)}: {one.value}" for one in numbers_of(other) if _differs(one, used))
            yield Unapplied(
                rule=other.rule,
                why=f"The row in force {in_force(other)} says otherwise ({numbers}). It was not read, because "
                f"{used.compared} {f'is {in_words(used.on)}' if used.on else 'does not lead to it'}."
                if numbers
                else f"The row in force {in_force(other)} says the same.",
            )


def _differs(number: Input, used: RowUsed) -> bool:
    return number not in used.numbers


def neighbours(row: Row) -> tuple[Row, ...]:
    """The rows of the same table that speak of the same and end as it begins, or begin as it ends."""
    (table,) = [table for table in TABLES if row in table] or [()]
    whom = [field.name for field in fields(row) if field.name in WHOM]
    return tuple(
        other
        for other in table
        if other is not row
        and all(getattr(other, name) == getattr(row, name) for name in whom)
        and (other.end == row.start or other.start == row.end)
    )


def _time(now: Situation, activity: Activity) -> str:
    """When it was, as was known on the day asked."""
    return last_time(activity.as_seen_on(now.on) or activity)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
