"""What the views of a plan share: its head, how far it is, and the ways from one view to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for

from domain.plans.clock import Deadline
from domain.values.errors import NotFound
from projections.plans.answers import BurnUpAnswer, PlanAnswer, PlanHead
from web.charts.burn_up import BurnUp, DayCount, burn_up, by_month, told
from web.meetings import choices as meeting_choices
from web.plans.allowed_links import UPDATE_MANY
from web.plans.passed_on import passed_on
from web.plans.register import narrowing
from web.plans.register.attention import attention
from web.plans.register.by_finding import raised_before
from web.plans.register.headline import headline
from web.plans.register.moved import Since, moved
from web.plans.register.narrowing import is_narrowed
from web.plans.register.tables import tables
from web.plans.register.tools import PlanTools, tools
from web.site import access, plan_reader, reader
from web.site.list_filters import Narrowing
from web.site.reader import Asked
from web.words import timeline, words


@dataclass(frozen=True)
class ReportAnswered:
    """The report or letter that a plan answers: its title and address, the day it was published and its grade."""

    title: str
    address: str
    published: str
    grade: str
    tone: str


@dataclass(frozen=True)
class PlanView:
    """A way to look at a plan."""

    name: str
    label: str
    address: str


@dataclass(frozen=True)
class PromisedAndDone:
    """The burn-up, drawn for wide and for narrow screens, with its sentence and the rows of its table."""

    drawings: tuple[BurnUp, ...]
    said: str
    rows: tuple[DayCount, ...]


def shared(answer: PlanAnswer, asked: Asked, here: str, wanted: Narrowing | None = None) -> dict[str, Any]:
    """What every view of a plan takes; `here` is the name of the one shown."""
    offered = tools(answer, asked, wanted)
    return {
        "asked": asked,
        "moment": answer.moment,
        "answer": answer,
        "head": answer.head,
        "authority": answer.head.authority,
        "report": answers(answer.head, asked),
        "passed": passed_on(answer.head, asked),
        "headline": headline(answer),
        "views": views(answer, asked, offered),
        "here": here,
        "tools": offered,
        "papers": papers(answer.head),
        "told_until": max((row.changed_on for row in answer.actions), default=None),
    }


def register(answer: PlanAnswer, asked: Asked, wanted: Narrowing, since: Since) -> dict[str, Any]:
    """What the register takes."""
    numbers = numbers_of(answer)
    raised = {name: one.said for name, one in raised_before(answer.head, asked).items()}
    return {
        **shared(answer, asked, "register", wanted),
        "wanted": wanted,
        "narrowed": is_narrowed(wanted),
        "choices": narrowing.choices(answer),
        "clear": url_for("plans.show", plan=answer.head.id, **asked.address),
        "tables": tables(answer, wanted, asked, numbers, raised),
        "attention": attention(answer, asked, numbers),
        "since": since,
        "moved": moved(answer, asked),
        "meetings": meeting_choices.offered(answer.head.authority.urn, asked),
        "grown": promised_and_done(answer, plan_reader.burn_up(answer.head.id, asked)),
    }


def numbers_of(answer: PlanAnswer) -> Mapping[UUID, int]:
    """The number of each finding, in the order of the report or letter."""
    return {row.finding.id: number for number, row in enumerate(answer.findings, 1)}


def answers(head: PlanHead, asked: Asked) -> ReportAnswered | None:
    """The report or letter that a plan is made on; None where it is not held for the date."""
    try:
        activity = reader.entry(head.activity, asked).entry.activity
    except NotFound:
        return None
    grade = activity.overall
    return ReportAnswered(
        timeline.line_title(activity),
        url_for("inspections.show", activity=activity.id, **asked.address),
        words.day(head.published_on) if head.published_on else "",
        words.GRADES[grade] if grade else "",
        words.GRADE_TONES[grade] if grade else "",
    )


def papers(head: PlanHead) -> tuple[str, ...]:
    """What the plan owes Ofsted, in few words: each paper with the day it was sent, or the day by which it is due."""
    return tuple(said for one in head.deadlines if (said := _paper(one)))


def _paper(one: Deadline) -> str:
    named = f"{one.stage.value} plan"
    if one.submitted_on is not None:
        return f"{named} sent to Ofsted {words.day(one.submitted_on)}"
    if one.due_on is None or one.replaced_on is not None or one.days_left is None:
        return ""
    latest = " at the latest" if one.latest else ""
    return f"{named} {'is' if one.days_left >= 0 else 'was'} due to Ofsted by {words.day(one.due_on)}{latest}"


def views(answer: PlanAnswer, asked: Asked, offered: PlanTools) -> tuple[PlanView, ...]:
    """The views of a plan that whoever looks at it may open."""
    plan = {"plan": answer.head.id, **asked.address}
    found = [
        PlanView("register", "Register", url_for("plans.show", **plan)),
        PlanView("findings", "By finding", url_for("plans.findings", **plan)),
        PlanView("questions", f"Questions ({len(answer.questions)})", url_for("plans.questions", **plan)),
    ]
    many = next((one for one in offered.often if one.label == UPDATE_MANY), None)
    if many is not None:
        found.insert(2, PlanView("update", "Update many", many.address))
    if access.may("READS"):
        found.append(PlanView("history", "History", url_for("audit.of_plan", plan=answer.head.id)))
    return tuple(found if answer.head.shows_actions else found[:2])


def promised_and_done(answer: PlanAnswer, grown: BurnUpAnswer) -> PromisedAndDone | None:
    """How a plan's counts grew, and how they go on where it still counts; None where nothing was promised."""
    points = [DayCount(point.day, point.actions, point.due, point.done) for point in grown.points]
    to_come = _to_come(answer)
    drawn = (burn_up(points, to_come, wide=True), burn_up(points, to_come, wide=False))
    drawings = tuple(one for one in drawn if one)
    return PromisedAndDone(drawings, told(points[-1]), by_month(points, to_come)) if drawings else None


def _to_come(answer: PlanAnswer) -> list[date]:
    on = answer.moment.as_at
    if not answer.head.is_followed:
        return []
    return [row.due_on for row in answer.actions if row.counts and row.due_on and row.due_on > on]
