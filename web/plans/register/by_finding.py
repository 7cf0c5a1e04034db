"""The findings of a plan as rows: what Ofsted found, whether it had been raised before, and what answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from domain.rulebook.themes.improvement import themes_said
from domain.values.errors import NotFound
from domain.values.plans import Impact, PlanFinding
from projections.engine.answers import EarlierFinding
from projections.plans.answers import ActionRow, PlanAnswer, PlanHead
from projections.plans.finding_plans import named
from web.formats.pills import Pill
from web.plans.register.rows import in_short, pill_of
from web.site import plan_reader, reader
from web.site.plan_links import action_link
from web.site.reader import Asked
from web.words import words
from web.words.plans import DIFFERENCES

STRONGEST = (Impact.SUSTAINED, Impact.SOME, Impact.NOT_YET)


@dataclass(frozen=True)
class RaisedBefore:
    """A finding of an earlier report or letter about the same matter. `sure`: an officer said so; otherwise the words
    are alike."""

    year: int
    sure: bool
    address: str
    text: str

    @property
    def said(self) -> str:
        """`raised before`, or that it may have been."""
        return "raised before" if self.sure else "perhaps raised before"


@dataclass(frozen=True)
class AnswerPill:
    """An action that answers a finding: its number stands in the pill."""

    number: int
    address: str
    what: str
    pill: Pill


@dataclass(frozen=True)
class FindingLine:
    """One finding and what answers it. `theme` is found by its words, nothing where they name none.
    `difference` is the most that any of its actions tells; nothing without one."""

    number: int
    finding: PlanFinding
    theme: str
    before: RaisedBefore | None
    answers: tuple[AnswerPill, ...]
    next_due: str
    difference: str
    gap: bool


def finding_lines(answer: PlanAnswer, asked: Asked, before: Mapping[UUID, RaisedBefore]) -> tuple[FindingLine, ...]:
    """A line for each finding of a plan, in the order of its report or letter."""
    rows = {row.number: row for row in answer.actions}
    return tuple(
        _line(number, one.finding, [rows[action] for action in one.actions], one.gap, answer.head, asked, before)
        for number, one in enumerate(answer.findings, 1)
    )


def _line(
    number: int,
    finding: PlanFinding,
    actions: list[ActionRow],
    gap: bool,
    head: PlanHead,
    asked: Asked,
    before: Mapping[UUID, RaisedBefore],
) -> FindingLine:
    dues = [row.due_on for row in actions if row.is_open and row.due_on]
    seen = {row.impact for row in actions if row.counts}
    return FindingLine(
        number=number,
        finding=finding,
        theme=next((theme.words for theme in themes_said(finding.text)), ""),
        before=before.get(finding.id),
        answers=tuple(
            AnswerPill(row.number, action_link(head.id, row.number, asked), in_short(row), pill_of(row))
            for row in sorted(actions, key=lambda row: row.number)
        ),
        next_due=words.short_day(min(dues)) if dues else "",
        difference=next((DIFFERENCES[one] for one in STRONGEST if one in seen), ""),
        gap=gap,
    )


def raised_before(head: PlanHead, asked: Asked) -> dict[UUID, RaisedBefore]:
    """What of a plan's findings had been raised before, by the id of the finding: what an officer confirmed, otherwise
    the likest words; nothing where an officer said that it is another matter."""
    try:
        activity = reader.entry(head.activity, asked).entry.activity
    except NotFound:
        return {}
    every = plan_reader.findings_of(activity.urn, asked)
    rows = [row for row in every if row.activity == activity.id]
    found = reader.raised_before(rows, every, asked)
    likest = {named(row): _likest(found[row.activity, row.priority, row.number]) for row in rows}
    return {name: _told(one, asked) for name, one in likest.items() if one}


def _likest(earlier: tuple[EarlierFinding, ...]) -> EarlierFinding | None:
    return next((one for one in earlier if one.same is not False), None)


def _told(one: EarlierFinding, asked: Asked) -> RaisedBefore:
    address = url_for("inspections.show", activity=one.finding.activity, **asked.address)
    return RaisedBefore(one.finding.found_on.year, one.same is True, address, one.finding.text)
