"""An entry of the log as JSON: whole, or its proof alone where its event is not public."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from projections.audit.public import entry_is_public
from web.store.store import Store

WITHHELD = (
    "This event is not public. Whoever has a role here can read it when signed in. Its leaf, the hash of the event, "
    "and the proof are given all the same."
)


def shown(store: Store, seq: int, *, whole: bool) -> dict[str, Any]:
    """An entry with its proof: `whole` for people with a role, else without an event that is not public.

    Raises NotFound where there is no such entry, RuleBroken where it is not the one the tree was made of."""
    proof = store.audit.proof(seq)
    event = proof["event"]
    if whole or entry_is_public(store.reader, event["topic"], UUID(event["stream"]), proof["position"]):
        return proof
    return {**proof, "event": dict.fromkeys(event), "withheld": WITHHELD}
