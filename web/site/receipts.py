"""What somebody is told after recording something: its entries in the history, and where to get the receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import current_app, flash, url_for
from markupsafe import Markup

from domain.audit import Recorded, Saved
from domain.values.errors import RuleBroken, StoreUnavailable
from web.store.store import current_store

RECEIPT = "receipt"
"""The category to flash the note under; pages show it below what they say succeeded."""

LINK = Markup('<a href="{}">{}</a>')


def tell(news: str, position: int) -> None:
    """Say on the next page what was done, and how to keep the receipt of the command that wrote the event at a
    position of the log."""
    _tell(news, lambda: current_store().audit.together(position))


def tell_of(news: str, saves: Sequence[Saved]) -> None:
    """The same of several commands, as `saves` noted them; of none, only what was done."""
    _tell(news, lambda: current_store().audit.recorded(saves))


def note(recorded: Recorded) -> Markup:
    """`Recorded as entries 2,692 to 2,696 of the history. Keep the receipt.`, with links.

    A receipt is of one command. Of several the last is offered: its root stands for all that came before it."""
    several = recorded.last > recorded.first
    entries = f"entries {recorded.first:,} to {recorded.last:,}" if several else f"entry {recorded.last:,}"
    said = Markup("Recorded as {} of the history").format(
        LINK.format(url_for("audit.event", seq=recorded.last), entries)
    )
    if not recorded.commands:
        return said + "."
    receipt = url_for("audit.receipt_of_command", command=recorded.commands[-1])
    if len(recorded.commands) == 1:
        return said + Markup(". {}.").format(LINK.format(receipt, "Keep the receipt"))
    return said + Markup(". {}; the page of each entry offers its own.").format(
        LINK.format(receipt, "Keep the receipt of the last")
    )


def _tell(news: str, find: Callable[[], Recorded | None]) -> None:
    """Without the note where the entries cannot be found: what was recorded is kept all the same."""
    flash(news, "success")
    try:
        recorded = find()
    except (RuleBroken, StoreUnavailable):
        current_app.logger.exception("recorded, but its place in the tree was not found")
        return
    if recorded is not None:
        flash(note(recorded), RECEIPT)
