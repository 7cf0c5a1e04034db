"""What every form about a plan shares: the day it is true of, answers as the command takes them, and starting anew."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from flask import request
from wtforms import Field, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from domain.plans.action_commands import ActionCommand
from domain.plans.base import PlanCommand
from domain.plans.question_commands import QuestionCommand
from domain.values.errors import RuleBroken
from domain.values.plans import Figure
from web.plans.form_context import FormContext
from web.site.fields import PARTS, DateInput, LongText, Several, command_of, long_text, text
from web.site.form_base import AsSeen, SmallForm
from web.words import dates, words


class PlanForm(SmallForm):
    """`offer` gives a form its choices, `start` fills in what is held when it is opened; `record` of each kind of form
    makes the command of what was filled in."""

    button = "Record"

    def command_id(self) -> UUID:
        """One id for these answers at this address."""
        return uuid5(command_of(self), request.path)

    def offer(self, held: FormContext) -> None:
        """Nothing to choose from, unless a form says so."""

    def start(self, held: FormContext) -> None:
        """Begin with today, where a day is asked for."""
        for field in self.shown():
            if isinstance(field, DateInput) and field.short_name == "on":
                field.suggest(dates.today())

    def narrow(self, held: FormContext) -> None:
        """Leave of the choices what the state leaves, and what was chosen: a form that comes again may hold what can
        no longer be chosen, and is still the same form."""


class WholePlanForm(PlanForm):
    """A form about a plan as a whole."""

    def record(self, plan: UUID) -> PlanCommand:
        raise NotImplementedError


class ActionForm(AsSeen, PlanForm):
    """A form about one action: `seen` is the version of it that the person looks at."""

    def record(self, plan: UUID, number: int) -> ActionCommand:
        raise NotImplementedError

    def start(self, held: FormContext) -> None:
        """Begin with the action as it stands."""
        super().start(held)
        assert held.action is not None
        self.seen.data = str(held.action.action.version)


class PlanQuestionForm(PlanForm):
    """A form about a question that was asked."""

    def record(self, plan: UUID, question: UUID) -> QuestionCommand:
        raise NotImplementedError


def true_on(label: str = "Of which day is this true?") -> DateInput:
    """The day of which a form speaks; today, when it is opened."""
    return DateInput(
        label,
        asks="the day of which this is true",
        required=True,
        hint="Today, or an earlier day",
        validators=[_must_have_come],
    )


def reason(asks: str = "the reason") -> LongText:
    return long_text("Why?", hint="It stays beside what changed.", asks=asks)


def reason_if_any() -> LongText:
    return long_text("Why? (optional)", hint="It stays beside what changed.")


def figure(label: str, *, hint: str = "In digits, without the unit. For example: 85 or 12.5") -> StringField:
    """A number of a success measure."""
    return StringField(
        label,
        description=hint,
        filters=[lambda text: text.strip() if text else text],
        validators=[Optional(), Length(max=20, message="Enter at most 20 characters."), _must_be_a_figure],
    )


def day_of(field: DateInput) -> date:
    """A day that a valid form holds."""
    assert isinstance(field.data, date)
    return field.data


def words_in(field: Field) -> str:
    """What was written, in a field that a valid form does not leave empty."""
    return str(field.data)


def words_if_any(field: Field) -> str | None:
    return field.data or None


def as_figure(field: Field) -> Figure | None:
    return Figure(field.data) if field.data else None


def several_findings(label: str = "Which findings does it answer?") -> Several:
    return Several(label, validators=[InputRequired("Choose at least one finding.")])


def chosen(field: Several) -> list[UUID]:
    return [UUID(name) for name in field.data or ()]


def set_choices(field: Any, options: list[tuple[str, str]]) -> None:
    """What a field offers, known only when the form is opened."""
    field.choices = [SelectChoice(value=value, label=label) for value, label in options]


def office(label: str = "Which office owns it?") -> StringField:
    return text(
        label,
        hint="An office, never a person. For example: Head of Safeguarding",
        longest=100,
        asks="the office that owns it",
    )


def _must_have_come(form: PlanForm, field: DateInput) -> None:
    if isinstance(field.data, date) and field.data > dates.today():
        field.wrong = PARTS
        raise ValidationError(f"{words.day(field.data)} lies in the future. Enter today or an earlier day.")


def _must_be_a_figure(form: PlanForm, field: Field) -> None:
    try:
        as_figure(field)
    except RuleBroken as refusal:
        raise ValidationError(str(refusal)) from None
