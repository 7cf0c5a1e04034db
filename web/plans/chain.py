"""The way from a judgement to the next visit, and back: report, plan, and what inspectors looked at afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.values.activities import Activity, Status
from domain.values.plans import PlanFinding
from domain.values.statements import OTHER_INSPECTIONS
from projections.plans.answers import PlanAnswer, PlanHead
from web.site import plan_reader, reader
from web.site.reader import Asked
from web.words import timeline, words

LOOKS_AT_PLANS = words.ON_SITE - set(OTHER_INSPECTIONS)
"""Inspections and visits that may look at what a plan did; what others inspect has plans of its own."""


@dataclass(frozen=True)
class Entry:
    """An inspection, visit or letter as a link: its id and what it is called."""

    id: UUID
    title: str


@dataclass(frozen=True)
class Chain:
    """The report or letter that a plan answers, None where it is not shown for the date; and visits since."""

    report: Entry | None
    later: tuple[Entry, ...]


@dataclass(frozen=True)
class Answered:
    """A finding of an inspection, and the actions of a plan that answer it."""

    plan: UUID
    finding: PlanFinding
    actions: tuple[int, ...]
    gap: bool


@dataclass(frozen=True)
class PlanOfEntry:
    """The plan made from an entry, and its answers to each finding."""

    answer: PlanAnswer
    answered: tuple[Answered, ...]


def chain_of(head: PlanHead, asked: Asked) -> Chain:
    """Both neighbours of a plan: what it answers, and the visits and inspections that came after that."""
    urns = dict.fromkeys((*(one.was for one in head.handed), head.authority.urn))
    held = [entry.activity for urn in urns for entry in reader.timeline(urn, asked).entries]
    held = [
        one for one in held if one.kind in LOOKS_AT_PLANS and one.status is not Status.WITHDRAWN and not one.only_called
    ]
    about = next((one for one in held if _is(one, head.activity)), None)
    since = about.true_on if about else head.opened_on
    later = tuple(_entry(one) for one in held if one.true_on > since)
    return Chain(_entry(about) if about else None, later)


def plans_from(activity: Activity, asked: Asked) -> tuple[PlanOfEntry, ...]:
    """The plans made on an entry, those that were handed over too, each with the actions that answer its findings."""
    made = [plan for plan in plan_reader.plans(activity.urn, asked).plans if _is(activity, plan.head.activity)]
    passed = (one.head for one in plan_reader.handed_over(activity.urn, asked) if _is(activity, one.head.activity))
    made += [plan_reader.plan(head.id, asked) for head in passed]
    return tuple(
        PlanOfEntry(plan, tuple(Answered(plan.head.id, row.finding, row.actions, row.gap) for row in plan.findings))
        for plan in made
    )


def plans_before(activity: Activity, asked: Asked) -> tuple[PlanHead, ...]:
    """The plans that were open when inspectors came for an entry; none for what they did not come for,
    or were only to come for."""
    if activity.kind not in LOOKS_AT_PLANS or activity.only_called:
        return ()
    came = activity.true_on
    return tuple(
        head
        for head in plan_reader.heads(asked, activity.urn).heads
        if head.opened_on <= came
        and (head.closed_on is None or head.closed_on >= came)
        and not _is(activity, head.activity)
    )


def _is(activity: Activity, name: UUID) -> bool:
    return name == activity.id or name in activity.statements


def _entry(activity: Activity) -> Entry:
    return Entry(activity.id, timeline.line_title(activity))
