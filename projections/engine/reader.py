"""What every question needs: a connection, the moment asked, who the authorities were, and what was held then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, Connection, Engine, Select, bindparam, select
from sqlalchemy import func as sql

from domain.register.register import REGISTER, plain_name
from domain.rulebook.pathway import Policy
from domain.rulebook.plausibility import while_it_is_there
from domain.rulebook.succession.lineage import Lineage
from domain.rulebook.succession.successions import SUCCESSIONS, Succession, successions
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts, Status
from domain.values.authority_keys import is_number, key_of
from domain.values.errors import NotFound
from domain.values.known_until import KnownKind, KnownSpan, KnownUntil
from domain.values.sealed import SealedText
from domain.values.statements import Kind
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.database import reading
from projections.engine.identities import Identity, IdentityInLineage
from projections.engine.json_codec import decode
from projections.engine.log import instant, microseconds

Memory = TypeVar("Memory")

POSITIONS_TOLD = 7
"""Of so many earlier moments it is remembered what sources told; a moment's never changes."""

ROWS_AT_ONCE = 500
"""Named in one question to the database."""

BODIES_REMEMBERED = 20_000
"""How many decoded versions are kept; a version never changes, so one that is remembered is right."""


@dataclass(frozen=True)
class Version:
    """One version of an activity: its row, and the position from which it was known."""

    row: int
    known_from: int
    activity: Activity
    last_date: date

    @property
    def order(self) -> tuple[date, str, UUID]:
        """Of a timeline: when it was true."""
        return (self.activity.true_on, self.activity.kind.value, self.activity.id)

    def seen_on(self, day: date) -> Activity | None:
        """The activity as it was seen on a day; whole once all its dates are past."""
        return self.activity if self.last_date <= day else self.activity.as_seen_on(day)


class SealedTextReader(Protocol):
    """Opens sealed texts (`domain.ledger.erasure_keys.ErasureKeys`); None where a key is gone."""

    def read(self, texts: Collection[SealedText]) -> Mapping[SealedText, str | None]: ...


class Reader:
    """Make one per process, after it was forked. `holidays` and `policy` are passed on to the rulebook; `words` opens
    the texts of plans when they are asked for, so that no table holds them in the clear."""

    def __init__(
        self, engine: Engine, *, holidays: BankHolidays, policy: Policy, words: SealedTextReader | None = None
    ) -> None:
        self.engine = engine
        self.holidays = holidays
        self.policy = policy
        self.words = words
        self.memories: dict[type[Any], Any] = {}
        self._bodies: dict[tuple[int, int], Any] = {}
        self._told_by: dict[tuple[int | None, int], _Told] = {}
        self._lineages: dict[tuple[int | None, int], Lineage] = {}

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        with reading(self.engine) as connection:
            yield connection

    def memory(self, kind: type[Memory]) -> Memory:
        """What questions of one kind remember between two askings: one a reader, made when first asked for."""
        found: Memory = self.memories.setdefault(kind, kind())
        return found

    # --- the moment --------------------------------------------------------------------------------------------------

    def moment(
        self, connection: Connection, as_at: date, known_at: datetime | None, *, of: str | None = None
    ) -> Moment:
        """The moment asked, with the last event counted, for a question about one authority, by its URN, or about many
        (None). `known_at` must carry a zone."""
        position = self.position(connection, known_at)
        found = [] if of is None else self._identities(connection, position, of)
        who = IdentityInLineage.of(found[0], self._lineage(connection, position)) if found else None
        return Moment(
            as_at=as_at,
            known_at=known_at,
            position=position,
            data_horizon=connection.scalar(_HORIZON, {"position": position}),
            known_until=self.known_until(connection, position, [who])[of if who else None],
        )

    def known_until(
        self, connection: Connection, position: int, of: Iterable[IdentityInLineage | None]
    ) -> Mapping[str | None, KnownUntil]:
        """Until when sources tell of each of these authorities, by URN, and (None) of every one.

        What is told of all is told of an authority only for days on which it was there: of one that has ended a list
        of those there are says nothing."""
        of = tuple(of)
        generation = connection.scalar(_GENERATION_NOW)
        told = self._told_by.get((generation, position))
        if told is None and len(of) == 1:
            whose = t.OF_MOST if of[0] is None else of[0].urn
            told = _Told(connection, position, _TOLD_OF_SOME.where(t.known_until.c.urn == whose))
        elif told is None:
            told = _Told(connection, position, _TOLD_OF_SOME)
            self._told_by = {**dict([*self._told_by.items()][-POSITIONS_TOLD:]), (generation, position): told}
        return {None if who is None else who.urn: told.of(who) for who in of}

    def position(self, connection: Connection, known_at: datetime | None = None) -> int:
        """The last event recorded by `known_at` (inclusive), None for everything kept so far.

        The order of the log decides, never its clocks: an event told while the clock was set back counts as recorded
        with the one before it."""
        position: int = connection.scalar(_POSITION_NOW) or 0
        if known_at is None:
            return position
        later = select(sql.min(t.moment.c.position)).where(t.moment.c.known_by > microseconds(known_at))
        first_later: int | None = connection.scalar(later)
        return position if first_later is None else self._before(connection, min(first_later, position + 1))

    def generation(self, connection: Connection) -> int:
        """Another one as soon as the tables were made anew."""
        return connection.scalar(_GENERATION_NOW) or 0

    def _before(self, connection: Connection, position: int) -> int:
        before = select(sql.max(t.moment.c.position)).where(t.moment.c.position < position)
        return connection.scalar(before) or 0

    def first_recorded(self, connection: Connection) -> datetime | None:
        """When the first fact of all was kept; None in an empty store."""
        found: int | None = connection.scalar(select(t.moment.c.recorded_at).order_by(t.moment.c.position).limit(1))
        return None if found is None else instant(found)

    def known_by(self, connection: Connection, position: int) -> datetime | None:
        """The instant that, asked for as `known_at`, counts the facts up to a position; None where there are none."""
        counted = select(sql.max(t.moment.c.known_by)).where(t.moment.c.position <= position)
        found: int | None = connection.scalar(counted)
        return None if found is None else instant(found)

    # --- authorities -------------------------------------------------------------------------------------------------

    def identities(self, connection: Connection, position: int | None = None) -> list[IdentityInLineage]:
        """Every authority, in order of URN, also where a moment is asked for before this store began to keep its
        history: an authority was there before. What was told later of its name and its codes, and what was announced of
        its beginning and end, is told as it was held at a position of the log, None for now."""
        at = self.position(connection) if position is None else position
        lineage = self._lineage(connection, at)
        return [IdentityInLineage.of(one, lineage) for one in self._identities(connection, at)]

    def facts_on(self, connection: Connection, day: date, position: int | None = None) -> dict[str, AuthorityFacts]:
        """What is known of every authority on a day, by URN."""
        return {identity.urn: identity.on(day) for identity in self.identities(connection, position)}

    def identity(self, connection: Connection, urn: str, position: int | None = None) -> IdentityInLineage:
        """Raises NotFound where no authority has that number."""
        at = self.position(connection) if position is None else position
        found = self._identities(connection, at, urn)
        if not found:
            raise NotFound(f"No authority has the number {urn}.")
        return IdentityInLineage.of(found[0], self._lineage(connection, at))

    def _identities(self, connection: Connection, position: int, urn: str | None = None) -> list[Identity]:
        """Every authority, or that one, by URN, with the changes of its name and its codes that were told by a
        position; those told with the first that is known of it always count."""
        rows = connection.execute(_IDENTITIES) if urn is None else connection.execute(_IDENTITY, {"urn": urn})
        found: dict[str, Identity] = {}
        for row in rows:
            one: Identity = self._body(row, _identity)
            then = found.get(one.urn)
            told = then is None or row.known_from <= position
            found[one.urn] = one if told or then is None else replace(one, changes=then.changes)
        return list(found.values())

    def _lineage(self, connection: Connection, position: int) -> Lineage:
        """Who ends and begins by what was held at a position; of few positions it is remembered."""
        key = (connection.scalar(_GENERATION_NOW), position)
        found = self._lineages.get(key)
        if found is None:
            found = self._made_lineage(connection, position)
            self._lineages = {**dict([*self._lineages.items()][-POSITIONS_TOLD:]), key: found}
        return found

    def _made_lineage(self, connection: Connection, position: int) -> Lineage:
        identities, then = (self._identities(connection, at) for at in (t.FOREVER, position))
        held: dict[str, list[Activity]] = defaultdict(list)
        for row in connection.execute(_SUCCESSIONS, {"position": position}):
            version = self._body(row, _version)
            held[version.activity.urn].append(version.activity)
        by_urn, named_then = ({one.urn: one for one in found} for found in (identities, then))
        named = {plain_name(one.name): one.urn for one in identities if not is_number(one.urn)}
        numbers = {one.number: one.urn for one in identities if one.number}

        def find(successor: str) -> str:
            if successor in by_urn or successor in numbers:
                return numbers.get(successor, successor)
            try:
                return named.get(plain_name(successor)) or REGISTER.find(successor)
            except NotFound:
                return key_of(successor)

        def name(urn: str) -> str:
            return named_then[urn].name_on(date.max) if urn in named_then else told.get(urn, urn)

        announced: dict[str, Sequence[Succession]] = {urn: successions(found) for urn, found in held.items()}
        told = {find(each): each for found in announced.values() for one in found for each in one.successors}
        return Lineage({one.urn: one.recorded for one in identities}, announced, find=find, name=name)

    # --- activities --------------------------------------------------------------------------------------------------

    def versions_of(self, connection: Connection, urn: str, moment: Moment, *, disputed: bool = False) -> list[Version]:
        """What was held of one authority, visible yet or not, in order of when it was true; on request only what
        sources disagree on."""
        asked = {"urn": urn, "position": moment.position}
        rows = connection.execute(_DISPUTED_OF if disputed else _VERSIONS_OF, asked)
        return sorted(self._held(connection, rows, moment), key=lambda version: version.order)

    def versions(self, connection: Connection, moment: Moment, *, disputed: bool = False) -> dict[str, list[Version]]:
        """What was held of every authority, visible yet or not, by URN, in one pass."""
        asked = {"position": moment.position}
        rows = connection.execute(_DISPUTED if disputed else _VERSIONS, asked)
        return _by_urn(self._held(connection, rows, moment))

    def versions_of_several(
        self, connection: Connection, urns: Collection[str], moment: Moment
    ) -> dict[str, list[Version]]:
        """The same of these authorities."""
        asked = {"position": moment.position, "urns": sorted(urns)}
        return _by_urn(self._held(connection, connection.execute(_VERSIONS_OF_SEVERAL, asked), moment))

    def versions_in(self, connection: Connection, rows: Collection[int]) -> dict[int, Version]:
        """Versions by their rows, as they were written."""
        found: dict[int, Version] = {}
        names = sorted(rows)
        for first in range(0, len(names), ROWS_AT_ONCE):
            for row in connection.execute(_VERSIONS_IN, {"rows": names[first : first + ROWS_AT_ONCE]}):
                found[row.row] = self._body(row, _version)
        return found

    def last_on_site(self, connection: Connection) -> dict[str, date]:
        """The newest day on which an inspection or visit that counts began, as held now, by URN."""
        found: dict[str, date] = {}
        for row in connection.execute(_BEGUN, {"position": self.position(connection)}):
            if row.urn not in found and self._body(row, _version).activity.counts:
                found[row.urn] = row.start_on
        return found

    def _held(self, connection: Connection, rows: Iterable[Any], moment: Moment) -> Iterator[Version]:
        """Each version, in doubt where its authority was not there, as far as that was held at the moment."""
        lineage = self._lineage(connection, moment.position)
        for row in rows:
            version: Version = self._body(row, _version)
            held = while_it_is_there(version.activity, lineage)
            yield version if held is version.activity else replace(version, activity=held)

    def _body(self, row: Any, read: Callable[[Any], Any]) -> Any:
        key = (row[0], row[1])
        found = self._bodies.get(key)
        if found is None:
            found = read(row)
            if len(self._bodies) >= BODIES_REMEMBERED:
                self._bodies = {}
            self._bodies[key] = found
        return found


class _Told:
    """What sources tell as counted by a position: of everybody, and of those that were asked for."""

    def __init__(self, connection: Connection, position: int, asked: Select[Any]) -> None:
        self._spans: dict[str, list[KnownSpan]] = defaultdict(list)
        self._found: dict[object, KnownUntil] = {}
        counted = {"position": position}
        for row in (*connection.execute(_TOLD_OF_ALL, counted), *connection.execute(asked, counted)):
            since = None if row.since == date.min else row.since
            self._spans[row.urn].append(KnownSpan(KnownKind(row.kind), row.until, since))

    def of(self, who: IdentityInLineage | None) -> KnownUntil:
        """Of one authority, by the days on which it was there, or of every one."""
        key = None if who is None else (who.urn, who.formed_on, who.abolished_on, who.marks)
        found = self._found.get(key)
        if found is None:
            of_all, own = self._spans.get(t.OF_ALL, []), self._spans.get(t.OF_MOST if who is None else who.urn, [])
            there = of_all if who is None else [span for span in of_all if who.existed_on(span.until)]
            found = self._found[key] = KnownUntil((*there, *own))
        return found


def _by_urn(versions: Iterable[Version]) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        found[version.activity.urn].append(version)
    return found


def seen_on(versions: Iterable[Version], day: date) -> list[Activity]:
    """The activities with only what had happened and was public by a day; withdrawn ones left out."""
    found = []
    for version in versions:
        if version.activity.status is not Status.WITHDRAWN:
            seen = version.seen_on(day)
            if seen is not None:
                found.append(seen)
    return found


def _identity(row: Any) -> Identity:
    return decode(Identity, row.body)


def _version(row: Any) -> Version:
    activity = decode(Activity, row.body)
    return Version(row.row, row.known_from, activity, _last_date_in(activity))


def _last_date_in(activity: Activity) -> date:
    dates = [part for part in vars(activity).values() if isinstance(part, date)]
    if activity.period is not None:
        dates.append(activity.period.last_day)
    return max(dates, default=date.max)


_GENERATION_NOW = select(t.projection.c.generation).where(t.projection.c.name == "timeline")
_GENERATION = (
    select(t.projection.c.generation).where(t.projection.c.name == "timeline").scalar_subquery().label("generation")
)
_POSITION = bindparam("position", type_=BigInteger)
_POSITION_NOW = select(t.projection.c.position).where(t.projection.c.name == "timeline")


_HORIZON = select(sql.max(t.horizon.c.read_on)).where(t.horizon.c.position <= bindparam("position"))
_TOLD = (t.known_until.c.urn, t.known_until.c.kind, t.known_until.c.since)
_TOLD_BY = t.known_until.c.position <= bindparam("position")
_TOLD_OF_ALL = (
    select(*_TOLD, t.known_until.c.until)
    .where(_TOLD_BY, t.known_until.c.urn == t.OF_ALL)
    .order_by(*_TOLD, t.known_until.c.until)
)
_TOLD_OF_SOME = (
    select(*_TOLD, sql.max(t.known_until.c.until).label("until"))
    .where(_TOLD_BY, t.known_until.c.urn != t.OF_ALL)
    .group_by(*_TOLD)
    .order_by(*_TOLD)
)
_IDENTITIES = select(_GENERATION, t.authority.c.row, t.authority.c.body, t.authority.c.known_from).order_by(
    t.authority.c.urn, t.authority.c.known_from, t.authority.c.row
)
_IDENTITY = _IDENTITIES.where(t.authority.c.urn == bindparam("urn"))
_VERSIONS = select(
    _GENERATION,
    t.entry.c.row,
    t.entry.c.body,
    t.entry.c.known_from,
).where(t.entry.c.known_to > _POSITION, t.entry.c.known_from <= _POSITION)
_VERSIONS_OF = _VERSIONS.where(t.entry.c.urn == bindparam("urn"))
_VERSIONS_OF_SEVERAL = _VERSIONS.where(t.entry.c.urn.in_(bindparam("urns", expanding=True)))
_VERSIONS_IN = select(_GENERATION, t.entry.c.row, t.entry.c.body, t.entry.c.known_from).where(
    t.entry.c.row.in_(bindparam("rows", expanding=True))
)
_SUCCESSIONS = _VERSIONS.where(t.entry.c.kind.in_([kind.value for kind in SUCCESSIONS])).order_by(t.entry.c.row)
_BEGUN = (
    _VERSIONS.add_columns(t.entry.c.urn, t.entry.c.start_on)
    .where(t.entry.c.kind.in_([kind.value for kind in Kind if kind.on_site]), t.entry.c.start_on.is_not(None))
    .order_by(t.entry.c.start_on.desc())
)
_DISPUTED = _VERSIONS.where(t.entry.c.disagreements > 0)
_DISPUTED_OF = _VERSIONS_OF.where(t.entry.c.disagreements > 0)
