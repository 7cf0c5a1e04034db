"""Addresses of plans, their actions and members' questions, at the moment a page is read for."""

from __future__ import annotations

from uuid import UUID

from flask import url_for

from projections.plans.answers import QuestionRow
from web.site.reader import Asked


def plan_link(plan: UUID, asked: Asked) -> str:
    """The page of a plan."""
    return url_for("plans.show", plan=plan, **asked.address)


def action_link(plan: UUID, number: int, asked: Asked) -> str:
    """The page of one of its actions."""
    return url_for("plans.action", plan=plan, number=number, **asked.address)


def question_link(row: QuestionRow, asked: Asked) -> str:
    """Where a question stands: among those of its plan or action, or on a page of its own."""
    if row.plan is None:
        return url_for("challenges.show", challenge=row.id, **asked.address)
    if row.action is not None:
        return f"{action_link(row.plan, row.action, asked)}#question-{row.id}"
    return f"{url_for('plans.questions', plan=row.plan, **asked.address)}#question-{row.id}"
