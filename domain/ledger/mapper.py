"""Between facts and stored rows. What would not come back as it went in is refused before it is saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, Notification, StoredEvent

from domain.facts import STREAMS, Fact, fact_class, stored_name
from domain.ledger.codec import decode_fact, encode_fact
from domain.values.errors import CorruptEvent, RuleBroken


class LedgerMapper(Mapper[UUID]):
    """Names come from the closed list of facts, payloads from the schema of the class; neither is the library's own."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """Raises RuleBroken where the fact cannot be stored, or would not be read back equal."""
        fact: Any = domain_event
        stored = StoredEvent(
            originator_id=fact.originator_id,
            originator_version=fact.originator_version,
            topic=stored_name(type(fact)),
            state=encode_fact(fact),
        )
        try:
            again = self.to_domain_event(stored)
        except CorruptEvent as unreadable:
            raise RuleBroken("This cannot be kept: it could not be read again.") from unreadable
        if again != fact:
            raise RuleBroken("This cannot be kept: it would not come back as it was entered.")
        return stored

    def to_domain_event(self, stored_event: StoredEvent) -> Fact:
        """Raises CorruptEvent, with the position in the log where the row tells it."""
        position = stored_event.id if isinstance(stored_event, Notification) else None
        originator_id = stored_event.originator_id
        try:
            if not isinstance(originator_id, UUID):
                raise CorruptEvent(None, "its stream has no id")
            cls = fact_class(stored_event.topic)
            return decode_fact(
                cls, stored_event.state, originator_id, stored_event.originator_version, STREAMS.get(cls)
            )
        except CorruptEvent as corrupt:
            where = f"version {stored_event.originator_version} of stream {originator_id}"
            raise CorruptEvent(position, f"{corrupt.why} ({where})") from corrupt
