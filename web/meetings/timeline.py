"""What the timeline shows only to those who may read what is not published: scrutiny meetings, and what engagement
meetings were about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from flask import url_for

from domain.meetings.state import MeetingStage, ResolutionStage
from domain.values.activities import Activity, Status
from projections.engine.answers import Moment, TimelineEntry
from projections.meetings.answers import EngagementNotes, MeetingRow
from projections.meetings.engagement import engagement_notes
from projections.meetings.meeting import meetings
from web.site import access
from web.site.people_names import shown
from web.site.reader import Asked
from web.store.store import current_store
from web.words import words
from web.words.timeline import MEETINGS, TimelineLine


def meeting_lines(urn: str, asked: Asked) -> tuple[TimelineLine, ...]:
    """An authority's scrutiny meetings as lines of its timeline; none for the public."""
    if not access.may("READS"):
        return ()
    answer = meetings(current_store().reader, urn=urn, as_at=asked.as_at, known_at=asked.known_at)
    return tuple(_line(row, asked) for row in answer.rows)


def with_notes(
    lines: Iterable[TimelineLine], entries: Iterable[TimelineEntry], moment: Moment
) -> tuple[TimelineLine, ...]:
    """The same lines, those of engagement meetings with what was noted of them; as they are for the public."""
    found = notes_of((entry.activity for entry in entries), moment)
    told = {name: in_sentences(notes) for name, notes in found.items()}
    return tuple(replace(one, facts=(*one.facts, *told[one.id])) if one.id in told else one for one in lines)


def notes_of(activities: Iterable[Activity], moment: Moment) -> Mapping[UUID, EngagementNotes]:
    """What was noted of engagement meetings, by the meeting's id; nothing for the public."""
    return engagement_notes(current_store().reader, activities, moment) if access.may("READS") else {}


def in_sentences(notes: EngagementNotes) -> tuple[str, ...]:
    """What an engagement meeting was about, and when the next one is."""
    return tuple(_sentences(notes))


def _sentences(notes: EngagementNotes) -> Iterable[str]:
    if notes.topics is not None:
        yield f"Topics: {'; '.join(shown(notes.topics).splitlines())}."
    if notes.self_evaluation is not None:
        yield f"The self-evaluation was {'' if notes.self_evaluation else 'not '}discussed."
    if notes.next_on is not None:
        yield f"Next meeting: {words.day(notes.next_on)}."
    if notes.next_period is not None:
        yield f"Next meeting: {words.period(notes.next_period)}."


def _line(row: MeetingRow, asked: Asked) -> TimelineLine:
    withdrawn = row.stage is MeetingStage.WITHDRAWN
    return TimelineLine(
        id=row.id,
        lane=MEETINGS,
        title=f"Scrutiny meeting: {row.committee}",
        iso=row.day.isoformat(),
        happened=words.day(row.day),
        dated=True,
        public="not published here",
        made_public="not published here",
        recorded=words.day(words.day_of(row.recorded_at)),
        grades=(),
        facts=tuple(_facts(row)),
        priority=False,
        status=Status.WITHDRAWN if withdrawn else Status.CURRENT,
        reason=shown(row.withdrawn_why) if row.withdrawn_why else None,
        changes=(),
        disputes=0,
        sources=(),
        address=url_for("meetings.show", meeting=row.id, **asked.address),
    )


def _facts(row: MeetingRow) -> Iterable[str]:
    if row.example:
        yield "Example, made up."
    if row.stage is MeetingStage.PLANNED:
        yield "Its day has passed and it is not recorded as held." if row.passed else "Planned."
    if row.resolutions:
        late = sum(one.stage is ResolutionStage.OVERDUE for one in row.resolutions)
        overdue = f", {late} overdue" if late else ""
        yield f"{words.count(len(row.resolutions), 'resolution')}, {row.open_resolutions} to be carried out{overdue}."
    if row.next_report_on is not None:
        yield f"Next report due {words.day(row.next_report_on)}."
