"""What can happen to the log itself."""

from __future__ import annotations

from eventsourcing.domain import Aggregate

from domain.facts.base import Fact


class SigningKeyReplaced(
    Fact, Aggregate.Created, name="signing_key.replaced", aggregate="domain.ledger.signing_key:SigningKey"
):
    """Another key signs the log's checkpoints from now on. `note` is the statement that both keys signed."""

    was: str
    now: str
    note: str
