"""Forms beside the work: what an authority calls its readings, and erasing words."""

from __future__ import annotations

from uuid import UUID

from wtforms import BooleanField, Field, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from domain.plans.commands import ChooseLabels, EraseWords
from domain.values.plans import LABELS, Colour, Label, Reading
from projections.plans.projection import Conventions
from web.plans.form_base import PlanForm
from web.site.fields import text
from web.site.form_base import AsSeen
from web.words import dates
from web.words import plans as plan_words


class ConventionsForm(AsSeen, PlanForm):
    """A label and a colour for each reading, as `label_overdue` and `colour_overdue`, and the days for an answer."""

    own = ("answer_days", *(f"{part}_{reading.value}" for reading in Reading for part in ("label", "colour")))
    button = "Choose these labels"

    answer_days = text(
        "How many clear days may an answer to a member take?",
        hint="From 1 to 90. The day of asking does not count.",
        longest=3,
        asks="how many clear days an answer may take",
    )

    def validate_answer_days(self, field: Field) -> None:
        if not field.data.isascii() or not field.data.isdigit():
            raise ValidationError("Enter how many clear days an answer may take in digits, for example 10.")

    def begin(self, held: Conventions) -> None:
        """Start with what is in force."""
        self.look_again(held.position)
        self.answer_days.data = str(held.answer_days)
        for label in held.labels:
            self[f"label_{label.reading.value}"].data = label.words
            self[f"colour_{label.reading.value}"].data = label.colour.value

    def record(self, urn: str) -> ChooseLabels:
        """The labels that are not ours, and the days."""
        return ChooseLabels(
            urn,
            labels=[label for label in map(self._label, Reading) if label not in LABELS],
            answer_days=int(self.answer_days.data),
            seen=self.version(),
        )

    def _label(self, reading: Reading) -> Label:
        colour = Colour(self[f"colour_{reading.value}"].data)
        return Label(reading, self[f"label_{reading.value}"].data, colour)


for _reading in Reading:
    _called = plan_words.READINGS[_reading]
    setattr(
        ConventionsForm,
        f"label_{_reading.value}",
        text(f"Label for “{_called}”", longest=50, asks=f"a label for “{_called}”"),
    )
    setattr(
        ConventionsForm,
        f"colour_{_reading.value}",
        SelectField(
            f"Colour for “{_called}”",
            choices=[SelectChoice(value=colour.value, label=plan_words.COLOURS[colour]) for colour in Colour],
        ),
    )


class ErasePlanWordsForm(PlanForm):
    """`reason` stands in the place of the words; it is no word of the plan itself."""

    own = ("reason", "sure")
    button = "Erase for good"

    reason = text(
        "Why are they erased?",
        hint="It stands in their place, for everyone to read. Do not repeat the words.",
        asks="why they are erased",
    )
    sure = BooleanField(
        "I understand that nobody can bring these words back",
        validators=[InputRequired("Tick the box: nobody can bring these words back.")],
    )

    def record(self, plan: UUID, subject: UUID) -> EraseWords:
        return EraseWords(plan, [subject], on=dates.today())
