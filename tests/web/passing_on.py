"""Cumbria in its last months, with a plan and a meeting to come; and an action that went on in a newer plan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.meetings.commands import ArrangeMeeting
from domain.plans.carrying_over import CarryOver
from domain.plans.commands import AddAction, OpenPlan
from domain.values.statements import Variant
from tests.domain.plans.story import ALL_GOOD
from tests.web.demo_app import GATESHEAD, told

CUMBRIA, CUMBERLAND = "80457", "2733690"


def tell_cumbria(door: Any) -> tuple[UUID, UUID]:
    """Its plan, and its meeting."""
    report = door.authorities.record_inspection(
        CUMBRIA,
        started_on=date(2022, 9, 20),
        ended_on=date(2022, 9, 30),
        kind=Variant.STANDARD,
        published_on=date(2022, 11, 15),
        judgements=ALL_GOOD,
        improvements=("The quality of plans.",),
        by=told("Cumbria's report"),
    ).activity
    plan = door.do(OpenPlan(CUMBRIA, report, on=date(2022, 12, 1)), by=told("Cumbria's plan")).plan
    findings = list(door.plans.plan(plan).state.findings)
    action = {"findings": findings, "what": "Audit plans", "owner": "Director", "due_on": date(2027, 1, 4)}
    door.do(AddAction(plan, **action, on=date(2022, 12, 1)), by=told("Cumbria's action"))
    arranged = {"committee": "Scrutiny committee", "day": date(2023, 5, 4), "plans": [plan], "on": date(2023, 3, 1)}
    meeting = door.do(ArrangeMeeting(urn=CUMBRIA, **arranged), by=told("Cumbria's meeting")).meeting
    return plan, meeting


def carry_one_over(door: Any, example: UUID) -> UUID:
    """The fourth action of the example of 2019 goes on in an example on the report of 2025; gives that plan."""
    entries = door.authorities.authority(GATESHEAD).activities
    report = next(one.id for one in entries if one.published == date(2025, 1, 29))
    opened = OpenPlan(GATESHEAD, report, on=date(2025, 2, 10), example=True)
    newer = door.do(opened, by=told("the plan of 2025")).plan
    findings = list(door.plans.plan(newer).state.findings)[:1]
    words = {"actions": [4], "findings": findings, "due_on": date(2027, 3, 1), "on": date(2026, 9, 1)}
    door.do(CarryOver(example, into=newer, **words), by=told("carried over"))
    return UUID(str(newer))
