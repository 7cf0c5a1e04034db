"""What reading a file did to each activity that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from uuid import UUID

from domain.values.activities import Activity
from domain.values.statements import Family, Stated


class Bucket(Enum):
    """What reading a file did to an activity, the strongest first."""

    DISAGREED = "disagreed"
    CORRECTED = "corrected"
    NEW = "new"
    FILLED = "filled"
    CONFIRMED = "confirmed"
    UNCHANGED = "unchanged"


def buckets(
    before: Sequence[Activity], after: Sequence[Activity], *, observed: Iterable[UUID], added: Iterable[UUID]
) -> list[tuple[Activity, Bucket]]:
    """For each activity that `observed` statements speak of, what the `added` ones among them did.

    `before` and `after` are what was held without and with the added statements. An activity about which nothing was
    added is unchanged, also where it is in dispute."""
    observed, added = set(observed), set(added)
    earlier = {name: activity for activity in before for name in activity.statements}
    found = []
    for activity in after:
        mine = observed.intersection(activity.statements)
        if mine:
            fresh = added.intersection(activity.statements)
            known = next((earlier[name] for name in activity.statements if name in earlier), None)
            found.append((activity, _bucket(known, activity, fresh)))
    return found


def _bucket(before: Activity | None, after: Activity, fresh: set[UUID]) -> Bucket:
    if not fresh:
        return Bucket.UNCHANGED
    if _disputes(after, fresh) - (_disputes(before) if before is not None else set()):
        return Bucket.DISAGREED
    if any(c.was.statement in fresh or c.now.statement in fresh for c in after.corrections):
        return Bucket.CORRECTED
    if before is None:
        return Bucket.NEW
    if _stated(after) - _stated(before):
        return Bucket.FILLED
    return Bucket.CONFIRMED


def _disputes(activity: Activity, among: set[UUID] | None = None) -> set[tuple[str, Family, str]]:
    """Who says what where sources disagree; on request only what some of the statements say."""
    return {
        (disagreement.field, saying.family, saying.value)
        for disagreement in activity.disagreements
        for saying in disagreement.says
        if among is None or saying.statement in among
    }


def _stated(activity: Activity) -> set[str]:
    fields = set(Stated(activity.kind).__dataclass_fields__) - {"kind", "grades", "not_judged", "period"}
    named = {name for name in fields if getattr(activity, name) not in (None, ())}
    return named | {f"grades.{area.value}" for area, _ in activity.grades}
