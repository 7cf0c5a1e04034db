"""What is held of one authority, brought up to date piece by piece.

Statements more than a publication's delay apart cannot speak of one activity, so a new statement can change only what
is held near its own dates. `reconcile` is asked for that piece alone; the pieces together are what it would say of
the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from domain import facts
from domain.authorities.dossier import Dossier
from domain.authorities.matching import PUBLISHED_WITHIN
from domain.authorities.reconciliation import reconcile
from domain.values.activities import Activity
from domain.values.statements import Channel, Kind, Statement, Verbatim

NO_CELLS = Verbatim()

Key = tuple[Kind, UUID]


class Piece:
    """Statements that may speak of the same activities, and where those stand in the tables."""

    __slots__ = ("dossier", "first", "held", "last")

    def __init__(self, dossier: Dossier, first: float, last: float) -> None:
        self.dossier = dossier
        self.first = first
        self.last = last
        self.held: dict[Key, HeldActivity] = {}


class HeldActivity:
    """An activity as last written: its row, and the rows that first had its judgements, findings, disagreements."""

    __slots__ = ("activity", "disagreements", "findings", "judgements", "row")

    def __init__(self, activity: Activity, row: int, judgements: int, findings: int, disagreements: int) -> None:
        self.activity = activity
        self.row = row
        self.judgements = judgements
        self.findings = findings
        self.disagreements = disagreements


class Pieces:
    """An authority's dossier in pieces. `touched` are those that must be reconciled again; `begun` is when a source was
    first told to say something of it, UTC; the register that comes with the product is none."""

    def __init__(self, urn: str) -> None:
        self.dossier = Dossier(urn)
        self.touched: list[Piece] = []
        self.begun: datetime | None = None
        self._by_kind: dict[Kind, list[Piece]] = {}
        self._named: dict[Key, Piece] = {}
        self._whole: Piece | None = None

    def __len__(self) -> int:
        return len(self.dossier.statements)

    def __iter__(self) -> Iterator[Piece]:
        if self._whole is not None:
            yield self._whole
        for pieces in self._by_kind.values():
            yield from pieces

    def apply(self, fact: facts.Fact) -> Statement | None:
        """Take in a fact of the authority's stream; the statement it makes, unless it was made before."""
        known = len(self.dossier.statements)
        self.dossier.apply(fact)
        if isinstance(fact, facts.EntriesRecognisedAsOne | facts.EntriesRecognisedAsDistinct):
            self._join_all()
        elif isinstance(fact, facts.EntryWithdrawn):
            self._withdraw(fact.statements)
        if len(self.dossier.statements) == known:
            if isinstance(fact, facts.SourceStated):
                self._again(fact.statement)
            return None
        statement = next(reversed(self.dossier.statements.values()))
        if self.begun is None and statement.channel is not Channel.REGISTER:
            self.begun = fact.timestamp
        lean = statement if not statement.verbatim.cells else replace(statement, verbatim=NO_CELLS)
        self.dossier.statements[statement.id] = lean
        self._place(lean)
        return statement

    def restate(self, statement: UUID, *, read_on: date, edition: date | None) -> bool:
        """A later reading says the same again; whether that changed the day or the edition that counts."""
        news = self.dossier.restate(statement, read_on=read_on, edition=edition)
        if news:
            self._again(statement)
        return news

    def reconciled(self) -> Iterator[tuple[Piece, tuple[Activity, ...]]]:
        """Each touched piece with what is now held of it."""
        touched, self.touched = self.touched, []
        for piece in touched:
            yield piece, reconcile(piece.dossier)

    def _again(self, identity: UUID) -> None:
        statement = self.dossier.statements[identity]
        piece = self._whole or self._named[statement.said.kind, identity]
        piece.dossier.statements[identity] = statement
        self._touch(piece)

    def _touch(self, piece: Piece) -> None:
        if piece not in self.touched:
            self.touched.append(piece)

    def _withdraw(self, names: Iterable[UUID]) -> None:
        """What was withdrawn together stays together, whatever its dates."""
        if self._whole is not None:
            self._touch(self._whole)
        for kind in self._by_kind:
            named = list(dict.fromkeys(self._named[kind, name] for name in names if (kind, name) in self._named))
            for other in named[1:]:
                self._merge(named[0], other, kind)
            if named:
                self._touch(named[0])

    def _place(self, statement: Statement) -> None:
        if self._whole is not None:
            self._touch(self._whole)
            return
        kind = statement.said.kind
        first, last = _extent(statement)
        pieces = self._by_kind.setdefault(kind, [])
        reach = PUBLISHED_WITHIN.get(kind, 0)
        near = [piece for piece in pieces if first <= piece.last + reach and piece.first <= last + reach]
        for name in _names(statement):
            named = self._named.get((kind, name))
            if named is not None and named not in near:
                near.append(named)
        if near:
            home = near[0]
        else:
            home = Piece(self._part(), first, last)
            pieces.append(home)
        for other in near[1:]:
            self._merge(home, other, kind)
        home.dossier.statements[statement.id] = statement
        home.first, home.last = min(home.first, first), max(home.last, last)
        for name in _names(statement):
            self._named[kind, name] = home
        self._touch(home)

    def _part(self) -> Dossier:
        part = Dossier(self.dossier.urn)
        part.withdrawn = self.dossier.withdrawn
        part.withdrawn_together = self.dossier.withdrawn_together
        return part

    def _merge(self, home: Piece, other: Piece, kind: Kind) -> None:
        self._by_kind[kind].remove(other)
        if other in self.touched:
            self.touched.remove(other)
        home.dossier.statements.update(other.dossier.statements)
        home.held.update(other.held)
        home.first, home.last = min(home.first, other.first), max(home.last, other.last)
        for statement in other.dossier.statements.values():
            for name in _names(statement):
                self._named[kind, name] = home

    def _join_all(self) -> None:
        """An officer's ruling on what is one activity may tie anything together: from now on there is one piece."""
        if self._whole is None:
            whole = Piece(self.dossier, float("-inf"), float("inf"))
            for piece in self:
                whole.held.update(piece.held)
            self._by_kind, self._named, self.touched, self._whole = {}, {}, [], whole
        self._touch(self._whole)


def held_before(piece: Piece, activities: Iterable[Activity], now: Activity) -> HeldActivity | None:
    """What an activity was held as by another name, which is one no longer; None where nothing was held of it."""
    names = {(one.kind, one.id) for one in activities}
    gone = (one for key, one in piece.held.items() if key not in names and one.activity.kind is now.kind)
    return next((one for one in gone if not {*one.activity.statements}.isdisjoint(now.statements)), None)


def findings_of(activity: Activity) -> list[tuple[bool, int, str, tuple[int, ...]]]:
    """Whether for priority action, its number from 1, its words and the outcomes that its source names with it."""
    outcomes = (*activity.improvement_outcomes, *([()] * len(activity.improvements)))
    improvements = zip(activity.improvements, outcomes, strict=False)
    return [
        *((False, number, text, named) for number, (text, named) in enumerate(improvements, start=1)),
        *((True, number, text, ()) for number, text in enumerate(activity.priority_actions, start=1)),
    ]


def _names(statement: Statement) -> Iterable[UUID]:
    return (statement.id,) if statement.about is None else (statement.id, statement.about)


def _extent(statement: Statement) -> tuple[float, float]:
    """The days between which a statement's dates lie; nothing is near one without any, everything near what is
    matched otherwise than by days on site."""
    said = statement.said
    if not said.kind.on_site:
        return float("-inf"), float("inf")
    dated = (said.start, said.published, said.notified, said.expected_start)
    days = [day.toordinal() for day in dated if day is not None]
    if said.period is not None:
        days += (said.period.first_day.toordinal(), said.period.last_day.toordinal())
    return (min(days), max(days)) if days else (float("inf"), float("-inf"))
