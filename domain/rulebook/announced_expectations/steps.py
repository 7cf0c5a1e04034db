"""Why what was called is expected when it is, step by step; no day is counted here (R-049, R-097, R-100)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.rulebook.announced.calls import UnderWay
from domain.rulebook.announced.days import usual_call
from domain.rulebook.announced.words import how_far
from domain.rulebook.announced_expectations.inspections import without_window
from domain.rulebook.announced_expectations.visits import RULE_OF_VISIT
from domain.rulebook.calendar_rows import NOTICE_WORKING_DAYS
from domain.rulebook.evidence import (
    AfterFormation,
    AfterPriority,
    AfterReport,
    CalledVisit,
    CalledWithoutWindow,
    Workings,
)
from domain.rulebook.results import PATHWAY_IN_WORDS
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Input, RowUsed, Step, from_activity
from domain.values.words import in_words, span_in_words


def of_the_call(now: Situation, workings: Workings) -> Iterator[Step]:
    """Where the inspection under way stands, before the steps to the window of the next graded inspection."""
    coming = now.under_way
    if coming is None or not isinstance(workings, AfterReport | AfterFormation | AfterPriority | CalledWithoutWindow):
        return
    yield Step(
        rule="R-097",
        inputs=(from_activity("Inspection", coming.activity, now.on), *_days(coming), Input("Day asked", now.on)),
        result=how_far(coming, now.on),
    )
    by_call, notified = coming.then.by_call, coming.announced.notified_on
    if by_call is not None and notified is not None:
        yield Step(
            rule=by_call.row.rule,
            inputs=(
                Input("Called", notified, coming.activity.id),
                Input("Working days' notice at least", NOTICE_WORKING_DAYS),
            ),
            result=f"Called on {in_words(notified)}, inspectors are on site from "
            f"{span_in_words(by_call.first, by_call.last)}.",
            row=RowUsed(by_call.row, "the day of the call", notified),
            first=by_call.first,
            last=by_call.last,
        )


def _days(coming: UnderWay) -> Iterator[Input]:
    notified, first = coming.announced.notified_on, coming.then.first
    if notified is not None:
        yield Input("Called", notified, coming.activity.id)
    elif first is not None and (usual := usual_call(coming.activity.kind, first)) is not None:
        yield Input("Called", f"not known; as a rule on {in_words(usual)}", coming.activity.id)
    named = "First day on site" if coming.then.begun else "First day on site, as expected"
    if first is not None:
        yield Input(named, first, coming.activity.id)


def called_inspection(workings: CalledWithoutWindow, now: Situation) -> Iterator[Step]:
    """Why the inspection under way stands without a window."""
    yield Step(
        rule="R-103",
        inputs=(Input("Pathway", PATHWAY_IN_WORDS[now.pathway]),),
        result=without_window(now),
        first=workings.first,
        last=workings.last,
    )


def called_visit(workings: CalledVisit, now: Situation) -> Iterator[Step]:
    """From the call to the days between which a visit is expected."""
    visit, row = now.known(workings.visit), workings.row
    notified = visit.notified or now.on
    between = span_in_words(workings.first, workings.last)
    known = workings.first is not None
    yield Step(
        rule=RULE_OF_VISIT[visit.kind],
        inputs=(from_activity("Visit", visit, now.on), Input("Called", notified, visit.id)),
        result=f"Called on {in_words(notified)}; " + (f"on site from {between}." if known else "no days are known."),
        first=workings.first,
        last=workings.last,
    )
    if row is not None:
        yield Step(
            rule=row.rule,
            inputs=(Input("Called", notified, visit.id),),
            result=f"After a call on {in_words(notified)} the days on site lie from {between}.",
            row=RowUsed(row, "the day of the call", notified),
            first=workings.first,
            last=workings.last,
        )
