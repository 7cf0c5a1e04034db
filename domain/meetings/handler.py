"""Carrying out commands about scrutiny meetings: load, seal the words, decide, hold it to the right, save once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import facts
from domain.authorities.handler import AuthorityHandler
from domain.command import Act
from domain.facts import Told, stored_name
from domain.handler import carry_out
from domain.ledger.store import Ledger
from domain.meetings.commands import ArrangeMeeting, EraseMeetingWords, HoldMeeting, MeetingCommand, Plans, PutQuestion
from domain.meetings.meeting import ScrutinyMeeting
from domain.people.commands import PeopleCommands
from domain.people.rights import must_be_allowed
from domain.plans.handler import PlanCommands
from domain.questions.handler import QuestionCommands
from domain.sealing import Sealing
from domain.values.errors import AlreadyArranged, NotFound, Overtaken, RuleBroken
from domain.values.words import in_words

ARRANGED = stored_name(facts.ScrutinyMeetingArranged)
"""Stored name of the fact that begins a meeting."""


@dataclass(frozen=True)
class MeetingDone:
    """A command about a meeting was carried out, now or when it was first sent. `position` is its last event's."""

    meeting: UUID
    position: int
    repeated: bool = False


class MeetingCommands:
    """Scrutiny meetings as of now, and how what is decided of them is kept.

    Whoever is on the roll may tell what `domain.people.rights` lets them; who is not is the machine's own."""

    def __init__(
        self,
        ledger: Ledger,
        authorities: AuthorityHandler,
        people: PeopleCommands,
        plans: PlanCommands,
        questions: QuestionCommands,
        sealing: Sealing,
    ) -> None:
        self._ledger = ledger
        self._authorities = authorities
        self._people = people
        self._plans = plans
        self._questions = questions
        self._sealing = sealing

    def meeting(self, meeting: UUID) -> ScrutinyMeeting:
        """A meeting as of now. Raises NotFound."""
        known = self._ledger.load(ScrutinyMeeting, meeting)
        if known is None:
            raise NotFound("No such scrutiny meeting is recorded.")
        return known

    def do(self, command: ArrangeMeeting | MeetingCommand, *, by: Told) -> MeetingDone:
        """Carry a command out. Raises Overtaken where the meeting changed since it was `seen`, and AlreadyArranged."""
        if isinstance(command, ArrangeMeeting):
            return self._arrange(command, by)
        keys = self._sealing.keys if isinstance(command, EraseMeetingWords) else None
        done = self._tell(command, by)
        if keys is not None:
            keys.destroy(self.meeting(command.meeting).state.erased)
        return done

    def _arrange(self, command: ArrangeMeeting, by: Told) -> MeetingDone:
        def attempt() -> list[ScrutinyMeeting]:
            self._authorities.authority(command.urn)
            self._plans_of(command.urn, command.plans)
            if not command.again:
                self._must_be_the_only_one(command.urn, command.committee, command.day)
            arranged = ScrutinyMeeting.arrange(command, by)
            if command.held:
                arranged.take(HoldMeeting(arranged.id, on=command.day), {}, Act(by, {}))
            must_be_allowed(self._people.teller(by), command.urn, arranged.pending_events)
            return [arranged]

        outcome = carry_out(self._ledger, by.command, attempt, what="the same meeting")
        return MeetingDone(ScrutinyMeeting.create_id(by.command), *outcome)

    def _tell(self, command: MeetingCommand, by: Told) -> MeetingDone:
        def attempt() -> list[ScrutinyMeeting]:
            known = self.meeting(command.meeting)
            if command.seen is not None and known.version != command.seen:
                raise Overtaken("this meeting", command.seen, known.version)
            plans = self._plans_of(known.urn, command.plans_named())
            if isinstance(command, PutQuestion) and command.plan is None:
                self._must_be_asked(known.urn, command.asked_of or known.urn, command.question)
            known.take(command, plans, Act(by, self._sealing.words_of(command, command.meeting, by)))
            must_be_allowed(self._people.teller(by), known.urn, known.pending_events)
            return [known]

        outcome = carry_out(self._ledger, by.command, attempt, what="the same meeting")
        return MeetingDone(command.meeting, *outcome)

    def _plans_of(self, urn: str, plans: Sequence[UUID]) -> Plans:
        found = [self._plans.plan(plan) for plan in plans]
        if any(plan.urn != urn for plan in found):
            raise RuleBroken("A committee looks at plans of its own authority only.")
        return {plan.id: plan.state for plan in found}

    def _must_be_asked(self, urn: str, of: str, question: UUID) -> None:
        if (of, question) not in {(asked_of, one.id) for asked_of, one in self._questions.held_by(urn)}:
            raise NotFound("No such question was asked of this authority.")

    def _must_be_the_only_one(self, urn: str, committee: str, day: date) -> None:
        for _, fact in self._ledger.read_facts(names=(ARRANGED,)):
            assert isinstance(fact, facts.ScrutinyMeetingArranged)
            if fact.urn == urn and _plainly(fact.committee) == _plainly(committee):
                known = self.meeting(fact.originator_id)
                if known.state.withdrawn is None and known.state.day == day:
                    raise AlreadyArranged(known.id, f"A meeting of {fact.committee} on {in_words(day)}")


def _plainly(committee: str) -> str:
    return " ".join(committee.casefold().split())
