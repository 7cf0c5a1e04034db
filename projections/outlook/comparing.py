"""What differs between two moments: of one authority, and counted for whoever looks at an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from domain.authorities.comparing import Comparison, Why, compare
from domain.values.activities import Activity, AuthorityFacts
from domain.values.statements import Kind
from projections.engine.answers import Moment, StandingAnswer
from projections.engine.reader import Reader, Version
from projections.outlook.standing import stands


@dataclass(frozen=True)
class ComparedMoment:
    """A moment to compare from or to: what had happened by a day, as known by an instant (None: everything)."""

    as_at: date
    known_at: datetime | None = None


@dataclass(frozen=True)
class ComparisonAnswer:
    """Two answers about one authority and what differs between them."""

    authority: AuthorityFacts
    before: StandingAnswer
    after: StandingAnswer
    comparison: Comparison


@dataclass(frozen=True)
class Missed:
    """What a reader of an earlier moment does not see: `corrections` of what they do, and everything else."""

    others: int
    corrections: int

    @property
    def changes(self) -> int:
        return self.others + self.corrections


@dataclass(frozen=True)
class LogExtent:
    """How far the log is counted. `first` is when the first fact of all was kept, None in an empty store; `last` names
    the last one counted: asked for as `known_at` it counts the same ones. None where none was kept yet."""

    first: datetime | None
    last: datetime | None


def comparison_of(reader: Reader, urn: str, *, since: ComparedMoment, until: ComparedMoment) -> ComparisonAnswer:
    """One authority at two moments. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        reader.identity(connection, urn)
        moments = [reader.moment(connection, point.as_at, point.known_at, of=urn) for point in (since, until)]
        who = [reader.identity(connection, urn, moment.position).on(moment.as_at) for moment in moments]
        held = [reader.versions_of(connection, urn, moment) for moment in moments]
    before, after = (
        StandingAnswer(moment, stands(reader, authority, versions, moment))
        for authority, moment, versions in zip(who, moments, held, strict=True)
    )
    shown = [_shown(versions, moment.as_at) for moment, versions in zip(moments, held, strict=True)]
    found = compare(*shown, since=since.as_at)
    return ComparisonAnswer(who[-1], before, after, found)


def missed(reader: Reader, urn: str | None, *, then: ComparedMoment, now: ComparedMoment) -> Missed:
    """What is different now from an earlier moment, of one authority or (None) of all.

    Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment, latest = (reader.moment(connection, point.as_at, point.known_at) for point in (then, now))
        before = _shown(_versions(reader, connection, urn, moment), moment.as_at)
        after = _shown(_versions(reader, connection, urn, latest), latest.as_at)
    found = compare(before, after, since=then.as_at)
    corrections = found.count(why=Why.CORRECTED)
    return Missed(len(found.shown) - corrections, corrections)


def counted_by(reader: Reader, known_at: datetime | None) -> LogExtent:
    """What had been recorded by an instant (None: by now)."""
    with reader.connect() as connection:
        position = reader.position(connection, known_at)
        return LogExtent(reader.first_recorded(connection), reader.known_by(connection, position))


def _versions(reader: Reader, connection: Connection, urn: str | None, moment: Moment) -> list[Version]:
    if urn is not None:
        reader.identity(connection, urn, moment.position)
        return reader.versions_of(connection, urn, moment)
    return [version for versions in reader.versions(connection, moment).values() for version in versions]


def _shown(versions: list[Version], day: date) -> list[Activity]:
    """What a timeline shows on a day: withdrawn entries too, and no release's "not yet inspected"."""
    seen = (version.seen_on(day) for version in versions if version.activity.kind is not Kind.NOT_YET_INSPECTED)
    return [activity for activity in seen if activity is not None]
