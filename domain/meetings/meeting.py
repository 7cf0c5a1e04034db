"""A meeting of a scrutiny committee, decided here and kept as facts: one stream per meeting.

Methods decide and may refuse (`RuleBroken`); `when` applies and may not. Texts come sealed: `domain.meetings.commands`
checks and seals them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import facts
from domain.authorities.preconditions import EARLIEST, words_to_erase
from domain.facts import Told, told
from domain.meetings.state import MeetingState
from domain.values.days import london_day
from domain.values.errors import NotFound, RuleBroken
from domain.values.sealed import Sealed, as_line
from domain.values.words import in_words

LONGEST_NAME = 100
"""Characters of a committee's or an office's name."""

FARTHEST = timedelta(days=1_096)
"""A meeting, a resolution or a next report lies at most three years after the day on which it is told of."""

MOST_RESOLUTIONS = 100
MOST_QUESTIONS = 200
MOST_PLANS = 20


class ScrutinyMeeting(Aggregate):
    """A meeting of one committee on one day."""

    @staticmethod
    def create_id(command: UUID) -> UUID:
        return uuid5(command, "scrutiny meeting")

    def __init__(self, urn: str) -> None:
        self.urn = urn
        self.state = MeetingState()

    @classmethod
    def arrange(
        cls, *, urn: str, committee: str, day: date, plans: Sequence[UUID], on: date, example: bool, by: Told
    ) -> ScrutinyMeeting:
        """The committee is to meet on a day, or met on one; `on` is the day of which that is true."""
        today = london_day(by.at)
        if not EARLIEST <= on <= min(day, today):
            raise RuleBroken("Enter the day on which the meeting was arranged: it lies neither ahead nor after it.")
        _within_reach(day, on, "the meeting")
        return cls._create(
            facts.ScrutinyMeetingArranged,
            id=cls.create_id(by.command),
            true_on=on,
            urn=urn,
            committee=as_line(committee, "the committee's name", most=LONGEST_NAME),
            day=day,
            plans=_few(plans),
            example=example,
            **told(by),
        )

    # --- the day ----------------------------------------------------------------------------------------------------

    def move(self, *, day: date, why: Sealed, on: date, by: Told) -> None:
        """It is to be held on another day. Raises RuleBroken once it was held."""
        self._still_planned(on, by)
        if day == self.state.planned_for:
            raise RuleBroken("That is the day already arranged.")
        if day < on:
            raise RuleBroken("The new day lies before the day on which it was moved. Look at both again.")
        _within_reach(day, on, "the meeting")
        self._tell(facts.ScrutinyMeetingMoved, by, true_on=on, was=self.state.planned_for, now=day, why=why)

    def hold(self, *, on: date, by: Told) -> None:
        """The committee met on a day."""
        self._still_planned(on, by)
        self._tell(facts.ScrutinyMeetingHeld, by, true_on=on)

    def withdraw(self, *, why: Sealed, on: date, by: Told) -> None:
        """It did not take place, or should not have been recorded; it stays visible with the reason."""
        self._live(on, by)
        self._tell(facts.ScrutinyMeetingWithdrawn, by, true_on=on, why=why)

    # --- what was before it -----------------------------------------------------------------------------------------

    def choose_plans(self, *, plans: Sequence[UUID], on: date, by: Told) -> None:
        """It looks at these plans, all of the same authority. Raises RuleBroken where nothing would change."""
        self._live(on, by)
        wanted = _few(plans)
        if set(wanted) == set(self.state.plans):
            raise RuleBroken("Those are the plans already named.")
        self._tell(facts.MeetingPlansChosen, by, true_on=on, plans=wanted)

    def fix_view(self, *, as_at: date, known_at: datetime, why: Sealed | None, on: date, by: Told) -> None:
        """What the panel saw or will see. Raises RuleBroken for knowledge that is still to come, for a day after the
        meeting's, and where another view was fixed before and no reason is given."""
        self._live(on, by)
        if known_at > by.at:
            raise RuleBroken("What will be known later cannot be fixed now. Enter a time that has passed.")
        if not EARLIEST <= as_at <= self.state.day:
            raise RuleBroken(
                f"The panel meets on {in_words(self.state.day)}: it cannot look at a later day. Enter that day or an "
                "earlier one."
            )
        before = self.state.view
        if before is not None and (before.as_at, before.known_at) == (as_at, known_at):
            raise RuleBroken("That is what the panel saw, as already held.")
        if before is not None and why is None:
            raise RuleBroken("Give the reason: it stands beside what was said to have been seen before.")
        self._tell(facts.PanelViewFixed, by, true_on=on, as_at=as_at, known_at=known_at, why=why)

    def put_question(self, *, plan: UUID, challenge: UUID, on: date, by: Told) -> None:
        """A member's question on a plan was before the meeting."""
        self._live(on, by)
        if challenge in self.state.questions:
            raise RuleBroken("That question is already among those of the meeting.")
        if len(self.state.questions) >= MOST_QUESTIONS:
            raise RuleBroken(f"A meeting takes at most {MOST_QUESTIONS} questions.")
        self._tell(facts.QuestionPutToMeeting, by, true_on=on, plan=plan, challenge=challenge)

    # --- what came of it --------------------------------------------------------------------------------------------

    def resolve(self, *, text: Sealed, owner: str | None, due_on: date | None, on: date, by: Told) -> None:
        """The committee resolved something; resolutions are numbered from 1."""
        self._was_held(on, by)
        if len(self.state.resolutions) >= MOST_RESOLUTIONS:
            raise RuleBroken(f"A meeting takes at most {MOST_RESOLUTIONS} resolutions.")
        if due_on is not None:
            _within_reach(due_on, on, "the resolution")
        self._tell(
            facts.ResolutionMade,
            by,
            true_on=on,
            resolution=len(self.state.resolutions) + 1,
            text=text,
            owner=None if owner is None else as_line(owner, "the office that sees to it", most=LONGEST_NAME),
            due_on=due_on,
        )

    def carry_out(self, resolution: int, *, how: Sealed, on: date, by: Told) -> None:
        """What was resolved has been done. Raises NotFound for a number there is none of."""
        self._was_held(on, by)
        known = self.state.resolutions.get(resolution)
        if known is None:
            raise NotFound(f"The meeting has no resolution number {resolution}.")
        if known.done is not None:
            raise RuleBroken(f"Resolution {resolution} was already carried out, on {in_words(known.done.true_on)}.")
        if on < known.made.true_on:
            raise RuleBroken(f"It was resolved on {in_words(known.made.true_on)}; enter that day or a later one.")
        self._tell(facts.ResolutionCarriedOut, by, true_on=on, resolution=resolution, how=how)

    def set_next_report(self, *, due_on: date, on: date, by: Told) -> None:
        """The committee wants the next report by a day."""
        self._was_held(on, by)
        if due_on == self.state.next_report_on:
            raise RuleBroken("That is the day already held for the next report.")
        if due_on <= self.state.day:
            raise RuleBroken("The next report is due after this meeting. Look at the day again.")
        _within_reach(due_on, on, "the next report")
        self._tell(facts.NextReportSet, by, true_on=on, due_on=due_on)

    # --- words ------------------------------------------------------------------------------------------------------

    def erase_words(self, subjects: Iterable[UUID], *, on: date, by: Told) -> None:
        """Note that these words are erased, for `by.reason`. Raises RuleBroken without one, or for words not held."""
        wanted = words_to_erase(subjects, self.state.subjects, self.state.erased, by, of="meeting")
        self._on(on, by)
        self.trigger_event(facts.MeetingWordsErased, true_on=on, subjects=wanted, **told(by))

    # --- rules every decision shares --------------------------------------------------------------------------------

    def _on(self, on: date, by: Told) -> None:
        assert self.state.arranged is not None
        first = self.state.arranged.true_on
        if on > london_day(by.at):
            raise RuleBroken(f"{in_words(on)} lies in the future. Enter the day of which this is true.")
        if on < first:
            raise RuleBroken(f"The meeting was arranged on {in_words(first)}; enter that day or a later one.")

    def _live(self, on: date, by: Told) -> None:
        withdrawn = self.state.withdrawn
        if withdrawn is not None:
            raise RuleBroken(
                f"The meeting was withdrawn on {in_words(withdrawn.true_on)}. Record it anew if it stands."
            )
        self._on(on, by)

    def _still_planned(self, on: date, by: Told) -> None:
        self._live(on, by)
        if self.state.held is not None:
            raise RuleBroken(f"The meeting was already held, on {in_words(self.state.held.true_on)}.")

    def _was_held(self, on: date, by: Told) -> None:
        self._live(on, by)
        if self.state.held is None:
            raise RuleBroken("Record first that the meeting was held.")
        if on < self.state.held.true_on:
            raise RuleBroken(f"The meeting was held on {in_words(self.state.held.true_on)}; enter that day or later.")

    def _tell(self, fact: type[facts.Fact], by: Told, **words: Any) -> None:
        if by.reason is not None:
            raise RuleBroken("Reasons of a meeting are kept as words that can be erased; give none beside them.")
        self.trigger_event(fact, **words, **told(by))

    def when(self, fact: facts.Fact) -> None:
        self.state.take(fact)


def _few(plans: Sequence[UUID]) -> tuple[UUID, ...]:
    wanted = tuple(dict.fromkeys(plans))
    if len(wanted) > MOST_PLANS:
        raise RuleBroken(f"A meeting looks at {MOST_PLANS} plans at most.")
    return wanted


def _within_reach(day: date, after: date, what: str) -> None:
    if not after <= day <= after + FARTHEST:
        raise RuleBroken(f"Enter a day for {what} from {in_words(after)}, and at most three years after it.")
