"""Strings to values at the door: one form for each thing recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError

from domain.application import Application
from domain.authorities.handler import Done
from domain.facts import Publisher, Told
from domain.frameworks import AREAS, PRESENT, Area, Grade, grades_for, in_order
from domain.rulebook.known_until import CALLED, CHECKABLE, kinds_of
from domain.values.activities import Activity
from domain.values.judgements import Judgements
from domain.values.known_until import KnownKind
from domain.values.statements import Variant
from domain.values.words import capital
from web.site.fields import (
    DateInput,
    OnePerLine,
    SaysWhichChoice,
    choice,
    command_of,
    day_if_any,
    day_of,
    first_box,
    https_address,
    plain_text,
    text,
)
from web.site.form_base import NOT_OPENED_HERE
from web.words import words

FORM_AREAS = in_order(area for row in PRESENT for area in row.areas)


def _only(area: Area) -> str:
    """For which first days on site an area is judged, where not for all: `Only for inspections that began in …`."""
    rows = [row for row in PRESENT if area in row.areas]
    first, ended = rows[0].start, rows[-1].end
    began = []
    if first > date.min:
        began.append(f"in {first.year} or later" if _new_year(first) else f"on or after {words.day(first)}")
    if ended is not None:
        began.append(f"before {ended.year if _new_year(ended) else words.day(ended)}")
    only = f"only for inspections that began {' and '.join(began)}" if began else ""
    return capital(", ".join(filter(None, (AREAS[area].asked, only))))


def _new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


class RecordForm(FlaskForm):
    """What every record needs: a command id that makes a second sending harmless, and where the fact was read.

    `own` lists the record's own fields in the order shown; `note` is said before them."""

    Meta = SaysWhichChoice

    heading: ClassVar[str]
    note: ClassVar[str] = ""
    own: ClassVar[tuple[str, ...]]

    command = HiddenField(default=lambda: str(uuid4()))
    source_title = text(
        "Where did you read this?",
        hint="The report, letter or minutes, with its date. For example: Ofsted letter of 17 March 2026",
        asks="where this was read",
    )
    source_url = StringField(
        "Web address of the source (optional)",
        description="Begins with https://",
        validators=[Length(max=500, message="Enter at most 500 characters."), https_address, plain_text],
    )

    refusal: str = ""
    proposal: ClassVar[str] = ""
    proposed_words: str = ""

    def proposed(self) -> bool:
        """Whether this sending asks for a proposal, to be looked at before anything is recorded: `proposal` names the
        button, `proposed_words` say what was put into the form."""
        return False

    def shown(self) -> Sequence[Field]:
        """Own fields first, then the source."""
        return [self[name] for name in (*self.own, "source_title", "source_url")]

    def validate_command(self, field: Field) -> None:
        try:
            UUID(field.data or "")
        except ValueError:
            raise ValidationError(NOT_OPENED_HERE) from None

    def command_id(self) -> UUID:
        """One id for this form with these answers."""
        return command_of(self)

    def refuse(self, why: str) -> None:
        """Shows what the record keeper answered, at the head of the form."""
        self.refusal = why

    def problems(self) -> list[tuple[str, str]]:
        """Each error with the id of the box it belongs to, in the order of the form."""
        found = [("", self.refusal)] if self.refusal else []
        found += [("", error) for error in self.command.errors]
        for field in self.shown():
            found += [(first_box(field), str(error)) for error in field.errors]
        return found

    def propose(self, held: Sequence[Activity], on: date) -> None:
        """Proposes, in a form that nobody has filled in yet, what follows from what is held of the authority."""

    def send(self, door: Application, urn: str, by: Told) -> Done:
        """Tell what the form says, through the command that it belongs to. Raises RuleBroken."""
        raise NotImplementedError


ONE_PER_LINE = "One on each line, in the words of the report or letter"


def first_day() -> DateInput:
    return DateInput("First day on site", asks="the first day on site", required=True)


def last_day() -> DateInput:
    return DateInput("Last day on site (optional)", asks="the last day on site")


def published(label: str, asks: str) -> DateInput:
    return DateInput(label, asks=asks)


def _judgement(area: Area) -> SelectField:
    return SelectField(
        words.AREAS[area],
        description=_only(area),
        default="",
        choices=[SelectChoice(value="", label="Not given")]
        + [SelectChoice(value=row.grade.value, label=row.words) for row in grades_for([area], PRESENT)],
    )


class JudgementFields:
    """One list of grades for each area that an inspection since 2018 may judge."""

    first_judgement = FORM_AREAS[0].value

    def judgements(self) -> Judgements:
        return Judgements.of({area: Grade(grade) for area in FORM_AREAS if (grade := getattr(self, area.value).data)})


for _area in FORM_AREAS:
    setattr(JudgementFields, _area.value, _judgement(_area))

AREA_FIELDS = tuple(area.value for area in FORM_AREAS)


class InspectionForm(JudgementFields, RecordForm):
    heading = "an inspection"
    own = ("kind", "started_on", "ended_on", "published_on", *AREA_FIELDS, "improvements")

    kind = choice(
        "What kind of inspection was it?",
        [(variant.value, words.VARIANTS[variant]) for variant in (Variant.STANDARD, Variant.SHORT)],
        asks="whether it was a standard or a short inspection",
    )
    started_on = first_day()
    ended_on = last_day()
    published_on = published("Report published (optional)", "the day the report was published")
    improvements = OnePerLine("What needs to improve (optional)", description=ONE_PER_LINE, validators=[plain_text])

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.record_inspection(
            urn,
            kind=Variant(self.kind.data),
            started_on=day_of(self.started_on),
            ended_on=day_if_any(self.ended_on),
            published_on=day_if_any(self.published_on),
            judgements=self.judgements(),
            improvements=self.improvements.lines,
            by=by,
        )


PUBLISHERS = [(Publisher.OFSTED.value, "Ofsted"), (Publisher.COUNCIL.value, "The council")]


class NothingMoreForm(RecordForm):
    heading = "that nothing more is public"
    own = ("kind", "checked_on")

    kind = choice(
        "Of what do we hold everything?",
        [(kind.value, capital(CALLED[kind])) for kind in CHECKABLE],
        hint="All that was public by the day below is recorded here",
        asks="of what everything is held",
    )
    checked_on = DateInput("When did you look?", asks="the day on which you looked", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        kind = KnownKind(self.kind.data)
        return door.authorities.check_sources(
            urn, checked=kind.value, kinds=kinds_of(kind), checked_on=day_of(self.checked_on), by=by
        )


class AboutAnEntry(RecordForm):
    """A record that adds to an entry already held: which one, and why if it changes what was recorded."""

    activity = SelectField("Which one is it about?", choices=[], validate_choice=True)
    reason = text("Why, if this changes something already recorded (optional)")

    def offer(self, entries: Iterable[tuple[UUID, str]]) -> None:
        """The entries that may be chosen, newest first."""
        self.activity.choices = [SelectChoice(value=str(entry), label=called) for entry, called in entries]

    def activity_id(self) -> UUID:
        return UUID(self.activity.data)


class ReportForm(JudgementFields, AboutAnEntry):
    heading = "the publication of a report"
    own = ("activity", "published_on", *AREA_FIELDS, "reason")

    published_on = DateInput("Report published", asks="the day the report was published", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.publish_report(
            urn, self.activity_id(), judgements=self.judgements(), published_on=day_of(self.published_on), by=by
        )


class LetterForm(AboutAnEntry):
    heading = "the publication of a letter"
    own = ("activity", "publisher", "published_on", "reason")

    publisher = choice("Who published it?", PUBLISHERS, asks="who published the letter")
    published_on = DateInput("Letter published", asks="the day the letter was published", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        publisher, day = Publisher(self.publisher.data), day_of(self.published_on)
        return door.authorities.publish_letter(urn, self.activity_id(), publisher=publisher, published_on=day, by=by)


class LetterReceivedForm(AboutAnEntry):
    heading = "the arrival of a letter"
    own = ("activity", "received_on", "reason")

    received_on = DateInput("Letter received", asks="the day the letter arrived", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.receive_letter(urn, self.activity_id(), received_on=day_of(self.received_on), by=by)


class LetterNotPublishedForm(AboutAnEntry):
    heading = "that a letter is not published"
    own = ("activity", "reason")

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.leave_letter_unpublished(urn, self.activity_id(), by=by)
