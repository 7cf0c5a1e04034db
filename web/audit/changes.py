"""What an event changed in what is held: entries before and after, field by field, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from domain.frameworks import Area
from domain.values.activities import Activity, Status
from web.words import words
from web.words.event_values import NOTHING, value

NOT_COMPARED = frozenset(
    {"id", "urn", "kind", "grades", "statements", "sources", "corrections", "disagreements", "doubts"}
)


@dataclass(frozen=True)
class EntryChanged:
    """One entry: what it is called, and each field that differs as label, before, after. `id` is where it can be seen
    now; None where it is no longer held."""

    title: str
    id: UUID | None
    fields: tuple[tuple[str, str, str], ...]


def changes(before: Sequence[Activity], after: Sequence[Activity]) -> tuple[EntryChanged, ...]:
    """Entries that came, went or changed, in the order of the later ones."""
    gone = list(before)
    found = []
    for now in after:
        was = next((one for one in gone if _same(one, now)), None)
        if was is not None:
            gone.remove(was)
        found.append(EntryChanged(_title(now), now.id, _differing(was, now)))
    found += [EntryChanged(_title(was), None, (("Held", "yes", "no: joined with another entry"),)) for was in gone]
    return tuple(one for one in found if one.fields)


def _same(one: Activity, other: Activity) -> bool:
    return one.kind is other.kind and (one.id == other.id or bool({*one.statements} & {*other.statements}))


def _title(of: Activity) -> str:
    happened = words.happened(of)
    return f"{words.title(of)}, {happened}"


def _differing(was: Activity | None, now: Activity) -> tuple[tuple[str, str, str], ...]:
    found: list[tuple[str, str, str]] = []
    for field in fields(Activity):
        if field.name in NOT_COMPARED or (field.name == "status" and was is None):
            continue
        old, new = None if was is None else getattr(was, field.name), getattr(now, field.name)
        if old != new and (old or new):
            found.append((words.field(field.name), value(old), value(new)))
    old_grades = {} if was is None else dict(was.grades)
    new_grades = dict(now.grades)
    for area in Area:
        if old_grades.get(area) != new_grades.get(area):
            found.append((words.AREAS[area], value(old_grades.get(area)), value(new_grades.get(area))))
    sides = [len(one.disagreements) if one is not None else 0 for one in (was, now)]
    if sides[0] != sides[1]:
        then, later = (str(one) if one else NOTHING for one in sides)
        found.append(("Values on which sources disagree", then, later))
    asked = [len(one.doubts) if one is not None else 0 for one in (was, now)]
    if asked[0] != asked[1]:
        then, later = (str(one) if one else NOTHING for one in asked)
        found.append(("Questions for an officer", then, later))
    if was is None and not found and now.status is Status.CURRENT:
        found.append(("Held", "no", "yes"))
    return tuple(found)
