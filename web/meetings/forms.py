"""The forms of scrutiny meetings: each makes the command that it is sent as."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID

from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from domain.meetings.commands import (
    ArrangeMeeting,
    CarryOutResolution,
    ChooseMeetingPlans,
    FixView,
    HoldMeeting,
    MeetingCommand,
    MoveMeeting,
    PutQuestion,
    Resolve,
    SetNextReport,
    WithdrawMeeting,
)
from domain.values.days import end_of_day
from projections.meetings.answers import MeetingRow
from projections.plans.answers import QuestionRow
from web.site.fields import DateInput, LongText, choice, command_of, day_if_any, day_of, long_text, text
from web.site.form_base import AsSeen, SmallForm
from web.site.people_names import shown

ALL, NONE = "all", "none"
"""Choices of plans beside one plan."""


class MeetingForm(SmallForm):
    """A form of one meeting, or of one to be recorded. `uses` names the lists that it offers to choose from."""

    uses: ClassVar[frozenset[str]] = frozenset()

    def command_id(self) -> UUID:
        return command_of(self)

    def offer(self, row: MeetingRow | None, plans: list[tuple[UUID, str]], questions: list[tuple[str, str]]) -> bool:
        """Fill the lists to choose from; whether there is anything to choose."""
        return True


class AboutAMeeting(MeetingForm):
    """A form about a meeting that is recorded."""

    def record(self, row: MeetingRow, today: date) -> MeetingCommand:
        """What the person says of a meeting, sent today."""
        raise NotImplementedError


class ReplacingForm(AsSeen, AboutAMeeting):
    """A form that replaces what is held: the version of the meeting that the person looked at goes with it."""


def _why() -> LongText:
    return long_text("Why?", asks="the reason", hint="It stays beside what was recorded before")


class OfPlans:
    """Which of the authority's plans the committee looks at."""

    uses: ClassVar[frozenset[str]] = frozenset({"plans"})

    plans = choice("Which action plan does it look at?", [], asks="which action plan it looks at")

    def offer(self, row: MeetingRow | None, plans: list[tuple[UUID, str]], questions: list[tuple[str, str]]) -> bool:
        self._known = [plan for plan, _ in plans]
        offered = [(str(plan), name) for plan, name in plans]
        offered += [(ALL, "All of them")] if len(plans) > 1 else []
        self.plans.choices = [SelectChoice(value=value, label=name) for value, name in [*offered, (NONE, "No plan")]]
        return True

    def chosen_plans(self) -> list[UUID]:
        if self.plans.data == ALL:
            return self._known
        return [] if self.plans.data == NONE else [UUID(self.plans.data)]


class ArrangeForm(OfPlans, MeetingForm):
    own: ClassVar[tuple[str, ...]] = ("committee", "day", "held", "plans")

    committee = text("Name of the committee", longest=100, asks="the name of the committee")
    day = DateInput("Day of the meeting", asks="the day of the meeting", required=True)
    held = choice("Has it been held?", [("yes", "Yes"), ("no", "Not yet")], asks="whether it has been held")
    again = BooleanField("This is another meeting of the same committee on the same day")

    def ask_again(self) -> None:
        """Offer the box by which a second meeting of a committee on a day is recorded all the same."""
        self.own = (*ArrangeForm.own, "again")  # type: ignore[misc]

    def arranged(self, urn: str, today: date) -> ArrangeMeeting:
        """What the person says, sent today."""
        return ArrangeMeeting(
            urn=urn,
            committee=self.committee.data,
            day=day_of(self.day),
            held=self.held.data == "yes",
            plans=self.chosen_plans(),
            again=bool(self.again.data),
            on=min(day_of(self.day), today),
        )


class HeldForm(AboutAMeeting):
    own = ("on",)

    on = DateInput("When was it held?", asks="the day it was held", required=True)

    def record(self, row: MeetingRow, today: date) -> HoldMeeting:
        return HoldMeeting(row.id, on=day_of(self.on))


class MovedForm(ReplacingForm):
    own = ("day", "why")

    day = DateInput("New day of the meeting", asks="the new day of the meeting", required=True)
    why = _why()

    def record(self, row: MeetingRow, today: date) -> MoveMeeting:
        day = day_of(self.day)
        return MoveMeeting(row.id, day=day, why=self.why.data, on=min(day, today), seen=self.version())


class PlansForm(OfPlans, ReplacingForm):
    own = ("plans",)

    def record(self, row: MeetingRow, today: date) -> ChooseMeetingPlans:
        return ChooseMeetingPlans(row.id, plans=self.chosen_plans(), on=_by_then(row, today), seen=self.version())


class ViewForm(ReplacingForm):
    own = ("as_at", "known", "why")

    as_at = DateInput(
        "What had happened by",
        asks="the day that the panel looked at",
        required=True,
        hint="What had happened and was public by this day is what the panel saw. For example, 27 3 2026",
    )
    known = DateInput(
        "Leave out what we learned after",
        asks="the day by which it was known",
        required=True,
        hint="What was recorded later is left out, for good. Today means: until now",
    )
    why = long_text("Why, if something else was recorded before (optional)")

    def record(self, row: MeetingRow, today: date) -> FixView:
        known = day_of(self.known)
        return FixView(
            row.id,
            as_at=day_of(self.as_at),
            known_at=datetime.now(UTC) if known == today else end_of_day(known),
            why=(self.why.data or "").strip() or None,
            on=_by_then(row, today),
            seen=self.version(),
        )


def named(question: QuestionRow) -> str:
    """A question as the form sends it: its plan or, for one on no plan, the key of the authority asked; and its id."""
    where = question.plan or (question.asked_of or question.authority).urn
    return f"{where} {question.id}"


class QuestionForm(AboutAMeeting):
    own = ("question",)
    uses = frozenset({"questions"})

    question = SelectField("Which question of a member?", choices=[])

    def offer(self, row: MeetingRow | None, plans: list[tuple[UUID, str]], questions: list[tuple[str, str]]) -> bool:
        self.question.choices = _options(questions)
        return bool(questions)

    def record(self, row: MeetingRow, today: date) -> PutQuestion:
        where, _, question = self.question.data.partition(" ")
        plan = _as_plan(where)
        asked_of = where if plan is None else None
        return PutQuestion(row.id, plan=plan, question=UUID(question), asked_of=asked_of, on=_by_then(row, today))


def _as_plan(where: str) -> UUID | None:
    """The plan that a question is on; None for the key of an authority."""
    try:
        return UUID(where)
    except ValueError:
        return None


class ResolutionForm(AboutAMeeting):
    own = ("resolved", "owner", "due_on")

    resolved = long_text("What was resolved?", asks="what was resolved", hint="In the words of the minutes")
    owner = text("Which office sees to it? (optional)", hint="An office, never a person’s name", longest=100)
    due_on = DateInput("To be done by (optional)", asks="the day by which it is to be done")

    def record(self, row: MeetingRow, today: date) -> Resolve:
        owner = self.owner.data or None
        return Resolve(row.id, text=self.resolved.data, owner=owner, due_on=day_if_any(self.due_on), on=row.day)


class DoneForm(AboutAMeeting):
    own = ("resolution", "how", "on")

    resolution = SelectField("Which resolution?", choices=[])
    how = long_text("What was done?", asks="what was done")
    on = DateInput("When was it done?", asks="the day it was done", required=True)

    def offer(self, row: MeetingRow | None, plans: list[tuple[UUID, str]], questions: list[tuple[str, str]]) -> bool:
        open_ones = [one for one in row.resolutions if one.done_on is None] if row else []
        self.resolution.choices = _options((str(one.number), _short(one.number, shown(one.text))) for one in open_ones)
        return bool(open_ones)

    def record(self, row: MeetingRow, today: date) -> CarryOutResolution:
        number = int(self.resolution.data)
        return CarryOutResolution(row.id, resolution=number, how=self.how.data, on=day_of(self.on))


class NextReportForm(ReplacingForm):
    own = ("due_on",)

    due_on = DateInput("Next report due", asks="the day of the next report", required=True)

    def record(self, row: MeetingRow, today: date) -> SetNextReport:
        return SetNextReport(row.id, due_on=day_of(self.due_on), on=row.day, seen=self.version())


class WithdrawnForm(AboutAMeeting):
    own = ("why",)

    why = _why()

    def record(self, row: MeetingRow, today: date) -> WithdrawMeeting:
        return WithdrawMeeting(row.id, why=self.why.data, on=today)


class EraseMeetingWordsForm(SmallForm):
    own: ClassVar[tuple[str, ...]] = ("reason", "sure")

    reason = text(
        "Why are these words erased?",
        hint="This stands in their place: do not repeat them, and name nobody",
        asks="the reason",
    )
    sure = BooleanField(
        "I understand that nobody can bring these words back",
        validators=[InputRequired("Tick the box: nobody can bring these words back.")],
    )


def _by_then(row: MeetingRow, today: date) -> date:
    """The meeting's day or, while that is to come, today."""
    return min(row.day, today)


def _options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def _short(number: int, words: str) -> str:
    return f"{number}. {words[:80]}{'…' if len(words) > 80 else ''}"
