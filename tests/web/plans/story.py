"""A plan at which people work by its forms, and what each form is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.plans.action_commands import AcceptCompletion, OfferEvidence, ReportProgress, WithdrawAction
from domain.plans.commands import ClosePlan, SendPlan
from domain.plans.question_commands import AskQuestion
from domain.values.plans import Progress, Stage
from domain.values.roles import Listed, Role
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
TODAY = {"on-day": "24", "on-month": "11", "on-year": "2026"}


def day(name: str, text: str) -> dict[str, str]:
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), text.split(), strict=True))


class Plan:
    """A plan of Haringey's on a letter with priority action, one action in it, and everybody who works on it."""

    def __init__(self, app: WebApp, plan: UUID) -> None:
        self.app = app
        self.id = plan
        self.findings = [str(name) for name in self.door.plans.plan(self.id).state.findings]
        self.people: dict[str, Listed] = {}

    @property
    def door(self) -> Any:
        return store_of(self.app).application

    @property
    def position(self) -> int:
        return int(self.door.ledger.max_position())

    @property
    def state(self) -> Any:
        return self.door.plans.plan(self.id).state

    def client(self, role: str = "officer", office: str = "") -> Client:
        """Somebody of a role, freshly signed in."""
        kind = Role(role)
        scope = [HARINGEY] if kind in (Role.OFFICER, Role.APPROVER) else []
        client = Client(self.app)
        who = person(self.app, kind, authorities=scope, office=office or f"Office of the {role}")
        self.people[role] = who
        sign_in(self.app, client.client, who)
        return client

    def record(self, kind: str) -> str:
        return f"/plans/{self.id}/record/{kind}"

    def act(self, kind: str, number: int = 1) -> str:
        return f"/plans/{self.id}/actions/{number}/record/{kind}"

    # What has to be so before a kind of work can be done.

    def reported(self) -> None:
        words = {"progress": Progress.COMPLETE, "narrative": "All reviewed.", "on": date(2026, 9, 1)}
        self.door.do(ReportProgress(self.id, 1, **words), by=told("reported"))
        title, reference = "Audit of August", "Item 4"
        evidence = {"title": title, "reference": reference, "on": date(2026, 9, 1)}
        self.door.do(OfferEvidence(self.id, 1, **evidence), by=told("evidence"))

    def accepted(self) -> None:
        self.reported()
        by = replace(told("accepted"), actor="a second person")
        self.door.do(AcceptCompletion(self.id, 1, on=date(2026, 9, 1)), by=by)

    def withdrawn(self) -> None:
        self.door.do(WithdrawAction(self.id, 1, why="No.", on=date(2026, 9, 1)), by=told("withdrawn"))

    def closed(self) -> None:
        self.withdrawn()
        self.door.do(ClosePlan(self.id, why="Done.", on=date(2026, 9, 1)), by=told("closed"))

    def sent(self) -> None:
        self.door.do(SendPlan(self.id, stage=Stage.FINAL, on=date(2026, 9, 1)), by=told("sent"))

    def grown(self) -> None:
        activity = self.state.activity
        self.door.authorities.record_finding(
            HARINGEY, activity, text="Recording of visits.", priority=False, by=told("grown")
        )

    def asked(self, actor: str | None = None) -> UUID:
        by = replace(told("asked"), actor=actor or "local")
        made = self.door.do(AskQuestion(self.id, question="What shows it?", action=1, on=date(2026, 8, 20)), by=by).made
        store_of(self.app).projector.catch_up()
        assert isinstance(made, UUID)
        return made


Before = Callable[[Plan], object] | None

PLAN_CASES: dict[str, tuple[Before, dict[str, str]]] = {
    "action": (None, {"what": "Audit", "owner": "Head of Safeguarding", **day("due_on", "1 3 2027"), **TODAY}),
    "sent": (None, {"stage": "final", **day("submitted_on", "1 9 2026")}),
    "reply": (Plan.sent, {"reflects": "unsaid", **day("received_on", "20 9 2026")}),
    "opening": (None, {"why": "The minutes of the board say so.", **day("on", "5 8 2026")}),
    "receipt": (None, {"why": "The post book says so.", **day("received_on", "3 8 2026"), **TODAY}),
    "findings": (Plan.grown, {**TODAY}),
    "close": (Plan.withdrawn, {"why": "All is done.", **TODAY}),
    "reopen": (Plan.closed, {"why": "It was not.", **TODAY}),
}
ACTION_CASES: dict[str, tuple[Before, dict[str, str]]] = {
    "progress": (None, {"progress": "in_progress", "track": "at_risk", "narrative": "Begun.", **TODAY}),
    "evidence": (None, {"title": "Audit", "link": "https://example.gov.uk/audit", **TODAY}),
    "accept": (Plan.reported, {**TODAY}),
    "refuse": (Plan.reported, {"why": "Two cases only.", **TODAY}),
    "due-date": (None, {"why": "A second round.", **day("due_on", "1 2 2027"), **TODAY}),
    "impact": (None, {"impact": "some", "why": "Two audits.", **TODAY}),
    "measure": (None, {"measure": "Cases reviewed", "unit": "%", "baseline": "40", "target": "100", **TODAY}),
    "owner": (None, {"owner": "Service director", **TODAY}),
    "findings": (None, {**TODAY}),
    "close": (Plan.accepted, {"why": "Nothing more.", **TODAY}),
    "withdraw": (None, {"why": "Given up.", **TODAY}),
    "not-required": (None, {"why": "Done by the board.", **TODAY}),
    "reopen": (Plan.reported, {"why": "Not done.", **TODAY}),
}


def prepared(plan: Plan, before: Before) -> None:
    if before is not None:
        before(plan)
    store_of(plan.app).projector.catch_up()


def filled(client: Client, address: str, form: dict[str, str]) -> dict[str, str]:
    """What a browser would send: the form as it was opened, with these answers."""
    page = client.page(address)
    hidden = {one.get("name"): one.get("value") for one in page.all("input") if one.get("type") == "hidden"}
    return {str(name): str(value) for name, value in hidden.items() if value} | form


def kinds() -> list[tuple[str, str]]:
    return [("plan", kind) for kind in PLAN_CASES] + [("action", kind) for kind in ACTION_CASES]


def case(plan: Plan, about: str, kind: str) -> tuple[str, dict[str, str]]:
    before, form = (PLAN_CASES if about == "plan" else ACTION_CASES)[kind]
    prepared(plan, before)
    if (about, kind) in (("plan", "action"), ("action", "findings")):
        form = {**form, "findings": plan.findings[1]}
    return (plan.record(kind) if about == "plan" else plan.act(kind)), form
