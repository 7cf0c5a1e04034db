"""What one source said over time: which of its statements a reader of it would have believed on a day.

A source that says otherwise of the same activity has corrected itself; what it says of another activity is news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from domain.frameworks import Area
from domain.values.statements import Stated


@dataclass(frozen=True)
class Heard:
    """One statement of a source, and every day on which the source was read to say it, the earliest first."""

    statement: UUID
    said: Stated
    days: tuple[date, ...]

    def last_by(self, day: date) -> date | None:
        """The newest of its days that is not after a day."""
        return max((one for one in self.days if one <= day), default=None)


@dataclass(frozen=True)
class Turn:
    """On a day the source first said `now` of an activity; `was` is what it had said of it before, None at first."""

    day: date
    activity: UUID
    was: Heard | None
    now: Heard

    @property
    def is_correction(self) -> bool:
        """Whether the source took back or added to what it had said, with no new inspection or visit."""
        return self.was is not None


@dataclass(frozen=True)
class Belief:
    """What a reader of the source held of one activity on a day: the statement, since when it had said so without
    saying otherwise, when it last did, and whether its newest reading by then still named the activity."""

    activity: UUID
    heard: Heard
    since: date
    last: date
    still: bool


def turns(activity: UUID, heard: Iterable[Heard]) -> tuple[Turn, ...]:
    """Each time the source came to say something else of one activity, in order of the days it was read.

    Where two of its statements were read on one day, the one that was said before is not taken back."""
    days: dict[date, list[Heard]] = {}
    for one in heard:
        for day in one.days:
            days.setdefault(day, []).append(one)
    found: list[Turn] = []
    said: Heard | None = None
    for day in sorted(days):
        if said is None or said not in days[day]:
            now = min(days[day], key=lambda one: (one.days[0], one.statement))
            found.append(Turn(day, activity, said, now))
            said = now
    return tuple(found)


def believed(by_activity: Sequence[tuple[UUID, Sequence[Heard]]], *, on: date) -> tuple[Belief, ...]:
    """What was believed on a day of each activity that the source had named by then, newest reading first."""
    found = []
    newest = max((last for _, heard in by_activity for one in heard if (last := one.last_by(on))), default=None)
    for activity, heard in by_activity:
        told = [turn for turn in turns(activity, heard) if turn.day <= on]
        if told:
            last = max(day for one in heard if (day := one.last_by(on)))
            found.append(Belief(activity, told[-1].now, told[-1].day, last, last == newest))
    found.sort(key=lambda one: (one.last, one.since, one.activity), reverse=True)
    return tuple(found)


@dataclass(frozen=True)
class Reworded:
    """One value that a source gave otherwise than before. Dates and grades; None where it gives none."""

    field: str
    was: object
    now: object


NOT_JUDGED = "not_judged"


def reworded(was: Stated, now: Stated) -> tuple[Reworded, ...]:
    """The values in which two statements of one source differ."""
    found = []
    for area in Area:
        before, after = _grade(was, area), _grade(now, area)
        if before != after:
            found.append(Reworded(f"grades.{area.value}", before, after))
    names = dict.fromkeys([*was.stated, *now.stated])
    for field in names:
        if field not in ("grades", "not_judged") and was.stated.get(field) != now.stated.get(field):
            found.append(Reworded(field, was.stated.get(field), now.stated.get(field)))
    return tuple(found)


def _grade(said: Stated, area: Area) -> Enum | str | None:
    return NOT_JUDGED if area in said.not_judged else said.grades.get(area)
