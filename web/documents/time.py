"""Two moments side by side, and what sources said by a day, as JSON, described in `web/openapi/time.py`."""

from __future__ import annotations

from datetime import date
from enum import Enum

from domain.authorities.comparing import Change, Difference, Sort
from domain.frameworks import Grade
from domain.values.activities import Activity, Disagreement
from domain.values.judgements import Judgements
from domain.values.statements import Period, Rating, Stated
from projections.authorities.sources import SourcesAnswer, SourceThen
from projections.outlook.comparing import ComparisonAnswer
from web.documents.authorities import Document, authority_document, scale_of, standing_document


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


def sources_document(answer: SourcesAnswer) -> Document:
    """What a reader of each source believed on a day, and each time it came to say something else."""
    return {
        "authority": authority_document(answer.authority),
        "on": answer.on.isoformat(),
        "known_at": None if answer.moment.known_at is None else answer.moment.known_at.isoformat(),
        "position": answer.moment.position,
        "sources": [_source(source) for source in answer.sources],
    }


def _source(source: SourceThen) -> Document:
    return {
        "family": source.family.value,
        "channel": source.channel.value,
        "read_on": _value(source.read_on),
        "believed": [
            {
                "entry": str(one.activity.id),
                "since": one.belief.since.isoformat(),
                "last_read": one.belief.last.isoformat(),
                "in_newest_reading": one.belief.still,
                "says": _said(one.belief.heard.said),
            }
            for one in source.believed
        ],
        "turns": [
            {
                "on": one.turn.day.isoformat(),
                "entry": str(one.activity.id),
                "correction": one.turn.is_correction,
                "was": None if one.turn.was is None else _said(one.turn.was.said),
                "now": _said(one.turn.now.said),
            }
            for one in source.turns
        ],
    }


def _said(said: Stated) -> Document:
    return {
        name: {area.value: grade.value for area, grade in held} if isinstance(held, Judgements) else _value(held)
        for name, held in said.stated.items()
    } | scale_of(grade for _, grade in said.grades)


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
    told = {"field": change.field, "was": _value(change.was), "now": _value(change.now), "why": change.why.value}
    return told | scale_of(value for value in (change.was, change.now) if isinstance(value, Grade))


def _name(activity: Activity | None) -> str | None:
    return None if activity is None else str(activity.id)


def _value(value: object) -> object:
    if isinstance(value, Disagreement):
        return {"field": value.field, "held": value.held, "settled": value.settled}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Period, Rating)):
        return value.text
    if isinstance(value, Enum):
        return value.value
    return [_value(one) for one in value] if isinstance(value, tuple) else value
