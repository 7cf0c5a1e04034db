"""Strings to values at the door: the forms of what an authority and Ofsted tell each other between inspections."""

from __future__ import annotations

from wtforms import Field
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from domain.application import Application
from domain.authorities.handler import Done
from domain.facts import Told
from domain.rulebook.elements.goes_in import RETURNS
from domain.values.elements import AgendaPart
from domain.values.words import capital
from web.authorities.recording_forms import AboutAnEntry, RecordForm
from web.site.fields import (
    DateInput,
    OnePerLine,
    Several,
    choice,
    day_if_any,
    day_of,
    long_text,
    period_if_any,
    plain_text,
    text,
)
from web.words.elements import PARTS, QUESTIONS

NOT_PUBLIC = "Only people with a role here see it, and it can be erased"
ANOTHER = "another"


class AnswersFields:
    """The three questions that Ofsted asks of a self-evaluation (R-065), each under its own words."""

    known = long_text(f"{QUESTIONS['known']} (optional)", hint=NOT_PUBLIC)
    how_known = long_text(f"{QUESTIONS['how_known']} (optional)", hint=NOT_PUBLIC)
    plans = long_text(f"{QUESTIONS['plans']} (optional)", hint=NOT_PUBLIC)

    def answered(self) -> dict[str, str | None]:
        fields = {"known": self.known, "how_known": self.how_known, "plans": self.plans}
        return {name: (field.data or "").strip() or None for name, field in fields.items()}


class SelfEvaluationForm(AnswersFields, RecordForm):
    heading = "a self-evaluation"
    own = ("shared", "known", "how_known", "plans")

    shared = DateInput("When was it shared with Ofsted?", asks="when it was shared", required=True, month_will_do=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.elements.record_self_evaluation(
            urn,
            shared_on=day_if_any(self.shared),
            period=period_if_any(self.shared),
            **self.answered(),
            by=by,
        )


class SelfEvaluationAnswersForm(AnswersFields, AboutAnEntry):
    heading = "what a self-evaluation says"
    own = ("activity", "known", "how_known", "plans")
    reason = None
    """Words of a self-evaluation can be erased; a reason beside them could not."""

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.elements.answer_self_evaluation(urn, self.activity_id(), **self.answered(), by=by)


class EngagementNotesFields:
    """What an engagement meeting was about, and when the next one is; shown to nobody without a role (R-055)."""

    parts = Several(
        "What did it cover? (optional)",
        choices=[SelectChoice(value=part.value, label=capital(words)) for part, words in PARTS.items()],
        description="It may be joined with education and early years (R-066)",
    )
    topics = OnePerLine(
        "What was it about? (optional)",
        description="One topic on each line. The public does not see them: the meeting is not published (R-055)",
        validators=[plain_text],
    )
    self_evaluation = choice(
        "Was the self-evaluation discussed? (optional)", [("yes", "Yes"), ("no", "No")], hint="Say with the topics"
    )
    visit_topics = OnePerLine(
        "Which topics for focused visits were spoken of? (optional)",
        description="One on each line. The public does not see them, and no visit need follow",
        validators=[plain_text],
    )
    following = DateInput("When is the next one? (optional)", asks="when the next one is", month_will_do=True)

    def noted(self) -> str | None:
        return "\n".join(self.topics.lines) or None

    def covered(self) -> tuple[AgendaPart, ...]:
        return tuple(map(AgendaPart, self.parts.data or ()))

    def for_visits(self) -> str | None:
        return "\n".join(self.visit_topics.lines) or None

    def discussed(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.self_evaluation.data or "")


class EngagementMeetingForm(EngagementNotesFields, RecordForm):
    heading = "an engagement meeting"
    own = ("held", "parts", "topics", "self_evaluation", "visit_topics", "following")

    held = DateInput("When was it held?", asks="when it was held", required=True, month_will_do=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.elements.record_engagement_meeting(
            urn,
            held_on=day_if_any(self.held),
            period=period_if_any(self.held),
            topics=self.noted(),
            self_evaluation=self.discussed(),
            parts=self.covered(),
            visit_topics=self.for_visits(),
            next_on=day_if_any(self.following),
            next_period=period_if_any(self.following),
            by=by,
        )


class EngagementNotesForm(EngagementNotesFields, AboutAnEntry):
    heading = "what an engagement meeting was about"
    own = ("activity", "parts", "topics", "self_evaluation", "visit_topics", "following")
    reason = None
    """Words of an engagement meeting can be erased; a reason beside them could not."""

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.elements.note_engagement(
            urn,
            self.activity_id(),
            topics=self.noted(),
            self_evaluation=self.discussed(),
            parts=self.covered(),
            visit_topics=self.for_visits(),
            next_on=day_if_any(self.following),
            next_period=period_if_any(self.following),
            by=by,
        )


class DataReturnForm(RecordForm):
    heading = "a return of data"
    own = ("kind", "called", "returned_on")

    kind = choice(
        "What was returned?",
        [*((name, name) for name in RETURNS), (ANOTHER, "Another return")],
        hint="The day alone is kept: nothing of what is in it, and nothing about any child",
        asks="what was returned",
    )
    called = text("What is it called, if it is another one?", hint="For example: Fostering return to Ofsted")
    returned_on = DateInput("When was it sent?", asks="the day on which it was sent", required=True)

    def validate_kind(self, field: Field) -> None:
        if field.data == ANOTHER and not self.called.data:
            raise ValidationError("Enter below what the other return is called.")

    def validate_called(self, field: Field) -> None:
        if self.kind.data != ANOTHER and field.data:
            raise ValidationError("Choose “Another return” if it has a name of its own, or leave this empty.")

    def send(self, door: Application, urn: str, by: Told) -> Done:
        what = self.called.data if self.kind.data == ANOTHER else self.kind.data
        return door.elements.record_data_return(urn, returned_on=day_of(self.returned_on), what=what, by=by)
