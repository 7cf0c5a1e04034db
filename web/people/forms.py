"""The small forms of people: signing in, setting up an account, a password, a person, a role, a reason."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import Field, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length, ValidationError

from domain.values.roles import Role
from web.site.fields import OnePerLine, choice, plain_text, text
from web.site.form_base import SmallForm
from web.store.passwords import LONGEST, SHORTEST
from web.words import words


def _password(label: str, *, hint: str = "", asks: str, autocomplete: str) -> PasswordField:
    return PasswordField(
        label,
        description=hint,
        validators=[InputRequired(f"Enter {asks}."), Length(max=LONGEST * 4, message="That is too long.")],
        render_kw={"autocomplete": autocomplete},
    )


NEW_PASSWORD_HINT = f"At least {SHORTEST} characters. Three or four words that only you would put together will do."


class SignInForm(SmallForm):
    own = ("sign_in_name", "password")

    sign_in_name = text("Sign-in name", asks="your sign-in name", render_kw={"autocomplete": "username"})
    password = _password("Password", asks="your password", autocomplete="current-password")
    next = HiddenField()


class SetUpForm(SmallForm):
    own: ClassVar[tuple[str, ...]] = ("password", "again")

    password = _password("New password", hint=NEW_PASSWORD_HINT, asks="a new password", autocomplete="new-password")
    again = _password("New password again", asks="the new password again", autocomplete="new-password")

    def validate_again(self, field: Field) -> None:
        if field.data != self.password.data:
            raise ValidationError("The two passwords differ. Enter the same one twice.")


def _name() -> Any:
    return text("Full name", asks="the name", render_kw={"autocomplete": "off"})


def _office() -> Any:
    return text(
        "Office (optional)",
        hint="Shown to the public beside what this person records. For example: Improvement officer, Haringey",
        longest=120,
    )


def _sign_in_name(autocomplete: str = "off") -> Any:
    return text(
        "Sign-in name",
        hint="Without spaces, such as a work e-mail address. It is not shown to the public",
        longest=200,
        asks="a sign-in name",
        render_kw={"autocomplete": autocomplete},
    )


class FirstAdministratorForm(SetUpForm):
    own = ("name", "office", "sign_in_name", "password", "again")

    name = _name()
    office = _office()
    sign_in_name = _sign_in_name("username")


class ChangePasswordForm(SetUpForm):
    own = ("old", "password", "again")

    old = _password("Present password", asks="your present password", autocomplete="current-password")


def _reason() -> Any:
    return text(
        "Why?",
        hint="Kept with the change. Do not name the person.",
        asks="why, in a few words",
        render_kw={"autocomplete": "off"},
    )


class AddPersonForm(SmallForm):
    own = ("name", "office", "sign_in_name", "reason")

    name = _name()
    office = _office()
    sign_in_name = _sign_in_name()
    reason = _reason()


class RoleForm(SmallForm):
    """`authorities` is a list by name or number, `everywhere` all of them."""

    own = ("role", "reach", "authorities", "reason", "password")

    role = choice("Role", [(role.value, words.ROLES[role]) for role in Role], asks="a role")
    reach = choice(
        "For which authorities? (officers and approvers)",
        [("named", "Those named below"), ("national", "All of them, and importing published files")],
    )
    authorities = OnePerLine(
        "Authorities (officers and approvers)",
        description="One on each line, by name or number",
        validators=[plain_text],
    )
    reason = _reason()
    password = PasswordField(
        "Your own password (only to make somebody an administrator)",
        validators=[Length(max=LONGEST * 4, message="That is too long.")],
        render_kw={"autocomplete": "current-password"},
    )


class ReasonForm(SmallForm):
    own = ("reason",)

    reason = _reason()
