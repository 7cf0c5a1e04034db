"""What has a day in the calendars of chosen authorities, and how often and when that changed?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from domain.rulebook.graded_windows import rules_changed_by
from domain.rulebook.results import Pathway, Standing
from domain.values.days import LONDON
from projections.authorities.projection import IDS_AT_ONCE
from projections.engine import tables as t
from projections.engine.answers import CalendarAnswer, CalendarRow, Moment
from projections.engine.identities import IdentityInLineage
from projections.engine.log import instant
from projections.engine.reader import Reader, Version
from projections.outlook.standing import stands


@dataclass(frozen=True)
class CalendarScope:
    """Whose calendar is wanted: authorities by URN, and with them every one that existed on the day and is of these
    regions and on these pathways. Where only one of the two is given, the other narrows nothing."""

    urns: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    pathways: frozenset[Pathway] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.urns or self.regions or self.pathways)

    def may_include(self, identity: IdentityInLineage, on: date) -> bool:
        """Whether it belongs to the set, as far as can be told before its pathway is known."""
        if identity.urn in self.urns:
            return True
        in_groups = bool(self.regions or self.pathways) and identity.existed_on(on)
        return in_groups and (not self.regions or identity.region in self.regions)

    def includes(self, urn: str, pathway: Pathway) -> bool:
        """The same, of one that may be included, once its pathway is known."""
        return urn in self.urns or not self.pathways or pathway in self.pathways


@dataclass
class _Steps:
    """Positions at which what is held of an authority changed, and days on which something of it became visible."""

    positions: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)


@dataclass(frozen=True)
class _Dated:
    """One authority chosen: where it stands, the statements of each activity that its expectations are about, and when
    what is said of it changed. `turns` are days on which rules or its own name came to be read otherwise."""

    standing: Standing
    statements: Mapping[UUID, tuple[UUID, ...]]
    steps: _Steps
    turns: tuple[date, ...]

    @property
    def revision(self) -> int:
        return len(self.steps.positions) + len(self.steps.days) + len(self.turns)


def calendar(reader: Reader, chosen: CalendarScope, *, as_at: date, known_at: datetime | None = None) -> CalendarAnswer:
    """The standing of each chosen authority, in order of name, with what a calendar needs to tell versions apart.

    Raises NotFound where an authority is named that nobody knows."""
    with reader.connect() as connection:
        one = next(iter(chosen.urns)) if len(chosen.urns) == 1 and not chosen.regions | chosen.pathways else None
        moment = reader.moment(connection, as_at, known_at, of=one)
        dated = _dated(reader, connection, chosen, moment)
        names = _first_said(connection, dated, moment)
        revised = _revised(connection, dated, moment)
    rows = [
        CalendarRow(
            standing=one.standing,
            revision=one.revision,
            revised_at=revised[one.standing.authority.urn],
            first_said={activity: names.get(activity, activity) for activity in one.statements},
        )
        for one in dated
    ]
    rows.sort(key=lambda row: (row.standing.authority.name, row.standing.authority.urn))
    return CalendarAnswer(moment, tuple(rows))


def _dated(reader: Reader, connection: Connection, chosen: CalendarScope, moment: Moment) -> list[_Dated]:
    """The authorities chosen. Raises NotFound where one is named that nobody knows."""
    found = [one for one in reader.identities(connection, moment.position) if chosen.may_include(one, moment.as_at)]
    for urn in chosen.urns - {identity.urn for identity in found}:
        reader.identity(connection, urn, moment.position)
    held = _versions(reader, connection, found, moment)
    steps = _steps(connection, [identity.urn for identity in found], moment)
    rules = rules_changed_by(moment.as_at)
    known = reader.known_until(connection, moment.position, found)
    dated = []
    for identity in found:
        versions = held.get(identity.urn, ())
        of_one = replace(moment, known_until=known[identity.urn])
        standing = stands(reader, identity.on(moment.as_at), versions, of_one)
        if chosen.includes(identity.urn, standing.pathway):
            renamed = (change.effective_on for change in identity.changes if change.effective_on <= moment.as_at)
            dated.append(_Dated(standing, _statements(standing, versions), steps[identity.urn], (*rules, *renamed)))
    return dated


def _statements(standing: Standing, versions: Iterable[Version]) -> Mapping[UUID, tuple[UUID, ...]]:
    """The statements of each activity that an expectation is about."""
    about = {one.about for one in standing.expectations if one.about is not None}
    return {one.activity.id: one.activity.statements for one in versions if one.activity.id in about}


def _versions(
    reader: Reader, connection: Connection, identities: Sequence[IdentityInLineage], moment: Moment
) -> Mapping[str, Iterable[Version]]:
    if len(identities) == 1:
        urn = identities[0].urn
        return {urn: reader.versions_of(connection, urn, moment)}
    return reader.versions(connection, moment)


def _steps(connection: Connection, urns: Sequence[str], moment: Moment) -> Mapping[str, _Steps]:
    """What changed by the moment. Both sets only grow with the position and with the day, whatever is recorded: a
    version that was replaced still counts."""
    found: dict[str, _Steps] = defaultdict(_Steps)
    e, a = t.entry.c, t.authority.c
    entries = select(e.urn, e.known_from, e.known_to, e.visible_on, e.public_on).where(
        e.urn.in_(urns), e.known_from <= moment.position
    )
    for row in connection.execute(entries):
        step = found[row.urn]
        step.positions.add(row.known_from)
        if row.known_to <= moment.position:
            step.positions.add(row.known_to)
        step.days.update(day for day in (row.visible_on, row.public_on) if day <= moment.as_at)
    for authority in connection.execute(select(a.urn, a.known_from).where(a.urn.in_(urns))):
        found[authority.urn].positions.add(authority.known_from)
    return found


def _revised(connection: Connection, dated: Sequence[_Dated], moment: Moment) -> Mapping[str, datetime]:
    """When each authority's part of the calendar last changed, or a newer source was read that tells of it (UTC), by
    URN."""
    moved = (
        select(t.known_until.c.urn, sql.max(t.known_until.c.position).label("position"))
        .where(t.known_until.c.position <= moment.position)
        .group_by(t.known_until.c.urn)
    )
    read = {row.urn: row.position for row in connection.execute(moved)}
    latest = {one.standing.authority.urn: max(one.steps.positions, default=None) for one in dated}
    recorded_at = _recorded(connection, {at for at in (*latest.values(), *read.values()) if at is not None})
    found = {}
    for one in dated:
        urn = one.standing.authority.urn
        instants = [recorded_at[at] for at in (latest[urn], read.get(urn), read.get(t.OF_ALL)) if at is not None]
        found[urn] = max(instants + [_begins(day) for day in (*one.steps.days, *one.turns)])
    return found


def _recorded(connection: Connection, positions: set[int]) -> Mapping[int, datetime]:
    moments = select(t.moment.c.position, t.moment.c.recorded_at).where(t.moment.c.position.in_(positions))
    return {row.position: instant(row.recorded_at) for row in connection.execute(moments)}


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def _first_said(connection: Connection, dated: Sequence[_Dated], moment: Moment) -> Mapping[UUID, UUID]:
    """For each activity that a calendar names the first statement of it that was ever recorded.

    An activity is named after its best source and may change its name when a better one is read; this name stays."""
    statements = {activity: names for one in dated for activity, names in one.statements.items()}
    told = _positions(connection, [name for names in statements.values() for name in names], moment)
    return {
        activity: min((name for name in names if name in told), key=lambda name: (told[name], name), default=activity)
        for activity, names in statements.items()
    }


def _positions(connection: Connection, statements: Sequence[UUID], moment: Moment) -> Mapping[UUID, int]:
    """Where each statement was recorded, in as few questions as the database takes."""
    s = t.statement.c
    found: dict[UUID, int] = {}
    for first in range(0, len(statements), IDS_AT_ONCE):
        some = statements[first : first + IDS_AT_ONCE]
        asked = select(s.id, s.position).where(s.id.in_(some), s.position <= moment.position)
        found.update((row.id, row.position) for row in connection.execute(asked))
    return found
