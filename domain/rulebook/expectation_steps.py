"""Why each thing is expected when it is, step by step, told from the workings that the expectation was made with.

Each step counts its days again from the inputs it shows; a test holds that they come out as the expectation says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import singledispatch

from domain.rulebook.cycle import last_time
from domain.rulebook.deadline_rows import (
    CHRISTMAS_CLOSURE_DAYS,
    HOLD_AFTER_DAYS,
    HOLD_BEFORE_DAYS,
    LATE_AFTER_WORKING_DAYS,
)
from domain.rulebook.graded import ANCHOR_IN_WORDS, PATHWAY_IN_WORDS, TYPE_IN_WORDS
from domain.rulebook.pathway import decided_by_inference, pathway_test
from domain.rulebook.row_words import closed_seasons
from domain.rulebook.rows import (
    EPISODE_GAP_MONTHS,
    FOCUSED_VISITS_A_CYCLE,
    JTAI_REPLACES,
    PANDEMIC_COHORT,
    CountedFrom,
    Interval,
)
from domain.rulebook.situation import Situation
from domain.rulebook.standing import GradedType, Pathway, WindowStatus
from domain.rulebook.steps import Input, RowUsed, Step, days_of, from_activity
from domain.rulebook.windows import (
    first_likely_start,
    has_priority_action,
    next_graded,
    next_measured,
    plan_time,
    status_on,
)
from domain.rulebook.words import in_words, number_in_words, period_in_words, span_in_words, spelt, weeks_in_words
from domain.rulebook.working_days import add_months, add_months_to_period, add_working_days, subtract_working_days
from domain.rulebook.workings import (
    ActionPlanning,
    AfterFormation,
    AfterPriority,
    AfterReport,
    EngagementLetter,
    FocusedVisits,
    JointStatement,
    Meeting,
    Monitoring,
    Plan,
    PriorityPlan,
    Publication,
    SelfEvaluationBefore,
    Worked,
)
from domain.statements import Kind

_ASKED = "the day asked"
_STATUS_IN_WORDS = {
    WindowStatus.UPCOMING: "is still to come",
    WindowStatus.IN_WINDOW: "has come, and both its ends count",
    WindowStatus.OVERDUE: "is over",
}


def expectation_steps(now: Situation, worked: Worked) -> tuple[Step, ...]:
    """Every step from the pathway, or from what happened, to the days expected; the last compares them with the day."""
    steps = tuple(_steps(worked.workings, now))
    return (*steps, _against_the_day(now, steps[-1]))


def _against_the_day(now: Situation, last: Step) -> Step:
    """R-026: an expectation, never an announcement; and how the day asked lies against it."""
    told = Input("Day asked", now.on)
    if last.first is None and last.last is None:
        return Step(rule="R-026", inputs=(told,), result="No dates are published and none follow from the rules.")
    status = status_on(now.on, last.first, last.last)
    if last.first is None:
        how = "has passed" if status is WindowStatus.OVERDUE else "is still to come, or is today"
        result = f"On {in_words(now.on)} the last day, {in_words(last.last or now.on)}, {how}."
        inputs = (told, Input("Last day", last.last or now.on))
    else:
        ends = span_in_words(last.first, last.last)
        result = f"On {in_words(now.on)} the time expected, {ends}, {_STATUS_IN_WORDS[status]}."
        inputs = (told, Input("First day", last.first), *((Input("Last day", last.last),) if last.last else ()))
    return Step(rule="R-026", inputs=inputs, result=result, first=last.first, last=last.last)


@singledispatch
def _steps(workings: object, now: Situation) -> Iterator[Step]:
    raise TypeError(f"no steps are told for {type(workings).__name__}")


# --- the next graded inspection -------------------------------------------------------------------------------------


@_steps.register
def _(workings: AfterReport, now: Situation) -> Iterator[Step]:
    report, row = workings.report, workings.interval
    yield _pathway(now)
    if decided_by_inference(report):
        yield Step(
            rule="R-024",
            inputs=(Input("Setting of this installation", now.policy.set_c_inadequate.value.replace("_", " ")),),
            result="That pathway rests on an inferred rule: no text of Ofsted's was found on it.",
            inferred=True,
        )
    yield from _type(workings, now)
    if row.counted_from is CountedFrom.PLAN_DUE:
        due = plan_time(report.public_on)
        yield Step(
            rule=due.rule,
            inputs=(Input("Published", report.public_on, report.id), Input("Working days", due.working_days)),
            result=f"The action plan on that report was due on {in_words(workings.counted)}, "
            f"{due.working_days} working days after publication."
            if workings.counted
            else "The day on which the action plan was due cannot be counted: the bank holidays are not known.",
            row=RowUsed(due, "the day of publication", report.public_on),
        )
        anchor = "the plan's due date"
    else:
        anchor = ANCHOR_IN_WORDS[now.policy.window_anchor]
        if workings.counted == report.public_on:
            anchor = "publication"
    framework = report.framework.value if report.framework else "not known"
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),
            Input("Framework of the governing report", framework, report.id),
        ),
        result=f"The next graded inspection is usual {row.from_months} to {row.to_months} months after {anchor}.",
        row=RowUsed(row, _ASKED, now.on),
    )
    if PANDEMIC_COHORT.in_force(report.public_on):
        graded = now.expected_next.graded
        later = add_months(graded.window_to, PANDEMIC_COHORT.later_by_months) if graded.window_to else None
        yield Step(
            rule=PANDEMIC_COHORT.rule,
            inputs=(Input("Published", report.public_on, report.id),),
            result="The report lies in the days whose next inspections the pandemic delayed. The window is not moved"
            + (f"; its end may be read as {in_words(later)}." if later else "."),
            row=RowUsed(PANDEMIC_COHORT, "the day of publication", report.public_on),
        )
    if workings.counted is None:
        yield Step(rule="R-090", inputs=(), result="The window cannot be counted.")
        return
    first, last = add_months(workings.counted, row.from_months), add_months(workings.counted, row.to_months)
    likely = first_likely_start(max(first, now.on))
    yield Step(
        rule="R-050",
        inputs=(
            Input("First day of the window", first),
            Input("Day asked", now.on),
            Input("No inspection has started", closed_seasons()),
        ),
        result=f"Inspections start on Mondays outside those seasons, so the first likely start is {in_words(likely)}. "
        "This moves no window.",
    )
    yield Step(
        rule="R-090",
        inputs=(
            Input(f"Counted from {anchor}", workings.counted, report.id),
            Input("Months to the first day", row.from_months),
            Input("Months to the last day", row.to_months),
        ),
        result=f"{_counted_in(row)} {span_in_words(first, last)}, both days included.",
        first=first,
        last=last,
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
            row=RowUsed(workings.follows, _ASKED, now.on),
        )
        if workings.follows.type is GradedType.SHORT:
            measured = next_measured(now.pathway)
            yield Step(
                rule=measured.rule,
                inputs=(
                    Input("Such inspections measured", measured.inspections),
                    Input("Of them standard ones", measured.standard),
                ),
                result="Ofsted may use a standard inspection all the same; a short one is the likelier, not the only "
                "one possible.",
                row=RowUsed(measured, "the pathway", None),
            )
        return
    yield from _override(now)
    standard = next_graded(Pathway.REQUIRES_IMPROVEMENT, now.on)
    yield Step(
        rule="R-034",
        inputs=(Input("Without the visit it would be", TYPE_IN_WORDS[workings.follows.type]),),
        result=f"After an area for priority action the next was {TYPE_IN_WORDS[standard.type]} in every case measured, "
        "so that is expected. The window of the pathway is not moved.",
    )


def _override(now: Situation) -> Iterator[Step]:
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


@_steps.register
def _(workings: AfterFormation, now: Situation) -> Iterator[Step]:
    follows, row = workings.follows, workings.row
    yield Step(
        rule=follows.rule,
        inputs=(Input("Authority formed", workings.formed_on), Input("Day asked", now.on)),
        result=f"A new authority without a graded report of its own has {TYPE_IN_WORDS[follows.type]} first.",
        row=RowUsed(follows, _ASKED, now.on),
    )
    yield Step(
        rule="R-094",
        inputs=(Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),),
        result="No window is set for an authority that is not yet judged; what follows is only an inference.",
    )
    first, last = add_months(workings.formed_on, row.from_months), add_months(workings.formed_on, row.to_months)
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Authority formed", workings.formed_on),
            Input("Months to the first day", row.from_months),
            Input("Months to the last day", row.to_months),
        ),
        result=f"From six new councils it is inferred to come between {in_words(first)} and {in_words(last)}.",
        row=RowUsed(row, _ASKED, now.on),
        inferred=True,
        first=first,
        last=last,
    )


@_steps.register
def _(workings: AfterPriority, now: Situation) -> Iterator[Step]:
    visit, row, month = workings.visit, workings.row, workings.override.visit_month
    yield from _override(now)
    first, last = (
        add_months_to_period(month, row.from_months).first_day,
        add_months_to_period(month, row.to_months).last_day,
    )
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Month of the visit", month, visit.id),
            Input("Months to the first month", row.from_months),
            Input("Months to the last month", row.to_months),
        ),
        result=f"After priority action a standard inspection came {row.from_months} to {row.to_months} months after "
        f"the visit's month, {period_in_words(month)}: here from {in_words(first)} to {in_words(last)}.",
        row=RowUsed(row, "the visit's first day", visit.true_on),
        first=first,
        last=last,
    )


# --- publications and deadlines -------------------------------------------------------------------------------------


@_steps.register
def _(workings: Publication, now: Situation) -> Iterator[Step]:
    fieldwork, found = workings.fieldwork, workings.found
    report = fieldwork.kind is Kind.INSPECTION
    item = "report" if report else "letter"
    ended = fieldwork.last_day or now.on
    if report:
        yield Step(
            rule="R-021",
            inputs=(from_activity("Inspection", fieldwork, now.on), *days_of(fieldwork, now.on)),
            result="Inspectors have left and the report is not public: until it is, the old pathway is inferred to "
            "stand.",
            inferred=True,
        )
        yield Step(
            rule="R-093",
            inputs=(Input("Last day on site", ended, fieldwork.id), Input("Day asked", now.on)),
            result="So the publication of the report is what comes before any other activity.",
        )
    rule = found.row.rule if found else {Kind.INSPECTION: "R-051", Kind.JTAI: "R-053"}.get(fieldwork.kind, "R-052")
    if found is None:
        yield Step(
            rule=rule,
            inputs=(from_activity("Fieldwork", fieldwork, now.on), *days_of(fieldwork, now.on)),
            result=f"No usual time to publication is known for a {item} on fieldwork of that day, or the bank holidays "
            "are not.",
        )
        return
    days = found.row.working_days
    closure = f" and {CHRISTMAS_CLOSURE_DAYS} more, as Christmas lies between" if found.over_christmas else ""
    late = add_working_days(ended, LATE_AFTER_WORKING_DAYS, now.holidays)
    ordinary = Step(
        rule=rule,
        inputs=(
            from_activity("Fieldwork", fieldwork, now.on),
            Input("Last day on site" if fieldwork.end else "First day on site", ended, fieldwork.id),
            Input("Working days to publication, as a rule", days),
            Input("Late after so many working days", LATE_AFTER_WORKING_DAYS),
        ),
        result=f"{days} working days after {in_words(ended)}{closure} is {in_words(found.ordinary)}; it is late after "
        f"{in_words(late)}.",
        row=RowUsed(found.row, "the last day on site", ended),
        first=found.ordinary,
        last=late,
    )
    yield ordinary
    if found.held_for is not None:
        polling = found.held_for.start
        first = add_working_days(polling, 1, now.holidays)
        last = max(late, polling + timedelta(days=HOLD_AFTER_DAYS))
        yield Step(
            rule="R-054",
            inputs=(
                Input("Usual day", found.ordinary),
                Input("Polling day", polling),
                Input("Days before polling day without publication", HOLD_BEFORE_DAYS),
                Input("Days after it in which what was held appears", HOLD_AFTER_DAYS),
            ),
            result=f"The usual day lies in the {weeks_in_words(HOLD_BEFORE_DAYS)} before {in_words(polling)}, so the "
            f"{item} is expected from {in_words(first)} on, and by {in_words(last)}. Whether this area votes that "
            "day is not held, so this is inferred.",
            row=RowUsed(found.held_for, "polling day", polling),
            inferred=True,
            first=first,
            last=last,
        )


@_steps.register
def _(workings: Plan, now: Situation) -> Iterator[Step]:
    report, row = workings.report, workings.row
    yield Step(
        rule=row.rule,
        inputs=(from_activity("Governing report", report, now.on), Input("Published", report.public_on, report.id)),
        result=f"A written statement of action is due within {row.working_days} working days of every graded report.",
        row=RowUsed(row, "the day of publication", report.public_on),
    )
    received = report.received
    yield Step(
        rule="R-061",
        inputs=(
            Input("Received", received if received is not None else "not known", report.id),
            Input("Published", report.public_on, report.id),
        ),
        result=f"Counted from receipt the last day is {in_words(workings.from_receipt)}; the date shown is counted "
        "from publication."
        if workings.from_receipt is not None
        else "Day 0 is the day of receipt, which is not known or not earlier; counted from publication the day is the "
        "latest possible.",
    )
    due = add_working_days(report.public_on, row.working_days, now.holidays)
    yield Step(
        rule="R-091",
        inputs=(
            Input("Published (day 0)", report.public_on, report.id),
            Input("Working days", row.working_days),
        ),
        result=f"The {row.working_days}th working day after {in_words(report.public_on)} is {in_words(due)}.",
        last=due,
    )


@_steps.register
def _(workings: PriorityPlan, now: Situation) -> Iterator[Step]:
    visit, row = workings.visit, workings.row
    yield Step(
        rule="R-036",
        inputs=(
            from_activity("Focused visit", visit, now.on),
            Input("Area for priority action", "yes" if has_priority_action(visit) else "no", visit.id),
        ),
        result="Its letter names at least one area for priority action.",
    )
    due = add_working_days(workings.letter, workings.days, now.holidays)
    told = "received" if visit.letter_received else "published, as receipt is not known"
    yield Step(
        rule=row.rule,
        inputs=(
            Input(f"Letter {told}", workings.letter, visit.id),
            Input("Working days", workings.days),
        ),
        result=f"The {workings.days}th working day after {in_words(workings.letter)} is {in_words(due)}.",
        row=RowUsed(row, "the day of the letter", workings.letter),
        last=due,
    )


@_steps.register
def _(workings: JointStatement, now: Situation) -> Iterator[Step]:
    yield Step(
        rule="R-062",
        inputs=(
            from_activity("Joint inspection", workings.inspection, now.on),
            Input("Day its letter names", workings.due, workings.inspection.id),
        ),
        result=f"The letter itself names {in_words(workings.due)}; nothing is counted.",
        last=workings.due,
    )


# --- between inspections --------------------------------------------------------------------------------------------


@_steps.register
def _(workings: Monitoring, now: Situation) -> Iterator[Step]:
    row = workings.row
    if now.inherited_monitoring:
        yield Step(
            rule="R-070",
            inputs=(Input("Authority formed", workings.begins),),
            result="Its predecessor's monitoring carries over until it has a graded report of its own.",
        )
    else:
        yield Step(
            rule="R-040",
            inputs=(
                Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),
                Input("Published", workings.begins, now.governs.id if now.governs else None),
            ),
            result="While inadequate, monitoring visits come until the re-inspection.",
        )
    counted = tuple(from_activity(f"Visit {n}", visit, now.on) for n, visit in enumerate(workings.visits, 1))
    since = f"since {in_words(workings.begins)}"
    if workings.visits:
        expected = add_months(workings.counted, row.expected_months)
        because = (
            f"{_capital(number_in_words(len(workings.visits), 'monitoring visit'))} held here {since}, the last "
            f"{last_time(workings.visits[-1])}; {row.expected_months} months later is {in_words(expected)}"
        )
        anchor: tuple[Input, ...] = (Input("Last day of the last visit", workings.counted, workings.visits[-1].id),)
    elif workings.plan_due is not None:
        expected = workings.plan_due + timedelta(days=row.first_after_plan_days)
        because = (
            f"No monitoring visit is held here {since}; the first is meant within {row.first_after_plan_days} days of "
            f"the plan's date, by {in_words(expected)}"
        )
        anchor = (Input("Action plan due", workings.plan_due),)
    else:
        expected = add_months(workings.counted, row.expected_months)
        because = (
            f"No monitoring visit is held here {since}; {row.expected_months} months after that is {in_words(expected)}"
        )
        anchor = ()
    red = add_months(workings.counted, row.red_months)
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Monitoring visits held here", len(workings.visits)),
            *counted,
            *anchor,
            Input("Counted from", workings.counted),
            Input("Late from", workings.amber),
            Input("Very late from", red),
        ),
        result=f"{because}. In practice they come later: very late only from {in_words(red)}.",
        row=RowUsed(row, "the start of monitoring", workings.begins),
        first=expected,
        last=red,
    )


@_steps.register
def _(workings: ActionPlanning, now: Situation) -> Iterator[Step]:
    yield Step(
        rule="R-040",
        inputs=(
            from_activity("Governing report", workings.report, now.on),
            Input("Action plan due", workings.plan_due),
            Input("Day asked", now.on),
            Input("Action planning visits held here since", 0),
        ),
        result="After an inadequate report inspectors come to talk about the action plan, before it is due.",
    )
    yield Step(
        rule="R-055",
        inputs=(),
        result="Nothing on that visit is published, so that none is held does not mean that none took place.",
    )


@_steps.register
def _(workings: FocusedVisits, now: Situation) -> Iterator[Step]:
    if now.priority_visit is not None:
        yield from _override(now)
        yield Step(
            rule="R-034",
            inputs=_counted(workings, now),
            result="After priority action a further focused visit came first in some cases, whatever was left of the "
            "cycle's visits.",
        )
    else:
        if now.pathway is Pathway.REQUIRES_IMPROVEMENT:
            yield Step(
                rule="R-038",
                inputs=(Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),),
                result="On this pathway too, focused visits may come between two graded inspections.",
            )
        yield Step(
            rule="R-030",
            inputs=(
                Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),
                Input("Focused visits in a cycle, at most", FOCUSED_VISITS_A_CYCLE),
                Input("Of them a joint inspection may replace", JTAI_REPLACES),
                *_counted(workings, now),
            ),
            result=_left(workings),
        )
    if workings.soon is not None:
        yield Step(
            rule="R-050",
            inputs=(
                from_activity("Inspectors were last there", workings.soon.latest, now.on),
                Input("Months aimed at between visits", EPISODE_GAP_MONTHS),
            ),
            result=f"Ofsted aims, without being bound to it, to leave {spelt(EPISODE_GAP_MONTHS)} months, until "
            f"{in_words(workings.soon.clear_from)}.",
        )


def _left(workings: FocusedVisits) -> str:
    since = f"Since {in_words(workings.since)}"
    if not workings.visits and not workings.joint:
        return (
            f"{since} neither a focused visit nor a joint inspection is held here, so up to {workings.left} may still "
            "come."
        )
    held = (
        f"{number_in_words(len(workings.visits), 'focused visit')} and "
        f"{number_in_words(len(workings.joint), 'joint inspection')}"
    )
    counted = len(workings.visits) + min(len(workings.joint), JTAI_REPLACES)
    return (
        f"{since} {held} are held here; {counted} of them counted, {workings.left} of the {FOCUSED_VISITS_A_CYCLE} in "
        "a cycle may still come."
    )


def _counted(workings: FocusedVisits, now: Situation) -> tuple[Input, ...]:
    visits = [from_activity("Focused visit counted", visit, now.on) for visit in workings.visits]
    joint = [from_activity("Joint inspection since", visit, now.on) for visit in workings.joint]
    return (Input("Counted from, excluded", workings.since), *visits, *joint)


@_steps.register
def _(workings: Meeting, now: Situation) -> Iterator[Step]:
    row, last = workings.row, workings.last
    if last is None:
        yield Step(
            rule="R-066",
            inputs=(Input("Engagement meetings held here", 0),),
            result="Ofsted and the director meet once a year; none is recorded here, so no day can be counted.",
        )
        return
    held = last.last_day or now.on
    yield Step(
        rule="R-066",
        inputs=(from_activity("Last engagement meeting", last, now.on),),
        result="Ofsted and the director meet once a year.",
    )
    due = add_months(held, row.due_months)
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Last meeting, its last possible day", held, last.id),
            Input("Months to the next", row.due_months),
        ),
        result=f"{row.due_months} months later is {in_words(due)}. Ofsted names no month, so this is inferred.",
        row=RowUsed(row, _ASKED, now.on),
        inferred=True,
        last=due,
    )


@_steps.register
def _(workings: SelfEvaluationBefore, now: Situation) -> Iterator[Step]:
    row, days = workings.row, workings.row.self_evaluation_working_days_before
    yield Step(
        rule="R-065",
        inputs=(
            from_activity("Last engagement meeting", workings.last, now.on),
            Input("Self-evaluations held here since", 0),
        ),
        result="Each year the authority shares a self-evaluation before the meeting; none is held here since the last.",
    )
    meeting = add_months(workings.last.last_day or now.on, row.due_months)
    share_by = subtract_working_days(meeting, days, now.holidays)
    yield Step(
        rule=row.rule,
        inputs=(Input("Next meeting due by", meeting), Input("Working days before it", days)),
        result=f"{days} working days before {in_words(meeting)} is {in_words(share_by)}; that is inferred.",
        row=RowUsed(row, _ASKED, now.on),
        inferred=True,
        last=share_by,
    )


@_steps.register
def _(workings: EngagementLetter, now: Situation) -> Iterator[Step]:
    row, held = workings.row, workings.last.last_day or now.on
    due = add_months(held, row.letter_months)
    yield Step(
        rule="R-066",
        inputs=(
            from_activity("Last engagement meeting", workings.last, now.on),
            Input("Months to the letter", row.letter_months),
            Input("Letter received", "nothing recorded here says so"),
        ),
        result=f"Ofsted writes within a month of the meeting: by {in_words(due)}.",
        row=RowUsed(row, _ASKED, now.on),
        last=due,
    )


def _pathway(now: Situation) -> Step:
    report = now.governs
    if report is None:
        raise ValueError("a step about a governing report needs one")
    return Step(
        rule=pathway_test(report).rule,
        inputs=(
            from_activity("Governing report", report, now.on),
            Input("Published", report.public_on, report.id),
            Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),
        ),
        result=f"The pathway is {PATHWAY_IN_WORDS[now.pathway]}: the steps to it are told first.",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
