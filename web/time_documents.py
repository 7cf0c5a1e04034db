"""Two moments side by side as JSON, described in `web/openapi_time.py`."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.activities import Activity, Disagreement
from domain.comparing import Change, Difference, Sort
from domain.statements import Period
from projections.comparing import ComparisonAnswer
from web.documents import Document, authority_document, standing_document


def comparison_document(answer: ComparisonAnswer) -> Document:
    """Both standings, every entry that differs by what became of it, and how many do not."""
    found = answer.comparison
    by_sort = {sort: [one for one in found.shown if one.sort is sort] for sort in Sort}
    return {
        "authority": authority_document(answer.authority),
        "before": standing_document(answer.before.standing, answer.before.moment),
        "after": standing_document(answer.after.standing, answer.after.moment),
        "added": [_difference(one) for one in by_sort[Sort.ADDED]],
        "changed": [_difference(one) for one in by_sort[Sort.CHANGED]],
        "withdrawn": [_difference(one) for one in by_sort[Sort.WITHDRAWN]],
        "gone": [_difference(one) | {"into": _name(one.into)} for one in by_sort[Sort.GONE]],
        "unchanged": found.unchanged,
        "confirmed": found.confirmed,
    }


def _difference(one: Difference) -> Document:
    held = one.entry
    return {
        "entry": str(held.id),
        "type": held.kind.value,
        "start": _value(held.start),
        "published": _value(held.published),
        "why": one.why.value,
        "changes": [_change(change) for change in one.telling],
    }


def _change(change: Change) -> Document:
    return {"field": change.field, "was": _value(change.was), "now": _value(change.now), "why": change.why.value}


def _name(activity: Activity | None) -> str | None:
    return None if activity is None else str(activity.id)


def _value(value: object) -> object:
    if isinstance(value, Disagreement):
        return {"field": value.field, "held": value.held, "settled": value.settled}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return value.text
    if isinstance(value, Enum):
        return value.value
    return [_value(one) for one in value] if isinstance(value, tuple) else value
