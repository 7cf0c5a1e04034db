"""Why each thing is expected when it is, step by step, told from the workings that the expectation was made with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import singledispatch

from domain.rulebook import cycle_explain, deadlines_explain, graded_explain
from domain.rulebook.announced_expectations.steps import called_inspection, called_visit, of_the_call
from domain.rulebook.evidence import (
    ActionPlanning,
    AfterAreaSend,
    AfterFormation,
    AfterPriority,
    AfterReport,
    CalledVisit,
    CalledWithoutWindow,
    EngagementLetter,
    ExpectedPublication,
    FocusedVisits,
    JointStatement,
    Meeting,
    Monitoring,
    Plan,
    PriorityPlan,
    Publication,
    SelfEvaluationBefore,
    Worked,
    Workings,
)
from domain.rulebook.graded_windows import status_on
from domain.rulebook.other_inspections.area_send import after_area_send
from domain.rulebook.results import Expectation, WindowStatus
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Input, Step
from domain.rulebook.succession.ending import over
from domain.values.words import in_words, span_in_words

_STATUS_IN_WORDS = {
    WindowStatus.UPCOMING: "is still to come",
    WindowStatus.IN_WINDOW: "has come, and both its ends count",
    WindowStatus.OVERDUE: "is over",
}


def expectation_steps(now: Situation, worked: Worked) -> tuple[Step, ...]:
    """Every step from the pathway, or from what happened, to the days expected; the last compares them with the day."""
    steps = (*of_the_call(now, worked.workings), *_steps(worked.workings, now))
    expected = worked.expectation
    return (*steps, *_silence(expected), *_ending(now, expected), _against_the_day(now, steps[-1], worked))


def _silence(expected: Expectation) -> Iterator[Step]:
    """Until when sources tell of it, where that ended too early for an answer (R-105, R-106)."""
    if expected.status is not WindowStatus.NOT_KNOWN or "R-105" not in expected.rules:
        return
    told = Input("Sources tell until", expected.known_until or "no day: none tells of it")
    yield Step(rule="R-105", inputs=(told,), result=expected.caveats[0])
    if "R-106" in expected.rules:
        result = "The letter on a first monitoring visit is not published, so that no list names it (R-046)."
        yield Step(rule="R-106", inputs=(told,), result=result)


def _ending(now: Situation, expected: Expectation) -> Iterator[Step]:
    """What the known end of the authority does to it (R-073, R-098)."""
    ends = now.authority.ends_on
    if ends is None:
        return
    inputs = (Input("The authority ends on", ends), Input("Day asked", now.on))
    if "R-073" in expected.rules:
        result = over(expected, now.authority.name, ends)
        yield Step(rule="R-073", inputs=inputs, result=result, inferred=True)
    if "R-098" in expected.rules:
        yield Step(rule="R-098", inputs=inputs, result="The window keeps its days, and is said to be not applicable.")


def _against_the_day(now: Situation, last: Step, worked: Worked) -> Step:
    """R-026: an expectation, never an announcement; and how the day asked lies against it."""
    told = Input("Day asked", now.on)
    if worked.expectation.status is WindowStatus.NOT_APPLICABLE:
        return Step(
            rule="R-026",
            inputs=(told,),
            result="What would be expected lies after the end of the authority, so nothing comes of it.",
            first=last.first,
            last=last.last,
        )
    if last.first is None and last.last is None:
        return Step(rule="R-026", inputs=(told,), result="No dates are published and none follow from the rules.")
    status = status_on(now.on, last.first, last.last)
    if last.first is None:
        how = "has passed" if status is WindowStatus.OVERDUE else "is still to come, or is today"
        result = f"On {in_words(now.on)} the last day, {in_words(last.last or now.on)}, {how}."
        inputs = (told, Input("Last day", last.last or now.on))
    else:
        ends = span_in_words(last.first, last.last)
        how = f"{_STATUS_IN_WORDS[status]}{_not_late(now, worked.workings)}"
        result = f"On {in_words(now.on)} the time expected, {ends}, {how}."
        inputs = (told, Input("First day", last.first), *((Input("Last day", last.last),) if last.last else ()))
    return Step(rule="R-026", inputs=inputs, result=result, first=last.first, last=last.last)


def _not_late(now: Situation, workings: Workings) -> str:
    """That a report or letter is not late yet, though most such had come (R-051)."""
    match workings:
        case Publication(found=ExpectedPublication(mostly=date() as mostly, last=last)) if mostly < now.on <= last:
            return f", and it is late only after {in_words(last)}"
        case _:
            return ""


@singledispatch
def _steps(workings: object, now: Situation) -> Iterator[Step]:
    raise TypeError(f"no steps are told for {type(workings).__name__}")


_steps.register(AfterReport, graded_explain.after_report)
_steps.register(AfterFormation, graded_explain.after_formation)
_steps.register(AfterPriority, graded_explain.after_priority)
_steps.register(Publication, deadlines_explain.publication)
_steps.register(CalledVisit, called_visit)
_steps.register(CalledWithoutWindow, called_inspection)
_steps.register(Plan, deadlines_explain.plan)
_steps.register(PriorityPlan, deadlines_explain.priority_plan)
_steps.register(JointStatement, deadlines_explain.joint_statement)
_steps.register(Monitoring, cycle_explain.monitoring)
_steps.register(ActionPlanning, cycle_explain.action_planning)
_steps.register(FocusedVisits, cycle_explain.focused)
_steps.register(Meeting, cycle_explain.meeting)
_steps.register(SelfEvaluationBefore, cycle_explain.self_evaluation)
_steps.register(EngagementLetter, cycle_explain.engagement_letter)
_steps.register(AfterAreaSend, after_area_send)
