"""What silence means: until when which source tells of which kind of activity, and what is said after that (R-105).

A source tells only of what it lists. After the day until which one was read that tells of a kind, nothing is known of
it: nothing is overdue, nothing was "none", and no number of visits is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.rulebook.deadline_rows import LATE_AFTER_WORKING_DAYS, PUBLICATION_TIMES
from domain.rulebook.working_days import add_months
from domain.values.known_until import KnownKind, KnownSpan, KnownUntil
from domain.values.statements import Kind
from domain.values.words import in_words, number_in_words

COUNTED_FOR_DAYS = 90
"""A count of visits holds for so many days after the last day until which they are known."""


class Until(Enum):
    """Until which day a reading of a source tells."""

    READ = "the day on which it was read"
    EDITION = "the end of the year that it speaks of"
    NEWEST = "the newest letter or report in it, as rows vanish from it"


@dataclass(frozen=True)
class SourceTells:
    """A row of R-105: the kinds that a source lists, of all authorities that there are, and until when.

    `source` is the kind of source that is kept with every file. `year_of` are those kinds of which an edition tells
    only in the year that ends with it (1 April to 31 March)."""

    source: str
    kinds: tuple[KnownKind, ...]
    until: Until
    year_of: tuple[KnownKind, ...] = ()

    def spans(self, day: date) -> tuple[KnownSpan, ...]:
        """What a reading tells of until a day that `until` names."""
        year = add_months(day, -12) + timedelta(days=1)
        return tuple(KnownSpan(kind, day, year if kind in self.year_of else None) for kind in self.kinds)


SOURCES_TELL: Mapping[str, SourceTells] = {
    row.source: row
    for row in (
        SourceTells("jt39", (KnownKind.GRADED_INSPECTION,), Until.READ),
        SourceTells("d2i", (KnownKind.GRADED_INSPECTION,), Until.READ),
        SourceTells(
            "ofsted_statistics",
            (KnownKind.GRADED_INSPECTION, KnownKind.FOCUSED_VISIT, KnownKind.MONITORING_VISIT),
            Until.EDITION,
            year_of=(KnownKind.FOCUSED_VISIT, KnownKind.MONITORING_VISIT),
        ),
        SourceTells("jtai", (KnownKind.JTAI,), Until.NEWEST),
        SourceTells("area_send", (KnownKind.AREA_SEND,), Until.NEWEST),
    )
}
"""Sources that are not named tell of the single events in them: of silence they say nothing."""

CALLED: Mapping[KnownKind, str] = {
    KnownKind.GRADED_INSPECTION: "graded inspections",
    KnownKind.FOCUSED_VISIT: "focused visits",
    KnownKind.MONITORING_VISIT: "monitoring visits",
    KnownKind.JTAI: "joint targeted area inspections",
    KnownKind.AREA_SEND: "area SEND inspections",
    KnownKind.FIRST_MONITORING_VISIT: "first monitoring visits",
    KnownKind.ENGAGEMENT_MEETING: "engagement meetings",
    KnownKind.SELF_EVALUATION: "self-evaluations",
    KnownKind.ENGAGEMENT_LETTER: "letters on engagement meetings",
    KnownKind.ACTION_PLANNING_VISIT: "action planning visits",
    KnownKind.ACTION_PLAN: "plans and statements sent to Ofsted",
    KnownKind.YOUTH_JUSTICE: "youth justice inspections",
}


NOT_RECORDED = "nothing recorded here says that it was sent"
"""What stands behind the due date of a paper that has passed: no public source tells of its sending (R-107)."""

TOLD_AFTER_DUE_DAYS = 365
"""So many days after its due date a paper of which no sending is recorded is still told of."""

CHECKABLE = tuple(kind for kind in KnownKind if kind is not KnownKind.FIRST_MONITORING_VISIT)
"""What somebody can say of that all of it is held."""


def kinds_of(kind: KnownKind) -> tuple[KnownKind, ...]:
    """What is known with a kind: who holds all monitoring visits holds the first ones too (R-106)."""
    return (kind, KnownKind.FIRST_MONITORING_VISIT) if kind is KnownKind.MONITORING_VISIT else (kind,)


def not_known(kind: KnownKind, until: date | None) -> str:
    """The one sentence: that nothing is known of a kind after the day until which a source tells of it. Of single ones
    sources may tell all the same."""
    what = CALLED[kind]
    if until is None:
        return f"Not known: no source read here tells of all {what}."
    return f"Not known since {in_words(until)}: no source read here tells of all {what} after that day."


def not_known_from(known: KnownUntil, kind: KnownKind, since: date) -> str:
    """The same of what came since a day: of a kind of which sources tell of later days alone, that none tells of all
    since then."""
    until = known.from_then(kind, since)
    if until is None and known.until(kind) is not None:
        return f"Not known: no source read here tells of all {CALLED[kind]} since {in_words(since)}."
    return not_known(kind, until)


def none_tells_of_all(newest: date) -> str:
    """That of graded inspections no source tells of every authority; `newest` is when any was last read."""
    return (
        f"No source read here tells of {CALLED[KnownKind.GRADED_INSPECTION]} of every authority; the newest was read "
        f"on {in_words(newest)}."
    )


def none_tells_of(name: str) -> str:
    """That of graded inspections of one authority no source tells. No full stop, as it may go on."""
    return f"No source that tells of all {CALLED[KnownKind.GRADED_INSPECTION]} of {name} has been read yet"


def count_holds(until: date | None, on: date) -> bool:
    """Whether a count of visits may still be told on a day, of which sources tell until another."""
    return until is not None and (on - until).days <= COUNTED_FOR_DAYS


def late_when_known(closed: date, until: date) -> str:
    """`late by 170 days when last known, on 22 August 2026`: nobody knows more than on the last day of which sources
    tell. Calendar days."""
    days = number_in_words((until - closed).days, "day")
    late = f"late by {days}" if until > closed else "none by its last day"
    return f"{late} when last known, on {in_words(until)}"


def not_public_yet(until: date) -> str:
    """What lateness does not rule out: an inspection whose report was not due to be public by the day until which
    sources tell."""
    rows = [row for row in PUBLICATION_TIMES if Kind.INSPECTION in row.kinds]
    row = next((row for row in rows if row.in_force(until)), rows[0])
    return (
        f"An inspection of the last weeks before {in_words(until)} would not be public yet: reports come out some "
        f"{row.working_days} to {LATE_AFTER_WORKING_DAYS} working days after inspectors leave."
    )


def lateness(on: date, late: date, very_late: date) -> str:
    """The rulebook's amber and red in words, as on a day until which sources tell: a colour alone tells nothing."""
    if on >= very_late:
        return f"Very late since {in_words(very_late)}, as far as is recorded here."
    if on >= late:
        return f"Late since {in_words(late)}, as far as is recorded here; very late from {in_words(very_late)}."
    return f"Late from {in_words(late)}; very late from {in_words(very_late)}."
