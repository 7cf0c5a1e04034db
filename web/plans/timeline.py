"""The lines of an authority's timeline that tell of its action plans and of members' questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from domain.values.plans import AskedKind, QuestionState
from projections.plans.answers import PlanTimelineRow, QuestionRow
from web.site import plan_reader
from web.site.people_names import shown, teller
from web.site.plan_links import question_link
from web.site.reader import Asked
from web.words import words
from web.words.plans import ASKED, ASKED_KINDS
from web.words.timeline import TimelineLine

PLANS, QUESTIONS = "plans", "questions"


@dataclass(frozen=True)
class PlanLine:
    """One line about a plan, ready to print; `group` is the filter it belongs to."""

    group: str
    lane: str
    address: str
    title: str
    iso: str
    happened: str
    recorded: str
    facts: tuple[str, ...]
    state: str
    colour: str
    example: bool


def plan_lines(urn: str, asked: Asked) -> tuple[PlanLine, ...]:
    """What happened to an authority's plans, and what members asked, as whoever asks may read it."""
    happened = [_line(row, asked) for row in plan_reader.happened(urn, asked)]
    return (*happened, *(_question(row, asked) for row in plan_reader.questions(urn, asked).rows))


def counts(lines: Sequence[PlanLine]) -> dict[str, int]:
    """How many lines each filter adds."""
    return {group: sum(line.group == group for line in lines) for group in (PLANS, QUESTIONS)}


def waiting(lines: Sequence[PlanLine]) -> str:
    """How many questions wait for an answer, and how many of them too long; nothing where none does."""
    states = [line.state for line in lines if line.group == QUESTIONS]
    late, still = (states.count(ASKED[one][0]) for one in (QuestionState.OVERDUE, QuestionState.OPEN))
    if not late + still:
        return ""
    return words.count(late + still, "waits", "wait") + (f", {late} overdue" if late else "")


def merged(entries: Sequence[TimelineLine], lines: Sequence[PlanLine], kind: str) -> list[TimelineLine | PlanLine]:
    """Both kinds of lines that a filter leaves, the newest first."""
    left = [line for line in lines if kind in ("", line.group)]
    return sorted([*entries, *left], key=lambda line: line.iso, reverse=True)


def _line(row: PlanTimelineRow, asked: Asked) -> PlanLine:
    by = f", {teller(row.by)}" if row.by is not None else ""
    return PlanLine(
        group=PLANS,
        lane="plan",
        address=_address(row, asked),
        title=row.said,
        iso=row.last_on.isoformat(),
        happened=words.span(row.first_on, row.last_on) if row.first_on != row.last_on else words.day(row.last_on),
        recorded=f"{words.day(words.day_of(row.recorded_at))}{by}",
        facts=(),
        state="",
        colour="",
        example=row.example,
    )


def _address(row: PlanTimelineRow, asked: Asked) -> str:
    if row.action is not None:
        return url_for("plans.action", plan=row.plan, number=row.action, **asked.address)
    return url_for("plans.show", plan=row.plan, **asked.address)


def _question(row: QuestionRow, asked: Asked) -> PlanLine:
    state, colour = ASKED[row.state]
    facts = [shown(row.question)]
    if row.answer is not None and row.answered_on is not None:
        facts.append(
            f"Answered {words.day(row.answered_on)}, after {words.count(row.days, 'day')}: {shown(row.answer)}"
        )
    elif row.state is QuestionState.WITHDRAWN and row.why is not None:
        facts.append(f"Withdrawn: {shown(row.why)}")
    else:
        facts.append(f"An answer is due by {words.day(row.answer_by)}.")
    if row.plan is not None:
        about = f"action {row.action}" if row.action is not None else "a finding"
    else:
        about = ASKED_KINDS[row.asked_about.kind] if row.asked_about else ASKED_KINDS[AskedKind.AUTHORITY]
    return PlanLine(
        group=QUESTIONS,
        lane="question",
        address=question_link(row, asked),
        title=f"A member asked about {about}",
        iso=row.asked_on.isoformat(),
        happened=words.day(row.asked_on),
        recorded="",
        facts=tuple(facts),
        state=state,
        colour=colour.value,
        example=row.example,
    )
