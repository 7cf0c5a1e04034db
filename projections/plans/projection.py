"""The facts of plans, a row each, and how they are read again as of any moment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from domain.facts import (
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLANS,
    OF_QUESTIONS,
    STREAMS,
    DocumentRead,
    Fact,
    FileOpened,
    PlanConventionsChosen,
    PlanDueDateStated,
    PlanFindingsAdded,
    PlanHandedOver,
    PlanOpened,
    PlanOpeningCorrected,
    PlanPublished,
    PlanReceiptSet,
    PlanReplyReceived,
    PlanSubmitted,
    QuestionsOpened,
    SigningKeyReplaced,
    WordsErased,
    fact_class,
    stored_name,
)
from domain.ledger.codec import decode_fact, encode_fact
from domain.plans.replaced import Replaced, replaced_by
from domain.plans.state import PlanState
from domain.plans.stories import Erasure
from domain.values.errors import NotFound
from domain.values.plans import ANSWER_DAYS, LABELS, Label, labels_with
from projections.authorities.projection import HANDLES as OF_HISTORIES
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.cache import Remembered
from projections.engine.database import insert
from projections.engine.log import Command, ReadableLedger
from projections.engine.projector import Projection
from projections.engine.reader import Reader
from projections.engine.tables import Shelf

FACTS_REMEMBERED = 100_000
"""How many decoded facts are kept; a fact never changes, so one that is remembered is right."""

PLANS_AT_ONCE = 500
"""Plans named in one question to the database."""

IGNORES: frozenset[type[Fact]] = OF_HISTORIES | OF_PEOPLE | OF_MEETINGS | {DocumentRead, FileOpened, SigningKeyReplaced}

KEPT = OF_PLANS | OF_QUESTIONS
"""Facts of plans, and of the questions that are on none."""


class PlanFacts:
    """The writer of the `plans` projection."""

    def __init__(self, ledger: ReadableLedger, shelf: Shelf) -> None:
        self._shelf = shelf

    def forget(self) -> None:
        """It remembers nothing."""

    def keep(self, connection: Connection, commands: Iterable[Command]) -> None:
        """Write what commands tell of plans. Raises TypeError at a fact of a kind not known here."""
        plans: list[tuple[Any, ...]] = []
        facts: list[tuple[Any, ...]] = []
        questions: list[tuple[Any, ...]] = []
        conventions: list[tuple[Any, ...]] = []
        for command in commands:
            stream = command.originator_id.hex
            for position, fact in command.facts:
                kind = type(fact)
                if isinstance(fact, PlanConventionsChosen):
                    conventions.append((position, stream, fact.urn, encode_fact(fact)))
                elif kind in KEPT:
                    told: Any = fact
                    if isinstance(fact, PlanOpened):
                        plans.append((position, stream, fact.urn, fact.activity.hex))
                    elif isinstance(fact, QuestionsOpened):
                        questions.append((position, stream, fact.urn))
                    version, name = fact.originator_version, stored_name(kind)
                    facts.append((position, stream, version, name, told.true_on.isoformat(), encode_fact(fact)))
                elif kind not in IGNORES:
                    raise TypeError(f"The list of plans does not know the fact {kind.__name__}.")
        insert(connection, self._shelf[t.plan], plans)
        insert(connection, self._shelf[t.plan_fact], facts)
        insert(connection, self._shelf[t.question_stream], questions)
        insert(connection, self._shelf[t.plan_convention], conventions)


PLANS = Projection(
    "plans",
    2,
    t.plans,
    t.PLANS_SEEKS,
    PlanFacts,
    handles=KEPT | {PlanConventionsChosen},
    ignores=IGNORES,
    only=tuple(sorted(map(stored_name, KEPT | {PlanConventionsChosen}))),
)


@dataclass(frozen=True)
class LoggedFact:
    """One fact of a plan, and its place in the log."""

    position: int
    fact: Any


OF_THE_CLOCK: frozenset[type[Fact]] = frozenset(
    {PlanOpeningCorrected, PlanReceiptSet, PlanDueDateStated, PlanSubmitted, PlanReplyReceived, PlanHandedOver}
)
"""Facts that the public is told at once: the dates that the law sets, how they were kept, and whose plan it is."""

BEFORE_PUBLICATION: frozenset[type[Fact]] = OF_THE_CLOCK | {PlanOpened, PlanFindingsAdded}
"""What the public is told of a plan that was never published here: that there is one, on what, and its dates."""


@dataclass(frozen=True)
class PlanThen:
    """A plan as of a moment: the facts counted, what they come to, and what was erased up to now.

    Erasures count whatever moment is asked for: erased words are gone from every one. `made_public_on` is the day of
    the newest publication known then; `whole` says whether what was not published counts too. `replaced` is the newer
    graded report that had taken the place of the plan's by then."""

    id: UUID
    told: tuple[LoggedFact, ...]
    state: PlanState
    erased: dict[UUID, Erasure]
    made_public_on: date | None = None
    whole: bool = True
    replaced: Replaced | None = None

    @property
    def replaced_on(self) -> date | None:
        """The day from which nothing of the plan is overdue; None while its report stands."""
        return None if self.replaced is None else self.replaced.on

    @property
    def shows_actions(self) -> bool:
        """Whether anything of actions and questions is told: to those who see the whole, or once it was published."""
        return self.whole or self.made_public_on is not None


@dataclass(frozen=True)
class Conventions:
    """What an authority called readings, and how many clear days an answer might take; where and when the log has
    the choice, 0 where none was made."""

    labels: tuple[Label, ...] = LABELS
    answer_days: int = ANSWER_DAYS
    position: int = 0
    chosen_at: datetime | None = None
    chosen_by: str = ""


class _Known(NamedTuple):
    """The facts of a plan up to a row of the table, and what they say was erased. It is never changed, only replaced:
    another thread may be reading it."""

    upto: int
    told: list[LoggedFact]
    erased: dict[UUID, Erasure]


_NOTHING = _Known(0, [], {})


class PlanMemory:
    """Decoded facts by plan, brought up to date from the table when they are asked for. For one process's reader."""

    def __init__(self, most: int = FACTS_REMEMBERED) -> None:
        self._most = most
        self._generation: int | None = None
        self._known: Remembered[UUID, _Known] = Remembered(most)
        self._folded: Remembered[tuple[UUID, int, int, date], PlanThen] = Remembered(most)

    def facts(self, connection: Connection, plan: UUID) -> list[LoggedFact]:
        """Every fact of a plan so far, in the order of the log."""
        return self.known(connection, [plan])[plan].told

    def known(self, connection: Connection, plans: Collection[UUID]) -> Mapping[UUID, _Known]:
        """Every fact of each of these plans so far, with few questions however many plans they are."""
        generation, newest = connection.execute(_GENERATION).one_or_none() or (None, 0)
        if generation != self._generation:
            self._generation, self._known, self._folded = generation, Remembered(self._most), Remembered(self._most)
        memory, upto = self._known, newest or 0
        found = {plan: memory.get(plan) or _NOTHING for plan in plans}
        behind = [plan for plan, known in found.items() if known.upto < upto]
        for begun in (True, False):
            # Apart, so that a plan that was never read does not make the others be read again from their beginning.
            wanted = [plan for plan in behind if (found[plan].upto > 0) is begun]
            for first in range(0, len(wanted), PLANS_AT_ONCE):
                some = wanted[first : first + PLANS_AT_ONCE]
                new = _new_rows(connection, some, min(found[plan].upto for plan in some), upto)
                for plan in some:
                    found[plan] = known = _with(plan, found[plan], new[plan], upto)
                    memory.put(plan, known, len(known.told) + 1)
        return found

    def then(self, plan: UUID, facts: Sequence[LoggedFact], moment: Moment, *, public: bool = False) -> PlanThen:
        """What the facts known at a moment and true by its day come to; for the `public`, those of them that were
        published by then. Nobody changes it: it is given again."""
        count = bisect_right(facts, moment.position, key=lambda one: one.position)
        newest = _newest_publication(facts, count)
        upto = newest + 1 if public else count
        key = (plan, count, upto, moment.as_at)
        found = self._folded.get(key)
        if found is None:
            at_once = OF_THE_CLOCK if upto else BEFORE_PUBLICATION
            opened_on = _opening(facts[:count])
            told = tuple(
                one
                for place, one in enumerate(facts[:count])
                if (opened_on if type(one.fact) in _OPENINGS else one.fact.true_on) <= moment.as_at
                and (place < upto or type(one.fact) in at_once)
            )
            day = facts[newest].fact.true_on if newest >= 0 else None
            found = PlanThen(plan, told, PlanState.of(one.fact for one in told), {}, day, not public)
            self._folded.put(key, found, len(told) + 1)
        return found if found.whole is not public else replace(found, whole=not public)


def _new_rows(connection: Connection, plans: Sequence[UUID], after: int, upto: int) -> Mapping[UUID, list[Any]]:
    """Rows of facts after one row up to another, inclusive, in the order of the log, by plan."""
    fact = t.plan_fact.c
    rows: dict[UUID, list[Any]] = {plan: [] for plan in plans}
    asked = select(fact.plan, fact.row, fact.version, fact.name, fact.body)
    for row in connection.execute(
        asked.where(fact.plan.in_(plans), fact.row > after, fact.row <= upto).order_by(fact.row)
    ):
        rows[row.plan].append(row)
    return rows


def _with(plan: UUID, known: _Known, rows: Sequence[Any], upto: int) -> _Known:
    """What is known of a plan with the rows that are new."""
    new = [LoggedFact(row.row, read_fact(plan, row)) for row in rows if row.row > known.upto]
    if not new:
        return known._replace(upto=upto)
    erased = dict(known.erased)
    for one in new:
        if isinstance(one.fact, WordsErased):
            erased |= PlanState.of([one.fact]).erased
    return _Known(upto, [*known.told, *new], erased)


_OPENINGS = frozenset({PlanOpened, PlanOpeningCorrected})


def _opening(facts: Sequence[LoggedFact]) -> date:
    """The day on which a plan was opened, as these facts have it: the newest correction counts. The last day there is,
    where none says so."""
    return next((one.fact.true_on for one in reversed(facts) if type(one.fact) in _OPENINGS), date.max)


def _newest_publication(facts: Sequence[LoggedFact], count: int) -> int:
    """The place of the newest publication among the first `count` facts; -1 where there is none."""
    for place in range(count - 1, -1, -1):
        if isinstance(facts[place].fact, PlanPublished):
            return place
    return -1


def read_fact(stream: UUID, row: Any) -> Fact:
    """The fact that a row keeps of a stream."""
    cls = fact_class(row.name)
    return decode_fact(cls, bytes(row.body), stream, row.version, STREAMS.get(cls))


def plan_then(
    reader: Reader, connection: Connection, plan: UUID, moment: Moment, *, public: bool = False
) -> PlanThen | None:
    """A plan as of a moment, for the `public` as it was published by then (decision 0019); None where it was not yet
    opened, or not yet told of. Raises NotFound for no plan."""
    memory = reader.memory(PlanMemory)
    known = memory.known(connection, [plan])[plan]
    if not known.told:
        raise NotFound("No such action plan is recorded.")
    found = _then(memory, plan, known, moment, public=public)
    return None if found is None else next(_with_replaced(reader, connection, [found], moment))


def plans_then(
    reader: Reader, connection: Connection, moment: Moment, *, urn: str | None = None, public: bool = False
) -> Iterator[PlanThen]:
    """Every plan that was open or closed at a moment, of all or of the authority that had it then, in the order of
    opening."""
    of_anybody = plans_ever_of(reader, connection, moment, urn=urn, public=public)
    return (then for then in of_anybody if urn is None or then.state.urn == urn)


def plans_ever_of(
    reader: Reader, connection: Connection, moment: Moment, *, urn: str | None = None, public: bool = False
) -> Iterator[PlanThen]:
    """The same, of one authority with those that it has handed over by then."""
    memory, plan = reader.memory(PlanMemory), t.plan.c
    asked = select(plan.plan).where(plan.row <= moment.position).order_by(plan.row)
    if urn is not None:
        asked = asked.where((plan.urn == urn) | plan.plan.in_(_EVER_HANDED_OVER))
    plans = connection.scalars(asked).all()
    known = memory.known(connection, plans) if plans else {}
    then = (_then(memory, plan, known[plan], moment, public=public) for plan in plans)
    found = [one for one in then if one is not None and (urn is None or urn in owners(one.state))]
    return _with_replaced(reader, connection, found, moment)


def owners(state: PlanState) -> tuple[str, ...]:
    """Whose plan it was, in order, the last one now; by Ofsted's number."""
    return (state.made_for, *(one.now for one in state.handed))


def _then(memory: PlanMemory, plan: UUID, known: _Known, moment: Moment, *, public: bool) -> PlanThen | None:
    found = memory.then(plan, known.told, moment, public=public)
    return replace(found, erased=known.erased) if found.told else None


def _with_replaced(
    reader: Reader, connection: Connection, plans: Sequence[PlanThen], moment: Moment
) -> Iterator[PlanThen]:
    """These plans with the newer report that took the place of theirs."""
    urns = {urn for then in plans for urn in (then.state.made_for, then.state.urn)}
    versions = reader.versions_of_several(connection, urns, moment) if urns else {}
    held = {urn: [seen for one in versions.get(urn, ()) if (seen := one.seen_on(moment.as_at))] for urn in urns}
    for then in plans:
        of_both = dict.fromkeys((then.state.made_for, then.state.urn))
        replaced = replaced_by(then.state, (one for urn in of_both for one in held[urn]), on=moment.as_at)
        yield then if replaced is None else replace(then, replaced=replaced)


def urn_of_plan(connection: Connection, plan: UUID) -> str:
    """The number of the authority whose plan it is now. Raises NotFound."""
    fact = t.plan_fact.c
    urn = connection.scalar(select(t.plan.c.urn).where(t.plan.c.plan == plan))
    if urn is None:
        raise NotFound("No such action plan is recorded.")
    asked = select(fact.version, fact.name, fact.body).where(fact.plan == plan, fact.name == HANDED_OVER)
    row = connection.execute(asked.order_by(fact.row.desc()).limit(1)).one_or_none()
    if row is None:
        return str(urn)
    handed = read_fact(plan, row)
    assert isinstance(handed, PlanHandedOver)
    return handed.successor


def conventions_of(connection: Connection, urn: str, moment: Moment) -> Conventions:
    """What an authority had chosen by a moment, and ours where it had not."""
    chosen = t.plan_convention.c
    row = connection.execute(
        select(chosen.row, chosen.originator_id, chosen.body)
        .where(chosen.urn == urn, chosen.row <= moment.position)
        .order_by(chosen.row.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return Conventions()
    cls = PlanConventionsChosen
    fact = decode_fact(cls, bytes(row.body), row.originator_id, 1, STREAMS[cls])
    return Conventions(labels_with(fact.labels), fact.answer_days, row.row, fact.timestamp, fact.actor)


_GENERATION = select(
    t.projection.c.generation, select(sql.max(t.plan_fact.c.row)).scalar_subquery().label("newest")
).where(t.projection.c.name == "plans")

HANDED_OVER = stored_name(PlanHandedOver)

_EVER_HANDED_OVER = select(t.plan_fact.c.plan).where(t.plan_fact.c.name == HANDED_OVER)
