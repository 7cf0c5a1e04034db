"""The commands of scrutiny meetings: words are checked and sealed here.

`on` is the day of which a command speaks. `seen` is the version of the meeting that the person looked at; where it
changed since, Overtaken is raised. `by.reason` stays empty, save to erase words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from domain import facts
from domain.authorities.handler import AuthorityHandler
from domain.facts import Told
from domain.handler import carry_out
from domain.ledger.store import Ledger
from domain.meetings.meeting import ScrutinyMeeting
from domain.people.commands import PeopleCommands
from domain.people.rights import must_be_allowed
from domain.plans.commands import PlanCommands
from domain.plans.plan import ActionPlan
from domain.sealing import Sealing
from domain.values.errors import AlreadyArranged, CommandAlreadyDone, NotFound, Overtaken, RuleBroken
from domain.values.sealed import as_words
from domain.values.words import in_words

ARRANGED = "scrutiny_meeting.arranged"
"""Stored name of the fact that begins a meeting."""


@dataclass(frozen=True)
class MeetingDone:
    """A command about a meeting was carried out, now or when it was first sent. `position` is its last event's."""

    meeting: UUID
    position: int
    repeated: bool = False


class MeetingCommands:
    """Every command about a scrutiny meeting."""

    def __init__(
        self,
        ledger: Ledger,
        authorities: AuthorityHandler,
        people: PeopleCommands,
        plans: PlanCommands,
        sealing: Sealing,
    ) -> None:
        self._ledger = ledger
        self._authorities = authorities
        self._people = people
        self._plans = plans
        self._sealing = sealing

    # --- the meeting ------------------------------------------------------------------------------------------------

    def arrange_meeting(
        self,
        urn: str,
        *,
        committee: str,
        day: date,
        plans: Sequence[UUID] = (),
        held: bool = False,
        example: bool = False,
        again: bool = False,
        on: date,
        by: Told,
    ) -> MeetingDone:
        """A committee is to meet on a day or, `held`, met on it. The plans must be the authority's own.

        Raises AlreadyArranged where that committee has a meeting on that day, unless it is to be recorded `again`."""
        self._authorities.authority(urn)
        self._plans_of(urn, plans)
        meeting = ScrutinyMeeting.create_id(by.command)
        if (positions := self._ledger.positions_of(by.command)) is not None:
            return MeetingDone(meeting, positions[1], repeated=True)
        if not again:
            self._must_be_the_only_one(urn, committee, day)
        arranged = ScrutinyMeeting.arrange(
            urn=urn, committee=committee, day=day, plans=plans, on=on, example=example, by=by
        )
        if held:
            arranged.hold(on=day, by=by)
        must_be_allowed(self._people.teller(by), urn, arranged.pending_events)
        try:
            return MeetingDone(meeting, self._ledger.save(arranged, command=by.command)[1])
        except CommandAlreadyDone as already:
            return MeetingDone(meeting, already.last, repeated=True)

    def move_meeting(
        self, meeting: UUID, *, day: date, why: str, on: date, seen: int | None = None, by: Told
    ) -> MeetingDone:
        """It is to be held on another day; the old day and the reason stay."""
        fact = facts.ScrutinyMeetingMoved
        return self._in_meeting(
            meeting,
            by,
            lambda known: known.move(day=day, why=self._sealing.reason(meeting, by, fact, why), on=on, by=by),
            seen=seen,
        )

    def hold_meeting(self, meeting: UUID, *, on: date, by: Told) -> MeetingDone:
        """The committee met on a day."""
        return self._in_meeting(meeting, by, lambda known: known.hold(on=on, by=by))

    def withdraw_meeting(self, meeting: UUID, *, why: str, on: date, by: Told) -> MeetingDone:
        """It did not take place, or should not have been recorded; it stays visible with the reason."""
        fact = facts.ScrutinyMeetingWithdrawn
        return self._in_meeting(
            meeting, by, lambda known: known.withdraw(why=self._sealing.reason(meeting, by, fact, why), on=on, by=by)
        )

    # --- what was before it -----------------------------------------------------------------------------------------

    def choose_meeting_plans(
        self, meeting: UUID, *, plans: Sequence[UUID], on: date, seen: int | None = None, by: Told
    ) -> MeetingDone:
        """The plans that it looks at, all of its authority."""

        def decide(known: ScrutinyMeeting) -> None:
            self._plans_of(known.urn, plans)
            known.choose_plans(plans=plans, on=on, by=by)

        return self._in_meeting(meeting, by, decide, seen=seen)

    def fix_view(
        self,
        meeting: UUID,
        *,
        as_at: date,
        known_at: datetime,
        why: str | None = None,
        on: date,
        seen: int | None = None,
        by: Told,
    ) -> MeetingDone:
        """What the panel saw: everything as at a day, as known at an instant, which carries its zone."""
        fact = facts.PanelViewFixed
        return self._in_meeting(
            meeting,
            by,
            lambda known: known.fix_view(
                as_at=as_at,
                known_at=known_at.astimezone(UTC),
                why=self._sealing.reason_if_any(meeting, by, fact, why),
                on=on,
                by=by,
            ),
            seen=seen,
        )

    def put_question(self, meeting: UUID, *, plan: UUID, challenge: UUID, on: date, by: Told) -> MeetingDone:
        """A member's question on one of the authority's plans was before the meeting. Raises NotFound for no
        question."""

        def decide(known: ScrutinyMeeting) -> None:
            (found,) = self._plans_of(known.urn, [plan])
            if challenge not in found.state.challenges:
                raise NotFound("The plan has no such question.")
            known.put_question(plan=plan, challenge=challenge, on=on, by=by)

        return self._in_meeting(meeting, by, decide)

    # --- what came of it --------------------------------------------------------------------------------------------

    def resolve(
        self, meeting: UUID, *, text: str, owner: str | None = None, due_on: date | None = None, on: date, by: Told
    ) -> MeetingDone:
        """The committee resolved something."""

        def decide(known: ScrutinyMeeting) -> None:
            sealed = self._sealing.seal(meeting, by, facts.ResolutionMade, "text", as_words(text, "what was resolved"))
            known.resolve(text=sealed, owner=owner, due_on=due_on, on=on, by=by)

        return self._in_meeting(meeting, by, decide)

    def carry_out_resolution(self, meeting: UUID, resolution: int, *, how: str, on: date, by: Told) -> MeetingDone:
        """What was resolved has been done."""

        def decide(known: ScrutinyMeeting) -> None:
            sealed = self._sealing.seal(meeting, by, facts.ResolutionCarriedOut, "how", as_words(how, "what was done"))
            known.carry_out(resolution, how=sealed, on=on, by=by)

        return self._in_meeting(meeting, by, decide)

    def set_next_report(
        self, meeting: UUID, *, due_on: date, on: date, seen: int | None = None, by: Told
    ) -> MeetingDone:
        """The committee wants the next report by a day."""
        return self._in_meeting(
            meeting, by, lambda known: known.set_next_report(due_on=due_on, on=on, by=by), seen=seen
        )

    # --- erasing ----------------------------------------------------------------------------------------------------

    def erase_meeting_words(self, meeting: UUID, subjects: Iterable[UUID], *, on: date, by: Told) -> MeetingDone:
        """Destroy the keys of these words, for `by.reason`: they read as erased at every moment from now on."""
        keys, wanted = self._sealing.keys, tuple(subjects)
        done = self._in_meeting(meeting, by, lambda known: known.erase_words(wanted, on=on, by=by))
        keys.destroy(self.meeting(meeting).state.erased)
        return done

    # --- what is known ----------------------------------------------------------------------------------------------

    def meeting(self, meeting: UUID) -> ScrutinyMeeting:
        """A meeting as of now. Raises NotFound."""
        known = self._ledger.load(ScrutinyMeeting, meeting)
        if known is None:
            raise NotFound("No such scrutiny meeting is recorded.")
        return known

    # --- steps that every command shares ----------------------------------------------------------------------------

    def _plans_of(self, urn: str, plans: Iterable[UUID]) -> list[ActionPlan]:
        found = [self._plans.plan(plan) for plan in plans]
        if any(one.urn != urn for one in found):
            raise RuleBroken("A committee looks at plans of its own authority only.")
        return found

    def _must_be_the_only_one(self, urn: str, committee: str, day: date) -> None:
        for _, fact in self._ledger.read_facts(names=(ARRANGED,)):
            assert isinstance(fact, facts.ScrutinyMeetingArranged)
            if fact.urn == urn and _plainly(fact.committee) == _plainly(committee):
                known = self.meeting(fact.originator_id)
                if known.state.withdrawn is None and known.state.day == day:
                    raise AlreadyArranged(known.id, f"A meeting of {fact.committee} on {in_words(day)}")

    def _in_meeting(
        self, meeting: UUID, by: Told, decide: Callable[[ScrutinyMeeting], None], *, seen: int | None = None
    ) -> MeetingDone:
        """Carry a command out once; a lost race is decided anew."""

        def attempt() -> list[ScrutinyMeeting]:
            known = self.meeting(meeting)
            if seen is not None and known.version != seen:
                raise Overtaken("this meeting", seen, known.version)
            decide(known)
            must_be_allowed(self._people.teller(by), known.urn, known.pending_events)
            return [known]

        return MeetingDone(meeting, *carry_out(self._ledger, by.command, attempt, what="the same meeting"))


def _plainly(committee: str) -> str:
    return " ".join(committee.casefold().split())
