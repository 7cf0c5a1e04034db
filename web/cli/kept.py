"""What a command recorded, as it says so itself: its entries in the history, and how to get their receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from domain.audit import Recorded, Saved

F = TypeVar("F", bound=Callable[..., Any])

MOST_NAMED = 100
"""Commands that a document names; of more it says how many."""


def says_its_entries(*, beside: bool = False) -> Callable[[F], F]:
    """Below all that the command prints, the entries it wrote, if any; `beside` standard output, where that is for one
    thing alone."""

    def decorate(command: F) -> F:
        @wraps(command)
        def wrapped(*args: Any, **words: Any) -> Any:
            from domain.audit import saves

            with saves() as kept:
                answer = command(*args, **words)
            say(kept, beside=beside)
            return answer

        return wrapped  # type: ignore[return-value]

    return decorate


def say(kept: Sequence[Saved], *, beside: bool = False) -> None:
    """`Entries 5 to 9. Receipt: flask --app wsgi ledger receipt …`: one line, none where nothing was recorded."""
    recorded = _recorded(kept)
    if recorded is None:
        return
    several = recorded.last > recorded.first
    entries = f"Entries {recorded.first:,} to {recorded.last:,}" if several else f"Entry {recorded.last:,}"
    how_to = f"flask --app wsgi ledger receipt {recorded.commands[-1]}"
    if (commands := len(recorded.commands)) == 1:
        click.echo(f"{entries}. Receipt: {how_to}", err=beside)
    else:
        click.echo(f"{entries}, by {commands:,} commands. Receipt of the last: {how_to}", err=beside)


def document_of(kept: Sequence[Saved]) -> dict[str, Any]:
    """The same for a JSON document. `commands` is null where they are more than are named."""
    recorded, named = _recorded(kept), [str(one.command) for one in kept]
    return {
        "entries": None if recorded is None else [recorded.first, recorded.last],
        "commands": named if len(named) <= MOST_NAMED else None,
        "commands_in_all": len(named),
    }


def _recorded(kept: Sequence[Saved]) -> Recorded | None:
    """None, with a word of it, where the entries cannot be found: what was recorded is kept all the same."""
    from domain.values.errors import RuleBroken, StoreUnavailable
    from web.store.store import current_store

    if not kept:
        return None
    try:
        return current_store().audit.recorded(kept)
    except (RuleBroken, StoreUnavailable) as fault:
        click.echo(f"It is recorded. Which entries it is could not be found: {fault}", err=True)
        return None
