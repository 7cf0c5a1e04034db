"""The next graded inspection as an expectation: its sentence and caveats (R-025 to R-034, R-044, R-045, R-070)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.rulebook.announced_expectations.inspections import (
    called_inspection,
    has_come,
    length_not_told,
    only_called,
    rules_of_call,
    status_with_call,
    with_call,
)
from domain.rulebook.cycle import usual_visits_came
from domain.rulebook.episodes import earlier_visit, six_month_aim
from domain.rulebook.evidence import AfterFormation, AfterPriority, AfterReport, Worked
from domain.rulebook.graded_windows import (
    counted_from,
    first_likely_start,
    first_window,
    interval,
    next_graded,
    next_measured,
    status_on,
)
from domain.rulebook.pathway import WindowAnchor, decided_by_inference, failing_decides, pathway_test
from domain.rulebook.results import PATHWAY_IN_WORDS, TYPE_IN_WORDS, Expectation, Graded, GradedType, Pathway
from domain.rulebook.row_words import starts_on_mondays
from domain.rulebook.rows import (
    AFTER_PRIORITY_ACTION,
    FIRST_ILACS_ALL_DONE,
    FIRST_INSPECTIONS,
    ILACS_IN_FORCE,
    PANDEMIC_COHORT,
    REINSPECTIONS,
    AfterPriorityAction,
    CountedFrom,
    Interval,
    row_on,
)
from domain.rulebook.situation import Situation
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity
from domain.values.words import figure_in_words, in_words, month_in_words, period_in_words

ANCHOR_IN_WORDS = {
    WindowAnchor.PUBLICATION: "publication",
    WindowAnchor.LAST_DAY_ON_SITE: "the last day on site",
    WindowAnchor.FIRST_DAY_ON_SITE: "the first day on site",
}


def graded_expected(now: Situation) -> Iterator[Worked]:
    """The next graded inspection and its window; where the pathway is unknown only one under way (R-020, R-025, R-094,
    R-097)."""
    graded = now.expected_next.graded
    report = now.governs
    if graded.type is None:
        yield from called_inspection(now)
        return
    if report is None or report.framework is None:
        yield from _first_inspection(now)
        return
    months = interval(now.pathway, report.framework, now.on)
    follows = next_graded(now.pathway, now.on)
    inferred = decided_by_inference(report)
    rules = [pathway_test(report).rule]
    if failing_decides(report):
        rules.append("R-024")
    rules += [follows.rule] if now.priority_visit is None else ["R-034", "R-092"]
    rules += [months.rule, "R-090", *rules_of_call(now)]
    if PANDEMIC_COHORT.in_force(report.public_on):
        rules.append(PANDEMIC_COHORT.rule)
    workings = _workings(now, graded, report, months)
    expected = Expectation(
        activity=graded.type.value,
        basis="pathway",
        due_from=graded.window_from,
        due_to=graded.window_to,
        status=status_with_call(now, graded.status),
        why=with_call(now, _why(now, graded, graded.type, report, months, inferred=inferred)),
        rules=tuple(rules),
        caveats=tuple(_caveats(now, graded, workings)),
        inferred=inferred,
        only_called=only_called(now),
    )
    yield Worked(expected, workings)


def _workings(now: Situation, graded: Graded, report: Activity, months: Interval) -> AfterReport:
    first, last = graded.window_from, graded.window_to
    in_cohort = PANDEMIC_COHORT.in_force(report.public_on)
    return AfterReport(
        report=report,
        follows=next_graded(now.pathway, now.on),
        interval=months,
        counted=counted_from(report, months, now.holidays, now.policy),
        first=first,
        last=last,
        likely_start=first_likely_start(max(first, now.on)) if first else None,
        stretched_to=add_months(last, PANDEMIC_COHORT.later_by_months) if last and in_cohort else None,
    )


def after_priority_action(now: Situation) -> Iterator[Worked]:
    """The standard inspection that follows priority action at a focused visit, 5 to 18 months later (R-034, R-092)."""
    override, visit = now.expected_next.priority_action_override, now.priority_visit
    if override is None or visit is None:
        return
    row = row_on(AFTER_PRIORITY_ACTION, visit.true_on)
    first, last = override.expected_from_month.first_day, override.expected_to_month.last_day
    expected = Expectation(
        activity=override.type.value,
        basis="priority_action",
        due_from=first,
        due_to=last,
        status=status_with_call(now, status_on(now.on, first, last)),
        why=f"The focused visit of {period_in_words(override.visit_month)} found an area for priority action; after "
        f"one the next inspection was a standard one in all {row.inspections} cases, expected here from "
        f"{period_in_words(override.expected_from_month)} to {period_in_words(override.expected_to_month)}.",
        rules=("R-034", "R-092", *rules_of_call(now)),
        caveats=(came_after_priority_action(row), further_visit_first(row)),
        only_called=only_called(now),
    )
    yield Worked(expected, AfterPriority(visit, row, override))


def came_after_priority_action(row: AfterPriorityAction) -> str:
    """How many of the inspections measured came in the months stated, and how many later (R-034)."""
    return (
        f"About half of such inspections came in these months ({row.inside} of {row.inspections}), nearly all others "
        f"later ({row.later}), the latest {row.latest_months} months after the visit."
    )


def further_visit_first(row: AfterPriorityAction) -> str:
    """How often another focused visit came before the inspection (R-034)."""
    return (
        f"A further focused visit may come first, as in {row.further} of {row.inspections} cases, "
        f"{row.further_from} to {row.further_to} months after the one before."
    )


def _reinspections() -> str:
    measured = REINSPECTIONS
    return (
        f"The {measured.inspections} re-inspections of authorities judged since {measured.start.year} came "
        f"{figure_in_words(measured.least_months)} to {figure_in_words(measured.most_months)} months after "
        f"publication, the middle one after {figure_in_words(measured.median_months)} ({measured.rule})."
    )


def _first_inspection(now: Situation) -> Iterator[Worked]:
    if now.formed_on is None:
        return
    row = row_on(FIRST_INSPECTIONS, now.on)
    first, last = first_window(now.formed_on, now.on)
    expected = Expectation(
        activity=GradedType.STANDARD.value,
        basis="pathway",
        due_from=first,
        due_to=last,
        status=status_with_call(now, status_on(now.on, first, last)),
        why=with_call(
            now,
            f"The authority was formed on {in_words(now.formed_on)} and has no graded report of its own, so its first "
            f"inspection is a standard one, inferred to come between {in_words(first)} and {in_words(last)}.",
        ),
        rules=(row.rule, "R-094", *rules_of_call(now)),
        caveats=(
            f"The {row.from_months} to {row.to_months} months are inferred from six new councils; no window is set.",
            f"A focused visit can come first, as it did {row.visit_from_months} and {row.visit_to_months} months after "
            "formation in two of them.",
        ),
        inferred=True,
        only_called=only_called(now),
    )
    yield Worked(expected, AfterFormation(now.formed_on, next_graded(now.pathway, now.on), row, first, last))


def _why(
    now: Situation, graded: Graded, expected: GradedType, report: Activity, months: Interval, *, inferred: bool
) -> str:
    because = (
        f"The report published on {in_words(report.public_on)} put the authority on the "
        f"{PATHWAY_IN_WORDS[now.pathway]} pathway{' (inferred)' if inferred else ''}"
    )
    what, then = TYPE_IN_WORDS[expected], ""
    if now.priority_visit is not None:
        what = "the next inspection"
        then = (
            f" A focused visit since then found an area for priority action, so it would be {TYPE_IN_WORDS[expected]}; "
            "how long after such a visit one came is told apart."
        )
    if graded.window_from is None or graded.window_to is None:
        return (
            f"{because}, so {what} is expected; its window cannot be counted, as the bank holidays are not known.{then}"
        )
    if months.counted_from is CountedFrom.ANCHOR:
        counted = ANCHOR_IN_WORDS[now.policy.window_anchor]
    else:
        counted = "its action plan was due"
    ends = now.authority.ends_on
    expects = "would be expected" if ends is not None and graded.window_from >= ends else "is expected"
    return (
        f"{because}, so {what} {expects} between {in_words(graded.window_from)} and {in_words(graded.window_to)}, "
        f"{months.from_months} to {months.to_months} months after {counted}.{then}"
    )


def _caveats(now: Situation, graded: Graded, workings: AfterReport) -> Iterator[str]:
    if has_come(now):
        if (unsure := length_not_told(now)) is not None:
            yield unsure
        yield "The window stays as it was counted; pathway and window change with the report (R-103)."
    else:
        yield from _while_it_is_waited_for(now, graded, workings)
    if workings.report.published is None:
        yield "The publication date is not known; the last known day stands in its place."


def _while_it_is_waited_for(now: Situation, graded: Graded, workings: AfterReport) -> Iterator[str]:
    yield "Ofsted publishes no dates in advance; this is an expectation, not a limit."
    if graded.type is GradedType.SHORT:
        measured = next_measured(now.pathway)
        yield f"Of {measured.inspections} such inspections {measured.standard} were standard ones ({measured.rule})."
    if now.on < ILACS_IN_FORCE:
        yield f"The framework these rules describe was first used in {month_in_words(ILACS_IN_FORCE)}."
    if workings.stretched_to is not None:
        yield (
            "Affected by the pandemic: the window is not moved, but its end may be read as "
            f"{in_words(workings.stretched_to)}, and every authority then existing had its first inspection by "
            f"{in_words(FIRST_ILACS_ALL_DONE)} (R-081)."
        )
    soon = six_month_aim(earlier_visit(now, after=workings.first))
    if soon is not None:
        yield soon
    if now.pathway is Pathway.INADEQUATE and REINSPECTIONS.in_force(workings.report.public_on):
        yield _reinspections()
    came = usual_visits_came(now)
    if came is not None:
        yield came
    if workings.likely_start is not None:
        yield (f"{starts_on_mondays()}, so the first likely start is {in_words(workings.likely_start)} (R-050).")
