"""What was recorded, when, by whom, and why: every event, the newest first, and one with all that led to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, select
from sqlalchemy import func as sql

from domain.facts import (
    FACTS,
    ActionImpactRated,
    ActionMeasureSet,
    ActionProgressReported,
    Fact,
    facts_that_erase,
    names_of,
)
from domain.plans.stories import Erasure
from domain.register.register import REGISTER
from domain.values.activities import Activity
from domain.values.errors import CorruptEvent, EntryAltered, NotFound
from projections.audit.about import entries_about
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.json_codec import decode
from projections.engine.log import ReadableLedger, instant, microseconds
from projections.engine.reader import Reader
from projections.meetings.engagement import said_when_told
from projections.plans.answers import Wording
from projections.plans.projection import PlanMemory
from projections.plans.words import OpenedWords, texts_in

LONGEST_SEARCH = 200
MOST_WORDS = 8
"""Characters, and words, of what is looked for."""

AT_ONCE = 1_000
"""Events read from the log together where all are wanted."""


@dataclass(frozen=True)
class EventsWanted:
    """Which events are asked for. Blank is all; both days are inclusive, in London; `before` is a position."""

    urn: str | None = None
    plan: UUID | None = None
    names: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    words: str = ""
    true_by: date | None = None
    known_at: datetime | None = None
    before: int | None = None


@dataclass(frozen=True)
class AuditRow:
    """One event: its number in the tree, its place in the log, and the fact itself.

    `words` are the texts that can be erased, by field; `previous` is the fact of the same stream that last said the
    same of the same thing, where this one replaces it; `about` are the entries that a correction, withdrawal or ruling
    is about, as they were held just before."""

    seq: int
    position: int
    name: str
    urn: str | None
    plan: UUID | None
    true_on: date | None
    recorded_at: datetime
    fact: Any
    words: tuple[tuple[str, Wording], ...] = ()
    previous: Any = None
    about: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class AuditAnswer:
    """A page of events, the newest first. `total` counts all that were asked for, `older` is where the next page
    begins, None on the last."""

    moment: Moment
    rows: tuple[AuditRow, ...]
    total: int
    older: int | None


@dataclass(frozen=True)
class TrailStep:
    """An event of the same matter, for the chain of what replaced what."""

    seq: int
    fact: Any


@dataclass(frozen=True)
class EventAnswer:
    """One event. `before` and `after` are the entries that its command changed, as they were held and then were;
    `chain` is everything told of the same matter in its stream, the oldest first, itself included."""

    row: AuditRow
    before: tuple[Activity, ...]
    after: tuple[Activity, ...]
    chain: tuple[TrailStep, ...]
    earlier: int | None
    later: int | None


def trail(reader: Reader, ledger: ReadableLedger, wanted: EventsWanted, *, as_at: date, most: int) -> AuditAnswer:
    """A page of at most `most` events."""
    with reader.connect() as connection:
        moment, conditions = _conditions(reader, connection, wanted, as_at)
        event = t.audit_event.c
        total = connection.scalar(select(sql.count()).select_from(t.audit_event).where(*conditions)) or 0
        asked = _rows_of(*conditions, *([] if wanted.before is None else [event.position < wanted.before]))
        found = connection.execute(asked.order_by(event.position.desc()).limit(most + 1)).all()
        older = found[most - 1].position if len(found) > most else None
        return AuditAnswer(moment, tuple(_opened(reader, ledger, connection, found[:most])), total, older)


def whole_trail(
    reader: Reader, ledger: ReadableLedger, wanted: EventsWanted, *, as_at: date, size: int
) -> Iterator[AuditRow]:
    """Every event asked for among the first `size` of the tree, the oldest first, a thousand at a time: what is
    recorded while it is read is not among them."""
    after = 0
    event = t.audit_event.c
    with reader.connect() as connection:
        _, narrowed = _conditions(reader, connection, wanted, as_at)
    conditions = (*narrowed, event.seq <= size)
    while True:
        with reader.connect() as connection:
            asked = _rows_of(*conditions, event.position > after).order_by(event.position).limit(AT_ONCE)
            found = connection.execute(asked).all()
            rows = list(_opened(reader, ledger, connection, found))
        yield from rows
        if len(found) < AT_ONCE:
            return
        after = found[-1].position


def event_of(reader: Reader, ledger: ReadableLedger, seq: int) -> EventAnswer:
    """One event by its number in the tree. Raises NotFound where there is none, EntryAltered where what is stored in
    its place cannot be read."""
    event = t.audit_event.c
    with reader.connect() as connection:
        row = connection.execute(_rows_of(event.seq == seq)).one_or_none()
        if row is None:
            raise NotFound(f"The history has no entry {seq:,}.")
        _must_be_there(ledger, row)
        (shown,) = _opened(reader, ledger, connection, [row])
        last = _end_of_command(ledger, connection, row, shown.fact)
        before, after = _changed(connection, row.urn, last)
        numbers = select(event.version, event.seq).where(event.originator_id == row.originator_id)
        by_version = {one.version: one.seq for one in connection.execute(numbers)}
        newest = connection.scalar(select(sql.max(event.seq))) or seq
    names = {name for one in (*before, *after) for name in (one.id, *one.statements)}
    chain = tuple(
        TrailStep(by_version[one.originator_version], one)
        for one in ledger.events.get(row.originator_id)
        if one.originator_version in by_version and _same_matter(one, shown.fact, names)
    )
    return EventAnswer(
        shown, before, after, chain, earlier=seq - 1 if seq > 1 else None, later=seq + 1 if seq < newest else None
    )


def whose(reader: Reader, seqs: Sequence[int]) -> dict[int, str | None]:
    """The number of the authority that each of these entries is about; None where it is about none. Unknown entries are
    left out."""
    event = t.audit_event.c
    with reader.connect() as connection:
        found = connection.execute(select(event.seq, event.urn).where(event.seq.in_(seqs)))
        return {row.seq: row.urn for row in found}


def event_names() -> tuple[str, ...]:
    """The stored names of every kind of event there is."""
    return tuple(FACTS)


def actors_in(reader: Reader) -> list[str]:
    """Whoever recorded anything, each once."""
    with reader.connect() as connection:
        return list(connection.scalars(select(t.audit_event.c.actor).distinct().order_by(t.audit_event.c.actor)))


# --- which rows -----------------------------------------------------------------------------------------------------


def _conditions(
    reader: Reader, connection: Connection, wanted: EventsWanted, as_at: date
) -> tuple[Moment, list[ColumnElement[bool]]]:
    event = t.audit_event.c
    moment = reader.moment(connection, as_at, wanted.known_at, of=wanted.urn)
    found = [] if wanted.known_at is None else [event.position <= moment.position]
    if wanted.urn is not None:
        found.append(event.urn == wanted.urn)
    if wanted.plan is not None:
        found.append(event.plan == wanted.plan)
    if wanted.names:
        found.append(event.name.in_(wanted.names))
    if wanted.actors:
        found.append(event.actor.in_(wanted.actors))
    if wanted.first is not None:
        found.append(event.recorded_at >= microseconds(wanted.first))
    if wanted.last is not None:
        found.append(event.recorded_at <= microseconds(wanted.last))
    if wanted.true_by is not None:
        found.append(event.true_on.is_(None) | (event.true_on <= wanted.true_by))
    for word in wanted.words.casefold().split()[:MOST_WORDS]:
        said = event.words.contains(word, autoescape=True)
        found.append(said | event.urn.in_(called) if (called := _called(word)) else said)
    return moment, found


def _called(word: str) -> list[str]:
    """The authorities of the register with a name in which a word begins with these letters."""
    begins = re.compile(rf"(?<!\w){re.escape(word)}")
    return [one.facts.urn for one in REGISTER if any(begins.search(name.casefold()) for name in one.names)]


def _rows_of(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(*(column for column in _SHOWN)).where(and_(True, *conditions))


def _columns(table: Table) -> list[Any]:
    return [column for column in table.c if column.name != "words"]


_SHOWN = _columns(t.audit_event)


# --- what they say --------------------------------------------------------------------------------------------------


def _opened(reader: Reader, ledger: ReadableLedger, connection: Connection, rows: Sequence[Any]) -> Iterator[AuditRow]:
    """Rows with their facts, the words of plans and meetings opened together."""
    facts = _facts(ledger, rows)
    sealed = {row.position: list(texts_in(facts[row.position])) for row in rows}
    erased = _erased(ledger, connection, {row.originator_id for row in rows if sealed[row.position]})
    about = entries_about(connection, rows, facts)
    words = OpenedWords(reader, erased, [text for found in sealed.values() for _, text in found])
    replaced = _replaced(reader, connection, rows, facts)
    for row in rows:
        fact = facts[row.position]
        yield AuditRow(
            seq=row.seq,
            position=row.position,
            name=row.name,
            urn=row.urn,
            plan=row.plan,
            true_on=row.true_on,
            recorded_at=instant(row.recorded_at),
            fact=fact,
            words=tuple((name, words(text)) for name, text in sealed[row.position]),
            previous=replaced.get(row.position),
            about=about.get(row.position, ()),
        )


def _erased(ledger: ReadableLedger, connection: Connection, streams: set[UUID]) -> dict[UUID, Erasure]:
    """Which words of these streams were erased up to now, and why."""
    event = t.audit_event.c
    erasures = names_of(facts_that_erase())
    told = connection.execute(_rows_of(event.name.in_(erasures), event.originator_id.in_(streams)))
    facts: list[Any] = list(_facts(ledger, told.all()).values())
    return {subject: Erasure(said_when_told(fact), fact.reason or "") for fact in facts for subject in fact.subjects}


def _must_be_there(ledger: ReadableLedger, row: Any) -> None:
    """Raises EntryAltered where an event is gone from the log, or cannot be read."""
    try:
        there = row.position in _facts(ledger, [row])
    except CorruptEvent:
        there = False
    if not there:
        raise EntryAltered(
            f"The event of entry {row.seq:,} is gone from the log, or can no longer be read. Check the whole history "
            "to see what else is not as it was."
        )


def _facts(ledger: ReadableLedger, rows: Sequence[Any]) -> Mapping[int, Fact]:
    """The facts of rows by position."""
    return ledger.facts_at([row.position for row in rows]) if rows else {}


REPEATED = (ActionProgressReported, ActionImpactRated, ActionMeasureSet)
"""Facts of plans that replace what the same action was last said to be, without saying what that was."""


def _replaced(
    reader: Reader, connection: Connection, rows: Sequence[Any], facts: Mapping[int, Fact]
) -> Mapping[int, Fact]:
    """By position, what such facts replace: the one before of the same kind and action. Each plan is gone through
    once."""
    plans = {row.plan for row in rows if row.plan is not None and isinstance(facts[row.position], REPEATED)}
    found: dict[int, Fact] = {}
    for plan in plans:
        latest: dict[tuple[type[Fact], int], Fact] = {}
        for one in reader.memory(PlanMemory).facts(connection, plan):
            if isinstance(one.fact, REPEATED):
                about = (type(one.fact), one.fact.action)
                if about in latest:
                    found[one.position] = latest[about]
                latest[about] = one.fact
    return found


# --- what it changed ------------------------------------------------------------------------------------------------


def _end_of_command(ledger: ReadableLedger, connection: Connection, row: Any, fact: Fact) -> int:
    """The last position of the command that an event belongs to: there its changes to what is held begin to count."""
    first, last = ledger.positions_of(fact.command) or (row.position, row.position)
    event = t.audit_event.c
    told = select(sql.max(event.position)).where(
        event.originator_id == row.originator_id, event.position.between(first, last)
    )
    return int(connection.scalar(told) or row.position)


def _changed(connection: Connection, urn: str | None, position: int) -> tuple[tuple[Activity, ...], ...]:
    """The entries of an authority that were held until a position, and those held from it on."""
    if urn is None:
        return (), ()
    entry = t.entry.c
    of_authority = select(entry.body).where(entry.urn == urn)
    ended = connection.scalars(of_authority.where(entry.known_to == position).order_by(entry.row)).all()
    begun = connection.scalars(of_authority.where(entry.known_from == position).order_by(entry.row)).all()
    return tuple(decode(Activity, body) for body in ended), tuple(decode(Activity, body) for body in begun)


MATTERS = ("challenge", "resolution", "action", "person")
"""Fields by which facts of one stream speak of one thing, the narrowest first: a question on an action is about itself,
and its answer does not name the action."""


def _same_matter(one: Any, fact: Any, names: set[UUID]) -> bool:
    """Whether a fact of the same stream speaks of the same entry, question, resolution, action or person."""
    if one.originator_version == fact.originator_version:
        return True
    if names:
        return bool(names & _named(one))
    for name in MATTERS:
        if (value := getattr(fact, name, None)) is not None:
            return bool(getattr(one, name, None) == value)
    return type(one) is type(fact)


def _named(fact: Any) -> set[UUID]:
    named = {getattr(fact, name, None) for name in ("activity", "statement", "one", "other", "about")}
    return {*(name for name in named if name is not None), *getattr(fact, "statements", ())}
