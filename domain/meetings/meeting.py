"""A meeting of a scrutiny committee, kept as facts: one stream per meeting.

What may be told of it is decided by `domain.meetings.commands`; texts come sealed."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain.command import Act
from domain.facts import Fact, Told, told
from domain.meetings.commands import ArrangeMeeting, MeetingCommand, Plans
from domain.meetings.state import MeetingState


class ScrutinyMeeting(Aggregate):
    """A meeting of one committee on one day."""

    @staticmethod
    def create_id(command: UUID) -> UUID:
        return uuid5(command, "scrutiny meeting")

    def __init__(self, urn: str) -> None:
        self.urn = urn
        self.state = MeetingState()

    @classmethod
    def arrange(cls, command: ArrangeMeeting, by: Told) -> ScrutinyMeeting:
        """Begin a meeting, or raise as the command does."""
        fact: Any = command.decide(by)
        return cls._create(fact, id=cls.create_id(by.command), **told(by))

    def take(self, command: MeetingCommand, plans: Plans, act: Act) -> None:
        """Carry a command out, or raise as it does."""
        # A partial fact stands in for its class: the stream adds who it belongs to and its version.
        fact: Any = command.decide(self.state, plans, act)
        self.trigger_event(fact, **told(act.by))

    def tell(self, draft: Any, by: Told) -> None:
        """Take up what was decided outside of the meeting."""
        self.trigger_event(draft, **told(by))

    def apply(self, fact: Fact) -> None:
        self.state.apply(fact)
        self.urn = self.state.urn
