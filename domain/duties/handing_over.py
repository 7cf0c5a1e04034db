"""Handing over what is open of an authority that has ended to one that followed it, in one step (R-074).

By rule plans, meetings and questions pass to no one: an officer hands them over, each to one successor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler
from domain.command import give_no_reason_beside, in_the_future, refuse, too_early
from domain.duties.followed import Followed, followed
from domain.facts import Fact, Told
from domain.handler import Outcome, carry_out
from domain.ledger.store import Ledger
from domain.meetings.handler import MeetingCommands
from domain.meetings.meeting import ScrutinyMeeting
from domain.meetings.state import MeetingStage
from domain.people.commands import PeopleCommands
from domain.people.rights import has
from domain.people.roll import ROLL, Roll
from domain.plans.handler import PlanCommands
from domain.plans.plan import ActionPlan
from domain.questions.handler import QuestionCommands
from domain.values.days import london_day
from domain.values.errors import NotFound, RuleBroken
from domain.values.rights import Right
from domain.values.words import in_words

NOT_BOTH = (
    "Only an officer or approver of both authorities may hand over between them. If it is your work, ask an "
    "administrator for the role."
)
NOT_PEOPLE = "Roles pass on by an approver of both authorities. Leave the people out, or ask one."


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """These plans, meetings, questions and people of the authority `urn` pass to the `successor` on a day. Questions on
    a plan go with it; `questions` are those on none. People get, for the successor, each role that they have for the
    other."""

    urn: str
    successor: str
    plans: Sequence[UUID] = ()
    meetings: Sequence[UUID] = ()
    questions: Sequence[UUID] = ()
    people: Sequence[UUID] = ()
    on: date


def is_open(plan: ActionPlan) -> bool:
    """Whether something of a plan is left to do: it was not closed, or a member waits for an answer."""
    return plan.state.closed is None or any(one.waits for one in plan.state.challenges.values())


class DutyCommands:
    """What is open of authorities, as of now, and how it passes on. Whoever is not on the roll is the machine's own."""

    def __init__(
        self,
        ledger: Ledger,
        authorities: AuthorityHandler,
        people: PeopleCommands,
        plans: PlanCommands,
        meetings: MeetingCommands,
        questions: QuestionCommands,
    ) -> None:
        self._ledger = ledger
        self._authorities = authorities
        self._people = people
        self._plans = plans
        self._meetings = meetings
        self._questions = questions

    def followed(self, urn: str, on: date) -> Followed | None:
        """When an authority ends or ended and who follows it, as known on a day; None while nothing is known of that.
        Raises NotFound."""
        return followed(self._authorities, urn, on)

    def hand_over(self, command: HandOver, *, by: Told) -> Outcome:
        """Carry it out once, all or nothing. Raises RuleBroken, NotFound."""
        give_no_reason_beside(by, "of what is handed over")

        def attempt() -> list[Any]:
            was, now = (self._authorities.authority(urn) for urn in (command.urn, command.successor))
            self._must_follow(was, now, command, by)
            self._must_be_allowed(command, by)
            return self._passed(was, now, command, by)

        return carry_out(self._ledger, by.command, attempt, what="what is handed over")

    def _must_follow(self, was: Authority, now: Authority, command: HandOver, by: Told) -> None:
        today = london_day(by.at)
        known = self.followed(was.urn, today)
        if known is None:
            raise RuleBroken(f"{was.name} has not ended, and nothing is recorded that would end it.")
        if now.urn not in known.successors:
            raise RuleBroken(f"{now.name} is not one that follows {was.name}. Choose one that is.")
        if command.on < known.ends_on:
            raise RuleBroken(
                f"{was.name} ends on {in_words(known.ends_on)}; what is open is handed over on that day or later."
            )
        refuse([in_the_future(command.on, today)])

    def _must_be_allowed(self, command: HandOver, by: Told) -> None:
        person = self._people.teller(by)
        if person is None:
            return
        both = (command.urn, command.successor)
        if not all(has(person, Right.RECORD, urn) for urn in both):
            raise RuleBroken(NOT_BOTH)
        if command.people and not all(has(person, Right.APPROVE, urn) for urn in both):
            raise RuleBroken(NOT_PEOPLE)

    def _passed(self, was: Authority, now: Authority, command: HandOver, by: Told) -> list[Any]:
        on = command.on
        plans = [self._plan(name, command, by) for name in dict.fromkeys(command.plans)]
        meetings = [self._meeting(name, command, by) for name in dict.fromkeys(command.meetings)]
        asked = self._questions.hand_over(was.urn, now.urn, command.questions, on=on, by=by)
        people = dict.fromkeys(command.people)
        if not (plans or meetings or asked or people):
            raise RuleBroken("Choose what is handed over.")
        roll = self._roles(people, was, now, by) if people else []
        with_plans = (one.id for plan in plans for one in plan.state.challenges.values() if one.waits)
        shared: dict[str, Any] = {
            "handed_on": on,
            "plans": tuple(plan.id for plan in plans),
            "meetings": tuple(meeting.id for meeting in meetings),
            "questions": (*with_plans, *dict.fromkeys(command.questions)),
            "people": tuple(str(person) for person in people),
        }
        was.tell(facts.DutiesHandedOver, by, successor=now.urn, **shared)
        now.tell(facts.DutiesTakenOver, by, predecessor=was.urn, **shared)
        return [was, now, *plans, *meetings, *asked, *roll]

    def _plan(self, name: UUID, command: HandOver, by: Told) -> ActionPlan:
        plan = self._plans.plan(name)
        if plan.urn != command.urn or not is_open(plan):
            raise RuleBroken("Only open plans of the authority that ended can be handed over.")
        refuse([too_early(command.on, plan.state.first_day, "A plan was opened")])
        plan.tell(partial(facts.PlanHandedOver, true_on=command.on, successor=command.successor), by)
        return plan

    def _meeting(self, name: UUID, command: HandOver, by: Told) -> ScrutinyMeeting:
        meeting = self._meetings.meeting(name)
        arranged = meeting.state.arranged
        known = self.followed(command.urn, london_day(by.at))
        before = known is not None and meeting.state.day < known.ends_on
        if meeting.urn != command.urn or meeting.state.stage is not MeetingStage.PLANNED or arranged is None or before:
            raise RuleBroken("Only meetings to come of the authority that ended can be handed over.")
        refuse([too_early(command.on, arranged.true_on, "A meeting was arranged")])
        handed: Callable[..., Fact] = partial(facts.MeetingHandedOver, true_on=command.on, successor=command.successor)
        meeting.tell(handed, by)
        return meeting

    def _roles(self, people: Iterable[UUID], was: Authority, now: Authority, by: Told) -> list[Roll]:
        roll = self._ledger.load(Roll, ROLL)
        if roll is None:
            raise NotFound("Nobody is on the roll.")
        why = replace(by, reason=f"What was open of {was.name} was handed over to {now.name}.")
        for person in people:
            roll.pass_on(person, was=was.urn, now=now.urn, by=why)
        return [roll]
