"""How a command ends: 0 done, 1 refused or found wanting, 2 could not run. Reasons go to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, TypeVar

import click
from flask.cli import with_appcontext

F = TypeVar("F", bound=Callable[..., Any])

REFUSED, COULD_NOT_RUN = 1, 2

DRIVERS = ("sqlalchemy.", "eventsourcing.persistence", "psycopg.", "sqlite3")
"""Whose errors say that the database is away or broken; named, not imported, for they take long to load."""


def answers(command: F) -> F:
    """Run in the application's context, and end with words and an exit code where something is refused or missing."""

    @with_appcontext
    @wraps(command)
    def wrapped(*args: Any, **words: Any) -> Any:
        from domain.values.errors import CorruptEvent, NotFound, RuleBroken, StoreMissing, StoreTooNew, StoreUnavailable

        try:
            return command(*args, **words)
        except (StoreMissing, StoreTooNew, StoreUnavailable, CorruptEvent) as fault:
            end(str(fault), COULD_NOT_RUN)
        except NotFound as missing:
            end(str(missing), COULD_NOT_RUN)
        except RuleBroken as refusal:
            end(str(refusal), REFUSED)
        except Exception as fault:
            if not type(fault).__module__.startswith(DRIVERS):
                raise
            end(f"The store could not be read or written: {fault}", COULD_NOT_RUN)

    return wrapped  # type: ignore[return-value]


def end(words: str, code: int) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(code)


def usable(read: Callable[[str], Any]) -> Callable[[click.Context, click.Parameter, str | None], Any]:
    """A click callback that turns an option's text into a value; words on what to enter and exit code 2 otherwise."""

    def callback(context: click.Context, parameter: click.Parameter, text: str | None) -> Any:
        from domain.values.errors import RuleBroken

        if text is None:
            return None
        try:
            return read(text)
        except RuleBroken as unusable:
            raise click.BadParameter(str(unusable)) from None

    return callback


def tell(document: object) -> None:
    """One JSON document on standard output."""
    from web.formats.downloads import as_text

    click.echo(as_text(document))
