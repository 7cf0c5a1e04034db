"""Addresses of plans and their actions, at the moment a page is read for."""

from __future__ import annotations

from uuid import UUID

from flask import url_for

from web.site.reader import Asked


def plan_link(plan: UUID, asked: Asked) -> str:
    """The page of a plan."""
    return url_for("plans.show", plan=plan, **asked.address)


def action_link(plan: UUID, number: int, asked: Asked) -> str:
    """The page of one of its actions."""
    return url_for("plans.action", plan=plan, number=number, **asked.address)
