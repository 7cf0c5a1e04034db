"""What has a day in the calendars of chosen authorities, and how often and when that changed?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from domain.days import LONDON
from domain.rulebook.standing import Pathway
from domain.rulebook.windows import rules_changed_by
from projections import tables as t
from projections.answers import CalendarAnswer, CalendarRow, Moment
from projections.identities import Identity
from projections.log import instant
from projections.reader import Reader, Version
from projections.standing import stands


@dataclass(frozen=True)
class Chosen:
    """Whose calendar is wanted: authorities by URN, and with them every one that existed on the day and is of these
    regions and on these pathways. Where only one of the two is given, the other narrows nothing."""

    urns: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    pathways: frozenset[Pathway] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.urns or self.regions or self.pathways)

    def may_include(self, identity: Identity, on: date) -> bool:
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


def calendar(reader: Reader, chosen: Chosen, *, as_at: date, known_at: datetime | None = None) -> CalendarAnswer:
    """The standing of each chosen authority, in order of name, with what a calendar needs to tell versions apart.

    Raises NotFound where an authority is named that nobody knows."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        found = [one for one in reader.identities(connection) if chosen.may_include(one, as_at)]
        for urn in chosen.urns - {identity.urn for identity in found}:
            reader.identity(connection, urn)
        rows = []
        held = _versions(reader, connection, found, moment)
        steps = _steps(connection, [identity.urn for identity in found], moment)
        horizon = connection.scalar(
            select(sql.max(t.horizon.c.position)).where(t.horizon.c.position <= moment.position)
        )
        recorded_at = _recorded(connection, {max(s.positions) for s in steps.values() if s.positions}, horizon)
        for identity in found:
            versions = held.get(identity.urn, ())
            standing = stands(reader, identity.on(as_at), versions, as_at)
            if not chosen.includes(identity.urn, standing.pathway):
                continue
            step = steps[identity.urn]
            turns = (*rules_changed_by(as_at), *(c.effective_on for c in identity.changes if c.effective_on <= as_at))
            instants = [recorded_at[at] for at in (max(step.positions, default=None), horizon) if at is not None]
            instants += [_begins(day) for day in (*step.days, *turns)]
            about = {one.about for one in standing.expectations if one.about is not None}
            rows.append(
                CalendarRow(
                    standing=standing,
                    revision=len(step.positions) + len(step.days) + len(turns),
                    revised_at=max(instants),
                    first_said=_first_said(connection, versions, about, moment),
                )
            )
    rows.sort(key=lambda row: (row.standing.authority.name, row.standing.authority.urn))
    return CalendarAnswer(moment, tuple(rows))


def _versions(
    reader: Reader, connection: Connection, identities: Sequence[Identity], moment: Moment
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
    for row in connection.execute(select(a.urn, a.known_from).where(a.urn.in_(urns))):
        found[row.urn].positions.add(row.known_from)
    return found


def _recorded(connection: Connection, positions: set[int], horizon: int | None) -> Mapping[int, datetime]:
    asked = positions if horizon is None else positions | {horizon}
    moments = select(t.moment.c.position, t.moment.c.recorded_at).where(t.moment.c.position.in_(asked))
    return {row.position: instant(row.recorded_at) for row in connection.execute(moments)}


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def _first_said(
    connection: Connection, versions: Iterable[Version], about: set[UUID], moment: Moment
) -> Mapping[UUID, UUID]:
    """For each activity the first statement of it that was ever recorded.

    An activity is named after its best source and may change its name when a better one is read; this name stays."""
    statements = {
        version.activity.id: version.activity.statements for version in versions if version.activity.id in about
    }
    asked = [name for names in statements.values() for name in names]
    if not asked:
        return {}
    s = t.statement.c
    told = connection.execute(
        select(s.id, s.position).where(s.id.in_(asked), s.position <= moment.position).order_by(s.position)
    )
    order = {row.id: place for place, row in enumerate(told)}
    return {
        activity: min((name for name in names if name in order), key=order.__getitem__, default=activity)
        for activity, names in statements.items()
    }
