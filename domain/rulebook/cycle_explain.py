"""Why visits and meetings are expected when they are, step by step (R-030 to R-043, R-065 to R-070).

The days are read from the workings, none is counted here."""

from __future__ import annotations

from collections.abc import Iterator

from domain.rulebook.calendar_rows import EPISODE_GAP_MONTHS, JTAI_REPLACES
from domain.rulebook.cycle import came_in_words, more_in_words, visits_not_known
from domain.rulebook.episodes import SIX_MONTHS_APART, last_time
from domain.rulebook.evidence import (
    ActionPlanning,
    EngagementLetter,
    FocusedVisits,
    Meeting,
    Monitoring,
    SelfEvaluationBefore,
)
from domain.rulebook.graded_explain import override
from domain.rulebook.results import PATHWAY_IN_WORDS
from domain.rulebook.situation import Situation
from domain.rulebook.steps import ASKED, Input, RowUsed, Step, from_activity
from domain.values.words import capital, figure_in_words, in_words, number_in_words, ordinal, share_in_words, spelt


def monitoring(workings: Monitoring, now: Situation) -> Iterator[Step]:
    """From the inadequate report to the days between which the next monitoring visit is expected."""
    yield _begins(workings, now)
    row = workings.row
    visits = (from_activity(f"Visit {n}", visit, now.on) for n, visit in enumerate(workings.visits, 1))
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Monitoring visits held here", len(workings.visits)),
            *visits,
            *_counted_after(workings),
            Input("Counted from", workings.counted),
            Input("Late from", workings.amber),
            Input("Very late from", workings.red),
        ),
        result=f"{_why(workings)}. In practice {_in_practice(workings)}: very late only from {in_words(workings.red)}.",
        row=RowUsed(row, "the start of monitoring", workings.begins),
        first=workings.expected,
        last=workings.red,
    )


def _begins(workings: Monitoring, now: Situation) -> Step:
    if now.inherited_monitoring:
        return Step(
            rule="R-070",
            inputs=(Input("Authority formed", workings.begins),),
            result="Its predecessor's monitoring carries over until it has a graded report of its own.",
        )
    return Step(
        rule="R-040",
        inputs=(
            Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),
            Input("Published", workings.begins, now.governs.id if now.governs else None),
        ),
        result="While inadequate, monitoring visits come until the re-inspection.",
    )


def _in_practice(workings: Monitoring) -> str:
    row = workings.row
    if workings.visits:
        return f"they come later, in the middle of {row.gaps} cases {figure_in_words(row.median_months)} months after"
    first, last = figure_in_words(row.first_from_months), figure_in_words(row.first_to_months)
    return f"first visits came {first} to {last} months after the report"


def _counted_after(workings: Monitoring) -> tuple[Input, ...]:
    if workings.visits:
        return (Input("Last day of the last visit", workings.counted, workings.visits[-1].id),)
    return () if workings.plan_due is None else (Input("Action plan due", workings.plan_due),)


def _why(workings: Monitoring) -> str:
    row, since, expected = workings.row, f"since {in_words(workings.begins)}", in_words(workings.expected)
    if workings.visits:
        return (
            f"{capital(number_in_words(len(workings.visits), 'monitoring visit'))} held here {since}, the last "
            f"{last_time(workings.visits[-1])}; {row.expected_months} months later is {expected}"
        )
    if workings.plan_due is not None:
        return (
            f"No monitoring visit is held here {since}; the first is meant within {row.first_after_plan_days} days of "
            f"the plan's date, by {expected}"
        )
    return f"No monitoring visit is held here {since}; {row.expected_months} months after that is {expected}"


def action_planning(workings: ActionPlanning, now: Situation) -> Iterator[Step]:
    """The visit about the plan on an inadequate report, of which nothing is published."""
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


def focused(workings: FocusedVisits, now: Situation) -> Iterator[Step]:
    """From the governing inspection to the focused visits that are still usual."""
    if now.priority_visit is not None:
        yield from override(now)
        yield Step(
            rule="R-034",
            inputs=_counted(workings, now),
            result="After priority action a further focused visit came first in some cases, however many had come.",
        )
    else:
        yield Step(
            rule=workings.row.rule,
            inputs=(
                Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),
                Input("Visits usual between inspections", workings.row.usual),
                Input("Of them a joint inspection may replace", JTAI_REPLACES),
                *_counted(workings, now),
            ),
            result=_left(workings, visits_not_known(now)),
            row=RowUsed(workings.row, ASKED, now.on),
        )
        if visits_not_known(now) is None:
            yield from _when_it_came(workings, now)
    if workings.soon is not None:
        yield Step(
            rule="R-050",
            inputs=(
                from_activity("Inspectors were last there", workings.soon.latest, now.on),
                Input("Months aimed at between visits", EPISODE_GAP_MONTHS),
            ),
            result=f"{SIX_MONTHS_APART}, until {in_words(workings.soon.clear_from)}.",
        )


def _when_it_came(workings: FocusedVisits, now: Situation) -> Iterator[Step]:
    time, after, first, last = workings.time, workings.after, workings.first, workings.last
    if time is None or after is None or first is None or last is None:
        return
    before = "Published" if time.visit == 1 else "Last day of the visit before"
    yield Step(
        rule=time.rule,
        inputs=(Input(before, after), Input("Months to the middle one", figure_in_words(time.median_months))),
        result=f"Half of the {ordinal(time.visit)} visits measured came {figure_in_words(time.lower_months)} to "
        f"{figure_in_words(time.upper_months)} months later: here from {in_words(first)} to {in_words(last)}. No day "
        "is set.",
        row=RowUsed(time, ASKED, now.on),
    )


def _left(workings: FocusedVisits, unknown: str | None) -> str:
    if unknown is not None:
        return f"{came_in_words(workings)}. {unknown}" if workings.came else unknown
    row = workings.row
    shown = share_in_words(row.with_at_least(row.usual), row.intervals, "intervals")
    usual = f"{spelt(row.usual)} or more came in {shown}"
    if not workings.came:
        held = f"Since {in_words(workings.since)} neither a focused visit nor a joint inspection is held here"
        return f"{held}; {usual}, so {spelt(workings.left)} {'is' if workings.left == 1 else 'are'} expected."
    held = came_in_words(workings)
    if len(workings.joint) > JTAI_REPLACES:
        held += f", of joint inspections {spelt(JTAI_REPLACES)} counted"
    if workings.left:
        return f"{held}; {usual}, so {spelt(workings.left)} more is expected."
    return f"{held}; {more_in_words(workings)}."


def _counted(workings: FocusedVisits, now: Situation) -> tuple[Input, ...]:
    visits = [from_activity("Focused visit counted", visit, now.on) for visit in workings.visits]
    joint = [from_activity("Joint inspection since", visit, now.on) for visit in workings.joint]
    return (Input("Counted from, excluded", workings.since), *visits, *joint)


def meeting(workings: Meeting, now: Situation) -> Iterator[Step]:
    """From the last engagement meeting to the day the next is due by."""
    row, last, due = workings.row, workings.last, workings.due
    if last is None or due is None:
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
    yield Step(
        rule=row.rule,
        inputs=(
            Input("Last meeting, its last possible day", held, last.id),
            Input("Months to the next", row.due_months),
        ),
        result=f"{row.due_months} months later is {in_words(due)}. Ofsted names no month, so this is inferred.",
        row=RowUsed(row, ASKED, now.on),
        inferred=True,
        last=due,
    )


def self_evaluation(workings: SelfEvaluationBefore, now: Situation) -> Iterator[Step]:
    """From the next meeting to the day the self-evaluation is shared by."""
    row, days = workings.row, workings.row.self_evaluation_working_days_before
    yield Step(
        rule="R-065",
        inputs=(
            from_activity("Last engagement meeting", workings.last, now.on),
            Input("Self-evaluations held here since", 0),
        ),
        result="Each year the authority shares a self-evaluation before the meeting; none is held here since the last.",
    )
    meeting, share_by = workings.meeting_due, workings.due
    yield Step(
        rule=row.rule,
        inputs=(Input("Next meeting due by", meeting), Input("Working days before it", days)),
        result=f"{days} working days before {in_words(meeting)} is {in_words(share_by)}; that is inferred.",
        row=RowUsed(row, ASKED, now.on),
        inferred=True,
        last=share_by,
    )


def engagement_letter(workings: EngagementLetter, now: Situation) -> Iterator[Step]:
    """From the last meeting to the day Ofsted writes by."""
    row, due = workings.row, workings.due
    yield Step(
        rule="R-066",
        inputs=(
            from_activity("Last engagement meeting", workings.last, now.on),
            Input("Months to the letter", row.letter_months),
            Input("Letter received", "nothing recorded here says so"),
        ),
        result=f"Ofsted writes within a month of the meeting: by {in_words(due)}.",
        row=RowUsed(row, ASKED, now.on),
        last=due,
    )
