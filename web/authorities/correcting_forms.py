"""The forms that put an entry right: one for each kind of correction, each with its reason and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from domain.application import Application
from domain.authorities.answering import VISITS
from domain.authorities.handler import Done
from domain.authorities.rulings import FindingPair
from domain.facts import DateKind, Told
from domain.frameworks import Area, Grade
from domain.rulebook.graded_windows import of_the_covid_round
from domain.rulebook.themes.topics import topics_of
from domain.values.activities import Activity, Disagreement, Status
from domain.values.judgements import Judgements
from domain.values.plans import finding_of
from domain.values.statements import Kind, Rating, Stated, Variant
from projections.engine.answers import EntryAnswer, SourceReading
from web.authorities.record_forms.visits import topics_field
from web.authorities.recording_forms import RecordForm
from web.site.fields import DateInput, choice, day_of, is_https, plain_text, text
from web.words import timeline, words

DATES: dict[DateKind, str] = {
    DateKind.START: "First day on site",
    DateKind.END: "Last day on site",
    DateKind.PUBLISHED: "Day of publication",
}


LONGEST_CHOICE = 160
"""Characters of a finding in a list to choose from."""


class CorrectingForm(RecordForm):
    """`seen` is the mark of the entry that the officer looked at. `offer` fills in what can be chosen, and
    is False where there is nothing to put right this way."""

    button: ClassVar[str]
    nothing: ClassVar[str]

    seen = HiddenField()
    reason = text(
        "Why?",
        hint="What is wrong, and where the source says so. It is shown to everybody beside the correction",
        longest=500,
        asks="why, in a sentence",
    )

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        return True

    def begin(self, asked: Mapping[str, str]) -> None:
        """Chooses what the address of the form asks for, where it can be chosen."""

    def mark(self) -> str:
        return self.seen.data or ""

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        """Put an entry right in its authority's history. Raises RuleBroken."""
        raise NotImplementedError


class GradeForm(CorrectingForm):
    heading = "Correct a grade"
    button = "Correct the grade"
    nothing = "Only a graded inspection has grades."
    own = ("area", "now", "reason")

    area = SelectField("Which judgement?", choices=[], validate_choice=True)
    now = choice("Which grade does the report give?", [], asks="a grade")

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        held = answer.entry.activity
        if held.kind is not Kind.INSPECTION:
            return False
        judged = held.judged
        self.area.choices = [SelectChoice(value=one.value, label=_held_grade(held, one)) for one in judged.areas]
        self.now.choices = [SelectChoice(value=one.grade.value, label=one.words) for one in judged.scale.grades]
        return True

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        area, now = Area(self.area.data), Grade(self.now.data)
        return door.authorities.correct_judgement(held.urn, held.id, area=area, now=now, seen=self.mark(), by=by)


class DateForm(CorrectingForm):
    heading = "Correct a date"
    button = "Correct the date"
    nothing = "This entry has no days on site and no publication."
    own = ("which", "now", "reason")

    which = SelectField("Which date?", choices=[], validate_choice=True)
    now = DateInput("What is the right date?", asks="the right date", required=True)

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        held = answer.entry.activity
        if not held.kind.on_site:
            return False
        self.which.choices = [
            SelectChoice(value=which.value, label=f"{label} (held: {_held_day(getattr(held, which.value))})")
            for which, label in DATES.items()
        ]
        return True

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        which, now = DateKind(self.which.data), day_of(self.now)
        return door.authorities.correct_date(held.urn, held.id, which=which, now=now, seen=self.mark(), by=by)


class DueForm(CorrectingForm):
    heading = "Correct a due date"
    button = "Correct the due date"
    nothing = "This entry is no due date of an action plan."
    own = ("now", "reason")

    now = DateInput("When is the plan due?", asks="when the plan is due", required=True)

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        return answer.entry.activity.kind is Kind.ACTION_PLAN_DUE

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        return door.authorities.correct_plan_due(held.urn, held.id, now=day_of(self.now), seen=self.mark(), by=by)


class WithdrawEntryForm(CorrectingForm):
    heading = "Withdraw this entry"
    button = "Withdraw the entry"
    nothing = ""
    own = ("reason",)

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        return door.authorities.withdraw_entry(held.urn, held.id, seen=self.mark(), by=by)


class RightForm(CorrectingForm):
    heading = "It is right as it stands"
    button = "Confirm it"
    nothing = "Nothing is in question that could be confirmed. Grades are entered, one by one, as corrections."
    own = ("reason",)

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        return can_be_confirmed(answer.entry.activity)

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        return door.authorities.confirm(held.urn, held.id, seen=self.mark(), by=by)


class VisitForm(CorrectingForm):
    heading = "It was a visit"
    button = "Record the visit"
    nothing = "Only an inspection in question that has a first day and no grades can be recognised as a visit."
    own = ("kind", "reason")

    kind = choice(
        "Which kind of visit was it?",
        [(kind.value, words.KINDS[kind]) for kind in VISITS],
        asks="a kind of visit",
    )

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        return can_be_a_visit(answer.entry.activity)

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        return door.authorities.recognise_as_visit(
            held.urn, held.id, kind=Kind(self.kind.data), seen=self.mark(), by=by
        )


def can_be_confirmed(held: Activity) -> bool:
    """Whether something about its dates is in question, and dates are held that could be right."""
    asked = any(doubt.field != "grades" for doubt in held.doubts)
    return asked and (held.start is not None or held.published is not None)


def can_be_a_visit(held: Activity) -> bool:
    return held.kind is Kind.INSPECTION and bool(held.doubts) and not held.grades and held.start is not None


class TopicsForm(CorrectingForm):
    heading = "Which topics did it look at?"
    button = "Keep the topics"
    nothing = "Only a focused visit outside the Covid round has topics of this list."
    own = ("topics", "reason")

    topics = topics_field()

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        held = answer.entry.activity
        if not self.is_submitted():
            self.topics.data = [row.code for row in topics_of(held)]
        return may_have_topics(held)

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        return door.topics.choose(held.urn, held.id, topics=self.topics.data or (), seen=self.mark(), by=by)


def may_have_topics(held: Activity) -> bool:
    return held.kind is Kind.FOCUSED_VISIT and not of_the_covid_round(held)


class SettleForm(CorrectingForm):
    heading = "Settle a disagreement"
    button = "Settle it"
    nothing = "Sources do not disagree about this entry."
    own = ("value", "reason")

    value = RadioField(
        "Which value is right?",
        description="If none of them is, correct the grade or the date instead",
        choices=[],
        validate_choice=True,
        validators=[InputRequired("Select the value that is right.")],
    )

    source_url = StringField(
        "Web address of the evidence",
        description="Begins with https://",
        validators=[Length(max=500, message="Enter at most 500 characters."), plain_text],
    )

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        disputes = answer.entry.activity.disagreements
        self.value.choices = [
            SelectChoice(value=value, label=label) for one in disputes for value, label in _sides(one)
        ]
        return bool(disputes)

    def validate_source_url(self, field: Field) -> None:
        if not is_https((field.data or "").strip()):
            raise ValidationError("Enter the web address of the evidence, beginning with https://.")

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        field, _, value = str(self.value.data).partition("=")
        return door.authorities.settle(held.urn, held.id, said=said(held.kind, field, value), seen=self.mark(), by=by)


class SameForm(CorrectingForm):
    heading = "Two entries are one"
    button = "Make them one"
    nothing = "No other entry of this kind is held to make one with this."
    own = ("other", "reason")

    other = SelectField("Which other entry is the same inspection or visit?", choices=[], validate_choice=True)

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        held = answer.entry.activity
        alike = [one for one in others if one.kind is held.kind and one.id != held.id]
        alike = [one for one in alike if one.status is not Status.WITHDRAWN]
        alike.sort(key=lambda one: abs((one.true_on - held.true_on).days))
        self.other.choices = [SelectChoice(value=str(one.id), label=timeline.line_title(one)) for one in alike]
        return bool(alike)

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        return door.authorities.recognise_as_one(held.urn, held.id, UUID(self.other.data), seen=self.mark(), by=by)


class DistinctForm(CorrectingForm):
    heading = "These are two entries"
    button = "Make them two"
    nothing = "Only one source’s reading makes up this entry."
    own = ("other", "reason")

    other = SelectField("Which reading speaks of another inspection or visit?", choices=[], validate_choice=True)

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        first, *rest = answer.readings or (None,)
        self._best = first.statement if first else None
        self.other.choices = [SelectChoice(value=str(one.statement), label=_reading(one)) for one in rest if one]
        return bool(self.other.choices)

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        """The other reading is told apart from the best source's own."""
        best, other = self._best or held.id, UUID(self.other.data)
        return door.authorities.recognise_as_distinct(held.urn, best, other, seen=self.mark(), by=by)


class RaisedBeforeForm(CorrectingForm):
    heading = "Was this raised before?"
    button = "Keep what you say"
    nothing = "No finding of an earlier report or letter is held to compare with."
    own = ("finding", "earlier", "same", "reason")

    finding = SelectField("Which finding of this report or letter?", choices=[], validate_choice=True)
    earlier = SelectField("Which earlier finding?", choices=[], validate_choice=True)
    same = choice(
        "Are both about the same matter?",
        [("yes", "Yes, it was raised before"), ("no", "No, it is another matter")],
        asks="whether both are about the same matter",
    )
    reason = text(
        "Why do you say so? (optional)",
        hint="Which words of the two show it. It is shown to everybody beside your answer",
        longest=500,
    )

    def offer(self, answer: EntryAnswer, others: Sequence[Activity]) -> bool:
        held = answer.entry.activity
        before = [one for one in others if one.public_on < held.public_on and one.status is not Status.WITHDRAWN]
        self._found = {str(name): text for name, text in _findings(held)}
        self._earlier = {
            str(name): (one, text)
            for one in sorted(before, key=lambda one: one.public_on, reverse=True)
            for name, text in _findings(one)
        }
        self.finding.choices = [SelectChoice(value=name, label=_short(text)) for name, text in self._found.items()]
        self.earlier.choices = [
            SelectChoice(value=name, label=f"{words.day(one.public_on)}: {_short(text)}")
            for name, (one, text) in self._earlier.items()
        ]
        return bool(self._found) and bool(self._earlier)

    def begin(self, asked: Mapping[str, str]) -> None:
        self.finding.data, self.earlier.data = asked.get("finding", ""), asked.get("earlier", "")
        self.source_title.data = "The two reports or letters themselves"

    def correct(self, door: Application, held: Activity, by: Told) -> Done:
        before, earlier_text = self._earlier[self.earlier.data]
        return door.authorities.compare_findings(
            held.urn,
            held.id,
            FindingPair(self._found[self.finding.data], before.id, earlier_text),
            same=self.same.data == "yes",
            seen=self.mark(),
            by=by,
        )


def _findings(held: Activity) -> Iterable[tuple[UUID, str]]:
    """Each finding of an entry with the id by which plans and pages name it."""
    for priority, said_there in ((True, held.priority_actions), (False, held.improvements)):
        for one in said_there:
            yield finding_of(held.id, one, priority=priority).id, one


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CHOICE else f"{text[:LONGEST_CHOICE].rsplit(' ', 1)[0]} …"


def said(kind: Kind, field: str, value: str) -> Stated:
    """One value of a disagreement, as a source states it."""
    if field.startswith("grades."):
        return Stated(kind, grades=Judgements.of({Area(field.removeprefix("grades.")): Grade(value)}))
    if field == "variant":
        return Stated(kind, variant=Variant(value))
    if field == "outcome":
        return Stated(kind, outcome=int(value))
    if field.startswith("ratings."):
        return Stated(kind, ratings=(Rating(field.removeprefix("ratings."), value),))
    days: dict[str, Any] = {field: date.fromisoformat(value)}
    return Stated(kind, **days)


def _sides(one: Disagreement) -> Iterable[tuple[str, str]]:
    """Each value that a source states, once, with who states it."""
    for value in dict.fromkeys(saying.value for saying in one.says):
        who = "; ".join(dict.fromkeys(saying.source for saying in one.says if saying.value == value))
        held = " (held)" if value == one.held else ""
        yield f"{one.field}={value}", f"{words.field(one.field)}: {words.stated(one.field, value)}{held}. {who}"


def _held_grade(held: Activity, area: Area) -> str:
    grade = held.grades.get(area)
    return f"{words.AREAS[area]} (held: {words.GRADES[grade] if grade else 'none'})"


def _held_day(day: date | None) -> str:
    return words.day(day) if day else "not known"


def _reading(one: SourceReading) -> str:
    start, published = one.said.start, one.said.published
    dates = [f"on site from {words.day(start)}"] if start else []
    dates += [f"published {words.day(published)}"] if published else []
    return ", ".join([one.source_title, words.CHANNELS[one.channel], *dates, words.read(one.family, one.read_on)])
