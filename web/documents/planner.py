"""The planner as JSON: one shape for the command line and for HTTP, described in `web/openapi/windows.py`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.rulebook.limits import after_readings
from domain.rulebook.other_inspections.close_together import HELD_KINDS, Dated
from domain.rulebook.results import WindowStatus
from projections.engine.answers import CalledInspection, NearInTime, PlannedWindow, PlannerAnswer
from web.documents.authorities import announced_document, authority_document, day_or_none
from web.words.words import months_between

Document = dict[str, Any]


def planner_document(answer: PlannerAnswer, *, region: str = "", pathway: str = "") -> Document:
    """Windows by month; months name authorities by URN, each of which is in `windows` once."""
    moment = answer.moment
    now = (*answer.overdue, *answer.not_known, *answer.open)
    windows = {window.authority.urn: window for window in now}
    for month in answer.months:
        windows |= {window.authority.urn: window for window in month.open}
    return {
        "as_at": moment.as_at.isoformat(),
        "known_at": None if moment.known_at is None else moment.known_at.isoformat(),
        "region": region or None,
        "pathway": pathway or None,
        "called": [_called(one) for one in answer.called],
        "overdue": _urns(answer.overdue),
        "not_known": _urns(answer.not_known),
        "open": _urns(answer.open),
        "months": [
            {
                "month": f"{month.first_day:%Y-%m}",
                "opening": _urns(month.opening),
                "open": _urns(month.open),
                "closing": _urns(month.closing),
                "overdue_from": _urns(month.overdue_from),
            }
            for month in answer.months
        ],
        "opening_later": answer.later,
        "without_window": {reason.value: number for reason, number in answer.without},
        "windows": [_planned(windows[urn], moment.as_at) for urn in sorted(windows)],
        "close_together": [_close_together(one) for one in answer.near],
        "close_together_not_known": answer.near_not_known,
        "held_known_until": {kind.value: day_or_none(moment.known_until.until(kind)) for kind in HELD_KINDS},
        "limits": list(after_readings(moment.as_at, moment.known_until, moment.data_horizon)),
        "data_horizon": day_or_none(moment.data_horizon),
        "position": moment.position,
    }


def _called(one: CalledInspection) -> Document:
    return {
        "authority": authority_document(one.authority),
        "pathway": one.pathway.value,
        **announced_document(one.announced),
    }


def _close_together(near: NearInTime) -> Document:
    return {
        "urn": near.authority.urn,
        "coming": _dated(near.found.other),
        "beside": _dated(near.found.one),
        "days": near.found.days,
        "rule": near.found.rule,
    }


def _dated(one: Dated) -> Document:
    return {
        "activity": one.activity,
        "told": one.told.value,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "status": one.status.value if one.status is not None else None,
        "by_publication": one.by_publication,
    }


def _urns(windows: Iterable[PlannedWindow]) -> list[str]:
    return [window.authority.urn for window in windows]


def _planned(window: PlannedWindow, on: date) -> Document:
    return {
        "authority": authority_document(window.authority),
        "pathway": window.pathway.value,
        "type": window.type.value if window.type else None,
        "window_from": window.opens.isoformat(),
        "window_to": window.closes.isoformat(),
        "status": window.status.value,
        "months_late": months_between(window.closes, min(on, window.known_until or on))
        if window.status is WindowStatus.OVERDUE
        else None,
        "known_until": day_or_none(window.known_until),
        "after_priority_action": window.after_priority_action is not None,
    }
