"""Keeps what the log says of authorities: identities, statements, and every version of every activity held.

One command on one authority is one step of its entries, so the rows are the same however the log was cut into
batches. Row numbers follow from positions for the same reason."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from domain.facts import (
    IDENTITY,
    OF_AUTHORITIES,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLANS,
    OF_QUESTIONS,
    AuthorityRegistered,
    DocumentRead,
    Fact,
    FileOpened,
    FileRead,
    FindingsCompared,
    PlanConventionsChosen,
    SigningKeyReplaced,
    SourcesChecked,
)
from domain.values.activities import Activity
from domain.values.statements import OF_ITSELF_ONLY, Channel, Kind, Statement
from projections.authorities.finding_words import kept_words
from projections.authorities.incremental import HeldActivity, Key, Pieces, findings_of, held_before
from projections.authorities.news_rows import NEWS_SEEKS, joined_rows, news, news_rows
from projections.authorities.tellings import Tellings
from projections.engine import tables as t
from projections.engine.database import end, insert, upsert
from projections.engine.identities import Identity, identifiers, told
from projections.engine.json_codec import encode, stated
from projections.engine.log import Command, ReadableLedger, microseconds
from projections.engine.projector import Projection
from projections.engine.tables import FOREVER, Shelf

HANDLES: frozenset[type[Fact]] = OF_AUTHORITIES | {FileRead, SourcesChecked}
IGNORES: frozenset[type[Fact]] = (
    OF_PEOPLE
    | OF_PLANS
    | OF_QUESTIONS
    | OF_MEETINGS
    | {
        DocumentRead,
        FileOpened,
        PlanConventionsChosen,
        SigningKeyReplaced,
    }
)

AUTHORITIES_REMEMBERED = 512
STATEMENTS_REMEMBERED = 8_000
"""How much of the past is kept in memory between batches; the rest is replayed when it is touched again."""

ROWS_A_POSITION = 20
"""Bits of a row number that count the rows of one position."""

KNOWN_TO = 2
"""The place of `known_to` in the rows of both tables that have one."""

SINGLE_DOCUMENTS = frozenset(channel.value for channel in OF_ITSELF_ONLY)
"""Kinds of source that a file of one report or letter has."""

EMPTY = Activity(UUID(int=0), "", Kind.INSPECTION)
"""What is held of an activity that nobody has spoken of."""

IDS_AT_ONCE = 500
"""Named in one question: databases take no more than some thousands of values."""


class History:
    """One authority as the tables have it."""

    __slots__ = ("identity", "identity_row", "pieces")

    def __init__(self, urn: str) -> None:
        self.identity: Identity | None = None
        self.identity_row = 0
        self.pieces = Pieces(urn)


class Histories:
    """The writer of the `timeline` projection."""

    def __init__(self, ledger: ReadableLedger, shelf: Shelf) -> None:
        self._ledger = ledger
        self._shelf = shelf
        self.forget()

    def forget(self) -> None:
        """Nothing in memory is to be trusted: somebody else wrote, or a write failed."""
        self._remembered: OrderedDict[str, History] = OrderedDict()
        self._streams: dict[UUID, tuple[str, int]] | None = None
        self._known_by = 0
        self._horizon = date.min
        self._tellings: Tellings | None = None
        self._clear()

    def _clear(self) -> None:
        self._rows: dict[Any, list[Any]] = defaultdict(list)
        self._fresh: dict[int, list[Any]] = {}
        self._fresh_statements: dict[UUID, str] = {}
        self._ends: list[tuple[int, int]] = []
        self._identity_ends: list[tuple[int, int]] = []
        self._moved: set[UUID] = set()
        self._moves: dict[int, str] = {}

    def keep(self, connection: Connection, commands: Iterable[Command]) -> None:
        """Write what commands change. Raises TypeError at a fact of a kind not known here."""
        if self._streams is None:
            self._begin(connection)
        for command in commands:
            self._command, self._position = command, command.position
            self._row = command.position << ROWS_A_POSITION
            self._keep(connection, command)
            recorded_at = microseconds(command.recorded_at)
            self._known_by = max(self._known_by, recorded_at)
            self._rows[t.moment].append((command.position, recorded_at, self._known_by))
        self._write(connection)
        self._let_go()

    def _begin(self, connection: Connection) -> None:
        stream, moment, horizon = (self._shelf[table] for table in (t.stream, t.moment, t.horizon))
        self._streams = {row.originator_id: (row.urn, row.version) for row in connection.execute(select(stream))}
        self._known_by = connection.scalar(select(sql.max(moment.c.known_by))) or 0
        self._horizon = connection.scalar(select(sql.max(horizon.c.read_on))) or date.min
        self._tellings = Tellings(connection, self._shelf)

    def _keep(self, connection: Connection, command: Command) -> None:
        fact = command.facts[0][1]
        kind = type(fact)
        if kind is FileRead:
            self._read_again(connection, [fact for _, fact in command.facts if isinstance(fact, FileRead)])
        elif isinstance(fact, SourcesChecked):
            assert self._tellings is not None
            assert self._streams is not None
            self._tellings.check(fact, self._position, authorities=len(self._streams))
        elif kind in OF_AUTHORITIES:
            self._tell(connection, command)
        elif kind not in IGNORES:
            raise TypeError(f"The timeline does not know the fact {kind.__name__}.")

    # --- facts of an authority ---------------------------------------------------------------------------------------

    def _tell(self, connection: Connection, command: Command) -> None:
        assert self._streams is not None
        first = command.facts[0][1]
        if isinstance(first, AuthorityRegistered):
            urn = first.urn
            history = self._remembered[urn] = History(urn)
        else:
            urn = self._streams[command.originator_id][0]
            history = self._recall(connection, urn, command.originator_id)
        identity = history.identity
        for position, fact in command.facts:
            if type(fact) not in OF_AUTHORITIES:
                raise TypeError(f"An authority's history does not know the fact {type(fact).__name__}.")
            if isinstance(fact, FindingsCompared):
                words = (urn, fact.text, fact.earlier_text, fact.same, fact.reason)
                self._rows[t.comparison].append((position, *words))
            if isinstance(fact, IDENTITY):
                identity = told(identity, fact)
                for scheme, value in identifiers(fact):
                    self._rows[t.identifier].append((self._next_row(), scheme, value, urn))
            statement = history.pieces.apply(fact)
            if statement is not None:
                self._state(urn, statement, fact, position)
        if identity is not history.identity and identity is not None:
            self._identify(history, identity)
        self._reconcile(history.pieces)
        self._streams[command.originator_id] = (urn, command.facts[-1][1].originator_version)
        self._moved.add(command.originator_id)

    def _identify(self, history: History, identity: Identity) -> None:
        if history.identity is not None:
            self._end(self._identity_ends, history.identity_row)
        history.identity, history.identity_row = identity, self._next_row()
        row = [history.identity_row, self._position, FOREVER, identity.urn, encode(identity)]
        self._fresh[history.identity_row] = row
        self._rows[t.authority].append(row)

    def _state(self, urn: str, statement: Statement, fact: Fact, position: int) -> None:
        said = stated(statement.said)
        if (grades := said.get("grades")) is not None:
            said["grades"] = {"pairs": grades.pairs}
        body = {
            "said": said,
            "source": statement.source,
            "citations": statement.citations,
            "verbatim": statement.verbatim,
            "reason": fact.reason,
        }
        self._fresh_statements[statement.id] = urn
        self._rows[t.statement].append(
            (
                statement.id.hex,
                urn,
                position,
                statement.family._value_,
                statement.channel._value_,
                _day(statement.edition),
                statement.read_on.isoformat(),
                microseconds(fact.timestamp),
                fact.actor,
                encode(body),
            )
        )
        if fact.source.read_on is not None and statement.channel not in OF_ITSELF_ONLY:
            self._read_on(fact.source.read_on)
        assert self._tellings is not None
        self._tellings.state(urn, statement, self._position)

    def _read_on(self, day: date) -> None:
        """Where the newest day moved on which any source was read; a form is no reading."""
        if day > self._horizon:
            self._horizon = day
            self._moves[self._position] = day.isoformat()

    # --- files read again --------------------------------------------------------------------------------------------

    def _read_again(self, connection: Connection, facts: Sequence[FileRead]) -> None:
        assert self._tellings is not None
        assert self._streams is not None
        by_urn: dict[str, list[tuple[UUID, FileRead]]] = defaultdict(list)
        for fact in facts:
            of = self._authorities_of(connection, fact.restated)
            if fact.source.kind not in SINGLE_DOCUMENTS:
                self._read_on(fact.read_on)
            if fact.last:
                urns = {*of.values(), *self._authorities_in(connection, fact)} if fact.tells is None else set[str]()
                self._tellings.read(fact, urns, self._position, authorities=len(self._streams))
            for statement in fact.restated:
                by_urn[of[statement]].append((statement, fact))
        originators = {urn: originator for originator, (urn, _) in self._streams.items()} if by_urn else {}
        for urn, said_again in by_urn.items():
            history = self._recall(connection, urn, originators[urn])
            for statement, fact in said_again:
                history.pieces.restate(statement, read_on=fact.read_on, edition=fact.edition)
                known = history.pieces.dossier.statements[statement]
                if known.channel is Channel.VISITS_TABLE:
                    self._tellings.restate(urn, known.said.kind, fact.read_on, self._position)
                self._rows[t.reading].append(
                    (statement.hex, urn, self._position, fact.read_on.isoformat(), _day(fact.edition))
                )
            self._reconcile(history.pieces)

    def _authorities_in(self, connection: Connection, fact: FileRead) -> set[str]:
        """The authorities of which a file said something new: all of one import bears one instant."""
        at, form = microseconds(fact.timestamp), Channel.FORM.value
        table = self._shelf[t.statement]
        asked = select(table.c.urn).where(
            table.c.recorded_at == at, table.c.actor == fact.actor, table.c.channel != form
        )
        fresh = {row[1] for row in self._rows[t.statement] if row[7:9] == (at, fact.actor) and row[4] != form}
        return fresh | set(connection.scalars(asked))

    def _authorities_of(self, connection: Connection, statements: Sequence[UUID]) -> dict[UUID, str]:
        found = {name: self._fresh_statements[name] for name in statements if name in self._fresh_statements}
        rest = [name for name in statements if name not in found]
        if rest:
            self._shelf.make(connection, t.STATEMENT_BY_ID)
        table = self._shelf[t.statement]
        for first in range(0, len(rest), IDS_AT_ONCE):
            asked = select(table.c.id, table.c.urn).where(table.c.id.in_(rest[first : first + IDS_AT_ONCE]))
            found.update((row.id, row.urn) for row in connection.execute(asked))
        return found

    # --- what is held ------------------------------------------------------------------------------------------------

    def _reconcile(self, pieces: Pieces) -> None:
        for piece, activities in pieces.reconciled():
            held: dict[Key, HeldActivity] = {}
            told: list[HeldActivity] = []
            for activity in activities:
                key = (activity.kind, activity.id)
                known = piece.held.get(key)
                if known is None or known.activity != activity:
                    held[key] = self._version(known, activity)
                    was = known or held_before(piece, activities, activity)
                    told += [] if was is None else [was]
                    self._rows[news] += news_rows(self._command, was, held[key], pieces.begun)
                else:
                    held[key] = known
            for key, known in piece.held.items():
                if key not in held:
                    self._end(self._ends, known.row)
            gone = [known for key, known in piece.held.items() if key not in held and known not in told]
            self._rows[news] += joined_rows(self._command, gone, held.values(), pieces.begun)
            piece.held = held

    def _version(self, known: HeldActivity | None, activity: Activity) -> HeldActivity:
        row = self._next_row()
        if known is None:
            known = HeldActivity(EMPTY, 0, 0, 0, 0)
        else:
            self._end(self._ends, known.row)
        before = known.activity
        judgements = known.judgements
        if activity.grades != before.grades:
            judgements = row if activity.grades.pairs else 0
        findings = known.findings
        if findings_of(activity) != findings_of(before):
            findings = row if activity.improvements or activity.priority_actions else 0
        disagreements = known.disagreements
        if activity.disagreements != before.disagreements:
            disagreements = row if activity.disagreements else 0
        if judgements == row:
            self._rows[t.judgement] += [(row, area._value_, grade._value_) for area, grade in activity.grades.pairs]
        if findings == row:
            self._rows[t.finding] += [
                (row, priority, number, text, ",".join(map(str, outcomes)), kept_words(text))
                for priority, number, text, outcomes in findings_of(activity)
            ]
        if disagreements == row:
            self._rows[t.disagreement] += [
                (row, one.field, one.held, one.settled, one.reason) for one in activity.disagreements
            ]
        version = [
            row,
            self._position,
            FOREVER,
            activity.id.hex,
            activity.urn,
            activity.kind._value_,
            activity.status._value_,
            activity.true_on.isoformat(),
            activity.visible_on.isoformat(),
            activity.public_on.isoformat(),
            _day(activity.start),
            _day(activity.end),
            _day(activity.published),
            activity.period and activity.period.text,
            activity.framework and activity.framework._value_,
            activity.variant and activity.variant._value_,
            activity.priority_action,
            judgements,
            findings,
            disagreements,
            encode(activity),
        ]
        self._fresh[row] = version
        self._rows[t.entry].append(version)
        return HeldActivity(activity, row, judgements, findings, disagreements)

    def _next_row(self) -> int:
        self._row += 1
        return self._row

    def _end(self, ends: list[tuple[int, int]], row: int) -> None:
        """Known no longer from this position on. A version born in this batch is not yet in the database."""
        fresh = self._fresh.get(row)
        if fresh is None:
            ends.append((row, self._position))
        else:
            fresh[KNOWN_TO] = self._position

    # --- memory and tables -------------------------------------------------------------------------------------------

    def _recall(self, connection: Connection, urn: str, originator_id: UUID) -> History:
        known = self._remembered.get(urn)
        if known is not None:
            self._remembered.move_to_end(urn)
            return known
        assert self._streams is not None
        history = self._remembered[urn] = History(urn)
        for fact in self._ledger.events.get(originator_id, lte=self._streams[originator_id][1]):
            if isinstance(fact, IDENTITY):
                history.identity = told(history.identity, fact)
            history.pieces.apply(fact)
        self._shelf.make(connection, t.READINGS_OF)
        reading = self._shelf[t.reading]
        for row in connection.execute(select(reading).where(reading.c.urn == urn)):
            history.pieces.restate(row.statement, read_on=row.read_on, edition=row.edition)
        self._match(connection, urn, history)
        return history

    def _match(self, connection: Connection, urn: str, history: History) -> None:
        """Find the rows of what is held. Raises LookupError where the tables were made by other rules."""
        authority, entry = self._shelf[t.authority], self._shelf[t.entry]
        still = (authority.c.urn == urn, authority.c.known_to == FOREVER)
        history.identity_row = connection.execute(select(authority.c.row).where(*still)).scalar_one()
        self._shelf.make(connection, t.ENTRIES_OF)
        columns = (
            entry.c.kind,
            entry.c.entry_id,
            entry.c.row,
            entry.c.judgements,
            entry.c.findings,
            entry.c.disagreements,
        )
        open_rows = {
            (row.kind, row.entry_id): row[2:]
            for row in connection.execute(select(*columns).where(entry.c.urn == urn, entry.c.known_to == FOREVER))
        }
        for piece, activities in history.pieces.reconciled():
            for activity in activities:
                row = open_rows.pop((activity.kind.value, activity.id), None)
                if row is None:
                    raise LookupError(_OTHER_RULES)
                piece.held[activity.kind, activity.id] = HeldActivity(activity, *row)
        if open_rows:
            raise LookupError(_OTHER_RULES)

    def _write(self, connection: Connection) -> None:
        self._rows[t.horizon] = list(self._moves.items())
        assert self._tellings is not None
        self._rows[t.known_until] = self._tellings.rows()
        for table, rows in self._rows.items():
            insert(connection, self._shelf[table], rows)
        end(connection, self._shelf[t.entry], self._ends)
        end(connection, self._shelf[t.authority], self._identity_ends)
        assert self._streams is not None
        upsert(connection, self._shelf[t.stream], [(name.hex, *self._streams[name]) for name in self._moved])
        self._clear()

    def _let_go(self) -> None:
        statements = sum(len(history.pieces) for history in self._remembered.values())
        while len(self._remembered) > AUTHORITIES_REMEMBERED or (
            statements > STATEMENTS_REMEMBERED and len(self._remembered) > 1
        ):
            _, gone = self._remembered.popitem(last=False)
            statements -= len(gone.pieces)


_OTHER_RULES = "what is held differs from what was written by an earlier release: rebuild the projection"

TIMELINE = Projection("timeline", 11, t.timeline, (*t.TIMELINE_SEEKS, *NEWS_SEEKS), Histories, HANDLES, IGNORES)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
