"""Two moments side by side in words: what was added, changed, withdrawn, and what of it corrects what was held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import url_for

from domain.authorities.comparing import Change, Comparison, Difference, Sort, Why
from domain.frameworks import Grade
from domain.values.activities import Disagreement, Doubt
from domain.values.words import listed
from projections.engine.answers import Moment, StandingAnswer
from projections.outlook.comparing import ComparisonAnswer
from projections.plans.answers import ActionRow, Wording
from projections.plans.comparing import PlanChange, PlanComparisonAnswer, PlanDifference, ReportReplaced
from web.words import timeline, words
from web.words.summary import Summary, summary

SORTS: Mapping[Sort, str] = {
    Sort.ADDED: "Added",
    Sort.CHANGED: "Changed",
    Sort.WITHDRAWN: "Withdrawn",
    Sort.GONE: "No longer an entry of its own",
    Sort.CONFIRMED: "Confirmed",
}

WHYS: Mapping[Why, str] = {
    Why.NEWS: "News",
    Why.LEARNED: "Learned later",
    Why.CORRECTED: "Correction",
}

NOT_STATED = "not known"

PLAN_FIELDS: Mapping[str, str] = {
    "reading": "State",
    "what": "Action",
    "due_on": "Due",
    "now": "Measure now",
    "evidence": "Pieces of evidence",
    "narrative": "Latest update",
    "findings": "Findings it answers, by number",
    "track": "Confidence",
    "unit": "Unit of the measure",
    "answer_by": "Answer due",
    "why": "Why it was withdrawn",
}


@dataclass(frozen=True)
class ValueChanged:
    """One value, before and after, in words. `why` is empty where nothing of the sort is told."""

    field: str
    was: str
    now: str
    why: str = ""


@dataclass(frozen=True)
class DifferenceShown:
    """One entry, action or question that differs, with where to see it. `news` goes without saying on a page."""

    title: str
    when: str
    address: str
    sort: Sort
    became: str
    why: str
    news: bool
    correction: bool
    facts: tuple[str, ...]
    changes: tuple[ValueChanged, ...]


@dataclass(frozen=True)
class Group:
    label: str
    entries: tuple[DifferenceShown, ...]


@dataclass(frozen=True)
class Compared:
    """Everything a page or paper about two moments says."""

    subject: str
    question: str
    counts: str
    standing: tuple[ValueChanged, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Naming:
    """What must be asked of the people who are known here: who recorded something, and a text or who erased it."""

    recorded_by: Callable[[str], str]
    shown: Callable[[Wording], str]


def of_authority(answer: ComparisonAnswer) -> Compared:
    before, after = answer.before, answer.after
    address = later_address(after.moment)
    return Compared(
        subject=answer.authority.name,
        question=question(before.moment, after.moment),
        counts=counts(answer.comparison),
        standing=_standing(before, after),
        groups=_groups(answer.comparison.shown, address),
    )


def of_plan(answer: PlanComparisonAnswer, before: Moment, after: Moment, naming: Naming) -> Compared:
    found = answer.comparison
    numbers = {row.finding.id: number for number, row in enumerate(answer.after.findings, 1)}
    labels = [("Actions", found.actions), ("Members’ questions", found.questions)]
    told = f"{words.count(found.count, 'difference')}; {found.unchanged:,} the same."
    if answer.before is None:
        told = f"The plan was not open, or not known, at the earlier date. {told}"
    return Compared(
        subject=f"Action plan, {answer.after.head.authority.name}",
        question=question(before, after),
        counts=told,
        standing=(
            ValueChanged(
                "Actions",
                answer.before.head.counts.headline if answer.before else "no plan yet",
                answer.after.head.counts.headline,
            ),
        ),
        groups=(
            *((Group("The plan’s report", (_report_entry(found.report, after),)),) if found.report else ()),
            *(Group(label, tuple(_plan_entry(one, numbers, naming) for one in rows)) for label, rows in labels if rows),
        ),
    )


def question(before: Moment, after: Moment) -> str:
    """Which two moments, in a sentence: what differs of the day, and what of the knowledge."""
    same_day, same_knowledge = before.as_at == after.as_at, before.position == after.position
    known = "as known today" if after.known_at is None else f"as known on {words.day(words.day_of(after.known_at))}"
    if same_knowledge:
        return f"What happened from {words.day(before.as_at)} to {words.day(after.as_at)}, {known}."
    then = words.day(words.day_of(before.known_at)) if before.known_at else "today"
    if same_day:
        now = "today" if after.known_at is None else words.day(words.day_of(after.known_at))
        return f"What was learned from {then} to {now} about how things stood on {words.day(after.as_at)}."
    return (
        f"What happened or was learned between {words.day(before.as_at)}, as known on {then}, and "
        f"{words.day(after.as_at)}, {known}."
    )


def counts(comparison: Comparison) -> str:
    """How many of each sort, what did not change included; a sort of which there are none is left out."""
    parts = [
        words.count(number, called, called)
        for sort, called in (
            (Sort.ADDED, "added"),
            (Sort.CHANGED, "changed"),
            (Sort.WITHDRAWN, "withdrawn"),
            (Sort.GONE, "joined to another"),
        )
        if (number := comparison.count(sort=sort))
    ]
    told = (
        f"{', '.join(parts)}; {comparison.unchanged + comparison.confirmed:,} unchanged" if parts else "No difference"
    )
    if comparison.confirmed:
        told += f" ({comparison.confirmed:,} of them with another source or reading)"
    if corrections := comparison.count(why=Why.CORRECTED):
        told += f". {words.count(corrections, 'correction')} of what was held; the rest is news or was learned later"
    return f"{told}."


def later_address(moment: Moment) -> dict[str, str]:
    """What a link carries to show the later moment; nothing where it is now."""
    address = {"as_at": moment.as_at.isoformat()}
    return address if moment.known_at is None else address | {"known_at": moment.known_at.isoformat()}


def _standing(before: StandingAnswer, after: StandingAnswer) -> tuple[ValueChanged, ...]:
    was, now = (summary(answer.standing, answer.moment.as_at) for answer in (before, after))
    rows = [
        ("Pathway", was.pathway, now.pathway),
        ("Since the report published", was.since, now.since),
        ("Next graded inspection", was.next_name, now.next_name),
        ("Expected window", was.window, now.window),
        ("State of the window", _state(was), _state(now)),
    ]
    return tuple(ValueChanged(label, one or "none", other or "none") for label, one, other in rows)


def _state(told: Summary) -> str:
    """`Overdue, late by 170 days when last known, on 22 August 2026`."""
    late = told.distance.startswith("late")
    return f"{told.state}, {told.distance}" if late else told.state


def _groups(differences: Iterable[Difference], address: Mapping[str, str]) -> tuple[Group, ...]:
    order = list(timeline.GROUPS)
    rows = sorted(differences, key=lambda one: order.index(timeline.group_of(one.entry)))
    return tuple(
        Group(timeline.GROUPS[key][0], tuple(_entry(one, address) for one in of_one))
        for key, of_one in groupby(rows, lambda one: timeline.group_of(one.entry))
    )


def _entry(one: Difference, address: Mapping[str, Any]) -> DifferenceShown:
    held = one.entry
    added = one.was is None and one.now is not None
    facts: tuple[str, ...] = ()
    if added:
        facts = (*(f"{area}: {grade}" for area, grade, _ in timeline.grades(held)), *timeline.facts(held))
    if one.sort is Sort.WITHDRAWN:
        facts = (f"Withdrawn: {held.reason or 'no reason given'}", *facts)
    if one.into is not None:
        facts = (f"What sources said of it is now held in: {timeline.line_title(one.into)}",)
    target = one.into or held
    return DifferenceShown(
        title=words.title(held),
        when=f"{words.happened(held)}, {words.made_public(held)}",
        address=url_for("inspections.show", activity=target.id, **address),
        sort=one.sort,
        became=SORTS[one.sort],
        why=WHYS[one.why],
        news=one.why is Why.NEWS,
        correction=one.why is Why.CORRECTED,
        facts=facts,
        changes=tuple(_changed(change) for change in one.telling),
    )


_LABELS = {"disagreements": "Where sources disagree", "doubts": "Questions for an officer"}


def _changed(change: Change) -> ValueChanged:
    label = _LABELS.get(change.field) or words.field(change.field)
    return ValueChanged(label, value(change.was), value(change.now), WHYS[change.why])


def value(held: object) -> str:
    """A value of an entry in words."""
    if held is None or held == ():
        return NOT_STATED
    if isinstance(held, Grade):
        return words.GRADES[held]
    if isinstance(held, tuple):
        return "; ".join(map(value, held))
    if isinstance(held, Doubt):
        return held.text
    if isinstance(held, Disagreement):
        ruled = "settled" if held.settled else "corrected" if held.ruled_on else "not settled"
        return f"{words.field(held.field)} ({ruled})"
    return words.said_value(held)


def _report_entry(one: ReportReplaced, after: Moment) -> DifferenceShown:
    gone, address = one.sort is Sort.GONE, dict[str, Any](later_address(after))
    return DifferenceShown(
        title="Its report was not replaced" if gone else "Its report was replaced by a newer graded report",
        when=f"{'no longer known: ' if gone else ''}published on {words.day(one.by.on)}",
        address="" if gone else url_for("inspections.show", activity=one.by.activity, **address),
        sort=one.sort,
        became=SORTS[Sort.CHANGED if gone else one.sort],
        why=WHYS[one.why],
        news=one.why is Why.NEWS,
        correction=False,
        facts=() if gone else ("Nothing of this plan is called overdue since",),
        changes=(),
    )


def _plan_entry(one: PlanDifference, numbers: Mapping[UUID, int], naming: Naming) -> DifferenceShown:
    row, shown = one.row, naming.shown
    if isinstance(row, ActionRow):
        title, when = f"Action {row.number}: {shown(row.what)}", f"due {words.due_day(row.due_on)}, {row.owner}"
        facts = () if one.was else (f"State: {words.plain(row.reading.value)}",)
    else:
        title, when = shown(row.question), f"asked on {words.day(row.asked_on)}, {naming.recorded_by(row.asked_by)}"
        facts = () if one.was or row.answer is None else (f"Answered: {shown(row.answer)}",)
    return DifferenceShown(
        title=title,
        when=when,
        address="",
        sort=one.sort,
        became=SORTS[one.sort],
        why=WHYS[one.why],
        news=one.why is Why.NEWS,
        correction=False,
        facts=facts,
        changes=tuple(_plan_changed(change, numbers, naming) for change in one.changes),
    )


def _plan_changed(change: PlanChange, numbers: Mapping[UUID, int], naming: Naming) -> ValueChanged:
    label = PLAN_FIELDS.get(change.field) or words.plain(change.field)
    return ValueChanged(label, _plan_value(change.was, numbers, naming), _plan_value(change.now, numbers, naming))


def _plan_value(held: object, numbers: Mapping[UUID, int], naming: Naming) -> str:
    if held is None:
        return "none"
    if isinstance(held, Wording):
        return naming.shown(held)
    if isinstance(held, Enum):
        return words.plain(str(held.value))
    if isinstance(held, date):
        return words.day(held)
    if isinstance(held, tuple):
        return listed([str(numbers[name]) for name in sorted(held, key=numbers.__getitem__)])
    return str(getattr(held, "text", held))
