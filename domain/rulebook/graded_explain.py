"""Why the next graded inspection is expected when it is, and as what, step by step (R-025 to R-045, R-090, R-092).

The days are read from the workings, none is counted here."""

from __future__ import annotations

from collections.abc import Iterator

from domain.rulebook.evidence import AfterFormation, AfterPriority, AfterReport
from domain.rulebook.graded import ANCHOR_IN_WORDS, came_after_priority_action
from domain.rulebook.graded_windows import next_graded, next_measured, plan_time
from domain.rulebook.pathway import WindowAnchor, failing_decides, pathway_test
from domain.rulebook.results import PATHWAY_IN_WORDS, TYPE_IN_WORDS, GradedType, Pathway
from domain.rulebook.row_words import closed_seasons
from domain.rulebook.rows import PANDEMIC_COHORT, Confidence, CountedFrom, Interval
from domain.rulebook.situation import Situation
from domain.rulebook.steps import ASKED, ROW_NUMBERS, Input, RowUsed, Step, from_activity
from domain.values.words import in_words, period_in_words, span_in_words


def after_report(workings: AfterReport, now: Situation) -> Iterator[Step]:
    """From the pathway to the window of the next graded inspection."""
    yield from _pathway(workings, now)
    yield from _type(workings, now)
    yield from _plan(workings)
    anchor = _anchor(workings, now)
    yield _months(workings, now, anchor)
    yield from _pandemic(workings)
    if workings.counted is None or workings.first is None or workings.last is None:
        yield Step(rule="R-090", inputs=(), result="The window cannot be counted.")
        return
    yield from _likely_start(workings, now)
    row = workings.interval
    yield Step(
        rule="R-090",
        inputs=(
            Input(f"Counted from {anchor}", workings.counted, workings.report.id),
            Input(ROW_NUMBERS["from_months"], row.from_months),
            Input(ROW_NUMBERS["to_months"], row.to_months),
        ),
        result=f"{_counted_in(row)} {span_in_words(workings.first, workings.last)}, both days included.",
        first=workings.first,
        last=workings.last,
    )


def _pathway(workings: AfterReport, now: Situation) -> Iterator[Step]:
    report = workings.report
    yield Step(
        rule=pathway_test(report).rule,
        inputs=(
            from_activity("Governing report", report, now.on),
            Input("Published", report.public_on, report.id),
            Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),
        ),
        result=f"The pathway is {PATHWAY_IN_WORDS[now.pathway]}: the steps to it are told first.",
        inferred=pathway_test(report).confidence is Confidence.INFERRED,
    )
    if failing_decides(report):
        yield Step(
            rule="R-024",
            inputs=(Input("Setting of this installation", now.policy.set_c_inadequate.value.replace("_", " ")),),
            result="That pathway rests on an inferred rule: no text of Ofsted's was found on it.",
            inferred=True,
        )


def _plan(workings: AfterReport) -> Iterator[Step]:
    """The day the action plan was due, where the window is counted from it (R-045)."""
    report = workings.report
    if workings.interval.counted_from is not CountedFrom.PLAN_DUE:
        return
    row = plan_time(report.public_on)
    yield Step(
        rule=row.rule,
        inputs=(Input("Published", report.public_on, report.id), Input("Working days", row.working_days)),
        result=f"The action plan on that report was due on {in_words(workings.counted)}, "
        f"{row.working_days} working days after publication."
        if workings.counted
        else "The day on which the action plan was due cannot be counted: the bank holidays are not known.",
        row=RowUsed(row, "the day of publication", report.public_on),
    )


def _anchor(workings: AfterReport, now: Situation) -> str:
    """What the window is counted from, in words."""
    if workings.interval.counted_from is CountedFrom.PLAN_DUE:
        return "the plan's due date"
    if workings.counted == workings.report.public_on:
        return ANCHOR_IN_WORDS[WindowAnchor.PUBLICATION]
    return ANCHOR_IN_WORDS[now.policy.window_anchor]


def _months(workings: AfterReport, now: Situation, anchor: str) -> Step:
    report, row = workings.report, workings.interval
    return Step(
        rule=row.rule,
        inputs=(
            Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),
            Input(
                ROW_NUMBERS["frameworks"],
                report.framework.value if report.framework else "not known",
                report.id,
            ),
        ),
        result=f"The next graded inspection is usual {row.from_months} to {row.to_months} months after {anchor}.",
        row=RowUsed(row, ASKED, now.on),
    )


def _pandemic(workings: AfterReport) -> Iterator[Step]:
    report, later = workings.report, workings.stretched_to
    if not PANDEMIC_COHORT.in_force(report.public_on):
        return
    yield Step(
        rule=PANDEMIC_COHORT.rule,
        inputs=(Input("Published", report.public_on, report.id),),
        result="The report lies in the days whose next inspections the pandemic delayed. The window is not moved"
        + (f"; its end may be read as {in_words(later)}." if later else "."),
        row=RowUsed(PANDEMIC_COHORT, "the day of publication", report.public_on),
    )


def _likely_start(workings: AfterReport, now: Situation) -> Iterator[Step]:
    if workings.first is None or workings.likely_start is None:
        return
    yield Step(
        rule="R-050",
        inputs=(
            Input("First day of the window", workings.first),
            Input("Day asked", now.on),
            Input("No inspection has started", closed_seasons()),
        ),
        result="Inspections start on Mondays outside those seasons, so the first likely start is "
        f"{in_words(workings.likely_start)}. This moves no window.",
    )


def _counted_in(row: Interval) -> str:
    if row.counted_from is CountedFrom.ANCHOR:
        return "The window is"
    return (
        f"Whole months are counted in the same way, though {row.from_months} and {row.to_months} from the plan's due "
        "date: the window is"
    )


def _type(workings: AfterReport, now: Situation) -> Iterator[Step]:
    if now.priority_visit is None:
        expected = TYPE_IN_WORDS[workings.follows.type]
        yield Step(
            rule=workings.follows.rule,
            inputs=(Input("Pathway", PATHWAY_IN_WORDS[now.pathway]), Input("Day asked", now.on)),
            result=f"On this pathway {expected} comes next.",
            row=RowUsed(workings.follows, ASKED, now.on),
        )
        if workings.follows.type is GradedType.SHORT:
            measured = next_measured(now.pathway)
            yield Step(
                rule=measured.rule,
                inputs=(
                    Input("Such inspections measured", measured.inspections),
                    Input(ROW_NUMBERS["standard"], measured.standard),
                ),
                result="Ofsted may use a standard inspection all the same; a short one is the likelier, not the only "
                "one possible.",
                row=RowUsed(measured, "the pathway", None),
            )
        return
    yield from override(now)
    standard = next_graded(Pathway.REQUIRES_IMPROVEMENT, now.on)
    yield Step(
        rule="R-034",
        inputs=(Input("Without the visit it would be", TYPE_IN_WORDS[workings.follows.type]),),
        result=f"After an area for priority action the next was {TYPE_IN_WORDS[standard.type]} in every case measured, "
        "so that is expected. The window of the pathway is not moved.",
    )


def override(now: Situation) -> Iterator[Step]:
    """The focused visit with priority action that overrides the type; nothing where none does (R-092)."""
    visit = now.priority_visit
    if visit is None or now.governs is None:
        return
    yield Step(
        rule="R-092",
        inputs=(
            from_activity("Latest focused visit with priority action", visit, now.on),
            Input("Public on", visit.public_on, visit.id),
            Input("Governing report published", now.governs.public_on, now.governs.id),
            Input("Resolved", "not by the day asked"),
        ),
        result="It began on or after the governing report's publication, is public, and is not known to be resolved, "
        "so it overrides the type until the next graded report or until it is resolved.",
    )


def after_formation(workings: AfterFormation, now: Situation) -> Iterator[Step]:
    """From the day a new authority was formed to its first inspection."""
    follows, row = workings.follows, workings.row
    yield Step(
        rule=follows.rule,
        inputs=(Input("Authority formed", workings.formed_on), Input("Day asked", now.on)),
        result=f"A new authority without a graded report of its own has {TYPE_IN_WORDS[follows.type]} first.",
        row=RowUsed(follows, ASKED, now.on),
    )
    yield Step(
        rule="R-094",
        inputs=(Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),),
        result="No window is set for an authority that is not yet judged; what follows is only an inference.",
    )
    first, last = workings.first, workings.last
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Authority formed", workings.formed_on),
            Input(ROW_NUMBERS["from_months"], row.from_months),
            Input(ROW_NUMBERS["to_months"], row.to_months),
        ),
        result=f"From six new councils it is inferred to come between {in_words(first)} and {in_words(last)}.",
        row=RowUsed(row, ASKED, now.on),
        inferred=True,
        first=first,
        last=last,
    )


def after_priority(workings: AfterPriority, now: Situation) -> Iterator[Step]:
    """From an area for priority action to the standard inspection that follows."""
    visit, row, month = workings.visit, workings.row, workings.override.visit_month
    yield from override(now)
    first, last = workings.override.expected_from_month.first_day, workings.override.expected_to_month.last_day
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Month of the visit", month, visit.id),
            Input("Months to the first month", row.from_months),
            Input("Months to the last month", row.to_months),
        ),
        result=f"After priority action a standard inspection is expected {row.from_months} to {row.to_months} months "
        f"after the visit's month, {period_in_words(month)}: here from {in_words(first)} to {in_words(last)}. "
        f"{came_after_priority_action(row)}",
        row=RowUsed(row, "the visit's first day", visit.true_on),
        first=first,
        last=last,
    )
