"""A published plan of Stockton's on the report of 2019, with an action, evidence and questions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from domain.facts import Told
from domain.plans.action_commands import ReportProgress
from domain.plans.commands import AddAction, OpenPlan, PublishPlan
from domain.plans.question_commands import AnswerQuestion, AskQuestion
from domain.values.plans import Figure, Progress
from domain.values.statements import Source
from tests.installation import Installation

NAMES = UUID("7f0e2d1c-51f4-5b7a-9a55-0c2f6f1d2b3e")
STOCKTON = "80563"
TOLD_AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)


def told(what: str, actor: str = "officer", reason: str | None = None) -> Told:
    return Told(actor, uuid5(NAMES, what), Source("form", "Form"), TOLD_AT, reason)


def a_plan(installation: Installation) -> UUID:
    """Two findings; one is answered by an action that is reported complete, and asked about. Gives the plan's id."""
    door = installation.store.application
    (report,) = (one for one in door.authorities.authority(STOCKTON).activities if one.published == date(2019, 7, 1))
    plan = door.do(OpenPlan(STOCKTON, report.id, on=date(2019, 7, 2)), by=told("open")).plan
    finding, other = door.plans.plan(plan).state.findings
    door.do(
        AddAction(
            plan,
            findings=[finding],
            what="Write plans with families",
            owner="Head of Safeguarding",
            due_on=date(2019, 12, 1),
            measure="Plans rated good by audit",
            unit="%",
            baseline=Figure("62"),
            target=Figure("90"),
            on=date(2019, 7, 10),
        ),
        by=told("add"),
    )
    door.do(
        ReportProgress(
            plan,
            1,
            progress=Progress.COMPLETE,
            now=Figure("76"),
            narrative="All teams were trained.",
            on=date(2019, 11, 1),
        ),
        by=told("report"),
    )
    asked = door.do(
        AskQuestion(plan, question="What shows it?", action=1, on=date(2019, 11, 4)), by=told("ask", "member")
    ).made
    assert isinstance(asked, UUID)
    door.do(AnswerQuestion(plan, asked, answer="The audit of October.", on=date(2019, 11, 8)), by=told("answer"))
    door.do(AskQuestion(plan, question="And this one?", finding=other, on=date(2019, 11, 5)), by=told("ask again"))
    door.do(PublishPlan(plan, on=date(2019, 11, 12)), by=told("publish", "approver"))
    installation.store.projector.catch_up()
    return plan
