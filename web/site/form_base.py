"""What small plain forms share, each of them sent and answered whole."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from web.site.fields import SaysWhichChoice, first_box, in_words

NOT_OPENED_HERE = "This form was not opened from here. Open it again and send it once more."
"""What is said of a form whose hidden fields are missing or were written by hand."""


class SmallForm(FlaskForm):
    """`own` lists the fields in the order shown; `command` makes a second sending harmless."""

    Meta = SaysWhichChoice

    own: ClassVar[tuple[str, ...]] = ()
    refusal: str = ""

    command = HiddenField(default=lambda: str(uuid4()))

    def shown(self) -> list[Field]:
        return [self[name] for name in self.own]

    def validate_command(self, field: Field) -> None:
        try:
            UUID(field.data or "")
        except ValueError:
            raise ValidationError(NOT_OPENED_HERE) from None

    def command_id(self) -> UUID:
        return UUID(self.command.data)

    def refuse(self, why: str) -> None:
        """Shows what was answered at the head of the form."""
        self.refusal = why

    def problems(self) -> list[tuple[str, str]]:
        """Each error with the id of the box it belongs to, in the order of the form."""
        found = [("", self.refusal)] if self.refusal else []
        found += [("", str(error)) for error in self.command.errors]
        for field in self.shown():
            found += [(first_box(field), str(error)) for error in field.errors]
        return found


class AsSeen(SmallForm):
    """A form that changes something whole: `seen` is the version of it that the person looks at."""

    seen = HiddenField()

    def validate_seen(self, field: Field) -> None:
        if not (field.data or "").isascii() or not (field.data or "").isdigit() or len(field.data) > 12:
            raise ValidationError(NOT_OPENED_HERE)

    def look_again(self, now: int) -> None:
        """The person is shown a newer version, and may send the same on top of it."""
        self.seen.data = str(now)

    def problems(self) -> list[tuple[str, str]]:
        return [("", str(error)) for error in self.seen.errors] + super().problems()

    def entered(self) -> list[tuple[str, str]]:
        """Each question with what was answered, in words."""
        told = ((field.label.text, in_words(field)) for field in self.shown())
        return [(label, said) for label, said in told if said]

    def version(self) -> int:
        """What the person looks at."""
        return int(self.seen.data)


class NothingToFillIn(SmallForm):
    """A button; only the form's token and command are sent."""
