"""People read their own writes: after a command the pages catch up before anything is answered."""

from __future__ import annotations

from flask import current_app, flash

from web.site import currency
from web.store.store import current_store


def catch_up() -> None:
    """Bring the read side up to what was just recorded; where it cannot follow, it is kept all the same, and said."""
    try:
        current_store().projector.catch_up()
    except Exception:
        current_app.logger.exception("recorded, but the read side could not follow")
        flash("It is kept. The pages will show it as soon as they catch up.", "unusual")
    finally:
        currency.look_again()
