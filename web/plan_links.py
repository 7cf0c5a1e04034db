"""Addresses of plans and their actions, at the moment a page is read for."""

from __future__ import annotations

from uuid import UUID

from web.reader import Asked


def plan_link(plan: UUID, asked: Asked) -> str:
    """The page of a plan."""
    return f"/plans/{plan}{asked.query}"


def action_link(plan: UUID, number: int, asked: Asked) -> str:
    """The page of one of its actions."""
    return f"/plans/{plan}/actions/{number}{asked.query}"
