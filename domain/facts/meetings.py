"""What can happen to a meeting of a scrutiny committee: one stream per meeting.

`true_on` is the day of which each fact speaks; of one meeting it never lies before the day of the first. Free text is
`Sealed`."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.facts.base import Fact, facts_of
from domain.values.rights import Right
from domain.values.sealed import Sealed


class MeetingFact(Fact):
    """In the stream of a scrutiny meeting. `true_on` never lies before the day of the first."""

    true_on: date


class ScrutinyMeetingArranged(
    MeetingFact,
    Aggregate.Created,
    name="scrutiny_meeting.arranged",
    aggregate="domain.meetings.meeting:ScrutinyMeeting",
):
    """A committee of the council is to look at its plans on a day. `committee` is its name, never a person's.

    `example` marks a meeting made up for a demonstration."""

    urn: str
    committee: str
    day: date
    plans: tuple[UUID, ...]
    example: bool


class ScrutinyMeetingMoved(MeetingFact, name="scrutiny_meeting.moved"):
    """The committee is to meet on another day than was arranged."""

    was: date
    now: date
    why: Sealed


class MeetingPlansChosen(MeetingFact, name="scrutiny_meeting.plans_chosen"):
    """The committee looks at these plans, not those named before."""

    plans: tuple[UUID, ...]


class ScrutinyMeetingHeld(MeetingFact, name="scrutiny_meeting.held"):
    """The committee met."""


class PanelViewFixed(MeetingFact, name="panel_view.fixed"):
    """What the panel saw: everything as at a day, as known at an instant. A later one needs a reason."""

    as_at: date
    known_at: datetime
    why: Sealed | None


class QuestionPutToMeeting(MeetingFact, name="question.put_to_meeting"):
    """A member's question was before the meeting. `plan` is the plan it is on or, for one that is on no plan, the
    stream of questions in which it stands."""

    plan: UUID
    challenge: UUID


class ResolutionMade(MeetingFact, name="resolution.made"):
    """The committee resolved something. `owner` is the office that has to see to it."""

    resolution: int
    text: Sealed
    owner: str | None
    due_on: date | None


class ResolutionCarriedOut(MeetingFact, name="resolution.carried_out"):
    """What was resolved has been done."""

    resolution: int
    how: Sealed


class NextReportSet(MeetingFact, name="next_report.set"):
    """The committee wants the next report by a day."""

    due_on: date


class ScrutinyMeetingWithdrawn(MeetingFact, name="scrutiny_meeting.withdrawn"):
    """The meeting did not take place, or should not have been recorded; it stays visible with the reason."""

    why: Sealed


class MeetingHandedOver(MeetingFact, name="scrutiny_meeting.handed_over"):
    """An officer passed the meeting on to an authority that followed its own, by Ofsted's number (R-074). `instead_of`
    is the one that had it by mistake, where that was put right."""

    successor: str
    instead_of: str | None = None


class MeetingWordsErased(MeetingFact, name="meeting_words.erased", right=Right.ERASE):
    """The keys of these words were destroyed by an administrator; `reason` says why, without the words."""

    subjects: tuple[UUID, ...]


OF_MEETINGS = facts_of(MeetingFact)
