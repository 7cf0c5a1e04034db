"""The example of an action plan that the demonstration of earlier releases told, on Gateshead's report of 2019.

Stores that have it keep it; tests of plans, lists and papers are told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from domain.application import Application
from domain.facts import Told
from domain.plans.action_commands import (
    AcceptCompletion,
    ActionCommand,
    MoveDueDate,
    OfferEvidence,
    RateImpact,
    ReportProgress,
)
from domain.plans.commands import AddAction, OpenPlan, PublishPlan, SendPlan
from domain.plans.question_commands import AnswerQuestion, AskQuestion
from domain.values.errors import NotFound, RuleBroken
from domain.values.plans import Figure, Impact, Progress, Stage, Track
from domain.values.statements import Kind, Source

GATESHEAD = "80469"
PUBLISHED = date(2019, 6, 11)
COMMANDS = UUID("3d6f9f60-0f4b-5c0e-9a35-2f5e6d1f8a77")
SOURCE = Source("demo", "Example made up for the demonstration")

OFFICER, SECOND, MEMBER = "demo", "demo second person", "demo member"

SERVICE, REVIEWING, DISABLED, VIRTUAL = (
    "Service director, social work",
    "Head of independent reviewing",
    "Head of services for disabled children",
    "Head of the virtual school",
)

ACTIONS: tuple[tuple[tuple[int, ...], str, str, date, tuple[str, str | None, str, str] | None], ...] = (
    (
        (0,),
        "Set a standard for challenge by managers and reviewing officers",
        REVIEWING,
        date(2019, 10, 31),
        ("Case audits that show challenge where practice falls short", "%", "48", "80"),
    ),
    ((0,), "Train every team manager in reflective supervision", SERVICE, date(2019, 12, 20), None),
    (
        (1,),
        "Rewrite the plan template with young people and social workers",
        SERVICE,
        date(2020, 1, 31),
        ("Plans rated specific to the child by audit", "%", "55", "85"),
    ),
    (
        (1,),
        "Write pathway plans together with care leavers, and life-story work for every child in care",
        SERVICE,
        date(2020, 3, 31),
        ("Children in care with life-story work begun", "%", "61", "95"),
    ),
    (
        (2,),
        "Review the service for disabled children and agree a timetable for change",
        DISABLED,
        date(2019, 11, 29),
        None,
    ),
    (
        (3,),
        "Agree with schools outside the borough when education plans are returned",
        VIRTUAL,
        date(2020, 2, 14),
        ("Education plans of children placed elsewhere returned in time", "%", "66", "95"),
    ),
)


def tell_example_of_2019(application: Application, *, at: datetime) -> UUID | None:
    """Tell the example; again changes nothing. Gives the plan's id; None where the report is not held, or has a plan of
    another's making."""
    try:
        report = next(
            one
            for one in application.authorities.authority(GATESHEAD).activities
            if one.kind is Kind.INSPECTION and one.published == PUBLISHED
        )
    except (StopIteration, NotFound):
        return None

    def by(what: str, actor: str = OFFICER) -> Told:
        return Told(actor, uuid5(COMMANDS, what), SOURCE, at)

    try:
        plan = application.do(OpenPlan(GATESHEAD, report.id, on=date(2019, 6, 24), example=True), by=by("open")).plan
    except RuleBroken:
        return None
    findings = list(application.plans.plan(plan).state.findings)
    for number, (answers, what, owner, due_on, measured) in enumerate(ACTIONS, 1):
        measure, unit, baseline, target = measured or (None, None, None, None)
        application.do(
            AddAction(
                plan,
                findings=[findings[place] for place in answers if place < len(findings)],
                what=what,
                owner=owner,
                due_on=due_on,
                measure=measure,
                unit=unit,
                baseline=Figure(baseline) if baseline else None,
                target=Figure(target) if target else None,
                example=True,
                on=date(2019, 7, 8),
            ),
            by=by(f"action {number}"),
        )
    application.do(SendPlan(plan, stage=Stage.FINAL, on=date(2019, 9, 12)), by=by("send"))

    def do(command: Callable[..., ActionCommand], action: int, on: date, actor: str = OFFICER, **words: Any) -> None:
        sent = command(plan, action, on=on, **words)
        application.do(sent, by=by(f"{sent.code} {action} {on}", actor))

    going, done = Progress.IN_PROGRESS, Progress.COMPLETE
    report_, evidence = ReportProgress, OfferEvidence
    do(report_, 1, date(2019, 9, 2), progress=going, track=Track.ON_TRACK, now=Figure("60"))
    do(report_, 2, date(2019, 9, 16), progress=going, track=Track.ON_TRACK, narrative="Six of nine managers trained.")
    do(report_, 3, date(2019, 10, 1), progress=going, track=Track.AT_RISK, narrative="The consultation began late.")
    do(
        report_,
        1,
        date(2019, 10, 28),
        progress=done,
        now=Figure("82"),
        narrative="All teams use the standard.",
    )
    do(evidence, 1, date(2019, 10, 29), title="Audit of October 2019", reference="Quality assurance report, item 4")
    do(AcceptCompletion, 1, date(2019, 11, 6), SECOND)
    do(RateImpact, 1, date(2019, 11, 20), impact=Impact.SOME, why="Two audits in a row show it.")
    do(
        MoveDueDate,
        3,
        date(2019, 11, 25),
        due_on=date(2020, 2, 28),
        why="Young people asked for a second round of drafts.",
    )
    do(report_, 5, date(2019, 11, 27), progress=done, narrative="The review was reported to the board.")
    do(report_, 4, date(2019, 12, 2), progress=going, track=Track.ON_TRACK, now=Figure("72"))
    do(report_, 6, date(2020, 1, 13), progress=going, track=Track.OFF_TRACK, now=Figure("68"))
    do(report_, 2, date(2019, 12, 18), progress=done, narrative="All nine managers are trained.")
    do(
        evidence,
        2,
        date(2019, 12, 18),
        title="Training record",
        reference="Workforce report, December 2019, appendix B",
    )
    question = application.do(
        AskQuestion(
            plan,
            question="What shows that supervision changed, and not only that managers were trained?",
            action=2,
            on=date(2020, 1, 8),
        ),
        by=by("ask", MEMBER),
    ).made
    assert isinstance(question, UUID)
    application.do(
        AnswerQuestion(
            plan,
            question,
            answer="The January audit looks at the records of every trained manager; it comes to the March meeting.",
            on=date(2020, 1, 15),
        ),
        by=by("answer"),
    )
    application.do(
        AskQuestion(
            plan,
            question="Why is the return of education plans off track, and what would bring it back?",
            action=6,
            on=date(2020, 1, 20),
        ),
        by=by("ask again", MEMBER),
    )
    application.do(PublishPlan(plan, on=date(2020, 1, 24)), by=by("publish", SECOND))
    return plan
