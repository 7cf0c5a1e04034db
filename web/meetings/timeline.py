"""What the timeline shows only to those who may read what is not published: scrutiny meetings, and what the authority
and Ofsted told each other between inspections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from flask import url_for

from domain.meetings.state import MeetingStage, ResolutionStage
from domain.values.activities import Activity, Status
from domain.values.words import listed, spelt
from projections.engine.answers import Moment, TimelineEntry
from projections.meetings.answers import EngagementNotes, MeetingRow
from projections.meetings.engagement import engagement_notes
from projections.meetings.meeting import meetings
from projections.plans.answers import Wording
from web.site import access
from web.site.people_names import shown
from web.site.reader import Asked
from web.store.store import current_store
from web.words import timeline, words
from web.words.elements import PARTS, QUESTIONS
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
    """The same lines, those of engagement meetings and self-evaluations with what was noted of them; as they are for
    the public."""
    found = notes_of((entry.activity for entry in entries), moment)
    told = {name: in_sentences(notes) for name, notes in found.items()}
    return tuple(replace(one, facts=(*one.facts, *told[one.id])) if one.id in told else one for one in lines)


def notes_of(activities: Iterable[Activity], moment: Moment) -> Mapping[UUID, EngagementNotes]:
    """What was noted of engagement meetings and self-evaluations, by their id; nothing for the public."""
    return engagement_notes(current_store().reader, activities, moment) if access.may("READS") else {}


@dataclass(frozen=True)
class ToldShown:
    """What was noted of one engagement meeting or self-evaluation: each question answered with its answer, the rest in
    sentences, and the words that may be erased, one of each form."""

    id: UUID
    title: str
    answers: tuple[tuple[str, Wording], ...]
    sentences: tuple[str, ...]
    to_erase: tuple[Wording, ...]


def told_to_ofsted(activities: Iterable[Activity], moment: Moment) -> tuple[ToldShown, ...]:
    """What was noted of these, in their order; nothing for the public, and nothing of what has no notes."""
    held = tuple(activities)
    found = notes_of(held, moment)
    return tuple(told_shown(one, found[one.id]) for one in held if one.id in found)


def told_shown(activity: Activity, notes: EngagementNotes) -> ToldShown:
    return ToldShown(
        id=activity.id,
        title=timeline.line_title(activity),
        answers=answers(notes),
        sentences=tuple(_of_the_meeting(notes)),
        to_erase=notes.to_erase,
    )


def answers(notes: EngagementNotes) -> tuple[tuple[str, Wording], ...]:
    """The questions of a self-evaluation that are answered, each with its answer."""
    given = (("known", notes.known), ("how_known", notes.how_known), ("plans", notes.plans))
    return tuple((QUESTIONS[name], answer) for name, answer in given if answer is not None)


def in_sentences(notes: EngagementNotes) -> tuple[str, ...]:
    """What an engagement meeting was about, when the next one is, and that a self-evaluation's answers are held."""
    return tuple(_sentences(notes))


def _sentences(notes: EngagementNotes) -> Iterable[str]:
    answered = len(answers(notes))
    if answered:
        held = "answer to one" if answered == 1 else f"answers to {spelt(answered)}"
        yield f"The {held} of the three questions {'is' if answered == 1 else 'are'} held here."
    yield from _of_the_meeting(notes)


def _of_the_meeting(notes: EngagementNotes) -> Iterable[str]:
    if notes.parts:
        yield f"It covered {listed([PARTS[part] for part in notes.parts])}."
    if notes.topics is not None:
        yield f"Topics: {'; '.join(shown(notes.topics).splitlines())}."
    if notes.self_evaluation is not None:
        yield f"The self-evaluation was {'' if notes.self_evaluation else 'not '}discussed."
    if notes.visit_topics is not None:
        yield f"Topics for focused visits: {'; '.join(shown(notes.visit_topics).splitlines())}."
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
