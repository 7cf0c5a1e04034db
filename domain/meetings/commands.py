"""The commands about one scrutiny meeting: what each asks, when it is refused, and the fact it tells.

What depends on the meeting alone is a policy, asked by `decide` and by `allowed` alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Annotated, Any, ClassVar
from uuid import UUID

from domain import facts
from domain.authorities.preconditions import EARLIEST
from domain.command import (
    Act,
    Reason,
    Text,
    give_a_reason_for_erasing,
    give_no_reason_beside,
    refuse,
    words_to_erase,
)
from domain.facts import MeetingFact, Told
from domain.meetings.policies import (
    ONCE_HELD,
    WHILE_IT_STANDS,
    WHILE_PLANNED,
    MeetingCase,
    Policy,
    a_resolution_is_open,
    it_takes_another_question,
    it_takes_another_resolution,
    it_was_arranged_by_then,
    the_day_has_come,
)
from domain.meetings.state import MeetingState
from domain.plans.state import PlanState
from domain.questions.questions import MemberQuestions
from domain.values.days import london_day
from domain.values.errors import NotFound, RuleBroken
from domain.values.sealed import as_line
from domain.values.words import in_words

LONGEST_NAME = 100
"""Characters of a committee's or an office's name."""

FARTHEST = timedelta(days=1_096)
"""A meeting, a resolution or a next report lies at most three years after the day on which it is told of."""

MOST_PLANS = 20

Resolved = Annotated[str, Text("what was resolved")]
HowDone = Annotated[str, Text("what was done")]

Draft = Callable[..., MeetingFact]
"""A fact that lacks who tells it and its place in a stream."""

Plans = Mapping[UUID, PlanState]
"""The plans that a command names, as they stand, by their id; all of the meeting's authority."""


@dataclass(frozen=True, kw_only=True)
class ArrangeMeeting:
    """A committee is to meet on a day or, `held`, met on it. The plans must be the authority's own.

    Refused where that committee has a meeting on that day, unless it is to be recorded `again`."""

    urn: str
    committee: str
    day: date
    plans: Sequence[UUID] = ()
    held: bool = False
    example: bool = False
    again: bool = False
    on: date

    def decide(self, by: Told) -> Draft:
        """The fact that begins a meeting. Raises RuleBroken."""
        if not EARLIEST <= self.on <= min(self.day, london_day(by.at)):
            raise RuleBroken("Enter the day on which the meeting was arranged: it lies neither ahead nor after it.")
        _within_reach(self.day, self.on, "the meeting")
        return partial(
            facts.ScrutinyMeetingArranged,
            true_on=self.on,
            urn=self.urn,
            committee=as_line(self.committee, "the committee's name", most=LONGEST_NAME),
            day=self.day,
            plans=_few(self.plans),
            example=self.example,
        )


@dataclass(frozen=True)
class MeetingCommand:
    """`on` is the day of which it speaks; `seen` the version of the meeting that the person looked at."""

    tells: ClassVar[Any]
    policies: ClassVar[Sequence[Policy]] = WHILE_IT_STANDS
    offered: ClassVar[Sequence[Policy]] = ()

    meeting: UUID
    _: KW_ONLY
    on: date
    seen: int | None = None

    def plans_named(self) -> Sequence[UUID]:
        """The plans it names: they must be of the meeting's authority."""
        return ()

    def decide(self, meeting: MeetingState, plans: Plans, act: Act) -> Draft:
        """The fact that follows. Raises RuleBroken, NotFound."""
        case = MeetingCase(meeting, self.on, london_day(act.by.at))
        refuse(policy(case) for policy in self.policies)
        draft = self.tell(meeting, act)
        give_no_reason_beside(act.by, "of a meeting")
        return draft

    def tell(self, meeting: MeetingState, act: Act) -> Draft:
        """The fact, once no policy refuses: the command's own words, unless a command says more."""
        return partial(self.tells, true_on=self.on, **act.sealed)


# --- the day --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class MoveMeeting(MeetingCommand):
    """It is to be held on another day; the old day and the reason stay."""

    tells = facts.ScrutinyMeetingMoved
    policies = WHILE_PLANNED
    day: date
    why: Reason

    def tell(self, meeting: MeetingState, act: Act) -> Draft:
        if self.day == meeting.planned_for:
            raise RuleBroken("That is the day already arranged.")
        if self.day < self.on:
            raise RuleBroken("The new day lies before the day on which it was moved. Look at both again.")
        _within_reach(self.day, self.on, "the meeting")
        return partial(
            facts.ScrutinyMeetingMoved, true_on=self.on, was=meeting.planned_for, now=self.day, why=act.words("why")
        )


@dataclass(frozen=True, kw_only=True)
class HoldMeeting(MeetingCommand):
    """The committee met on a day."""

    tells = facts.ScrutinyMeetingHeld
    policies = WHILE_PLANNED


@dataclass(frozen=True, kw_only=True)
class WithdrawMeeting(MeetingCommand):
    """It did not take place, or should not have been recorded; it stays visible with the reason."""

    tells = facts.ScrutinyMeetingWithdrawn
    why: Reason


# --- what was before it ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ChooseMeetingPlans(MeetingCommand):
    """The plans that it looks at, all of its authority."""

    tells = facts.MeetingPlansChosen
    plans: Sequence[UUID]

    def plans_named(self) -> Sequence[UUID]:
        return self.plans

    def tell(self, meeting: MeetingState, act: Act) -> Draft:
        wanted = _few(self.plans)
        if set(wanted) == set(meeting.plans):
            raise RuleBroken("Those are the plans already named.")
        return partial(facts.MeetingPlansChosen, true_on=self.on, plans=wanted)


@dataclass(frozen=True, kw_only=True)
class FixView(MeetingCommand):
    """What the panel saw or will see: everything as at a day, as known at an instant, which carries its zone.

    Refused for knowledge that is still to come, for a day after the meeting's, and where another view was fixed before
    and no reason is given."""

    tells = facts.PanelViewFixed
    as_at: date
    known_at: datetime
    why: Reason | None = None

    def tell(self, meeting: MeetingState, act: Act) -> Draft:
        known_at, why = self.known_at.astimezone(UTC), act.words_if_any("why")
        if known_at > act.by.at:
            raise RuleBroken("What will be known later cannot be fixed now. Enter a time that has passed.")
        if not EARLIEST <= self.as_at <= meeting.day:
            raise RuleBroken(
                f"The panel meets on {in_words(meeting.day)}: it cannot look at a later day. Enter that day or an "
                "earlier one."
            )
        before = meeting.view
        if before is not None and (before.as_at, before.known_at) == (self.as_at, known_at):
            raise RuleBroken("That is what the panel saw, as already held.")
        if before is not None and why is None:
            raise RuleBroken("Give the reason: it stands beside what was said to have been seen before.")
        return partial(facts.PanelViewFixed, true_on=self.on, as_at=self.as_at, known_at=known_at, why=why)


@dataclass(frozen=True, kw_only=True)
class PutQuestion(MeetingCommand):
    """A member's question was before the meeting: on one of the authority's plans or, without a plan, on none.
    `asked_of` is the URN of the authority asked, where that is not the meeting's own."""

    tells = facts.QuestionPutToMeeting
    offered = (it_takes_another_question,)
    plan: UUID | None
    question: UUID
    asked_of: str | None = None

    def plans_named(self) -> Sequence[UUID]:
        return [] if self.plan is None else [self.plan]

    def decide(self, meeting: MeetingState, plans: Plans, act: Act) -> Draft:
        if self.plan is not None and self.question not in plans[self.plan].challenges:
            raise NotFound("The plan has no such question.")
        return super().decide(meeting, plans, act)

    def tell(self, meeting: MeetingState, act: Act) -> Draft:
        if self.question in meeting.questions:
            raise RuleBroken("That question is already among those of the meeting.")
        refuse([it_takes_another_question(MeetingCase(meeting))])
        where = self.plan or MemberQuestions.create_id(self.asked_of or meeting.urn)
        return partial(facts.QuestionPutToMeeting, true_on=self.on, plan=where, challenge=self.question)


# --- what came of it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Resolve(MeetingCommand):
    """The committee resolved something; resolutions are numbered from 1."""

    tells = facts.ResolutionMade
    policies = (*ONCE_HELD, it_takes_another_resolution)
    text: Resolved
    owner: str | None = None
    due_on: date | None = None

    def tell(self, meeting: MeetingState, act: Act) -> Draft:
        if self.due_on is not None:
            _within_reach(self.due_on, self.on, "the resolution")
        owner = None if self.owner is None else as_line(self.owner, "the office that sees to it", most=LONGEST_NAME)
        return partial(
            facts.ResolutionMade,
            true_on=self.on,
            resolution=len(meeting.resolutions) + 1,
            text=act.words("text"),
            owner=owner,
            due_on=self.due_on,
        )


@dataclass(frozen=True, kw_only=True)
class CarryOutResolution(MeetingCommand):
    """What was resolved has been done."""

    tells = facts.ResolutionCarriedOut
    policies = ONCE_HELD
    offered = (a_resolution_is_open,)
    resolution: int
    how: HowDone

    def tell(self, meeting: MeetingState, act: Act) -> Draft:
        number = self.resolution
        known = meeting.resolutions.get(number)
        if known is None:
            raise NotFound(f"The meeting has no resolution number {number}.")
        if known.done is not None:
            raise RuleBroken(f"Resolution {number} was already carried out, on {in_words(known.done.true_on)}.")
        if self.on < known.made.true_on:
            raise RuleBroken(f"It was resolved on {in_words(known.made.true_on)}; enter that day or a later one.")
        return partial(facts.ResolutionCarriedOut, true_on=self.on, resolution=number, how=act.words("how"))


@dataclass(frozen=True, kw_only=True)
class SetNextReport(MeetingCommand):
    """The committee wants the next report by a day."""

    tells = facts.NextReportSet
    policies = ONCE_HELD
    due_on: date

    def tell(self, meeting: MeetingState, act: Act) -> Draft:
        if self.due_on == meeting.next_report_on:
            raise RuleBroken("That is the day already held for the next report.")
        if self.due_on <= meeting.day:
            raise RuleBroken("The next report is due after this meeting. Look at the day again.")
        _within_reach(self.due_on, self.on, "the next report")
        return partial(facts.NextReportSet, true_on=self.on, due_on=self.due_on)


# --- words ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class EraseMeetingWords(MeetingCommand):
    """Destroy the keys of these words, for `by.reason`: they read as erased at every moment from now on."""

    tells = facts.MeetingWordsErased
    policies = (the_day_has_come, it_was_arranged_by_then)
    subjects: Collection[UUID]

    def decide(self, meeting: MeetingState, plans: Plans, act: Act) -> Draft:
        wanted = words_to_erase(self.subjects, meeting.subjects, meeting.erased, of="meeting")
        give_a_reason_for_erasing(act.by)
        case = MeetingCase(meeting, self.on, london_day(act.by.at))
        refuse(policy(case) for policy in self.policies)
        return partial(facts.MeetingWordsErased, true_on=self.on, subjects=wanted)


MEETING_COMMANDS: tuple[type[MeetingCommand], ...] = (
    MoveMeeting,
    HoldMeeting,
    WithdrawMeeting,
    ChooseMeetingPlans,
    FixView,
    PutQuestion,
    Resolve,
    CarryOutResolution,
    SetNextReport,
    EraseMeetingWords,
)


def allowed(meeting: MeetingState) -> frozenset[type[MeetingCommand]]:
    """The commands that would not be refused as the meeting stands, and are of use."""
    case = MeetingCase(meeting)
    return frozenset(
        one for one in MEETING_COMMANDS if not any(policy(case) for policy in (*one.policies, *one.offered))
    )


def _few(plans: Sequence[UUID]) -> tuple[UUID, ...]:
    wanted = tuple(dict.fromkeys(plans))
    if len(wanted) > MOST_PLANS:
        raise RuleBroken(f"A meeting looks at {MOST_PLANS} plans at most.")
    return wanted


def _within_reach(day: date, after: date, what: str) -> None:
    if not after <= day <= after + FARTHEST:
        raise RuleBroken(f"Enter a day for {what} from {in_words(after)}, and at most three years after it.")
