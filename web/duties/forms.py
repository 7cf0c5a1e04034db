"""The form by which what is open of an authority passes to one that followed it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from wtforms import Field, RadioField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from domain.duties.handing_on import HandOn
from domain.duties.handing_over import HandOver
from web.site.fields import DateInput, Several, day_of, text
from web.site.form_base import NOT_OPENED_HERE, SmallForm

Offered = Sequence[tuple[str, str]]
"""Id and words of what can be chosen."""


def _only_ids(form: SmallForm, field: Field) -> None:
    for name in field.data or ():
        try:
            UUID(name)
        except ValueError:
            raise ValidationError(NOT_OPENED_HERE) from None


def _several(label: str, hint: str = "") -> Several:
    """Whether each can be handed over still, the command says: a form that comes again names what has passed."""
    return Several(label, description=hint, validate_choice=False, validators=[_only_ids])


class HandOverForm(SmallForm):
    """What there is none of is not asked for."""

    successor = RadioField("To which authority?", choices=[], validators=[InputRequired("Choose the authority.")])
    plans = _several("Action plans", "Members’ questions on a plan go with it.")
    meetings = _several("Scrutiny meetings to come")
    questions = _several("Members’ questions on no plan")
    people = _several(
        "People", "Each gets, for that authority, the roles that they have for this one; what they have stays."
    )
    on = DateInput("On which day does it pass?", asks="the day on which it passes", required=True)

    def offer(self, successors: Offered, **several: Offered) -> None:
        """The successors, and the things of each kind."""
        self._set(self.successor, successors)
        for name, offered in several.items():
            self._set(self[name], offered)

    def start(self) -> None:
        """Everything is chosen until somebody says otherwise."""
        for name in ("plans", "meetings", "questions", "people"):
            self[name].data = [value.value for value in self[name].choices]
        if len(self.successor.choices) == 1:
            self.successor.data = self.successor.choices[0].value

    def shown(self) -> list[Field]:
        """The fields that have something to choose, and the day."""
        several = (self[name] for name in ("plans", "meetings", "questions", "people"))
        return [self.successor, *(field for field in several if field.choices), self.on]

    def record(self, urn: str) -> HandOver:
        return HandOver(
            urn=urn,
            successor=self.successor.data,
            plans=_ids(self.plans),
            meetings=_ids(self.meetings),
            questions=_ids(self.questions),
            people=_ids(self.people),
            on=day_of(self.on),
        )

    @staticmethod
    def _set(field: Field, offered: Offered) -> None:
        field.choices = [SelectChoice(value=value, label=label) for value, label in offered]


class HandOnForm(HandOverForm):
    """Nothing is chosen until somebody says so: what stays is not touched."""

    people = _several("People", "Each has for the other authority instead the roles that passed on.")
    reason = text(
        "Why is it another authority’s?",
        hint="It is kept with the correction, for everyone to read. Name nobody.",
        asks="the reason",
    )

    def start(self) -> None:
        if len(self.successor.choices) == 1:
            self.successor.data = self.successor.choices[0].value

    def shown(self) -> list[Field]:
        return [*super().shown(), self.reason]

    def put_right(self, urn: str, holder: str) -> HandOn:
        """What `urn` handed over to `holder`, handed on."""
        one = self.record(urn)
        return HandOn(
            urn=urn,
            holder=holder,
            successor=one.successor,
            plans=one.plans,
            meetings=one.meetings,
            questions=one.questions,
            people=one.people,
            on=one.on,
        )


def _ids(field: Field) -> list[UUID]:
    return [UUID(name) for name in field.data or ()]
