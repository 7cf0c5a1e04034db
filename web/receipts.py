"""What somebody is told after recording something: its number in the history, and where to get the receipt."""

from __future__ import annotations

from flask import current_app, flash, url_for
from markupsafe import Markup

from domain.errors import RuleBroken, StoreUnavailable
from web.store import current_store

RECEIPT = "receipt"
"""The category to flash the note under; pages show it below what they say succeeded."""


def receipt_note(position: int) -> Markup:
    """`Recorded as entry 1,234 of the history. Keep the receipt.`, with a link, for the event at a position of the log.

    Blank where its number cannot be found: what was recorded is kept all the same."""
    try:
        seq = current_store().audit.seq_of(position)
    except (RuleBroken, StoreUnavailable):
        current_app.logger.exception("recorded, but its place in the tree was not found")
        seq = None
    if seq is None:
        return Markup("")
    return Markup('Recorded as entry {} of the history. <a class="{}" href="{}">Keep the receipt</a>.').format(
        f"{seq:,}", "govuk-notification-banner__link", url_for("audit.event", seq=seq)
    )


def tell(news: str, position: int) -> None:
    """Say on the next page what was done, and how to keep the receipt of the event at a position of the log."""
    flash(news, "success")
    flash(receipt_note(position), RECEIPT)
