"""What did one source say of an authority, and what would a reader of it have believed on a day?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, select

from domain.authorities.source_beliefs import Belief, Heard, Turn, believed, turns
from domain.values.activities import Activity, AuthorityFacts
from domain.values.statements import Channel, Family
from projections.authorities.entries import readings_of
from projections.engine import tables as t
from projections.engine.answers import Moment, SourceReading
from projections.engine.reader import Reader


@dataclass(frozen=True)
class Believed:
    """One belief, with the activity as it is held, and the reading that it rests on."""

    activity: Activity
    belief: Belief
    reading: SourceReading


@dataclass(frozen=True)
class Turned:
    """One turn of a source, with the activity as it is held and the title under which it was read."""

    activity: Activity
    turn: Turn
    source_title: str


@dataclass(frozen=True)
class SourceThen:
    """One source on a day: what was believed, newest reading first, and every turn up to then, the latest first.

    `read_on` is when it was last read by that day, None where it had not been."""

    family: Family
    channel: Channel
    read_on: date | None
    believed: tuple[Believed, ...]
    turns: tuple[Turned, ...]


@dataclass(frozen=True)
class SourcesAnswer:
    moment: Moment
    authority: AuthorityFacts
    on: date
    sources: tuple[SourceThen, ...]


def sources_of(
    reader: Reader,
    urn: str,
    *,
    on: date,
    families: Collection[Family] = tuple(Family),
    known_at: datetime | None = None,
) -> SourcesAnswer:
    """Every source of some families that has spoken of an authority, as its readers knew it on a day.

    What a source says is told from the days on which it was read here. Which statements speak of one activity is as
    now understood. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(on)
        held = [version.activity for version in reader.versions_of(connection, urn, moment)]
        names = [name for activity in held for name in activity.statements]
        readings = {one.statement: one for one in readings_of(connection, names, moment.position)}
        days = _days(connection, names, moment.position)
    by_source: dict[tuple[Family, Channel], dict[UUID, list[Heard]]] = defaultdict(lambda: defaultdict(list))
    activity_of = {activity.id: activity for activity in held}
    for activity in held:
        for name in activity.statements:
            said = readings[name]
            if said.family in families:
                heard = Heard(name, said.said, days[name])
                by_source[said.family, said.channel][activity.id].append(heard)
    found = (_source(key, groups, activity_of, readings, on) for key, groups in by_source.items())
    ordered = sorted(found, key=lambda one: (one.family.rank, one.channel.rank))
    return SourcesAnswer(moment, authority, on, tuple(ordered))


def _source(
    key: tuple[Family, Channel],
    groups: dict[UUID, list[Heard]],
    activity_of: dict[UUID, Activity],
    readings: dict[UUID, SourceReading],
    on: date,
) -> SourceThen:
    beliefs = believed(list(groups.items()), on=on)
    told = [turn for activity, heard in groups.items() for turn in turns(activity, heard) if turn.day <= on]
    told.sort(key=lambda turn: (turn.day, activity_of[turn.activity].true_on, turn.activity), reverse=True)
    return SourceThen(
        family=key[0],
        channel=key[1],
        read_on=max((one.last for one in beliefs), default=None),
        believed=tuple(Believed(activity_of[one.activity], one, readings[one.heard.statement]) for one in beliefs),
        turns=tuple(
            Turned(activity_of[turn.activity], turn, readings[turn.now.statement].source_title) for turn in told
        ),
    )


def _days(connection: Connection, names: Sequence[UUID], position: int) -> dict[UUID, tuple[date, ...]]:
    """Every day on which each statement was read."""
    said, again = t.statement.c, t.reading.c
    asked = select(said.id, said.read_on).where(said.id.in_(names), said.position <= position)
    repeated = select(again.statement, again.read_on).where(again.statement.in_(names), again.position <= position)
    found: dict[UUID, set[date]] = defaultdict(set)
    for query in (asked, repeated):
        for name, day in connection.execute(query):
            found[name].add(day)
    return {name: tuple(sorted(days)) for name, days in found.items()}
