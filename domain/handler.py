"""Load, decide, save; a lost race is decided anew. The only loop of its kind, for every command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from domain.ledger.store import Ledger
from domain.values.errors import CommandAlreadyDone, ConcurrentChange, RuleBroken

RETRIES = 5
"""How often a decision is taken anew when another process changed the same stream in between."""


class Outcome(NamedTuple):
    """The position of a command's last fact, and whether it was carried out before."""

    position: int
    repeated: bool


def carry_out(ledger: Ledger, command: UUID, attempt: Callable[[], Sequence[Any]], *, what: str) -> Outcome:
    """Carry a command out once, however often it is sent. `attempt` loads and decides, and gives what changed; it is
    called again after a lost race. Raises RuleBroken where it always loses; `what` is then said to keep changing."""
    for _ in range(RETRIES):
        if (positions := ledger.positions_of(command)) is not None:
            return Outcome(positions[1], True)
        changed = attempt()
        try:
            return Outcome(ledger.save(*changed, command=command)[1], False)
        except CommandAlreadyDone as already:
            return Outcome(already.last, True)
        except ConcurrentChange:
            continue
    raise RuleBroken(f"Others kept changing {what}. Nothing was recorded; please send it again.")
