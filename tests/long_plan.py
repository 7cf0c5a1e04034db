"""A plan of twelve findings and twenty-six actions in every state, told by the product's own commands.

On Gateshead's report of January 2025. What is done and due lies around the day on which it is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from domain.application import Application
from domain.facts import Told
from domain.plans.action_commands import AcceptCompletion, MoveDueDate, OfferEvidence, RateImpact, ReportProgress
from domain.plans.commands import AddAction, OpenPlan
from domain.plans.question_commands import AskQuestion
from domain.values.plans import Figure, Impact, Progress, Track
from domain.values.statements import Source

GATESHEAD = "80469"
PUBLISHED, OPENED = date(2025, 1, 29), date(2025, 2, 10)
NAMES = UUID("c1de7b0a-7f3c-5a44-8a2e-5d9c1b7e2f10")

FURTHER_FINDINGS = (
    "Partnership arrangements, so that they lead to effective multi-agency support for children and young people.",
    "The response to risk by social workers, including timely and effective strategy meetings.",
    "Support for children who go missing from home and care, and for young carers.",
    "The identification of children who live in private fostering arrangements, and their assessment.",
    "The timeliness of decisions for permanence when children come into care.",
    "The sufficiency of suitable placements to meet children’s assessed needs.",
    "The support for children in care to have family time with those who are important to them.",
    "The quality of advice for care leavers, including those with additional vulnerabilities.",
    "The quality of direct work with children, including life-story work.",
)
OFFICES = (
    "Service director, safeguarding",
    "Head of quality assurance",
    "Head of fostering",
    "Principal social worker",
    "Head of care leavers",
    "Service director, early help",
)


class Promise(NamedTuple):
    """An action: what is to be done, in how many days from the day told it is due, and how it goes."""

    what: str
    due_in: int
    progress: Progress
    track: Track | None = None
    moved: int = 0
    figures: tuple[int, ...] = ()
    accepted: bool = False


NONE, BEGUN, DONE = Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.COMPLETE
ON, RISK, OFF = Track.ON_TRACK, Track.AT_RISK, Track.OFF_TRACK
ACTIONS = (
    Promise("Re-set the improvement board with an independent chair", -500, DONE, ON, accepted=True),
    Promise("Agree one partnership performance report each month", -420, DONE, ON, accepted=True),
    Promise("Review the threshold document with partners", 18, BEGUN, ON, 1, (62, 70, 78)),
    Promise("Daily triage with police and health at the front door", -380, DONE, ON, accepted=True),
    Promise("Sample twenty contacts a month", 31, BEGUN, ON, 0, (31, 44, 58)),
    Promise("Strategy meetings held within three working days", -30, BEGUN, OFF, 2, (71, 74, 73, 69)),
    Promise("Train every team in child-centred planning", -61, DONE, ON, 0, (40, 78, 97)),
    Promise("Audit assessments and coach each practitioner", 60, BEGUN, RISK, 0, (30, 38, 45, 44)),
    Promise("Plans for transition at 17 for disabled children", 88, BEGUN, ON, 0, (40, 58, 74)),
    Promise("Homelessness protocol with the housing service", -350, DONE, ON, accepted=True),
    Promise("Return home interviews within 72 hours", -17, BEGUN, RISK, 1, (48, 59, 66)),
    Promise("Assess young carers together with schools", 121, BEGUN, ON, 0, (8, 19)),
    Promise("Private fostering: awareness and assessment", 11, BEGUN, ON, 0, (40, 66, 81)),
    Promise("Support plans for kinship carers", -300, DONE, ON, accepted=True),
    Promise("Permanence tracking panel each fortnight", 46, BEGUN, ON, 0, (55, 71, 80)),
    Promise("Pre-proceedings reviewed every six weeks", -24, BEGUN, RISK, 1, (41, 49, 50)),
    Promise("Recruit fifteen foster households", 121, BEGUN, RISK, 1, (1, 4, 7)),
    Promise("Offer staying put to every 17 year old", 31, BEGUN, ON, 0, (70, 82, 91)),
    Promise("Review family time at each care review", 60, BEGUN, ON, 0, (60, 75, 83)),
    Promise("Review every pathway plan within six months", -4, DONE, ON, 0, (61, 80, 95)),
    Promise("Health passports for care leavers", 88, NONE),
    Promise("Training and toolkit for life-story work", 121, BEGUN, ON, 0, (20, 31)),
    Promise("Training passport for carers", 18, BEGUN, ON, 0, (50, 71, 86)),
    Promise("Supervision policy, with an audit each quarter", -250, DONE, ON, accepted=True),
    Promise("Caseloads of eighteen or fewer", 31, BEGUN, RISK, 1, (24, 22, 20)),
    Promise("Six permanent team managers", 60, NONE, None, 1),
)


def tell_a_long_plan(door: Application, today: date) -> UUID:
    """The plan, as told on a day. The projections have to catch up afterwards."""
    told = _Teller(door, datetime.combine(today, time(9), UTC))
    (report,) = (one for one in door.authorities.authority(GATESHEAD).activities if one.published == PUBLISHED)
    for text in FURTHER_FINDINGS:
        by = told.by("officer")
        door.authorities.record_finding(GATESHEAD, report.id, text=text, priority=False, by=by)
    plan: UUID = told(OpenPlan(GATESHEAD, report.id, on=OPENED)).plan
    findings = list(door.plans.plan(plan).state.findings)
    for number, promise in enumerate(ACTIONS, 1):
        _promise(told, plan, number, promise, findings, today)
    question = AskQuestion(plan, question="Why is it late again?", action=6, on=today - timedelta(days=3))
    told(question, actor="member")
    return plan


def _promise(told: _Teller, plan: UUID, number: int, promise: Promise, findings: list[UUID], today: date) -> None:
    due = today + timedelta(days=promise.due_in)
    first_due = due - timedelta(days=40 * promise.moved)
    measured: dict[str, Any] = {"measure": "Done in time", "unit": "%", "target": Figure("95")}
    told(
        AddAction(
            plan,
            findings=[findings[number * len(findings) // (len(ACTIONS) + 1)]],
            what=promise.what,
            owner=OFFICES[number % len(OFFICES)],
            due_on=first_due,
            on=OPENED,
            **(measured if promise.figures else {}),
        )
    )
    for place in range(promise.moved):
        moved = first_due + timedelta(days=40 * (place + 1))
        told(MoveDueDate(plan, number, due_on=moved, why="Two managers left.", on=OPENED + timedelta(days=20)))
    if promise.progress is NONE:
        return
    last = min(today, due) - timedelta(days=5)
    for place, amount in enumerate(promise.figures[:-1]):
        day = max(OPENED + timedelta(days=30), last - timedelta(days=60 * (len(promise.figures) - place)))
        told(ReportProgress(plan, number, progress=BEGUN, track=ON, now=Figure(str(amount)), on=day))
    now = Figure(str(promise.figures[-1])) if promise.figures else None
    told(ReportProgress(plan, number, progress=promise.progress, track=promise.track, now=now, on=last))
    told(RateImpact(plan, number, impact=Impact.SOME, why="The audit shows it.", on=last))
    if promise.accepted:
        told(OfferEvidence(plan, number, title="Audit", reference="Item 4", on=last))
        told(AcceptCompletion(plan, number, on=last), actor="a second person")


class _Teller:
    """Says one thing after another, each by a command of its own."""

    def __init__(self, door: Application, at: datetime) -> None:
        self.door, self.at, self.said = door, at, 0

    def by(self, actor: str) -> Told:
        self.said += 1
        return Told(actor, uuid5(NAMES, str(self.said)), Source("form", "Form"), self.at)

    def __call__(self, command: Any, actor: str = "officer") -> Any:
        return self.door.do(command, by=self.by(actor))
