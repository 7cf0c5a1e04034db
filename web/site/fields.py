"""Form fields that ask well and refuse in words: dates in three boxes, lines of text, choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from domain.values.sealed import LONGEST
from domain.values.statements import Period
from domain.values.words import MONTHS
from web.words import words
from web.words.written_days import CENTURY, UnreadableDay, day_written

PARTS = ("day", "month", "year")
FIRST_YEAR = 2009
LAST_YEAR = 2099
LINES = 60
LINE_LENGTH = 1000


def plain_text(form: FlaskForm, field: Field) -> None:
    """Refuses control characters and halves of characters: they cannot be kept or shown."""
    text = field.data or ""
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\r\n\t" for letter in text):
        raise ValidationError("Remove characters that cannot be printed.")


def is_https(text: str) -> bool:
    """Whether a text is a web address that begins with https://."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in text


def https_address(form: FlaskForm, field: Field) -> None:
    text = (field.data or "").strip()
    if text and not is_https(text):
        raise ValidationError("Enter a web address that begins with https://, or leave this empty.")


class DateInput(Field):
    """A day in three boxes: `name-day`, `name-month`, `name-year`. `data` is a date, or None where it was left empty.

    A whole day in the first box is put into all three, as it was read. A year of two digits is of this century.

    `asks` is what is asked for, as in "the first day on site". `month_will_do` also takes a month or a year alone, as a
    `Period`. Whatever is missing or impossible becomes an error that says so; `wrong` names the boxes to mark."""

    def __init__(
        self,
        label: str,
        *,
        asks: str,
        required: bool = False,
        month_will_do: bool = False,
        hint: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.asks = asks
        self.required = required
        self.month_will_do = month_will_do
        self.hint = hint or (
            "For example, 27 3 2026" if not month_will_do else "Leave the day empty if only the month is known"
        )
        self.texts: tuple[str, ...] = ("", "", "")
        self.wrong: tuple[str, ...] = ()

    @property
    def boxes(self) -> tuple[tuple[str, str, bool], ...]:
        """Part, what was typed, whether it is wrong."""
        return tuple((part, text, part in self.wrong) for part, text in zip(PARTS, self.texts, strict=True))

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.errors = ()
        self.data: date | Period | None = None
        if not formdata:
            return
        self.texts = tuple((formdata.get(f"{self.name}-{part}") or "").strip()[:40] for part in PARTS)
        if self.texts[0] and not any(self.texts[1:]):
            try:
                self.suggest(day_written(self.texts[0]).day)
            except UnreadableDay as reason:
                if str(reason):
                    self.wrong = ("day",)
                    self.process_errors.append(f"“{self.texts[0]}” is not a day: {reason}.")
                    return
        try:
            self.data = self._read()
        except ValueError as refused:
            self.process_errors.append(str(refused))

    def pre_validate(self, form: Any) -> None:
        """A form that was sent without anything in it lacks its days too."""
        if self.required and self.data is None and not self.process_errors:
            self.wrong = PARTS
            raise ValidationError(f"Enter {self.asks}, for example 27 3 2026.")

    def suggest(self, day: date) -> None:
        """Put a day into the boxes of a form that nobody has filled in yet."""
        self.texts = (str(day.day), str(day.month), str(day.year))

    def _read(self) -> date | Period | None:
        said = self.asks[0].upper() + self.asks[1:]
        if not any(self.texts):
            if self.required:
                self.wrong = PARTS
                raise ValueError(f"Enter {self.asks}, for example 27 3 2026.")
            return None
        missing = tuple(part for part, text in zip(PARTS, self.texts, strict=True) if not text)
        if self.month_will_do and missing in (("day",), ("day", "month")):
            return self._period(said, with_month=missing == ("day",))
        if missing:
            self.wrong = missing
            raise ValueError(f"{said} must include a {' and a '.join(missing)}.")
        day, month, year = _day(self.texts[0]), _month(self.texts[1]), self._year(said)
        try:
            return date(year, month or 0, day or 0)
        except ValueError:
            self.wrong = PARTS if month else ("month",)
            raise ValueError(f"{said} must be a real date, for example 27 3 2026.") from None

    def _year(self, said: str) -> int:
        year = _number(self.texts[2])
        if year is not None and len(self.texts[2]) == 2:
            year += CENTURY
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            self.wrong = ("year",)
            raise ValueError(f"{said} must have a year of four digits, from {FIRST_YEAR} on.")
        return year

    def _period(self, said: str, *, with_month: bool) -> Period:
        year = self._year(said)
        if not with_month:
            return Period(f"{year}")
        month = _month(self.texts[1])
        if month is None:
            self.wrong = ("month",)
            raise ValueError(f"{said} must have a month from 1 to 12.")
        return Period(f"{year}-{month:02}")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _day(text: str) -> int | None:
    return _number(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", text, flags=re.IGNORECASE))


def _month(text: str) -> int | None:
    number = _number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    named = [
        place for place, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.casefold().startswith(text.casefold())
    ]
    return named[0] if named else None


def day_of(field: DateInput) -> date:
    """The day of a field that has to be filled in."""
    assert isinstance(field.data, date)
    return field.data


def day_if_any(field: DateInput) -> date | None:
    return field.data if isinstance(field.data, date) else None


def period_if_any(field: DateInput) -> Period | None:
    return field.data if isinstance(field.data, Period) else None


class WholeNumber(IntegerField):
    """A number in digits, in one box. `asks` is what is asked for, as in "the number of the visit"."""

    def __init__(self, label: str, *, asks: str, example: int = 2, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.wanted = f"Enter {asks} in digits, for example {example}."

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.wanted) from None


class OnePerLine(TextAreaField):
    """Several short texts, one on each line; `data` stays as typed, `lines` are the texts."""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(text for line in (self.data or "").splitlines() if (text := line.strip()))

    def pre_validate(self, form: Any) -> None:
        if len(self.lines) > LINES:
            raise StopValidation(f"Enter at most {LINES} lines.")
        if any(len(line) > LINE_LENGTH for line in self.lines):
            raise StopValidation(f"Each line must have at most {LINE_LENGTH:,} characters.")


class LongText(TextAreaField):
    """Words of several lines."""


class SaysWhichChoice:
    """The `Meta` of our forms: an answer that was not offered is refused with the name of its field."""

    def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
        field = super().bind_field(form, unbound_field, options)  # type: ignore[misc]
        if isinstance(field, SelectField) and field.invalid_choice_message is None:
            label = field.label.text.replace("%", "%%") if isinstance(field, SelectMultipleField) else field.label.text
            field.invalid_choice_message = (
                f"Under “{label}”, choose from the answers offered: what was sent is not one of them."
            )
        return field


class Several(SelectMultipleField):
    """Any number of choices, each with a box to tick."""


def long_text(label: str, *, hint: str = "", asks: str | None = None) -> LongText:
    """Words of several lines, as long as a plan keeps them; `asks` makes them required."""
    return LongText(
        label,
        description=hint,
        validators=[
            InputRequired(f"Enter {asks}.") if asks else Optional(strip_whitespace=True),
            Length(max=LONGEST, message=f"Enter at most {LONGEST:,} characters."),
            plain_text,
        ],
    )


def text(label: str, *, hint: str = "", longest: int = 300, asks: str | None = None, **kwargs: Any) -> StringField:
    """A line of text; `asks` makes it required."""
    first = InputRequired(f"Enter {asks}.") if asks else Optional(strip_whitespace=True)
    return StringField(
        label,
        description=hint,
        filters=[lambda text: text.strip() if text else text],
        validators=[first, Length(max=longest, message=f"Enter at most {longest} characters."), plain_text],
        **kwargs,
    )


def choice(label: str, options: Iterable[tuple[str, str]], *, asks: str | None = None, hint: str = "") -> RadioField:
    return RadioField(
        label,
        description=hint,
        choices=[SelectChoice(value=value, label=words_) for value, words_ in options],
        validators=[InputRequired(f"Select {asks}.")] if asks else [Optional()],
        validate_choice=True,
        default=None,
    )


def command_of(form: FlaskForm) -> UUID:
    """One id for a form with these answers: sent twice it acts once; gone back to and changed, it is another."""
    answers = sorted((name, str(value)) for name, value in form.data.items() if name not in ("csrf_token", "command"))
    return uuid5(UUID(form.command.data), repr(answers))


def first_box(field: Field) -> str:
    """The id that a link in the error summary leads to."""
    if isinstance(field, DateInput):
        return f"{field.id}-{field.wrong[0] if field.wrong else 'day'}"
    return f"{field.id}-0" if isinstance(field, (RadioField, Several)) else str(field.id)


def in_words(field: Field) -> str:
    """What was answered, as it is shown again."""
    if isinstance(field, DateInput):
        return words.day(field.data) if isinstance(field.data, date) else " ".join(filter(None, field.texts))
    if isinstance(field, (RadioField, SelectField, Several)):
        return "; ".join(option.label.text for option in field if option.checked)
    return str(field.data or "")
