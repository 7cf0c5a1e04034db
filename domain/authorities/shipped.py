"""What the register that comes with the product tells a store: told once, also to a store of an earlier release."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID, uuid5

from domain import facts
from domain.authorities.dossier import SHIPPED
from domain.authorities.handler import AuthorityHandler
from domain.facts import Told
from domain.register.register import Registered
from domain.values.errors import CommandAlreadyDone, ConcurrentChange
from domain.values.statements import Source

REGISTRATIONS = UUID("61d0a1f3-6a5c-5b2e-9f46-0f6d3a9c2b55")

REGISTER_SOURCE = Source(SHIPPED, "Register of local authorities that comes with the product")


def tell_announced(histories: AuthorityHandler, row: Registered, *, at: datetime) -> None:
    """That an authority ends, where the register knows the order; whoever says better is heard before it (R-072).

    Told once: what was withdrawn since is not told again."""
    announced, urn = row.announced, row.facts.urn
    if announced is None:
        return
    entry = uuid5(REGISTRATIONS, f"{urn} ends")
    command = uuid5(entry, announced.ends_on.isoformat())
    if histories.ledger.positions_of(command) is not None:
        return
    first = announced.sources[0]
    by = Told(actor="register", command=command, source=Source(SHIPPED, first.title, first.url), at=at)
    known = histories.authority(urn)
    known.tell(
        facts.SuccessionAnnounced,
        by,
        activity=entry,
        ends_on=announced.ends_on,
        successors=announced.successors,
        order=announced.order,
        announced_on=announced.announced_on,
    )
    with suppress(CommandAlreadyDone, ConcurrentChange):
        histories.ledger.save(known, command=command)
