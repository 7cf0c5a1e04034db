"""An example of an action plan, on Gateshead's report of January 2025 with its three real areas for improvement.

The actions, figures, questions and answers are made up, and marked so: `example` is on the plan and on each of its
actions, and every answer carries it. What is done and due lies around the day on which the example is told, so that it
reads as a plan at work on any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
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
from domain.values.days import london_day
from domain.values.errors import NotFound, RuleBroken
from domain.values.plans import Figure, Impact, Progress, Stage, Track
from domain.values.statements import Kind, Source
from domain.values.words import MONTHS

GATESHEAD = "80469"
PUBLISHED, OPENED, SENT = date(2025, 1, 29), date(2025, 2, 10), date(2025, 4, 28)
COMMANDS = UUID("8c0b8a4e-6a0e-5d3a-8f3e-0b7f5a1d2c64")
SOURCE = Source("demo", "Example made up for the demonstration")

OF_BEFORE = UUID("3d6f9f60-0f4b-5c0e-9a35-2f5e6d1f8a77")
"""Names of the commands by which earlier releases told their example, on the report of 2019; a store that has it keeps
it."""

OFFICER, SECOND, MEMBER = "demo", "demo second person", "demo member"

SERVICE, REVIEWING, FRONT_DOOR, EARLY_HELP = (
    "Service director, social work",
    "Head of quality and reviewing",
    "Head of the front door",
    "Head of early help",
)


class ExampleAction(NamedTuple):
    """An action: the finding it answers, by its place in the report, and in how many days from today it is due."""

    finding: int
    what: str
    owner: str
    due_in: int
    measured: tuple[str, str | None, str, str] | None = None


ACTIONS = (
    ExampleAction(
        2,
        "Set a standard for recorded supervision and for the reasons of decisions",
        REVIEWING,
        -86,
        ("Case audits that show the reasons of decisions", "%", "48", "80"),
    ),
    ExampleAction(2, "Train every team manager in recording supervision", SERVICE, -36),
    ExampleAction(
        0,
        "Agree with housing who does what for young people of 16 and 17 who present as homeless",
        FRONT_DOOR,
        6,
        ("Young people seen by both services on the day", "%", "55", "85"),
    ),
    ExampleAction(
        0,
        "Offer each of them an assessment by social work and housing together",
        FRONT_DOOR,
        66,
        ("Assessments done together within ten working days", "%", "61", "95"),
    ),
    ExampleAction(1, "Review how plans for children in need weigh what caring means for a child", EARLY_HELP, -57),
    ExampleAction(
        1,
        "Ask about caring in every plan and review of a child in need",
        EARLY_HELP,
        -12,
        ("Plans of young carers that say what caring means for them", "%", "66", "95"),
    ),
)


def was_told_before(application: Application) -> UUID | None:
    """The plan that an earlier release told as an example; None where it did not."""
    return _plan_told_by(application, uuid5(OF_BEFORE, "open"))


def _plan_told_by(application: Application, command: UUID) -> UUID | None:
    told = application.ledger.positions_of(command)
    if told is None:
        return None
    return next(fact.originator_id for _, fact in application.ledger.read_facts(told[0], limit=1))


def tell_demo_plan(application: Application, *, at: datetime) -> UUID | None:
    """Tell the example, around the day of `at`; again, on whatever day, changes nothing. Gives the plan's id; None
    where the report is not held, is not the newest any more, or has a plan of another's making."""
    if (before := was_told_before(application)) is not None:
        return before
    if application.ledger.positions_of(uuid5(COMMANDS, "publish")) is not None:
        return _plan_told_by(application, uuid5(COMMANDS, "open"))
    try:
        graded = [
            one
            for one in application.authorities.authority(GATESHEAD).activities
            if one.kind is Kind.INSPECTION and one.grades and one.published
        ]
        report = max(graded, key=lambda one: one.published or date.min)
    except (ValueError, NotFound):
        return None
    if report.published != PUBLISHED:
        return None
    today = london_day(at)

    def ago(days: int) -> date:
        """A day so many days before today, never before the plan was sent."""
        return max(today - timedelta(days=days), SENT)

    def by(what: str, actor: str = OFFICER) -> Told:
        return Told(actor, uuid5(COMMANDS, what), SOURCE, at)

    try:
        plan = application.do(OpenPlan(GATESHEAD, report.id, on=OPENED, example=True), by=by("open")).plan
    except RuleBroken:
        return None
    findings = list(application.plans.plan(plan).state.findings)
    application.do(SendPlan(plan, stage=Stage.FINAL, on=SENT), by=by("send"))
    for number, wanted in enumerate(ACTIONS, 1):
        measure, unit, baseline, target = wanted.measured or (None, None, None, None)
        application.do(
            AddAction(
                plan,
                findings=findings[wanted.finding : wanted.finding + 1],
                what=wanted.what,
                owner=wanted.owner,
                due_on=today + timedelta(days=wanted.due_in),
                measure=measure,
                unit=unit,
                baseline=Figure(baseline) if baseline else None,
                target=Figure(target) if target else None,
                example=True,
                on=ago(200),
            ),
            by=by(f"action {number}"),
        )

    def do(what: str, command: Callable[..., ActionCommand], action: int, days: int, **words: Any) -> None:
        actor = SECOND if command is AcceptCompletion else OFFICER
        application.do(command(plan, action, on=ago(days), **words), by=by(what, actor))

    going, done = Progress.IN_PROGRESS, Progress.COMPLETE
    month = MONTHS[ago(86).month - 1]
    do("first of 1", ReportProgress, 1, 144, progress=going, track=Track.ON_TRACK, now=Figure("60"))
    do(
        "first of 2",
        ReportProgress,
        2,
        130,
        progress=going,
        track=Track.ON_TRACK,
        narrative="Six of nine managers are trained.",
    )
    do(
        "first of 3",
        ReportProgress,
        3,
        115,
        progress=going,
        track=Track.AT_RISK,
        narrative="The talks with housing began late.",
    )
    do("1 complete", ReportProgress, 1, 88, progress=done, now=Figure("82"), narrative="All teams use the standard.")
    do("1 shown", OfferEvidence, 1, 87, title=f"Audit of {month}", reference="Quality assurance report, item 4")
    do("1 accepted", AcceptCompletion, 1, 79)
    do("1 rated", RateImpact, 1, 65, impact=Impact.SOME, why="Two audits in a row show it.")
    do(
        "3 moved",
        MoveDueDate,
        3,
        60,
        due_on=today + timedelta(days=34),
        why="Housing asked for a second round of drafts.",
    )
    do("5 complete", ReportProgress, 5, 58, progress=done, narrative="The review was reported to the board.")
    do("first of 4", ReportProgress, 4, 53, progress=going, track=Track.ON_TRACK, now=Figure("72"))
    do("2 complete", ReportProgress, 2, 37, progress=done, narrative="All nine managers are trained.")
    do("2 shown", OfferEvidence, 2, 37, title="Training record", reference="Workforce report, appendix B")
    question = application.do(
        AskQuestion(
            plan,
            question="What shows that supervision changed, and not only that managers were trained?",
            action=2,
            on=ago(26),
        ),
        by=by("ask", MEMBER),
    ).made
    assert isinstance(question, UUID)
    application.do(
        AnswerQuestion(
            plan,
            question,
            answer="The next audit looks at the records of every trained manager; it comes to the committee.",
            on=ago(19),
        ),
        by=by("answer"),
    )
    do("first of 6", ReportProgress, 6, 14, progress=going, track=Track.OFF_TRACK, now=Figure("68"))
    application.do(
        AskQuestion(
            plan,
            question="Why is asking about caring off track, and what would bring it back?",
            action=6,
            on=ago(9),
        ),
        by=by("ask again", MEMBER),
    )
    application.do(PublishPlan(plan, on=ago(2)), by=by("publish", SECOND))
    return plan
