"""Addresses of earlier editions: each leads for ever to the page that took its place, with all that was asked there."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

bp = Blueprint("moved", __name__)

MOVED: tuple[tuple[str, str], ...] = (
    ("/actions", "actions.index"),
    ("/actions.csv", "actions.table"),
    ("/challenges", "challenges.index"),
    ("/challenges/<uuid:challenge>", "challenges.show"),
    ("/meetings", "meetings.index"),
    ("/planner", "planner.show"),
    ("/forecasts", "forecasts.show"),
    ("/forecasts/visits", "visit_forecasts.show"),
    ("/calendar", "feeds.show"),
    ("/audit", "audit.index"),
    ("/audit/<int:seq>", "audit.event"),
    ("/audit/<int:seq>/receipt.json", "audit.receipt"),
    ("/audit/commands/<uuid:command>/receipt.json", "audit.receipt_of_command"),
    ("/audit/events.csv", "audit.table"),
    ("/audit/events.ndjson", "audit.lines"),
)
"""An old address as a rule, and the endpoint that answers now; both take the same parts."""


def _called(rule: str) -> str:
    """The name of the address: `/planner` is `planner`."""
    return re.sub(r"[^a-z]+", "_", rule.lower()).strip("_")


def _leads_to(endpoint: str) -> Any:
    def lead(**parts: Any) -> Response:
        address = url_for(endpoint, **parts)
        asked = request.query_string.decode("ascii", "replace")
        return redirect(f"{address}?{asked}" if asked else address, 308)

    return lead


ENDPOINTS = tuple(f"moved.{_called(rule)}" for rule, _endpoint in MOVED)
"""Open to everybody: the page that answers asks who may read it."""

for _rule, _endpoint in MOVED:
    bp.add_url_rule(_rule, _called(_rule), _leads_to(_endpoint))
