"""The facts of scrutiny and engagement meetings, a row each, and how they are read again as of any moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, or_, select

from domain.facts import (
    OF_ENGAGEMENT,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLANS,
    OF_QUESTIONS,
    DocumentRead,
    Fact,
    FileOpened,
    MeetingHandedOver,
    MeetingWordsErased,
    PlanConventionsChosen,
    ScrutinyMeetingArranged,
    SigningKeyReplaced,
    stored_name,
)
from domain.ledger.codec import encode_fact
from domain.meetings.state import MeetingState
from domain.plans.stories import Erasure
from domain.values.errors import NotFound
from projections.authorities.projection import HANDLES as OF_HISTORIES
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.database import insert
from projections.engine.log import Command, ReadableLedger
from projections.engine.projector import Projection
from projections.engine.tables import Shelf
from projections.plans.projection import LoggedFact, read_fact

HANDLES: frozenset[type[Fact]] = OF_MEETINGS | OF_ENGAGEMENT
IGNORES: frozenset[type[Fact]] = (
    (OF_HISTORIES - OF_ENGAGEMENT)
    | OF_PEOPLE
    | OF_PLANS
    | OF_QUESTIONS
    | {DocumentRead, FileOpened, PlanConventionsChosen, SigningKeyReplaced}
)


class MeetingFacts:
    """The writer of the `meetings` projection."""

    def __init__(self, ledger: ReadableLedger, shelf: Shelf) -> None:
        self._shelf = shelf

    def forget(self) -> None:
        """It remembers nothing."""

    def keep(self, connection: Connection, commands: Iterable[Command]) -> None:
        """Write what commands tell of meetings. Raises TypeError at a fact of a kind not known here."""
        meetings: list[tuple[Any, ...]] = []
        facts: list[tuple[Any, ...]] = []
        notes: list[tuple[Any, ...]] = []
        for command in commands:
            stream = command.originator_id.hex
            for position, fact in command.facts:
                kind = type(fact)
                if kind in IGNORES:
                    continue
                if kind not in HANDLES:
                    raise TypeError(f"The list of meetings does not know the fact {kind.__name__}.")
                told: Any = fact
                version, name, body = fact.originator_version, stored_name(kind), encode_fact(fact)
                if kind in OF_ENGAGEMENT:
                    notes.append((position, stream, told.activity.hex, version, name, body))
                    continue
                if isinstance(fact, ScrutinyMeetingArranged):
                    meetings.append((position, stream, fact.urn))
                facts.append((position, stream, version, name, told.true_on.isoformat(), body))
        insert(connection, self._shelf[t.meeting], meetings)
        insert(connection, self._shelf[t.meeting_fact], facts)
        insert(connection, self._shelf[t.engagement_fact], notes)


MEETINGS = Projection(
    "meetings",
    2,
    t.meetings,
    t.MEETINGS_SEEKS,
    MeetingFacts,
    handles=HANDLES,
    ignores=IGNORES,
    only=tuple(sorted(map(stored_name, HANDLES))),
)


@dataclass(frozen=True)
class MeetingThen:
    """A meeting as of a moment: the facts counted, what they come to, and what was erased up to now.

    Erasures count whatever moment is asked for: erased words are gone from every one."""

    id: UUID
    told: tuple[LoggedFact, ...]
    state: MeetingState
    erased: dict[UUID, Erasure]


def meetings_then(connection: Connection, moment: Moment, *, urn: str | None = None) -> list[MeetingThen]:
    """Every meeting told of by a moment, withdrawn ones included, of all or of the authority that had it then, in no
    order."""
    fact = t.meeting_fact.c
    counts = or_(fact.row <= moment.position, fact.name == stored_name(MeetingWordsErased))
    asked = select(fact.row, fact.meeting, fact.version, fact.name, fact.body).where(counts).order_by(fact.row)
    if urn is not None:
        begun = select(t.meeting.c.meeting).where(t.meeting.c.urn == urn)
        asked = asked.where(or_(fact.meeting.in_(begun), fact.meeting.in_(_EVER_HANDED_OVER)))
    told: dict[UUID, list[LoggedFact]] = {}
    for row in connection.execute(asked):
        told.setdefault(row.meeting, []).append(LoggedFact(row.row, read_fact(row.meeting, row)))
    found = (_then(meeting, facts, moment) for meeting, facts in told.items())
    return [then for then in found if then.told and urn in (None, then.state.urn)]


def meeting_then(connection: Connection, meeting: UUID, moment: Moment) -> MeetingThen | None:
    """One meeting as of a moment; None where it was not arranged yet, or not known by then. Raises NotFound for no
    meeting of that id."""
    fact = t.meeting_fact.c
    asked = select(fact.row, fact.version, fact.name, fact.body).where(fact.meeting == meeting).order_by(fact.row)
    facts = [LoggedFact(row.row, read_fact(meeting, row)) for row in connection.execute(asked)]
    if not facts:
        raise NotFound("No such scrutiny meeting is recorded.")
    found = _then(meeting, facts, moment)
    return found if found.told else None


def _then(meeting: UUID, facts: Collection[LoggedFact], moment: Moment) -> MeetingThen:
    counted = [one for one in facts if one.position <= moment.position and one.fact.true_on <= moment.as_at]
    erased = MeetingState.of(one.fact for one in facts if isinstance(one.fact, MeetingWordsErased)).erased
    return MeetingThen(meeting, tuple(counted), MeetingState.of(one.fact for one in counted), erased)


def noted(connection: Connection, activities: Collection[UUID]) -> list[LoggedFact]:
    """Every fact noted of these engagement meetings so far, in the order of the log."""
    fact = t.engagement_fact.c
    rows = connection.execute(
        select(fact.row, fact.originator_id, fact.version, fact.name, fact.body)
        .where(fact.activity.in_(activities))
        .order_by(fact.row)
    )
    return [LoggedFact(row.row, read_fact(row.originator_id, row)) for row in rows]


HANDED_OVER = stored_name(MeetingHandedOver)

_EVER_HANDED_OVER = select(t.meeting_fact.c.meeting).where(t.meeting_fact.c.name == HANDED_OVER)
