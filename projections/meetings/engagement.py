"""What was an engagement meeting about, when is the next one, and what does a self-evaluation answer?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from domain import facts
from domain.plans.stories import Erasure, Stamp
from domain.values.activities import Activity
from domain.values.days import london_day
from domain.values.elements import AgendaPart
from domain.values.errors import NotFound
from domain.values.statements import Kind
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.json_codec import decode
from projections.engine.reader import Reader
from projections.meetings.answers import EngagementNotes
from projections.meetings.projection import noted
from projections.plans.answers import Wording
from projections.plans.projection import LoggedFact
from projections.plans.words import OpenedWords, texts_in

NOTED = frozenset({Kind.ENGAGEMENT_MEETING, Kind.SELF_EVALUATION})
"""Of what something is noted that nobody publishes (R-055)."""


def engagement_notes(reader: Reader, activities: Iterable[Activity], moment: Moment) -> Mapping[UUID, EngagementNotes]:
    """What was noted of the engagement meetings and self-evaluations among these activities by a moment, by their id.

    Ask only for somebody who may read what is not published."""
    with reader.connect() as connection:
        names = _names(connection, activities, moment)
        told = noted(connection, names) if names else []
    counted: dict[UUID, list[Any]] = {}
    for one in told:
        if one.position <= moment.position and not isinstance(one.fact, facts.EngagementWordsErased):
            counted.setdefault(names[one.fact.activity], []).append(one.fact)
    texts = [text for noted_of in counted.values() for fact in noted_of for _, text in texts_in(fact)]
    words = OpenedWords(reader, _erased(told), texts)
    return {name: _notes(noted_of, words) for name, noted_of in counted.items()}


def _notes(told: Iterable[Any], words: OpenedWords) -> EngagementNotes:
    """Of each thing that is noted the latest counts, in the order in which it was told."""
    about = after = None
    parts: tuple[AgendaPart, ...] = ()
    said: dict[str, Wording] = {}
    for fact in told:
        said |= {name: words(text) for name, text in texts_in(fact)}
        if isinstance(fact, facts.EngagementTopicsNoted):
            about = fact
        elif isinstance(fact, facts.NextEngagementMeetingSet):
            after = fact
        elif isinstance(fact, facts.EngagementAgendaNoted):
            parts = fact.parts or parts
    return EngagementNotes(
        topics=said.get("topics"),
        self_evaluation=about.self_evaluation if about else None,
        next_on=after.next_on if after else None,
        next_period=after.period if after else None,
        parts=parts,
        visit_topics=said.get("visit_topics"),
        known=said.get("known"),
        how_known=said.get("how_known"),
        plans=said.get("plans"),
    )


def words_under(reader: Reader, activity: Activity, subject: UUID, *, on: date) -> tuple[Wording, ...]:
    """The words of an engagement meeting or self-evaluation that would be erased together. Raises NotFound where there
    are none."""
    with reader.connect() as connection:
        names = _names(connection, [activity], reader.moment(connection, on, None))
        told = noted(connection, names) if names else []
    texts = [text for one in told for _, text in texts_in(one.fact) if text.sealed.subject == subject]
    if not texts:
        raise NotFound("The meeting or self-evaluation has no such words.")
    words = OpenedWords(reader, _erased(told), texts)
    return tuple(words(text) for text in texts)


def _erased(told: Iterable[LoggedFact]) -> dict[UUID, Erasure]:
    return {
        subject: Erasure(said_when_told(one.fact), one.fact.reason or "")
        for one in told
        if isinstance(one.fact, facts.EngagementWordsErased)
        for subject in one.fact.subjects
    }


def _names(connection: Connection, activities: Iterable[Activity], moment: Moment) -> dict[UUID, UUID]:
    """Every id under which something may have been noted of these meetings and self-evaluations, with its own."""
    meetings = [held for held in activities if held.kind in NOTED]
    names = {name: held.id for held in meetings for name in (held.id, *held.statements)}
    urns = {held.urn for held in meetings}
    return names | _under_which_they_stood(connection, names, urns, moment) if names else {}


def _under_which_they_stood(
    connection: Connection, names: Mapping[UUID, UUID], urns: Collection[str], moment: Moment
) -> dict[UUID, UUID]:
    """Former ids of entries under which something was noted before they were joined with others, with the present id
    of the entry that holds their statements."""
    rows = connection.execute(
        select(t.entry.c.entry_id, t.entry.c.body)
        .where(
            t.entry.c.urn.in_(urns),
            t.entry.c.known_from <= moment.position,
            t.entry.c.entry_id.in_(select(t.engagement_fact.c.activity)),
        )
        .order_by(t.entry.c.known_from.desc())
    )
    found: dict[UUID, UUID] = {}
    for row in rows:
        if row.entry_id not in names and row.entry_id not in found:
            former = decode(Activity, row.body).statements
            present = next((names[name] for name in former if name in names), None)
            if present is not None:
                found[row.entry_id] = present
    return found


def said_when_told(fact: facts.Fact) -> Stamp:
    """Who told a fact, and when; where the fact has no day of its own, that of the telling."""
    at: datetime = fact.timestamp
    return Stamp(fact.actor, london_day(at), at, fact.originator_version, fact.command)
