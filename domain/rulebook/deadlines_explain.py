"""Why a report or letter, a plan or a statement is expected when it is, step by step (R-021, R-035, R-051 to R-062).

The days are read from the workings, none is counted here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.rulebook.announced.words import have_left
from domain.rulebook.deadline_rows import (
    HOLD_AFTER_DAYS,
    HOLD_BEFORE_DAYS,
    LATE_AFTER_WORKING_DAYS,
)
from domain.rulebook.deadlines import (
    MAY_NEVER_HAVE_COME,
    around_christmas,
    days_between,
    only_a_call_is_held,
    usual_days,
)
from domain.rulebook.evidence import ExpectedPublication, JointStatement, Plan, PriorityPlan, Publication
from domain.rulebook.graded_windows import has_priority_action
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Input, RowUsed, Step, days_of, from_activity
from domain.values.statements import Kind
from domain.values.words import in_words, span_in_words, weeks_in_words


def publication(workings: Publication, now: Situation) -> Iterator[Step]:
    """From the last day on site to the days in which a report or letter should appear."""
    fieldwork, found = workings.fieldwork, workings.found
    report = fieldwork.kind is Kind.INSPECTION
    item = "report" if report else "letter"
    if report:
        yield from _awaited(workings, now)
    if found is None:
        yield Step(
            rule={Kind.INSPECTION: "R-051", Kind.JTAI: "R-053"}.get(fieldwork.kind, "R-052"),
            inputs=(from_activity("Fieldwork", fieldwork, now.on), *days_of(fieldwork, now.on)),
            result=f"No usual time to publication is known for a {item} on fieldwork of that day, or the bank holidays "
            "are not.",
        )
        return
    if only_a_call_is_held(now, fieldwork) and report:
        yield Step(
            rule="R-103",
            inputs=(from_activity("Called", fieldwork, now.on), Input("Late after", found.last)),
            result=MAY_NEVER_HAVE_COME,
        )
    yield _usual_day(workings, found, now)
    yield from _held_for_an_election(found, item)
    yield from _most_of_them(workings, found, item)


def _awaited(workings: Publication, now: Situation) -> Iterator[Step]:
    fieldwork = workings.fieldwork
    yield Step(
        rule="R-021",
        inputs=(from_activity("Inspection", fieldwork, now.on), *days_of(fieldwork, now.on)),
        result=f"{have_left(now.awaited)}: until it is, the old pathway is inferred to stand.",
        inferred=True,
    )
    yield Step(
        rule="R-093",
        inputs=(Input("Last day on site", workings.ended, fieldwork.id), Input("Day asked", now.on)),
        result="So the publication of the report is what comes before any other activity.",
    )


def _usual_day(workings: Publication, found: ExpectedPublication, now: Situation) -> Step:
    fieldwork, days = workings.fieldwork, usual_days(found)
    ended = workings.ended
    began = fieldwork.start or ended
    christmas = around_christmas(found, fieldwork.kind)
    moved = f"{christmas}: the first working day after is {in_words(found.ordinary)}" if found.closed else christmas
    return Step(
        rule=found.row.rule,
        inputs=(
            from_activity("Fieldwork", fieldwork, now.on),
            Input("Last day on site" if fieldwork.end else "Last day on site, as expected", ended, fieldwork.id),
            Input("Working days to publication, as a rule", days),
            Input("Late after so many working days", LATE_AFTER_WORKING_DAYS),
        ),
        result=f"{found.row.working_days} working days after {in_words(ended)} is {in_words(found.usual)}{moved}; it "
        f"is late after {in_words(found.late_after)}.",
        row=RowUsed(found.row, "the first day on site" if fieldwork.start else "the last day on site", began),
        first=found.ordinary,
        last=found.late_after,
    )


def _held_for_an_election(found: ExpectedPublication, item: str) -> Iterator[Step]:
    if found.held_for is None:
        return
    polling, weeks = found.held_for.start, weeks_in_words(HOLD_BEFORE_DAYS)
    yield Step(
        rule="R-054",
        inputs=(
            Input("Usual day", found.ordinary),
            Input("Polling day", polling),
            Input("Days before polling day without publication", HOLD_BEFORE_DAYS),
            Input("Days after it in which what was held appears", HOLD_AFTER_DAYS),
        ),
        result=f"The usual day lies in the {weeks} before {in_words(polling)}, so the {item} is expected from "
        f"{in_words(found.first)} on, and by {in_words(found.last)}. Whether this area votes that day is not held, so "
        "this is inferred.",
        row=RowUsed(found.held_for, "polling day", polling),
        inferred=True,
        first=found.first,
        last=found.last,
    )


def _most_of_them(workings: Publication, found: ExpectedPublication, item: str) -> Iterator[Step]:
    if found.ranged is None or found.mostly is None:
        return
    fieldwork, moved = workings.fieldwork, found.first != found.usual
    began = fieldwork.start or workings.ended
    also = "; its last day moves by as many working days as its first" if moved else ""
    yield Step(
        rule=found.ranged.rule,
        inputs=(
            Input("Working days", days_between(found)),
            Input("First day expected", found.first),
            *(Input(name, day) for name, day in (("Half by", found.half), ("Nine in ten by", found.nearly)) if day),
        ),
        result=f"Most {item}s came {days_between(found)} working days later: here from "
        f"{span_in_words(found.first, found.mostly)}{also}.",
        row=RowUsed(found.ranged, "the first day on site" if fieldwork.start else "the last day on site", began),
        first=found.first,
        last=found.mostly,
    )


def plan(workings: Plan, now: Situation) -> Iterator[Step]:
    """From the governing report to the last day of its action plan."""
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
    yield Step(
        rule="R-091",
        inputs=(
            Input("Published (day 0)", report.public_on, report.id),
            Input("Working days", row.working_days),
        ),
        result=_counted_from(report.public_on, row.working_days, workings.due),
        last=workings.due,
    )


def priority_plan(workings: PriorityPlan, now: Situation) -> Iterator[Step]:
    """From the letter on a focused visit to the last day of the plan it asks for."""
    visit, row = workings.visit, workings.row
    yield Step(
        rule="R-036",
        inputs=(
            from_activity("Focused visit", visit, now.on),
            Input("Area for priority action", "yes" if has_priority_action(visit) else "no", visit.id),
        ),
        result="Its letter names at least one area for priority action.",
    )
    told = "received" if visit.letter_received else "published, as receipt is not known"
    yield Step(
        rule=row.rule,
        inputs=(
            Input(f"Letter {told}", workings.letter, visit.id),
            Input("Working days", workings.days),
        ),
        result=_counted_from(workings.letter, workings.days, workings.due),
        row=RowUsed(row, "the day of the letter", workings.letter),
        last=workings.due,
    )


def joint_statement(workings: JointStatement, now: Situation) -> Iterator[Step]:
    """The day that the letter on a joint inspection names."""
    yield Step(
        rule="R-062",
        inputs=(
            from_activity("Joint inspection", workings.inspection, now.on),
            Input("Day its letter names", workings.due, workings.inspection.id),
        ),
        result=f"The letter itself names {in_words(workings.due)}; nothing is counted.",
        last=workings.due,
    )


def _counted_from(day: date, working_days: int, due: date) -> str:
    return f"The {working_days}th working day after {in_words(day)} is {in_words(due)}."
