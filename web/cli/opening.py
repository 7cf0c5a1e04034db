"""What a command answers from: the store, with all that was recorded read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.store.store import Store


def opened() -> Store:
    """The store that is configured, its read side brought up to date."""
    from web.store.store import current_store

    store = current_store()
    store.projector.catch_up()
    return store
