"""What was an engagement meeting about, and when is the next one?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, select

from domain import facts
from domain.plans.stories import Erasure, Stamp, kept
from domain.values.activities import Activity
from domain.values.days import london_day
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
from projections.plans.words import OpenedWords


def engagement_notes(reader: Reader, activities: Iterable[Activity], moment: Moment) -> Mapping[UUID, EngagementNotes]:
    """What was noted of the engagement meetings among these activities by a moment, by their id.

    Ask only for somebody who may read what is not published."""
    with reader.connect() as connection:
        names = _names(connection, activities, moment)
        told = noted(connection, names) if names else []
    counted = [one.fact for one in told if one.position <= moment.position]
    topics = {names[fact.activity]: fact for fact in counted if isinstance(fact, facts.EngagementTopicsNoted)}
    following = {names[fact.activity]: fact for fact in counted if isinstance(fact, facts.NextEngagementMeetingSet)}
    words = OpenedWords(reader, _erased(told), [kept(fact, "topics", fact.topics) for fact in topics.values()])
    found = {}
    for name in topics.keys() | following.keys():
        about, after = topics.get(name), following.get(name)
        found[name] = EngagementNotes(
            topics=words(kept(about, "topics", about.topics)) if about else None,
            self_evaluation=about.self_evaluation if about else None,
            next_on=after.next_on if after else None,
            next_period=after.period if after else None,
        )
    return found


def topics_under(reader: Reader, activity: Activity, subject: UUID, *, on: date) -> tuple[Wording, ...]:
    """The topics of an engagement meeting that would be erased together. Raises NotFound where there are none."""
    with reader.connect() as connection:
        names = _names(connection, [activity], reader.moment(connection, on, None))
        told = noted(connection, names) if names else []
    topics = (one.fact for one in told if isinstance(one.fact, facts.EngagementTopicsNoted))
    texts = [kept(fact, "topics", fact.topics) for fact in topics if fact.topics.subject == subject]
    if not texts:
        raise NotFound("The meeting has no such words.")
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
    """Every id under which something may have been noted of these engagement meetings, with the meeting's own."""
    meetings = [held for held in activities if held.kind is Kind.ENGAGEMENT_MEETING]
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
