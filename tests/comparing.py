"""The later answer made from the earlier one: what a comparison tells is whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from domain.authorities.comparing import Change, Comparison
from domain.frameworks import Area
from domain.values.activities import Activity
from domain.values.judgements import NO_JUDGEMENTS, Judgements


def applied(before: Iterable[Activity], comparison: Comparison) -> tuple[Activity, ...]:
    """The later answer, made from the earlier one and what differs, in order of when each was true."""
    held = list(before)
    for one in comparison.differences:
        if one.was is not None:
            held.remove(one.was)
    for one in comparison.differences:
        if one.now is not None:
            held.append(one.now if one.was is None else _with(one.was, one.changes))
    return tuple(sorted(held, key=lambda activity: (activity.true_on, activity.kind.value, activity.id)))


def _with(was: Activity, changes: Iterable[Change]) -> Activity:
    grades = dict(was.grades)
    values: dict[str, Any] = {}
    for change in changes:
        if change.field.startswith("grades."):
            grades[Area(change.field.removeprefix("grades."))] = change.now
        else:
            values[change.field] = change.now
    kept: Mapping[Any, Any] = {area: grade for area, grade in grades.items() if grade is not None}
    return replace(was, grades=Judgements.of(kept) if kept else NO_JUDGEMENTS, **values)
