"""Putting a hand-over right that was made to the wrong successor: an approver hands the thing on to another authority
that followed the same one, with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.command import in_the_future, refuse, too_early
from domain.duties.handing_over import DutyCommands, is_open
from domain.facts import Told, stored_name
from domain.handler import Outcome, carry_out
from domain.meetings.meeting import ScrutinyMeeting
from domain.meetings.state import MeetingStage
from domain.people.rights import has
from domain.people.roll import ROLL, Roll
from domain.plans.plan import ActionPlan
from domain.values.days import london_day
from domain.values.errors import NotFound, RuleBroken
from domain.values.rights import Right
from domain.values.roles import Role

HANDED_OVER = (stored_name(facts.DutiesHandedOver),)
NOT_BOTH = (
    "A hand-over is put right by an approver of both: of the authority that has it, and of the one that gets it. Ask "
    "one, or ask an administrator for the role."
)


@dataclass(frozen=True, kw_only=True)
class HandOn:
    """These things, which the authority `urn` handed over to `holder`, are the `successor`'s from a day on; for
    `by.reason`, which names nobody. People have the roles that passed on with them for it instead."""

    urn: str
    holder: str
    successor: str
    plans: Sequence[UUID] = ()
    meetings: Sequence[UUID] = ()
    questions: Sequence[UUID] = ()
    people: Sequence[UUID] = ()
    on: date


@dataclass(frozen=True)
class StillHeld:
    """What an authority handed over to one that still has it, and that is open, by ids."""

    plans: tuple[UUID, ...]
    meetings: tuple[UUID, ...]
    questions: tuple[UUID, ...]
    people: tuple[UUID, ...]

    def __bool__(self) -> bool:
        return bool(self.plans or self.meetings or self.questions or self.people)


class Duties(DutyCommands):
    """What is open of authorities, how it passes on, and how that is put right."""

    def still_held(self, urn: str, holder: str) -> StillHeld:
        """What can be handed on of what `urn` handed over to `holder`."""
        given = self._given(urn)
        of_holder = {name for name, fact in given.items() if fact.successor == holder}
        told = [fact for fact in given.values() if fact.successor == holder]
        plans = dict.fromkeys(name for fact in told for name in fact.plans if name in of_holder)
        meetings = dict.fromkeys(name for fact in told for name in fact.meetings if name in of_holder)
        people = dict.fromkeys(UUID(name) for fact in told for name in fact.people if UUID(name) in of_holder)
        waiting = (question.id for _, question in self._questions.open_questions(holder))
        return StillHeld(
            tuple(name for name in plans if self._why_not_plan(self._plans.plan(name), holder) is None),
            tuple(name for name in meetings if self._why_not_meeting(self._meetings.meeting(name), holder) is None),
            tuple(name for name in waiting if name in of_holder),
            tuple(name for name in people if self._roles_given(name, given[name], holder)),
        )

    def hand_on(self, command: HandOn, *, by: Told) -> Outcome:
        """Carry it out once, all or nothing. Raises RuleBroken, NotFound."""
        if not (by.reason or "").strip():
            raise RuleBroken("Say why it went to the wrong authority: the reason is kept with the correction.")

        def attempt() -> list[Any]:
            named = (command.urn, command.holder, command.successor)
            was, holder, now = (self._authorities.authority(urn) for urn in named)
            self._must_put_right(was, holder, now, command, by)
            return self._put_right(was, holder, now, command, by)

        return carry_out(self._ledger, by.command, attempt, what="what is handed on")

    def _must_put_right(self, was: Authority, holder: Authority, now: Authority, command: HandOn, by: Told) -> None:
        today = london_day(by.at)
        known = self.followed(was.urn, today)
        successors = known.successors if known is not None else ()
        if now.urn not in successors:
            raise RuleBroken(f"{now.name} is not one that follows {was.name}. Choose one that is.")
        if now.urn == holder.urn:
            raise RuleBroken(f"{now.name} has it already. Choose another authority that follows {was.name}.")
        person = self._people.teller(by)
        if person is not None and not all(has(person, Right.APPROVE, one.urn) for one in (holder, now)):
            raise RuleBroken(NOT_BOTH)
        given = self._given(was.urn)
        chosen = (*command.plans, *command.meetings, *command.questions, *command.people)
        if not chosen:
            raise RuleBroken("Choose what is handed on.")
        if not all(name in given and given[name].successor == holder.urn for name in chosen):
            raise RuleBroken(f"Only what {was.name} handed over to {holder.name}, and what it still has, is handed on.")
        since = max(given[name].handed_on for name in chosen)
        refuse([too_early(command.on, since, f"It was handed over to {holder.name}"), in_the_future(command.on, today)])

    def _put_right(self, was: Authority, holder: Authority, now: Authority, command: HandOn, by: Told) -> list[Any]:
        quiet, on = replace(by, reason=None), command.on
        plans = [self._plans.plan(name) for name in dict.fromkeys(command.plans)]
        meetings = [self._meetings.meeting(name) for name in dict.fromkeys(command.meetings)]
        refuse(self._why_not_plan(plan, holder.urn) for plan in plans)
        refuse(self._why_not_meeting(meeting, holder.urn) for meeting in meetings)
        passing: dict[str, Any] = {"true_on": on, "successor": now.urn, "instead_of": holder.urn}
        for plan in plans:
            plan.tell(partial(facts.PlanHandedOver, **passing), quiet)
        for meeting in meetings:
            meeting.tell(partial(facts.MeetingHandedOver, **passing), quiet)
        asked = self._questions.hand_over(holder.urn, now.urn, command.questions, on=on, by=quiet)
        people = list(dict.fromkeys(command.people))
        roll = self._roles_put_right(people, was, holder, now, by) if people else []
        with_plans = (one.id for plan in plans for one in plan.state.challenges.values() if one.waits)
        shared: dict[str, Any] = {
            "handed_on": on,
            "plans": tuple(plan.id for plan in plans),
            "meetings": tuple(meeting.id for meeting in meetings),
            "questions": (*with_plans, *dict.fromkeys(command.questions)),
            "people": tuple(map(str, people)),
            "instead_of": holder.urn,
        }
        for stream in (was, holder):
            stream.tell(facts.DutiesHandedOver, by, successor=now.urn, **shared)
        now.tell(facts.DutiesTakenOver, by, predecessor=was.urn, **shared)
        return [was, holder, now, *plans, *meetings, *asked, *roll]

    def _roles_put_right(
        self, people: Sequence[UUID], was: Authority, holder: Authority, now: Authority, by: Told
    ) -> list[Roll]:
        roll = self._ledger.load(Roll, ROLL)
        if roll is None:
            raise NotFound("Nobody is on the roll.")
        given = self._given(was.urn)
        for person in people:
            roles = self._roles_given(person, given[person], holder.urn)
            roll.hand_on(person, roles=roles, was=holder.urn, now=now.urn, by=by)
        return [roll]

    def _given(self, urn: str) -> Mapping[UUID, facts.DutiesHandedOver]:
        """What told last to whom each thing of an authority passed, by its id; people too."""
        stream = Authority.create_id(urn)
        found: dict[UUID, facts.DutiesHandedOver] = {}
        for _, fact in self._ledger.read_facts(names=HANDED_OVER):
            assert isinstance(fact, facts.DutiesHandedOver)
            if fact.originator_id == stream and fact.instead_of != urn:
                names = (*fact.plans, *fact.meetings, *fact.questions, *map(UUID, fact.people))
                found |= dict.fromkeys(names, fact)
        return found

    def _roles_given(self, person: UUID, told: facts.DutiesHandedOver, holder: str) -> set[Role]:
        """Which roles a person got with a hand-over, and has still."""
        listed = self._people.listed(person)
        if listed is None or listed.disabled:
            return set()
        first, last = self._ledger.positions_of(told.command) or (0, 0)
        granted = self._ledger.read_facts(first, limit=last - first + 1)
        roles = {fact.role for _, fact in granted if isinstance(fact, facts.RoleGranted) and fact.person == person}
        return {role for role in roles if role in listed.grants and holder in listed.grants[role].authorities}

    @staticmethod
    def _why_not_plan(plan: ActionPlan, holder: str) -> str | None:
        free = plan.urn == holder and is_open(plan)
        return None if free else "Only open plans that the authority still has can be handed on."

    @staticmethod
    def _why_not_meeting(meeting: ScrutinyMeeting, holder: str) -> str | None:
        free = meeting.urn == holder and meeting.state.stage is MeetingStage.PLANNED
        return None if free else "Only meetings to come that the authority still has can be handed on."
