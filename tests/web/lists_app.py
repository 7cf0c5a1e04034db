"""An application with two plans for lists: Gateshead's example of 2019, and one of Haringey's on its newest visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from domain.facts import Told
from domain.plans.commands import AddAction, OpenPlan, SendPlan
from domain.plans.question_commands import AskQuestion
from domain.values.plans import Stage
from tests.web.demo_app import HARINGEY, demo_app
from tests.web.demo_app import told as told_in_september
from tests.web.example_of_2019 import tell_example_of_2019
from web import WebApp
from web.store.store import current_store

OFFICE = "Head of Safeguarding"
ON = "as_at=2026-11-20"


def told(what: str) -> Told:
    """The same officer, on the day the lists are read for."""
    return replace(told_in_september(what), at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


def lists_app(home: Path, *, form_tokens: bool = False) -> WebApp:
    """On 20 November 2026 Haringey has one action overdue by 19 days and one due in 11, and two questions."""
    app = demo_app(home, form_tokens=form_tokens)
    tell_plans(app)
    return app


def tell_plans(app: WebApp) -> UUID:
    """Tell both plans; gives Haringey's."""
    with app.app_context():
        store = current_store()
        door = store.application
        example = tell_example_of_2019(door, at=told("the example").at)
        assert example is not None
        (visit,) = (one for one in door.authorities.authority(HARINGEY).activities if one.published == date(2026, 8, 4))
        plan = door.do(OpenPlan(HARINGEY, visit.id, on=date(2026, 8, 6)), by=told("Haringey's plan")).plan
        first, second = door.plans.plan(plan).state.findings
        for number, (finding, what, owner, due) in enumerate(
            (
                (first, "Review every unallocated case each week", OFFICE, date(2026, 11, 1)),
                (first, "Report the caseload to the board", "Director", date(2026, 12, 1)),
                (second, "Start assessments in time", OFFICE, date(2027, 6, 1)),
            )
        ):
            door.do(
                AddAction(plan, findings=[finding], what=what, owner=owner, due_on=due, on=date(2026, 8, 10)),
                by=told(f"action {number}"),
            )
        door.do(SendPlan(plan, stage=Stage.DRAFT, on=date(2026, 8, 28)), by=told("draft"))
        for question, day in (("Why so slow?", date(2026, 10, 1)), ("What shows it?", date(2026, 11, 18))):
            door.do(AskQuestion(plan, question=question, action=1, on=day), by=told(question))
        store.projector.catch_up()
    return plan
